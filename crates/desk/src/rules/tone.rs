//! The tone of a verb of speaking: neutral, doubting, endorsing or attacking.

use crate::reading::{Attribution, Reading, Token, credit};

/// The tone of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// "Said".
    Neutral,
    /// "Claimed", "admitted".
    Doubting,
    /// "Revealed", "confirmed".
    Endorsing,
    /// "Slammed".
    Attacking,
}

/// The tone of the words that say that somebody speaks.
pub(super) fn of(reading: &Reading<'_>, one: &Attribution) -> Tone {
    let Some(run) = reading.runs.get(one.run) else { return Tone::Neutral };
    let from = run.tokens.partition_point(|token| token.from < one.cue.start);
    let to = run.tokens.partition_point(|token| token.from < one.cue.end);
    let cue = run.tokens.get(from..to).unwrap_or_default();
    let list = credit::verbs(reading.lang);
    let class =
        cue.iter().filter_map(|token| list.entry(&token.low)).map(|entry| entry.with.as_str());
    let tone = class.filter_map(named).next().unwrap_or(Tone::Neutral);
    if is_set_phrase(run.tokens.get(to..).unwrap_or_default()) { Tone::Neutral } else { tone }
}

fn named(class: &str) -> Option<Tone> {
    match class {
        "doubt" => Some(Tone::Doubting),
        "endorse" => Some(Tone::Endorsing),
        "attack" => Some(Tone::Attacking),
        _ => None,
    }
}

/// "Claimed responsibility", "claimed victory", "admitted to hospital": plain words for acts.
fn is_set_phrase(after: &[Token]) -> bool {
    let low = |at: usize| after.get(at).map_or("", |token| token.low.as_str());
    matches!(low(0), "responsibility" | "victory" | "lives" | "guilt")
        || (low(0) == "to" && matches!(low(1), "hospital" | "a" | "the"))
        || low(0) == "into"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{reading::Form, rules::rows};

    #[test]
    fn tones_of_cues() {
        let check = |text: &str, cue: &str, expected: Tone| {
            let article = rows::article("en", text);
            let reading = Reading::of(&article);
            let from = text.find(cue).unwrap();
            let one = Attribution {
                run: 0,
                sentence: 0,
                form: Form::Indirect,
                source: None,
                cue: from..from + cue.len(),
                content: Vec::new(),
                voice: None,
            };
            assert_eq!(of(&reading, &one), expected, "{text}");
        };
        check("She said so", "said", Tone::Neutral);
        check("She claimed so", "claimed", Tone::Doubting);
        check("She claimed victory", "claimed", Tone::Neutral);
        check("She revealed so", "revealed", Tone::Endorsing);
        check("She slammed it", "slammed", Tone::Attacking);
        check("She was admitted to hospital", "admitted", Tone::Neutral);
    }
}
