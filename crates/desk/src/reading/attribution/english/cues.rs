//! The words that say that somebody speaks, thinks or takes a stand, and the forms of them that are no such words.

use super::{frame::Frame, grammar};
use crate::{
    lists::{Aged, List, lines},
    reading::Token,
};
use std::ops::Range;

/// The five forms of every verb, made into phrases.
static VERBS: Aged<List> = Aged::new(include_str!("../../../../lists/en/cues.txt"), verbs);
static NOUNS: Aged<List> =
    Aged::new(include_str!("../../../../lists/en/cue-nouns.txt"), List::known);
static PHRASES: Aged<List> =
    Aged::new(include_str!("../../../../lists/en/cue-phrases.txt"), List::known);

/// A cue, in tokens of its run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) tokens: Range<usize>,
    pub(super) kind: Kind,
    pub(super) shape: Shape,
}

/// What a cue says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Somebody's words.
    Say,
    /// Somebody's thought, will or stand.
    Mind,
    /// A paper's or a count's content.
    Show,
    /// What seems or is said, by nobody in particular.
    Seem,
    /// "According to".
    According,
}

/// How a cue stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A verb with a subject of its own.
    Finite,
    /// "saying …", "to say …": its subject is that of the clause it hangs on.
    Ing,
    /// "is said to …", "was criticised by …".
    Passive,
    /// "the claim that …".
    Noun,
    /// "according to …", "in the words of …".
    Phrase,
    /// "reportedly".
    Adverb,
}

fn verbs(text: &str, version: u32) -> List {
    let mut phrases = Vec::new();
    for line in lines(text, version) {
        let Some((verb, kind)) = line.split_once('\t') else { continue };
        let (forms, rest) = verb.split_once(' ').unwrap_or((verb, ""));
        for (at, form) in forms.split('|').enumerate().filter(|(_, form)| *form != "-") {
            let number = ["base", "s", "past", "participle", "ing"].get(at).unwrap_or(&"past");
            phrases.push((format!("{form} {rest}"), format!("{number} {kind}")));
        }
    }
    // Past and participle are mostly one word; the first entry of a form is the one that is found.
    List::of(phrases.iter().map(|(phrase, with)| (phrase.as_str(), with.as_str())))
}

/// The cues of one sentence outside quotations, from left to right, none inside another.
pub(super) fn of(frame: &Frame<'_>, sentence: Range<usize>) -> Vec<Cue> {
    let mut out = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let found = if frame.is_quoted(at) { None } else { cue(frame, &sentence, at) };
        match found.filter(|cue| cue.tokens.end <= sentence.end) {
            Some(cue) => {
                at = cue.tokens.end;
                out.push(cue);
            }
            None => at += 1,
        }
    }
    out
}

fn cue(frame: &Frame<'_>, sentence: &Range<usize>, at: usize) -> Option<Cue> {
    let version = frame.reading.version;
    if let Some(hit) = PHRASES.at(version).and_then(|list| list.at(frame.tokens, at)) {
        let left = lead(frame, sentence, at);
        let (kind, shape) = match hit.entry.with.as_str() {
            "adjective"
                if left <= sentence.start || !grammar::is_copula(version, frame.before(left)) =>
            {
                return None;
            }
            "adjective" => (Kind::Mind, Shape::Finite),
            "adverb" => (Kind::Seem, Shape::Adverb),
            "passive" => (Kind::Seem, Shape::Passive),
            _ => (Kind::According, Shape::Phrase),
        };
        return Some(Cue { tokens: hit.tokens, kind, shape });
    }
    if let Some(cue) = verb(frame, sentence, at) {
        return Some(cue);
    }
    let hit = NOUNS.at(version)?.at(frame.tokens, at)?;
    let next = frame.low(hit.tokens.end);
    let follows = hit.entry.with.split(' ').any(|word| word == next);
    follows.then_some(Cue { tokens: hit.tokens, kind: Kind::Say, shape: Shape::Noun })
}

fn verb(frame: &Frame<'_>, sentence: &Range<usize>, at: usize) -> Option<Cue> {
    let hit = VERBS.at(frame.reading.version)?.at(frame.tokens, at)?;
    let mut fields = hit.entry.with.split(' ');
    let form = fields.next()?;
    let kind = match fields.next()? {
        "mind" => Kind::Mind,
        "show" => Kind::Show,
        "seem" => Kind::Seem,
        _ => Kind::Say,
    };
    let left = lead(frame, sentence, at);
    let prev = left.checked_sub(1).filter(|prev| *prev >= sentence.start);
    let low = prev.map_or("", |prev| frame.low(prev));
    let hyphen = prev == Some(left.wrapping_sub(1))
        && frame.tokens.get(left.wrapping_sub(1)).is_some_and(Token::is_hyphen);
    if hyphen || frame.tokens.get(hit.tokens.end).is_some_and(Token::is_hyphen) {
        return None;
    }
    // "say" is hardly anything else.
    let plain =
        matches!(frame.low(at), "say" | "says") && !grammar::is_determiner(low) && low != "to";
    let shape = match form {
        _ if plain => Shape::Finite,
        "past" | "participle" => past(frame, left, low)?,
        "ing" => {
            if grammar::is_be(low) {
                Shape::Finite
            } else if grammar::is_determiner(low) || prev.is_some_and(|p| frame.is_possessive(p)) {
                return None;
            } else {
                Shape::Ing
            }
        }
        "s" => {
            let clear = prev
                .is_some_and(|prev| frame.is_capital(prev) && !frame.is_possessive(prev))
                || grammar::is_subject(low)
                || matches!(low, "which" | "that" | "and" | "also");
            if !clear && !is_object(frame, hit.tokens.end) {
                return None;
            }
            if grammar::is_determiner(low)
                || grammar::is_preposition(low)
                || prev.is_some_and(|p| frame.is_possessive(p))
            {
                return None;
            }
            Shape::Finite
        }
        _ => base(frame, left, low, prev)?,
    };
    Some(Cue { tokens: hit.tokens, kind, shape })
}

/// The token after the word that decides about the form at `at`: adverbs before the verb are passed over.
fn lead(frame: &Frame<'_>, sentence: &Range<usize>, at: usize) -> usize {
    let mut left = at;
    while left > sentence.start && grammar::is_adverb(frame.before(left)) {
        left -= 1;
    }
    left
}

/// Whether a determiner may be the whole subject: "many said". The later words came with the second reading.
fn stands_alone(low: &str, second: bool) -> bool {
    match low {
        "some" | "many" | "most" | "others" | "one" | "several" | "both" | "few" | "more" => true,
        "another" | "all" | "two" | "three" | "four" | "five" => second,
        _ => false,
    }
}

fn past(frame: &Frame<'_>, left: usize, low: &str) -> Option<Shape> {
    if grammar::is_be(low) {
        return Some(Shape::Passive);
    }
    let prev = left.checked_sub(1);
    let second = frame.reading.version >= 2;
    // A preposition with a capital belongs to a name.
    let named = second && left > 1 && frame.is_capital(left - 1);
    if grammar::is_determiner(low) && !stands_alone(low, second)
        || grammar::is_preposition(low) && low != "to" && !named
        || prev.is_some_and(|prev| frame.is_possessive(prev) && frame.is_word(prev))
    {
        return None;
    }
    Some(Shape::Finite)
}

fn base(frame: &Frame<'_>, left: usize, low: &str, prev: Option<usize>) -> Option<Shape> {
    if low == "to" {
        return Some(Shape::Ing);
    }
    let plural = prev.is_some_and(|prev| {
        low.len() > 3
            && low.ends_with('s')
            && !low.ends_with("ss")
            && !low.ends_with("'s")
            && frame.is_word(prev)
    });
    let many = matches!(
        low,
        "people"
            | "police"
            | "some"
            | "many"
            | "others"
            | "most"
            | "men"
            | "women"
            | "who"
            | "that"
            | "i"
            | "we"
            | "you"
            | "they"
            | "and"
            | "media"
            | "press"
            | "percent"
            | "%"
            | "both"
            | "few"
            | "more"
            | "thirds"
            | "half"
            | ","
    );
    (grammar::is_aux(low) && !grammar::is_be(low) || plural || many || low == "not")
        .then_some(Shape::Finite)
        .filter(|_| left > 0 || low.is_empty())
        .or_else(|| is_clause(frame, left).then_some(Shape::Finite))
}

/// Whether what stands at `at` can be what a verb governs: "that", a quotation, a pronoun, a noun phrase.
fn is_object(frame: &Frame<'_>, at: usize) -> bool {
    let low = frame.low(at);
    frame.is_quoted(at)
        || matches!(
            low,
            "that"
                | "to"
                | "how"
                | "why"
                | "what"
                | "whether"
                | "if"
                | "him"
                | "them"
                | "me"
                | "us"
                | ":"
                | "there"
        )
        || grammar::is_determiner(low)
        || grammar::is_subject(low)
        || frame.is_capital(at)
}

/// Whether a that-clause follows the word at `at`.
fn is_clause(frame: &Frame<'_>, at: usize) -> bool {
    frame.low(at + 1) == "that" || frame.is_quoted(at + 1)
}
