//! `[tls]`: a certificate of our own, from files or from an authority.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Where the readers' certificate comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tls {
    /// The certificate chain in PEM, relative to the edition's folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cert: Option<PathBuf>,
    /// Its key in PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<PathBuf>,
    /// E-mail address for the authority that is asked for a certificate instead (ACME).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acme: Option<String>,
    /// The authority's directory; Let's Encrypt's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directory: Option<String>,
    /// Roots for the authority's own certificate, in PEM; the web's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roots: Option<PathBuf>,
}

impl Tls {
    /// What is wrong with it, for an edition whose readers use `url`.
    pub(super) fn check(&self, url: &str) -> Result<(), String> {
        if !url.starts_with("https://") {
            return Err(format!("tls is set and url is {url:?}; write it with https://"));
        }
        match (&self.cert, &self.key, &self.acme) {
            (Some(_), Some(_), None) if self.directory.is_none() && self.roots.is_none() => Ok(()),
            (Some(_), Some(_), None) => {
                Err("tls.directory and tls.roots go with tls.acme, not with tls.cert".into())
            }
            (None, None, Some(contact)) if contact.contains('@') => Ok(()),
            (None, None, Some(contact)) => {
                Err(format!("tls.acme is {contact:?}; write your e-mail address"))
            }
            _ => {
                Err("tls needs cert and key, or acme with your e-mail address, and not both".into())
            }
        }
    }
}

/// The host name in `url`, without its port.
#[must_use]
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    match authority.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next().unwrap_or(bracketed),
        None => authority.split(':').next().unwrap_or(authority),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_source_of_certificates() {
        let check = |toml: &str, url: &str, expected: &str| {
            let tls: Tls = toml::from_str(toml).unwrap();
            let said = tls.check(url).err().unwrap_or_default();
            assert!(said.contains(expected) && said.is_empty() == expected.is_empty(), "{said}");
        };
        let url = "https://news.example";
        check("cert = \"a\"\nkey = \"b\"", url, "");
        check("acme = \"desk@news.example\"", url, "");
        check("acme = \"desk@news.example\"\ndirectory = \"https://ca\"\nroots = \"r\"", url, "");
        check("cert = \"a\"\nkey = \"b\"", "http://news.example", "https://");
        check("cert = \"a\"", url, "cert and key");
        check("", url, "cert and key");
        check("cert = \"a\"\nkey = \"b\"\nacme = \"a@b\"", url, "not both");
        check("cert = \"a\"\nkey = \"b\"\nroots = \"r\"", url, "go with tls.acme");
        check("acme = \"yes\"", url, "e-mail");
    }

    #[test]
    fn hosts() {
        let check = |url: &str, expected: &str| assert_eq!(host(url), expected);
        check("https://news.example", "news.example");
        check("https://news.example:8443/x", "news.example");
        check("http://[::1]:8080", "::1");
    }
}
