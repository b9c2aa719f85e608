//! Where the database is: `postgres://user:password@host:port/name`, read strictly and shown without its password.

use crate::Error;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};

/// The ways an address may begin.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// A database's address.
#[derive(Clone)]
pub(crate) struct Address {
    config: Config,
    shown: String,
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
        let mut config: Config = text.parse().map_err(|error: tokio_postgres::Error| {
            wrong(format!("the address can't be read: {}", super::session::said(&error)))
        })?;
        if matches!(config.get_ssl_mode(), SslMode::Require) {
            let sentence = "sslmode=require is not supported: reach the server through a Unix socket, this machine or a \
                private network that encrypts";
            return Err(wrong(sentence.into()));
        }
        config.ssl_mode(SslMode::Disable);
        // A server or a line that is gone has to be noticed within seconds, or nobody takes over.
        config.connect_timeout(Duration::from_secs(3));
        config.keepalives_idle(Duration::from_secs(3));
        config.keepalives_interval(Duration::from_secs(1));
        config.keepalives_retries(3);
        config.tcp_user_timeout(Duration::from_secs(6));
        config.application_name(format!("ovn process {}", std::process::id()));
        let shown = shown(&config);
        Ok(Self { config, shown })
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

    /// The address without its password.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    pub(crate) fn unreachable(&self, sentence: String) -> Error {
        Error::Unreachable { address: self.shown.clone(), sentence }
    }
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
        check("postgres://desk:secret@db.example/news?sslmode=require", "is not supported");
        check("postgres://desk:secret@db.example/news?surprise=1", "can't be read");
        check("mysql://desk:secret@db.example/news", "begins with postgres://");
    }
}
