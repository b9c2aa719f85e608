//! Findings drawn for judging: the stated fact and the words in their sentences, without a word on who published them.

use super::{
    findings::{self, Found},
    texts::Text,
};
use ovn_desk::reading::Reading;
use ovn_edition::{hex, report::Spot};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The question that a judge answers.
pub(in super::super) const QUESTION: &str = "Is the stated fact true of the text?";

/// `many` findings of `rule`, drawn by the seed alone; the same seed draws the same as long as the findings stay.
pub(super) fn drawn(
    texts: &[Text],
    rule: &str,
    lang: Option<&str>,
    many: usize,
    seed: &str,
) -> Result<String, String> {
    if !ovn_desk::all().iter().any(|one| one.id == rule) {
        let ids: Vec<&str> = ovn_desk::all().iter().map(|one| one.id).collect();
        return Err(format!("There is no rule “{rule}”; there are {}.", ids.join(", ")));
    }
    let read = findings::of(texts, lang);
    let found = read.iter().flat_map(|read| {
        let of_rule = read.found.iter().filter(|found| found.finding.rule == rule);
        of_rule.map(|found| (order(seed, &found.key), read.text, found))
    });
    let mut found: Vec<(String, &Text, &Found)> = found.collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.key.cmp(&b.2.key)));
    let all = found.len();
    let mut out = format!("# {rule}: {} of {all}, seed {seed}\n# {QUESTION}\n", many.min(all));
    for (_, text, found) in found.into_iter().take(many) {
        let _ = write!(out, "\n{}\n  {}\n", found.key, found.finding.why);
        for line in context(text, &found.finding.at) {
            let _ = writeln!(out, "  | {line}");
        }
    }
    Ok(out)
}

/// Where the seed puts this key among all.
fn order(seed: &str, key: &str) -> String {
    hex::encode(&Sha256::digest(format!("{seed}\n{key}").as_bytes()))
}

/// The sentences that hold the places, each with the one before and the one after, the words marked; the whole text when there is no place.
fn context(text: &Text, at: &[Spot]) -> Vec<String> {
    let reading = Reading::of(&text.article);
    if at.is_empty() {
        return reading.runs.iter().map(|run| run.text.clone()).collect();
    }
    let mut wanted = std::collections::BTreeSet::new();
    for spot in at {
        let run =
            reading.runs.iter().position(|run| (run.block, run.number) == (spot.block, spot.run));
        let Some(run) = run else { continue };
        for (number, one) in reading.sentences.iter().enumerate().filter(|(_, one)| one.run == run)
        {
            let (from, to) = (spot.from as usize, spot.to as usize);
            if one.range.start < to.max(from + 1) && from < one.range.end {
                wanted.extend([number.saturating_sub(1), number, number + 1]);
            }
        }
    }
    let wanted = wanted.into_iter().filter(|number| *number < reading.sentences.len());
    wanted.map(|number| marked(&reading, number, at)).collect()
}

/// A sentence with `[[` and `]]` around the places in it.
fn marked(reading: &Reading<'_>, number: usize, at: &[Spot]) -> String {
    let Some(one) = reading.sentences.get(number) else { return String::new() };
    let Some(run) = reading.runs.get(one.run) else { return String::new() };
    let here = at.iter().filter(|spot| (spot.block, spot.run) == (run.block, run.number));
    let mut cuts: Vec<(usize, &str)> = Vec::new();
    for spot in here {
        let inside = |at: u32| (at as usize).clamp(one.range.start, one.range.end);
        if inside(spot.from) < inside(spot.to) {
            cuts.extend([(inside(spot.from), "[["), (inside(spot.to), "]]")]);
        }
    }
    cuts.sort_unstable();
    let (mut out, mut from) = (String::new(), one.range.start);
    for (to, mark) in cuts {
        out.push_str(run.text.get(from..to).unwrap_or_default());
        out.push_str(mark);
        from = to;
    }
    out.push_str(run.text.get(from..one.range.end).unwrap_or_default());
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::super::data::lay;
    use super::*;

    #[test]
    fn a_finding_is_shown_in_its_sentences() {
        let article =
            lay("A bridge opens\nIt rained. The bridge is open. Boats wait. Gulls cry.", "en")
                .article;
        let text = Text {
            corpus: "basil",
            id: String::new(),
            outlet: Some("hidden".to_owned()),
            side: None,
            wire: false,
            lead: false,
            article,
        };
        let reading = Reading::of(&text.article);
        let run = &reading.runs[1];
        let from = run.text.find("bridge").unwrap();
        let spot = reading.spot(1, from..from + 6);
        let lines = context(&text, &[spot]);
        assert_eq!(lines, ["It rained.", "The [[bridge]] is open.", "Boats wait."]);
        assert_eq!(context(&text, &[]).len(), 2);
    }
}
