//! The article as a file: a YAML metadata block, CommonMark, Pandoc's citations and CSL-JSON references.
//!
//! `docs/article-format.md` describes the format. [`read`] and [`write`] are inverse: what the model holds comes
//! back as it was, and a file that [`write`] made is written again byte for byte.

mod adding;
mod attributes;
mod body;
mod desk;
mod inline;
mod lines;
mod meta;
mod places;
mod run;
mod source;
mod unfinished;
mod write;
mod write_inline;
mod write_yaml;
mod yaml;

pub use adding::{reference_ids, with_reference, with_reply};
pub use places::{Places, Region};
pub use unfinished::{Unfinished, about, unfinished, with_about};
pub use write::{with_block, write};

use crate::{check, model::Article};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;

/// What is wrong at one place of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}; {advice}")]
pub struct Problem {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
}

/// The article in a file.
///
/// A byte order mark and CRLF are accepted, and text is brought to NFC.
///
/// # Errors
/// Everything that is wrong with the file, in its order, each with its place.
pub fn read(bytes: &[u8]) -> Result<Article, Vec<Problem>> {
    Ok(read_placed(bytes)?.0)
}

/// The article in a file, and where its parts stand in it.
///
/// # Errors
/// As [`read`].
pub fn read_placed(bytes: &[u8]) -> Result<(Article, Places), Vec<Problem>> {
    let text = source::text(bytes).map_err(|problem| vec![problem])?;
    let lines = lines::Lines::new(&text);
    let (block, start) = source::split(&text).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let (mut article, fields) = match yaml::read(block) {
        Ok(node) => meta::article(&node, &mut problems),
        Err(problem) => return Err(vec![problem]),
    };
    let body = body::read(&text, start, &lines, Some(&article), &mut problems);
    article.body = body.blocks;
    if problems.is_empty() {
        problems = check::article(&article)
            .into_iter()
            .map(|finding| {
                let (line, column) = match finding.place {
                    check::Place::Field(name) => fields.get(name).copied().unwrap_or((1, 1)),
                    check::Place::Block(number) => {
                        body.places.get(number).map_or((1, 1), |offset| lines.place(*offset))
                    }
                };
                Problem { line, column, message: finding.message, advice: finding.advice }
            })
            .collect();
    }
    if problems.is_empty() {
        let places = Places::new(text.clone(), start, body.places, fields);
        return Ok((article, places));
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems.truncate(100);
    Err(problems)
}
