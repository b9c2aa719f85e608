//! Does a page show what was sealed? Its one `<article>` is compared, mark by mark, with the one that the sealed
//! document gives.
//!
//! HTML is never hashed, so that a proxy may respell it; but every tag, attribute and word inside `<article>` must be
//! what [`ovn_edition::html`] makes of the document, and nothing may be added. What stands outside (navigation,
//! history, the record's own facts) is the site's and is not covered; nor is the style sheet, which can hide text.

mod tokens;

use crate::{Report, Verdict};
use tokens::Token;

/// Compares the `html` of a page with `expected`, the article element that the sealed document gives.
#[must_use]
pub fn page(html: &[u8], expected: &str) -> Report {
    let mut report = Report::default();
    let shown = std::str::from_utf8(html).map_err(|_| "it is not UTF-8".to_owned());
    let shown = shown.and_then(|html| tokens::article(html).map_err(|error| error.to_string()));
    let sealed = tokens::article(expected).map_err(|error| error.to_string());
    match (shown, sealed) {
        (Ok(shown), Ok(sealed)) => compare(&mut report, &shown, &sealed),
        (Err(error), _) => {
            let sentence = format!("The page cannot be read strictly: {error}.");
            report.fail("page", Verdict::Damaged, sentence);
        }
        (_, Err(error)) => {
            let sentence = format!("The sealed document gives no page: {error}.");
            report.fail("page", Verdict::Damaged, sentence);
        }
    }
    report
}

fn compare(report: &mut Report, shown: &[Token], sealed: &[Token]) {
    if shown == sealed {
        let words: usize = shown.iter().filter_map(Token::text).map(count).sum();
        let sentence =
            format!("The page shows the sealed article, all {words} words of it, and adds none.");
        report.pass("page", sentence);
        return;
    }
    let (shown_text, sealed_text) = (blocks(shown), blocks(sealed));
    for (place, is) in &shown_text {
        match sealed_text.iter().find(|(other, _)| other == place) {
            Some((_, was)) if was == is => {}
            Some((_, was)) => report.difference.push(hunk(place, was, is)),
            None => report.difference.push(format!("{place}: shown and not sealed: “{is}”")),
        }
    }
    for (place, was) in &sealed_text {
        if !shown_text.iter().any(|(other, _)| other == place) {
            report.difference.push(format!("{place}: sealed and not shown: “{was}”"));
        }
    }
    let sentence = if report.difference.is_empty() {
        let at = shown.iter().zip(sealed).find(|(a, b)| a != b);
        report.difference.push(match at {
            Some((is, was)) => format!("sealed: {was}; shown: {is}"),
            None => "the page ends earlier or goes on longer than the sealed article".to_owned(),
        });
        "The page shows the sealed words, but with other links, marks or order."
    } else {
        "The page does not show the words that were sealed."
    };
    report.fail("page", Verdict::Differs, sentence);
}

/// The text of each numbered block, with what stands before and between them under the number that precedes it.
fn blocks(tokens: &[Token]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut open: Vec<Option<&str>> = Vec::new();
    for token in tokens {
        match token {
            Token::Open { name, attributes } => {
                let number = attributes.iter().find(|(key, _)| key == "data-b");
                if !tokens::is_void(name) {
                    open.push(number.map(|(_, value)| value.as_str()));
                }
            }
            Token::Close(_) => {
                open.pop();
            }
            Token::Text(text) => {
                let block = open.iter().rev().find_map(|number| *number);
                let place = block.map_or("around the blocks".to_owned(), |n| format!("block {n}"));
                match out.iter_mut().find(|(known, _)| *known == place) {
                    Some((_, words)) => words.push_str(text),
                    None => out.push((place, text.clone())),
                }
            }
        }
    }
    out
}

/// The words that differ, with up to four that do not on either side.
fn hunk(place: &str, was: &str, is: &str) -> String {
    let (was, is): (Vec<&str>, Vec<&str>) =
        (was.split_whitespace().collect(), is.split_whitespace().collect());
    let same = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
    let rest = was.len().min(is.len()) - same;
    let tail = was.iter().rev().zip(is.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let cut = |words: &[&str]| {
        let middle = words.get(same..words.len() - tail).unwrap_or_default().join(" ");
        let before = words.get(same.saturating_sub(4)..same).unwrap_or_default().join(" ");
        let after =
            words.iter().skip(words.len() - tail).take(4).copied().collect::<Vec<_>>().join(" ");
        format!("“{before} [{middle}] {after}”")
    };
    format!("{place}: sealed {}, shown {}", cut(&was), cut(&is))
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests;
