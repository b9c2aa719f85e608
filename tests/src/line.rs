//! A line between a node and a server, which a test cuts without either side being told.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Result, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A connection of either kind.
pub trait Stream: Read + Write + Send + Sized + 'static {
    /// The same connection once more.
    ///
    /// # Errors
    /// The system's.
    fn again(&self) -> Result<Self>;
    /// Ends it for both sides.
    fn end(&self);
}

impl Stream for UnixStream {
    fn again(&self) -> Result<Self> {
        self.try_clone()
    }

    fn end(&self) {
        let _ = self.shutdown(Shutdown::Both);
    }
}

impl Stream for TcpStream {
    fn again(&self) -> Result<Self> {
        self.try_clone()
    }

    fn end(&self) {
        let _ = self.shutdown(Shutdown::Both);
    }
}

/// Carries bytes until it is cut; then they wait, on either side, until it is mended.
#[derive(Debug, Clone, Default)]
pub struct Line(Arc<AtomicBool>);

impl Line {
    /// A line to the Unix socket `server`, which begins at the new socket `here`.
    ///
    /// # Panics
    /// When the socket can't be made.
    #[must_use]
    pub fn to_socket(server: &Path, here: &Path) -> Self {
        let (line, server) = (Self::default(), server.to_owned());
        line.carry(UnixListener::bind(here).unwrap(), UnixListener::accept, move || {
            UnixStream::connect(&server)
        });
        line
    }

    /// A line to a port of this machine; gives the port at which it begins.
    ///
    /// # Panics
    /// When there is no free port.
    #[must_use]
    pub fn to_port(server: u16) -> (Self, u16) {
        let (line, listener) = (Self::default(), TcpListener::bind("127.0.0.1:0").unwrap());
        let port = listener.local_addr().unwrap().port();
        line.carry(listener, TcpListener::accept, move || {
            TcpStream::connect(("127.0.0.1", server))
        });
        (line, port)
    }

    /// Cuts it, or mends it.
    pub fn cut(&self, cut: bool) {
        self.0.store(cut, Ordering::SeqCst);
    }

    fn carry<L: Send + 'static, S: Stream, A>(
        &self,
        listener: L,
        accept: impl Fn(&L) -> Result<(S, A)> + Send + 'static,
        connect: impl Fn() -> Result<S> + Send + 'static,
    ) {
        let own = self.clone();
        std::thread::spawn(move || {
            while let Ok((client, _)) = accept(&listener) {
                let Ok(there) = connect() else { continue };
                own.one_way(client.again().unwrap(), there.again().unwrap());
                own.one_way(there, client);
            }
        });
    }

    fn one_way<S: Stream>(&self, mut from: S, mut to: S) {
        let own = self.clone();
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            loop {
                let length = from.read(&mut bytes).unwrap_or(0);
                while own.0.load(Ordering::SeqCst) {
                    std::thread::sleep(Duration::from_millis(5));
                }
                if length == 0 || to.write_all(bytes.get(..length).unwrap_or_default()).is_err() {
                    from.end();
                    to.end();
                    return;
                }
            }
        });
    }
}
