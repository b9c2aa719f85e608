//! A request on its way in: its head within limits, then its body, as long as there is room for it.

use super::ask::{Ask, LONGEST, LONGEST_DATA};
use super::serve::Server;
use super::{routes, upload};
use crate::request::{MAX_HEADER_LINES, MAX_HEADERS, MAX_TARGET};
use crate::respond::{Response, plain, unavailable};
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{HOST, TRANSFER_ENCODING};
use hyper::{Method, StatusCode};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

/// How long a body may take.
const BODY: Duration = Duration::from_secs(120);
/// How long a body with a file may take: 25 MiB on a slow telephone line.
const UPLOAD: Duration = Duration::from_secs(600);
/// KiB of bodies that are in memory at once; one more waits.
pub(super) const BODIES: u32 = 192 << 10;
/// A body of at most so many bytes waits for none: a page is asked for without one, and no upload keeps it waiting.
const SMALL: u64 = 64 << 10;

impl Server {
    /// The whole request, within limits, and the room in memory that its body takes.
    pub(super) async fn read(
        &self,
        request: hyper::Request<Incoming>,
        address: IpAddr,
    ) -> Result<(Ask, Option<OwnedSemaphorePermit>), Response> {
        let (parts, body) = request.into_parts();
        let (method, uri, headers) = (parts.method, parts.uri, parts.headers);
        if !matches!(method, Method::GET | Method::HEAD | Method::POST | Method::PUT) {
            let text = "GET, HEAD, POST and PUT are answered.\n";
            return Err(plain(StatusCode::METHOD_NOT_ALLOWED, text));
        }
        if headers.get_all(HOST).iter().count() > 1 || headers.contains_key(TRANSFER_ENCODING) {
            let text = "The request's headers contradict each other.\n";
            return Err(plain(StatusCode::BAD_REQUEST, text));
        }
        if uri.path().len() + uri.query().map_or(0, str::len) > MAX_TARGET {
            return Err(plain(StatusCode::URI_TOO_LONG, "The address is too long.\n"));
        }
        let size: usize =
            headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if headers.len() > MAX_HEADER_LINES || size > MAX_HEADERS {
            let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
            return Err(plain(status, "The request's headers are too large.\n"));
        }
        let upload = routes::find(&method, uri.path()).is_some_and(|(route, _)| route.upload);
        let (longest, words) = longest(upload, method == Method::PUT);
        let long = || plain(StatusCode::PAYLOAD_TOO_LARGE, words);
        // Told by the head, it is refused before it is sent.
        let told = body.size_hint().lower();
        if told > longest as u64 {
            return Err(long());
        }
        let ask = Ask { method, uri, headers, body: Bytes::new(), address };
        // A file is let in only from whoever is signed in: nobody else fills the memory.
        let ask = if upload { self.known(ask).await? } else { ask };
        let slow = || plain(StatusCode::REQUEST_TIMEOUT, "The request took too long.\n");
        let whole = async {
            let room = if told > SMALL {
                let kib = u32::try_from(told.div_ceil(1024)).unwrap_or(BODIES).min(BODIES);
                Arc::clone(&self.bodies).acquire_many_owned(kib).await.ok()
            } else {
                None
            };
            let body = Limited::new(body, longest).collect().await;
            body.map(|body| (body.to_bytes(), room))
        };
        let longest = if upload { UPLOAD } else { BODY };
        match timeout(longest, whole).await {
            Ok(Ok((body, room))) => Ok((Ask { body, ..ask }, room)),
            Ok(Err(_)) => Err(long()),
            Err(_) => Err(slow()),
        }
    }

    /// The request of somebody who is signed in; everybody else is refused before anything is read.
    async fn known(&self, ask: Ask) -> Result<Ask, Response> {
        let plane = self.plane.clone();
        let found = tokio::task::spawn_blocking(move || (plane.is_known(&ask), ask)).await;
        match found {
            Ok((true, ask)) => Ok(ask),
            Ok((false, _)) => Err(plain(StatusCode::FORBIDDEN, "Sign in first.\n")),
            Err(_) => Err(unavailable()),
        }
    }
}

/// The longest body, and what is said of a longer one. Only the editor sends with PUT, and it reads a message.
fn longest(upload: bool, put: bool) -> (usize, &'static str) {
    match (upload, put) {
        (true, true) => (
            upload::LONGEST,
            "{\"message\":\"That is longer than 25 MiB: save the file smaller.\"}\n",
        ),
        (true, false) => (upload::LONGEST, "That is longer than 25 MiB: save the file smaller.\n"),
        (false, true) => (
            LONGEST_DATA,
            "{\"message\":\"That is longer than 8 MiB: divide the article into several.\"}\n",
        ),
        (false, false) => (LONGEST, "That is longer than 2 MiB of text.\n"),
    }
}
