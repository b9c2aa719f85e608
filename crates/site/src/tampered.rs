//! A silent edit, made on purpose: a copy of one article with words swapped, and what a verifier says to each.
//!
//! Only an edition that asks for it has these pages; the demonstration does.

use ovn_store::rows::Head;
use ovn_verify::{Report, shown};

use crate::pages::tampered::Demonstration;

/// Which article is tampered with, and how.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tampering {
    /// The article's address.
    pub path: String,
    /// Words as sealed, and as the copy has them instead.
    pub swaps: Vec<(String, String)>,
}

/// What the verifier reads of the real article.
pub(crate) struct Real<'a> {
    pub(crate) head: &'a Head,
    pub(crate) page: &'a str,
    pub(crate) document: &'a [u8],
    pub(crate) proof: &'a [u8],
    pub(crate) vkey: &'a str,
}

/// Address of the tampered copy.
pub(crate) const COPY: &str = "/record/tampered/copy";

impl Tampering {
    /// The page with its words swapped, inside the article element and in the title alike.
    pub(crate) fn copy(&self, page: &str) -> String {
        self.swaps
            .iter()
            .fold(page.to_owned(), |page, (sealed, tampered)| page.replace(sealed, tampered))
    }

    /// The two passages and the verifier's answer to each page.
    pub(crate) fn show(&self, real: &Real<'_>) -> Demonstration {
        let copy = self.copy(real.page);
        let passage = self.passage(real.document);
        Demonstration {
            article: (real.head.path.clone(), real.head.headline.clone()),
            lang: real.head.lang.clone(),
            tampered: self.copy(&passage),
            real: passage,
            copy: COPY.to_owned(),
            real_answer: answer(&check(real, real.page)),
            tampered_answer: answer(&check(real, &copy)),
        }
    }

    /// The first passage of the article that the swaps touch.
    fn passage(&self, document: &[u8]) -> String {
        let Ok((article, _)) = ovn_edition::sealed::read_article(document) else {
            return String::new();
        };
        let mut passages =
            article.body.iter().map(ovn_edition::text::block).chain([article.headline.clone()]);
        let touched = |words: &String| self.swaps.iter().any(|(sealed, _)| words.contains(sealed));
        passages.find(touched).unwrap_or_default()
    }
}

fn check(real: &Real<'_>, html: &str) -> Report {
    let Ok(key) = real.vkey.trim().parse() else { return Report::default() };
    shown(html.as_bytes(), real.document, real.proof, &key).0
}

/// The verdict, then every check that failed and what differs, as the command line prints them.
fn answer(report: &Report) -> String {
    let failed = report.checks.iter().filter(|check| !check.passed || report.verdict.good());
    let mut out = format!("{}\n", report.verdict.words().to_uppercase());
    for check in failed {
        let mark = if check.passed { '✓' } else { '✗' };
        out.push_str(&format!("{mark} {}: {}\n", check.name, check.sentence));
    }
    report.difference.iter().for_each(|line| out.push_str(&format!("≠ {line}\n")));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occurrence_is_swapped() {
        let tampering = Tampering {
            path: "/2026/11/a".into(),
            swaps: vec![("19 percent".into(), "15 percent".into())],
        };
        let copy = tampering.copy("<title>19 percent</title><p>At 19 percent.</p>");
        assert_eq!(copy, "<title>15 percent</title><p>At 15 percent.</p>");
    }
}
