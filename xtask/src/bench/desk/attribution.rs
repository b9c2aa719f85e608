//! Attributions against PolNeAR's marks: sentences that carry one, and the speakers of direct quotations.

use std::path::Path;

use super::data;
use ovn_desk::reading::Reading;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    brat: Vec<String>,
}

/// What was reached on the development part.
pub(super) fn table(folder: &Path) -> Result<String, String> {
    let rows: Vec<Row> = data::rows(folder, "polnear/dev.jsonl")?;
    let mut found = 0;
    for row in &rows {
        let laid = data::lay(&row.text, "en");
        found += Reading::of(&laid.article).attributions.len();
    }
    let marked: usize = rows.iter().map(|row| row.brat.len()).sum();
    Ok(format!("attributions: {} articles, {found} found, {marked} marks\n", rows.len()))
}
