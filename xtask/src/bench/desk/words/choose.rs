//! Which candidates may be called loaded: words whose own uses, and those of their kind, were marked often enough.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::super::marks::Marked;
use ovn_desk::reading::{Token, tokens};

/// The share of right uses at which a word stays.
const SHARE: f64 = 0.65;
/// How many uses of its own weigh as much as all the uses of a word's kind.
const KIND_WEIGHT: f64 = 0.7;
/// A word that was seen once stays only where its kind reaches this share.
const KIND_SHARE: f64 = 0.2;
/// How many uses of all words are added to those of a kind.
const ALL_WEIGHT: f64 = 4.0;

/// Words to choose from.
#[derive(Debug)]
pub(super) struct Candidates {
    /// The lines as a list of loaded words.
    pub(super) list: String,
    /// The kind of every phrase.
    kinds: BTreeMap<String, String>,
}

/// How often a word was right, of how often it was found.
type Uses = (u32, u32);

impl Candidates {
    /// The candidates in a file: `## kind`, then the phrases of that kind, one a line.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|e| format!("Cannot read the candidates {}: {e}.", path.display()))?;
        Ok(Self::parse(&text))
    }

    fn parse(text: &str) -> Self {
        let mut kind = String::new();
        let (mut list, mut kinds) = (String::new(), BTreeMap::new());
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("## ") {
                name.clone_into(&mut kind);
                continue;
            }
            let phrase = line.split('\t').next().unwrap_or_default();
            let words: Vec<String> =
                tokens(phrase).into_iter().filter(Token::is_word).map(|word| word.low).collect();
            if !words.is_empty() {
                kinds.insert(words.join(" "), kind.clone());
                list.push_str(line);
                list.push('\n');
            }
        }
        Self { list, kinds }
    }

    /// The phrases that `seen` does not strike out.
    pub(super) fn choose<'a>(&self, seen: impl Iterator<Item = &'a Marked>) -> BTreeSet<&str> {
        let mut uses: BTreeMap<&str, Uses> = BTreeMap::new();
        for hit in seen.flat_map(|sentence| &sentence.hits) {
            add(uses.entry(&hit.phrase).or_default(), (u32::from(hit.right), 1));
        }
        let mut of_kind: BTreeMap<&str, Uses> = BTreeMap::new();
        let mut all = (0, 0);
        for (phrase, of) in &uses {
            let kind = self.kinds.get(*phrase).map(String::as_str).unwrap_or_default();
            add(of_kind.entry(kind).or_default(), *of);
            add(&mut all, *of);
        }
        let overall = f64::from(all.0) / f64::from(all.1.max(1));
        let stays = |phrase: &str, kind: &str| {
            let own = uses.get(phrase).copied().unwrap_or_default();
            let kind = of_kind.get(kind).copied().unwrap_or_default();
            // A word does not speak for its own kind.
            let right = f64::from(kind.0.saturating_sub(own.0));
            let found = f64::from(kind.1.saturating_sub(own.1));
            let kind = (right + ALL_WEIGHT * overall) / (found + ALL_WEIGHT);
            let share = (f64::from(own.0) + KIND_WEIGHT * kind) / (f64::from(own.1) + KIND_WEIGHT);
            share >= SHARE && (own.1 >= 2 || kind >= KIND_SHARE)
        };
        let kept = self.kinds.iter().filter(|(phrase, kind)| stays(phrase, kind));
        kept.map(|(phrase, _)| phrase.as_str()).collect()
    }
}

fn add(to: &mut Uses, more: Uses) {
    *to = (to.0 + more.0, to.1 + more.1);
}
