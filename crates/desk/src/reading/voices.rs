//! Who speaks: mentions of one speaker brought together, and an attribution left undecided where two fit.
//!
//! Gender comes from titles, role words and pronouns of the text alone; nothing is guessed from a first name.

mod described;
mod names;
mod pronouns;
mod roles;

use super::Reading;
use described::Described;
use names::Names;
use std::{collections::BTreeMap, ops::Range};

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

/// Who the words of one source are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    /// One who is named, by place among the entities.
    Named(usize),
    /// Words without a name.
    Words(Described),
}

/// Voices while they are found.
#[derive(Debug, Default)]
struct Table {
    names: Names,
    voices: Vec<Voice>,
    by_entity: BTreeMap<usize, usize>,
    by_words: BTreeMap<String, usize>,
    /// Who spoke, in order: run of the cue, voice, who.
    spoken: Vec<(usize, usize, Who)>,
}

/// Decides the voice of every attribution and gives the voices, in order of first speaking.
pub(super) fn merge(reading: &mut Reading<'_>) -> Vec<Voice> {
    let mut table = Table { names: Names::of(reading), ..Table::default() };
    let mut decided = Vec::with_capacity(reading.attributions.len());
    for at in 0..reading.attributions.len() {
        decided.push(table.decide(reading, at));
    }
    for (one, voice) in reading.attributions.iter_mut().zip(decided) {
        one.voice = voice;
    }
    table.finish()
}

impl Table {
    fn decide(&mut self, reading: &Reading<'_>, at: usize) -> Option<usize> {
        let one = reading.attributions.get(at)?;
        let range = one.source.clone()?;
        let tokens = &reading.runs.get(one.run)?.tokens;
        let from = tokens.partition_point(|token| token.to <= range.start);
        let to = tokens.partition_point(|token| token.from < range.end);
        let low = tokens.get(from)?.low.as_str();
        let alone = to == from + 1;
        if alone && pronouns::is_pronoun(low) {
            return self.pronoun(reading, one.run, from, range, low);
        }
        let who = described::who(reading, &mut self.names, one.run, from..to)?;
        let voice = self.voice(&who);
        self.note(one.run, range, voice, who);
        Some(voice)
    }

    fn pronoun(
        &mut self,
        reading: &Reading<'_>,
        run: usize,
        at: usize,
        range: Range<usize>,
        low: &str,
    ) -> Option<usize> {
        let who = pronouns::resolve(reading, &self.names, &self.spoken, run, at, low)?;
        if let (Who::Named(id), Some(gender)) = (&who, roles::gender(low))
            && let Some(entity) = self.names.entities.get_mut(*id)
        {
            entity.gender = entity.gender.or(Some(gender));
        }
        let voice = self.voice(&who);
        self.note(run, range, voice, who);
        Some(voice)
    }

    fn note(&mut self, run: usize, range: Range<usize>, voice: usize, who: Who) {
        if let Some(found) = self.voices.get_mut(voice) {
            found.mentions.push((run, range));
        }
        self.spoken.push((run, voice, who));
    }

    /// The voice of `who`, a new one when it has not spoken.
    fn voice(&mut self, who: &Who) -> usize {
        let next = self.voices.len();
        let voice = match who {
            Who::Named(id) => *self.by_entity.entry(*id).or_insert(next),
            Who::Words(words) => *self.by_words.entry(words.key.clone()).or_insert(next),
        };
        if voice == next {
            self.voices.push(match who {
                Who::Named(id) => {
                    let entity = self.names.entities.get(*id).cloned().unwrap_or_default();
                    Voice { name: entity.name, official: entity.official, ..Voice::default() }
                }
                Who::Words(words) => Voice {
                    name: words.name.clone(),
                    unnamed: words.unnamed,
                    official: words.official,
                    mentions: Vec::new(),
                },
            });
        }
        voice
    }

    fn finish(mut self) -> Vec<Voice> {
        for mention in &self.names.mentions {
            let voice = mention.entity.and_then(|id| self.by_entity.get(&id));
            if let Some(voice) = voice.and_then(|at| self.voices.get_mut(*at)) {
                voice.mentions.push((mention.run, mention.range.clone()));
            }
        }
        for (id, voice) in &self.by_entity {
            let entity = self.names.entities.get(*id);
            if let (Some(entity), Some(voice)) = (entity, self.voices.get_mut(*voice)) {
                voice.official = entity.official;
            }
        }
        for voice in &mut self.voices {
            voice.mentions.sort_by_key(|(run, range)| (*run, range.start, range.end));
            voice.mentions.dedup();
        }
        self.voices
    }
}
