//! Fetching addresses that people chose, without being led anywhere that only this machine can reach.
//!
//! A name is resolved once, and refused unless every address it has is public ([`super::public`]); the connection goes to one
//! of those addresses, so that a second, other answer is never asked for. TLS and `Host` carry the name. Each redirect is an
//! address of its own. No cookie, no password, no referrer, no proxy of the environment, and no encoding that would have to
//! be undone.

use super::line::{Checked, Ear};
use super::names::{Names, System};
use super::public;
use super::target::{Place, Target};
use ovn_edition::commit::sha256;
use std::io::Read;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use ureq::unversioned::transport::{Connector, RustlsConnector, TcpConnector};

/// The media types that are archived; what a server says is believed only for refusing.
const TYPES: [&str; 23] = [
    "text/html",
    "text/plain",
    "text/csv",
    "text/markdown",
    "text/xml",
    "text/calendar",
    "application/xhtml+xml",
    "application/xml",
    "application/json",
    "application/ld+json",
    "application/rss+xml",
    "application/atom+xml",
    "application/pdf",
    "application/msword",
    "application/rtf",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.text",
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
];

/// How much is fetched at most, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one answer, head and body.
    pub bytes: usize,
    /// Bytes of an answer's head.
    pub head: usize,
    /// For everything, redirects included.
    pub total: Duration,
    /// For one read in which nothing comes.
    pub idle: Duration,
    /// Redirects.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let (bytes, head) = (16 << 20, 32 << 10);
        let (total, idle) = (Duration::from_secs(30), Duration::from_secs(10));
        Self { bytes, head, total, idle, redirects: 5 }
    }
}

/// Why an address was not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Not an address that can be asked.
    #[error("the address can't be used: {0}; paste it as the browser's address line shows it")]
    Address(String),
    /// Not the web.
    #[error("{0}: is not fetched; only http: and https: addresses are")]
    Scheme(String),
    /// Another service than the web's.
    #[error("port {0} is not asked; only 80 and 443 are, where the web is")]
    Port(u16),
    /// Its name has no address.
    #[error("{host} has no address: {why}; check how it is spelled")]
    Name {
        /// The host.
        host: String,
        /// What the system said.
        why: String,
    },
    /// One of its addresses leads inside.
    #[error("{host} leads to {address}, which is {what}; only public addresses are fetched")]
    Inside {
        /// The host as the address names it.
        host: String,
        /// What it resolves to.
        address: IpAddr,
        /// What is there.
        what: &'static str,
    },
    /// Sent on too often.
    #[error("{url} sends on more than {most} times; paste the address where it ends")]
    Redirects {
        /// The last one.
        url: String,
        /// The limit.
        most: usize,
    },
    /// No page but an error.
    #[error("{url} answered {status}; look at it in a browser, or upload a copy")]
    Status {
        /// What was asked for.
        url: String,
        /// What it said.
        status: u16,
    },
    /// Something that is not archived.
    #[error(
        "{url} is of the type {media:?}, which is not fetched; upload a copy if it is a source"
    )]
    Type {
        /// What was asked for.
        url: String,
        /// What the server calls it.
        media: String,
    },
    /// Longer than the limit.
    #[error("{url} is longer than {most} bytes and was not kept; upload a copy")]
    Long {
        /// What was asked for.
        url: String,
        /// The limit.
        most: usize,
    },
    /// No answer in time, or a broken one.
    #[error("{url} could not be fetched: {why}; try again later, or upload a copy")]
    Failed {
        /// What was asked for.
        url: String,
        /// What went wrong.
        why: String,
    },
}

/// One request and its answer, as they went over the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What was asked for.
    pub url: String,
    /// Which address answered.
    pub address: IpAddr,
    /// When it was asked, ms since 1970 UTC.
    pub at: u64,
    /// The request's bytes.
    pub request: Vec<u8>,
    /// The answer's bytes, head and body.
    pub response: Vec<u8>,
    /// SHA-256 of the body with the transfer's own pieces put together.
    pub payload: [u8; 32],
}

/// What was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Each request, the redirects first.
    pub exchanges: Vec<Exchange>,
    /// Where it ended.
    pub url: String,
    /// The media type as the server gave it, without parameters, in lower case.
    pub media: String,
    /// The body.
    pub body: Vec<u8>,
}

/// The one way to addresses that people chose; cheap to clone.
#[derive(Debug, Clone)]
pub struct Gate {
    names: Arc<dyn Names>,
    limits: Limits,
}

impl Default for Gate {
    fn default() -> Self {
        Self { names: Arc::new(System), limits: Limits::default() }
    }
}

/// One answer before it is judged.
struct Heard {
    exchange: Exchange,
    status: u16,
    media: String,
    location: Option<String>,
    body: Vec<u8>,
}

impl Gate {
    /// One that asks `names` what names lead to, within `limits`.
    #[must_use]
    pub fn new(names: Arc<dyn Names>, limits: Limits) -> Self {
        Self { names, limits }
    }

    /// Fetches `address`, following redirects; `now` tells the time in ms since 1970 UTC.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn fetch(&self, address: &str, now: &dyn Fn() -> u64) -> Result<Fetched, Refusal> {
        let end = Instant::now() + self.limits.total;
        let mut target = Target::read(address)?;
        let mut exchanges = Vec::new();
        for _ in 0..=self.limits.redirects {
            let heard = self.ask(&target, end, now)?;
            let url = target.url().to_owned();
            exchanges.push(heard.exchange);
            if let (301 | 302 | 303 | 307 | 308, Some(location)) = (heard.status, &heard.location) {
                target = target.follow(location)?;
                continue;
            }
            if heard.status != 200 {
                return Err(Refusal::Status { url, status: heard.status });
            }
            if !TYPES.contains(&heard.media.as_str()) {
                return Err(Refusal::Type { url, media: heard.media });
            }
            return Ok(Fetched { exchanges, url, media: heard.media, body: heard.body });
        }
        let (url, most) = (target.url().to_owned(), self.limits.redirects);
        Err(Refusal::Redirects { url, most })
    }

    /// Where a target is, as addresses that are all public.
    fn addresses(&self, target: &Target, end: Instant) -> Result<Vec<IpAddr>, Refusal> {
        let (host, found) = match target.place() {
            Place::Address(address) => (address.to_string(), vec![*address]),
            Place::Name(name) => {
                let left = end.saturating_duration_since(Instant::now());
                let found = self.names.resolve(name, left);
                let refused = |why| Refusal::Name { host: name.clone(), why };
                (name.clone(), found.map_err(refused)?)
            }
        };
        if found.is_empty() {
            return Err(Refusal::Name { host, why: "the name is not known".into() });
        }
        let inside = found.iter().find_map(|one| public::fault(*one).map(|what| (*one, what)));
        match inside {
            Some((address, what)) => Err(Refusal::Inside { host, address, what }),
            None => Ok(found),
        }
    }

    fn ask(&self, target: &Target, end: Instant, now: &dyn Fn() -> u64) -> Result<Heard, Refusal> {
        let found = self.addresses(target, end)?;
        let at = now();
        let ear = Ear::new(self.limits.bytes);
        let wired = found.iter().map(|one| self.names.wire(SocketAddr::new(*one, target.port())));
        let agent = self.agent(wired.collect(), ear.clone(), end)?;
        let url = target.url();
        let refused = |error: ureq::Error| self.failed(url, &error);
        let mut answer = agent.get(url).call().map_err(refused)?;
        let header = |name: &str| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let media = header("content-type").unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let (status, location) = (answer.status().as_u16(), header("location"));
        let mut body = Vec::new();
        let most = self.limits.bytes as u64;
        let read = answer.body_mut().as_reader().take(most + 1).read_to_end(&mut body);
        read.map_err(|error| self.failed(url, &ureq::Error::from(error)))?;
        let heard = ear.take();
        let exchange = Exchange {
            url: url.to_owned(),
            address: found.first().copied().unwrap_or(IpAddr::from([0; 4])),
            at,
            request: heard.request,
            response: without_interim(heard.response),
            payload: sha256(&body),
        };
        Ok(Heard { exchange, status, media, location, body })
    }

    /// One that can reach these addresses and no other.
    fn agent(
        &self,
        addresses: Vec<SocketAddr>,
        ear: Ear,
        end: Instant,
    ) -> Result<ureq::Agent, Refusal> {
        let left = end.saturating_duration_since(Instant::now());
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(left.max(Duration::from_millis(1))))
            .timeout_per_read(Some(self.limits.idle))
            .timeout_per_write(Some(self.limits.idle))
            .timeout_connect(Some(self.limits.idle))
            .max_response_header_size(self.limits.head)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None)
            .accept("text/html,application/pdf,*/*;q=0.5")
            .accept_encoding("identity")
            .user_agent(concat!("ovn/", env!("CARGO_PKG_VERSION"), " (source archive)"))
            .build();
        let line = ().chain(TcpConnector::default()).chain(RustlsConnector::default()).chain(ear);
        Ok(ureq::Agent::with_parts(config, line, Checked(addresses)))
    }

    fn failed(&self, url: &str, error: &ureq::Error) -> Refusal {
        let url = url.to_owned();
        match error {
            ureq::Error::BodyExceedsLimit(_) => Refusal::Long { url, most: self.limits.bytes },
            ureq::Error::Timeout(_) => Refusal::Failed { url, why: "it took too long".into() },
            other => Refusal::Failed { url, why: other.to_string() },
        }
    }
}

/// The final answer, without those that say that one is to come (1xx).
fn without_interim(mut response: Vec<u8>) -> Vec<u8> {
    while response.starts_with(b"HTTP/1.1 1") || response.starts_with(b"HTTP/1.0 1") {
        let Some(end) = response.windows(4).position(|four| four == b"\r\n\r\n") else { break };
        response.drain(..end + 4);
    }
    response
}
