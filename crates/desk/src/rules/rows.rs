//! Rows for the tests of rules: a text, and the words that its findings point at.

use crate::{reading::Reading, rule::Rule, sink::Sink};
use ovn_edition::{
    model::{Article, Block, Inline},
    report::Finding,
};

/// An article of plain text: the first line is the headline, every other line a paragraph; `[[…]]` is a caption.
pub(crate) fn article(lang: &str, text: &str) -> Article {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let headline = lines.next().unwrap_or_default().to_owned();
    let body = lines.map(block).collect();
    Article { lang: lang.to_owned(), headline, body, ..Article::default() }
}

fn block(line: &str) -> Block {
    match line.strip_prefix("[[").and_then(|line| line.strip_suffix("]]")) {
        Some(caption) => Block::Image {
            src: "a.jpg".to_owned(),
            alt: String::new(),
            caption: caption.to_owned(),
            credit: String::new(),
            sha256: None,
            renditions: Vec::new(),
        },
        None => Block::Paragraph {
            content: vec![Inline::Text { text: line.to_owned(), marks: Vec::new() }],
        },
    }
}

/// What `rule` finds in `text`.
pub(crate) fn findings(rule: &Rule, lang: &str, text: &str) -> Vec<Finding> {
    let article = article(lang, text);
    let reading = Reading::of(&article);
    let mut sink = Sink { rule, lang, found: Vec::new() };
    (rule.check)(&reading, &mut sink);
    for finding in &sink.found {
        assert!(!finding.why.contains('{') && !finding.settle.contains('{'), "{finding:?}");
    }
    sink.found
}

/// Holds the findings of `rule` on `text` against the words that they should point at.
pub(crate) fn check(rule: &Rule, lang: &str, text: &str, expected: &[&str]) {
    let found = findings(rule, lang, text);
    let words: Vec<String> = found.iter().map(Finding::words).collect();
    assert_eq!(words, expected, "{text}");
}

/// An article with two parties, the council and the union, and three sources: "a" speaks for the one, "b" for the
/// other, "c" for nobody. `body` is Markdown.
pub(crate) fn cited_article(lang: &str, body: &str) -> Article {
    let file = format!(
        "---\nheadline: A bridge\nlang: {lang}\nparties: [City council, Water union]\nreferences:\n  \
         - {{id: a, type: speech, title: A, custom: {{kind: statement, speaks-for: City council}}}}\n  \
         - {{id: b, type: speech, title: B, custom: {{kind: statement, speaks-for: Water union}}}}\n  \
         - {{id: c, type: document, title: C, custom: {{kind: document}}}}\n---\n{body}\n"
    );
    ovn_edition::markdown::read(file.as_bytes()).expect("a test's own article")
}

/// What `rule` finds in `article`.
pub(crate) fn on(rule: &Rule, article: &Article) -> Vec<Finding> {
    let reading = Reading::of(article);
    let mut sink = Sink { rule, lang: &article.lang, found: Vec::new() };
    (rule.check)(&reading, &mut sink);
    for finding in &sink.found {
        assert!(!finding.why.contains('{') && !finding.settle.contains('{'), "{finding:?}");
    }
    sink.found
}

/// What `rule` finds in [`cited_article`] with this body.
pub(crate) fn found(rule: &Rule, lang: &str, body: &str) -> Vec<Finding> {
    on(rule, &cited_article(lang, body))
}

/// Holds the findings of `rule` in [`cited_article`] against the words that they should point at.
pub(crate) fn cited(rule: &Rule, lang: &str, body: &str, expected: &[&str]) {
    let words: Vec<String> = found(rule, lang, body).iter().map(Finding::words).collect();
    assert_eq!(words, expected, "{body}");
}
