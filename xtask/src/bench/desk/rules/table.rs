//! How often the rules speak: by rule and language, by outlet and side, and the desk as a whole.

use super::{
    findings::Read,
    judged::{self, Figure, Judgements},
};
use std::{collections::BTreeMap, fmt::Write as _};

/// Findings and the words that they were found in.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Rate {
    pub(super) findings: usize,
    pub(super) words: u64,
    pub(super) articles: usize,
    pub(super) without: usize,
}

impl Rate {
    fn add(&mut self, findings: usize, words: u32) {
        self.findings += findings;
        self.words += u64::from(words);
        self.articles += 1;
        self.without += usize::from(findings == 0);
    }

    /// Findings in a thousand words.
    pub(super) fn per_thousand(&self) -> f64 {
        if self.words == 0 { 0.0 } else { self.findings as f64 * 1000.0 / self.words as f64 }
    }
}

/// The rate of what `counts` counts over the texts that `takes` takes.
pub(super) fn rate(
    read: &[Read<'_>],
    takes: impl Fn(&Read<'_>) -> bool,
    counts: impl Fn(&Read<'_>) -> usize,
) -> Rate {
    let mut out = Rate::default();
    for one in read.iter().filter(|one| !one.text.lead && takes(one)) {
        out.add(counts(one), one.words);
    }
    out
}

/// How many findings of one rule a text has.
pub(super) fn of_rule(read: &Read<'_>, rule: &str) -> usize {
    read.found.iter().filter(|found| found.finding.rule == rule).count()
}

/// How many findings of the rules that are on by default a text has.
pub(super) fn by_default(read: &Read<'_>) -> usize {
    read.found.iter().filter(|found| read.speaking.contains(&found.finding.rule)).count()
}

/// Everything that was counted, for a terminal.
pub(super) fn text(read: &[Read<'_>], judgements: &Judgements) -> String {
    let mut out = String::from(
        "rule\tlanguage\tfindings\tper 1,000 words\ttexts without\tright/of\tfindings per 1,000 words by outlet and side\n",
    );
    for figure in judged::figures(read, judgements) {
        rule(&figure, read, &mut out);
    }
    out.push_str("\nthe rules that are on by default\n");
    for (name, rate) in desk(read) {
        let _ = writeln!(
            out,
            "{name}\t{} findings\t{:.2} per 1,000 words\t{} of {} texts with no finding",
            rate.findings,
            rate.per_thousand(),
            rate.without,
            rate.articles
        );
    }
    out
}

fn rule(figure: &Figure, read: &[Read<'_>], out: &mut String) {
    let id = figure.rule.id;
    let all = rate(read, |one| one.text.article.lang == figure.lang, |one| of_rule(one, id));
    let by = by_name(read, &figure.lang, |one| of_rule(one, id));
    let by = by.into_iter().map(|(name, rate)| format!("{name} {:.2}", rate.per_thousand()));
    let by: Vec<String> = by.collect();
    let _ = writeln!(
        out,
        "{id}\t{}\t{}\t{:.2}\t{} of {}\t{}/{}\t{}",
        figure.lang,
        all.findings,
        all.per_thousand(),
        all.without,
        all.articles,
        figure.right,
        figure.of,
        by.join(", ")
    );
}

/// Rates by outlet and by side, where the data gives them.
pub(super) fn by_name(
    read: &[Read<'_>],
    lang: &str,
    counts: impl Fn(&Read<'_>) -> usize,
) -> BTreeMap<String, Rate> {
    let mut out: BTreeMap<String, Rate> = BTreeMap::new();
    let whole = read.iter().filter(|one| !one.text.lead && one.text.article.lang == lang);
    for one in whole {
        let names =
            [one.text.outlet.clone(), one.text.side.as_ref().map(|side| format!("side {side}"))];
        for name in names.into_iter().flatten() {
            out.entry(name).or_default().add(counts(one), one.words);
        }
    }
    out
}

/// The whole desk with the rules that are on by default: by language, on agencies' copy, by outlet and side.
pub(super) fn desk(read: &[Read<'_>]) -> Vec<(String, Rate)> {
    let mut out = Vec::new();
    for (lang, name) in [("en", "English"), ("ur", "Urdu")] {
        out.push((name.to_owned(), rate(read, |one| one.text.article.lang == lang, by_default)));
    }
    out.push(("agencies' copy (English)".to_owned(), rate(read, |one| one.text.wire, by_default)));
    out.extend(by_name(read, "en", by_default));
    out
}
