//! What the press says in English, in the language of the screens: the sentences that people who fill in a form often meet.
//!
//! The English messages are those very sentences, with what they are about as `$it` and `$and`; a sentence that is none of them
//! stays as it is.

use crate::words::Words;

/// The messages.
const KEYS: [&str; 25] = [
    "told-port",
    "told-scheme",
    "told-address",
    "told-name",
    "told-inside",
    "told-redirects",
    "told-status",
    "told-type",
    "told-long",
    "told-failed",
    "told-confidential",
    "told-kind",
    "told-title",
    "told-date",
    "told-url",
    "told-who",
    "told-reason",
    "told-party",
    "told-day",
    "told-line",
    "told-picture-long",
    "told-picture-kind",
    "told-slug",
    "told-section",
    "told-suggestions",
];

/// What stands for `$it` and `$and` while a message is taken apart: signs that no sentence has.
const MARKS: [&str; 2] = ["\u{1}", "\u{2}"];

/// The sentence in `lang`, if it is one of those that are known.
pub(super) fn told(words: &Words, lang: &str, sentence: &str) -> String {
    if lang == "en" {
        return sentence.to_owned();
    }
    let known = KEYS.iter().find_map(|key| {
        let [it, and] = MARKS;
        let pattern = words.say("en", key, &[("it", it.into()), ("and", and.into())]);
        let [it, and] = parts(&pattern, sentence)?;
        Some(words.say(lang, key, &[("it", it.into()), ("and", and.into())]))
    });
    known.unwrap_or_else(|| sentence.to_owned())
}

/// What stands at the marks of `pattern` in a sentence that has its other words.
fn parts<'a>(pattern: &str, sentence: &'a str) -> Option<[&'a str; 2]> {
    let (mut found, mut rest, mut open) = (["", ""], sentence, None);
    let mut pieces = pattern.split_inclusive(['\u{1}', '\u{2}']);
    for piece in &mut pieces {
        let mark = piece.chars().last().filter(|c| *c <= '\u{2}');
        let words = piece.trim_end_matches(['\u{1}', '\u{2}']);
        match open {
            None => rest = rest.strip_prefix(words)?,
            Some(place) => {
                // What ends the sentence is looked for at its end.
                let at = if mark.is_none() {
                    rest.strip_suffix(words)?.len()
                } else {
                    rest.find(words)?
                };
                let (before, after) = rest.split_at_checked(at)?;
                *found.get_mut(place)? = before;
                rest = after.strip_prefix(words)?;
            }
        }
        open = mark.map(|mark| if mark == '\u{1}' { 0 } else { 1 });
    }
    if let Some(place) = open {
        *found.get_mut(place)? = rest;
        rest = "";
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use ovn_press::fetch::guarded::Refusal as Why;
    use ovn_press::publish;

    #[test]
    fn what_the_press_says_is_said_in_urdu() {
        let words = Words::new().unwrap();
        let check = |sentence: &str, inside: &str| {
            let said = told(&words, "ur", sentence);
            assert!(
                ovn_edition::direction::of_text(&said).is_some_and(|dir| dir.word() == "rtl"),
                "{said}"
            );
            assert!(said.contains(inside) && said != sentence, "{said}");
            assert_eq!(told(&words, "en", sentence), sentence);
        };
        check(&Why::Port(8080).to_string(), "8080");
        check(&Why::Scheme("ftp://a".into()).to_string(), "ftp://a");
        let url = || "https://a.example/b".to_owned();
        check(&Why::Status { url: url(), status: 404 }.to_string(), "404");
        check(&publish::Error::Slug.to_string(), "slug");
        let section =
            publish::Error::Section { name: "Weather".into(), known: "News, World".into() };
        check(&section.to_string(), "News, World");
        check("the file is longer than 25 MiB; save it smaller", "25");
        check("say who was asked", "");
        check("a source has a title", "");
        for other in ["", "nothing that is known", "port x is asked"] {
            assert_eq!(told(&words, "ur", other), other);
        }
    }

    #[test]
    fn a_sentence_is_taken_apart() {
        let check = |pattern: &str, sentence: &str, expected: Option<[&str; 2]>| {
            assert_eq!(parts(pattern, sentence), expected, "{pattern:?} {sentence:?}");
        };
        check("a", "a", Some(["", ""]));
        check("a", "b", None);
        check("a", "ab", None);
        check("port \u{1} is", "port 7 is", Some(["7", ""]));
        check("\u{2} of \u{1}", "one of two", Some(["two", "one"]));
        check("\u{1}: x", "a: x: x", Some(["a: x", ""]));
        check("port \u{1} is", "port 7", None);
    }
}
