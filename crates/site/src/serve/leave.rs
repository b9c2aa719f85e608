//! How a connection learns that the server stops, and how it takes its leave: no request that has come is dropped.
//!
//! Whoever connected and has not yet asked is given a moment for it, because that request is on its way: another process
//! that listens on the same socket can't get it any more.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper_util::server::graceful::GracefulConnection;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// How long a connection without any request is kept when the server stops.
const MOMENT: Duration = Duration::from_secs(1);
const LOOK: Duration = Duration::from_millis(5);

/// Says that the server stops.
#[derive(Debug)]
pub(super) struct Stop(watch::Sender<bool>);

/// Hears it.
#[derive(Debug, Clone)]
pub(super) struct Stopping(watch::Receiver<bool>);

impl Stop {
    pub(super) fn new() -> (Self, Stopping) {
        let (say, hear) = watch::channel(false);
        (Self(say), Stopping(hear))
    }

    /// Tells every connection.
    pub(super) fn now(&self) {
        self.0.send_replace(true);
    }
}

impl Stopping {
    /// Waits until the server stops.
    async fn wait(&mut self) {
        if self.0.wait_for(|stops| *stops).await.is_err() {
            // The server is gone without a word, and this connection with it.
            std::future::pending::<()>().await;
        }
    }

    /// What `first` gives; `None` when a moment has passed since the server stops.
    pub(super) async fn or_leave<T>(
        &mut self,
        first: impl Future<Output = Option<T>>,
    ) -> Option<T> {
        let leave = async {
            self.wait().await;
            sleep(MOMENT).await;
        };
        tokio::select! {
            found = first => found,
            () = leave => None,
        }
    }

    /// Runs `connection` to its end. When the server stops, it answers what was asked, and at least one request if one
    /// comes within a moment; `asked` is set with the first.
    pub(super) async fn run<C: GracefulConnection>(
        mut self,
        connection: C,
        asked: Arc<AtomicBool>,
    ) -> Result<(), C::Error> {
        let mut connection = pin!(connection);
        let leave = async {
            self.wait().await;
            let first = async {
                while !asked.load(Ordering::Acquire) {
                    sleep(LOOK).await;
                }
            };
            let _ = timeout(MOMENT, first).await;
        };
        tokio::select! {
            done = connection.as_mut() => return done,
            () = leave => {}
        }
        connection.as_mut().graceful_shutdown();
        connection.await
    }
}
