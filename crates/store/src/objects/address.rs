//! Where the objects are, `s3://bucket/prefix`, and with which credentials they are asked for.

use crate::Error;

/// Region that stores without regions take.
const REGION: &str = "us-east-1";

/// A bucket, and what stands before every name in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) bucket: String,
    pub(crate) prefix: String,
}

impl std::fmt::Display for Address {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "s3://{}/{}", self.bucket, self.prefix)
    }
}

impl Address {
    /// Reads `s3://bucket/prefix`.
    pub(crate) fn read(text: &str) -> Result<Self, Error> {
        let wrong = || {
            Error::Unreachable {
            address: text.to_owned(),
            sentence: "write it as s3://bucket/prefix, with a to z, A to Z, 0 to 9, hyphens, points and single slashes".into(),
        }
        };
        let rest = text.strip_prefix("s3://").ok_or_else(wrong)?;
        let (bucket, prefix) = rest.split_once('/').ok_or_else(wrong)?;
        let plain = |part: &str| {
            let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
            !part.is_empty() && part.chars().all(known) && !part.chars().all(|c| c == '.')
        };
        if plain(bucket) && prefix.split('/').all(plain) {
            Ok(Self { bucket: bucket.to_owned(), prefix: prefix.to_owned() })
        } else {
            Err(wrong())
        }
    }

    /// `prefix` with an ending, in the same bucket.
    pub(super) fn beside(&self, ending: &str) -> Self {
        Self { bucket: self.bucket.clone(), prefix: format!("{}.{ending}", self.prefix) }
    }
}

/// How the object store is reached: endpoint, region and credentials, from the variables that other programs for such
/// stores read too. Never from a file of the edition, and never shown.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Access {
    pub(super) endpoint: Option<String>,
    region: Option<String>,
    pub(super) key: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Access").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl Access {
    /// Reads `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
    #[must_use]
    pub fn read(env: &dyn Fn(&str) -> Option<String>) -> Self {
        let read = |name: &str| env(name).filter(|value| !value.is_empty());
        let endpoint = read("AWS_ENDPOINT_URL_S3").or_else(|| read("AWS_ENDPOINT_URL"));
        Self {
            endpoint: endpoint.map(|text| text.trim_end_matches('/').to_owned()),
            region: read("AWS_REGION").or_else(|| read("AWS_DEFAULT_REGION")),
            key: read("AWS_ACCESS_KEY_ID").unwrap_or_default(),
            secret: read("AWS_SECRET_ACCESS_KEY").unwrap_or_default(),
            token: read("AWS_SESSION_TOKEN"),
        }
    }

    pub(super) fn region(&self) -> &str {
        self.region.as_deref().unwrap_or(REGION)
    }

    pub(super) fn check(&self) -> Result<(), String> {
        if self.key.is_empty() || self.secret.is_empty() {
            let sentence = "the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set";
            return Err(sentence.into());
        }
        let web = |text: &str| text.starts_with("https://") || text.starts_with("http://");
        match &self.endpoint {
            Some(text) if !web(text) => {
                Err("AWS_ENDPOINT_URL begins with neither https:// nor http://".into())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_is_read_strictly() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let read = Address::read(text).ok();
            let read = read.as_ref().map(|one| (one.bucket.as_str(), one.prefix.as_str()));
            assert_eq!(read, expected, "{text}");
        };
        check("s3://news/record", Some(("news", "record")));
        check("s3://news/a/b.c", Some(("news", "a/b.c")));
        for wrong in [
            "s3://news",
            "s3://news/",
            "s3:///a",
            "s3://news/a//b",
            "s3://news/../a",
            "news/a",
            "s3://n/a?b",
        ] {
            check(wrong, None);
        }
        let lock = Address::read("s3://news/record").unwrap().beside("lock");
        assert_eq!(lock.to_string(), "s3://news/record.lock");
    }

    #[test]
    fn credentials_come_from_the_environment_and_are_not_shown() {
        let env = |name: &str| match name {
            "AWS_ACCESS_KEY_ID" => Some("desk".to_owned()),
            "AWS_SECRET_ACCESS_KEY" => Some("secret".to_owned()),
            "AWS_ENDPOINT_URL" => Some("https://objects.example/".to_owned()),
            _ => None,
        };
        let access = Access::read(&env);
        assert_eq!((access.check(), access.region()), (Ok(()), REGION));
        assert_eq!(access.endpoint.as_deref(), Some("https://objects.example"));
        assert!(!format!("{access:?}").contains("secret"));
        assert!(Access::default().check().unwrap_err().contains("AWS_ACCESS_KEY_ID"));
    }
}
