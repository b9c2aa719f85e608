//! Patience with slow readers, and its end: who takes almost nothing for a minute is let go.
//!
//! A reader on a bad line is served; one who holds an answer open on purpose gives up his place. Time in which the
//! socket takes nothing counts against his patience; what it takes gives some back, a second for every [`LEAST`] bytes.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use tokio::time::{Instant, Sleep, sleep};

/// Bytes a second that a reader has to take in the long run.
pub(super) const LEAST: u32 = 256;

/// Patience with one reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Patience {
    most: Duration,
    left: Duration,
}

impl Patience {
    fn waited(&mut self, time: Duration) {
        self.left = self.left.saturating_sub(time);
    }

    fn took(&mut self, bytes: usize) {
        if self.left < self.most {
            let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
            self.left = self.most.min(self.left + Duration::from_secs(1) * bytes / LEAST);
        }
    }
}

/// A stream that gives up on a reader who does not take what is written.
#[derive(Debug)]
pub(super) struct Patient<T> {
    stream: T,
    patience: Patience,
    /// Since when the reader has taken nothing, and when that ends.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl<T> Patient<T> {
    pub(super) fn new(stream: T, most: Duration) -> Self {
        Self { stream, patience: Patience { most, left: most }, waiting: None }
    }

    /// Counts a write of `bytes`, or waits for the reader as long as there is patience.
    fn count(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(bytes)) => {
                if let Some((since, _)) = self.waiting.take() {
                    self.patience.waited(since.elapsed());
                }
                self.patience.took(bytes);
                Poll::Ready(Ok(bytes))
            }
            Poll::Pending => {
                let left = self.patience.left;
                let (_, end) =
                    self.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
                end.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
            }
            failed @ Poll::Ready(Err(_)) => failed,
        }
    }
}

impl<T: Read + Unpin> Read for Patient<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<T: Write + Unpin> Write for Patient<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.count(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.count(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a reader who takes `bytes` after every `wait` is still waited for after a day.
    fn check(bytes: usize, wait: Duration, expected: bool) {
        let most = Duration::from_secs(60);
        let mut patience = Patience { most, left: most };
        let rounds = 86_400_000 / wait.as_millis();
        let stays = (0..rounds).all(|_| {
            let there = wait < patience.left;
            patience.waited(wait);
            patience.took(bytes);
            there
        });
        assert_eq!(stays, expected, "{bytes} bytes every {wait:?}");
    }

    #[test]
    fn a_slow_line_is_served_and_a_held_one_is_let_go() {
        check(1, Duration::from_secs(1), false);
        check(100, Duration::from_secs(1), false);
        check(300, Duration::from_secs(1), true);
        check(1000, Duration::from_secs(2), true);
        check(30_000, Duration::from_secs(50), true);
        check(1_000_000, Duration::from_secs(61), false);
        check(usize::MAX, Duration::from_millis(1), true);
    }
}
