//! The rows behind a balance, as CSV by RFC 4180: one row an article, so that anyone can count otherwise.

use super::{Answered, Piece};

/// The names of the columns.
const COLUMNS: [&str; 14] = [
    "path",
    "lang",
    "reported",
    "words",
    "sources",
    "voices",
    "unnamed voices",
    "official voices",
    "spoken words",
    "unnamed words",
    "parties heard",
    "parties not heard",
    "findings",
    "answered",
];

/// One row for each of `pieces`, in their order, after the names of the columns. Lists in a cell are parted by `; `.
pub fn csv<'a>(pieces: impl Iterator<Item = &'a Piece>) -> String {
    let mut out = String::new();
    line(&mut out, COLUMNS.map(str::to_owned).into_iter());
    for piece in pieces {
        let names = |heard: bool| {
            let sides = piece.sides.iter().filter(|side| side.heard == heard);
            sides.map(|side| side.name.as_str()).collect::<Vec<_>>().join("; ")
        };
        let findings: Vec<&str> = piece.findings.iter().map(|(rule, ..)| rule.as_str()).collect();
        let answered = piece.findings.iter().filter(|(.., answer)| *answer != Answered::No).count();
        let cells = [
            piece.path.clone(),
            piece.lang.clone(),
            piece.reported.to_string(),
            piece.words.to_string(),
            piece.sources.to_string(),
            piece.voices.to_string(),
            piece.unnamed_voices.to_string(),
            piece.official_voices.to_string(),
            piece.spoken_words.to_string(),
            piece.unnamed_words.to_string(),
            names(true),
            names(false),
            findings.join("; "),
            answered.to_string(),
        ];
        line(&mut out, cells.into_iter());
    }
    out
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(|text| cell(&text)).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

/// A cell; what a spreadsheet would take for a formula is kept text by an apostrophe.
fn cell(text: &str) -> String {
    let safe = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if safe.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let check = |text: &str, expected: &str| assert_eq!(cell(text), expected);
        check("plain", "plain");
        check("a, b", "\"a, b\"");
        check("say \"so\"", "\"say \"\"so\"\"\"");
        check("=1+1", "'=1+1");
        check("-2", "'-2");
    }
}
