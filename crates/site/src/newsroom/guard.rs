//! What is let through: the newsroom's own host and pages, and nothing that another site sends.

use super::ask::Ask;
use hyper::header::{HOST, HeaderName, ORIGIN};
use std::net::{Ipv4Addr, SocketAddr};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Under which address the newsroom is reached.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    url: String,
    hosts: Vec<String>,
    https: bool,
}

impl Origin {
    /// From the address that is listened on, and the setting, if a proxy stands before it.
    pub(super) fn new(address: SocketAddr, url: Option<&str>) -> Result<Self, String> {
        if let Some(url) = url {
            let url = url.trim_end_matches('/').to_owned();
            let https = url.starts_with("https://");
            let host = url.split_once("://").map_or("", |(_, host)| host).to_owned();
            return Ok(Self { url, hosts: vec![host], https });
        }
        if !address.ip().is_loopback() {
            return Err(format!(
                "the newsroom would listen on {address}, where passphrases could be read on the way; let it listen on \
                 127.0.0.1 and set newsroom-url to the https:// address of the proxy before it"
            ));
        }
        // Browsers have passkeys at a host name and not at a number, so that is the address that is told.
        let named = address.ip().is_ipv6() || address.ip() == Ipv4Addr::LOCALHOST;
        let mut hosts = vec![address.to_string(), format!("localhost:{}", address.port())];
        if named {
            hosts.reverse();
        }
        let url = hosts.first().map(|host| format!("http://{host}")).unwrap_or_default();
        Ok(Self { url, hosts, https: false })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn https(&self) -> bool {
        self.https
    }

    /// Whether a request names this newsroom as its host.
    pub(super) fn is_host(&self, ask: &Ask) -> bool {
        let host = ask.header(&HOST).or_else(|| ask.uri.authority().map(|one| one.as_str()));
        host.is_some_and(|host| self.hosts.iter().any(|one| one.eq_ignore_ascii_case(host)))
    }

    /// Whether a request came by the address that is told, and not by another that is answered too.
    pub(super) fn is_first(&self, ask: &Ask) -> bool {
        let host = ask.header(&HOST).or_else(|| ask.uri.authority().map(|one| one.as_str()));
        let first = self.hosts.first();
        host.is_some_and(|host| first.is_some_and(|one| one.eq_ignore_ascii_case(host)))
    }

    /// Whether a form was sent by a page of this newsroom: the browser says so, by the site that fetches or by the
    /// origin. Where it says neither, it is refused.
    pub(super) fn is_own(&self, ask: &Ask) -> bool {
        let (site, origin) = (ask.headers.get(&FETCH_SITE), ask.headers.get(&ORIGIN));
        let same_site = ask.header(&FETCH_SITE) == Some("same-origin");
        let scheme = if self.https { "https" } else { "http" };
        let host = ask.header(&HOST).unwrap_or_default();
        let same_origin = ask.header(&ORIGIN) == Some(format!("{scheme}://{host}").as_str());
        match (site.is_some(), origin.is_some()) {
            (true, true) => same_site && same_origin,
            (true, false) => same_site,
            (false, true) => same_origin,
            (false, false) => false,
        }
    }

    /// The name of a cookie. Browsers bind one that begins with `__Host-` to this very host, over TLS; on this machine's
    /// own http it can't have that name.
    pub(super) fn cookie_name(&self, what: &str) -> String {
        if self.https { format!("__Host-ovn-{what}") } else { format!("ovn-{what}") }
    }

    /// A cookie that scripts can't read and other sites can't send.
    pub(super) fn cookie(&self, what: &str, value: &str, seconds: u64) -> String {
        let name = self.cookie_name(what);
        let secure = if self.https { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use hyper::body::Bytes;
    use hyper::header::HeaderMap;
    use hyper::{Method, Uri};

    fn ask(headers: &[(&'static str, &str)]) -> Ask {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        Ask {
            method: Method::POST,
            uri: Uri::from_static("/"),
            headers: map,
            body: Bytes::new(),
            address: [127, 0, 0, 1].into(),
        }
    }

    #[test]
    fn case_057_only_its_own_pages_may_send_forms() {
        let origin = Origin::new("127.0.0.1:8081".parse().unwrap(), None).unwrap();
        let check = |headers: &[(&'static str, &str)], expected: bool| {
            let mut all = vec![("host", "127.0.0.1:8081")];
            all.extend_from_slice(headers);
            assert_eq!(origin.is_own(&ask(&all)), expected, "{headers:?}");
        };
        let (site, own) = ("sec-fetch-site", "http://127.0.0.1:8081");
        check(&[(site, "same-origin"), ("origin", own)], true);
        check(&[(site, "same-origin")], true);
        check(&[("origin", own)], true);
        check(&[], false);
        check(&[("origin", "null")], false);
        check(&[("origin", "http://127.0.0.1:8080")], false);
        check(&[("origin", "https://127.0.0.1:8081")], false);
        check(&[("origin", "http://evil.example")], false);
        check(&[(site, "cross-site"), ("origin", own)], false);
        check(&[(site, "same-site")], false);
        check(&[(site, "none")], false);
        check(&[(site, "same-origin"), ("origin", "http://evil.example")], false);
        check(&[("origin", own), ("origin", own)], false);
    }

    #[test]
    fn case_071_only_its_own_host_is_answered() {
        let local = Origin::new("127.0.0.1:8081".parse().unwrap(), None).unwrap();
        let proxied =
            Origin::new("127.0.0.1:8081".parse().unwrap(), Some("https://desk.example")).unwrap();
        let check = |origin: &Origin, host: &str, expected: bool| {
            assert_eq!(origin.is_host(&ask(&[("host", host)])), expected, "{host}");
        };
        check(&local, "127.0.0.1:8081", true);
        check(&local, "localhost:8081", true);
        check(&local, "127.0.0.1", false);
        check(&local, "rebound.example:8081", false);
        check(&proxied, "desk.example", true);
        check(&proxied, "127.0.0.1:8081", false);
        assert!(!local.is_host(&ask(&[])));
    }

    #[test]
    fn no_network_without_tls() {
        let check = |address: &str, url: Option<&str>, expected: bool| {
            assert_eq!(Origin::new(address.parse().unwrap(), url).is_ok(), expected, "{address}");
        };
        check("127.0.0.1:8081", None, true);
        check("[::1]:8081", None, true);
        check("0.0.0.0:8081", None, false);
        check("192.0.2.1:8081", None, false);
        check("0.0.0.0:8081", Some("https://desk.example"), true);
    }

    #[test]
    fn cookies_are_bound_to_the_host_where_they_can_be() {
        let local = Origin::new("[::1]:8081".parse().unwrap(), None).unwrap();
        let cookie = "ovn-session=7; Path=/; Max-Age=60; HttpOnly; SameSite=Strict";
        assert_eq!(local.cookie("session", "7", 60), cookie);
        assert_eq!(local.url(), "http://localhost:8081");
        let other = Origin::new("127.0.0.2:8081".parse().unwrap(), None).unwrap();
        assert_eq!(other.url(), "http://127.0.0.2:8081");
        let far =
            Origin::new("[::1]:8081".parse().unwrap(), Some("https://desk.example/")).unwrap();
        assert_eq!(far.cookie("session", "7", 60), format!("__Host-{cookie}; Secure"));
    }
}
