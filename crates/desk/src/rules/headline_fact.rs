//! A number, a name or a place of the headline that the text below never gives.

use crate::{
    lists::List,
    reading::{
        Lang, Part, Reading, Run, Token,
        numbers::{self, Number},
    },
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

pub(super) const RULE: Rule = Rule {
    id: "headline-fact",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Only in the headline",
            definition: "A number, a name or a place stands in the headline and, in none of its usual forms, in the text.",
            why: "“{}” stands in the headline and nowhere in the text below it.",
            settle: "Give it in the text with its source, or take it out of the headline.",
        },
        Words {
            title: "صرف سرخی میں",
            definition: "کوئی عدد، نام یا جگہ سرخی میں ہے اور متن میں کسی عام صورت میں نہیں۔",
            why: "”{}“ سرخی میں ہے اور نیچے متن میں کہیں نہیں۔",
            settle: "اسے حوالے کے ساتھ متن میں دیں، یا سرخی سے ہٹا دیں۔",
        },
    ],
    evidence: "Many read the headline alone, so what stands only there is never shown. Stepped around: words and digits, \
               rounding, dozens and hundreds, years, counts below six, initials, peoples for countries, seats of \
               government for governments, headlines in title case except for places and acronyms.",
    basis: Basis::Judged(&[]),
    check,
};

static PLACES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/places.txt")));
static PLACES_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/places.txt")));
static COMMON: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/headline_words.txt")));

/// What the text below the headline holds.
struct Body<'a> {
    words: BTreeSet<String>,
    numbers: Vec<Number>,
    /// Groups of the list of places that it names.
    groups: BTreeSet<&'a str>,
    /// First letters of its words, those of little words left out.
    initials: String,
}

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let Some((number, head)) =
        reading.runs.iter().enumerate().find(|(_, run)| run.part == Part::Headline)
    else {
        return;
    };
    let body = body(reading);
    // A text of a line or two is a notice: its headline may be all there is.
    if body.words.len() < 40 {
        return;
    }
    let found = numbers::of(&head.tokens);
    let mut missing: Vec<Range<usize>> = found
        .iter()
        .filter(|one| is_checkable(&head.tokens, one) && !has_number(&body, one))
        .map(|one| one.tokens.clone())
        .collect();
    missing.extend(
        names(reading.lang, head).into_iter().filter(|at| !has_name(reading.lang, head, at, &body)),
    );
    missing.sort_by_key(|range| range.start);
    let at: Vec<_> = missing
        .into_iter()
        .map(|tokens| reading.spot(number, reading.bytes(number, tokens)))
        .collect();
    let words: Vec<&str> = at.iter().map(|spot| spot.words.as_str()).collect();
    let words = words.join("”, “");
    if !at.is_empty() {
        sink.find(at, &[&words]);
    }
}

fn places(lang: Lang) -> &'static List {
    if lang == Lang::Urdu { &PLACES_UR } else { &PLACES }
}

fn body<'a>(reading: &Reading<'_>) -> Body<'a> {
    let mut body = Body {
        words: BTreeSet::new(),
        numbers: Vec::new(),
        groups: BTreeSet::new(),
        initials: String::new(),
    };
    for run in reading.runs.iter().filter(|run| run.part != Part::Headline) {
        for token in run.tokens.iter().filter(|token| token.is_word()) {
            let base = plain(token);
            if !matches!(base.as_str(), "of" | "the" | "and" | "for" | "on" | "in" | "to" | "a") {
                body.initials.extend(base.chars().next());
            }
            body.words.insert(base);
        }
        body.initials.push(' ');
        body.numbers.extend(numbers::of(&run.tokens));
        let hits = places(reading.lang).hits(&run.tokens, 0..run.tokens.len());
        body.groups.extend(hits.iter().map(|hit| hit.entry.with.as_str()));
    }
    body
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

/// The names of a headline: capitals where none are due, or, where every word has one, places and acronyms.
fn names(lang: Lang, head: &Run) -> Vec<Range<usize>> {
    let tokens = &head.tokens;
    let hits = places(lang).hits(tokens, 0..tokens.len());
    let is_capital = |at: usize| tokens.get(at).is_some_and(|token| token.capital);
    let mut out: Vec<Range<usize>> = hits
        .iter()
        .filter(|hit| lang == Lang::Urdu || is_capital(hit.tokens.start))
        .map(|hit| hit.tokens.clone())
        .collect();
    if lang != Lang::English {
        return out;
    }
    let title = is_title_case(tokens);
    for (at, token) in tokens.iter().enumerate() {
        let acronym = is_acronym(head, token) && !is_shouted(head);
        let named = !title && token.capital && at > 0 && !is_start(tokens, at);
        let taken = out.iter().any(|range| range.contains(&at));
        if (acronym || named) && !taken && !COMMON.has(token.base()) {
            out.push(at..at + 1);
        }
    }
    out
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

/// Whether the whole headline, or most of it, is in capitals.
fn is_shouted(head: &Run) -> bool {
    head.tokens.iter().filter(|token| token.low.len() > 2 && is_acronym(head, token)).count() > 2
}

fn has_name(lang: Lang, head: &Run, at: &Range<usize>, body: &Body<'_>) -> bool {
    let group = places(lang).at(&head.tokens, at.start).map(|hit| hit.entry.with.as_str());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    const BODY: &str = "The council of the town of Oldbridge met on Monday in the hall beside the river, where \
        thirty-six members of every party heard a long report by the British engineer Ann Marlow about a dam which \
        has stood for a hundred years and which, the engineer found, leaks at two of its gates. The Flood Safety \
        Board gave 3.7 million crowns.";

    #[test]
    fn what_stands_in_the_headline_alone() {
        let english = |headline: &str, expected: &[&str]| {
            rows::check(&RULE, "en", &format!("{headline}\n{BODY}"), expected);
        };
        english("Council hears 36 members on dam", &[]);
        english("Council hears 48 members on dam", &["48"]);
        english("Council gets 3.7m for dam", &[]);
        english("Council gets 5.2m for dam", &["5.2m"]);
        english("Council hears engineer from UK", &[]);
        english("Council hears engineer from Norway", &["Norway"]);
        english("Council hears Marlow on Newtown dam", &["Newtown"]);
        english("FSB pays for dam in Oldbridge", &[]);
        english("Council Hears Engineer On Leaking Gates", &[]);
        english("Dozens hear of the dam in 2024", &[]);
        english("Nearly 35 members hear of dam", &[]);
        rows::check(&RULE, "en", "Norway wins 48 medals\nA short notice.", &[]);
    }

    #[test]
    fn urdu_numbers_and_places() {
        let body = "شہر کی کونسل کا اجلاس پیر کے دن دریا کے کنارے ہال میں ہوا جہاں ہر جماعت کے چھتیس ارکان نے \
            بند کے بارے میں ایک طویل رپورٹ سنی جو سو برس سے کھڑا ہے اور جس کے دو دروازوں سے پانی رستا ہے جبکہ برطانوی \
            انجینئر نے نقشے دکھائے اور مرمت کا خرچ بتایا۔";
        let check = |headline: &str, expected: &[&str]| {
            rows::check(&RULE, "ur", &format!("{headline}\n{body}"), expected);
        };
        check("کونسل کے ۳۶ ارکان نے رپورٹ سنی", &[]);
        check("کونسل کے 48 ارکان نے رپورٹ سنی", &["48"]);
        check("برطانیہ کے انجینئر کی رپورٹ", &[]);
        check("ناروے کے انجینئر کی رپورٹ", &["ناروے"]);
    }
}
