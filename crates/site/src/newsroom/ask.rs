//! A request to the newsroom, and its form, read strictly.

use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName};
use hyper::{Method, Uri};
use ovn_press::people::secret::Token;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// The longest JSON body: a document of 8 MiB and what stands around it.
pub(super) const LONGEST_DATA: usize = ovn_edition::editor::MAX_BYTES + (1 << 16);
/// The longest form: a text of 2 MiB as forms encode it, three signs a byte, and the other fields.
pub(super) const LONGEST: usize = 6 * (1 << 20) + (1 << 16);

/// A request.
#[derive(Debug, Clone)]
pub struct Ask {
    /// GET, HEAD, POST or PUT.
    pub method: Method,
    /// Path and query.
    pub uri: Uri,
    /// All headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
    /// Where the connection comes from. No header is asked.
    pub address: IpAddr,
}

impl Ask {
    /// A header that stands there once, as text.
    pub(super) fn header(&self, name: &HeaderName) -> Option<&str> {
        let mut all = self.headers.get_all(name).iter();
        let one = all.next()?.to_str().ok()?;
        all.next().is_none().then_some(one)
    }

    /// The token in a cookie; none when two cookies have the name.
    pub(super) fn cookie(&self, name: &str) -> Option<Token> {
        let lines = self.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut found = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(key, _)| *key == name);
        let token = found.next().and_then(|(_, value)| Token::read(value));
        if found.next().is_some() { None } else { token }
    }

    /// The value of a query's parameter.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let pairs = self.uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next()
    }

    /// Whether the body is said to be JSON.
    pub(super) fn is_json(&self) -> bool {
        self.media() == "application/json"
    }

    /// Whether the body is said to be a form, in the one encoding that is read.
    pub(super) fn is_form(&self) -> bool {
        self.media() == "application/x-www-form-urlencoded"
    }

    /// Whether the body is said to be bytes of some kind, as no form of another site can say.
    pub(super) fn is_bytes(&self) -> bool {
        self.media() == "application/octet-stream"
    }

    /// Whether the body is said to be a form with a file.
    pub(super) fn is_upload(&self) -> bool {
        self.media() == "multipart/form-data"
    }

    fn media(&self) -> String {
        let media = self.header(&CONTENT_TYPE).unwrap_or_default();
        media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }
}

/// The fields of a form, each once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(pub(super) BTreeMap<String, String>);

impl Form {
    /// Reads a form that has the fields `known` and no other; one that is not there is empty. `None` for a field that
    /// nobody offered, one that is there twice, and bytes that are no text.
    pub(crate) fn read(body: &[u8], known: &[&str]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        let mut fields = BTreeMap::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            if !known.contains(&name.as_str()) || fields.insert(name, value).is_some() {
                return None;
            }
        }
        Some(Self(fields))
    }

    /// Whether the form has the field at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// What a form or a query encodes.
pub(super) fn decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    let bytes = percent_encoding::percent_decode_str(&spaced);
    bytes.decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_058_only_offered_fields_are_read() {
        let check = |body: &str, expected: Option<&str>| {
            let form = Form::read(body.as_bytes(), &["name", "text"]);
            assert_eq!(form.as_ref().map(|form| form.get("name")), expected, "{body}");
        };
        check("name=a&text=b", Some("a"));
        check("name=a+b%20c%26", Some("a b c&"));
        check("name=%D8%A7", Some("ا"));
        check("", Some(""));
        check("text=only", Some(""));
        check("name=a&role=administrator", None);
        check("name=a&name=b", None);
        check("name=%FF", None);
        check("na%6De=a", Some("a"));
        check("name=a&NAME=b", None);
        assert!(Form::read(b"name=\xff", &["name"]).is_none());
    }
}
