//! What names lead to: asked of the system, once for each request.

use std::fmt::Debug;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc;
use std::time::Duration;

/// Who is asked what a name leads to.
pub trait Names: Debug + Send + Sync {
    /// Every address of `name`, within `patience`.
    ///
    /// # Errors
    /// Why there is none, in a sentence without a full stop.
    fn resolve(&self, name: &str, patience: Duration) -> Result<Vec<IpAddr>, String>;

    /// Where a checked address is reached. Itself; a test has a server of its own stand for it.
    fn wire(&self, checked: SocketAddr) -> SocketAddr {
        checked
    }
}

/// The system's resolver.
#[derive(Debug, Clone, Copy)]
pub(super) struct System;

impl Names for System {
    fn resolve(&self, name: &str, patience: Duration) -> Result<Vec<IpAddr>, String> {
        let (tell, told) = mpsc::sync_channel(1);
        let name = name.to_owned();
        // The system's call can't be stopped; it ends by itself, and nobody listens any more.
        let asked = std::thread::Builder::new().name("resolve".into()).spawn(move || {
            let found = (name.as_str(), 0).to_socket_addrs();
            let found = found.map(|all| all.map(|one| one.ip()).collect::<Vec<_>>());
            let _ = tell.send(found.map_err(|error| error.to_string()));
        });
        asked.map_err(|error| error.to_string())?;
        told.recv_timeout(patience).unwrap_or_else(|_| Err("the answer took too long".into()))
    }
}
