//! Where the database is: `postgres://user:password@host:port/name`, read strictly and shown without its password.

use crate::{Error, tls};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres_rustls::MakeRustlsConnect;

/// The ways an address may begin.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// A database's address.
#[derive(Clone)]
pub(crate) struct Address {
    config: Config,
    shown: String,
    /// How the connection is encrypted; `None` when it isn't.
    tls: Option<MakeRustlsConnect>,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.shown)
    }
}

/// Whether `text` means a PostgreSQL database.
pub(crate) fn is_address(text: &str) -> bool {
    SCHEMES.iter().any(|scheme| text.starts_with(scheme))
}

impl Address {
    /// Reads the address `text`.
    pub(crate) fn read(text: &str) -> Result<Self, Error> {
        let wrong = |sentence: String| Error::Unreachable { address: "database".into(), sentence };
        if !is_address(text) {
            let sentence = "an address begins with postgres://, as in postgres://user@host/name";
            return Err(wrong(sentence.into()));
        }
        let (text, encrypted) = encryption(text).map_err(wrong)?;
        let mut config: Config = text.parse().map_err(|error: tokio_postgres::Error| {
            wrong(format!("the address can't be read: {}", super::session::said(&error)))
        })?;
        let tls = match &encrypted {
            None => None,
            Some(_) if !config.get_hosts().iter().all(|host| matches!(host, Host::Tcp(_))) => {
                let sentence = "a Unix socket is not encrypted; leave sslmode out";
                return Err(wrong(sentence.into()));
            }
            Some(authority) => Some(MakeRustlsConnect::new(tls::trusting(authority.as_deref())?)),
        };
        config.ssl_mode(if tls.is_some() { SslMode::Require } else { SslMode::Disable });
        // A server or a line that is gone has to be noticed within seconds, or nobody takes over.
        config.connect_timeout(Duration::from_secs(3));
        config.keepalives_idle(Duration::from_secs(3));
        config.keepalives_interval(Duration::from_secs(1));
        config.keepalives_retries(3);
        config.tcp_user_timeout(Duration::from_secs(6));
        config.application_name(format!("ovn process {}", std::process::id()));
        let shown = shown(&config);
        Ok(Self { config, shown, tls })
    }

    /// The same, for a server that takes writes, where several are named.
    pub(crate) fn for_writing(&self) -> Self {
        let mut other = self.clone();
        other.config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        other
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn tls(&self) -> Option<&MakeRustlsConnect> {
        self.tls.as_ref()
    }

    /// The address without its password.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    pub(crate) fn unreachable(&self, sentence: String) -> Error {
        Error::Unreachable { address: self.shown.clone(), sentence }
    }
}

/// The address without what it says of encryption; and, where it asks for it, the file of the authority to trust, if it
/// names one. Whoever asks for encryption gets the server's name checked too: without that it keeps out nobody who can
/// stand between.
fn encryption(text: &str) -> Result<(String, Option<Option<PathBuf>>), String> {
    let Some((base, query)) = text.split_once('?') else { return Ok((text.to_owned(), None)) };
    let (mut rest, mut on, mut authority) = (Vec::new(), false, None);
    for part in query.split('&') {
        match part.split_once('=') {
            Some(("sslmode", "disable")) => {}
            Some(("sslmode", "require" | "verify-ca" | "verify-full")) => on = true,
            Some(("sslmode", _)) => {
                return Err("sslmode is disable, require or verify-full".to_owned());
            }
            Some(("sslrootcert", path)) => {
                let path = path.replace("%2F", "/").replace("%2f", "/");
                authority = Some(PathBuf::from(path)).filter(|path| path != Path::new("system"));
            }
            _ => rest.push(part),
        }
    }
    if authority.is_some() && !on {
        return Err("sslrootcert is named without sslmode=verify-full".to_owned());
    }
    let query = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
    Ok((format!("{base}{query}"), on.then_some(authority)))
}

fn shown(config: &Config) -> String {
    let hosts: Vec<String> = config
        .get_hosts()
        .iter()
        .map(|host| match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(path) => path.display().to_string(),
        })
        .collect();
    let name = config.get_dbname().or(config.get_user()).unwrap_or_default();
    format!("postgres://{}/{name}", hosts.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_shown_without_its_password() {
        let check = |text: &str, expected: &str| match Address::read(text) {
            Ok(address) => assert_eq!(address.shown(), expected, "{text}"),
            Err(error) => {
                let said = error.to_string();
                assert!(said.contains(expected) && !said.contains("secret"), "{text}: {said}");
            }
        };
        check("postgres://desk:secret@db.example/news", "postgres://db.example/news");
        check(
            "postgresql://desk:secret@a.example,b.example/news",
            "postgres://a.example,b.example/news",
        );
        check("postgres://desk@%2Frun%2Fpostgresql/news", "postgres:///run/postgresql/news");
        check(
            "postgres://desk:secret@db.example/news?sslmode=disable",
            "postgres://db.example/news",
        );
        check(
            "postgres://desk:secret@db.example/news?sslmode=prefer",
            "disable, require or verify",
        );
        check(
            "postgres://desk:secret@db.example/news?sslrootcert=/a",
            "without sslmode=verify-full",
        );
        check("postgres://desk:secret@%2Frun/news?sslmode=require", "Unix socket is not encrypted");
        let absent =
            "postgres://desk:secret@db.example/news?sslmode=verify-full&sslrootcert=/absent.pem";
        check(absent, "/absent.pem");
        let own = "postgres://desk:secret@db.example/news?sslmode=verify-full&connect_timeout=2";
        check(own, "postgres://db.example/news");
        assert!(Address::read(own).is_ok_and(|address| address.tls().is_some()));
        check("postgres://desk:secret@db.example/news?surprise=1", "can't be read");
        check("mysql://desk:secret@db.example/news", "begins with postgres://");
    }
}
