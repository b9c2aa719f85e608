//! A number that cannot be weighed: a change without base or period, a highest value alone, a relative risk alone.

use crate::{
    lists::List,
    reading::{
        Lang, Part, Reading, Token,
        numbers::{self, Number},
    },
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::{ops::Range, sync::LazyLock};

pub(super) const RULE: Rule = Rule {
    id: "bare-number",
    version: 1,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A number without its base",
            definition: "A change in percent without what it is measured from or over which time; a highest value (“as many as”) alone; a relative risk without the risk itself.",
            why: "“{1}”: {2}.",
            settle: "Give the figure it is measured from, the period, or the lower end.",
        },
        Words {
            title: "بنیاد کے بغیر عدد",
            definition: "فیصد میں تبدیلی جس کی بنیاد یا مدت نہیں؛ صرف سب سے بڑی حد؛ خطرے کی نسبت، خود خطرے کے بغیر۔",
            why: "”{1}“: {2}۔",
            settle: "وہ عدد بتائیں جس سے ناپا گیا، مدت بتائیں، یا نچلی حد بتائیں۔",
        },
    ],
    evidence: "A relative change without its base misleads about size; an upper end alone fits any value below it. \
               Stepped around: bases and periods in the sentences beside, limits of time, law and measure, sport, \
               words of a speaker between quotation marks.",
    basis: Basis::Judged(&[Measured {
        lang: "en",
        right: 43,
        of: 53,
        sample: "PolNeAR, BASIL and leads of dated articles, drawn by a seed; two readings, the first of a part",
        date: "2026-11-24",
    }]),
    check,
};

static CHANGES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/changes.txt")));
static CHANGES_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/changes.txt")));
static BASES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/bases.txt")));
static BASES_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/bases.txt")));
static HIGHEST: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/highest.txt")));
static MEASURES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/measures.txt")));
static RISKS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/risks.txt")));

/// What is missing, in English and Urdu.
const NO_BASE: [&str; 2] = [
    "neither what it is measured from nor the period is given beside it",
    "نہ وہ بنیاد دی گئی ہے جس سے ناپا گیا نہ مدت",
];
const NO_LOWER: [&str; 2] =
    ["only the highest value is given, no lower end", "صرف سب سے بڑی حد دی گئی ہے، نچلی حد نہیں"];
const NO_RISK: [&str; 2] = [
    "the risk itself, which this compares, is not given beside it",
    "خود خطرہ، جس سے یہ نسبت ہے، ساتھ نہیں دیا گیا",
];

/// Words before a level that was reached, not a change.
const LEVELS: [&str; 7] = ["to", "at", "above", "below", "past", "over", "under"];

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let part = reading.runs.get(sentence.run).map(|run| run.part);
        if !matches!(part, Some(Part::Paragraph | Part::Item | Part::Standfirst)) {
            continue;
        }
        let (tokens, first) = reading.tokens_of(number);
        let found = numbers::of(tokens);
        let Some((hit, missing)) = change(reading, number, tokens, &found)
            .map(|hit| (hit, NO_BASE))
            .or_else(|| highest(reading, tokens, &found).map(|hit| (hit, NO_LOWER)))
            .or_else(|| risk(reading, number, tokens, &found).map(|hit| (hit, NO_RISK)))
        else {
            continue;
        };
        let bytes = reading.bytes(sentence.run, hit.start + first..hit.end + first);
        let quoted = reading.quotes.iter().any(|quote| {
            quote.run == sentence.run
                && quote.outer.start < bytes.end
                && bytes.start < quote.outer.end
        });
        let [english, urdu] = missing;
        if !quoted {
            let missing = if reading.lang == Lang::Urdu { urdu } else { english };
            sink.words(reading, sentence.run, bytes, &[missing]);
        }
    }
}

/// "Rose 5 percent", with neither base nor period in the sentence or those beside it.
fn change(
    reading: &Reading<'_>,
    at: usize,
    tokens: &[Token],
    found: &[Number],
) -> Option<Range<usize>> {
    let urdu = reading.lang == Lang::Urdu;
    let list: &List = if urdu { &CHANGES_UR } else { &CHANGES };
    let hit = list.hits(tokens, 0..tokens.len()).into_iter().find_map(|hit| {
        let end = hit.tokens.end;
        let number = found.iter().filter(|one| one.percent).find(|one| {
            if urdu {
                one.tokens.end <= hit.tokens.start && hit.tokens.start - one.tokens.end <= 3
            } else {
                one.tokens.start >= end && one.tokens.start - end <= 2
            }
        })?;
        // "Rose to 5 percent" gives a level, not a change.
        let between = tokens.get(end..number.tokens.start).unwrap_or_default();
        let level = between.iter().any(|token| LEVELS.contains(&token.low.as_str()));
        let all = hit.tokens.start.min(number.tokens.start)
            ..with_percent(tokens, number).max(hit.tokens.end);
        (!level).then_some(all)
    })?;
    let before = at.saturating_sub(1);
    let based = (before..=at + 1).any(|near| has_base(reading, near, near == at));
    (!based).then_some(hit)
}

/// Whether a period, or in the sentence itself a base, is given.
fn has_base(reading: &Reading<'_>, at: usize, here: bool) -> bool {
    let (tokens, _) = reading.tokens_of(at);
    let list: &List = if reading.lang == Lang::Urdu { &BASES_UR } else { &BASES };
    let found = numbers::of(tokens);
    let year =
        |one: &Number| one.digits && !one.percent && (1_800_000..2_100_000).contains(&one.value);
    let level = |one: &Number| {
        one.tokens
            .start
            .checked_sub(1)
            .and_then(|at| tokens.get(at))
            .is_some_and(|to| to.low == "to")
    };
    let given = list.hits(tokens, 0..tokens.len());
    given.iter().any(|hit| here || hit.entry.with != "base")
        || found.iter().any(|one| year(one) || (here && level(one)))
}

/// "As many as 40 people", with no lower end in the sentence.
fn highest(reading: &Reading<'_>, tokens: &[Token], found: &[Number]) -> Option<Range<usize>> {
    if reading.lang != Lang::English {
        return None;
    }
    HIGHEST.hits(tokens, 0..tokens.len()).into_iter().find_map(|hit| {
        let number = found.iter().find(|one| {
            one.tokens.start >= hit.tokens.end
                && one.tokens.start - hit.tokens.end <= 1
                && !one.ordinal
        })?;
        let end = with_percent(tokens, number);
        let measure = tokens.iter().skip(end).take(3).any(|token| MEASURES.has(token.base()));
        let money =
            tokens.get(hit.tokens.end).is_some_and(|token| token.low.contains(['$', '£', '€']));
        let before = hit.tokens.start.checked_sub(1).and_then(|at| tokens.get(at));
        let limit = before.is_some_and(|token| MEASURES.has(&token.low));
        let lower = found.iter().any(|one| {
            one != number
                && one.tokens.end < hit.tokens.start
                && hit.tokens.start - one.tokens.end <= 4
        });
        let part = tokens.get(number.tokens.end).is_some_and(Token::is_hyphen) && !number.percent;
        let low = |at: usize| tokens.get(at).map_or("", |token| token.low.as_str());
        // "As many as 20 to 30", "as high as 43 and as low as 36": the lower end is there.
        let lower = lower
            || (low(end) == "to" && found.iter().any(|one| one.tokens.start == end + 1))
            || tokens.iter().any(|token| matches!(token.low.as_str(), "low" | "few" | "least"));
        (!measure && !money && !limit && !lower && !part).then_some(hit.tokens.start..end)
    })
}

/// "40 percent more likely", with no risk in the sentence or those beside it.
fn risk(
    reading: &Reading<'_>,
    at: usize,
    tokens: &[Token],
    found: &[Number],
) -> Option<Range<usize>> {
    if reading.lang != Lang::English {
        return None;
    }
    let hit = RISKS.hits(tokens, 0..tokens.len()).into_iter().next()?;
    let number = found.iter().find(|one| {
        let end = with_percent(tokens, one);
        end <= hit.tokens.start && hit.tokens.start - end <= 1
    });
    let own = hit.entry.with == "whole";
    let start = number.map(|one| one.tokens.start).or(own.then_some(hit.tokens.start))?;
    let absolute = (at.saturating_sub(1)..=at + 1).any(|near| {
        let (tokens, _) = reading.tokens_of(near);
        let others = numbers::of(tokens);
        let other = |one: &Number| near != at || Some(one) != number;
        others.iter().any(|one| other(one) && (one.percent || is_share(tokens, one)))
    });
    (!absolute).then_some(start..hit.tokens.end)
}

/// "3 in 100", "3 out of 100", "3 of the 40".
fn is_share(tokens: &[Token], number: &Number) -> bool {
    tokens
        .get(number.tokens.end)
        .is_some_and(|token| matches!(token.low.as_str(), "in" | "out" | "of" | "per"))
}

/// The token after the number and its sign of percent.
fn with_percent(tokens: &[Token], number: &Number) -> usize {
    let end = number.tokens.end;
    let low = |at: usize| tokens.get(at).map_or("", |token| token.low.as_str());
    match (number.percent, low(end)) {
        (false, _) => end,
        (true, "-" | "per") => end + 2,
        (true, _) => end + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn numbers_without_a_base() {
        let english = |text: &str, expected: &[&str]| {
            rows::check(&RULE, "en", &format!("A headline\n{text}"), expected);
        };
        english("Rents rose 5 percent.", &["rose 5 percent"]);
        english("Rents climbed back above 50 percent.", &[]);
        english("Rents rose by 5% in a year.", &[]);
        english("Rents rose 5 percent, to 420 crowns.", &[]);
        english("Rents rose to 5 percent of wages.", &[]);
        english("The figures are for 2024. Rents rose 5 percent.", &[]);
        english("“Rents rose 5 percent.” The hall was full.", &[]);
        english("As many as 40 houses are empty.", &["As many as 40"]);
        english("Between 20 and as many as 40 houses are empty.", &[]);
        english("As many as 20 to 30 houses are empty.", &[]);
        english("Rents were as high as 43 percent and as low as 36 percent of wages.", &[]);
        english("He faces up to 10 years in prison.", &[]);
        english("Smokers are 40 percent more likely to fall ill.", &["40 percent more likely"]);
        english("Smokers are twice as likely to fall ill.", &["twice as likely"]);
        english("They are twice as likely to fall ill: 2 in 100 do.", &[]);
        english("Rents fell.", &[]);
        rows::check(&RULE, "ur", "سرخی\nکرایوں میں ۵ فیصد اضافہ ہوا۔", &["۵ فیصد اضافہ"]);
        rows::check(&RULE, "ur", "سرخی\nایک سال میں کرایوں میں ۵ فیصد اضافہ ہوا۔", &[]);
    }
}
