//! A sealed document looked over where it stands: what it commits to, told from its bytes without building its values.

use super::Bytes32;
use crate::canon::Walk;
use crate::{commit, hex};

/// What a document's bytes say, each part as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline<'a> {
    /// What the document commits to.
    pub commit: Bytes32,
    /// The open blocks' values, in order, each in its canonical spelling.
    pub values: Vec<&'a str>,
    /// How many blocks were removed.
    pub removed: usize,
}

/// How deep in the document a block's value stands.
pub(super) const DEPTH: usize = 3;

/// Looks over a document. What this takes, [`super::Document::read`] takes, and it commits to the same; a property test
/// holds it to that. `None` where it is not so plain: then only [`super::Document::read`] can tell.
#[must_use]
pub fn outline(bytes: &[u8]) -> Option<Outline<'_>> {
    let mut walk = Walk::new(bytes)?;
    let (mut commitments, mut values, mut removed) = (Vec::new(), Vec::new(), 0);
    walk.literal("{\"blocks\":[")?;
    while walk.literal("]").is_none() {
        if !commitments.is_empty() {
            walk.literal(",")?;
        }
        if walk.literal("{\"commitment\":").is_some() {
            commitments.push(hex::decode(walk.string()?)?);
            removed += 1;
        } else {
            walk.literal("{\"salt\":")?;
            let salt: Bytes32 = hex::decode(walk.string()?)?;
            walk.literal(",\"type\":")?;
            let kind = walk.string()?;
            walk.literal(",\"value\":")?;
            let value = walk.value(DEPTH)?;
            if kind.contains('\\') {
                return None;
            }
            commitments.push(commit::block(&salt, kind, value.as_bytes())?);
            values.push(value);
        }
        walk.literal("}")?;
    }
    walk.literal(",\"v\":1}")?;
    walk.is_done().then(|| Outline { commit: commit::root(&commitments), values, removed })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sealed::{Block, Document};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn document(kinds: &[(String, Value)], removed: &[usize]) -> Document {
        let blocks = kinds.iter().zip(1_u8..).map(|((kind, value), number)| Block::Open {
            salt: [number; 32],
            kind: kind.clone(),
            value: value.clone(),
        });
        Document { blocks: blocks.collect() }.without(removed).unwrap()
    }

    #[test]
    fn an_outline_says_what_the_document_says() {
        let kinds = [("headline", json!("A")), ("source", json!({"id": "a", "n": [1, true]}))]
            .map(|(kind, value)| (kind.to_owned(), value));
        let document = document(&kinds, &[0]);
        let bytes = document.bytes().unwrap();
        let outline = outline(&bytes).unwrap();
        assert_eq!(outline.commit, document.commit().unwrap());
        assert_eq!(outline.values, [r#"{"id":"a","n":[1,true]}"#]);
        assert_eq!(outline.removed, 1);
    }

    #[test]
    fn other_forms_are_left_to_reading() {
        for text in [
            r#"{"blocks":[]}"#,
            r#"{"blocks":[],"v":2}"#,
            r#"{"a":1,"blocks":[],"v":1}"#,
            r#"{"blocks":[],"v":1} "#,
            r#"{"blocks":[{}],"v":1}"#,
            r#"{"blocks":[,],"v":1}"#,
        ] {
            assert_eq!(outline(text.as_bytes()), None, "{text}");
            assert!(Document::read(text.as_bytes()).is_err(), "{text}");
        }
        assert!(outline(br#"{"blocks":[],"v":1}"#).is_some());
    }

    proptest! {
        #[test]
        fn it_agrees_with_reading(
            words in prop::collection::vec(("[a-z\"\\\\]{0,5}", any::<String>()), 0..5),
            removed in prop::collection::vec(0_usize..5, 0..3),
            place in any::<prop::sample::Index>(),
            byte in any::<u8>(),
        ) {
            let kinds: Vec<_> = words.into_iter().map(|(kind, text)| (kind, json!({"text": text}))).collect();
            let document = document(&kinds, &removed);
            let mut bytes = document.bytes().unwrap();
            if let Some(found) = outline(&bytes) {
                prop_assert_eq!(found.commit, document.commit().unwrap());
            }
            if let Some(one) = bytes.get_mut(place.index(document.bytes().unwrap().len())) {
                *one = byte;
            }
            if let Some(found) = outline(&bytes) {
                let read = Document::read(&bytes).unwrap();
                prop_assert_eq!(found.commit, read.commit().unwrap());
                let open = read.blocks.iter().filter(|block| block.open().is_some()).count();
                prop_assert_eq!(found.values.len(), open);
            }
        }
    }
}
