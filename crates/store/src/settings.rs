//! `ovn.toml`: an edition's configuration, read strictly, at most 25 keys, each of which the environment may override.

mod fixed;
mod newsroom;
mod tls;
mod writing;

pub use fixed::{Fixed, VARIABLES, overridden};
pub use newsroom::Newsroom;
pub use tls::{Tls, host};
pub use writing::Written;

use crate::Error;
use crate::objects::address::{Access, Address};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

/// An edition's configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// The edition's name.
    pub name: String,
    /// The motto, by language.
    #[serde(default)]
    pub motto: BTreeMap<String, String>,
    /// Name of the record: a host name, with or without a path, that never changes.
    pub origin: String,
    /// Where readers find it, without a slash at the end.
    pub url: String,
    /// BCP 47 tags; the first is the default.
    #[serde(default = "default_languages")]
    pub languages: Vec<String>,
    /// IANA name of the time zone.
    #[serde(default = "default_zone")]
    pub zone: String,
    /// The sections, in the order of the menu.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Who is behind it.
    #[serde(default)]
    pub publisher: Publisher,
    /// Address of the PostgreSQL database that has the rows; the SQLite file in the edition's folder when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// Where the record's files are as objects, `s3://bucket/prefix`; under `record/` in the edition's folder when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// How the object store is reached, from the environment alone.
    #[serde(skip)]
    pub access: Access,
    /// Folder of keys and lock, relative to the edition's folder; its sibling `DIR.keys` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<PathBuf>,
    /// A day on which the operator says that the machine's clock was right, `2026-11-25`; in no file, because it passes.
    #[serde(skip)]
    pub clock_right_on: Option<String>,
    /// Address to listen on.
    #[serde(default = "default_bind")]
    pub bind: String,
    /// Port to listen on.
    #[serde(default = "default_port")]
    pub port: u16,
    /// Memory for pages that are kept ready, in MiB; a default of the server's when absent, none when 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_memory: Option<u32>,
    /// Disk for pages that left memory, in MiB; a default of the server's when absent, none when 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_disk: Option<u32>,
    /// Readers' connections at once; a default of the server's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connections: Option<u32>,
    /// Where the operator finds counts and health, such as `127.0.0.1:9464`; nowhere when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<SocketAddr>,
    /// Where the newsroom listens, `127.0.0.1:8081` or `off`; [`Settings::newsroom`] reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newsroom: Option<String>,
    /// The `https://` address of the proxy before the newsroom, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newsroom_url: Option<String>,
    /// Whether nothing is published that nobody but its writers has approved.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub four_eyes: bool,
    /// Whether readers may report errors with a form; [`Settings::takes_letters`] has the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letters: Option<bool>,
    /// A certificate of our own; without it readers come through a proxy that has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<Tls>,
}

/// A section of the edition.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Last part of its address, `[a-z0-9-]`.
    pub slug: String,
    /// Its name, by language.
    pub name: BTreeMap<String, String>,
}

/// Who publishes the edition.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Publisher {
    /// Name of the person or company.
    pub name: String,
    /// Postal address.
    pub address: String,
    /// E-mail address for readers.
    pub contact: String,
    /// Who owns it and who pays for it.
    pub ownership: String,
}

fn default_languages() -> Vec<String> {
    vec!["en".into()]
}

fn default_zone() -> String {
    "UTC".into()
}

fn default_bind() -> String {
    "127.0.0.1".into()
}

fn default_port() -> u16 {
    8080
}

impl Settings {
    /// Reads `ovn.toml` in the edition's folder `dir`; `env` gives the value of a variable such as `OVN_PORT`, which
    /// wins over the file for the keys that hold one text or number.
    ///
    /// # Errors
    /// [`Error::File`] when it cannot be read; [`Error::Settings`] with line and column when it is wrong.
    pub fn read(dir: &Path, env: &dyn Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let text = Self::text(dir)?;
        Self::of(&text, env)
            .map_err(|sentence| Error::Settings { path: dir.join("ovn.toml"), sentence })
    }

    /// The settings that the text of an `ovn.toml` and the environment make, wholly checked.
    ///
    /// # Errors
    /// A sentence, with line and column where it is the text.
    pub fn of(text: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Self, String> {
        let mut settings: Self = parse(text)?;
        settings.take_environment(env)?;
        settings.check()?;
        Ok(settings)
    }

    fn text(dir: &Path) -> Result<String, Error> {
        let path = dir.join("ovn.toml");
        std::fs::read_to_string(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::Settings {
                path,
                sentence: "there is no edition here; name its folder, or make one with `ovn init`"
                    .into(),
            },
            _ => Error::File { path, error },
        })
    }

    /// The folder of keys and lock for the edition in `dir`.
    #[must_use]
    pub fn keys_folder(&self, dir: &Path) -> PathBuf {
        match &self.keys {
            Some(keys) => dir.join(keys),
            None => crate::keys_folder(dir),
        }
    }

    /// Whether whoever reaches the readers' server at its port would reach `other` as well.
    #[must_use]
    pub fn readers_reach(&self, other: SocketAddr) -> bool {
        let bind = if self.bind == "localhost" { "127.0.0.1" } else { &self.bind };
        let same = match bind.parse::<IpAddr>() {
            Ok(bind) => bind == other.ip() || bind.is_unspecified() || other.ip().is_unspecified(),
            // A name may mean any address of this machine.
            Err(_) => true,
        };
        same && self.port == other.port() && self.port != 0
    }

    fn take_environment(&mut self, env: &dyn Fn(&str) -> Option<String>) -> Result<(), String> {
        for (name, field) in [
            ("OVN_NAME", &mut self.name),
            ("OVN_ORIGIN", &mut self.origin),
            ("OVN_URL", &mut self.url),
            ("OVN_ZONE", &mut self.zone),
            ("OVN_BIND", &mut self.bind),
        ] {
            if let Some(value) = env(name) {
                *field = value;
            }
        }
        if let Some(value) = env("OVN_DATABASE") {
            self.database = Some(value);
        }
        for (name, field) in
            [("OVN_NEWSROOM", &mut self.newsroom), ("OVN_NEWSROOM_URL", &mut self.newsroom_url)]
        {
            if let Some(value) = env(name) {
                *field = Some(value);
            }
        }
        if let Some(value) = env("OVN_RECORD") {
            self.record = Some(value);
        }
        self.access = Access::read(env);
        if let Some(value) = env("OVN_KEYS") {
            self.keys = Some(value.into());
        }
        if let Some(value) = env("OVN_CLOCK_RIGHT_ON") {
            self.clock_right_on = Some(value);
        }
        if let Some(value) = env("OVN_OPERATOR") {
            let refuse = |_| format!("OVN_OPERATOR is {value:?}; write 127.0.0.1:9464");
            self.operator =
                (!value.is_empty()).then(|| value.parse().map_err(refuse)).transpose()?;
        }
        if let Some(value) = env("OVN_LETTERS") {
            let refuse = |_| format!("OVN_LETTERS is {value:?}; write true or false");
            self.letters = Some(value.parse().map_err(refuse)?);
        }
        if let Some(value) = env("OVN_PORT") {
            let refuse = |_| format!("OVN_PORT is {value:?}; write a number from 0 to 65535");
            self.port = value.parse().map_err(refuse)?;
        }
        for (name, field) in
            [("OVN_PAGE_MEMORY", &mut self.page_memory), ("OVN_CONNECTIONS", &mut self.connections)]
        {
            if let Some(value) = env(name) {
                let refuse = |_| format!("{name} is {value:?}; write a whole number");
                *field = Some(value.parse().map_err(refuse)?);
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        if self.name.trim().is_empty() {
            return Err("name is empty; write the edition's name".into());
        }
        let odd = |c: char| c.is_whitespace() || c == '+' || c < ' ';
        if self.origin.is_empty() || self.origin.contains(odd) {
            return Err("origin must be a host name such as news.example, without spaces".into());
        }
        if !self.url.starts_with("http://") && !self.url.starts_with("https://") {
            return Err(format!(
                "url is {:?}; write it with https:// and without a slash at the end",
                self.url
            ));
        }
        if self.url.ends_with('/') {
            return Err("url ends with a slash; leave it out".into());
        }
        if self.database.as_deref().is_some_and(|text| !crate::postgres::address::is_address(text))
        {
            // Whatever stands there may hold a password, so it is not shown.
            return Err("database must begin with postgres://, as in postgres://user@host/name; leave it out for the \
                SQLite file in the edition's folder"
                .into());
        }
        if let Some(address) = &self.record {
            Address::read(address).map_err(|error| format!("record: {error}"))?;
        }
        if self.connections == Some(0) {
            return Err(
                "connections is 0, and nobody could read; leave it out for the default".into()
            );
        }
        if self.operator.is_some_and(|operator| self.readers_reach(operator)) {
            return Err(
                "operator is the readers' own address; give it another port, on 127.0.0.1".into()
            );
        }
        self.check_newsroom()?;
        if let Some(tls) = &self.tls {
            tls.check(&self.url)?;
        }
        if self.languages.is_empty() {
            return Err("languages is empty; name at least one, such as [\"en\"]".into());
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let bad =
            self.sections.iter().find(|one| one.slug.is_empty() || !one.slug.chars().all(plain));
        match bad {
            Some(section) => Err(format!(
                "the section slug {:?} may hold a to z, 0 to 9 and hyphens only",
                section.slug
            )),
            None => Ok(()),
        }
    }
}

/// What the TOML in `text` says.
///
/// # Errors
/// A sentence with line and column.
pub fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| place(text, &error))
}

/// The error as one sentence with its place.
fn place(text: &str, error: &toml::de::Error) -> String {
    let said = error.message().lines().collect::<Vec<_>>().join(", ");
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else { return said };
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}: {said}")
}
