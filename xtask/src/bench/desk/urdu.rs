//! Urdu: attributions against the texts marked by hand, how often they are found in headlines, and loaded words.

#[path = "../../../../crates/desk/fixtures/urdu/marked.rs"]
mod marked;

use super::{
    data,
    grid::{Grid, share, small},
};
use marked::{Spans, counted};
use ovn_desk::{
    lists::List,
    reading::{Attribution, Reading},
};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

/// The first text of the held-out part.
const HELD_OUT: usize = 40;

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    label: String,
}

/// The two parts of the marked texts.
const PARTS: [&str; 2] = ["fitted", "held out"];

/// For each part of the marked texts: attributions found rightly, found, marked.
pub(super) fn reached() -> Result<[[u32; 3]; 2], String> {
    let mut sums = [[0_u32; 3]; 2];
    for (at, text) in texts(&desk().join("fixtures/urdu"))?.iter().enumerate() {
        let text = marked::read(text);
        let laid = data::lay(&text.lines.join("\n"), "ur");
        let found: Vec<Spans> = Reading::of(&laid.article).attributions.iter().map(spans).collect();
        if let Some(sum) = sums.get_mut(usize::from(at >= HELD_OUT)) {
            sum.iter_mut().zip(counted(&text, &found)).for_each(|(sum, part)| *sum += part);
        }
    }
    Ok(sums)
}

/// Precision and recall of each part.
pub(super) fn grid(sums: [[u32; 3]; 2]) -> Grid {
    let mut out = Grid::new(&["texts", "P [95 %]", "R [95 %]"]);
    for (name, [right, found, gold]) in PARTS.into_iter().zip(sums) {
        out.row([name.to_owned(), counted_share(right, found), counted_share(right, gold)]);
    }
    out
}

/// What was reached, for a terminal.
pub(super) fn table(folder: &Path) -> Result<String, String> {
    let mut out = String::from("urdu: attributions of the texts marked by hand\n");
    out.push_str(&grid(reached()?).lines());
    let rows: Vec<Row> = data::rows(folder, "unbd-urdu/dev.jsonl")?;
    let list = fs::read_to_string(desk().join("lists/ur/loaded.txt")).map_err(|e| e.to_string())?;
    out.push_str(&headlines(&rows, &List::parse(&list)));
    Ok(out)
}

fn desk() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/desk")
}

fn texts(folder: &Path) -> Result<Vec<String>, String> {
    let cannot = |e: std::io::Error| format!("Cannot read {}: {e}.", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        paths.push(entry.map_err(cannot)?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).map_err(cannot)).collect()
}

fn spans(one: &Attribution) -> Spans {
    Spans {
        line: one.run,
        source: one.source.clone(),
        cue: Some(one.cue.clone()),
        content: one.content.first().zip(one.content.last()).map(|(a, b)| a.1.start..b.1.end),
    }
}

/// `.950 [.888, .979] (95/100)`: a share, its 95 % interval, and its counts.
fn counted_share(right: u32, of: u32) -> String {
    format!("{} ({right}/{of})", share(right, of))
}

/// Attributions and listed words in headlines; a word's share is of its uses outside attributed and quoted words that
/// stand in a headline labelled as biased.
fn headlines(rows: &[Row], list: &List) -> String {
    let (mut words, mut found, mut biased) = (0, 0, 0_u32);
    let mut uses: BTreeMap<String, [u32; 2]> = BTreeMap::new();
    for row in rows {
        let laid = data::lay(row.text.trim(), "ur");
        let reading = Reading::of(&laid.article);
        found += reading.attributions.len();
        let is_biased = row.label == "Biased";
        biased += u32::from(is_biased);
        for (at, run) in reading.runs.iter().enumerate() {
            words += run.tokens.iter().filter(|token| token.is_word()).count();
            for hit in list.hits(&run.tokens, 0..run.tokens.len()) {
                if reading.is_own(at, &reading.bytes(at, hit.tokens)) {
                    let [right, of] = uses.entry(hit.entry.words.join(" ")).or_default();
                    (*right, *of) = (*right + u32::from(is_biased), *of + 1);
                }
            }
        }
    }
    let mut out = format!(
        "urdu: {} headlines, {words} words, {:.1} attributions per 1,000 words; labelled biased {}\n",
        rows.len(),
        found as f64 * 1000.0 / words.max(1) as f64,
        counted_share(biased, small(rows.len())),
    );
    for (word, [right, of]) in &uses {
        let _ = writeln!(out, "{}\t{word}", counted_share(*right, *of));
    }
    out
}
