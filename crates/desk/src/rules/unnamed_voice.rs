//! Speakers without a name: how much of what is said is theirs, and whether the text says why they have none.

use crate::{
    lists::List,
    reading::{Attribution, Form, Lang, Reading},
    report::counts::said,
    rule::{Basis, Measured, Rule, Words},
    sink::Sink,
};
use ovn_edition::{labels, report::Level};
use std::{collections::BTreeSet, sync::LazyLock};

pub(super) const RULE: Rule = Rule {
    id: "unnamed-voice",
    version: 2,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Speakers without a name",
            definition: "Words are credited to somebody whom the text does not name. Counted: their share of all attributed words, and the passages with a reason in the same sentence or the one before or after.",
            why: "Speakers without a name have {1} of {2} attributed words; a reason is given for {3} of {4} passages.",
            settle: "Name them, or say why they cannot be named.",
        },
        Words {
            title: "بے نام آوازیں",
            definition: "الفاظ ایسے شخص سے منسوب ہیں جس کا نام متن میں نہیں۔ گنا جاتا ہے: منسوب الفاظ میں ان کا حصہ، اور وہ حصے جن کے ساتھ اسی، پچھلے یا اگلے جملے میں وجہ ہے۔",
            why: "منسوب {2} میں سے {1} الفاظ بے نام آوازوں کے ہیں؛ {4} میں سے {3} حصوں کے لیے وجہ دی گئی ہے۔",
            settle: "نام بتائیں، یا بتائیں کہ نام کیوں نہیں دیا جا سکتا۔",
        },
    ],
    evidence: "A count, never a grade: victims, minors and people at risk are named nowhere for good reason. Stepped \
               around: thoughts and stands reported without words; one finding for the whole text.",
    basis: Basis::Judged(&[
        Measured {
            lang: "en",
            right: 53,
            of: 107,
            sample: "PolNeAR and BASIL, drawn by a seed; two readings, the first of a part",
            date: "2026-11-24",
        },
        Measured {
            lang: "ur",
            right: 169,
            of: 219,
            sample: "UNBD, all but the findings mended since; one to three readings of each, right when all say so",
            date: "2026-11-25",
        },
    ]),
    check,
};

static REASONS_EN: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/anonymity.txt")));
static PEOPLE: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/unnamed.txt")));
static REASONS_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/anonymity.txt")));

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let mut passages = Vec::new();
    let mut spots = Vec::new();
    let (mut reasons, explained) = (0, with_reasons(reading));
    for (number, one) in reading.attributions.iter().enumerate() {
        let voice = one.voice.and_then(|voice| reading.voices.get(voice));
        let Some(source) = one.source.clone() else { continue };
        if one.form == Form::Stance
            || !voice.is_some_and(|voice| voice.unnamed)
            || !is_people(reading, one)
        {
            continue;
        }
        passages.push(number);
        spots.push(reading.spot(one.run, source));
        reasons += usize::from(explained.contains(&one.sentence));
    }
    if passages.is_empty() {
        return;
    }
    let every: Vec<usize> = (0..reading.attributions.len()).collect();
    let counts = [said(reading, &passages).0, said(reading, &every).0, reasons, passages.len()];
    let labels = labels::of(&reading.article.lang);
    let [unnamed, all, reasons, of] = counts.map(|count| labels.number(count));
    sink.find(spots, &[&unnamed, &all, &reasons, &of]);
}

/// The most words that may name a speaker; longer ones are a clause that was read too widely.
const MOST: usize = 9;

/// Whether the words for the speaker are words for people, and say that they spoke rather than that they did not.
fn is_people(reading: &Reading<'_>, one: &Attribution) -> bool {
    let (Some(run), Some(source)) = (reading.runs.get(one.run), &one.source) else { return false };
    let silent = run.text.get(one.cue.clone()).is_some_and(|cue| {
        let cue = cue.to_lowercase();
        ["not", "n't", "declin", "refus"].iter().any(|word| cue.contains(word))
    });
    if silent || reading.lang == Lang::Urdu {
        return !silent;
    }
    let from = run.tokens.partition_point(|token| token.from < source.start);
    let to = run.tokens.partition_point(|token| token.to <= source.end);
    let words = run.tokens.get(from..to).unwrap_or_default();
    words.len() <= MOST && !PEOPLE.hits(words, 0..words.len()).is_empty()
}

/// The sentences that say why a speaker has no name, and those before and after them in the same run.
fn with_reasons(reading: &Reading<'_>) -> BTreeSet<usize> {
    let list: &List = if reading.lang == Lang::Urdu { &REASONS_UR } else { &REASONS_EN };
    let run = |at: usize| reading.sentences.get(at).map(|one| one.run);
    let mut out = BTreeSet::new();
    for at in 0..reading.sentences.len() {
        let (tokens, _) = reading.tokens_of(at);
        if !list.hits(tokens, 0..tokens.len()).is_empty() {
            out.extend((at.saturating_sub(1)..=at + 1).filter(|near| run(*near) == run(at)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{reading::Voice, rules::rows};

    /// The findings on a text whose every voice has no name.
    fn whys(lang: &str, text: &str) -> Vec<String> {
        let article = rows::article(lang, text);
        let mut reading = Reading::of(&article);
        for voice in &mut reading.voices {
            *voice = Voice { unnamed: true, ..voice.clone() };
        }
        let mut sink = Sink { rule: &RULE, lang, found: Vec::new() };
        check(&reading, &mut sink);
        sink.found.into_iter().map(|found| found.why).collect()
    }

    #[test]
    fn shares_and_reasons() {
        let check =
            |text: &str, expected: &[&str]| assert_eq!(whys("en", text), expected, "{text}");
        check(
            "A bridge\nAn official said that it is safe.",
            &[
                "Speakers without a name have 4 of 4 attributed words; a reason is given for 0 of 1 passages.",
            ],
        );
        check(
            "A bridge\nAn official said that it is safe. The official was not authorised to speak.",
            &[
                "Speakers without a name have 4 of 4 attributed words; a reason is given for 1 of 1 passages.",
            ],
        );
        check("A bridge\nIt is safe.", &[]);
    }
}
