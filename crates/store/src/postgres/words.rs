//! What is counted for search: the words of each column, as FTS5 splits them, and how often each stands there.

use crate::Search;
use ovn_edition::fold::Term;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How much a word counts in the headline, the standfirst and the body.
const WEIGHTS: [u64; 3] = [10, 4, 1];
/// Bytes of a word; the engine takes no longer one.
const LONGEST: usize = 500;
/// Bytes of all words and counts of an article; the engine takes 1 MB.
const ROOM: usize = 700_000;

/// An article's words, each with its counts, and how many there are in all.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    /// Each word once, in the engine's own writing: `'word' 'other'`.
    pub(crate) words: String,
    /// Each word that counts more than once, with how much: ` word:12 other:2 `.
    pub(crate) counts: String,
    pub(crate) length: i64,
}

/// Words of letters and digits. A number with a point inside is also a word by itself, so that asking for it finds it.
fn split(text: &str, mut word: impl FnMut(String, bool)) {
    for piece in text.split_whitespace() {
        let inside = |letter: char| letter.is_alphanumeric() || letter == '.';
        for part in piece.split(|letter| !inside(letter)) {
            let part = part.trim_matches('.');
            let mut count = 0;
            for token in part.split('.').filter(|token| !token.is_empty()) {
                count += 1;
                word(cut(token), true);
            }
            if count > 1 {
                word(cut(part), false);
            }
        }
    }
}

fn cut(word: &str) -> String {
    let mut lower = word.to_lowercase();
    if lower.len() > LONGEST {
        let end = lower.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last();
        lower.truncate(end.unwrap_or(0));
    }
    lower
}

/// Counts an article's words.
pub(crate) fn count(search: &Search) -> Counted {
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    let mut length = 0;
    let columns = [&search.headline, &search.standfirst, &search.body];
    for (text, weight) in columns.into_iter().zip(WEIGHTS) {
        split(text, |word, whole| {
            length += i64::from(whole);
            *all.entry(word).or_default() += weight;
        });
    }
    let (mut words, mut counts) = (String::new(), String::from(" "));
    for (word, count) in all {
        let _ = write!(words, "'{word}' ");
        if count > 1 {
            let _ = write!(counts, "{word}:{count} ");
        }
        if words.len() > ROOM {
            break;
        }
    }
    Counted { words, counts, length }
}

/// The words that a query asks for. Of a number with a point inside, the number alone.
pub(crate) fn asked<'a>(words: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let mut all = Vec::new();
    for word in words {
        let mut tokens = Vec::new();
        split(word, |token, whole| tokens.push((token, whole)));
        let point = tokens.iter().any(|(_, whole)| !whole);
        all.extend(tokens.into_iter().filter(|(_, whole)| *whole != point).map(|(word, _)| word));
    }
    all
}

/// The phrases that a query asks for, as [`held`] compares them: words between spaces. Of a number with a point inside,
/// its parts.
pub(crate) fn phrases(terms: &[Term]) -> Vec<String> {
    let phrase = |term: &Term| {
        let Term::Phrase(words) = term else { return None };
        let mut tokens = Vec::new();
        for word in words {
            split(word, |token, whole| tokens.extend(Some(token).filter(|_| whole)));
        }
        (tokens.len() > 1).then(|| format!(" {} ", tokens.join(" ")))
    };
    terms.iter().filter_map(phrase).collect()
}

/// The condition that every phrase of the value at `place` stands in a column. What is folded has one space between words, and no bar.
pub(crate) fn held(place: usize) -> String {
    format!(
        "NOT EXISTS (SELECT FROM unnest(${place}::text[]) AS phrase WHERE strpos(translate(' ' || passage.headline || \
           ' | ' || passage.standfirst || ' | ' || passage.body || ' ', E'\\n.', '  '), phrase) = 0)"
    )
}

/// The condition that all of `words` are there, in the engine's own writing.
pub(crate) fn condition(words: &[String]) -> String {
    words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" & ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_each_column() {
        let search = Search {
            headline: "port".into(),
            standfirst: "the port".into(),
            body: "a port.\nport of 3.5 m".into(),
            text: String::new(),
        };
        let counted = count(&search);
        assert_eq!(counted.words, "'3' '3.5' '5' 'a' 'm' 'of' 'port' 'the' ");
        assert_eq!(counted.counts, " port:16 the:4 ");
        assert_eq!(counted.length, 10);
    }

    #[test]
    fn what_is_asked_is_split_alike() {
        let check = |word: &str, expected: &[&str]| assert_eq!(asked([&word.to_owned()]), expected);
        check("Port", &["port"]);
        check("3.5", &["3.5"]);
        check("NEAR(a", &["near", "a"]);
        check("headline:x", &["headline", "x"]);
        check("\"", &[]);
        check("'; --", &[]);
        check("وزیر", &["وزیر"]);
        check(&"x".repeat(900), &[&"x".repeat(500)]);
        let terms = ovn_edition::fold::query("\"rose 3.5 percent\" port \"one\"");
        assert_eq!(phrases(&terms), [" rose 3 5 percent "]);
        assert_eq!(condition(&["a".into(), "3.5".into()]), "'a' & '3.5'");
    }
}
