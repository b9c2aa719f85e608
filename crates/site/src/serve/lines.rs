//! Lines of an HTTP/1.1 request held to their one end, CR LF.
//!
//! RFC 9112 section 2.2 lets a server take a line feed alone for a line's end. A proxy in front may not, and then the two
//! see different requests. Nothing on the readers' plane takes a body, so whatever arrives is a request's head.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream in which each line feed without its carriage return is read as NUL, which no request may hold, so that it is
/// answered 400.
#[derive(Debug)]
pub(super) struct Lines<S> {
    inner: S,
    last: u8,
}

impl<S> Lines<S> {
    pub(super) fn of(inner: S) -> Self {
        Self { inner, last: 0 }
    }
}

/// Spoils the bare line feeds in `bytes`, which follow a byte `last`.
fn spoil(bytes: &mut [u8], mut last: u8) -> u8 {
    for byte in bytes {
        let found = *byte;
        if found == b'\n' && last != b'\r' {
            *byte = 0;
        }
        last = found;
    }
    last
}

impl<S: AsyncRead + Unpin> AsyncRead for Lines<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        ready!(Pin::new(&mut this.inner).poll_read(cx, buf))?;
        let fresh = buf.filled_mut().get_mut(before..).unwrap_or_default();
        this.last = spoil(fresh, this.last);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Lines<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_line_feeds_are_spoilt_across_reads() {
        let check = |parts: &[&str], expected: &str| {
            let mut last = 0;
            let mut all = Vec::new();
            for part in parts {
                let mut bytes = part.as_bytes().to_vec();
                last = spoil(&mut bytes, last);
                all.extend(bytes);
            }
            assert_eq!(String::from_utf8_lossy(&all), expected);
        };
        check(&["GET / HTTP/1.1\r\n\r\n"], "GET / HTTP/1.1\r\n\r\n");
        check(&["a\r", "\nb\n"], "a\r\nb\0");
        check(&["\n\n\r\n"], "\0\0\r\n");
        check(&["a\r\r\n"], "a\r\r\n");
    }
}
