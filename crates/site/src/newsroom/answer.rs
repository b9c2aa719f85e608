//! What the newsroom sends back: a page that nobody keeps, or where to go on.

use crate::headers::{Keep, Trust, fixed};
use crate::respond::Response;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderName,
    HeaderValue, LOCATION, REFERRER_POLICY, SET_COOKIE,
};
use ovn_press::people::{Error, Refusal};

/// An answer before its headers.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) html: String,
    /// A path of the newsroom's own.
    pub(super) to: Option<String>,
    pub(super) cookies: Vec<String>,
    /// Bytes of somebody else, to be saved under this name and never shown.
    pub(super) file: Option<(String, Vec<u8>)>,
}

/// Why there is no such answer.
#[derive(Debug)]
pub(super) enum Fail {
    /// The person is told why.
    Refused(Refusal),
    /// There is nothing at the address.
    Missing,
    /// The form is not one of ours.
    Form,
    /// The request comes from elsewhere, or with a token that is not the session's.
    Cross,
    /// Nobody is signed in.
    Nobody,
    /// Something of ours fails; the log says what.
    Broken(String),
}

impl From<Refusal> for Fail {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Missing => Self::Missing,
            other => Self::Refused(other),
        }
    }
}

impl From<Error> for Fail {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refusal) => refusal.into(),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<ovn_store::Error> for Fail {
    fn from(error: ovn_store::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<askama::Error> for Fail {
    fn from(error: askama::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl Answer {
    pub(super) fn page(html: String) -> Self {
        Self { status: StatusCode::OK, html, to: None, cookies: Vec::new(), file: None }
    }

    /// Go on with a GET of this path.
    pub(super) fn go(path: impl Into<String>) -> Self {
        let (status, to) = (StatusCode::SEE_OTHER, Some(path.into()));
        Self { status, html: String::new(), to, cookies: Vec::new(), file: None }
    }

    /// Bytes to be saved under `name`, a name of ours.
    pub(super) fn file(name: String, bytes: Vec<u8>) -> Self {
        Self { file: Some((name, bytes)), ..Self::page(String::new()) }
    }

    pub(super) fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    pub(super) fn cookie(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// With its headers: kept by nobody, framed by nobody, told to nobody.
    pub(super) fn response(self, https: bool) -> Response {
        let (mut headers, body) = match self.file {
            None => {
                let body = self.html.into_bytes();
                let mut headers = fixed(Trust::Page, Keep::Never, &body, https);
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
                (headers, body)
            }
            Some((name, bytes)) => (foreign(&name, &bytes, https), bytes),
        };
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        let robots = HeaderName::from_static("x-robots-tag");
        headers.insert(robots, HeaderValue::from_static("noindex, nofollow"));
        if let Some(to) = self.to.and_then(|to| HeaderValue::try_from(to).ok()) {
            headers.insert(LOCATION, to);
        }
        for cookie in self.cookies.into_iter().filter_map(|one| HeaderValue::try_from(one).ok()) {
            headers.append(SET_COOKIE, cookie);
        }
        Response { status: self.status, headers, body: Bytes::from(body) }
    }
}

/// The headers of bytes that somebody else made: nothing runs, nothing is shown, no other site may have them.
fn foreign(name: &str, bytes: &[u8], https: bool) -> HeaderMap {
    let mut headers = fixed(Trust::Foreign, Keep::Never, bytes, https);
    headers.remove(ACCESS_CONTROL_ALLOW_ORIGIN);
    let own = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(own, HeaderValue::from_static("same-origin"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    let place = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let place = place.unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(CONTENT_DISPOSITION, place);
    headers
}
