//! What stands in braces behind a picture: who made it, and the hash of its archived bytes.

use super::write_inline;

/// The credit and the digest in `{credit="…" sha256=…}`; either may be missing. `None` for what is something else.
pub(super) fn read(text: &str) -> Option<(String, Option<String>)> {
    let mut rest = text.strip_prefix('{')?.strip_suffix('}')?;
    let (mut credit, mut sha256) = (None, None);
    loop {
        if let Some(after) = rest.strip_prefix("credit=\"") {
            let (value, behind) = quoted(after)?;
            rest = behind;
            if credit.replace(value).is_some() {
                return None;
            }
        } else {
            let after = rest.strip_prefix("sha256=")?;
            let (value, behind) = match after.split_once(' ') {
                Some((value, _)) => (value, after.get(value.len()..).unwrap_or_default()),
                None => (after, ""),
            };
            rest = behind;
            if sha256.replace(value.to_owned()).is_some() {
                return None;
            }
        }
        if rest.is_empty() {
            return Some((credit.unwrap_or_default(), sha256));
        }
        rest = rest.strip_prefix(' ')?;
    }
}

/// A quoted value without its quotes, and what stands behind them.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, text.get(at + 1..).unwrap_or_default())),
            '\\' => value.push(letters.next()?.1),
            _ => value.push(letter),
        }
    }
    None
}

/// What [`read`] reads; nothing where there is neither.
pub(super) fn write(credit: &str, sha256: Option<&str>) -> String {
    let mut parts = Vec::new();
    if !credit.is_empty() {
        let value = credit.replace('\\', "\\\\").replace('"', "\\\"");
        parts.push(format!("credit=\"{}\"", write_inline::plain(&value)));
    }
    parts.extend(sha256.map(|hex| format!("sha256={hex}")));
    if parts.is_empty() { String::new() } else { format!("{{{}}}", parts.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_hold_a_credit_and_a_digest() {
        let check = |text: &str, expected: Option<(&str, Option<&str>)>| {
            let expected = expected.map(|(credit, digest)| (credit.into(), digest.map(Into::into)));
            assert_eq!(read(text), expected, "{text}");
        };
        check("{sha256=ab}", Some(("", Some("ab"))));
        check("{credit=\"Amina Khan\"}", Some(("Amina Khan", None)));
        check("{credit=\"A } \\\"B\\\" \\\\\" sha256=ab}", Some(("A } \"B\" \\", Some("ab"))));
        check("{sha256=ab credit=\"A\"}", Some(("A", Some("ab"))));
        check("{}", None);
        check("{credit=A}", None);
        check("{credit=\"A\"sha256=ab}", None);
        check("{credit=\"A\" credit=\"B\"}", None);
        check("{sha256=a sha256=b}", None);
        check("{credit=\"A}", None);
        check("{width=50}", None);
        check("credit=\"A\"", None);
    }
}
