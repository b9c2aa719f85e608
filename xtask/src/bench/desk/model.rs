//! A sentence model for opinion language: what a sparse linear model reaches with each outlet left out in turn.
//!
//! It is measured and not shipped: docs/decisions/007-no-sentence-model.md.

mod fit;

use std::{collections::BTreeMap, path::Path};

use super::{
    grid::{Grid, point},
    marks::{self, Marked},
};
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
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) sentences: usize,
    pub(super) biased: usize,
    pub(super) weights: usize,
    /// For the likeliest so many in a hundred: the precision.
    tops: Vec<(usize, f64)>,
    /// The recall at [`PRECISION`].
    pub(super) recall: f64,
    /// The likeliest sentences among which false alarms are counted.
    pub(super) shown: usize,
    /// By outlet, then by side: false alarms, sentences not called biased.
    alarms: BTreeMap<(bool, String), (u32, u32)>,
}

/// What a model reaches that never saw the outlet whose sentences it scores.
pub(super) fn reached(folder: &Path) -> Result<Reached, String> {
    let all = marks::sentences(folder, &Wording::default())?;
    let traits: Vec<Vec<String>> = all.iter().map(|one| read(&one.text)).collect();
    let (mut scored, mut weights) = (Vec::new(), 0);
    for outlet in marks::outlets(&all) {
        let (fitted, size) = leave_out(&all, &traits, &outlet);
        weights = weights.max(size);
        scored.extend(fitted);
    }
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.sentence.text.cmp(&b.sentence.text)));
    let biased = scored.iter().filter(|one| one.sentence.biased).count();
    let tops = [10, 20].map(|share| {
        let top = scored.len() * share / 100;
        let right = scored.iter().take(top).filter(|one| one.sentence.biased).count();
        (share, right as f64 / top.max(1) as f64)
    });
    let (flagged, recall) = at_precision(&scored, biased);
    // Where nothing reaches the precision, the likeliest fifth shows how far apart the sides are.
    let shown = if flagged == 0 { scored.len() / 5 } else { flagged };
    let alarms = alarms(&scored, shown);
    Ok(Reached {
        sentences: scored.len(),
        biased,
        weights,
        tops: tops.into(),
        recall,
        shown,
        alarms,
    })
}

/// What was reached, for a terminal.
pub(super) fn table(folder: &Path) -> Result<String, String> {
    let reached = reached(folder)?;
    let [figures, alarms] = reached.grids();
    Ok(format!(
        "model: sparse linear, each outlet left out in turn\n{}false alarms among the {} likeliest:\n{}",
        figures.lines(),
        reached.shown,
        alarms.lines()
    ))
}

impl Reached {
    /// How far the false alarms of the two outer sides of the data are apart, in points.
    pub(super) fn apart(&self) -> f64 {
        let side =
            |name: &str| self.alarms.get(&(true, name.to_owned())).copied().map_or(0.0, percent);
        (side("left") - side("right")).abs()
    }

    /// The figures; the false alarms by outlet and side.
    pub(super) fn grids(&self) -> [Grid; 2] {
        let mut figures = Grid::new(&["what", "reached"]);
        let mut row = |what: &str, value: String| figures.row([what.to_owned(), value]);
        row("sentences", self.sentences.to_string());
        row("called biased by the experts", self.biased.to_string());
        row("most weights of a model", self.weights.to_string());
        for (share, precision) in &self.tops {
            row(&format!("precision of the likeliest {share} %"), point(*precision));
        }
        row(&format!("recall at precision {PRECISION:.2}"), point(self.recall));
        row("sides apart in false alarms, points", format!("{:.1}", self.apart()));
        let mut alarms = Grid::new(&["outlet", "side as the data gives it", "false alarms", "%"]);
        for ((side, name), counts) in &self.alarms {
            let names = if *side { ["all", name] } else { [name.as_str(), ""] };
            let [outlet, side] = names.map(str::to_owned);
            alarms.row([
                outlet,
                side,
                format!("{}/{}", counts.0, counts.1),
                format!("{:.1}", percent(*counts)),
            ]);
        }
        [figures, alarms]
    }
}

fn percent((a, b): (u32, u32)) -> f64 {
    f64::from(a) * 100.0 / f64::from(b.max(1))
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

/// False alarms by outlet and side among the `flagged` likeliest.
fn alarms(scored: &[Scored<'_>], flagged: usize) -> BTreeMap<(bool, String), (u32, u32)> {
    let mut by: BTreeMap<(bool, String), (u32, u32)> = BTreeMap::new();
    for (at, one) in scored.iter().enumerate().filter(|(_, one)| !one.sentence.biased) {
        let keys = [(false, &one.sentence.outlet), (true, &one.sentence.side)];
        for (side, name) in keys.into_iter().filter(|(_, name)| !name.is_empty()) {
            let entry = by.entry((side, name.clone())).or_default();
            *entry = (entry.0 + u32::from(at < flagged), entry.1 + 1);
        }
    }
    by
}
