//! The desk's questions with the newsroom's answers, after the sources.

use super::{Page, escape, escape::time};
use crate::{
    dates, fold,
    labels::fill,
    model::{Outcome, Reply},
    report::{Finding, Report, Verdict},
};
use std::collections::HashSet;

impl Page<'_> {
    pub(super) fn desk(&mut self) {
        let labels = self.labels;
        let number = self.layout.front("desk");
        let (report, lost) = (self.report, self.layout.lost_desk);
        if report.is_none() && lost.is_none() {
            return;
        }
        self.put(&format!("<section id=\"desk\"><h2>{}</h2>", labels.desk));
        if let Some(report) = report {
            self.open("p", "", number, "");
            let asked: HashSet<&str> =
                report.findings.iter().map(|one| one.rule.as_str()).collect();
            let counts = [report.rules.len(), asked.len(), report.off.len()];
            let counts = counts.map(|count| labels.number(count));
            let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
            self.put(&fill(labels.desk_line, &counts));
            self.put("</p>");
            self.findings(report);
        } else {
            self.withheld("p", lost);
        }
        self.put("</section>");
    }

    fn findings(&mut self, report: &Report) {
        if report.findings.is_empty() {
            return;
        }
        self.open("ul", "q", self.layout.front("answers"), "");
        for finding in &report.findings {
            self.put("<li><details><summary>");
            if finding.at.is_empty() {
                self.put(self.labels.desk_whole);
            } else {
                let words = self.isolated(&finding.words());
                self.put(&format!("<q>{words}</q>"));
            }
            self.put("</summary>");
            self.finding(finding, report);
            self.put("</details></li>");
        }
        self.put("</ul>");
    }

    /// Why, what would settle it, how often such findings were right, and what the newsroom says.
    fn finding(&mut self, finding: &Finding, report: &Report) {
        let labels = self.labels;
        self.put(&format!("<p>{} ", escape::text(&finding.why)));
        self.text(&finding.settle);
        let ran = report.rules.iter().find(|ran| ran.id == finding.rule);
        if let Some((right, of)) = ran.and_then(|ran| ran.right.zip(ran.of)) {
            let [right, of] = [right, of].map(|n| labels.number(usize::try_from(n).unwrap_or(0)));
            let sentence = fill(labels.desk_right, &[&right, &of]);
            self.put(&format!(" <span class=\"m\">{sentence}</span>"));
        }
        self.put("</p><p>");
        let own: Vec<_> =
            self.article.answers.iter().filter(|answer| finding.is_answered_by(answer)).collect();
        // An answer to these words says more than one to every finding of the rule.
        match own.iter().find(|answer| answer.words.is_some()).or(own.first()) {
            Some(answer) => {
                let form = match answer.verdict {
                    Verdict::Kept => labels.desk_kept,
                    Verdict::WrongFlag => labels.desk_wrong,
                };
                let because = self.isolated(&answer.because);
                self.put(&fill(form, &[&because]));
            }
            None => self.put(labels.desk_unanswered),
        }
        self.put("</p>");
    }

    /// The requests for a reply to the party of this name.
    pub(super) fn replies_of(&self, name: &str) -> String {
        let key = fold::text(name);
        let own = self.article.replies.iter().filter(|reply| fold::text(&reply.party) == key);
        own.map(|reply| format!("<br>{}", self.reply(reply))).collect()
    }

    /// "Asked on 4 August 2025, no answer".
    pub(super) fn reply(&self, reply: &Reply) -> String {
        let labels = self.labels;
        let asked = match &reply.asked {
            Some(day) => fill(labels.asked_on, &[&time(day, &dates::day(day, labels.lang))]),
            None => labels.asked.to_owned(),
        };
        let outcomes = Outcome::ALL.iter().zip(labels.outcomes);
        let outcome = outcomes.filter(|((one, _), _)| *one == reply.outcome).map(|(_, word)| word);
        format!("{asked}{}{}", labels.comma, outcome.collect::<String>())
    }
}
