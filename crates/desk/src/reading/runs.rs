//! The runs of text of an article, each with its place in the sealed document, and their sentences.

use super::token::{Token, tokens};
use ovn_edition::{
    claims,
    model::{Article, Block},
    report::{self, HEADLINE_BLOCK},
    sentences, text,
};
use std::ops::Range;

/// A run of text without breaks by structure: a headline, a paragraph, a cell.
#[derive(Debug, Clone)]
pub struct Run {
    /// Number of its block in the sealed document.
    pub block: u32,
    /// Which run of that block, from 0.
    pub number: u32,
    /// What part of the article it is.
    pub part: Part,
    /// The words, without citations.
    pub text: String,
    /// Bytes in `text` where citations stand, in order.
    pub cites: Vec<usize>,
    /// Ids of the sources cited at each of these.
    pub cited: Vec<Vec<String>>,
    /// The words and marks.
    pub tokens: Vec<Token>,
}

/// What part of an article a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The headline.
    Headline,
    /// The standfirst.
    Standfirst,
    /// A paragraph.
    Paragraph,
    /// A heading in the body.
    Heading,
    /// A line of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// Text in a quotation that is set off.
    Quotation,
    /// A picture's caption.
    Caption,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Which run.
    pub run: usize,
    /// Its bytes in the run.
    pub range: Range<usize>,
    /// Its tokens among the run's.
    pub tokens: Range<usize>,
}

/// The runs of `article`, in reading order.
pub(super) fn of(article: &Article) -> Vec<Run> {
    let mut out = Vec::new();
    out.push(plain(HEADLINE_BLOCK, Part::Headline, &article.headline));
    if let (Some(block), Some(words)) = (report::standfirst_block(article), &article.standfirst) {
        out.push(plain(block, Part::Standfirst, words));
    }
    let first = claims::first_body_block(article);
    for (at, block) in article.body.iter().enumerate() {
        let number = u32::try_from(first + at).unwrap_or(u32::MAX);
        body(number, block, &mut out);
    }
    out
}

fn plain(block: u32, part: Part, words: &str) -> Run {
    let (cites, cited) = (Vec::new(), Vec::new());
    Run { block, number: 0, part, text: words.to_owned(), cites, cited, tokens: tokens(words) }
}

fn body(number: u32, block: &Block, out: &mut Vec<Run>) {
    let part = match block {
        Block::Paragraph { .. } => Part::Paragraph,
        Block::Heading { .. } => Part::Heading,
        Block::List { .. } => Part::Item,
        Block::Quote { .. } => Part::Quotation,
        Block::Table { .. } => Part::Cell,
        Block::Image { caption, .. } => {
            out.push(plain(number, Part::Caption, caption));
            return;
        }
        Block::Code { .. } | Block::Rule {} => return,
    };
    let mut run = 0;
    block.each_run(&mut |content| {
        let (words, marks) = text::cited(content);
        let cites = marks.iter().map(|(at, _)| *at).collect();
        let cited =
            marks.iter().map(|(_, items)| items.iter().map(|item| item.id.clone()).collect());
        let cited = cited.collect();
        let tokens = tokens(&words);
        out.push(Run { block: number, number: run, part, text: words, cites, cited, tokens });
        run += 1;
    });
}

/// The sentences of all runs.
pub(super) fn sentences(runs: &[Run]) -> Vec<Sentence> {
    let mut out = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        for range in sentences::of(&run.text) {
            let from = run.tokens.partition_point(|token| token.from < range.start);
            let to = run.tokens.partition_point(|token| token.from < range.end);
            out.push(Sentence { run: at, range, tokens: from..to });
        }
    }
    out
}
