//! What running text may hold.

use super::{HREF_ADVICE, blocks::Report, href, text};
use crate::model::{Citation, Inline, Mark};
use std::collections::HashSet;

/// Where a run of text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Paragraph,
    Heading,
    Cell,
}

/// Every rule that a run breaks.
pub(super) fn run(content: &[Inline], place: Where, ids: &HashSet<&str>, report: Report<'_>) {
    if content.is_empty() && place != Where::Cell {
        report("a paragraph or heading is empty".into(), "take it out");
    }
    let edge = [content.first(), content.last()].contains(&Some(&Inline::Break {}));
    if edge || (place != Where::Paragraph && content.contains(&Inline::Break {})) {
        report("a line break stands at an edge, in a heading or in a table".into(), "take it out");
    }
    let mut all = String::new();
    let mut before: Option<&[Mark]> = None;
    for inline in content {
        let mut own = None;
        match inline {
            Inline::Text { text, marks } => {
                all.push_str(text);
                if text.is_empty() || before == Some(marks) {
                    report(
                        "two pieces of text with equal marks are neighbours, or one is empty"
                            .into(),
                        "join them",
                    );
                }
                marked(text, marks, place, report);
                own = Some(marks.as_slice());
            }
            Inline::Cite { items } => {
                if items.is_empty() {
                    report("a citation names no source".into(), "take it out");
                }
                items.iter().for_each(|item| citation(item, ids, report));
            }
            Inline::Break {} => {}
        }
        before = own;
    }
    if let Some((message, advice)) = text::bidi(&all) {
        report(format!("the text {message}"), advice);
    }
}

fn marked(words: &str, marks: &[Mark], place: Where, report: Report<'_>) {
    // Balance of direction is judged over the whole run: a pair may span a mark.
    let rest: String = words
        .chars()
        .filter(|letter| !matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    if let Some((message, advice)) = text::words(&rest, false) {
        report(format!("the text {message}"), advice);
    }
    let links = marks.iter().filter(|mark| matches!(mark, Mark::Link { .. })).count();
    let twice = marks
        .iter()
        .enumerate()
        .any(|(number, mark)| marks.iter().skip(number + 1).any(|other| other == mark));
    let code = marks.iter().position(|mark| matches!(mark, Mark::Code {}));
    if links > 1 || twice || code.is_some_and(|at| at + 1 != marks.len()) {
        report(
            "marks are nested in a way that cannot be written".into(),
            "use each mark once, one link, and code innermost",
        );
    }
    if code.is_some() && place == Where::Cell && words.contains("\\|") {
        report("code in a table holds a backslash before a bar".into(), "put it outside the table");
    }
    for mark in marks {
        if let Mark::Link { href: address, title } = mark {
            if let Some(message) = href(address) {
                report(message, HREF_ADVICE);
            }
            if title.trim() != title || text::words(title, false).is_some() {
                report(
                    "a link's title has spaces at its edge or control characters".into(),
                    "take them out",
                );
            }
        }
    }
}

fn citation(item: &Citation, ids: &HashSet<&str>, report: Report<'_>) {
    if !ids.contains(item.id.as_str()) {
        report(
            format!("no reference has the id {}", item.id),
            "add the reference or correct the citation",
        );
    }
    for words in [&item.prefix, &item.locator] {
        if words.trim() != words
            || words.chars().count() > 200
            || text::words(words, false).is_some()
        {
            report("the words in a citation are longer than 200 characters or have spaces at their edge".into(), "shorten them");
        }
    }
    if item.prefix.ends_with('-') {
        report("the words before a citation's key end in a hyphen".into(), "take it out");
    }
}
