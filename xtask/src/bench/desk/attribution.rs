//! Attributions against PolNeAR's marks: sentences, cues, contents, the speakers of direct quotations, the own voice.

mod gold;
mod listing;
mod speaker;
mod tally;

use super::{data, grid::Grid};
use gold::Mark;
use ovn_desk::reading::Reading;
use serde::Deserialize;
use std::{
    ops::Range,
    path::Path,
    time::{Duration, Instant},
};
use tally::{Pair, Share};

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    brat: Vec<String>,
}

/// One article: read, and marked by hand.
struct Case<'a> {
    text: &'a str,
    reading: &'a Reading<'a>,
    /// For each run, the byte of `text` where it begins.
    starts: &'a [usize],
    gold: Vec<Mark>,
}

impl Case<'_> {
    /// Bytes of a run as bytes of the text.
    fn place(&self, run: usize, range: &Range<usize>) -> Range<usize> {
        let start = self.starts.get(run).copied().unwrap_or_default();
        start + range.start..start + range.end
    }
}

/// What was counted over all articles.
#[derive(Default)]
struct Counts {
    sentences: Pair,
    by_cue: Pair,
    cues: Pair,
    words: Pair,
    speakers: speaker::Speakers,
    own_outside: Share,
    own_inside: Share,
}

/// What was reached on one part of the texts.
#[derive(Default)]
pub(super) struct Reached {
    pub(super) articles: usize,
    bytes: usize,
    spent: Duration,
    counts: Counts,
}

impl Reached {
    /// F1 by sentence: it touches an attribution's cue or content.
    pub(super) fn sentence_f1(&self) -> f64 {
        self.counts.sentences.f1()
    }

    /// Direct quotations whose speaker was answered, and answers that were right: the shares, and as text.
    pub(super) fn speakers(&self) -> [(f64, String); 2] {
        let speakers = &self.counts.speakers;
        [&speakers.answered, &speakers.right].map(|share| (share.share(), share.text()))
    }

    /// Precision, recall and F1 of what was found; then plain shares.
    pub(super) fn grids(&self) -> [Grid; 2] {
        let mut found = Grid::new(&["unit", "P [95 %]", "R [95 %]", "F1"]);
        let counts = &self.counts;
        counts.sentences.row("sentence touches an attribution's cue or content", &mut found);
        counts.by_cue.row("sentence holds a cue", &mut found);
        counts.cues.row("cue (any overlap)", &mut found);
        counts.words.row("content, by word", &mut found);
        let mut shares = Grid::new(&["what", "share [95 %]"]);
        counts.speakers.rows(&mut shares);
        counts.own_outside.row("words outside marked content called own", &mut shares);
        counts.own_inside.row("words of marked content called own", &mut shares);
        [found, shares]
    }
}

/// What was reached, for a terminal; `list` asks for examples of one kind of fault.
pub(super) fn table(folder: &Path, part: &str, list: Option<&str>) -> Result<String, String> {
    let mut listed = listing::Listing::new(list);
    let reached = read(folder, part, &mut listed)?;
    let [found, shares] = reached.grids();
    Ok(format!(
        "{}PolNeAR {part}: {} articles, {} kB, read in {:.2} ms each\n{}{}",
        listed.finish(),
        reached.articles,
        reached.bytes / 1000,
        reached.spent.as_secs_f64() * 1000.0 / reached.articles.max(1) as f64,
        found.lines(),
        shares.lines(),
    ))
}

/// What was reached on one part of the texts.
pub(super) fn reached(folder: &Path, part: &str) -> Result<Reached, String> {
    read(folder, part, &mut listing::Listing::new(None))
}

fn read(folder: &Path, part: &str, listed: &mut listing::Listing) -> Result<Reached, String> {
    let rows: Vec<Row> = data::rows(folder, &format!("polnear/{part}.jsonl"))?;
    let mut out = Reached { articles: rows.len(), ..Reached::default() };
    for row in &rows {
        let laid = data::lay(&row.text, "en");
        let began = Instant::now();
        let reading = Reading::of(&laid.article);
        out.spent += began.elapsed();
        out.bytes += row.text.len();
        let gold = gold::marks(&row.text, row.brat.first().map_or("", String::as_str));
        let case = Case { text: &row.text, reading: &reading, starts: &laid.starts, gold };
        count(&case, &mut out.counts);
        out.counts.speakers.count(&case, listed);
        listed.look(&case);
    }
    Ok(out)
}

fn touches(spans: &[Range<usize>], range: &Range<usize>) -> bool {
    spans.iter().any(|span| span.start < range.end && range.start < span.end)
}

fn count(case: &Case<'_>, counts: &mut Counts) {
    let reading = case.reading;
    let gold_cues: Vec<_> = case.gold.iter().flat_map(|mark| mark.cue.clone()).collect();
    let gold_said: Vec<_> = case.gold.iter().flat_map(|mark| mark.content.clone()).collect();
    let cues: Vec<_> = reading.attributions.iter().map(|a| case.place(a.run, &a.cue)).collect();
    let said = reading.attributions.iter().flat_map(|one| &one.content);
    let said: Vec<_> = said.map(|(run, range)| case.place(*run, range)).collect();
    for sentence in &reading.sentences {
        let place = case.place(sentence.run, &sentence.range);
        let by_cue = (touches(&gold_cues, &place), touches(&cues, &place));
        counts.by_cue.add(by_cue.0, by_cue.1);
        let marked = by_cue.0 || touches(&gold_said, &place);
        counts.sentences.add(marked, by_cue.1 || touches(&said, &place));
    }
    let hits = cues.iter().filter(|cue| touches(&gold_cues, cue)).count();
    let met = gold_cues.iter().filter(|cue| touches(&cues, cue)).count();
    counts.cues.spans(hits, cues.len(), met, gold_cues.len());
    for (number, run) in reading.runs.iter().enumerate() {
        for token in run.tokens.iter().filter(|token| token.is_word()) {
            let place = case.place(number, &(token.from..token.to));
            let marked = touches(&gold_said, &place);
            counts.words.add(marked, touches(&said, &place));
            let own = reading.is_own(number, &(token.from..token.to));
            let share = if marked { &mut counts.own_inside } else { &mut counts.own_outside };
            share.add(own);
        }
    }
}
