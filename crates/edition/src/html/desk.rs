//! The desk's report as readers see it: what was asked of the text, and what the newsroom answers.

use super::{Page, escape::time};
use crate::{
    dates,
    labels::fill,
    model::{Outcome, Reply},
    report::{Finding, Report, Verdict, answer_to},
    sealed,
};

/// The longest quotation of a finding's words, in characters.
const LONGEST: usize = 160;

impl Page<'_> {
    pub(super) fn desk(&mut self) {
        let Some(report) = self.report.take() else { return };
        let labels = self.labels;
        self.put(&format!("<section id=\"desk\"><h2>{}</h2>", labels.desk));
        self.open("p", "m", self.layout.front(sealed::DESK), "");
        let mut asked: Vec<&str> = report.findings.iter().map(|one| one.rule.as_str()).collect();
        asked.sort_unstable();
        asked.dedup();
        let counts = [report.rules.len(), asked.len(), report.off.len()].map(|n| labels.number(n));
        let [run, asking, off] = &counts;
        self.put(&fill(labels.desk_run, &[run, asking, off]));
        self.put("</p>");
        if !report.findings.is_empty() {
            self.open("ul", "q", self.layout.front("answers"), "");
            for finding in &report.findings {
                self.finding(finding, &report);
            }
            self.put("</ul>");
        }
        self.put("</section>");
    }

    fn finding(&mut self, finding: &Finding, report: &Report) {
        let labels = self.labels;
        // The fact stands open; what would settle it is a step away, and the newsroom's answer is always in sight.
        self.put("<li><details><summary>");
        let words = shortened(&finding.words());
        if !words.is_empty() && !finding.why.contains(&words) {
            let turn = self.turn(&words);
            self.put(&format!("<q{turn}>"));
            self.text(&words);
            self.put("</q> ");
        }
        self.text(&finding.why);
        self.put("</summary><p>");
        self.text(&finding.settle);
        let ran = report.rules.iter().find(|ran| ran.id == finding.rule);
        if let Some((right, of)) = ran.and_then(|ran| ran.right.zip(ran.of)) {
            let whole = |n: u32| labels.number(usize::try_from(n).unwrap_or(usize::MAX));
            self.put(" <span class=\"m\">");
            self.put(&fill(labels.desk_right, &[&whole(right), &whole(of)]));
            self.put("</span>");
        }
        self.put("</p></details>");
        if let Some(answer) = answer_to(&self.article.answers, finding) {
            let label = match answer.verdict {
                Verdict::Kept => labels.desk_kept,
                Verdict::WrongFlag => labels.desk_wrong,
            };
            let because = self.isolated(&answer.because);
            self.put(&format!("<p><b>{label}</b> {because}</p>"));
        } else {
            self.put(&format!("<p class=\"m\">{}</p>", labels.desk_unanswered));
        }
        self.put("</li>");
    }

    /// "Asked on 4 August 2025: no answer", for the party called `name`.
    pub(super) fn asked(&self, name: &str) -> Option<String> {
        let reply = self.article.replies.iter().find(|reply| reply.party == name)?;
        Some(asked(self.labels, reply))
    }
}

fn asked(labels: &crate::labels::Labels, reply: &Reply) -> String {
    let [none, declined, answered] = labels.outcomes;
    let outcome = match reply.outcome {
        Outcome::NoAnswer => none,
        Outcome::Declined => declined,
        Outcome::Answered => answered,
    };
    match &reply.asked {
        Some(day) => fill(labels.asked_on, &[&time(day, &dates::day(day, labels.lang)), outcome]),
        None => fill(labels.asked, &[outcome]),
    }
}

/// The words, cut at a word's end when they are long.
fn shortened(words: &str) -> String {
    let Some((end, _)) = words.char_indices().nth(LONGEST) else { return words.to_owned() };
    let head = words.get(..end).unwrap_or_default();
    let cut = head.rfind(' ').unwrap_or(end);
    format!("{} …", head.get(..cut).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(shortened("short"), "short");
        let long = "word ".repeat(60);
        let cut = shortened(long.trim());
        assert!(cut.ends_with("word …") && cut.chars().count() <= LONGEST + 2);
        assert!(shortened(&"ک".repeat(200)).ends_with('…'));
    }
}
