//! Who speaks: mentions of one speaker brought together, and an attribution left undecided where two fit.

use super::Reading;
use std::ops::Range;

/// One who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Voice {
    /// The fullest name in the text, or the words for one without a name.
    pub name: String,
    /// Whether the text gives no name.
    pub unnamed: bool,
    /// Whether the text gives an office: government, police, army, court, company.
    pub official: bool,
    /// Where the text names it: run and bytes, in reading order.
    pub mentions: Vec<(usize, Range<usize>)>,
}

/// Decides the voice of every attribution and gives the voices, in order of first speaking.
pub(super) fn merge(reading: &mut Reading<'_>) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    let names: Vec<Option<(usize, Range<usize>, String)>> = reading
        .attributions
        .iter()
        .map(|one| {
            let range = one.source.clone()?;
            let text = reading.runs.get(one.run)?.text.get(range.clone())?;
            Some((one.run, range, text.to_owned()))
        })
        .collect();
    for (one, named) in reading.attributions.iter_mut().zip(names) {
        let Some((run, range, name)) = named else { continue };
        let at = voices.iter().position(|voice| voice.name == name).unwrap_or_else(|| {
            voices.push(Voice { name, ..Voice::default() });
            voices.len() - 1
        });
        if let Some(voice) = voices.get_mut(at) {
            voice.mentions.push((run, range));
        }
        one.voice = Some(at);
    }
    voices
}
