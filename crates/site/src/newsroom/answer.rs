//! What the newsroom sends back: a page that nobody keeps, or where to go on.

use super::bundle::File;
use super::rooms::Bell;
use crate::encode::{Effort, Encoding, encode};
use crate::headers::{Keep, Trust, fixed};
use crate::respond::Response;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION,
    CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    LOCATION, REFERRER_POLICY, SET_COOKIE, VARY, X_FRAME_OPTIONS,
};
use ovn_press::managing::Pour;
use ovn_press::people::{Error, Refusal};

/// What an answer is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// A page without scripts.
    Page,
    /// A page that runs the newsroom's own script.
    Scripted,
    /// A page that shows another of the newsroom's in a frame.
    Framing,
    /// A page that the newsroom's own pages may show in a frame.
    Framed,
    /// JSON for that script.
    Data,
    /// The same, packed for whoever takes it; so no token stands in it, whose letters a packed length could tell.
    Packed,
    /// A picture that the newsroom made, of this media type.
    Picture(&'static str),
    /// A script or style.
    Built(&'static File),
}

/// An answer before its headers.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// The page's HTML, or the data's JSON.
    pub(super) html: String,
    pub(super) kind: Kind,
    /// A path of the newsroom's own.
    pub(super) to: Option<String>,
    pub(super) cookies: Vec<String>,
    /// Bytes of somebody else, to be saved under this name and never shown.
    pub(super) file: Option<(String, Vec<u8>)>,
    /// There is nothing new yet: with this bell it is asked again, and without one for long enough it is sent.
    pub(super) bell: Option<Bell>,
    /// What writes the body, piece by piece, into a file of this name.
    pub(super) pour: Option<Pour>,
}

/// What follows the head of an answer.
#[derive(Debug)]
pub(super) enum After {
    /// Nothing.
    Nothing,
    /// When this rings it is asked again, because there was nothing new yet.
    Bell(Bell),
    /// This writes the body.
    Pour(Pour),
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
            Error::Store(error) => error.into(),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<ovn_store::Error> for Fail {
    fn from(error: ovn_store::Error) -> Self {
        // Nothing was kept, and the person is told what to do about it.
        if error.is_full() { Self::Refused(Refusal::Full) } else { Self::Broken(error.to_string()) }
    }
}

impl From<askama::Error> for Fail {
    fn from(error: askama::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl Answer {
    pub(super) fn page(html: String) -> Self {
        let (status, kind) = (StatusCode::OK, Kind::Page);
        Self {
            status,
            html,
            kind,
            to: None,
            cookies: Vec::new(),
            file: None,
            bell: None,
            pour: None,
        }
    }

    /// Go on with a GET of this path.
    pub(super) fn go(path: impl Into<String>) -> Self {
        let (status, to) = (StatusCode::SEE_OTHER, Some(path.into()));
        Self { status, to, ..Self::page(String::new()) }
    }

    /// Bytes to be saved under `name`, a name of ours.
    pub(super) fn file(name: String, bytes: Vec<u8>) -> Self {
        Self { file: Some((name, bytes)), ..Self::page(String::new()) }
    }

    /// A file named `name` that is written while it is sent.
    pub(super) fn pour(name: String, pour: Pour) -> Self {
        Self { pour: Some(pour), ..Self::file(name, Vec::new()) }
    }

    pub(super) fn data(json: String) -> Self {
        Self { kind: Kind::Data, ..Self::page(json) }
    }

    /// Data in which no token stands.
    pub(super) fn packed(json: String) -> Self {
        Self { kind: Kind::Packed, ..Self::page(json) }
    }

    /// May be kept back until the bell rings.
    pub(super) fn until(self, bell: Bell) -> Self {
        Self { bell: Some(bell), ..self }
    }

    /// A script or style.
    pub(super) fn built(file: &'static File) -> Self {
        Self { kind: Kind::Built(file), ..Self::page(String::new()) }
    }

    /// A picture that the newsroom made itself.
    pub(super) fn picture(bytes: Vec<u8>) -> Self {
        let media = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
        let file = Some((String::new(), bytes));
        Self { kind: Kind::Picture(media), file, ..Self::page(String::new()) }
    }

    /// The page may run the newsroom's own script.
    pub(super) fn scripted(self) -> Self {
        Self { kind: Kind::Scripted, ..self }
    }

    /// The page may show others of the newsroom's in frames.
    pub(super) fn framing(self) -> Self {
        Self { kind: Kind::Framing, ..self }
    }

    /// The newsroom's own pages may show the page in a frame.
    pub(super) fn framed(self) -> Self {
        Self { kind: Kind::Framed, ..self }
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
        let (mut headers, body) = match (self.file, self.kind) {
            (Some((_, bytes)), Kind::Picture(media)) => (picture(media, &bytes, https), bytes),
            (Some((name, bytes)), _) => (foreign(&name, &bytes, https), bytes),
            (None, Kind::Built(file)) => return built(file, https),
            (None, kind) => {
                let body = self.html.into_bytes();
                (own(kind, &body, https), body)
            }
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

/// The headers of a picture under its hash: its browser may keep it for a day, and no other site may have it.
fn picture(media: &'static str, bytes: &[u8], https: bool) -> HeaderMap {
    let mut headers = foreign("picture", bytes, https);
    headers.remove(CONTENT_DISPOSITION);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400, immutable"));
    headers
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

/// The headers of a page or of data.
fn own(kind: Kind, body: &[u8], https: bool) -> HeaderMap {
    let mut headers = fixed(Trust::Page, Keep::Never, body, https);
    let media = match kind {
        Kind::Data | Kind::Packed => "application/json",
        _ => "text/html; charset=utf-8",
    };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    if let Some(policy) = headers.get(CONTENT_SECURITY_POLICY).and_then(|one| opened(kind, one)) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    if matches!(kind, Kind::Framed) {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    }
    headers
}

/// The policy of a page, opened as far as its kind needs: to the newsroom's own script and style, which may ask the newsroom;
/// to frames with the newsroom's own pages; to be in such a frame.
fn opened(kind: Kind, policy: &HeaderValue) -> Option<HeaderValue> {
    let policy = policy.to_str().ok()?;
    let own = match kind {
        Kind::Scripted => policy
            .replace("style-src 'none'", "style-src")
            .replace("style-src", "script-src 'self'; connect-src 'self'; style-src 'self'"),
        Kind::Framing => policy.replace("object-src", "frame-src 'self'; object-src"),
        Kind::Framed => policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
        _ => return None,
    };
    HeaderValue::try_from(own).ok()
}

/// A file that its address names: kept for ever, packed for whoever takes gzip.
fn built(file: &'static File, https: bool) -> Response {
    let mut headers = fixed(Trust::Page, Keep::Forever, b"", https);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.media));
    Response { status: StatusCode::OK, headers, body: Bytes::from_static(file.bytes) }
}

impl Response {
    /// A file of the editor as `accepted` (the request's `Accept-Encoding`) allows.
    pub(super) fn built(mut self, file: &'static File, accepted: Option<&HeaderValue>) -> Self {
        let packed = file.packed.as_deref().filter(|_| Encoding::Gzip.allowed(accepted));
        self.body = packed.map_or(self.body, Bytes::from_static);
        self.coded(packed.map_or(Encoding::Identity, |_| Encoding::Gzip))
    }

    /// The answer in the coding that is quickly made and that `accepted` likes best.
    pub(super) fn packed(mut self, accepted: Option<&HeaderValue>) -> Self {
        let coding = Encoding::choose(accepted, Effort::Quick);
        let packed = encode(coding, &self.body, Effort::Quick);
        let coding = packed.as_ref().map_or(Encoding::Identity, |_| coding);
        self.body = packed.map_or(self.body, Bytes::from);
        self.coded(coding)
    }

    fn coded(mut self, coding: Encoding) -> Self {
        self.headers.insert(VARY, HeaderValue::from(ACCEPT_ENCODING));
        if coding != Encoding::Identity {
            self.headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        }
        self
    }
}
