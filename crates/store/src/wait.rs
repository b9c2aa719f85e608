//! Waiting for the server from an ordinary thread, while the connections run on a small runtime of their own.
//!
//! The store's methods block, whoever calls them. The runtime's own way of blocking may not be used inside another
//! runtime, so the calling thread parks itself and is woken by the connection's task.

use crate::Error;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Handle, Runtime};

/// Threads that move bytes between sockets and callers.
const THREADS: usize = 2;

/// The runtime of all connections, to the database and to the object store, started with the first of them.
pub(crate) fn runtime() -> Result<&'static Handle, Error> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();
    let start = || {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(THREADS).thread_name("connections").enable_all();
        builder.build().map_err(|error| error.to_string())
    };
    match RUNTIME.get_or_init(start) {
        Ok(runtime) => Ok(runtime.handle()),
        Err(why) => Err(Error::Unreachable {
            address: "the network".into(),
            sentence: format!("threads for its connections could not be started: {why}"),
        }),
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// What `future` gives, or `None` when `limit` has passed first. Without a limit it waits as long as it takes.
pub(crate) fn wait<T>(future: impl Future<Output = T>, limit: Option<Duration>) -> Option<T> {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let end = limit.map(|limit| Instant::now() + limit);
    loop {
        if let Poll::Ready(found) = future.as_mut().poll(&mut context) {
            return Some(found);
        }
        let Some(end) = end else {
            std::thread::park();
            continue;
        };
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        std::thread::park_timeout(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_waits_inside_and_outside_of_a_runtime() {
        let (say, hear) = tokio::sync::oneshot::channel();
        let talk = std::thread::spawn(move || say.send(7));
        assert_eq!(wait(hear, None), Some(Ok(7)));
        assert_eq!(talk.join().ok(), Some(Ok(())));
        let never = std::future::pending::<()>();
        assert_eq!(wait(never, Some(Duration::from_millis(1))), None);
    }
}
