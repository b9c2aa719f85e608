//! The way to addresses that people choose; in a debug build, tests may have a server of their own stand for all of them.

use ovn_press::fetch::guarded::Gate;
use ovn_press::people::Env;

/// A program that is shipped has the guarded way and no other.
#[cfg(not(debug_assertions))]
pub(crate) fn gate(_: &Env) -> Gate {
    Gate::default()
}

/// As shipped, unless `OVN_TEST_WEB` names a socket on this machine: then every name that ends in `.example` leads there,
/// by way of a public address, so that all checks are those of the guarded way.
#[cfg(debug_assertions)]
pub(crate) fn gate(env: &Env) -> Gate {
    use ovn_press::fetch::guarded::Limits;
    use std::net::SocketAddr;

    match env("OVN_TEST_WEB").and_then(|socket| socket.parse::<SocketAddr>().ok()) {
        Some(server) if server.ip().is_loopback() => {
            Gate::new(std::sync::Arc::new(Stand(server)), Limits::default())
        }
        _ => Gate::default(),
    }
}

#[cfg(debug_assertions)]
#[derive(Debug)]
struct Stand(std::net::SocketAddr);

#[cfg(debug_assertions)]
impl ovn_press::fetch::names::Names for Stand {
    fn resolve(&self, name: &str, _: std::time::Duration) -> Result<Vec<std::net::IpAddr>, String> {
        if name.ends_with(".example") {
            Ok(vec![[93, 184, 215, 14].into()])
        } else {
            Err("only names that end in .example are known to a test".into())
        }
    }

    fn wire(&self, _: std::net::SocketAddr) -> std::net::SocketAddr {
        self.0
    }
}
