//! The sockets that this process listens on: opened here, or handed over by whoever started it.
//!
//! Handed over as `sd_listen_fds(3)` says: the count in `LISTEN_FDS`, names in `LISTEN_FDNAMES`. The socket then outlives
//! the process, so that a restart turns no connection away: what comes meanwhile waits in the socket.

use listenfd::ListenFd;
use ovn_store::{Settings, settings::Newsroom};
use std::net::TcpListener;

/// How to get another port for readers.
pub(crate) const OTHER: &str = "another with --port, or 0 for a free one";

/// What is listened on.
#[derive(Debug)]
pub(crate) struct Listeners {
    /// For readers.
    pub(crate) readers: TcpListener,
    /// For the operator, if that is wanted.
    pub(crate) operator: Option<TcpListener>,
    /// For the newsroom, or why not.
    pub(crate) newsroom: Result<TcpListener, String>,
}

/// Takes the sockets that were handed over, and opens those that were not.
///
/// # Errors
/// A sentence, when one can't be had.
pub(crate) fn listeners(settings: &Settings, port: u16) -> Result<Listeners, String> {
    let names = std::env::var("LISTEN_FDNAMES").unwrap_or_default();
    let (mut readers, mut operator, mut newsroom) = (None, None, None);
    let mut given = ListenFd::from_env();
    for (at, role) in roles(&names, given.len())?.into_iter().enumerate() {
        let socket = given.take_tcp_listener(at);
        let socket =
            socket.map_err(|error| format!("socket {at} that was handed over: {error}"))?;
        match role {
            Role::Readers => readers = socket,
            Role::Operator => operator = socket,
            Role::Newsroom => newsroom = socket,
        }
    }
    if operator.is_none()
        && let Some(address) = settings.operator
    {
        operator = Some(open(&address.ip().to_string(), address.port(), "another `operator`")?);
    }
    let readers = match readers {
        Some(socket) => socket,
        None => open(&settings.bind, port, OTHER)?,
    };
    let newsroom = newsroom.map_or_else(|| newsroom_of(settings), |socket| Ok(Ok(socket)))?;
    Ok(Listeners { readers, operator, newsroom })
}

/// Opens the newsroom's socket. One that was not asked for is done without where it can't be had.
fn newsroom_of(settings: &Settings) -> Result<Result<TcpListener, String>, String> {
    let other = "another with --newsroom, or off";
    match settings.newsroom() {
        Newsroom::Off => Ok(Err(String::new())),
        Newsroom::Default(address) => Ok(open(&address.ip().to_string(), address.port(), other)),
        Newsroom::Set(address) => open(&address.ip().to_string(), address.port(), other).map(Ok),
    }
}

/// Opens a socket; `other` says how to choose another address.
///
/// # Errors
/// A sentence.
pub(crate) fn open(bind: &str, port: u16, other: &str) -> Result<TcpListener, String> {
    let fail = |error| format!("{bind}:{port} can't be listened on: {error}; choose {other}");
    TcpListener::bind((bind, port)).map_err(fail)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Readers,
    Operator,
    Newsroom,
}

/// For whom each socket is that was handed over: by its name, or by its place where there are no names.
fn roles(names: &str, count: usize) -> Result<Vec<Role>, String> {
    let mut roles = Vec::new();
    let named: Vec<&str> = names.split(':').filter(|name| !name.is_empty()).collect();
    for at in 0..count {
        let role = match named.get(at).copied() {
            Some("readers") => Role::Readers,
            Some("operator") => Role::Operator,
            Some("newsroom") => Role::Newsroom,
            // Without FileDescriptorName= the name is the unit's.
            None | Some("unknown") => {
                if at == 0 {
                    Role::Readers
                } else {
                    Role::Operator
                }
            }
            Some(unit) if unit.ends_with(".socket") && count == 1 => Role::Readers,
            Some(other) => {
                return Err(format!(
                    "a socket named {other:?} was handed over; name it readers, operator or newsroom (FileDescriptorName=)"
                ));
            }
        };
        if roles.contains(&role) {
            return Err("two sockets for the same purpose were handed over; one each for readers, operator and newsroom".into());
        }
        roles.push(role);
    }
    Ok(roles)
}

#[cfg(test)]
mod tests {
    use super::Role::{Operator, Readers};
    use super::*;

    #[test]
    fn sockets_have_roles() {
        let check = |names: &str, count: usize, expected: Option<&[Role]>| {
            assert_eq!(roles(names, count).ok().as_deref(), expected, "{names} {count}");
        };
        check("", 0, Some(&[]));
        check("", 1, Some(&[Readers]));
        check("", 2, Some(&[Readers, Operator]));
        check("ovn.socket", 1, Some(&[Readers]));
        check("readers", 1, Some(&[Readers]));
        check("operator:readers", 2, Some(&[Operator, Readers]));
        check("operator", 1, Some(&[Operator]));
        check("readers:newsroom", 2, Some(&[Readers, Role::Newsroom]));
        check("readers:readers", 2, None);
        check("mail", 1, None);
        check("", 3, None);
    }
}
