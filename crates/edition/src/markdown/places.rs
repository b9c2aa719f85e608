//! Where words of an article stand in its file: from a place in the sealed form back to line and column.

use super::{lines::Lines, meta::Fields};
use crate::{
    claims,
    model::Article,
    report::{HEADLINE_BLOCK, Spot, standfirst_block},
    text,
};

/// The parts of a file, by their offsets.
#[derive(Debug, Clone)]
pub struct Places {
    text: String,
    /// Offset at which the body begins.
    body: usize,
    /// Offset of each block of the body.
    blocks: Vec<usize>,
    fields: Fields,
}

/// A stretch of a file. Lines and columns count from 1, columns in characters; the end is where the next one would begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Line and column of the first character.
    pub from: (usize, usize),
    /// Line and column after the last.
    pub to: (usize, usize),
}

impl Places {
    pub(super) fn new(text: String, body: usize, blocks: Vec<usize>, fields: Fields) -> Self {
        Self { text, body, blocks, fields }
    }

    /// The file's text as it was read: line feeds, NFC, no byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the words of `spot` stand; the beginning of their block where the notation parts them.
    #[must_use]
    pub fn region(&self, article: &Article, spot: &Spot) -> Region {
        let lines = Lines::new(&self.text);
        let (from, to) = self.segment(article, spot, &lines);
        let skipped = earlier(article, spot);
        let found = self.nth(from, to, &spot.words, skipped);
        let (start, end) = found.unwrap_or((from, from));
        Region { from: lines.place(start), to: lines.place(end) }
    }

    /// The bytes of the file in which the block of `spot` is written.
    fn segment(&self, article: &Article, spot: &Spot, lines: &Lines<'_>) -> (usize, usize) {
        let field = if spot.block == HEADLINE_BLOCK {
            Some("headline")
        } else {
            (standfirst_block(article) == Some(spot.block)).then_some("standfirst")
        };
        if let Some(name) = field {
            let (line, _) = self.fields.get(name).copied().unwrap_or((1, 1));
            return (lines.start(line), self.body);
        }
        let first = claims::first_body_block(article);
        let number = usize::try_from(spot.block).unwrap_or(usize::MAX).saturating_sub(first);
        let from = self.blocks.get(number).copied().unwrap_or(self.body);
        (from, self.blocks.get(number + 1).copied().unwrap_or(self.text.len()))
    }

    /// The bytes of the match number `skip` (from 0) of `words` between `from` and `to`, or of the last one there is.
    fn nth(&self, from: usize, to: usize, words: &str, skip: usize) -> Option<(usize, usize)> {
        let first = words.chars().next()?;
        let mut at = from;
        let mut seen = 0;
        let mut last = None;
        while at < to {
            let next = self.text.get(at..to)?.find(first)? + at;
            at = match self.reach(next, to, words) {
                Some(end) => {
                    last = Some((next, end));
                    if seen == skip {
                        break;
                    }
                    seen += 1;
                    end
                }
                None => next + first.len_utf8(),
            };
        }
        last
    }

    /// Where `words` end if they begin at `from`, read over line ends, citations, marks and escapes.
    fn reach(&self, from: usize, to: usize, words: &str) -> Option<usize> {
        let source = self.text.get(from..to)?;
        let mut at = 0;
        for letter in words.chars() {
            at += notation(source.get(at..)?, letter);
            let next = source.get(at..)?.chars().next()?;
            if letter.is_whitespace() && next.is_whitespace() {
                let rest = source.get(at..)?;
                at += rest.len() - rest.trim_start().len();
            } else if next == letter {
                at += next.len_utf8();
            } else {
                return None;
            }
        }
        Some(from + at)
    }
}

/// How many bytes at the beginning of `source` are notation rather than `letter`.
fn notation(source: &str, letter: char) -> usize {
    let mut at = 0;
    while let Some(rest) = source.get(at..) {
        let bare = rest.trim_start();
        if bare.starts_with("[@")
            && let Some(end) = bare.find(']')
        {
            at += rest.len() - bare.len() + end + 1;
            continue;
        }
        match rest.chars().next() {
            Some(mark @ ('*' | '_' | '`' | '\\')) if mark != letter => at += 1,
            _ => return at,
        }
    }
    at
}

/// How often the words of `spot` stand in its block before it.
fn earlier(article: &Article, spot: &Spot) -> usize {
    let number = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let before = |words: &str| {
        words.get(..number(spot.from)).map_or(0, |part| part.matches(spot.words.as_str()).count())
    };
    if spot.block == HEADLINE_BLOCK {
        return before(&article.headline);
    }
    if standfirst_block(article) == Some(spot.block) {
        return article.standfirst.as_deref().map_or(0, before);
    }
    let at = number(spot.block).saturating_sub(claims::first_body_block(article));
    let Some(block) = article.body.get(at) else { return 0 };
    let (mut run, mut count) = (0, 0);
    block.each_run(&mut |content| {
        if run <= spot.run {
            let (words, _) = text::cited(content);
            count += if run == spot.run {
                before(&words)
            } else {
                words.matches(spot.words.as_str()).count()
            };
        }
        run += 1;
    });
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "---\nheadline: A bridge, a bridge\nlang: en\nreferences:\n  - id: a\n    type: report\n---\n\
        One said\nso [@a]. One *said* so.\n\n- some say\n- some say it\\*\n";

    fn spot(block: u32, run: u32, from: u32, words: &str) -> Spot {
        let to = from + u32::try_from(words.len()).unwrap();
        Spot { block, run, from, to, words: words.to_owned() }
    }

    #[test]
    fn words_are_found_in_their_file() {
        let (article, places) = super::super::read_placed(FILE.as_bytes()).unwrap();
        let body = u32::try_from(claims::first_body_block(&article)).unwrap();
        let check = |spot: Spot, from, to| {
            assert_eq!(places.region(&article, &spot), Region { from, to }, "{spot:?}");
        };
        check(spot(4, 0, 12, "bridge"), (2, 23), (2, 29));
        check(spot(body, 0, 0, "One said so"), (8, 1), (9, 3));
        check(spot(body, 0, 13, "One said so"), (9, 10), (9, 23));
        check(spot(body + 1, 1, 0, "some say"), (12, 3), (12, 11));
        check(spot(body + 1, 1, 9, "it*"), (12, 12), (12, 16));
        check(spot(body, 0, 0, "not there"), (8, 1), (8, 1));
        check(spot(99, 0, 0, "x"), (8, 1), (8, 1));
    }
}
