//! The metadata that the desk reads: who was asked for a reply, and what the newsroom answers to findings.

use super::{
    meta::Reader,
    yaml::{Data, Node},
};
use crate::{
    model::{Outcome, Reply},
    report::{Answer, Verdict},
};

impl Reader<'_> {
    pub(super) fn replies(&mut self, node: &Node) -> Vec<Reply> {
        let mut out = Vec::new();
        for item in self.list(node) {
            let mut reply = Reply::default();
            for (key, _, value) in self.entries(item, "a reply", &["party", "asked", "outcome"]) {
                match key {
                    "party" => reply.party = self.text(value).unwrap_or_default(),
                    "asked" => reply.asked = self.text(value),
                    _ => {
                        reply.outcome =
                            self.word(value, "an outcome", &OUTCOMES).unwrap_or_default();
                    }
                }
            }
            self.needed(item, "a reply", "party", &reply.party);
            out.push(reply);
        }
        out
    }

    pub(super) fn answers(&mut self, node: &Node) -> Vec<Answer> {
        let mut out = Vec::new();
        for item in self.list(node) {
            let mut answer = Answer {
                rule: String::new(),
                words: None,
                verdict: Verdict::default(),
                because: String::new(),
            };
            let keys = ["rule", "words", "verdict", "because"];
            for (key, _, value) in self.entries(item, "an answer", &keys) {
                match key {
                    "rule" => answer.rule = self.text(value).unwrap_or_default(),
                    "words" => answer.words = self.text(value),
                    "because" => answer.because = self.text(value).unwrap_or_default(),
                    _ => {
                        answer.verdict =
                            self.word(value, "a verdict", &VERDICTS).unwrap_or_default();
                    }
                }
            }
            self.needed(item, "an answer", "rule", &answer.rule);
            self.needed(item, "an answer", "because", &answer.because);
            out.push(answer);
        }
        out
    }

    /// What one of a few words stands for.
    fn word<T: Copy>(&mut self, node: &Node, what: &str, known: &[(T, &str)]) -> Option<T> {
        let text = self.text(node)?;
        let found = known.iter().find(|(_, word)| *word == text);
        if found.is_none() {
            let words: Vec<&str> = known.iter().map(|(_, word)| *word).collect();
            self.problems.push(node.problem(
                format!("{text} is not {what}"),
                format!("use one of {}", words.join(", ")),
            ));
        }
        found.map(|(value, _)| *value)
    }

    fn needed(&mut self, item: &Node, what: &str, key: &str, value: &str) {
        let is_map = matches!(item.data, Data::Map(_));
        if is_map && value.is_empty() {
            self.problems.push(
                item.problem(format!("{what} has no {key}"), format!("add a line `{key}: …`")),
            );
        }
    }
}

const OUTCOMES: [(Outcome, &str); 3] = Outcome::ALL;
const VERDICTS: [(Verdict, &str); 2] = Verdict::ALL;
