//! Claims: the sentences that citations cover, derived from the body and bound to their sources.

use crate::{
    model::{Article, Block},
    sentences, text,
};
use std::ops::Range;

/// One sentence with a citation. Its number on the page is its place in the list, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Number of the block in the sealed document, from 0.
    pub block: usize,
    /// Which run of text in that block, in reading order, from 0.
    pub run: usize,
    /// Bytes of the sentence in the run's words ([`text::cited`]).
    pub range: Range<usize>,
    /// The sentence.
    pub text: String,
    /// Ids of the sources it is bound to, each once, in order.
    pub sources: Vec<String>,
}

/// The claims of a body, and which claim each pair of citation brackets belongs to, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claims {
    /// In reading order.
    pub list: Vec<Claim>,
    /// For the nth pair of brackets: an index into `list`.
    pub of_mark: Vec<usize>,
}

/// The claims of `article`, in reading order.
#[must_use]
pub fn of(article: &Article) -> Vec<Claim> {
    let first = first_body_block(article);
    of_blocks(article.body.iter().enumerate().map(|(at, block)| (first + at, block))).list
}

/// The claims of the body blocks with these numbers.
pub fn of_blocks<'a>(blocks: impl IntoIterator<Item = (usize, &'a Block)>) -> Claims {
    let mut claims = Claims::default();
    for (number, block) in blocks {
        let mut run_number = 0;
        block.each_run(&mut |run| {
            let (words, marks) = text::cited(run);
            // Without marks there is nothing to find sentences for.
            let cuts = if marks.is_empty() { Vec::new() } else { sentences::of(&words) };
            for (at, items) in marks {
                let range = covered(&cuts, at);
                let same = |claim: &Claim| {
                    claim.block == number && claim.run == run_number && claim.range == range
                };
                if !claims.list.last().is_some_and(same) {
                    let text = words.get(range.clone()).unwrap_or_default().to_owned();
                    let sources = Vec::new();
                    claims.list.push(Claim {
                        block: number,
                        run: run_number,
                        range,
                        text,
                        sources,
                    });
                }
                claims.of_mark.push(claims.list.len().saturating_sub(1));
                let Some(claim) = claims.list.last_mut() else { continue };
                for item in items {
                    if !claim.sources.contains(&item.id) {
                        claim.sources.push(item.id.clone());
                    }
                }
            }
            run_number += 1;
        });
    }
    claims
}

/// The sentence that holds the word before byte `at`; the first one for a mark before all words.
fn covered(cuts: &[Range<usize>], at: usize) -> Range<usize> {
    let before = cuts.partition_point(|cut| cut.start < at).saturating_sub(1);
    cuts.get(before).cloned().unwrap_or_default()
}

/// Number of the first body block in the sealed document of `article`: what [`crate::sealed::blocks`] puts before it.
#[must_use]
pub fn first_body_block(article: &Article) -> usize {
    let lists = [&article.byline, &article.sections, &article.topics, &article.parties];
    5 + usize::from(article.standfirst.is_some())
        + usize::from(article.dateline.is_some())
        + usize::from(!article.replies.is_empty())
        + usize::from(article.story.is_some())
        + lists.into_iter().filter(|list| !list.is_empty()).count()
        + article.events.len()
        + article.references.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{html::sample, sealed};

    #[test]
    fn blocks_are_counted_as_they_are_sealed() {
        for article in [Article::default(), sample::english(), sample::urdu()] {
            let all = sealed::blocks(&article, &sealed::Place::default()).unwrap();
            let tail = usize::from(!article.answers.is_empty());
            assert_eq!(first_body_block(&article), all.len() - article.body.len() - tail);
        }
    }

    #[test]
    fn a_mark_covers_the_sentence_before_it() {
        let check = |json: &str, expected: &[(&str, &[&str])]| {
            let block: Block =
                serde_json::from_str(&format!(r#"{{"type":"paragraph","content":{json}}}"#))
                    .unwrap();
            let claims = of_blocks([(7, &block)]);
            let found: Vec<(&str, Vec<&str>)> = claims
                .list
                .iter()
                .map(|claim| {
                    (claim.text.as_str(), claim.sources.iter().map(String::as_str).collect())
                })
                .collect();
            let expected: Vec<(&str, Vec<&str>)> =
                expected.iter().map(|(text, ids)| (*text, ids.to_vec())).collect();
            assert_eq!(found, expected);
        };
        let cite = |id: &str| format!(r#"{{"type":"cite","items":[{{"id":"{id}"}}]}}"#);
        let words = |text: &str| format!(r#"{{"type":"text","text":"{text}"}}"#);
        let join = |parts: &[String]| format!("[{}]", parts.join(","));
        check(&join(&[words("One said "), cite("a"), words(". Two.")]), &[("One said.", &["a"])]);
        check(
            &join(&[
                words("One. "),
                cite("a"),
                words(" Two"),
                cite("b"),
                words(" and "),
                cite("b"),
                cite("a"),
                words("."),
            ]),
            &[("One.", &["a"]), ("Two and.", &["b", "a"])],
        );
        check(&join(&[cite("a"), words("One. Two.")]), &[("One.", &["a"])]);
        check(&join(&[cite("a")]), &[("", &["a"])]);
        check(
            &join(&[words("اس نے کہا۔"), cite("a"), words(" وہ گیا۔")]),
            &[("اس نے کہا۔", &["a"])],
        );
    }
}
