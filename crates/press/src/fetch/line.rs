//! A line to the very address that was checked, which keeps the bytes of both directions as they went over it.

use std::sync::{Arc, Mutex, PoisonError};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

use std::net::SocketAddr;

/// The addresses that a name was found to have, and no way to ask for it again.
#[derive(Debug)]
pub(super) struct Checked(pub(super) Vec<SocketAddr>);

impl Resolver for Checked {
    fn resolve(
        &self,
        _: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut out = self.empty();
        // As many as ureq has room for.
        for address in self.0.iter().take(16) {
            out.push(*address);
        }
        if self.0.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(out) }
    }
}

/// What went over a line, TLS taken off.
#[derive(Debug, Default)]
pub(super) struct Heard {
    pub(super) request: Vec<u8>,
    pub(super) response: Vec<u8>,
}

/// Keeps what a line carries, up to a limit.
#[derive(Debug, Clone)]
pub(super) struct Ear {
    heard: Arc<Mutex<Heard>>,
    most: usize,
}

impl Ear {
    pub(super) fn new(most: usize) -> Self {
        Self { heard: Arc::default(), most }
    }

    /// What was heard so far.
    pub(super) fn take(&self) -> Heard {
        std::mem::take(&mut *self.heard.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<In: Transport> Connector<In> for Ear {
    type Out = Line<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        Ok(chained.map(|inner| Line { inner, ear: self.clone() }))
    }
}

/// A line with an ear at it.
#[derive(Debug)]
pub(super) struct Line<In> {
    inner: In,
    ear: Ear,
}

impl<In: Transport> Transport for Line<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let sent = self.inner.buffers().output().get(..amount).unwrap_or_default().to_vec();
        self.ear.heard.lock().unwrap_or_else(PoisonError::into_inner).request.extend(sent);
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let before = self.inner.buffers().input().len();
        let progress = self.inner.await_input(timeout)?;
        let input = self.inner.buffers().input();
        let mut heard = self.ear.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.response.extend_from_slice(input.get(before..).unwrap_or_default());
        if heard.response.len() > self.ear.most {
            return Err(ureq::Error::BodyExceedsLimit(self.ear.most as u64));
        }
        Ok(progress)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
