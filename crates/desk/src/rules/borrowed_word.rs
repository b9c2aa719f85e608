//! Loaded words in what others are credited with: who uses them, and how many.

use crate::{
    reading::Reading,
    rule::{Basis, Rule, Words},
    sink::Sink,
    wording::{Whose, Word, Wording},
};
use ovn_edition::report::{Level, Spot};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "borrowed-word",
    version: 1,
    level: Level::Info,
    langs: &["en"],
    words: [
        Words {
            title: "Loaded words, by speaker",
            definition: "Words of the list of loaded words stand in what one speaker is credited with: counted by speaker, one finding each.",
            why: "Loaded words that {1} is credited with: {2}.",
            settle: "Quoting them is fair reporting. Ask whether the other side's words stand beside them.",
        },
        Words {
            title: "بولنے والوں کے جانبدار الفاظ",
            definition: "جانبدار الفاظ کی فہرست کے الفاظ کسی بولنے والے سے منسوب بات میں ہیں: ہر بولنے والے کے لیے ایک گنتی۔",
            why: "{1} سے منسوب جانبدار الفاظ: {2}۔",
            settle: "انہیں نقل کرنا درست صحافت ہے۔ دیکھیں کہ دوسرے فریق کے الفاظ بھی ساتھ ہیں یا نہیں۔",
        },
    ],
    evidence: "Fan and others (2019), BASIL: 42 of 100 spans that were marked as biased stand inside quotations, so they are the speaker's and never a fault of the article.",
    basis: Basis::Judged(&[]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let words = Wording::english().of(reading);
    let mut by_voice: BTreeMap<usize, Vec<Spot>> = BTreeMap::new();
    let mut undecided: Vec<Spot> = Vec::new();
    let spans = spans(reading);
    for word in words.iter().filter(|word| word.whose == Whose::Spoken) {
        let spot = reading.spot(word.run, word.bytes.clone());
        match voice(&spans, word) {
            Some(voice) => by_voice.entry(voice).or_default().push(spot),
            None => undecided.push(spot),
        }
    }
    for (voice, spots) in by_voice {
        let name = reading.voices.get(voice).map_or("?", |voice| voice.name.as_str());
        let count = spots.len().to_string();
        sink.find(spots, &[name, &count]);
    }
    if !undecided.is_empty() {
        let nobody = if crate::rule::primary(sink.lang) == "ur" {
            "غیر متعین آواز"
        } else {
            "a speaker not decided"
        };
        let count = undecided.len().to_string();
        sink.find(undecided, &[nobody, &count]);
    }
}

/// What is credited to whom: run, first byte, the byte after the last, voice; sorted.
fn spans(reading: &Reading<'_>) -> Vec<(usize, usize, usize, usize)> {
    let mut out: Vec<(usize, usize, usize, usize)> = Vec::new();
    for one in &reading.attributions {
        let Some(voice) = one.voice else { continue };
        out.extend(one.content.iter().map(|(run, range)| (*run, range.start, range.end, voice)));
    }
    out.sort_unstable();
    out
}

/// Who is credited with `word`.
fn voice(spans: &[(usize, usize, usize, usize)], word: &Word) -> Option<usize> {
    let after = spans.partition_point(|span| (span.0, span.1) <= (word.run, word.bytes.start));
    let span = spans.get(after.checked_sub(1)?)?;
    (span.0 == word.run && word.bytes.end <= span.2).then_some(span.3)
}

#[cfg(test)]
mod tests {
    use super::super::rows_of_words::{article, findings};
    use super::*;

    #[test]
    fn quoted_words_are_counted_and_own_words_are_not() {
        let check = |text: &str, expected: &[&[&str]]| {
            let found = findings(&RULE, &article("News", &format!("Harbour vote\n{text}")));
            let mut words: Vec<Vec<&str>> = found
                .iter()
                .map(|one| one.at.iter().map(|spot| spot.words.as_str()).collect())
                .collect();
            words.sort_unstable();
            assert_eq!(words, expected, "{text}");
        };
        check("A “bizarre” and “disgraceful” vote followed.", &[&["bizarre", "disgraceful"]]);
        check("A bizarre vote followed.", &[]);
        check("The vote “passed”.", &[]);
    }
}
