//! Readers' letters: the form, what is sent with it, its receipt, and what the list of corrections shows of them.
//!
//! This is all that the readers' plane takes in. What it shows is kept by nobody, since a form has its time in it and a
//! receipt is one reader's own.

use std::net::IpAddr;
use std::sync::atomic::Ordering;

use hyper::header::{HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use hyper::{Method, StatusCode};
use ovn_press::letterbox::{Error as Refused, Letterbox, Refusal, Sent};
use ovn_press::letters::passages;
use ovn_store::rows::{Head, HeadKind};

use super::{Inner, Site, show};
use crate::Error;
use crate::addresses::{decoded, encoded, prefix};
use crate::headers::Keep;
use crate::newsroom::Form;
use crate::pages::corrections::Letters;
use crate::pages::letter::Given;
use crate::request::Request;
use crate::respond::{Page, Response, plain, unavailable};
use crate::routes::{Part, Route};

/// Declined letters in the list of corrections, and corrected ones that are looked through.
const LISTED: u64 = 40;
const FIELDS: [&str; 7] = ["stamp", "rev", "what", "passage", "how", "contact", "website"];

/// What an address of this room asks for.
enum Asked {
    /// The form about the article at this path.
    Form(String),
    /// How the letter with this receipt stands, in a language.
    Receipt(String, String),
}

fn asked(path: &str, languages: &[String]) -> Option<Asked> {
    if let Some(article) = path.strip_suffix("/report") {
        let route = Route::of(article, languages)?;
        let Route::Article { path, part: Part::Page } = route else { return None };
        return (path == article).then_some(Asked::Form(path));
    }
    let (before, token) = path.rsplit_once('/')?;
    let lang = languages.iter().find(|lang| {
        before.strip_suffix("/report").is_some_and(|start| start == prefix(languages, lang))
    })?;
    ovn_edition::hex::decode::<32>(token)?;
    Some(Asked::Receipt(lang.clone(), token.to_owned()))
}

impl Site {
    /// Whether this is a letter, whose body has to be read.
    pub(crate) fn takes(&self, method: &Method, path: &str) -> bool {
        let now = self.now();
        let form = || asked(&decoded(path)?, &now.settings.languages);
        *method == Method::POST
            && now.letterbox.is_some()
            && path.ends_with("/report")
            && matches!(form(), Some(Asked::Form(_)))
    }

    /// Takes a letter in that came with `request` from `address`. What another site sends is refused.
    #[must_use]
    pub fn send(&self, request: &Request, body: &[u8], address: IpAddr) -> Response {
        self.now().send(request, body, address)
    }
}

impl Inner {
    fn send(&self, request: &Request, body: &[u8], address: IpAddr) -> Response {
        const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
        let elsewhere = request.headers.get(SITE).is_some_and(|site| site != "same-origin");
        if elsewhere {
            let text = "This form is sent from this edition's own pages alone.\n";
            return plain(StatusCode::FORBIDDEN, text);
        }
        let Some(form) = Form::read(body, &FIELDS) else {
            return plain(StatusCode::BAD_REQUEST, "The form could not be read.\n");
        };
        let path = decoded(request.path());
        let path = path.as_deref().and_then(|path| path.strip_suffix("/report"));
        let answer = match (&self.letterbox, path) {
            (Some(letterbox), Some(path)) => self.sent(letterbox, request, path, &form, address),
            _ => Ok(None),
        };
        self.or_trouble(request, answer)
            .unwrap_or_else(|| plain(StatusCode::NOT_FOUND, "There is no such article.\n"))
    }

    /// The answer to a GET of this room's; `None` for every other address.
    pub(super) fn letter(&self, request: &Request) -> Option<Response> {
        let letterbox = self.letterbox.as_ref()?;
        if !request.path().contains("/report") {
            return None;
        }
        let path = decoded(request.path())?;
        let answer = match asked(&path, &self.settings.languages)? {
            Asked::Form(article) => self.form(letterbox, request, &article, "", &Form::default()),
            Asked::Receipt(lang, token) => self.receipt(letterbox, request, &lang, &token),
        };
        self.or_trouble(request, answer)
    }

    fn or_trouble(
        &self,
        request: &Request,
        answer: Result<Option<Response>, Error>,
    ) -> Option<Response> {
        answer.unwrap_or_else(|error| {
            self.counters.failures.fetch_add(1, Ordering::Relaxed);
            tracing::error!(%error, "a letter could not be handled");
            let page = show::unavailable(self).ok();
            let page = page.map(|html| Page::html(StatusCode::SERVICE_UNAVAILABLE, html));
            Some(page.map_or_else(unavailable, |page| later(self.once(request, page), "5")))
        })
    }

    /// A page that is made for this request alone.
    fn once(&self, request: &Request, page: Page) -> Response {
        self.entry(page.keep(Keep::Never), 0).answer(request)
    }

    fn sent(
        &self,
        letterbox: &Letterbox,
        request: &Request,
        path: &str,
        form: &Form,
        address: IpAddr,
    ) -> Result<Option<Response>, Error> {
        let Some(head) = article(self, path)? else { return Ok(None) };
        let number = |name: &str| form.get(name).parse::<u64>().ok();
        let sent = Sent {
            path: &head.path,
            lang: &head.lang,
            rev: number("rev").unwrap_or_default().clamp(1, u64::from(head.rev)),
            passage: number("passage").filter(|one| (1..=100_000).contains(one)),
            what: form.get("what"),
            how: form.get("how"),
            contact: form.get("contact"),
            trap: form.get("website"),
            stamp: form.get("stamp"),
        };
        let key = match letterbox.receive(&sent, address) {
            Ok(receipt) => {
                let start = prefix(&self.settings.languages, &head.lang);
                return Ok(Some(see(&format!("{start}/report/{receipt}"))));
            }
            Err(Refused::Refused(refusal)) => refusal,
            Err(other) => return Err(Error::Letter(other)),
        };
        let shown = self.form(letterbox, request, path, said(key), form)?;
        let status = match key {
            Refusal::Wait => StatusCode::TOO_MANY_REQUESTS,
            Refusal::Full => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let shown = shown.map(|response| Response { status, ..response });
        // Letters are counted by the hour.
        let waits = matches!(key, Refusal::Wait | Refusal::Full);
        Ok(shown.map(|response| if waits { later(response, "3600") } else { response }))
    }

    fn form(
        &self,
        letterbox: &Letterbox,
        request: &Request,
        path: &str,
        why: &str,
        form: &Form,
    ) -> Result<Option<Response>, Error> {
        let inner = self;
        let Some(head) = article(inner, path)? else { return Ok(None) };
        let newest = inner.reader.revisions(&head.id)?.pop();
        let all = newest.map(|one| passages(&one.document)).transpose()?.unwrap_or_default();
        let stamp = letterbox.stamp(&head.path).map_err(Error::Letter)?;
        let given = Given {
            what: form.get("what"),
            how: form.get("how"),
            contact: form.get("contact"),
            passage: form.get("passage").parse().ok(),
        };
        let html = show::letter(inner, &head, &all, (&stamp, why), given)?;
        Ok(Some(self.once(request, Page::html(StatusCode::OK, html))))
    }

    fn receipt(
        &self,
        letterbox: &Letterbox,
        request: &Request,
        lang: &str,
        token: &str,
    ) -> Result<Option<Response>, Error> {
        let Some(standing) = letterbox.standing(token).map_err(Error::Letter)? else {
            return Ok(None);
        };
        let head = self.reader.head(&standing.path)?;
        let headline = head.filter(|head| !head.withdrawn).map(|head| head.headline);
        let html = show::receipt(self, lang, token, &standing, headline)?;
        Ok(Some(self.once(request, Page::html(StatusCode::OK, html))))
    }
}

/// The answer with how many seconds to wait before the next try.
fn later(mut response: Response, seconds: &'static str) -> Response {
    response.headers.insert(RETRY_AFTER, HeaderValue::from_static(seconds));
    response
}

/// The article at `path`, if readers can read it.
fn article(inner: &Inner, path: &str) -> Result<Option<Head>, Error> {
    let head = inner.reader.head(path)?;
    Ok(head.filter(|head| head.kind == HeadKind::Article && !head.withdrawn))
}

/// Go on with a GET of one's own receipt.
fn see(path: &str) -> Response {
    let mut response = plain(StatusCode::SEE_OTHER, "");
    if let Ok(to) = HeaderValue::try_from(encoded(path)) {
        response.headers.insert(LOCATION, to);
    }
    response
}

fn said(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Empty => "letter-empty",
        Refusal::Long => "letter-long",
        Refusal::Soon => "letter-soon",
        Refusal::Late => "letter-late",
        Refusal::Trap => "letter-trapped",
        Refusal::Wait => "letter-wait",
        Refusal::Full => "letter-full",
    }
}

impl Inner {
    /// What the list of corrections shows of readers' letters; nothing where there is no letterbox, or none that can be read.
    pub(super) fn letters(&self, lang: &str) -> Letters {
        let Some(letterbox) = &self.letterbox else { return Letters::default() };
        let list = |state: &str, most: u64| letterbox.decided(state, lang, most);
        let both = list("declined", LISTED).and_then(|declined| {
            Ok(Letters { declined, corrected: list("corrected", 10 * LISTED)? })
        });
        both.unwrap_or_else(|error| {
            tracing::warn!(%error, "what became of readers' letters could not be read");
            Letters::default()
        })
    }

    /// A number that is another once more letters were decided, where `path` is the list of corrections.
    pub(super) fn letters_mark(&self, route: &Route) -> Option<u64> {
        use crate::routes::Listing;
        let letterbox = self.letterbox.as_ref()?;
        let ledger = matches!(route, Route::Page { page: Listing::Corrections, .. });
        ledger.then(|| letterbox.mark().unwrap_or_default())
    }
}
