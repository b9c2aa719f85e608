//! Rows for tests of rules about wording: an article of one section, and the words that a rule points at.

use crate::{reading::Reading, rule::Rule, sink::Sink};
use ovn_edition::{
    model::{Article, Block, Inline},
    report::Finding,
};

/// An article in English: the first line is its headline, every other line a paragraph.
pub(super) fn article(section: &str, text: &str) -> Article {
    let mut lines = text.lines();
    let headline = lines.next().unwrap_or_default().to_owned();
    let words = |line: &str| vec![Inline::Text { text: line.trim().to_owned(), marks: Vec::new() }];
    let body = lines.map(|line| Block::Paragraph { content: words(line) }).collect();
    let sections = vec![section.to_owned()];
    Article { lang: "en".to_owned(), headline, sections, body, ..Article::default() }
}

/// What `rule` finds in `article`.
pub(super) fn findings(rule: &Rule, article: &Article) -> Vec<Finding> {
    let reading = Reading::of(article);
    let mut sink = Sink { rule, lang: "en", found: Vec::new() };
    (rule.check)(&reading, &mut sink);
    sink.found
}

/// Asserts that `rule` points at these words of the paragraphs `text` under a plain headline.
pub(super) fn check(rule: &Rule, section: &str, text: &str, expected: &[&str]) {
    let found = findings(rule, &article(section, &format!("Harbour vote\n{text}")));
    let found: Vec<String> = found.iter().map(Finding::words).collect();
    assert_eq!(found, expected, "{text}");
}
