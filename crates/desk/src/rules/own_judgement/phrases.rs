//! Phrases that judge: an adjective with the noun it weighs, a verb that reads a meaning into an event.

use crate::{lists::List, reading::Token};
use std::{ops::Range, sync::LazyLock};

static ADJECTIVES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/en/judgements.txt")));
static NOUNS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/en/judged.txt")));
static VERBS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/en/readings.txt")));
static MEANINGS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/en/meanings.txt")));

static EVENTS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/en/events.txt")));

/// How many tokens at the head of a sentence may name the event.
const HEAD: usize = 5;

/// How many tokens may stand between a judging word and its noun.
const REACH: usize = 4;

/// Words behind which no noun of the same phrase can follow.
const STOPS: [&str; 27] = [
    "of", "in", "on", "at", "to", "for", "with", "by", "from", "and", "or", "but", "that", "which",
    "who", "is", "was", "were", "are", "be", "been", "has", "had", "have", "as", "than", "after",
];

/// The judging phrases of a sentence, as tokens of its run, in reading order and apart.
pub(super) fn of(tokens: &[Token], sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let found = judged(tokens, at, sentence.end).or_else(|| meant(tokens, at, sentence));
        match found {
            Some(range) => {
                at = range.end;
                out.push(range);
            }
            None => at += 1,
        }
    }
    out
}

/// An adjective at `at` and the noun that it weighs.
fn judged(tokens: &[Token], at: usize, end: usize) -> Option<Range<usize>> {
    let adjective = ADJECTIVES.at(tokens, at)?;
    // "statistically significant", "the First Major Step Inn": not a judgement of the writer's, or a name.
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    if before.is_some_and(|word| word.low == "statistically" || word.low == "no") {
        return None;
    }
    let kinds = &adjective.entry.with;
    let noun = ahead(tokens, adjective.tokens.end, end, |at| {
        let noun = NOUNS.at(tokens, at)?;
        let fits = noun.entry.with.split(' ').any(|kind| kinds.split(' ').any(|one| one == kind));
        fits.then_some(noun.tokens.end)
    })?;
    let words = tokens.get(at..noun)?;
    let named = words.iter().skip(1).any(|word| word.capital) && !words.iter().all(is_capital);
    (!named).then_some(at..noun)
}

fn is_capital(word: &Token) -> bool {
    word.capital || !word.is_word()
}

/// A verb at `at` that reads a meaning into an event, with the meaning.
fn meant(tokens: &[Token], at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let verb = VERBS.at(tokens, at)?;
    let end = sentence.end;
    let before = at.checked_sub(1).and_then(|before| tokens.get(before))?;
    let stands = match verb.entry.with.as_str() {
        "participle" => before.low == ",",
        // A person who underscores something says it: that is for attribution.
        _ => is_event(tokens, sentence, at),
    };
    let article = tokens.get(verb.tokens.end)?;
    let article = matches!(article.low.as_str(), "a" | "an" | "the" | "their" | "its" | "both");
    if !stands || !article {
        return None;
    }
    // Where an adjective weighs the noun, that phrase is the finding.
    let from = verb.tokens.end + 1;
    let weighed = (from..(from + REACH).min(end)).any(|at| judged(tokens, at, end).is_some());
    if weighed {
        return None;
    }
    let noun = ahead(tokens, from, end, |at| MEANINGS.at(tokens, at).map(|noun| noun.tokens.end))?;
    Some(at..noun)
}

/// Whether the verb at `verb` reads a meaning into an event: the event stands right before it, or at the head of the
/// sentence when an aside stands between.
pub(super) fn is_event(tokens: &[Token], sentence: &Range<usize>, verb: usize) -> bool {
    let is_verb = VERBS.at(tokens, verb).is_some_and(|hit| hit.entry.with == "finite");
    let Some(before) = verb.checked_sub(1).filter(|_| is_verb) else { return false };
    let happens = |token: &Token| EVENTS.has(&token.low);
    let aside = tokens.get(before).is_some_and(|mark| mark.low == ",");
    let head = sentence.start..before.min(sentence.start + HEAD);
    tokens.get(before).is_some_and(happens)
        || aside && tokens.get(head).unwrap_or_default().iter().any(happens)
}

/// The first place from `from` on, within reach and the same phrase, where `noun` finds one.
fn ahead(
    tokens: &[Token],
    from: usize,
    end: usize,
    noun: impl Fn(usize) -> Option<usize>,
) -> Option<usize> {
    for at in from..(from + REACH).min(end) {
        if let Some(found) = noun(at).filter(|found| *found <= end) {
            return Some(found);
        }
        let token = tokens.get(at)?;
        let passes = token.is_hyphen()
            || token.is_word() && !STOPS.contains(&token.low.as_str())
            || is_inside_hyphens(tokens, at);
        if !passes {
            return None;
        }
    }
    None
}

/// Whether the word at `at` is part of a word with hyphens: "in" of "in-person".
fn is_inside_hyphens(tokens: &[Token], at: usize) -> bool {
    let hyphen = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(Token::is_hyphen);
    hyphen(at.checked_sub(1)) || hyphen(at.checked_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::tokens;

    #[test]
    fn every_kind_of_the_lists_meets() {
        let nouns = include_str!("../../../lists/en/judged.txt");
        for adjective in include_str!("../../../lists/en/judgements.txt").lines() {
            let Some((word, kinds)) = adjective.split_once('\t') else { continue };
            for kind in kinds.split(' ') {
                let noun = nouns.lines().find_map(|line| {
                    let (noun, of) = line.split_once('\t')?;
                    of.split(' ').any(|one| one == kind).then_some(noun)
                });
                let text = format!("a {word} {}", noun.expect("a kind without a noun"));
                let tokens = tokens(&text);
                let found = of(&tokens, &(0..tokens.len()));
                assert_eq!(found.len(), 1, "{text}");
                assert_eq!(found.first(), Some(&(1..tokens.len())), "{text}");
            }
        }
    }
}
