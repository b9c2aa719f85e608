//! A source: a CSL-JSON item, with what the record adds under `custom`.
//!
//! The item is kept whole, known fields or not, so that a file comes back as it went in. `custom` holds `kind`
//! ([`Kind`]), `speaks-for` (a party), `file` (a local copy to archive), and, once archived, `snapshot` (SHA-256) and
//! `archived` (milliseconds since 1970). CSL-JSON: <https://github.com/citation-style-language/schema>.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Who or what a statement rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Source {
    /// The CSL-JSON item; canonical JSON values only (no null, no fractions).
    pub csl: Map<String, Value>,
}

/// What kind of source it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A statement that a person or body made in public.
    Statement,
    /// A document.
    Document,
    /// A conversation with the newsroom.
    Interview,
    /// A data set.
    Data,
    /// What the newsroom's own people saw.
    Observation,
    /// What another outlet published.
    Outlet,
    /// A person whom the newsroom knows and does not name.
    Unnamed,
}

impl Kind {
    /// Every kind with its word in files and documents.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Statement, "statement"),
        (Self::Document, "document"),
        (Self::Interview, "interview"),
        (Self::Data, "data"),
        (Self::Observation, "observation"),
        (Self::Outlet, "other outlet"),
        (Self::Unnamed, "unnamed person"),
    ];

    /// The kind that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(kind, _)| *kind)
    }

    /// The word for this kind in files and documents.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("document", |(_, word)| word)
    }
}

impl Source {
    /// The id that citations use; empty when the item has none.
    #[must_use]
    pub fn id(&self) -> &str {
        self.text("id").unwrap_or_default()
    }

    /// A top-level field, if it is text.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        self.csl.get(field).and_then(Value::as_str)
    }

    /// A field under `custom`, if it is text.
    #[must_use]
    pub fn custom(&self, field: &str) -> Option<&str> {
        self.csl.get("custom").and_then(|custom| custom.get(field)).and_then(Value::as_str)
    }

    /// Puts `value` under `custom`.
    pub fn set_custom(&mut self, field: &str, value: Value) {
        let custom = self.csl.entry("custom").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(map) = custom {
            map.insert(field.to_owned(), value);
        }
    }

    /// What kind of source it is; a document where the file does not say.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.custom("kind").and_then(Kind::from_word).unwrap_or(Kind::Document)
    }

    /// The party it speaks for, if any.
    #[must_use]
    pub fn speaks_for(&self) -> Option<&str> {
        self.custom("speaks-for")
    }

    /// Who made it: each author's `literal`, or given and family name; `publisher` where no author is named.
    #[must_use]
    pub fn authors(&self) -> Vec<String> {
        let names = self.csl.get("author").and_then(Value::as_array);
        let named: Vec<String> = names.into_iter().flatten().filter_map(name).collect();
        if named.is_empty() {
            return self.text("publisher").map(str::to_owned).into_iter().collect();
        }
        named
    }

    /// SHA-256 of the archived copy in hexadecimal, once there is one.
    #[must_use]
    pub fn snapshot(&self) -> Option<&str> {
        self.custom("snapshot")
    }

    /// Where it can be read.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.text("URL")
    }

    /// The day it was issued, `YYYY[-MM[-DD]]`: from EDTF text or from CSL's `date-parts`.
    #[must_use]
    pub fn issued(&self) -> Option<String> {
        match self.csl.get("issued")? {
            Value::String(text) => Some(text.clone()),
            Value::Number(year) => Some(year.to_string()),
            Value::Object(date) => {
                let parts = date.get("date-parts")?.get(0)?.as_array()?;
                let numbers = parts.iter().filter_map(Value::as_i64);
                Some(numbers.map(|n| format!("{n:02}")).collect::<Vec<_>>().join("-"))
            }
            _ => None,
        }
    }
}

fn name(author: &Value) -> Option<String> {
    if let Some(literal) = author.get("literal").and_then(Value::as_str) {
        return Some(literal.to_owned());
    }
    let part = |key| author.get(key).and_then(Value::as_str);
    let parts: Vec<&str> = [part("given"), part("family")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn source(json: &str) -> Source {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn who_made_it() {
        let check = |json: &str, expected: &[&str]| assert_eq!(source(json).authors(), expected);
        check(
            r#"{"author":[{"literal":"Ministry"},{"given":"A","family":"Khan"}]}"#,
            &["Ministry", "A Khan"],
        );
        check(r#"{"publisher":"State Bank"}"#, &["State Bank"]);
        check(r#"{"author":[{"family":"Khan"}],"publisher":"X"}"#, &["Khan"]);
        check("{}", &[]);
    }

    #[test]
    fn when_it_was_issued() {
        let check = |json: &str, expected: Option<&str>| {
            assert_eq!(source(json).issued().as_deref(), expected);
        };
        check(r#"{"issued":"2025-08-04"}"#, Some("2025-08-04"));
        check(r#"{"issued":2025}"#, Some("2025"));
        check(r#"{"issued":{"date-parts":[[2025,8,4]]}}"#, Some("2025-08-04"));
        check(r#"{"issued":[]}"#, None);
        check("{}", None);
    }
}
