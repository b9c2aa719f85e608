//! Pronouns: "he" is the last who spoke or was named and can be meant; when two can, nobody.

use super::{
    Who,
    names::{Mention, Names},
    roles,
};
use crate::reading::Reading;

/// How many runs back a pronoun can reach.
const BACK: usize = 3;
/// How many speakers or names back it can reach.
const NEAR: usize = 40;
/// How many tokens into a sentence its subject begins at the latest.
const SUBJECT: usize = 8;

/// Whether `low` is a pronoun that can stand for a speaker.
pub(super) fn is_pronoun(low: &str) -> bool {
    matches!(
        low,
        "he" | "she"
            | "they"
            | "it"
            | "his"
            | "her"
            | "their"
            | "its"
            | "i"
            | "we"
            | "you"
            | "who"
            | "which"
            | "that"
            | "my"
            | "our"
    )
}

/// Whom the pronoun `low` at token `at` of run `run` means.
pub(super) fn resolve(
    reading: &Reading<'_>,
    names: &Names,
    spoken: &[(usize, usize, Who)],
    run: usize,
    at: usize,
    low: &str,
) -> Option<Who> {
    let mut recent = spoken
        .iter()
        .rev()
        .take(NEAR)
        .take_while(|(of, _, _)| *of + BACK > run)
        .map(|(_, _, who)| who);
    match low {
        "he" | "she" | "his" | "her" => person(reading, names, recent, run, at, low),
        "they" | "their" => {
            recent.find(|who| matches!(who, Who::Words(words) if words.many)).cloned()
        }
        "it" | "its" => recent
            .find(|who| match who {
                Who::Words(words) => words.thing,
                Who::Named(id) => names.entities.get(*id).is_some_and(|entity| entity.body),
            })
            .cloned(),
        _ => None,
    }
}

fn person<'a>(
    reading: &Reading<'_>,
    names: &Names,
    mut recent: impl Iterator<Item = &'a Who>,
    run: usize,
    at: usize,
    low: &str,
) -> Option<Who> {
    let fits = |id: usize| {
        names.entities.get(id).is_some_and(|entity| {
            let gender = roles::gender(low);
            !entity.body && (entity.gender.is_none() || entity.gender == gender)
        })
    };
    let known = |id: usize| names.entities.get(id).is_some_and(|entity| entity.person);
    let speaker = recent.find(|who| match who {
        Who::Named(id) => fits(*id),
        Who::Words(words) => !words.many && !words.thing,
    });
    let speaker = speaker.cloned();
    let byte = reading.runs.get(run)?.tokens.get(at)?.from;
    let sentence = reading.sentence_at(run, byte)?;
    // The subject of this sentence before the pronoun, or of the one before.
    for back in 0..2 {
        let Some(number) = sentence.checked_sub(back) else { break };
        let Some(one) = reading.sentences.get(number).filter(|one| one.run + 2 > run) else {
            break;
        };
        let end = if back == 0 { at } else { one.tokens.end };
        let start = one.tokens.start;
        let subject =
            names.within(one.run, start..end.min(start + SUBJECT)).iter().find(|mention| {
                !is_quoted(reading, mention)
                    && mention.entity.is_some_and(|id| known(id) && fits(id))
            });
        if let Some(id) = subject.and_then(|mention| mention.entity) {
            return Some(Who::Named(id));
        }
        let spoke =
            matches!(&speaker, Some(Who::Named(id)) if spoke_in(reading, names, *id, number));
        if back == 1 && spoke {
            break;
        }
    }
    speaker.or_else(|| only(reading, names, run, at, |id| known(id) && fits(id)))
}

/// The only one near before token `at` that fits.
fn only(
    reading: &Reading<'_>,
    names: &Names,
    run: usize,
    at: usize,
    fits: impl Fn(usize) -> bool,
) -> Option<Who> {
    let to = names.mentions.partition_point(|one| (one.run, one.tokens.start) < (run, at));
    let mut found = names
        .mentions
        .get(..to)?
        .iter()
        .rev()
        .take(NEAR)
        .take_while(|mention| mention.run + BACK > run)
        .filter(|mention| !is_quoted(reading, mention))
        .filter_map(|mention| mention.entity)
        .filter(|id| fits(*id));
    let first = found.next()?;
    found.all(|id| id == first).then_some(Who::Named(first))
}

fn spoke_in(reading: &Reading<'_>, names: &Names, id: usize, number: usize) -> bool {
    reading.sentences.get(number).is_some_and(|one| {
        names.within(one.run, one.tokens.clone()).iter().any(|mention| mention.entity == Some(id))
    })
}

fn is_quoted(reading: &Reading<'_>, mention: &Mention) -> bool {
    let next = reading.quotes.partition_point(|quote| {
        (quote.run, quote.outer.end) <= (mention.run, mention.range.start)
    });
    reading
        .quotes
        .get(next)
        .is_some_and(|quote| quote.run == mention.run && quote.outer.start < mention.range.end)
}
