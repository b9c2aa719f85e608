//! A sentence model for opinion language: what a sparse linear model reaches with each outlet left out in turn.
//!
//! It is measured and not shipped: docs/decisions/007-no-sentence-model.md.

mod fit;

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use super::marks::{self, Marked};
use fit::{Model, Row, Traits};
use ovn_desk::{
    reading::{Token, tokens},
    wording::Wording,
};

/// The precision at which recall is read.
const PRECISION: f64 = 0.90;

/// A sentence with the score that a model gave which never saw its outlet.
#[derive(Debug)]
struct Scored<'a> {
    sentence: &'a Marked,
    score: f64,
}

/// What was reached.
pub(super) fn table(folder: &Path) -> Result<String, String> {
    let all = marks::sentences(folder, &Wording::default())?;
    let traits: Vec<Vec<String>> = all.iter().map(|one| read(&one.text)).collect();
    let mut out = String::from("model: sparse linear, each outlet left out in turn\n");
    let mut scored = Vec::new();
    let mut sizes = Vec::new();
    for outlet in marks::outlets(&all) {
        let (fitted, size) = leave_out(&all, &traits, &outlet);
        sizes.push(size);
        scored.extend(fitted);
    }
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.sentence.text.cmp(&b.sentence.text)));
    let biased = scored.iter().filter(|one| one.sentence.biased).count();
    let _ = writeln!(
        out,
        "{} sentences, {biased} called biased; at most {} weights",
        scored.len(),
        sizes.iter().max().copied().unwrap_or_default()
    );
    for share in [10, 20] {
        let top = scored.len() * share / 100;
        let right = scored.iter().take(top).filter(|one| one.sentence.biased).count();
        let _ = writeln!(out, "top {share} %: precision {:.3}", right as f64 / top.max(1) as f64);
    }
    let (flagged, recall) = at_precision(&scored, biased);
    let _ = writeln!(out, "recall at precision {PRECISION:.2}: {recall:.3} ({flagged} flagged)");
    // Where nothing reaches the precision, the likeliest fifth shows how far apart the sides are.
    let shown = if flagged == 0 { scored.len() / 5 } else { flagged };
    out.push_str(&alarms(&scored, shown));
    Ok(out)
}

/// The sentences of `outlet`, scored by a model of all others, and how many weights it has.
fn leave_out<'a>(
    all: &'a [Marked],
    traits: &[Vec<String>],
    outlet: &str,
) -> (Vec<Scored<'a>>, usize) {
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    for (sentence, words) in all.iter().zip(traits) {
        if sentence.outlet == outlet {
            ours.push((sentence, words));
        } else {
            others.push((sentence, words));
        }
    }
    let known = Traits::of(others.iter().map(|(_, words)| *words));
    let weights = weights(others.iter().map(|(sentence, _)| *sentence));
    let rows: Vec<Row> = others
        .iter()
        .map(|(sentence, words)| Row {
            vector: known.vector(words),
            truth: sentence.biased,
            counts: weights.get(&kind(sentence)).copied().unwrap_or(1.0),
        })
        .collect();
    let model = Model::fit(&rows, known.len());
    let scored = ours
        .into_iter()
        .map(|(sentence, words)| Scored { sentence, score: model.share(&known.vector(words)) })
        .collect();
    (scored, model.size())
}

fn kind(sentence: &Marked) -> (&str, bool) {
    (&sentence.outlet, sentence.biased)
}

/// How much a sentence of each outlet and verdict counts, so that the model cannot learn the outlet: all kinds the same,
/// none more than three times over.
fn weights<'a>(all: impl Iterator<Item = &'a Marked>) -> BTreeMap<(&'a str, bool), f64> {
    let mut sizes: BTreeMap<(&str, bool), f64> = BTreeMap::new();
    for sentence in all {
        *sizes.entry(kind(sentence)).or_default() += 1.0;
    }
    let mean = sizes.values().sum::<f64>() / sizes.len().max(1) as f64;
    sizes.into_iter().map(|(kind, size)| (kind, (mean / size).min(3.0))).collect()
}

/// The traits of a sentence: words without names, pairs of words, beginnings and ends of words, marks, length.
fn read(text: &str) -> Vec<String> {
    let all = tokens(text);
    let words: Vec<&Token> = all.iter().filter(|token| token.is_word()).collect();
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let low = word.base();
        // A name tells which outlet wrote about whom, not how.
        let name = word.capital && at > 0;
        out.push(if name { "NAME".to_owned() } else { low.to_owned() });
        if let Some(next) = words.get(at + 1).filter(|next| !name && !next.capital) {
            out.push(format!("{low} {}", next.base()));
        }
        let letters: Vec<char> = low.chars().collect();
        if !name && letters.len() > 5 {
            out.push(letters.iter().take(5).collect::<String>() + "-");
            out.push(letters.iter().rev().take(3).rev().fold("-".to_owned(), |mut end, letter| {
                end.push(*letter);
                end
            }));
        }
    }
    out.extend(all.iter().filter(|token| !token.is_word()).map(|token| token.low.clone()));
    out.push(format!("LENGTH {}", words.len() / 10));
    out
}

/// The most sentences that can be flagged, the likeliest first, at [`PRECISION`]; and the recall that this gives.
fn at_precision(scored: &[Scored<'_>], biased: usize) -> (usize, f64) {
    let (mut right, mut best) = (0, (0, 0));
    for (at, one) in scored.iter().enumerate() {
        right += usize::from(one.sentence.biased);
        if right as f64 >= PRECISION * (at + 1) as f64 {
            best = (at + 1, right);
        }
    }
    (best.0, best.1 as f64 / biased.max(1) as f64)
}

/// False alarms by outlet and side, and how far the sides are apart.
fn alarms(scored: &[Scored<'_>], flagged: usize) -> String {
    let mut by: BTreeMap<(bool, &str), (u32, u32)> = BTreeMap::new();
    for (at, one) in scored.iter().enumerate().filter(|(_, one)| !one.sentence.biased) {
        let keys = [(false, one.sentence.outlet.as_str()), (true, one.sentence.side.as_str())];
        for key in keys.into_iter().filter(|(_, name)| !name.is_empty()) {
            let entry = by.entry(key).or_default();
            *entry = (entry.0 + u32::from(at < flagged), entry.1 + 1);
        }
    }
    let share = |(a, b): (u32, u32)| f64::from(a) * 100.0 / f64::from(b.max(1));
    let mut out = format!("false alarms among the {flagged} likeliest:\n");
    for ((side, name), counts) in &by {
        let kind = if *side { "side " } else { "" };
        let _ = writeln!(out, "{kind}{name}: {}/{} = {:.1} %", counts.0, counts.1, share(*counts));
    }
    let side = |name| by.get(&(true, name)).copied().map_or(0.0, share);
    let _ =
        writeln!(out, "left and right apart: {:.1} points", (side("left") - side("right")).abs());
    out
}
