//! What is asked for: words of the made-up articles, by how many of these hold them.

use crate::bench::generate::Generator;
use ovn_edition::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Articles that are looked at to learn how common words are.
const SAMPLE: u64 = 8_000;
/// Queries of a class.
const QUERIES: usize = 8;

/// Queries of one kind.
pub(super) struct Class {
    pub(super) name: &'static str,
    pub(super) queries: Vec<String>,
}

/// All kinds.
pub(super) struct Mix {
    pub(super) classes: Vec<Class>,
}

/// The folded words of an article: headline, standfirst and text, as they are indexed, with a bar between them, over which no
/// phrase reaches.
pub(super) fn words(generator: &Generator, number: u64) -> Vec<String> {
    let piece = generator.article(number);
    let Ok(article) = ovn_edition::markdown::read(piece.markdown.as_bytes()) else {
        return Vec::new();
    };
    let mut all = fold::words(&article.headline);
    all.push("|".to_owned());
    all.extend(fold::words(article.standfirst.as_deref().unwrap_or_default()));
    all.push("|".to_owned());
    all.extend(article.body.iter().flat_map(|block| fold::words(&ovn_edition::text::block(block))));
    all
}

impl Mix {
    /// Words of the first `count` articles.
    pub(super) fn of(generator: &Generator, count: u64) -> Self {
        let sample = count.min(SAMPLE);
        let mut all: BTreeMap<String, (u64, bool)> = BTreeMap::new();
        let (mut texts, mut pairs) = (Vec::new(), Vec::new());
        for number in 0..sample {
            let urdu = Generator::lang(number) == "ur";
            let written = words(generator, number);
            pairs.push((urdu, pairs_of(&written)));
            let words: BTreeSet<String> = written.into_iter().collect();
            for word in &words {
                all.entry(word.clone()).or_insert((0, urdu)).0 += 1;
            }
            texts.push((urdu, words));
        }
        let pick = |urdu: bool, least: u64, most: u64| -> Vec<String> {
            let fits = |(word, (found, own)): &(&String, &(u64, bool))| {
                letters(word) && *own == urdu && (least..=most).contains(found)
            };
            let mut words: Vec<_> =
                all.iter().filter(fits).map(|(word, (found, _))| (*found, word.clone())).collect();
            words.sort_by(|one, two| two.cmp(one));
            words.into_iter().take(QUERIES).map(|(_, word)| word).collect()
        };
        let share = |part: u64| (sample / part).max(1);
        let several = |urdu: bool, few: u64| -> Vec<String> {
            let of = |words: &BTreeSet<String>| {
                let mut words: Vec<&String> = words.iter().filter(|word| letters(word)).collect();
                words.sort_by_key(|word| all.get(*word).map(|(found, _)| *found));
                let named = words
                    .iter()
                    .find(|word| all.get(**word).is_some_and(|(found, _)| *found >= few));
                let common = words.last();
                Some(format!("{} {} {}", named?, words.get(words.len() / 2)?, common?))
            };
            texts
                .iter()
                .filter(|(own, _)| *own == urdu)
                .filter_map(|(_, words)| of(words))
                .take(QUERIES)
                .collect()
        };
        let phrases = |urdu: bool, most: u64| phrases(&pairs, urdu, most);
        let classes = vec![
            Class { name: "rare", queries: pick(false, 1, 2) },
            Class { name: "uncommon", queries: pick(false, 3, share(200)) },
            Class { name: "common", queries: pick(false, share(50), share(5)) },
            Class { name: "very common", queries: pick(false, share(3), sample) },
            Class { name: "several", queries: several(false, share(400)) },
            Class { name: "phrase", queries: phrases(false, share(200)) },
            Class { name: "phrase, common", queries: phrases(false, share(5)) },
            Class { name: "urdu, uncommon", queries: pick(true, 3, share(200)) },
            Class { name: "urdu, common", queries: pick(true, share(50), share(5)) },
            Class { name: "urdu, several", queries: several(true, share(400)) },
            Class { name: "urdu, phrase", queries: phrases(true, share(200)) },
        ];
        Self { classes: classes.into_iter().filter(|class| !class.queries.is_empty()).collect() }
    }
}

fn letters(word: &str) -> bool {
    word.chars().count() > 2 && word.chars().all(char::is_alphabetic)
}

/// Words that stand beside one another in a text.
fn pairs_of(words: &[String]) -> BTreeSet<String> {
    let pair = |pair: &[String]| match pair {
        [one, two] if letters(one) && letters(two) => Some(format!("\"{one} {two}\"")),
        _ => None,
    };
    words.windows(2).filter_map(pair).collect()
}

/// The phrases that most articles hold, of those that at most `most` do.
fn phrases(texts: &[(bool, BTreeSet<String>)], urdu: bool, most: u64) -> Vec<String> {
    let mut counts: BTreeMap<&String, u64> = BTreeMap::new();
    for pair in texts.iter().filter(|(own, _)| *own == urdu).flat_map(|(_, pairs)| pairs) {
        *counts.entry(pair).or_default() += 1;
    }
    let mut found: Vec<(u64, &String)> =
        counts.into_iter().map(|(pair, found)| (found, pair)).collect();
    found.retain(|(found, _)| *found <= most);
    found.sort_by(|one, two| two.cmp(one));
    found.into_iter().take(QUERIES).map(|(_, pair)| pair.clone()).collect()
}

/// The query in an address, with marks after it that mean nothing and that no other round has.
pub(super) fn spelled(query: &str, round: usize) -> String {
    let mut out = String::new();
    for byte in query.bytes() {
        match byte {
            b' ' => out.push('+'),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out.push('+');
    out.extend((0..16).map(|bit| if round >> bit & 1 == 1 { '.' } else { '-' }));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_queries_and_every_round_its_spelling() {
        let mix = Mix::of(&Generator::new(1), 600);
        assert!(mix.classes.len() >= 7, "{}", mix.classes.len());
        for class in &mix.classes {
            for query in &class.queries {
                assert!(!fold::words(query).is_empty(), "{}: {query}", class.name);
            }
        }
        assert_eq!(spelled("a و", 1), "a+%D9%88+.---------------");
        assert_ne!(spelled("a", 2), spelled("a", 3));
    }
}
