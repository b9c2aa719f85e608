//! What opens a confidential source's commitment: who it was, and the random bytes; and whether it is what an article has.

use ovn_edition::commit::{self, Bytes32};
use ovn_edition::sealed;
use ovn_edition::{canon, hex};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What a newsroom keeps of a confidential source, and gives to whoever is to check the commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// When the source was added, in milliseconds since 1970.
    pub at: u64,
    /// Who it is and how the newsroom knows.
    pub details: String,
    /// SHA-256 of the file that they gave, in hexadecimal, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Thirty-two random bytes, in hexadecimal.
    pub salt: String,
    /// What readers are told of it.
    pub title: String,
}

impl Opening {
    /// Reads one as it was given.
    ///
    /// # Errors
    /// In words, when it is not JSON of that form.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let one: Self = serde_json::from_slice(bytes).map_err(|error| {
            format!("it does not open a commitment: {error}; it has at, details, salt and title")
        })?;
        match hex::decode::<32>(&one.salt) {
            Some(_) => Ok(one),
            None => Err("the salt is not 32 bytes in hexadecimal".into()),
        }
    }

    /// What an article commits to with it.
    ///
    /// # Errors
    /// In words, when it holds what no commitment is made of.
    pub fn commitment(&self) -> Result<Bytes32, String> {
        let salt = hex::decode(&self.salt).ok_or("the salt is not 32 bytes in hexadecimal")?;
        let mut value = json!({"at": self.at, "details": self.details, "title": self.title});
        if let (Some(file), Some(fields)) = (&self.file, value.as_object_mut()) {
            fields.insert("file".into(), json!(file));
        }
        let value = canon::write(&value).map_err(|error| error.to_string())?;
        commit::block(&salt, "source", &value).ok_or_else(|| "it is too long".into())
    }
}

/// The commitments of an article's confidential sources, each with the source's id, in a sealed document.
///
/// # Errors
/// In words, when the bytes are no sealed document of an article.
pub fn committed(document: &[u8]) -> Result<Vec<(String, Bytes32)>, String> {
    let (article, _) = sealed::read_article(document).map_err(|error| error.to_string())?;
    let one = |source: &ovn_edition::model::Source| {
        let hash = source.custom("commitment").and_then(hex::decode)?;
        Some((source.id().to_owned(), hash))
    };
    Ok(article.references.iter().filter_map(one).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn opening(details: &str, salt: &str) -> String {
        format!(
            "{{\"at\":1764000000000,\"details\":\"{details}\",\"salt\":\"{salt}\",\"title\":\"A clerk\"}}"
        )
    }

    #[test]
    fn every_part_of_an_opening_counts() {
        let salt = "07".repeat(32);
        let of = |text: &str| Opening::read(text.as_bytes()).unwrap().commitment().unwrap();
        let right = of(&opening("Carim, 0300", &salt));
        assert_eq!(right, of(&opening("Carim, 0300", &salt)));
        assert_ne!(right, of(&opening("Carim, 0301", &salt)));
        assert_ne!(right, of(&opening("Carim, 0300", &"08".repeat(32))));
        assert_ne!(right, of(&opening("Carim, 0300", &salt).replace("A clerk", "A judge")));
        assert_ne!(right, of(&opening("Carim, 0300", &salt).replace("000,", "001,")));
        let file = format!("\"file\":\"{}\",\"salt\"", "09".repeat(32));
        assert_ne!(right, of(&opening("Carim, 0300", &salt).replace("\"salt\"", &file)));
    }

    #[test]
    fn what_opens_nothing_is_refused() {
        let salt = "07".repeat(32);
        let check = |text: &str| assert!(Opening::read(text.as_bytes()).is_err(), "{text}");
        check("");
        check("[]");
        check(&opening("x", "07"));
        check(&opening("x", &"zz".repeat(32)));
        check(&opening("x", &salt).replace("\"at\"", "\"when\""));
        check(&opening("x", &salt).replace("}", ",\"more\":1}"));
        assert!(committed(b"{}").is_err());
    }
}
