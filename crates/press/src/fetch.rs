//! Every outbound request that this program makes.
//!
//! [`Fetcher`] asks the addresses that the operator set: nothing is followed to another host, nothing is read beyond its
//! limit, and no request waits longer than [`TIMEOUT`]. Addresses that people of the newsroom choose go through
//! [`guarded::Gate`].

pub mod acme;
pub mod guarded;
mod line;
pub mod names;
pub mod public;
pub mod target;
pub mod turns;

use std::{io::Read, time::Duration};

/// The longest that one request may take.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// Why bytes could not be fetched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server answered that there is nothing (404) or nothing any more (410).
    #[error("there is nothing at {0}")]
    Missing(String),
    /// No usable answer.
    #[error("{url} could not be fetched: {why}; check the address and try again")]
    Failed {
        /// What was asked for.
        url: String,
        /// What went wrong.
        why: String,
    },
    /// More bytes than allowed.
    #[error("{url} is longer than {limit} bytes and was not read")]
    Long {
        /// What was asked for.
        url: String,
        /// The limit.
        limit: u64,
    },
}

/// Fetches with one connection pool.
#[derive(Debug, Clone)]
pub struct Fetcher {
    agent: ureq::Agent,
}

impl Default for Fetcher {
    fn default() -> Self {
        Self::within(TIMEOUT)
    }
}

impl Fetcher {
    /// One whose requests take at most `longest` each.
    #[must_use]
    pub fn within(longest: Duration) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(longest))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("ovn/", env!("CARGO_PKG_VERSION")));
        Self { agent: config.build().into() }
    }

    /// The body at `url`, at most `limit` bytes. No encoding is asked for, and none is undone, so that nothing swells.
    ///
    /// # Errors
    /// When the server does not answer 200 or answers with more.
    pub fn get(&self, url: &str, limit: u64) -> Result<Vec<u8>, Error> {
        let failed = |why: String| Error::Failed { url: url.to_owned(), why };
        let mut answer = self.agent.get(url).call().map_err(|error| failed(error.to_string()))?;
        match answer.status().as_u16() {
            200 => {}
            404 | 410 => return Err(Error::Missing(url.to_owned())),
            code => return Err(failed(format!("the server answered {code}"))),
        }
        let mut bytes = Vec::new();
        let body = answer.body_mut().as_reader();
        body.take(limit + 1).read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(Error::Long { url: url.to_owned(), limit });
        }
        Ok(bytes)
    }
}
