//! The leaf: the small public statement that an entry of the record is, and all that it may ever hold.
//!
//! Leaves cannot be removed, so none carries a headline, a name, a slug or an address: only random ids and
//! commitments. Reading refuses every other key.

use crate::{
    canon,
    commit::{Bytes32, sha256},
    hex,
};
use serde_json::{Map, Value, json};

/// The most bytes that a leaf may have.
pub const MAX_BYTES: usize = 1024;

/// An article's identity: sixteen random bytes.
pub type Id = [u8; 16];

/// What an entry of the record states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The record begins.
    Genesis,
    /// An article was published or went on.
    Revision,
    /// An article was corrected, clarified or retracted.
    Correction,
    /// Blocks of a revision were removed.
    Removal,
    /// A source was archived.
    Snapshot,
    /// A policy of the edition was set.
    Policy,
    /// A key was added or retired.
    Key,
    /// A witness or mirror was added or retired.
    Witness,
    /// The edition's balance over a time.
    Balance,
    /// Content was taken over from another system.
    Import,
}

impl Kind {
    /// Every kind with its word.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Genesis, "genesis"),
        (Self::Revision, "revision"),
        (Self::Correction, "correction"),
        (Self::Removal, "removal"),
        (Self::Snapshot, "snapshot"),
        (Self::Policy, "policy"),
        (Self::Key, "key"),
        (Self::Witness, "witness"),
        (Self::Balance, "balance"),
        (Self::Import, "import"),
    ];

    /// The word in the leaf.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("import", |(_, word)| word)
    }

    /// The kind that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(kind, _)| *kind)
    }
}

/// One entry of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Origin of the log, so that the leaf counts in no other.
    pub log: String,
    /// What it states.
    pub kind: Kind,
    /// Which article, its revision number from 1, and the leaf hash of that article's entry before.
    pub article: Option<Step>,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: u64,
    /// Commitment to the sealed document.
    pub commit: Bytes32,
}

/// An article's place in its own chain of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The article.
    pub id: Id,
    /// From 1. A removal repeats the number of the revision that it takes from.
    pub rev: u32,
    /// RFC 6962 leaf hash of the article's entry before; `None` for its first.
    pub prev: Option<Bytes32>,
}

/// Why bytes are not a leaf.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Longer than [`MAX_BYTES`].
    #[error("the leaf has {0} bytes; at most {MAX_BYTES} are allowed")]
    Size(usize),
    /// Not canonical JSON.
    #[error("the leaf is not canonical JSON: {0}")]
    Canon(#[from] canon::Error),
    /// A key is missing, wrong or not one of a leaf's.
    #[error("the leaf's {0:?} is missing, wrong or not allowed")]
    Field(&'static str),
}

impl Leaf {
    /// The bytes that stand in the log.
    ///
    /// # Errors
    /// When they would be longer than [`MAX_BYTES`] or a number is out of range.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        let mut map = Map::new();
        map.insert("v".into(), json!(1));
        map.insert("log".into(), json!(self.log));
        map.insert("kind".into(), json!(self.kind.word()));
        map.insert("at".into(), json!(self.at));
        map.insert("commit".into(), json!(hex::encode(&self.commit)));
        if let Some(step) = &self.article {
            map.insert("article".into(), json!(hex::encode(&step.id)));
            map.insert("rev".into(), json!(step.rev));
            if let Some(prev) = &step.prev {
                map.insert("prev".into(), json!(hex::encode(prev)));
            }
        }
        let bytes = canon::write(&Value::Object(map))?;
        if bytes.len() > MAX_BYTES {
            return Err(Error::Size(bytes.len()));
        }
        Ok(bytes)
    }

    /// The leaf that `bytes` are, read strictly: what is read writes the same bytes again.
    ///
    /// # Errors
    /// When the bytes are too long, not canonical, or say anything that a leaf may not.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::Size(bytes.len()));
        }
        let Value::Object(mut map) = canon::read(bytes)? else { return Err(Error::Field("{}")) };
        if map.remove("v") != Some(json!(1)) {
            return Err(Error::Field("v"));
        }
        let log = take_text(&mut map, "log")?.ok_or(Error::Field("log"))?;
        let kind = take_text(&mut map, "kind")?.and_then(|word| Kind::from_word(&word));
        let at = map.remove("at").and_then(|at| at.as_u64()).ok_or(Error::Field("at"))?;
        let commit = take_bytes(&mut map, "commit")?.ok_or(Error::Field("commit"))?;
        let id = take_bytes(&mut map, "article")?;
        let prev = take_bytes(&mut map, "prev")?;
        let rev = match map.remove("rev") {
            None => None,
            Some(rev) => {
                let number = rev.as_u64().and_then(|rev| u32::try_from(rev).ok());
                Some(number.filter(|rev| *rev > 0).ok_or(Error::Field("rev"))?)
            }
        };
        let article = match (id, rev, prev) {
            (Some(id), Some(rev), prev) if rev == 1 || prev.is_some() => {
                Some(Step { id, rev, prev })
            }
            (None, None, None) => None,
            _ => return Err(Error::Field("article")),
        };
        if !map.is_empty() {
            return Err(Error::Field("other keys"));
        }
        Ok(Self { log, kind: kind.ok_or(Error::Field("kind"))?, article, at, commit })
    }

    /// RFC 6962 hash of the leaf whose bytes are `bytes`.
    #[must_use]
    pub fn hash(bytes: &[u8]) -> Bytes32 {
        let mut tagged = Vec::with_capacity(bytes.len() + 1);
        tagged.push(0);
        tagged.extend_from_slice(bytes);
        sha256(&tagged)
    }
}

fn take_text(map: &mut Map<String, Value>, key: &'static str) -> Result<Option<String>, Error> {
    match map.remove(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Error::Field(key)),
    }
}

fn take_bytes<const N: usize>(
    map: &mut Map<String, Value>,
    key: &'static str,
) -> Result<Option<[u8; N]>, Error> {
    let text = take_text(map, key)?;
    text.map(|text| hex::decode(&text).ok_or(Error::Field(key))).transpose()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn leaf() -> Leaf {
        let article = Some(Step { id: [7; 16], rev: 2, prev: Some([9; 32]) });
        Leaf {
            log: "news.example/pk".into(),
            kind: Kind::Correction,
            article,
            at: 5,
            commit: [1; 32],
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for (kind, _) in Kind::ALL {
            let one = Leaf { kind, ..leaf() };
            assert_eq!(Leaf::read(&one.bytes().unwrap()).unwrap(), one);
        }
        let bare = Leaf { article: None, kind: Kind::Genesis, ..leaf() };
        assert_eq!(Leaf::read(&bare.bytes().unwrap()).unwrap(), bare);
        assert!(leaf().bytes().unwrap().len() < 400);
    }

    #[test]
    fn nothing_else_may_stand_in_a_leaf() {
        let good = String::from_utf8(leaf().bytes().unwrap()).unwrap();
        let check = |from: &str, to: &str| {
            let bad = good.replacen(from, to, 1);
            assert_ne!(bad, good);
            assert!(Leaf::read(bad.as_bytes()).is_err(), "{bad}");
        };
        check("{\"article\"", "{\"address\":\"/x\",\"article\"");
        check("\"v\":1", "\"v\":2");
        check("\"rev\":2", "\"rev\":0");
        check("\"rev\":2,", "");
        check("correction", "opinion");
        check("\"at\":5", "\"at\":-5");
        check("0101", "01");
        check("\"log\"", "\"log\":\"x\",\"log\"");
        let long = Leaf { log: "x".repeat(1000), ..leaf() };
        assert!(matches!(long.bytes(), Err(Error::Size(_))));
    }

    #[test]
    fn no_changed_byte_is_read_as_the_same_leaf() {
        let good = leaf();
        let bytes = good.bytes().unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut bad = bytes.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(Leaf::read(&bad).ok().as_ref(), Some(&good));
        }
    }
}
