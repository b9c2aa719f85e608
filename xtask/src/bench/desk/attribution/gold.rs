//! PolNeAR's marks: brat standoff, places counted in characters of the text.

use std::{collections::BTreeMap, ops::Range};

/// One attribution as marked by hand; places are bytes of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) source: Vec<Range<usize>>,
    pub(super) cue: Vec<Range<usize>>,
    pub(super) content: Vec<Range<usize>>,
}

/// The attributions in the standoff `brat` over `text`. Lines of other kinds are passed over.
pub(super) fn marks(text: &str, brat: &str) -> Vec<Mark> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut spans: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for line in brat.lines() {
        let mut fields = line.split('\t');
        let (Some(id), Some(kind)) = (fields.next(), fields.next()) else { continue };
        if let (true, Some((_, places))) = (id.starts_with('T'), kind.split_once(' ')) {
            let ranges = places.split(';').filter_map(|place| {
                let (from, to) = place.split_once(' ')?;
                let byte = |number: &str| bytes.get(number.parse::<usize>().ok()?).copied();
                Some(byte(from)?..byte(to)?)
            });
            spans.insert(id, ranges.collect());
        }
    }
    let events = brat.lines().filter(|line| line.starts_with('E'));
    let events = events.filter_map(|line| line.split_once('\t'));
    events.map(|(_, arguments)| mark(arguments, &spans).upright(text)).collect()
}

fn mark(arguments: &str, spans: &BTreeMap<&str, Vec<Range<usize>>>) -> Mark {
    let mut mark = Mark::default();
    for argument in arguments.split_whitespace() {
        let Some((role, id)) = argument.split_once(':') else { continue };
        let Some(found) = spans.get(id) else { continue };
        let part = match role.trim_end_matches(|letter: char| letter.is_ascii_digit()) {
            "Source" => &mut mark.source,
            "Cue" => &mut mark.cue,
            "Content" => &mut mark.content,
            _ => continue,
        };
        part.extend(found.iter().cloned());
    }
    mark
}

impl Mark {
    /// The same with source and cue exchanged where the marks have them the wrong way round: a source "said".
    pub(super) fn upright(mut self, text: &str) -> Self {
        let words = self.source.first().and_then(|range| text.get(range.clone()));
        if matches!(words, Some("said" | "says")) {
            std::mem::swap(&mut self.source, &mut self.cue);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_characters() {
        let brat = "T1\tSource 0 4\tÉloi\nT2\tCue 5 9\tsaid\nT3\tContent 10 12;13 14\tno x\n\
                    E1\tAttribution:T9 Content:T3 Cue:T2 Source:T1\nA1\tother T1\n";
        let one = |range| [range].to_vec();
        let expected = Mark { source: one(0..5), cue: one(6..10), content: vec![11..13, 14..15] };
        assert_eq!(marks("Éloi said no x.", brat), [expected]);
    }
}
