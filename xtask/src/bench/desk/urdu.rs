//! Urdu: attributions against the texts marked by hand, how often they are found in headlines, and loaded words.

#[path = "../../../../crates/desk/fixtures/urdu/marked.rs"]
mod marked;

use super::data;
use marked::{Spans, counted};
use ovn_desk::{
    lists::List,
    reading::{Attribution, Reading},
    rule::wilson,
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

/// What was reached.
pub(super) fn table(folder: &Path) -> Result<String, String> {
    let desk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/desk");
    let mut out = String::from("urdu: attributions of the texts marked by hand\n");
    let mut sums = [[0_u32; 3]; 2];
    for (at, text) in texts(&desk.join("fixtures/urdu"))?.iter().enumerate() {
        let text = marked::read(text);
        let laid = data::lay(&text.lines.join("\n"), "ur");
        let found: Vec<Spans> = Reading::of(&laid.article).attributions.iter().map(spans).collect();
        if let Some(sum) = sums.get_mut(usize::from(at >= HELD_OUT)) {
            sum.iter_mut().zip(counted(&text, &found)).for_each(|(sum, part)| *sum += part);
        }
    }
    for (name, [right, found, gold]) in ["fitted", "held out"].into_iter().zip(sums) {
        let _ = writeln!(out, "{name:<9} P {}", share(right, found));
        let _ = writeln!(out, "{name:<9} R {}", share(right, gold));
    }
    let rows: Vec<Row> = data::rows(folder, "unbd-urdu/dev.jsonl")?;
    let list = fs::read_to_string(desk.join("lists/ur/loaded.txt")).map_err(|e| e.to_string())?;
    out.push_str(&headlines(&rows, &List::parse(&list)));
    Ok(out)
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

/// `0.950 [0.888, 0.979]  95/100`: a share, its 95 % interval, and its counts.
fn share(right: u32, of: u32) -> String {
    let (low, high) = wilson(right, of);
    let share = f64::from(right) / f64::from(of.max(1));
    let [low, high] = [low, high].map(|bound| f64::from(bound) / 1000.0);
    format!("{share:.3} [{low:.3}, {high:.3}]  {right}/{of}")
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
        share(biased, u32::try_from(rows.len()).unwrap_or(u32::MAX)),
    );
    for (word, [right, of]) in &uses {
        let _ = writeln!(out, "{}\t{word}", share(*right, *of));
    }
    out
}
