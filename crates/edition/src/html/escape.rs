//! Text, attributes, addresses and dates that cannot become markup.

use crate::dates;

/// `text` between tags.
#[must_use]
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // NUL has no place in HTML, and a bare CR is read as a line feed.
            '\0' => out.push('\u{fffd}'),
            '\r' => out.push('\n'),
            _ => out.push(letter),
        }
    }
    out
}

/// `text` between double quotation marks of an attribute.
#[must_use]
pub fn attribute(text: &str) -> String {
    self::text(text).replace('"', "&quot;")
}

/// An address that a link may have: `https:`, `http:`, `mailto:`, or inside this edition (`/…`, `#…`), with `base` put
/// before those that begin with `/`. `None` for anything else, so that no `javascript:` gets through.
pub(super) fn link(href: &str, base: &str) -> Option<String> {
    if href.contains(|letter: char| letter.is_control() || letter.is_whitespace() || letter == '\\')
    {
        return None;
    }
    if href.starts_with('#') {
        return Some(attribute(href));
    }
    if href.starts_with('/') {
        return (!href.starts_with("//")).then(|| attribute(&format!("{base}{href}")));
    }
    has_scheme(href, &["https://", "http://", "mailto:"]).then(|| attribute(href))
}

/// The address of a source elsewhere, `https:` or `http:` only.
pub(super) fn web(href: &str) -> Option<String> {
    link(href, "").filter(|_| has_scheme(href, &["https://", "http://"]))
}

fn has_scheme(href: &str, schemes: &[&str]) -> bool {
    let starts = |scheme: &&str| {
        href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    schemes.iter().any(starts)
}

/// The address of an archived blob, if `sha256` is 64 lowercase hexadecimal digits.
pub(super) fn blob(sha256: &str, base: &str) -> Option<String> {
    let good = crate::hex::decode::<32>(sha256).is_some();
    good.then(|| attribute(&format!("{base}/record/blob/{sha256}")))
}

/// A `time` element for a day, month, year or moment around its `words`; the words alone for a text that is no date,
/// as HTML has no time element for those.
pub(super) fn time(date: &str, words: &str) -> String {
    let words = text(words);
    let year = date.len() == 4 && date.bytes().all(|byte| byte.is_ascii_digit());
    let zone = date.get(16..).unwrap_or_default();
    let plain =
        zone.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'+' | b'Z'));
    let known = year || dates::moment(date, "en") != date;
    if known && plain { format!("<time datetime=\"{date}\">{words}</time>") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_001_only_good_addresses_pass() {
        let check = |href: &str, expected: Option<&str>| {
            assert_eq!(link(href, "/b").as_deref(), expected, "{href}");
        };
        check("https://a.example/?a=1&b=\"", Some("https://a.example/?a=1&amp;b=&quot;"));
        check("HTTPS://a.example", Some("HTTPS://a.example"));
        check("mailto:a@b.example", Some("mailto:a@b.example"));
        check("/2026/11/x", Some("/b/2026/11/x"));
        check("#s1", Some("#s1"));
        check("//evil.example", None);
        check("/\\evil.example", None);
        check("javascript:alert(1)", None);
        check("java\nscript:alert(1)", None);
        check(" https://a.example", None);
        check("data:text/html,x", None);
        check("é", None);
        check("", None);
        assert_eq!(web("mailto:a@b.example"), None);
        assert_eq!(web("/x"), None);
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(text("<b> & \"x\""), "&lt;b&gt; &amp; \"x\"");
        assert_eq!(attribute("\"><script>"), "&quot;&gt;&lt;script&gt;");
    }

    #[test]
    fn only_dates_are_dates() {
        let check = |date: &str, good: bool| {
            assert_eq!(time(date, "x").starts_with("<time datetime=\""), good, "{date}");
        };
        check("2025", true);
        check("2025-08", true);
        check("2025-08-05", true);
        check("2026-11-24T14:20+05:00", true);
        check("2026-11-24T14:20Z", true);
        check("2026-11-24T\"><b>", false);
        check("2026-11-24T14:20\"x", false);
        check("2025-13", false);
        check("soon", false);
        check("", false);
    }
}
