//! Speakers of one text introduced by verbs of different tone: counts side by side, from four reports on each side.

use super::tone::{self, Tone};
use crate::{
    reading::{Attribution, Reading},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;

pub(super) const RULE: Rule = Rule {
    id: "verb-asymmetry",
    version: 1,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Verbs unlike for two speakers",
            definition: "Of two speakers with at least four reports each, one is introduced by doubting or attacking verbs in half or more, the other in none.",
            why: "{}: {} of {} reports use a doubting or attacking verb; {}: 0 of {}.",
            settle: "Introduce both by the same verb where both do the same thing.",
        },
        Words {
            title: "دو آوازیں، الگ الگ فعل",
            definition: "کم از کم چار چار حوالوں والی دو آوازوں میں سے ایک کے آدھے یا زیادہ حوالے شک یا حملے والے فعل سے ہیں، دوسری کا کوئی نہیں۔",
            why: "{}: شک یا حملے والے فعل {}، کل حوالے {}؛ {}: کوئی نہیں، کل حوالے {}۔",
            settle: "جہاں دونوں ایک ہی کام کریں وہاں دونوں کے لیے ایک ہی فعل لکھیں۔",
        },
    ],
    evidence: "Counts, not a test: texts are too short for one. Stepped around: fewer than four reports on a side.",
    basis: Basis::Judged(&[]),
    check,
};

/// Reports that a speaker needs to be compared.
const LEAST: usize = 4;

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let mut by_voice: Vec<(Vec<&Attribution>, usize)> = vec![(Vec::new(), 0); reading.voices.len()];
    for one in &reading.attributions {
        let Some((toned, all)) = one.voice.and_then(|voice| by_voice.get_mut(voice)) else {
            continue;
        };
        *all += 1;
        if matches!(tone::of(reading, one), Tone::Doubting | Tone::Attacking) {
            toned.push(one);
        }
    }
    let counted = by_voice.into_iter().enumerate();
    let counted: Vec<(usize, Vec<&Attribution>, usize)> = counted
        .filter(|(_, (_, all))| *all >= LEAST)
        .map(|(number, (toned, all))| (number, toned, all))
        .collect();
    let plain = counted.iter().find(|(_, toned, _)| toned.is_empty());
    let Some((other, _, others)) = plain else { return };
    for (number, toned, all) in counted.iter().filter(|(_, toned, all)| toned.len() * 2 >= *all) {
        let at = toned.iter().map(|one| reading.spot(one.run, one.cue.clone())).collect();
        let name = |at: usize| reading.voices.get(at).map_or("", |voice| voice.name.as_str());
        let (few, all, others) = (toned.len().to_string(), all.to_string(), others.to_string());
        sink.find(at, &[name(*number), &few, &all, name(*other), &others]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn two_speakers_side_by_side() {
        let told = |name: &str, verbs: [&str; 4]| {
            let said = verbs.map(|verb| format!("{name} {verb} that the dam leaks."));
            said.join("\n")
        };
        let check = |first: [&str; 4], second: [&str; 4], found: usize| {
            let text = format!(
                "A headline\n{}\n{}",
                told("Anwar Malik", first),
                told("Ann Marlow", second)
            );
            assert_eq!(rows::findings(&RULE, "en", &text).len(), found, "{text}");
        };
        let said = ["said"; 4];
        check(["claimed", "claimed", "said", "admitted"], said, 1);
        check(["claimed", "said", "said", "said"], said, 0);
        check(said, said, 0);
        check(["claimed"; 4], ["claimed"; 4], 0);
    }
}
