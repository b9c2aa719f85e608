//! A source that is no pronoun: a name, a name beside a role, or words without a name.

use super::{Who, names::Names, roles};
use crate::reading::{Reading, Token};
use std::ops::Range;

/// Words for one without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Described {
    /// The words in lower case without their determiner; the same words are the same voice.
    pub(super) key: String,
    /// As written.
    pub(super) name: String,
    pub(super) unnamed: bool,
    pub(super) official: bool,
    /// Whether several speak, so that "they" can mean them.
    pub(super) many: bool,
    /// Whether it is a body or a paper, so that "it" can mean it.
    pub(super) thing: bool,
}

/// Who the words at `source` of run `run` are; `None` when a name in them fits two.
pub(super) fn who(
    reading: &Reading<'_>,
    names: &mut Names,
    run: usize,
    source: Range<usize>,
) -> Option<Who> {
    let text = reading.runs.get(run)?;
    let tokens = text.tokens.as_slice();
    let head = source.start..head_end(tokens, &source);
    let named = names.within(run, head.clone());
    let at_end = named.iter().rev().find(|mention| mention.tokens.end >= head.end);
    if let Some(mention) = at_end {
        return mention.entity.map(Who::Named);
    }
    // "a spokesman, Name Surname".
    if tokens.get(head.end).is_some_and(|token| token.low == ",") {
        let beside = names.within(run, head.end + 1..source.end).first();
        let beside = beside.filter(|mention| {
            mention.tokens.start <= head.end + 2
                && tokens
                    .get(mention.tokens.end)
                    .is_none_or(|next| !next.is_word() || mention.tokens.end >= source.end)
        });
        if let Some(id) = beside.and_then(|mention| mention.entity) {
            learn(names, id, tokens.get(head).unwrap_or_default());
            return Some(Who::Named(id));
        }
    }
    let words = tokens.get(head.clone()).unwrap_or_default();
    if let Some(id) = introduced(names, words) {
        return Some(Who::Named(id));
    }
    let range = reading.bytes(run, source.clone());
    Some(Who::Words(described(words, text.text.get(range).unwrap_or_default())?))
}

/// Where the head of a source ends: at its first comma, bracket or preposition.
fn head_end(tokens: &[Token], source: &Range<usize>) -> usize {
    let inside = source.start + 1..source.end;
    let end = inside.clone().find(|at| {
        tokens.get(*at).is_some_and(|token| {
            matches!(
                token.low.as_str(),
                "," | "("
                    | "of"
                    | "for"
                    | "at"
                    | "from"
                    | "with"
                    | "in"
                    | "on"
                    | "who"
                    | "whose"
                    | "which"
                    | "that"
                    | "to"
                    | "—"
                    | "–"
                    | "during"
                    | "after"
            )
        })
    });
    end.unwrap_or(source.end)
}

/// What the role words beside a name tell about it.
fn learn(names: &mut Names, id: usize, words: &[Token]) {
    let Some(entity) = names.entities.get_mut(id) else { return };
    for token in words.iter().filter(|token| roles::is_role(&token.low)) {
        entity.gender = entity.gender.or(roles::gender(&token.low));
        entity.official |= roles::has(&token.low, "office");
        entity.person |= !roles::has(&token.low, "body") && !entity.body;
        entity.roles.insert(token.low.clone());
        names.by_role.entry(token.low.clone()).or_default().insert(id);
    }
}

/// The one whom the text introduced with this role: "the minister".
fn introduced(names: &Names, words: &[Token]) -> Option<usize> {
    let (first, last) = (words.first()?, words.last()?);
    let role = last.low.as_str();
    if first.low != "the" || !roles::is_role(role) || roles::has(role, "people") {
        return None;
    }
    let fits = names.by_role.get(role)?;
    let id = *fits.first()?;
    (fits.len() == 1).then_some(id)
}

fn described(words: &[Token], text: &str) -> Option<Described> {
    let first = words.first()?.low.as_str();
    let kept: Vec<&Token> = words
        .iter()
        .filter(|token| token.is_word())
        .filter(|token| !matches!(token.low.as_str(), "the" | "a" | "an" | "another"))
        .collect();
    let last = kept.last().copied().or_else(|| words.first())?;
    let head = last.base();
    let person = roles::has(head, "one") || roles::has(head, "people");
    let thing = roles::has(head, "body") || roles::has(head, "paper");
    let plural = head.len() > 3 && head.ends_with('s') && !head.ends_with("ss");
    let indefinite = matches!(
        first,
        "a" | "an" | "another" | "some" | "many" | "several" | "few" | "other" | "others" | "most"
    );
    let unknown =
        !person && !thing && !last.capital && (indefinite || plural || roles::is_role(head));
    let key: Vec<&str> = kept.iter().map(|token| token.base()).collect();
    Some(Described {
        key: if key.is_empty() { first.to_owned() } else { key.join(" ") },
        name: text.to_owned(),
        unnamed: person || unknown,
        official: words.iter().any(|token| roles::has(token.base(), "office")),
        many: roles::has(head, "people") || plural || roles::has(head, "body"),
        thing,
    })
}
