//! Figures and quotations that no citation covers, in an article that cites its sources.

use crate::{
    lists::List,
    reading::{Part, Reading},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::{ops::Range, sync::LazyLock};

pub(super) const RULE: Rule = Rule {
    id: "claim-unsourced",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Figures without a citation",
            definition: "The article cites sources, and a sentence in a paragraph or list has a figure in digits (no year, no day of a month) or a quotation of four words or more, while neither it nor a later sentence of its paragraph has a citation.",
            why: "A figure or a quotation without a citation: {1}.",
            settle: "Cite the source of each, or say how you know.",
        },
        Words {
            title: "اعداد جن کا حوالہ نہیں",
            definition: "خبر میں حوالے ہیں، اور پیراگراف یا فہرست کے کسی جملے میں ہندسوں میں لکھا عدد (سال یا تاریخ نہیں) یا چار یا زیادہ الفاظ کا اقتباس ہے، مگر نہ اس جملے کا حوالہ ہے نہ اسی پیراگراف میں اس کے بعد کوئی حوالہ۔",
            why: "حوالے کے بغیر عدد یا اقتباس: {1}۔",
            settle: "ہر ایک کا ذریعہ بتائیں، یا لکھیں کہ یہ کیسے معلوم ہوا۔",
        },
    ],
    evidence: "A fact of the file: citations are bound to sentences. Stepped around: articles that cite nothing, which \
               explain rather than report; a citation at a paragraph's end, which covers what stands before it; years and \
               days; headings, tables and captions.",
    basis: Basis::Fact,
    check,
};

/// Words before or after a number that make it a day.
static MONTHS: LazyLock<List> = LazyLock::new(|| {
    let english =
        "january february march april may june july august september october november december";
    let short = "jan feb mar apr jun jul aug sep sept oct nov dec";
    let urdu = "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر";
    let all = [english, short, urdu].into_iter().flat_map(str::split_whitespace);
    List::of(all.map(|month| (month, "")))
});

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    if reading.runs.iter().all(|run| run.cites.is_empty()) {
        return;
    }
    let mut spots = Vec::new();
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let Some(run) = reading.runs.get(sentence.run) else { continue };
        let body = matches!(run.part, Part::Paragraph | Part::Item);
        if body
            && run.cites.last().is_none_or(|last| *last <= sentence.range.start)
            && let Some(words) = figure(reading, number).or_else(|| quotation(reading, number))
        {
            spots.push(reading.spot(sentence.run, words));
        }
    }
    if !spots.is_empty() {
        let count = super::sentences(reading.lang, spots.len());
        sink.find(spots, &[&count]);
    }
}

/// The first figure of a sentence.
fn figure(reading: &Reading<'_>, number: usize) -> Option<Range<usize>> {
    let (tokens, _) = reading.tokens_of(number);
    let month = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|token| MONTHS.has(&token.low))
    };
    let found = tokens.iter().enumerate().find(|(at, token)| {
        let digits = token.low.starts_with(|first: char| first.is_ascii_digit());
        let year = token.low.len() == 4
            && token.low.parse().is_ok_and(|year: u32| (1500..2200).contains(&year));
        digits && !year && !month(at.checked_sub(1)) && !month(Some(at + 1))
    });
    found.map(|(_, token)| token.from..token.to)
}

/// The first quotation of four words or more that begins in a sentence.
fn quotation(reading: &Reading<'_>, number: usize) -> Option<Range<usize>> {
    let sentence = reading.sentences.get(number)?;
    let from = reading
        .quotes
        .partition_point(|one| (one.run, one.outer.start) < (sentence.run, sentence.range.start));
    let here = reading.quotes.get(from..).unwrap_or_default().iter();
    let mut here =
        here.take_while(|one| one.run == sentence.run && one.outer.start < sentence.range.end);
    let text = &reading.runs.get(sentence.run)?.text;
    let long = |range: &Range<usize>| {
        text.get(range.clone()).is_some_and(|words| ovn_edition::words::count(words) > 3)
    };
    here.find(|one| one.closed && long(&one.inner)).map(|one| one.outer.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn figures_and_quotations() {
        let check =
            |lang: &str, text: &str, expected: &[&str]| rows::cited(&RULE, lang, text, expected);
        check("en", "It opened [@a].\n\nIt cost 40 million.", &["40"]);
        check("en", "It cost 40 million. It opened [@a].", &[]);
        check("en", "It opened [@a]. It cost 40 million.", &["40"]);
        check("en", "It opened [@a].\n\nIt began on 4 August 2019 and in 1998.", &[]);
        check(
            "en",
            "It opened [@a].\n\nShe said “we are glad to see it”. It cost 7.",
            &["“we are glad to see it” … 7"],
        );
        check("en", "It opened [@a].\n\nShe calls it “home”.", &[]);
        check("en", "It cost 40 million.", &[]);
        check("ur", "پل کھل گیا [@a]۔\n\nاس پر ۴۰ کروڑ خرچ ہوئے۔", &["۴۰"]);
        check("ur", "پل کھل گیا [@a]۔\n\nیہ ۴ اگست ۲۰۱۹ کی بات ہے۔", &[]);
    }
}
