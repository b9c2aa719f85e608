//! What is counted for search: the words of each column, as FTS5 splits them, and how often each stands there.

use crate::Search;
use crate::tables::Value;
use ovn_edition::fold::Term;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tokio_postgres::types::ToSql;

/// How much a word counts in the headline, the standfirst and the body.
const WEIGHTS: [u64; 3] = [10, 4, 1];
/// Bytes of a word; the engine takes no longer one.
const LONGEST: usize = 500;
/// Bytes of all words and counts of an article; the engine takes 1 MB.
const ROOM: usize = 700_000;
/// The engine knows no place beyond this one, and no more places of a word than so many (PostgreSQL, "Limitations" of text search).
const PLACES: u16 = 16_383;
const OFTEN: usize = 255;

/// An article's words, each with its counts, and how many there are in all.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    /// Each word once, in the engine's own writing, with its places if all of them are kept: `'word':1,7 'other':2`.
    pub(crate) words: String,
    /// Each word that counts more than once, with how much: ` word:12 other:2 `.
    pub(crate) counts: String,
    pub(crate) length: i64,
    /// Whether the words stand with their places.
    pub(crate) placed: bool,
}

impl Counted {
    /// What the row of an article's words ends with.
    pub(crate) fn row(self) -> [Value; 4] {
        [self.length.into(), self.words.into(), self.counts.into(), i64::from(self.placed).into()]
    }
}

/// What is known of one word.
#[derive(Default)]
struct Word {
    count: u64,
    places: Vec<u16>,
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
    let mut all: BTreeMap<String, Word> = BTreeMap::new();
    let (mut length, mut place) = (0, 0_u16);
    let columns = [&search.headline, &search.standfirst, &search.body];
    for (text, weight) in columns.into_iter().zip(WEIGHTS) {
        split(text, |word, whole| {
            length += i64::from(whole);
            let word = all.entry(word).or_default();
            word.count += weight;
            if whole {
                place = place.saturating_add(1);
                word.places.push(place);
            }
        });
        // No phrase goes from one column into the next.
        place = place.saturating_add(1);
    }
    let placed = place < PLACES && all.values().all(|word| word.places.len() <= OFTEN);
    let (mut words, mut counts) = (String::new(), String::from(" "));
    for (word, known) in all {
        let _ = write!(words, "'{word}'");
        let places = known.places.iter().filter(|_| placed);
        for (place, before) in places.zip(std::iter::once(':').chain(std::iter::repeat(','))) {
            let _ = write!(words, "{before}{place}");
        }
        words.push(' ');
        if known.count > 1 {
            let _ = write!(counts, "{word}:{} ", known.count);
        }
        if words.len() > ROOM {
            break;
        }
    }
    Counted { words, counts, length, placed }
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

/// The words of each phrase that a query asks for. Of a number with a point inside, its parts.
pub(crate) fn phrases(terms: &[Term]) -> Vec<Vec<String>> {
    let phrase = |term: &Term| {
        let Term::Phrase(words) = term else { return None };
        let mut tokens = Vec::new();
        for word in words {
            split(word, |token, whole| tokens.extend(Some(token).filter(|_| whole)));
        }
        (tokens.len() > 1).then_some(tokens)
    };
    terms.iter().filter_map(phrase).collect()
}

/// Phrases as [`held`] looks for them.
pub(crate) struct Phrases {
    /// In the engine's own writing, for articles whose words stand with their places.
    placed: String,
    /// Words between spaces, for the others.
    letters: Vec<String>,
}

impl Phrases {
    pub(crate) fn of(phrases: &[Vec<String>]) -> Self {
        let quoted = |word: &String| format!("'{word}'");
        let placed = |words: &Vec<String>| {
            let words: Vec<String> = words.iter().map(quoted).collect();
            format!("({})", words.join(" <-> "))
        };
        Self {
            placed: phrases.iter().map(placed).collect::<Vec<_>>().join(" & "),
            letters: phrases.iter().map(|words| format!(" {} ", words.join(" "))).collect(),
        }
    }

    /// The values that [`held`] asks for.
    pub(crate) fn values(&self) -> [&(dyn ToSql + Sync); 2] {
        [&self.placed, &self.letters]
    }
}

/// The condition that every phrase of the values at `place` and after it stands in a column. What is folded has one space
/// between words, and no bar.
pub(crate) fn held(place: usize) -> String {
    let letters = place + 1;
    format!(
        "CASE WHEN passage.placed THEN passage.words @@ ${place}::text::tsquery ELSE NOT EXISTS (SELECT FROM \
           unnest(${letters}::text[]) AS phrase WHERE strpos(translate(' ' || passage.headline || \
           ' | ' || passage.standfirst || ' | ' || passage.body || ' ', E'\\n.', '  '), phrase) = 0) END"
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
        let words = "'3':10 '3.5' '5':11 'a':6 'm':12 'of':9 'port':1,4,7,8 'the':3 ";
        assert_eq!((counted.words.as_str(), counted.placed), (words, true));
        assert_eq!(counted.counts, " port:16 the:4 ");
        assert_eq!(counted.length, 10);
    }

    #[test]
    fn places_are_all_kept_or_none() {
        let check = |body: String, placed: bool| {
            let counted = count(&Search { body, ..Search::default() });
            assert_eq!((counted.placed, counted.words.contains(':')), (placed, placed));
        };
        check("port ".repeat(OFTEN), true);
        check("port ".repeat(OFTEN + 1), false);
        let different = |count: u16| (0..count).map(|number| format!("w{number} ")).collect();
        check(different(PLACES - 4), true);
        check(different(PLACES), false);
        check(different(u16::MAX), false);
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
        assert_eq!(phrases(&terms), [["rose", "3", "5", "percent"]]);
        let phrases = Phrases::of(&phrases(&terms));
        assert_eq!(phrases.placed, "('rose' <-> '3' <-> '5' <-> 'percent')");
        assert_eq!(phrases.letters, [" rose 3 5 percent "]);
        assert_eq!(condition(&["a".into(), "3.5".into()]), "'a' & '3.5'");
    }
}
