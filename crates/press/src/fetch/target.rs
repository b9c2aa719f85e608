//! An address that somebody chose, read as browsers read it (WHATWG URL), and what may be asked of it.
//!
//! Numbers in every spelling become one address here, letters of other scripts become Punycode, and escapes in a host are
//! undone, so that what is checked afterwards is what is asked.

use super::guarded::Refusal;
use std::net::IpAddr;
use url::{Host, Url};

/// The longest address, in bytes, as it is asked for: escaped, and without its fragment.
pub const LONGEST: usize = 2048;

/// An address that may be asked, once its host's addresses are known to be public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
    host: Place,
}

/// Where a target is: a name to be resolved, or the address itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A name in ASCII, without a dot at its end.
    Name(String),
    /// An address.
    Address(IpAddr),
}

impl Target {
    /// Reads an address as somebody typed or pasted it.
    ///
    /// # Errors
    /// [`Refusal`], which says what is wrong with it.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        Self::of(Url::parse(text.trim()).map_err(|error| Refusal::Address(error.to_string()))?)
    }

    /// Where a redirect that stands at this target leads.
    ///
    /// # Errors
    /// As [`Target::read`].
    pub fn follow(&self, location: &str) -> Result<Self, Refusal> {
        let next = self.url.join(location).map_err(|error| Refusal::Address(error.to_string()))?;
        Self::of(next)
    }

    fn of(mut url: Url) -> Result<Self, Refusal> {
        let no = |why: &str| Err(Refusal::Address(why.into()));
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refusal::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return no("a name or a password stands before its host, which is never sent");
        }
        if let Some(port) = url.port() {
            // A port that is the scheme's own is not written any more at this point.
            if !matches!(port, 80 | 443) {
                return Err(Refusal::Port(port));
            }
        }
        url.set_fragment(None);
        let host = match url.host() {
            None => return no("it has no host"),
            Some(Host::Ipv4(address)) => Place::Address(address.into()),
            Some(Host::Ipv6(address)) => Place::Address(address.into()),
            Some(Host::Domain(name)) => {
                let name = name.strip_suffix('.').unwrap_or(name).to_owned();
                let labels = name.split('.');
                if name.len() > 253 || labels.clone().any(|one| one.is_empty() || one.len() > 63) {
                    return no("its host is no name that the internet's names can have");
                }
                if url.set_host(Some(&name)).is_err() {
                    return no("its host can't be read");
                }
                Place::Name(name)
            }
        };
        if url.as_str().len() > LONGEST {
            return Err(Refusal::Address(format!("it is longer than {LONGEST} bytes")));
        }
        Ok(Self { url, host })
    }

    /// The address in its one spelling.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.host
    }

    /// 80 or 443.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_046_every_spelling_becomes_one_address() {
        let check = |host: &str, expected: &str| {
            let target = Target::read(&format!("http://{host}/latest/meta-data")).unwrap();
            assert_eq!(target.place(), &Place::Address(expected.parse().unwrap()), "{host}");
        };
        let here = "127.0.0.1";
        for host in [
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "0177.0.0.1",
            "0177.1",
            "0x7f.0.0.1",
            "0x7f.1",
            "0x7f000001",
            "0X7F000001",
            "2130706433",
            "017700000001",
            "127.0.0.1.",
            "0x7f.0.1",
            "00000177.0.0.1",
            "127.0x0.0.01",
            "%31%32%37.0.0.1",
            "127%2e0%2e0%2e1",
            "１２７.０.０.１",
            "①②⑦.0.0.1",
            "127。0。0。1",
            "127．0．0．1",
            "127｡0｡0｡1",
            "127\u{ad}.0.0.1",
            "127.0\u{200b}.0.1",
            "0x7F.1",
            "0x0000007f.0.0.0x1",
            "127.0.1.",
            "0177.0x0.1",
            "127.0.0.0x1",
            "127.0.0.01",
        ] {
            check(host, here);
        }
        check("169.254.169.254", "169.254.169.254");
        check("2852039166", "169.254.169.254");
        check("0xa9fea9fe", "169.254.169.254");
        check("0251.0376.0251.0376", "169.254.169.254");
        check("[::1]", "::1");
        check("[0:0:0:0:0:0:0:1]", "::1");
        check("[::ffff:127.0.0.1]", "::ffff:127.0.0.1");
        check("[::ffff:7f00:1]", "::ffff:127.0.0.1");
        check("[::]", "::");
        check("0", "0.0.0.0");
        check("[64:ff9b::7f00:1]", "64:ff9b::7f00:1");
    }

    #[test]
    fn names_are_in_ascii_and_plain() {
        let check = |text: &str, expected: &str, name: &str| {
            let target = Target::read(text).unwrap();
            assert_eq!(target.url(), expected, "{text}");
            assert_eq!(target.place(), &Place::Name(name.into()), "{text}");
        };
        check("https://news.example", "https://news.example/", "news.example");
        check(" https://News.Example:443/a#b ", "https://news.example/a", "news.example");
        check("http://news.example./a?b=c", "http://news.example/a?b=c", "news.example");
        check("http://news.example:443/", "http://news.example:443/", "news.example");
        check(
            "https://b\u{fc}cher.example/",
            "https://xn--bcher-kva.example/",
            "xn--bcher-kva.example",
        );
        check(
            "https://\u{430}pple.example/",
            "https://xn--pple-43d.example/",
            "xn--pple-43d.example",
        );
        check("https:\\\\news.example\\a", "https://news.example/a", "news.example");
        check("https:news.example/a", "https://news.example/a", "news.example");
        let long = format!("https://news.example/a#:~:text={}", "a".repeat(LONGEST));
        check(&long, "https://news.example/a", "news.example");
        check("ht\ntps://ne\tws.example/", "https://news.example/", "news.example");
    }

    #[test]
    fn case_046_what_is_asked_of_nobody() {
        let check = |text: &str, expected: &str| {
            let error = Target::read(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        };
        for scheme in [
            "file:///etc/passwd",
            "gopher://news.example:70/",
            "ftp://news.example/",
            "javascript:x",
            "data:text/plain,x",
            "unix:/run/x",
            "dict://news.example/",
            "ldap://news.example/",
            "ws://news.example/",
            "blob:https://news.example/1",
            "view-source:https://news.example/",
        ] {
            check(scheme, "http: and https:");
        }
        check("https://user@news.example/", "password");
        check("https://user:secret@news.example/", "password");
        check("https://:secret@news.example/", "password");
        check("https://news.example@127.0.0.1/", "password");
        for port in ["22", "25", "8080", "0", "65535", "6379"] {
            check(&format!("http://news.example:{port}/"), &format!("port {port}"));
        }
        for odd in [
            "",
            "news.example",
            "//news.example/",
            "/a",
            "http://",
            "http:///",
            "http://[fe80::1%25eth0]/",
            "http://news..example/",
            "http://.example/",
            "http://256.1.1.1/",
            "http://1.2.3.4.5/",
            "http://0x7f.0.0.0.1/",
            "http://news.example:99999/",
            "http://ne ws.example/",
            "http://[::1/",
            "http://news%00.example/",
            "http://news%2fexample/",
            "http://08.0.0.1/",
            "http://./",
        ] {
            assert!(Target::read(odd).is_err(), "{odd}");
        }
        check(&format!("https://news.example/{}", "a".repeat(LONGEST)), "2048");
        // What is escaped is three times as long when it is asked for.
        check(&format!("https://news.example/{}x", "\u{4}".repeat(LONGEST / 3)), "2048");
        check(&format!("https://{}.example/", "a".repeat(64)), "name");
    }

    #[test]
    fn a_redirect_is_read_as_strictly() {
        let from = Target::read("https://news.example/a/b?c").unwrap();
        let check = |to: &str, expected: Option<&str>| {
            let next = from.follow(to).ok();
            assert_eq!(next.as_ref().map(Target::url), expected, "{to}");
        };
        check("d", Some("https://news.example/a/d"));
        check("/d", Some("https://news.example/d"));
        check("//other.example", Some("https://other.example/"));
        check("http://other.example/#x", Some("http://other.example/"));
        check("file:///etc/passwd", None);
        check("https://x@other.example/", None);
        check("http://other.example:6379/", None);
        check("javascript:x", None);
    }

    proptest! {
        /// Whatever is read, its one spelling reads as the same target, with no name before the host and an allowed port.
        #[test]
        fn reading_again_changes_nothing(text in "(https?:)?[/\\\\]{0,3}(\\PC{0,12}@)?[\\[\\]0-9a-fxX.:%\u{3002}\\PC]{0,24}(:[0-9]{1,5})?/\\PC{0,9}") {
            if let Ok(target) = Target::read(&text) {
                prop_assert_eq!(&Target::read(target.url()).unwrap(), &target);
                prop_assert!(target.url().is_ascii());
                prop_assert!(matches!(target.port(), 80 | 443));
                prop_assert!(!target.url().split('/').nth(2).unwrap().contains('@'));
            }
        }
    }
}
