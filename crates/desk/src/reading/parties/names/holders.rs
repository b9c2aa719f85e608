//! Those who hold a government's offices: a country's name, an office, a person's name, on either side of a comma.

use super::{How, Mention, Names, office};
use crate::reading::{Lang, Reading, Token};
use std::ops::Range;

/// Words that end the name of a body that is no person.
const BODIES: [&str; 30] = [
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "centre",
    "center",
    "chamber",
    "church",
    "club",
    "college",
    "commission",
    "committee",
    "company",
    "corporation",
    "council",
    "court",
    "federation",
    "force",
    "foundation",
    "front",
    "group",
    "institute",
    "league",
    "movement",
    "organisation",
    "party",
    "trust",
    "union",
    "university",
];

/// The most tokens between a country's name and the end of the name of one who holds its office.
const REACH: usize = 18;

/// Whether `word` ends the name of a body.
pub(super) fn is_body(word: &str) -> bool {
    let low = word.to_lowercase();
    BODIES.contains(&low.as_str()) || !office(Lang::English, &low).is_empty()
}

/// An office of a party in the text.
#[derive(Debug)]
pub(super) struct Found {
    pub party: usize,
    pub run: usize,
    /// From the country's name, or from the person's where that stands first, to the last word.
    pub tokens: Range<usize>,
    /// The person's name; empty for a body.
    name: Vec<String>,
    /// An acronym in brackets after a body's name.
    acronym: Option<String>,
    /// The noun for the body: "ministry".
    body: Option<String>,
}

impl Found {
    /// The phrases that name the party from now on.
    pub(crate) fn phrases(&self) -> Vec<(usize, String, How)> {
        let mut out = Vec::new();
        if !self.name.is_empty() {
            out.push((self.party, self.name.join(" "), How::Name));
            if let (true, Some(last)) = (self.name.len() > 1, self.name.last()) {
                out.push((self.party, last.clone(), How::Name));
                if let Some(two) = self.name.len().checked_sub(2).filter(|from| *from > 0) {
                    out.push((
                        self.party,
                        self.name.get(two..).unwrap_or_default().join(" "),
                        How::Name,
                    ));
                }
            }
        }
        out.extend(self.acronym.iter().map(|short| (self.party, short.clone(), How::Name)));
        out.extend(self.body.iter().map(|noun| (self.party, noun.clone(), How::Head)));
        out
    }
}

/// Every office that the text names after a party's country.
pub(super) fn of(reading: &Reading<'_>, names: &Names) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for mention in names.mentions.iter().filter(|one| one.country) {
        if let Some(one) = after(reading, names, mention)
            && out
                .last()
                .is_none_or(|last| last.run < one.run || last.tokens.end <= one.tokens.start)
        {
            out.push(one);
        }
    }
    out
}

fn after(reading: &Reading<'_>, names: &Names, mention: &Mention) -> Option<Found> {
    let run = reading.runs.get(mention.run)?;
    let tokens = names.bare.get(mention.run)?;
    let urdu = reading.lang == Lang::Urdu;
    let (mut at, mut end) = (mention.tokens.end, mention.tokens.end);
    let (mut person, mut comma) = (false, false);
    let mut body = None;
    let mut name: Range<usize> = at..at;
    while let Some(token) = tokens.get(at).filter(|_| at < mention.tokens.end + REACH) {
        let kind = office(reading.lang, &token.low);
        let open = name.is_empty();
        let (full, low) = (run.tokens.get(at)?, token.low.as_str());
        let goes_on = is_name(token, kind, urdu) && name.len() < 4;
        if !open && !goes_on {
            break;
        } else if kind == "person" || kind == "body" {
            person |= kind == "person";
            body = body.or((kind == "body").then(|| token.low.clone()));
            end = at + 1;
        } else if kind == "title" && (open || token.is_word()) {
            end = at + 1;
        } else if kind == "join" || (open && (token.is_hyphen() || is_country_part(low))) {
        } else if open && person && !comma && low == "," {
            comma = true;
        } else if person && is_name(token, kind, urdu) && !names.is_country(mention.run, at) {
            name = if open { at..at + 1 } else { name.start..at + 1 };
        } else {
            break;
        }
        if full.low.ends_with("'s") && !name.is_empty() {
            at += 1;
            break;
        }
        at += 1;
    }
    let ended =
        !urdu || tokens.get(at).is_none_or(|token| !token.is_word() || is_particle(&token.low));
    if !ended || (comma && name.len() < 2) {
        name = at..at;
    }
    finish(reading, tokens, mention, (person, body, name, end))
}

/// The two places where a person's name can stand, and the acronym of a body.
fn finish(
    reading: &Reading<'_>,
    tokens: &[Token],
    mention: &Mention,
    (person, body, name, end): (bool, Option<String>, Range<usize>, usize),
) -> Option<Found> {
    if !person && body.is_none() {
        return None;
    }
    let (mut from, mut to) = (mention.tokens.start, end.max(name.end.min(end.max(name.end))));
    let mut name = name;
    if name.is_empty() {
        to = end;
        if person
            && body.is_none()
            && reading.lang == Lang::English
            && let Some(before) = in_front(tokens, mention.tokens.start)
        {
            from = before.start;
            name = before;
        }
    }
    let words = tokens.get(name).unwrap_or_default();
    let acronym = body.as_ref().and_then(|_| short(reading, mention.run, tokens, to));
    let name = words.iter().map(|token| token.low.clone()).collect();
    let (party, run) = (mention.party, mention.run);
    Some(Found { party, run, tokens: from..to, name, acronym, body })
}

/// "Anwar Malik, the Pakistani": the name before a comma, two to four capitalised words.
fn in_front(tokens: &[Token], at: usize) -> Option<Range<usize>> {
    let article =
        at.checked_sub(1).filter(|before| tokens.get(*before).is_some_and(|t| t.low == "the"));
    let comma = article.unwrap_or(at).checked_sub(1)?;
    tokens.get(comma).filter(|token| token.low == ",")?;
    let mut from = comma;
    while let Some(before) = from.checked_sub(1).filter(|_| comma - from < 4) {
        let token = tokens.get(before)?;
        if !is_name(token, office(Lang::English, &token.low), false) {
            break;
        }
        from = before;
    }
    (comma - from >= 2).then_some(from..comma)
}

/// The acronym in brackets after the rest of a body's name.
fn short(reading: &Reading<'_>, run: usize, tokens: &[Token], from: usize) -> Option<String> {
    let bracket =
        (from..from + 6).find(|at| tokens.get(*at).is_some_and(|token| token.low == "("))?;
    let between = tokens.get(from..bracket)?;
    if !between
        .iter()
        .all(|token| token.capital || matches!(token.low.as_str(), "of" | "and" | "for"))
    {
        return None;
    }
    let word = tokens.get(bracket + 1)?;
    let text = reading.runs.get(run)?.text.get(word.from..word.to)?;
    let capitals = text.len() > 1 && text.chars().all(char::is_uppercase);
    (capitals && tokens.get(bracket + 2).is_some_and(|token| token.low == ")"))
        .then(|| word.low.clone())
}

fn is_name(token: &Token, kind: &str, urdu: bool) -> bool {
    token.is_word()
        && kind.is_empty()
        && if urdu { !is_particle(&token.low) } else { token.capital }
}

/// Words of Urdu that stand after a name.
fn is_particle(low: &str) -> bool {
    matches!(
        low,
        "نے" | "سے"
            | "کو"
            | "کا"
            | "کی"
            | "کے"
            | "پر"
            | "میں"
            | "اور"
            | "تک"
            | "ہے"
            | "ہیں"
            | "بھی"
            | "و"
    )
}

/// Marks and letters that stand inside a country's name: "U.S.", "United States (US)".
fn is_country_part(low: &str) -> bool {
    matches!(low, "." | "(" | ")" | "us" | "uk" | "uae")
}

impl Names {
    /// Whether a country's name begins at token `at`.
    fn is_country(&self, run: usize, at: usize) -> bool {
        let key = |one: &Mention| (one.run, one.tokens.start);
        self.mentions
            .binary_search_by_key(&(run, at), key)
            .is_ok_and(|found| self.mentions.get(found).is_some_and(|one| one.country))
    }
}
