//! The readers' server: sockets, limits and a graceful stop around [`Site::respond`].
//!
//! HTTP/1.1 and HTTP/2 with prior knowledge (for a proxy in front) on one port. A page that is in memory is answered on
//! the spot; everything else on threads that may wait for the disk, of which there are few: more would make all of them
//! late, so whoever cannot be served in a second is told 503 while the pages in memory go on.

mod cores;
mod crowd;
mod leave;
mod letter;
mod limits;
mod lines;
mod measure;
mod patience;

use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, HOST, HeaderValue, TRANSFER_ENCODING};
use hyper::service::service_fn;
use hyper::{StatusCode, Version};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};

use crate::counters::During;
use crate::request::Request;
use crate::respond::{Response, plain, unavailable};
use crate::site::Site;
use crate::tls::{Tls, is_http2};
use cores::{Cores, Share};
use crowd::Crowd;
use leave::{Stop, Stopping};
pub use limits::Limits;
use limits::{configured, cores};
use lines::Lines;
pub(crate) use measure::{Numbers, shown};
use patience::Patient;

const H2_PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const BUSY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncache-control: no-store\r\n\
    content-type: text/plain; charset=utf-8\r\ncontent-length: 47\r\nconnection: close\r\n\r\n\
    Too many readers at once. Please try again soon";

/// Serves `site` on `listener` until `shutdown` is done, then finishes the answers under way.
///
/// # Errors
/// When the listener has no address any more; a connection's trouble ends that connection only.
pub async fn serve(
    site: Site,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let limits = configured(&site);
    run(site, listener, shutdown, limits, None).await
}

/// As [`serve`], with limits of one's own.
///
/// # Errors
/// As [`serve`].
pub async fn serve_within(
    site: Site,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    limits: Limits,
) -> io::Result<()> {
    run(site, listener, shutdown, limits, None).await
}

/// As [`serve`], with TLS: each connection is greeted with the certificate that `tls` has at that moment.
///
/// # Errors
/// As [`serve`].
pub async fn serve_tls(
    site: Site,
    listener: TcpListener,
    tls: Arc<Tls>,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let limits = configured(&site);
    run(site, listener, shutdown, limits, Some(tls)).await
}

async fn run(
    site: Site,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    limits: Limits,
    tls: Option<Arc<Tls>>,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(%address, "serving readers");
    let (stop, stopping) = Stop::new();
    let free = Arc::new(Semaphore::new(limits.connections));
    let server = Server::new(site.clone(), limits, tls);
    let cores = Cores::start(cores())?;
    let background = site.keep_current();
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => accepted,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of file descriptors, most likely: closing connections will free some.
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        match Arc::clone(&free).try_acquire_owned() {
            Ok(permit) => {
                let (server, stopping) = (server.clone(), stopping.clone());
                match stream.into_std() {
                    Ok(stream) => cores.begin(move |share| {
                        tokio::spawn(server.begin(stream, stopping, (permit, share)));
                    }),
                    Err(error) => tracing::debug!(%error, "a connection was lost"),
                }
            }
            Err(_) => {
                site.now().counters.turned_away.fetch_add(1, Ordering::Relaxed);
                turn_away(&stream);
            }
        }
    }
    site.now().counters.stopping.store(true, Ordering::Release);
    drop(listener);
    drop(background);
    stop.now();
    let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    if timeout(limits.stop, free.acquire_many(all)).await.is_err() {
        tracing::warn!("some answers were cut off by the stop");
    }
    drop(cores);
    Ok(())
}

/// Says 503 in one write that either fits the socket's buffer or is given up.
fn turn_away(stream: &TcpStream) {
    if let Err(error) = stream.try_write(BUSY) {
        tracing::debug!(%error, "a reader turned away did not listen");
    }
}

#[derive(Debug, Clone)]
struct Server {
    site: Site,
    making: Arc<Semaphore>,
    searching: Arc<Semaphore>,
    letters: Arc<Semaphore>,
    /// Where this connection comes from.
    address: Option<IpAddr>,
    crowd: Arc<Crowd>,
    /// Where threads may wait for the disk.
    blocking: Handle,
    limits: Limits,
    tls: Option<Arc<Tls>>,
}

/// Held by a connection: its place among all, and its share of a core.
type Place = (OwnedSemaphorePermit, Share);

impl Server {
    fn new(site: Site, limits: Limits, tls: Option<Arc<Tls>>) -> Self {
        Self {
            site,
            making: Arc::new(Semaphore::new(limits.renderings)),
            searching: Arc::new(Semaphore::new(limits.searches)),
            letters: Arc::new(Semaphore::new(letter::AT_ONCE)),
            address: None,
            crowd: Arc::default(),
            blocking: Handle::current(),
            limits,
            tls,
        }
    }

    async fn begin(mut self, stream: std::net::TcpStream, stopping: Stopping, place: Place) {
        self.address = stream.peer_addr().ok().map(|address| address.ip());
        match TcpStream::from_std(stream) {
            Ok(stream) => self.connection(stream, stopping).await,
            Err(error) => tracing::debug!(%error, "a connection was lost"),
        }
        drop(place);
    }

    async fn connection(self, stream: TcpStream, mut stopping: Stopping) {
        let inner = self.site.now();
        inner.counters.accepted.fetch_add(1, Ordering::Relaxed);
        let _open = During::new(&inner.counters.open);
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no delay could not be set");
        }
        let head = self.limits.head;
        if let Some(tls) = self.tls.clone() {
            let first = async { timeout(head, tls.greet(stream)).await.ok()?.ok()? };
            if let Some(stream) = stopping.or_leave(first).await {
                let http2 = is_http2(&stream);
                self.talk(stream, http2, stopping).await;
            }
        } else {
            let first = async { timeout(head, speaks_http2(&stream)).await.ok().flatten() };
            if let Some(http2) = stopping.or_leave(first).await {
                self.talk(stream, http2, stopping).await;
            }
        }
    }

    async fn talk<S>(self, stream: S, http2: bool, stopping: Stopping)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let limits = self.limits;
        let asked = Arc::new(AtomicBool::new(false));
        let first = Arc::clone(&asked);
        let service = service_fn(move |request| {
            first.store(true, Ordering::Release);
            self.clone().measured(request)
        });
        let done = if http2 {
            let mut builder = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
            builder
                .timer(TokioTimer::new())
                .max_concurrent_streams(100)
                .max_header_list_size(32 * 1024)
                .max_pending_accept_reset_streams(20)
                .keep_alive_interval(limits.head)
                .keep_alive_timeout(limits.head);
            let io = Patient::new(TokioIo::new(stream), limits.patience);
            stopping.run(builder.serve_connection(io, service), asked).await
        } else {
            let mut builder = hyper::server::conn::http1::Builder::new();
            builder
                .timer(TokioTimer::new())
                .header_read_timeout(limits.head)
                .max_buf_size(32 * 1024)
                .half_close(false);
            let lines = TokioIo::new(Lines::of(stream));
            let io = Patient::new(lines, limits.patience);
            stopping.run(builder.serve_connection(io, service), asked).await
        };
        if let Err(error) = done {
            tracing::debug!(%error, "a connection ended early");
        }
    }

    async fn answer(
        self,
        request: hyper::Request<Incoming>,
        id: &str,
    ) -> hyper::Response<Full<Bytes>> {
        let (parts, body) = request.into_parts();
        let version = parts.version;
        let counters = Arc::clone(&self.site.now().counters);
        let request = Request { method: parts.method, uri: parts.uri, headers: parts.headers };
        let mut response = match malformed(&request, version) {
            Some(response) => response,
            None if self.site.takes(&request.method, request.path()) => {
                self.letter(request, body, id).await
            }
            None => match self.site.cached(&request) {
                Some(response) => {
                    counters.hits.fetch_add(1, Ordering::Relaxed);
                    response
                }
                None => {
                    counters.misses.fetch_add(1, Ordering::Relaxed);
                    self.make(request, id).await
                }
            },
        };
        let closes = response.status.is_client_error() && version < Version::HTTP_2;
        if closes && response.status != StatusCode::NOT_FOUND && response.status != StatusCode::GONE
        {
            response.headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        let mut answer = hyper::Response::new(Full::new(response.body));
        *answer.status_mut() = response.status;
        *answer.headers_mut() = response.headers;
        answer
    }

    /// Answers from the store. Of a crowd that asks for one page, one has it made and the others find it in memory.
    async fn make(self, request: Request, id: &str) -> Response {
        let target = request.uri.path_and_query().map_or("", |target| target.as_str());
        let turn = match self.crowd.join(target) {
            Ok(turn) => Some(turn),
            Err(other) => {
                let _ = timeout(self.limits.wait, other.over()).await;
                if let Some(response) = self.site.cached(&request) {
                    return response;
                }
                None
            }
        };
        let wait = self.limits.wait;
        let (making, searching) = (self.making.acquire_owned(), self.searching.acquire_owned());
        let permits = async {
            let search = if request.is_search() { Some(searching.await.ok()?) } else { None };
            Some((making.await.ok()?, search))
        };
        let Ok(Some(permits)) = timeout(wait, permits).await else { return unavailable() };
        let site = self.site;
        // What goes wrong on the way is told with the request's number.
        let span = tracing::error_span!("request", id);
        let made = self.blocking.spawn_blocking(move || {
            let response = span.in_scope(|| site.respond(&request));
            drop((permits, turn));
            response
        });
        made.await.unwrap_or_else(|_| unavailable())
    }
}

/// 400 for what two servers in a row could read in two ways: no host or two, a body in a transfer coding.
fn malformed(request: &Request, version: Version) -> Option<Response> {
    let hosts = request.headers.get_all(HOST).iter().count();
    let missing = version == Version::HTTP_11 && hosts == 0;
    // hyper drops a length that stands beside a transfer coding, so the pair is not to be seen here any more.
    let framed = request.headers.contains_key(TRANSFER_ENCODING);
    let wrong = missing || hosts > 1 || framed;
    wrong.then(|| plain(StatusCode::BAD_REQUEST, "The request's headers contradict each other.\n"))
}

/// Whether the client begins with the preface of HTTP/2; `None` when it hangs up before that is clear.
async fn speaks_http2(stream: &TcpStream) -> Option<bool> {
    let mut start = [0; H2_PREFACE.len()];
    loop {
        let length = stream.peek(&mut start).await.ok().filter(|length| *length > 0)?;
        let same = start.iter().zip(H2_PREFACE).take(length).all(|(a, b)| a == b);
        if !same || length == H2_PREFACE.len() {
            return Some(same);
        }
        // Part of the preface: peeking does not wait for more, so time has to pass.
        sleep(Duration::from_millis(20)).await;
    }
}
