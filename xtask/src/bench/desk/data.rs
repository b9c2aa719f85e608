//! Texts to measure on: lines of JSON in a folder that is given by its path.

use std::path::Path;

use ovn_edition::model::{Article, Block, Inline};
use serde::de::DeserializeOwned;

/// The rows of a file of JSON lines.
pub(super) fn rows<T: DeserializeOwned>(folder: &Path, file: &str) -> Result<Vec<T>, String> {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).map_err(|e| {
        format!("Cannot read {}: {e}; give the folder with --data.", path.display())
    })?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let row = |(at, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|e| format!("{}, line {}: {e}", path.display(), at + 1))
    };
    lines.map(row).collect()
}

/// A text as an article, and where each of its runs began in the text.
#[derive(Debug)]
pub(super) struct Laid {
    /// Headline from the first line, a paragraph for each other line.
    pub(super) article: Article,
    /// For each run of the reading, the byte of the text where its words begin.
    pub(super) starts: Vec<usize>,
}

/// Lays out plain text: the first line is the headline, every other line a paragraph.
pub(super) fn lay(text: &str, lang: &str) -> Laid {
    let mut article = Article { lang: lang.to_owned(), ..Article::default() };
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let words = line.trim();
        if !words.is_empty() {
            starts.push(at + line.len() - line.trim_start().len());
            if starts.len() == 1 {
                article.headline = words.to_owned();
            } else {
                article.body.push(paragraph(words));
            }
        }
        at += line.len() + 1;
    }
    Laid { article, starts }
}

/// One paragraph of plain words.
pub(super) fn paragraph(words: &str) -> Block {
    Block::Paragraph { content: vec![Inline::Text { text: words.to_owned(), marks: Vec::new() }] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_runs_with_their_places() {
        let text = "A headline.\n\n  First.\nSecond.";
        let laid = lay(text, "en");
        assert_eq!(laid.article.headline, "A headline.");
        assert_eq!(laid.article.body, [paragraph("First."), paragraph("Second.")]);
        assert_eq!(laid.starts, [0, 15, 22]);
        assert!(text.get(laid.starts[2]..).unwrap().starts_with("Second."));
    }
}
