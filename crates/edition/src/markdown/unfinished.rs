//! A file that is still being written: what it says so far, and the part of it that stands beside the editor's sheet.

use super::{Problem, body, lines::Lines, meta, source, write_yaml, yaml};
use crate::model::Article;

/// What an unfinished file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// It may break the rules of [`crate::check`], and cite sources that are not there yet.
    pub article: Article,
    /// What could not be read of the body, whose blocks are then not all there. Empty when everything was read.
    pub problems: Vec<Problem>,
}

/// The article in a file that is still being written. What [`super::read`] takes is read alike.
///
/// # Errors
/// What is wrong with the file as a whole or with its metadata.
pub fn unfinished(bytes: &[u8]) -> Result<Unfinished, Vec<Problem>> {
    let text = source::text(bytes).map_err(|problem| vec![problem])?;
    let (block, start) = source::split(&text).map_err(|problem| vec![problem])?;
    let node = yaml::read(block).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let (mut article, _) = meta::article(&node, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    article.body = body::read(&text, start, &Lines::new(&text), None, &mut problems).blocks;
    Ok(Unfinished { article, problems })
}

/// The lines of an article's metadata without those that stand on the editor's sheet: headline and standfirst.
#[must_use]
pub fn about(article: &Article) -> String {
    let bare = Article { headline: String::new(), standfirst: None, ..article.clone() };
    let lines = write_yaml::metadata(&bare);
    lines.split_once('\n').map_or("", |(_, rest)| rest).to_owned()
}

/// `article` with `lines`, as [`about`] gives them, in place of its own.
///
/// # Errors
/// What is wrong with the lines, each with its place in them.
pub fn with_about(article: &Article, lines: &str) -> Result<Article, Vec<Problem>> {
    let text = source::text(lines.as_bytes()).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let node = yaml::read(&text).map_err(|problem| vec![from_first(problem)])?;
    let (new, fields) = meta::parts(&node, &mut problems);
    for name in ["headline", "standfirst"] {
        if let Some((line, column)) = fields.get(name).copied() {
            let message = format!("the {name} stands in the text");
            let advice = "change it there, and take this line out".to_owned();
            problems.push(Problem { line, column, message, advice });
        }
    }
    if !fields.contains_key("lang") {
        problems.push(node.problem("there is no lang", "add a line such as `lang: en`"));
    }
    if !problems.is_empty() {
        return Err(problems.into_iter().map(from_first).collect());
    }
    Ok(Article {
        headline: article.headline.clone(),
        standfirst: article.standfirst.clone(),
        body: article.body.clone(),
        ..new
    })
}

/// Metadata is counted from the file's second line; these lines begin with their own first.
fn from_first(problem: Problem) -> Problem {
    Problem { line: problem.line.saturating_sub(1).max(1), ..problem }
}
