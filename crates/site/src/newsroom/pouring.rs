//! A body that is written while it is sent: a few pieces of it are in memory, and whoever reads no more ends it.

use futures_util::stream::poll_fn;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Bytes, Frame};
use ovn_press::managing::Pour;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Sender, channel};
use tokio::time::timeout;

/// A body of either kind.
pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The length of a piece, and how many wait to be sent.
const PIECE: usize = 64 << 10;
const WAITING: usize = 4;
/// How long a reader may take none.
const PATIENCE: Duration = Duration::from_secs(60);

/// A body that is there.
pub(super) fn whole(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

/// A body that `pour` writes on a thread that may wait; `held` is let go when it is done. One that breaks off ends the connection,
/// so that nobody takes a part for the whole.
pub(super) fn poured(pour: Pour, held: impl Send + 'static) -> Body {
    let (send, mut receive) = channel::<Bytes>(WAITING);
    let done = Arc::new(AtomicBool::new(false));
    let (ended, handle) = (Arc::clone(&done), Handle::current());
    drop(tokio::task::spawn_blocking(move || {
        let mut pipe = Pipe { send, handle, piece: Vec::with_capacity(PIECE) };
        match pour.into(&mut pipe).and_then(|()| pipe.flush()) {
            Ok(()) => ended.store(true, Ordering::Release),
            Err(error) => tracing::warn!(%error, "a file was not sent to its end"),
        }
        drop(held);
    }));
    let mut told = false;
    let pieces = poll_fn(move |cx| match receive.poll_recv(cx) {
        Poll::Ready(Some(piece)) => Poll::Ready(Some(Ok(Frame::data(piece)))),
        Poll::Ready(None) if !done.load(Ordering::Acquire) && !told => {
            told = true;
            Poll::Ready(Some(Err(io::Error::other("the file could not be read to its end"))))
        }
        Poll::Ready(None) => Poll::Ready(None),
        Poll::Pending => Poll::Pending,
    });
    StreamBody::new(pieces).boxed_unsync()
}

struct Pipe {
    send: Sender<Bytes>,
    handle: Handle,
    piece: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = PIECE - self.piece.len();
        let part = bytes.get(..room).unwrap_or(bytes);
        self.piece.extend_from_slice(part);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE)));
        let sent = self.handle.block_on(async { timeout(PATIENCE, self.send.send(piece)).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            _ => Err(io::Error::other("nobody reads it any more")),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn what_is_written_is_sent_in_pieces_and_a_part_is_no_whole() {
        let pour = |pieces: usize, fails: bool| {
            Pour::new(move |out| {
                (0..pieces).try_for_each(|_| out.write_all(&[7; 100_000]))?;
                if fails { Err(io::Error::other("broken")) } else { Ok(()) }
            })
        };
        let body = poured(pour(30, false), ()).collect().await.unwrap().to_bytes();
        assert_eq!(body.len(), 3_000_000);
        assert!(poured(pour(3, true), ()).collect().await.is_err());
        assert_eq!(poured(pour(0, false), ()).collect().await.unwrap().to_bytes().len(), 0);
        // Whoever goes away ends it.
        let held = Arc::new(());
        drop(poured(pour(1000, false), Arc::clone(&held)));
        while Arc::strong_count(&held) > 1 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}
