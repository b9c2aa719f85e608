//! What a text gives: the numbers and names of a headline or a caption that stand nowhere else in it.

use crate::{
    lists::List,
    reading::{
        Lang, Part, Reading, Run, Token,
        numbers::{self, Number},
    },
};
use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

static PLACES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/places.txt")));
static PLACES_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/places.txt")));
static COMMON: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/headline_words.txt")));

/// What a text holds.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub(super) words: BTreeSet<String>,
    numbers: Vec<Number>,
    /// Groups of the list of places that it names.
    groups: BTreeSet<&'a str>,
    /// First letters of its words, those of little words left out.
    initials: String,
}

fn places(lang: Lang) -> &'static List {
    if lang == Lang::Urdu { &PLACES_UR } else { &PLACES }
}

/// What the runs of a text hold, those of one part left out.
pub(super) fn body<'a>(reading: &Reading<'_>, except: Part) -> Body<'a> {
    let mut body = Body {
        words: BTreeSet::new(),
        numbers: Vec::new(),
        groups: BTreeSet::new(),
        initials: String::new(),
    };
    for run in reading.runs.iter().filter(|run| run.part != except) {
        for token in run.tokens.iter().filter(|token| token.is_word()) {
            let base = plain(token);
            if !matches!(base.as_str(), "of" | "the" | "and" | "for" | "on" | "in" | "to" | "a") {
                body.initials.extend(base.chars().next());
            }
            body.words.insert(base);
        }
        body.initials.push(' ');
        body.numbers.extend(numbers::of(&run.tokens));
        let tokens = bases(&run.tokens);
        let hits = places(reading.lang).hits(&tokens, 0..tokens.len());
        body.groups.extend(hits.iter().map(|hit| hit.entry.with.as_str()));
    }
    body
}

/// The same tokens, each without an English possessive.
fn bases(tokens: &[Token]) -> Vec<Token> {
    tokens.iter().map(|token| Token { low: token.base().to_owned(), ..token.clone() }).collect()
}

/// A word without possessive and full stops: "u.s." is "us".
fn plain(token: &Token) -> String {
    token.base().replace('.', "")
}

/// Whether a headline's number is one that the text should give: no year, no small count, no part of an expression.
fn is_checkable(tokens: &[Token], number: &Number) -> bool {
    let near =
        |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |one| one.low.as_str());
    let before = near(number.tokens.start.checked_sub(1));
    let after = near(Some(number.tokens.end));
    let year = number.digits && (1_900_000..2_100_000).contains(&number.value) && !number.percent;
    let joined = ["/", "-", ":", "'", "’", "‘", ".", "#"];
    let list = number.tokens.start == 0 && !number.percent;
    let counted = matches!(before, "top" | "these" | "the" | "no" | "g");
    number.value > 5_000
        && !year
        && !list
        && !counted
        && !joined.contains(&before)
        && !joined.contains(&after)
        && !matches!(after, "things" | "reasons" | "ways" | "takeaways" | "questions" | "facts")
}

/// Whether the text gives the number, or one that rounds to it.
fn has_number(body: &Body<'_>, number: &Number) -> bool {
    let reach = if number.value >= 10_000 { number.value / 20 } else { 0 };
    body.numbers.iter().any(|one| one.value.abs_diff(number.value) <= reach)
}

/// The names of a headline: places, and capitals where none are due.
fn names(lang: Lang, head: &Run) -> Vec<Range<usize>> {
    let tokens = bases(&head.tokens);
    let hits = places(lang).hits(&tokens, 0..tokens.len());
    let named =
        |at: usize| tokens.get(at).is_some_and(|token| token.capital && !is_word(head, token));
    let mut out: Vec<Range<usize>> = hits
        .iter()
        .filter(|hit| lang == Lang::Urdu || named(hit.tokens.start))
        .map(|hit| hit.tokens.clone())
        .collect();
    if lang != Lang::English || is_title_case(&tokens) {
        return out;
    }
    for (at, token) in tokens.iter().enumerate() {
        let named = token.capital && !is_start(&tokens, at) && !is_acronym(head, token);
        let taken = out.iter().any(|range| range.contains(&at));
        if named && !taken && !COMMON.has(&token.low) {
            out.push(at..at + 1);
        }
    }
    out
}

/// "Us" is a word, "US" a country.
fn is_word(head: &Run, token: &Token) -> bool {
    token.low.len() <= 2 && !is_acronym(head, token)
}

/// Whether a capital is due here: after a stop, a colon, a dash or a mark of quotation.
fn is_start(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    before.is_none_or(|token| !token.is_word() && !matches!(token.low.as_str(), "," | "&" | "-"))
}

fn is_title_case(tokens: &[Token]) -> bool {
    let long = |token: &&Token| token.low.chars().count() >= 4 && token.is_word();
    let all = tokens.iter().skip(1).filter(long).count();
    let capital = tokens.iter().skip(1).filter(long).filter(|token| token.capital).count();
    capital * 10 > all * 7
}

fn is_acronym(head: &Run, token: &Token) -> bool {
    let text = head.text.get(token.from..token.to).unwrap_or_default();
    let text = text.trim_end_matches(['s', '\'', '’', '.']);
    text.chars().count() >= 2 && text.chars().all(|letter| letter.is_uppercase() || letter == '.')
}

fn has_name(lang: Lang, head: &Run, at: &Range<usize>, body: &Body<'_>) -> bool {
    let group = places(lang).at(&bases(&head.tokens), at.start).map(|hit| hit.entry.with.as_str());
    if group.is_some_and(|group| body.groups.contains(group)) {
        return true;
    }
    let tokens = head.tokens.get(at.clone()).unwrap_or_default();
    tokens.iter().filter(|token| token.is_word()).all(|token| {
        let name = plain(token);
        let short = name.chars().count() < 4;
        body.words.contains(&name)
            || body.words.contains(&format!("{name}s"))
            || name.strip_suffix('s').is_some_and(|one| body.words.contains(one))
            || (is_acronym(head, token) && body.initials.contains(name.trim_end_matches('s')))
            || (!short && body.words.iter().any(|word| is_kin(word, &name)))
    })
}

/// Whether one word begins with the other's first letters, all but its ending.
fn is_kin(word: &str, name: &str) -> bool {
    let stem: String = name.chars().take(name.chars().count().saturating_sub(2).max(4)).collect();
    word.starts_with(&stem) || (word.chars().count() >= 4 && name.starts_with(word))
}

/// The numbers and names of a run that the body never gives, as tokens, in reading order.
pub(super) fn missing(lang: Lang, run: &Run, body: &Body<'_>) -> Vec<Range<usize>> {
    let found = numbers::of(&run.tokens);
    let mut missing: Vec<Range<usize>> = found
        .iter()
        .filter(|one| is_checkable(&run.tokens, one) && !has_number(body, one))
        .map(|one| one.tokens.clone())
        .collect();
    missing.extend(names(lang, run).into_iter().filter(|at| !has_name(lang, run, at, body)));
    missing.sort_by_key(|range| range.start);
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_words() {
        let check = |word: &str, name: &str, kin: bool| {
            assert_eq!(is_kin(word, name), kin, "{word} {name}")
        };
        check("norwegian", "norway", true);
        check("oldbridge", "oldbridgers", true);
        check("marlow", "marlowe", true);
        check("town", "newtown", false);
    }
}
