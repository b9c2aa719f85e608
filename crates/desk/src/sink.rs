//! Where a rule puts what it finds.

use crate::{reading::Reading, rule::Rule};
use ovn_edition::{
    labels::{self, fill},
    model::Source,
    report::{Finding, Spot},
};
use std::ops::Range;

/// Takes the findings of one rule.
#[derive(Debug)]
pub struct Sink<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) lang: &'a str,
    pub(crate) found: Vec<Finding>,
}

impl Sink<'_> {
    /// Puts a finding about `at`; `values` fill the rule's sentences, `{1}` the first.
    pub fn find(&mut self, at: Vec<Spot>, values: &[&str]) {
        let said = self.rule.said(self.lang);
        self.found.push(Finding {
            rule: self.rule.id.to_owned(),
            level: self.rule.level,
            at,
            why: fill(said.why, values),
            settle: fill(said.settle, values),
        });
    }

    /// Puts one finding that names these sources of the file by their ids; none when there are none.
    pub fn sources<'s>(&mut self, sources: impl Iterator<Item = &'s Source>) {
        let ids: Vec<String> = sources.map(|source| source.id().to_owned()).collect();
        if !ids.is_empty() {
            self.find(Vec::new(), &[&labels::of(self.lang).list(&ids)]);
        }
    }

    /// Puts a finding about the words at `range` of run number `run`; the words are `{1}`, then come `values`.
    pub fn words(
        &mut self,
        reading: &Reading<'_>,
        run: usize,
        range: Range<usize>,
        values: &[&str],
    ) {
        let spot = reading.spot(run, range);
        let mut all = vec![spot.words.clone()];
        all.extend(values.iter().map(|value| (*value).to_owned()));
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        self.find(vec![spot], &all);
    }
}
