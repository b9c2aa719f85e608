//! The newsroom's server: a listener of its own, whole bodies within limits, few at a time.

use super::Plane;
use super::answer::After;
use super::ask::Ask;
use super::incoming::BODIES;
use super::pouring::{Body, poured, whole};
use crate::respond::{Response, unavailable};
use hyper::body::Incoming;
use hyper::header::{CONNECTION, HeaderValue};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use ovn_press::managing::Pour;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch::Receiver;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, sleep_until, timeout};

/// Connections at once; one more waits.
const CONNECTIONS: u32 = 512;
/// Requests that wait for disk or passphrase at once.
const WORKING: usize = 32;
/// How long a request's head may take, and how long a connection may be idle.
const HEAD: Duration = Duration::from_secs(15);
/// How long an answer is kept back for want of news: shorter than proxies wait.
const NEWS: Duration = Duration::from_secs(20);
/// How long the answers under way may take when the server stops.
const STOP: Duration = Duration::from_secs(10);

/// Serves the newsroom on `listener` until `shutdown` is done, then finishes the answers under way.
///
/// # Errors
/// When the listener has no address any more; a connection's trouble ends that connection only.
pub async fn serve_newsroom(
    plane: Plane,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(%address, "serving the newsroom");
    let places = Arc::new(Semaphore::new(usize::try_from(CONNECTIONS).unwrap_or(1)));
    let bodies = Arc::new(Semaphore::new(usize::try_from(BODIES).unwrap_or(1)));
    let (working, pouring) = (Arc::new(Semaphore::new(WORKING)), Arc::new(Semaphore::new(1)));
    let server = Server { plane, working, bodies, pouring };
    let (end, ended) = tokio::sync::watch::channel(false);
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener, &places) => accepted,
        };
        match accepted {
            Ok((stream, address, place)) => {
                let (server, ended) = (server.clone(), ended.clone());
                tokio::spawn(async move {
                    server.connection(stream, address, ended).await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection to the newsroom could not be accepted");
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    end.send_replace(true);
    if timeout(STOP, places.acquire_many(CONNECTIONS)).await.is_err() {
        tracing::warn!("some of the newsroom's answers were cut off by the stop");
    }
    Ok(())
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, IpAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    Ok((stream, address.ip(), place))
}

#[derive(Debug, Clone)]
pub(super) struct Server {
    pub(super) plane: Plane,
    working: Arc<Semaphore>,
    pub(super) bodies: Arc<Semaphore>,
    pouring: Arc<Semaphore>,
}

impl Server {
    async fn connection(self, stream: TcpStream, address: IpAddr, ended: Receiver<bool>) {
        let over = over(ended.clone());
        let service =
            service_fn(move |request| self.clone().answer(request, address, ended.clone()));
        let mut builder = hyper::server::conn::http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(32 * 1024);
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        tokio::pin!(connection);
        let done = tokio::select! {
            done = &mut connection => done,
            () = over => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = done {
            tracing::debug!(%error, "a connection to the newsroom ended early");
        }
    }

    async fn answer(
        self,
        request: hyper::Request<Incoming>,
        address: IpAddr,
        ended: Receiver<bool>,
    ) -> Result<hyper::Response<Body>, Infallible> {
        let (response, pour) = match self.read(request, address).await {
            Ok((ask, room)) => {
                let answer = self.work(Arc::new(ask), ended).await;
                drop(room);
                answer
            }
            Err(mut refusal) => {
                refusal.headers.insert(CONNECTION, HeaderValue::from_static("close"));
                (refusal, None)
            }
        };
        let (response, body) = self.body(response, pour);
        let mut answer = hyper::Response::new(body);
        *answer.status_mut() = response.status;
        *answer.headers_mut() = response.headers;
        Ok(answer)
    }

    /// The body of an answer: its bytes, or what is written while it is sent, one such body at a time.
    fn body(&self, mut response: Response, pour: Option<Pour>) -> (Response, Body) {
        let Some(pour) = pour else {
            let bytes = std::mem::take(&mut response.body);
            return (response, whole(bytes));
        };
        match Arc::clone(&self.pouring).try_acquire_owned() {
            Ok(permit) => (response, poured(pour, permit)),
            Err(_) => {
                let mut busy = unavailable();
                let bytes = std::mem::take(&mut busy.body);
                (busy, whole(bytes))
            }
        }
    }

    /// Answers on a thread that may wait for the disk; an answer without news waits on none.
    async fn work(&self, ask: Arc<Ask>, ended: Receiver<bool>) -> (Response, Option<Pour>) {
        let over = over(ended);
        tokio::pin!(over);
        let end = Instant::now() + NEWS;
        loop {
            let Ok(permit) = Arc::clone(&self.working).acquire_owned().await else {
                return (unavailable(), None);
            };
            let (plane, asked) = (self.plane.clone(), Arc::clone(&ask));
            let made = tokio::task::spawn_blocking(move || {
                let answer = plane.answer(&asked);
                drop(permit);
                answer
            });
            let (response, mut bell) = match made.await {
                Ok((response, After::Bell(bell))) => (response, bell),
                Ok((response, After::Pour(pour))) => return (response, Some(pour)),
                Ok((response, After::Nothing)) => return (response, None),
                Err(_) => return (unavailable(), None),
            };
            tokio::select! {
                rung = bell.changed() => if rung.is_err() { return (response, None) },
                () = sleep_until(end) => return (response, None),
                () = &mut over => return (response, None),
            }
        }
    }
}

/// Until the server stops.
async fn over(mut ended: Receiver<bool>) {
    drop(ended.wait_for(|ended| *ended).await);
}
