//! A letter on its way in: the one request of the readers' plane whose body is read, whole, within limits, a few at a time.

use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper::StatusCode;
use hyper::body::{Body as _, Incoming};
use hyper::header::CONTENT_TYPE;
use tokio::time::timeout;

use super::Server;
use crate::request::Request;
use crate::respond::{Response, plain, unavailable};

/// The longest body: each field at its longest, nine bytes a letter as forms encode them, and what stands around.
const LONGEST: usize = 64 * 1024;
/// How long a body may take.
const BODY: Duration = Duration::from_secs(15);
/// Letters that are read at once, on the whole server.
pub(super) const AT_ONCE: usize = 8;

impl Server {
    /// Reads and answers it. The address that it comes from is counted and neither kept nor logged.
    pub(super) async fn letter(self, request: Request, body: Incoming, id: &str) -> Response {
        let Some(address) = self.address else { return unavailable() };
        if request.target_too_long() || request.headers_too_large() {
            let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
            return plain(status, "The request's headers are too large.\n");
        }
        let media = request.headers.get(CONTENT_TYPE).and_then(|media| media.to_str().ok());
        let media = media.and_then(|media| media.split(';').next()).unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return plain(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "A form is read here, nothing else.\n",
            );
        }
        let long = || plain(StatusCode::PAYLOAD_TOO_LARGE, "That is longer than 64 KiB.\n");
        // Told by the head, it is refused before it is sent.
        if body.size_hint().lower() > LONGEST as u64 {
            return long();
        }
        let place = timeout(self.limits.wait, self.letters.acquire_owned()).await;
        let Ok(Ok(place)) = place else { return unavailable() };
        let body = match timeout(BODY, Limited::new(body, LONGEST).collect()).await {
            Ok(Ok(body)) => body.to_bytes(),
            Ok(Err(_)) => return long(),
            Err(_) => {
                let text = "The request took too long.\n";
                return plain(StatusCode::REQUEST_TIMEOUT, text);
            }
        };
        let site = self.site;
        let span = tracing::error_span!("request", id);
        let made = self.blocking.spawn_blocking(move || {
            let response = span.in_scope(|| site.send(&request, &body, address));
            drop(place);
            response
        });
        made.await.unwrap_or_else(|_| unavailable())
    }
}
