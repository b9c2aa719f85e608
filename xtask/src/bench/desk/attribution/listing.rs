//! Examples of faults, for whoever mends the reading: `--list missed|extra|none|speaker|silent|cues`.

use super::{Case, gold::Mark, touches};
use ovn_desk::reading::Attribution;
use std::collections::BTreeMap;

/// What was asked for and what was seen.
#[derive(Debug)]
pub(super) struct Listing {
    kind: String,
    out: String,
    cues: BTreeMap<String, (usize, usize)>,
}

impl Listing {
    pub(super) fn new(kind: Option<&str>) -> Self {
        Self {
            kind: kind.unwrap_or_default().to_owned(),
            out: String::new(),
            cues: BTreeMap::new(),
        }
    }

    fn say(&mut self, line: &str) {
        self.out.push_str(&line.replace('\n', " "));
        self.out.push('\n');
    }

    /// A quotation whose speaker was missed or wrong.
    pub(super) fn speaker(&mut self, case: &Case<'_>, mark: &Mark, one: Option<&Attribution>) {
        let wanted = if one.is_some() { "speaker" } else { "silent" };
        if self.kind != wanted {
            return;
        }
        let words = |range: &std::ops::Range<usize>| {
            case.text.get(range.clone()).unwrap_or_default().chars().take(90).collect::<String>()
        };
        let of = |ranges: &[std::ops::Range<usize>]| {
            ranges.iter().map(words).collect::<Vec<_>>().join(" + ")
        };
        let ours = one.map_or_else(String::new, |one| {
            let voice = one.voice.and_then(|at| case.reading.voices.get(at));
            format!(
                "{:?} {:?} voice {:?}",
                one.source.as_ref().map(|range| words(&case.place(one.run, range))),
                words(&case.place(one.run, &one.cue)),
                voice.map(|voice| voice.name.as_str()),
            )
        });
        let first = mark.content.first().map_or(0, |range| range.start);
        let mut from = first.saturating_sub(160);
        while !case.text.is_char_boundary(from) {
            from -= 1;
        }
        let last = mark.content.iter().map(|range| range.end).max().unwrap_or(first);
        let mut to = (last + 140).min(case.text.len());
        while !case.text.is_char_boundary(to) {
            to += 1;
        }
        let around = case.text.get(from..to).unwrap_or_default();
        let line =
            format!("* {} | {} | OURS {ours}\n    {around}", of(&mark.source), of(&mark.cue),);
        self.say(&line);
    }

    /// Sentences missed or found without a mark; or each cue's hits.
    pub(super) fn look(&mut self, case: &Case<'_>) {
        let gold: Vec<_> = case.gold.iter().flat_map(|mark| mark.cue.clone()).collect();
        let said: Vec<_> = case.gold.iter().flat_map(|mark| mark.content.clone()).collect();
        let ours: Vec<_> =
            case.reading.attributions.iter().map(|a| case.place(a.run, &a.cue)).collect();
        let content = case.reading.attributions.iter().flat_map(|one| &one.content);
        let content: Vec<_> = content.map(|(run, range)| case.place(*run, range)).collect();
        if self.kind == "cues" {
            for one in &ours {
                let word = case.text.get(one.clone()).unwrap_or_default().to_lowercase();
                let entry = self.cues.entry(word).or_default();
                entry.0 += usize::from(touches(&gold, one));
                entry.1 += 1;
            }
        }
        if !matches!(self.kind.as_str(), "missed" | "extra" | "none") {
            return;
        }
        for (number, sentence) in case.reading.sentences.iter().enumerate() {
            let place = case.place(sentence.run, &sentence.range);
            let marked = touches(&gold, &place) || touches(&said, &place);
            let found = touches(&ours, &place) || touches(&content, &place);
            let words = |spans: &[std::ops::Range<usize>]| {
                let inside =
                    spans.iter().filter(|span| place.start < span.end && span.start < place.end);
                let inside = inside.map(|span| case.text.get(span.clone()).unwrap_or_default());
                inside.collect::<Vec<_>>().join("] [")
            };
            if marked && !found && self.kind == "missed" {
                let line = format!("- [{}] {}", words(&gold), case.reading.sentence(number));
                self.say(&line);
            }
            if !marked && !found && self.kind == "none" {
                self.say(&format!("= {}", case.reading.sentence(number)));
            }
            if !marked && found && self.kind == "extra" {
                let line = format!("+ [{}] {}", words(&ours), case.reading.sentence(number));
                self.say(&line);
            }
        }
    }

    pub(super) fn finish(self) -> String {
        let mut out = self.out;
        let mut cues: Vec<_> = self.cues.into_iter().collect();
        cues.sort_by_key(|(_, (_, of))| std::cmp::Reverse(*of));
        for (word, (right, of)) in cues {
            out.push_str(&format!("{word}\t{right}\t{of}\t{:.2}\n", right as f64 / of as f64));
        }
        out
    }
}
