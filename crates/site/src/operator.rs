//! The operator's server: counts and health, on an address that readers never reach.

mod text;

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::site::Site;

/// Connections at once; one more waits.
const CONNECTIONS: usize = 16;
/// How long a request's head may take, and how long a connection may be idle.
const HEAD: Duration = Duration::from_secs(10);
/// How long a store that answers nobody is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Tells whoever asks on `listener` how `site` is, until `shutdown` is done: `/metrics`, `/health/live` and
/// `/health/ready`. There is no password: who reaches the address may read.
///
/// # Errors
/// When the listener has no address any more.
pub async fn serve_operator(
    site: Site,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(%address, "telling the operator");
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => return Ok(()),
            accepted = accept(&listener, &places) => accepted,
        };
        let (stream, place) = match accepted {
            Ok(both) => both,
            Err(error) => {
                tracing::warn!(%error, "an operator's connection could not be accepted");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let site = site.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(site.clone(), request));
            let mut builder = hyper::server::conn::http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(16 * 1024);
            if let Err(error) = builder.serve_connection(TokioIo::new(stream), service).await {
                tracing::debug!(%error, "an operator's connection ended early");
            }
            drop(place);
        });
    }
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(tokio::net::TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    Ok((stream, place))
}

async fn answer(
    site: Site,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let plain = "text/plain; charset=utf-8";
    let head = request.method() == Method::HEAD;
    if !head && request.method() != Method::GET {
        let mut refusal = say(StatusCode::METHOD_NOT_ALLOWED, plain, "Ask with GET.\n".into());
        refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(refusal);
    }
    let mut said = match request.uri().path() {
        "/metrics" => {
            let told = blocking(move || text::of(&site)).await;
            let media = "text/plain; version=0.0.4; charset=utf-8";
            told.map_or_else(late, |told| say(StatusCode::OK, media, told))
        }
        "/health/live" => say(StatusCode::OK, plain, "live\n".into()),
        "/health/ready" => match blocking(move || ready(&site)).await {
            Some(Ok(())) => say(StatusCode::OK, plain, "ready\n".into()),
            Some(Err(why)) => say(StatusCode::SERVICE_UNAVAILABLE, plain, format!("{why}\n")),
            None => late(),
        },
        _ => {
            let text = "There is /metrics, /health/live and /health/ready.\n";
            say(StatusCode::NOT_FOUND, plain, text.into())
        }
    };
    if head {
        *said.body_mut() = Full::default();
    }
    Ok(said)
}

async fn blocking<T: Send + 'static>(ask: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    timeout(PATIENCE, tokio::task::spawn_blocking(ask)).await.ok()?.ok()
}

fn late() -> Response<Full<Bytes>> {
    let text = "The store does not answer.\n";
    say(StatusCode::SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", text.into())
}

fn say(status: StatusCode, media: &'static str, text: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Whether readers should be sent here: the record can be read, what is in memory is as new as it, and no stop is under
/// way. If not, why.
fn ready(site: &Site) -> Result<(), String> {
    let inner = site.now();
    if inner.counters.stopping.load(Ordering::Acquire) {
        return Err("this process is stopping".into());
    }
    let state = inner.reader.state().map_err(|error| error.to_string())?;
    if state.checkpoint.is_empty() {
        return Err("the record has no entry yet".into());
    }
    let file = inner.reader.record_file("vkey").map_err(|error| error.to_string())?;
    if file.is_none() {
        return Err("the record's files are not there: record/vkey is missing".into());
    }
    if site.watches(state.generation) { Ok(()) } else { Err("it is not up to date yet".into()) }
}
