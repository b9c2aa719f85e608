//! What an edit weighs: whether it may pass as the correction of a typo, or changes what the text says.
//!
//! [`crate::model::Class::Typo`] promises that no number, name, quotation or negation changes. The judgement errs on
//! the side of telling readers: what it can't see to be a spelling is no typo. English words may change by a letter or
//! two; Urdu words only as [`crate::fold::spelling`] takes two spellings for one.

mod lists;
mod token;

use crate::text::one_line;
use crate::{
    diff::{self, Change, How, Op, What as Part},
    model::{Article, Block, Inline, Mark},
};
use std::collections::HashSet;
use token::Token;

/// What about a text carries its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A number, in digits or words, with its sign, currency or percentage.
    Number,
    /// A name: a capitalised word that opens no sentence, or a party, topic or author.
    Name,
    /// Words between quotation marks, or in a block quotation.
    Quotation,
    /// A word that denies: not, never, نہیں.
    Negation,
    /// A word that became another word, came or went; in Urdu also one whose spelling is no mere variant.
    Word,
    /// What the text rests on or leads to: a source, a citation, a link, a picture.
    Source,
}

/// One reason why an edit is no typo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighty {
    /// What it changes.
    pub what: What,
    /// The old words; empty where none were.
    pub old: String,
    /// The new words; empty where none are.
    pub new: String,
    /// Number of the block in the new sealed document, in the old one for a block that is gone; from 0.
    pub block: usize,
}

/// Why the edit from `old` to `new` is more than the correction of a typo; empty when it may pass as one.
#[must_use]
pub fn typo(old: &Article, new: &Article) -> Vec<Weighty> {
    let names = names(old, new);
    let mut out = Vec::new();
    for change in diff::articles(old, new) {
        let Some(block) = change.new.or(change.old) else { continue };
        if let Some(what) = source(&change, old, new) {
            let (before, after) = (side(&change.ops, Part::Ins), side(&change.ops, Part::Del));
            out.push(Weighty { what, old: before, new: after, block });
        }
        let quoted = change.part == "quote";
        let is_body = !matches!(change.part, "byline" | "parties" | "topics" | "story" | "source");
        let weighed = if is_body { text(&change, quoted, &names) } else { metadata(&change) };
        out.extend(weighed.into_iter().map(|(what, old, new)| Weighty { what, old, new, block }));
    }
    out
}

/// As [`typo`], for those who only ask whether it may pass.
///
/// # Errors
/// The reasons why not.
pub fn typo_allowed(old: &Article, new: &Article) -> Result<(), Vec<Weighty>> {
    let reasons = typo(old, new);
    if reasons.is_empty() { Ok(()) } else { Err(reasons) }
}

/// What weighs in the change of one plain text to another: the kind, old and new words.
#[must_use]
pub fn plain(old: &str, new: &str) -> Vec<(What, String, String)> {
    weigh(&diff::words(old, new), old, new, false, &HashSet::new())
}

/// Folded words of the names that either article declares.
fn names(old: &Article, new: &Article) -> HashSet<String> {
    let mut out = HashSet::new();
    for article in [old, new] {
        let declared = [&article.parties, &article.topics, &article.byline].into_iter().flatten();
        for name in declared {
            let words = crate::fold::spelling(name);
            out.extend(words.into_iter().filter(|word| !lists::is_common(word)));
        }
    }
    out
}

/// Lists of names and references: whatever changes in them weighs.
fn metadata(change: &Change) -> Vec<(What, String, String)> {
    let (old, new) = (side(&change.ops, Part::Ins), side(&change.ops, Part::Del));
    if crate::fold::spelling(&old) == crate::fold::spelling(&new) || change.part == "source" {
        return Vec::new();
    }
    vec![(What::Name, old, new)]
}

fn text(change: &Change, quoted: bool, names: &HashSet<String>) -> Vec<(What, String, String)> {
    let (old, new) = (side(&change.ops, Part::Ins), side(&change.ops, Part::Del));
    weigh(&change.ops, &old, &new, quoted, names)
}

/// One side of a comparison: all but the pieces of the other side.
fn side(ops: &[Op], without: Part) -> String {
    ops.iter().filter(|op| op.what != without).map(|op| op.text.as_str()).collect()
}

fn weigh(
    ops: &[Op],
    old: &str,
    new: &str,
    quoted: bool,
    names: &HashSet<String>,
) -> Vec<(What, String, String)> {
    let mut out = Vec::new();
    let (before, after) = if quoted {
        (vec![one_line(old)], vec![one_line(new)])
    } else {
        (token::quotations(old), token::quotations(new))
    };
    if before != after {
        out.push((What::Quotation, before.join(" … "), after.join(" … ")));
    }
    let (old_tokens, new_tokens) = (token::of(old, names), token::of(new, names));
    let (mut at_old, mut at_new) = (0, 0);
    for (deleted, inserted) in changed(ops, &mut at_old, &mut at_new) {
        let gone = token::touched(&old_tokens, &deleted);
        let came = token::touched(&new_tokens, &inserted);
        out.extend(chunk(&gone, &came));
    }
    out.dedup();
    out
}

type Bytes = std::ops::Range<usize>;

/// The byte ranges that changed, old and new, one pair for each change.
fn changed(ops: &[Op], at_old: &mut usize, at_new: &mut usize) -> Vec<(Bytes, Bytes)> {
    let mut out = Vec::new();
    let mut open: Option<(Bytes, Bytes)> = None;
    for op in ops {
        let length = op.text.len();
        if op.what == Part::Same {
            out.extend(open.take());
            *at_old += length;
            *at_new += length;
            continue;
        }
        let pair = open.get_or_insert((*at_old..*at_old, *at_new..*at_new));
        if op.what == Part::Del {
            *at_old += length;
            pair.0.end = *at_old;
        } else {
            *at_new += length;
            pair.1.end = *at_new;
        }
    }
    out.extend(open);
    out
}

/// What weighs in the replacement of some words by others.
fn chunk(gone: &[&Token], came: &[&Token]) -> Vec<(What, String, String)> {
    let words = |tokens: &[&Token]| -> String {
        let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        texts.join(" ")
    };
    let mut out = Vec::new();
    for what in [What::Number, What::Negation, What::Name] {
        let only = |tokens: &[&Token]| -> Vec<String> {
            let those = tokens.iter().filter(|token| token.what == what);
            those.map(|token| token.value.clone()).collect()
        };
        if only(gone) != only(came) {
            out.push((what, words(gone), words(came)));
        }
    }
    if out.is_empty() && !token::respelt(gone, came) {
        out.push((What::Word, words(gone), words(came)));
    }
    out
}

/// Sources, citations, links, pictures, and hidden values of the parts before the body.
fn source(change: &Change, old: &Article, new: &Article) -> Option<What> {
    match change.part {
        "source" | "image" => return Some(What::Source),
        "event" | "dateline" | "language" if change.how != How::Words => return Some(What::Word),
        _ => {}
    }
    let first = crate::claims::first_body_block;
    let at = |article: &Article, number: Option<usize>| {
        let index = number?.checked_sub(first(article))?;
        article.body.get(index).map(leads)
    };
    let (before, after) = (at(old, change.old), at(new, change.new));
    (before.unwrap_or_default() != after.unwrap_or_default()).then_some(What::Source)
}

/// What a block cites and links to, in order.
fn leads(block: &Block) -> Vec<String> {
    let mut out = Vec::new();
    block.each_run(&mut |run| {
        for piece in run {
            match piece {
                Inline::Cite { items } => {
                    out.extend(items.iter().map(|item| format!("{} {}", item.id, item.locator)));
                }
                Inline::Text { marks, .. } => {
                    out.extend(marks.iter().filter_map(|mark| match mark {
                        Mark::Link { href, .. } => Some(href.clone()),
                        _ => None,
                    }))
                }
                Inline::Break {} => {}
            }
        }
    });
    out.dedup();
    out
}

#[cfg(test)]
mod tests;
