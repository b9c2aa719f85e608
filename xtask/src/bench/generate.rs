//! Made-up articles for benchmarks: the i-th of a seed is the same file on every machine, in English or Urdu, with sources.
//!
//! Every sentence is of the house's own writing and every place is invented; nothing in them happened. Words are drawn
//! unevenly, as in real text: some stand in every article (`said`, `کے`), place names thin out until the rarest stand in
//! one among a hundred thousand.

mod chance;
mod english;
mod room;
mod urdu;

pub use room::{Made, room};

use chance::Chance;
use std::fmt::Write as _;

/// Every article whose number leaves this remainder when divided by four is in Urdu.
const URDU: u64 = 3;

/// Gives made-up articles, each by its number.
#[derive(Debug, Clone, Copy)]
pub struct Generator {
    seed: u64,
}

/// One made-up article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The name that its file is given: `0000042.md`.
    pub name: String,
    /// `en` or `ur`.
    pub lang: &'static str,
    /// The last part of its address; no other article of the same seed has it.
    pub slug: String,
    /// Its headline.
    pub headline: String,
    /// The file, as `ovn publish` takes it.
    pub markdown: String,
}

/// What the two languages write, in the order in which it stands in a file.
struct Text {
    headline: String,
    standfirst: String,
    place: String,
    /// The place in Latin letters, for the slug.
    latin: String,
    section: &'static str,
    byline: &'static str,
    topics: Vec<String>,
    parties: Vec<String>,
    story: Option<String>,
    sources: Vec<Source>,
    body: String,
}

/// One source of an article.
struct Source {
    /// Its id, which is its kind too.
    kind: &'static str,
    /// Its type in CSL.
    csl: &'static str,
    title: String,
    speaks_for: Option<String>,
}

/// An article's three sources by their titles and the parties that they speak for.
fn sources(titles: [String; 3], parties: [Option<&String>; 3]) -> Vec<Source> {
    let kinds = [("statement", "speech"), ("document", "report"), ("interview", "interview")];
    let all = kinds.into_iter().zip(titles).zip(parties);
    all.map(|(((kind, csl), title), party)| {
        let speaks_for = party.cloned();
        Source { kind, csl, title, speaks_for }
    })
    .collect()
}

impl Generator {
    /// Articles of this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The language of the article with this number: `ur` for every fourth.
    #[must_use]
    pub const fn lang(number: u64) -> &'static str {
        if number % 4 == URDU { "ur" } else { "en" }
    }

    /// The article with this number, from 0.
    #[must_use]
    pub fn article(&self, number: u64) -> Piece {
        let mut chance = Chance::of(self.seed, number);
        let lang = Self::lang(number);
        let text = match lang {
            "ur" => urdu::text(&mut chance),
            _ => english::text(&mut chance),
        };
        let slug = format!("{}-{number}", text.latin.to_lowercase());
        let markdown = file(&text, lang, &slug, &mut chance);
        Piece { name: format!("{number:07}.md"), lang, slug, headline: text.headline, markdown }
    }
}

/// The article file.
fn file(text: &Text, lang: &str, slug: &str, chance: &mut Chance) -> String {
    let (month, day) = (1 + chance.below(10), 1 + chance.below(28));
    let date = format!("2026-{month:02}-{day:02}");
    let mut out = String::new();
    // Writing to a String cannot fail.
    let mut line = |text: std::fmt::Arguments<'_>| {
        let _ = writeln!(out, "{text}");
    };
    line(format_args!("---\nheadline: {}\nstandfirst: {}", text.headline, text.standfirst));
    line(format_args!("lang: {lang}\nslug: {slug}\nsections: [{}]", text.section));
    line(format_args!("byline: [{}]", text.byline));
    line(format_args!("dateline: {{place: {}, date: {date}}}", text.place));
    line(format_args!("topics: [{}]", text.topics.join(", ")));
    line(format_args!("parties: [{}]", text.parties.join(", ")));
    if let Some(story) = &text.story {
        line(format_args!("story: {story}"));
    }
    line(format_args!("references:"));
    for source in &text.sources {
        line(format_args!("  - id: {}\n    type: {}", source.kind, source.csl));
        line(format_args!("    title: {}\n    issued: {date}", source.title));
        let party = source.speaks_for.as_ref().map(|party| format!(", speaks-for: {party}"));
        line(format_args!("    custom: {{kind: {}{}}}", source.kind, party.unwrap_or_default()));
    }
    line(format_args!("---\n{}", text.body.trim_end()));
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use ovn_edition::markdown;
    use std::collections::BTreeSet;

    #[test]
    fn every_file_is_an_article_with_sources() {
        let generator = Generator::new(7);
        let mut slugs = BTreeSet::new();
        for number in 0..400 {
            let piece = generator.article(number);
            let read = markdown::read(piece.markdown.as_bytes());
            let article = read.unwrap_or_else(|found| panic!("{found:?}\n{}", piece.markdown));
            assert_eq!(article.lang, Generator::lang(number));
            assert_eq!(article.headline, piece.headline);
            assert!(article.references.len() >= 2, "{}", piece.markdown);
            assert!(slugs.insert(piece.slug.clone()), "{}", piece.slug);
        }
    }

    #[test]
    fn a_number_gives_the_same_file_again_and_another_seed_another() {
        let check = |seed: u64, number: u64| Generator::new(seed).article(number);
        assert_eq!(check(1, 5), check(1, 5));
        assert_ne!(check(1, 5).markdown, check(2, 5).markdown);
        assert_ne!(check(1, 5).markdown, check(1, 6).markdown);
        // Whoever compares figures of two days compares the same texts.
        let known = ovn_edition::hex::encode(&ovn_edition::commit::sha256(
            (0..64).map(|number| check(1, number).markdown).collect::<String>().as_bytes(),
        ));
        assert_eq!(known, "258c2c2d4db86699c44c381e832666adec242be50fb9e3953ff314c7dd37500f");
    }

    #[test]
    fn words_are_drawn_unevenly() {
        let generator = Generator::new(3);
        let texts: Vec<String> = (0..400).map(|n| generator.article(n).markdown).collect();
        let with = |word: &str| texts.iter().filter(|text| text.contains(word)).count();
        assert_eq!(with("said"), 300);
        assert_eq!(with(" کے "), 100);
        let places: BTreeSet<&str> = texts
            .iter()
            .filter_map(|text| text.split_once("place: ")?.1.split_once(','))
            .map(|(place, _)| place)
            .collect();
        assert!(places.len() > 150, "{}", places.len());
    }
}
