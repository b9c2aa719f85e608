//! Canonical JSON: one spelling for one value, so that what is hashed can be checked byte for byte.
//!
//! A restriction of RFC 8785 (JSON Canonicalization Scheme): ASCII keys in byte order, strings escaped only where
//! JSON demands it, whole numbers below 2^53 in size, no null, no white space, no key twice. Without fractions the
//! scheme's hard half (number formatting) is gone, and with ASCII keys so is its other trap (UTF-16 order).

mod walk;

pub use walk::Walk;

use serde_json::Value;

/// Nesting beyond which a document is refused.
pub const MAX_DEPTH: usize = 100;
const MAX_INTEGER: i64 = (1 << 53) - 1;

/// Why a value or a text has no canonical form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not JSON.
    #[error("not JSON: {0}")]
    Json(String),
    /// The bytes are JSON, but spelled in another way than the canonical one.
    #[error("the JSON is not in its canonical spelling at byte {0}")]
    Spelling(usize),
    /// `null` has no place in a sealed document.
    #[error("null has no place in a sealed document; leave the key out")]
    Null,
    /// A number with a fraction or beyond 2^53.
    #[error("the number {0} is not a whole number below 2^53")]
    Number(String),
    /// A key outside ASCII.
    #[error("the key {0:?} is not plain ASCII")]
    Key(String),
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH} levels")]
    Depth,
}

/// The canonical bytes of `value`.
///
/// # Errors
/// When the value holds something that has no canonical form: see [`Error`].
pub fn write(value: &Value) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    put(&mut out, value, 0)?;
    Ok(out)
}

/// The canonical bytes of anything that serialises to such a value.
///
/// # Errors
/// As [`write`].
pub fn of<T: serde::Serialize>(thing: &T) -> Result<Vec<u8>, Error> {
    write(&serde_json::to_value(thing).map_err(|error| Error::Json(error.to_string()))?)
}

/// The value that `bytes` spell; only the canonical spelling is accepted.
///
/// # Errors
/// When the bytes are not JSON, or JSON in any other spelling: a duplicate key, an unsorted one, white space, an
/// escape too many.
pub fn read(bytes: &[u8]) -> Result<Value, Error> {
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| Error::Json(error.to_string()))?;
    let again = write(&value)?;
    if again == bytes {
        return Ok(value);
    }
    let at = again.iter().zip(bytes).take_while(|(a, b)| a == b).count();
    Err(Error::Spelling(at))
}

pub(crate) fn put(out: &mut Vec<u8>, value: &Value, depth: usize) -> Result<(), Error> {
    if depth > MAX_DEPTH {
        return Err(Error::Depth);
    }
    match value {
        Value::Null => return Err(Error::Null),
        Value::Bool(yes) => out.extend_from_slice(if *yes { b"true" } else { b"false" }),
        Value::Number(number) => match number.as_i64() {
            Some(whole) if whole.abs() <= MAX_INTEGER => {
                out.extend_from_slice(whole.to_string().as_bytes());
            }
            _ => return Err(Error::Number(number.to_string())),
        },
        Value::String(text) => put_string(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                put(out, item, depth + 1)?;
            }
            out.push(b']');
        }
        Value::Object(map) => {
            let mut keys: Vec<_> = map.iter().collect();
            // They are in order already, unless a library that we share asks for another kind of map.
            if !keys.is_sorted_by_key(|(key, _)| key.as_bytes()) {
                keys.sort_by_key(|(key, _)| key.as_bytes());
            }
            out.push(b'{');
            for (index, (key, item)) in keys.into_iter().enumerate() {
                if !key.is_ascii() {
                    return Err(Error::Key(key.clone()));
                }
                if index > 0 {
                    out.push(b',');
                }
                put_string(out, key);
                out.push(b':');
                put(out, item, depth + 1)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

pub(crate) fn put_string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let bytes = text.as_bytes();
    // Whole stretches at once; few characters of a text need an escape.
    let mut done = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte >= 0x20 && *byte != b'"' && *byte != b'\\' {
            continue;
        }
        out.extend_from_slice(bytes.get(done..at).unwrap_or_default());
        done = at + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        }
    }
    out.extend_from_slice(bytes.get(done..).unwrap_or_default());
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_079_only_one_spelling_is_read() {
        let check =
            |text: &str, good: bool| assert_eq!(read(text.as_bytes()).is_ok(), good, "{text}");
        check(r#"{"a":1,"b":["x",true]}"#, true);
        check(r#"{"b":1,"a":2}"#, false);
        check(r#"{"a":1,"a":1}"#, false);
        check(r#"{"a": 1}"#, false);
        check(r#"{"a":1}"#, true);
        check("{\"a\":1}\n", false);
        check(r#"{"a":null}"#, false);
        check(r#"{"a":1.0}"#, false);
        check(r#"{"a":1e3}"#, false);
        check(r#"{"a":-0}"#, false);
        check(r#"{"a":9007199254740991}"#, true);
        check(r#"{"a":9007199254740992}"#, false);
        check(r#"{"a":"\u0041"}"#, false);
        check(r#"{"a":"\/"}"#, false);
        check(r#"{"a":"é‌ک"}"#, true);
        check(r#"{"é":1}"#, false);
        check(r#"{"a":"\ud800"}"#, false);
        check(r#""\u001f""#, true);
        check(r#""\u001F""#, false);
        check(&"[".repeat(200_000), false);
        check(&format!("{}{}", "[".repeat(100), "]".repeat(100)), true);
        check(&format!("{}{}", "[".repeat(102), "]".repeat(102)), false);
    }

    #[test]
    fn invalid_utf8_is_refused() {
        assert!(matches!(read(b"\"\xff\""), Err(Error::Json(_))));
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            (-MAX_INTEGER..=MAX_INTEGER).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[ -~]{0,6}", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(value in value()) {
            let bytes = write(&value).unwrap();
            prop_assert_eq!(read(&bytes).unwrap(), value);
        }

        #[test]
        fn no_bytes_make_it_fall(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Ok(value) = read(&bytes) {
                prop_assert_eq!(write(&value).unwrap(), bytes);
            }
        }
    }
}
