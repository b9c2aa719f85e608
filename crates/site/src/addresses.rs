//! Spelling of addresses: one canonical form for each, and the words that lists of articles have in theirs.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but letters, digits and `-._~`, in a path's segments (RFC 3986 section 2.3).
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// `path` as it stands in a link.
#[must_use]
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, SEGMENT).to_string()
}

/// The path that `raw` means, without doubled or trailing slashes; `None` for what no address of ours can mean: bytes
/// that are not UTF-8, hidden slashes, backslashes, controls, dot segments.
#[must_use]
pub(crate) fn decoded(raw: &str) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
    for segment in raw.split('/').filter(|segment| !segment.is_empty()) {
        let text = percent_decode_str(segment).decode_utf8().ok()?;
        let hidden = |c: char| c.is_control() || matches!(c, '/' | '\\');
        if text == "." || text == ".." || text.contains(hidden) {
            return None;
        }
        out.push('/');
        out.push_str(&text);
    }
    if out.is_empty() {
        out.push('/');
    }
    Some(out)
}

/// What a path would read as something else in a name, and what a name that is spelled by this would be taken for.
const OTHERWISE: [(&str, &str); 4] = [("~", "~7E"), ("/", "~2F"), ("\\", "~5C"), (".", "~2E")];

/// `name`, of a topic or a story, as the one segment that its list's address has for it: letter for letter, but where the
/// path would be read otherwise: `HIV~2FAIDS`, `~2E~2E`. A percent sign can't do it, because servers between read that too.
#[must_use]
pub fn segment(name: &str) -> Cow<'_, str> {
    let dots = matches!(name, "." | "..");
    let taken = OTHERWISE.iter().any(|(_, spelled)| name.contains(spelled));
    if !dots && !taken && !name.contains(['/', '\\']) {
        return Cow::Borrowed(name);
    }
    let kept = if dots { &OTHERWISE[..] } else { &OTHERWISE[..3] };
    let spell = |text: String, (plain, spelled): &(&str, &str)| text.replace(plain, spelled);
    Cow::Owned(kept.iter().fold(name.to_owned(), spell))
}

/// The name that [`segment`] spells so; `None` where it spells no name so.
#[must_use]
pub(crate) fn name(spelled: &str) -> Option<String> {
    let plain = |text: String, (plain, spelled): &(&str, &str)| text.replace(spelled, plain);
    let name = OTHERWISE.iter().rev().fold(spelled.to_owned(), plain);
    (segment(&name) == spelled).then_some(name)
}

/// `/ur` for a language that is not the edition's first, nothing for the first.
#[must_use]
pub fn prefix(languages: &[String], lang: &str) -> String {
    let first = languages.first().is_none_or(|first| first == lang);
    if first { String::new() } else { format!("/{lang}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_072_one_path_for_each_spelling() {
        let check = |raw: &str, expected: Option<&str>| {
            assert_eq!(decoded(raw).as_deref(), expected, "{raw}");
        };
        check("/", Some("/"));
        check("//", Some("/"));
        check("/2026/11/slug/", Some("/2026/11/slug"));
        check("//evil.example//x", Some("/evil.example/x"));
        check("/topic/%D8%A7", Some("/topic/ا"));
        check("/%61", Some("/a"));
        check("/a%2fb", None);
        check("/a%5Cb", None);
        check("/a\\b", None);
        check("/a/../b", None);
        check("/a/%2e%2e/b", None);
        check("/a%00", None);
        check("/a%0d%0aset-cookie:x", None);
        check("/a%FF", None);
        check("/a%2541", Some("/a%41"));
    }

    #[test]
    fn names_in_addresses() {
        assert_eq!(encoded("/topic/اسحاق"), "/topic/%D8%A7%D8%B3%D8%AD%D8%A7%D9%82");
        assert_eq!(encoded("/topic/Politics & Government"), "/topic/Politics%20%26%20Government");
        assert_eq!(encoded("/record/tile/0/000.p/5"), "/record/tile/0/000.p/5");
    }

    #[test]
    fn each_name_is_one_segment() {
        let check = |plain: &str, spelled: &str| {
            assert_eq!(segment(plain), spelled);
            assert_eq!(name(spelled).as_deref(), Some(plain));
            assert_eq!(
                decoded(&encoded(&format!("/topic/{spelled}"))),
                Some(format!("/topic/{spelled}"))
            );
        };
        check("اسحاق ڈار", "اسحاق ڈار");
        check("Politics & Government", "Politics & Government");
        check("100 %2F", "100 %2F");
        check("a.b ~x ~", "a.b ~x ~");
        check("HIV/AIDS", "HIV~2FAIDS");
        check("/~/", "~2F~7E~2F");
        check("C:\\x", "C:~5Cx");
        check("..", "~2E~2E");
        check("../x.y", "..~2Fx.y");
        check("~2F", "~7E2F");
        check("~7E2F", "~7E7E2F");
        for other in ["a~2E", "~7Ex", "a~2F~"] {
            assert_eq!(name(other).map(|name| segment(&name).into_owned()), None, "{other}");
        }
    }

    #[test]
    fn no_two_names_have_one_spelling() {
        let mut names = vec![String::new()];
        for _ in 0..5 {
            names = names
                .iter()
                .flat_map(|name| {
                    "~27EF./\\".chars().map(|c| format!("{name}{c}")).collect::<Vec<_>>()
                })
                .collect();
            for plain in &names {
                let spelled = segment(plain);
                assert_eq!(name(&spelled).as_deref(), Some(plain.as_str()), "{spelled}");
                assert_eq!(decoded(&encoded(&spelled)), Some(format!("/{spelled}")), "{plain}");
            }
        }
    }

    #[test]
    fn the_first_language_has_no_prefix() {
        let languages = ["en".to_owned(), "ur".to_owned()];
        assert_eq!(prefix(&languages, "en"), "");
        assert_eq!(prefix(&languages, "ur"), "/ur");
    }
}
