//! What single pieces of text may hold.

use serde_json::Value;
use unicode_normalization::is_nfc;

/// Advice for a link that is refused.
pub const HREF_ADVICE: &str = "use https:, http:, mailto: or an address of this edition that begins with / or #, with odd characters as %XX";

/// What a person reads: what is wrong, and what to do.
pub(super) type Fault = (String, &'static str);

/// A line of plain text that must not be blank.
pub(super) fn line(text: &str, most: usize) -> Option<Fault> {
    if text.trim().is_empty() {
        return Some(("is empty".into(), "write it, or leave the key out if it may be absent"));
    }
    let count = text.chars().count();
    if count > most {
        return Some((format!("has {count} characters, and at most {most} may be"), "shorten it"));
    }
    words(text, false)
}

/// Any text: NFC, no control characters (`code` may have tabs and line feeds), balanced direction marks.
pub(super) fn words(text: &str, code: bool) -> Option<Fault> {
    if let Some(bad) = text.chars().find(|letter| control(*letter, code)) {
        let message = format!("holds the control character U+{:04X}", u32::from(bad));
        return Some((message, "delete it"));
    }
    if !is_nfc(text) {
        return Some(("is not in Unicode's form NFC".into(), "save it in NFC"));
    }
    bidi(text)
}

fn control(letter: char, code: bool) -> bool {
    match letter {
        '\t' | '\n' => !code,
        '\u{2028}' | '\u{2029}' | '\u{feff}' => true,
        _ => letter.is_control(),
    }
}

/// Embeddings, overrides and isolates (UAX #9) must close in the order in which they open.
pub(super) fn bidi(text: &str) -> Option<Fault> {
    let advice = "delete the invisible direction marks, or close each of them in the same block";
    let mut open = Vec::new();
    for letter in text.chars() {
        let good = match letter {
            '\u{202a}' | '\u{202b}' => {
                open.push('\u{202c}');
                true
            }
            // Overrides make text read otherwise than it is spelled.
            '\u{202d}' | '\u{202e}' => false,
            '\u{2066}'..='\u{2068}' => {
                open.push('\u{2069}');
                true
            }
            '\u{202c}' | '\u{2069}' => open.pop() == Some(letter),
            _ => true,
        };
        if !good || open.len() > 60 {
            let message =
                format!("holds the direction mark U+{:04X} out of balance", u32::from(letter));
            return Some((message, advice));
        }
    }
    (!open.is_empty()).then(|| ("opens a direction mark and does not close it".to_owned(), advice))
}

/// What is wrong with a link's address; `None` when nothing is.
#[must_use]
pub fn href(href: &str) -> Option<String> {
    let odd = |letter: char| {
        letter.is_whitespace() || letter.is_control() || "<>\\^`{|}\"[]".contains(letter)
    };
    if href.chars().any(odd) {
        return Some(format!("the link {href:?} holds a space or a character that no address has"));
    }
    let lower = href.to_ascii_lowercase();
    let scheme = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| lower.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    let own = href.starts_with('#') || (href.starts_with('/') && !href.starts_with("//"));
    if !(scheme || own) || href.len() > 2000 {
        return Some(format!(
            "the link {:?} leads nowhere that is allowed",
            href.chars().take(60).collect::<String>()
        ));
    }
    words(href, false).map(|(message, _)| format!("the link {message}"))
}

/// Whether a line of text is NFC, without control characters, with direction marks in balance.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    words(text, false).is_none()
}

/// A BCP 47 tag in its plain form: `en`, `ur`, `ur-PK`.
#[must_use]
pub fn is_lang(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && tag.len() <= 20
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD` of a day that exists.
#[must_use]
pub fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let number = |text: &&str, length: usize| -> Option<u32> {
        let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    };
    match parts.as_slice() {
        [year] => number(year, 4).is_some(),
        [year, month] => number(year, 4).is_some() && matches!(number(month, 2), Some(1..=12)),
        [year, month, day] => {
            let (Some(year), Some(month), Some(day)) =
                (number(year, 4), number(month, 2), number(day, 2))
            else {
                return false;
            };
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let most = match month {
                2 => 28 + u32::from(leap),
                4 | 6 | 9 | 11 => 30,
                1..=12 => 31,
                _ => 0,
            };
            (1..=most).contains(&day)
        }
        _ => false,
    }
}

/// `/YYYY/MM/slug`.
pub(super) fn is_address(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let [first, year, month, slug] = parts.as_slice() else { return false };
    first.is_empty() && is_date(&format!("{year}-{month}")) && crate::slug::problem(slug).is_none()
}

/// Letters and digits of any script, joined by single `-`, `_`, `.` or `:`; at most 64 characters.
pub(crate) fn is_id(id: &str) -> bool {
    let mut joined = false;
    for letter in id.chars() {
        match letter {
            '-' | '_' | '.' | ':' if joined => joined = false,
            _ if letter.is_alphanumeric() => joined = true,
            _ => return false,
        }
    }
    joined && id.chars().count() <= 64 && is_nfc(id)
}

/// Values of a reference: as canonical JSON allows, no nesting beyond 20.
pub(super) fn json(value: &Value, depth: usize) -> Option<Fault> {
    match value {
        _ if depth > 20 => Some(("is nested deeper than 20 levels".into(), "write it flatter")),
        Value::Null => {
            Some(("has a key without a value".into(), "give the value or take the key out"))
        }
        Value::Bool(_) => None,
        Value::Number(number) => {
            let whole = number.as_i64().is_some_and(|number| number.unsigned_abs() < 1 << 53);
            (!whole).then(|| (format!("holds the number {number}"), "put it in quotes"))
        }
        Value::String(text) => {
            if text.chars().count() > 20_000 {
                return Some(("holds a text of more than 20,000 characters".into(), "shorten it"));
            }
            words(text, true)
        }
        Value::Array(items) => items.iter().find_map(|item| json(item, depth + 1)),
        Value::Object(map) => map.iter().find_map(|(key, item)| {
            let plain = !key.is_empty()
                && key.len() <= 100
                && key.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
            if plain {
                json(item, depth + 1)
            } else {
                Some((format!("has the key {key:?}"), "use plain ASCII keys"))
            }
        }),
    }
}
