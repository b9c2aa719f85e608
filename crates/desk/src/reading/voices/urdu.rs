//! Who speaks in Urdu: an office with a name, then either alone, then «انہوں نے»; undecided where two fit.
//!
//! Urdu has no capitals, so no name is looked for: the shorter words of a speaker are another's when they begin or end
//! them. Gender is not guessed.

use super::Voice;
use crate::{
    lists::List,
    reading::{Reading, Token},
};
use std::{ops::Range, sync::LazyLock};

static OFFICES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/ur/speakers.txt")));
static UNNAMED: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../../lists/ur/unnamed.txt")));

/// A speaker while the text is read.
#[derive(Debug, Default)]
struct Speaker {
    voice: Voice,
    /// Its fullest words, as compared.
    words: Vec<String>,
    /// Whether it was brought in as one not known before: «ایک افسر».
    indefinite: bool,
}

/// Decides the voice of every attribution and gives the voices, in order of first speaking.
pub(super) fn merge(reading: &mut Reading<'_>) -> Vec<Voice> {
    let mut speakers: Vec<Speaker> = Vec::new();
    // Who spoke, in order: run and speaker.
    let mut spoken: Vec<(usize, usize)> = Vec::new();
    let mut decided = Vec::with_capacity(reading.attributions.len());
    for one in &reading.attributions {
        let found = one.source.clone().and_then(|range| {
            let words = words(reading, one.run, &range);
            let at = match words.as_slice() {
                [] => None,
                [pronoun] if is_pronoun(pronoun) => before(&spoken, one.run),
                _ => named(&mut speakers, words, reading, one.run, &range),
            }?;
            speakers.get_mut(at)?.voice.mentions.push((one.run, range));
            Some(at)
        });
        spoken.extend(found.map(|at| (one.run, at)));
        decided.push(found);
    }
    for (one, voice) in reading.attributions.iter_mut().zip(decided) {
        one.voice = voice;
    }
    speakers.into_iter().map(|one| one.voice).collect()
}

fn words(reading: &Reading<'_>, run: usize, range: &Range<usize>) -> Vec<String> {
    let Some(run) = reading.runs.get(run) else { return Vec::new() };
    let inside = |token: &&Token| token.from >= range.start && token.to <= range.end;
    let words = run.tokens.iter().filter(inside).filter(|token| token.is_word());
    words.map(|token| token.low.clone()).collect()
}

fn is_pronoun(word: &str) -> bool {
    matches!(word, "انہوں" | "انھوں" | "ان" | "وہ" | "اس" | "موصوف")
}

/// The one who spoke before in the same run, or in the nearest run before in which somebody spoke; nobody where two did.
fn before(spoken: &[(usize, usize)], run: usize) -> Option<usize> {
    let (near, last) = *spoken.last()?;
    // Further back than the paragraph before, the pronoun may stand for one who has not spoken.
    (near <= run && run - near <= 1).then_some(())?;
    let same = spoken.iter().rev().take_while(|(at, _)| *at == near);
    same.into_iter().all(|(_, at)| *at == last).then_some(last)
}

/// The speaker with these words: known, known by others of its words, or new; nothing where they fit two.
fn named(
    speakers: &mut Vec<Speaker>,
    words: Vec<String>,
    reading: &Reading<'_>,
    run: usize,
    range: &Range<usize>,
) -> Option<usize> {
    let indefinite = words.first().is_some_and(|first| first == "ایک" || first == "بعض");
    let same = |one: &Speaker| one.words == words && !indefinite;
    if let Some(at) = speakers.iter().position(same) {
        return Some(at);
    }
    let name = || {
        let run = reading.runs.get(run)?;
        Some(run.text.get(range.clone())?.to_owned())
    };
    let alias = |one: &Speaker| {
        !indefinite
            && !one.indefinite
            && (is_part(&words, &one.words) || is_part(&one.words, &words))
    };
    let fits: Vec<usize> =
        speakers.iter().enumerate().filter(|(_, one)| alias(one)).map(|(at, _)| at).collect();
    match fits.as_slice() {
        [] => {
            let voice = Voice {
                name: name()?,
                unnamed: indefinite || ends_with(&UNNAMED, &words),
                official: is_official(&words),
                mentions: Vec::new(),
            };
            speakers.push(Speaker { voice, words, indefinite });
            Some(speakers.len() - 1)
        }
        [at] => {
            let known = speakers.get_mut(*at)?;
            if words.len() > known.words.len() {
                known.voice.name = name()?;
                known.voice.official |= is_official(&words);
                known.words = words;
            }
            Some(*at)
        }
        _ => None,
    }
}

/// Whether the words `part` stand for the fuller words `whole`: its office alone, or what follows it.
fn is_part(part: &[String], whole: &[String]) -> bool {
    if part.is_empty() || part.len() >= whole.len() {
        return false;
    }
    let head = whole.first().is_some_and(|first| is_office(first, &["both"]));
    // «وزیر خارجہ» or «ڈار» for «وزیر خارجہ اسحاق ڈار»; «ترجمان» for «وزارت صحت کے ترجمان».
    let opens = head && whole.starts_with(part) && !joined(whole.get(part.len()));
    let known = part.iter().any(|word| is_office(word, &["both", "tail"])) || has(&UNNAMED, part);
    let closes =
        whole.ends_with(part) && (known || (head && !whole.iter().any(|word| joined(Some(word)))));
    opens || closes
}

fn joined(word: Option<&String>) -> bool {
    word.is_some_and(|word| matches!(word.as_str(), "کا" | "کے" | "کی" | "اور"))
}

fn is_office(word: &str, kinds: &[&str]) -> bool {
    OFFICES.entry(word).is_some_and(|entry| kinds.contains(&entry.with.as_str()))
}

fn is_official(words: &[String]) -> bool {
    let private = words
        .iter()
        .any(|word| matches!(word.as_str(), "کمپنی" | "تنظیم" | "انجمن" | "یونین" | "اتحاد"));
    let edges = [words.first(), words.last()];
    !private
        && (edges.into_iter().flatten().any(|word| is_office(word, &["both", "tail", "body"]))
            || words.last().is_some_and(|word| word == "حکام"))
}

fn has(list: &List, words: &[String]) -> bool {
    words.len() == 1 && words.first().is_some_and(|word| list.has(word))
}

fn ends_with(list: &List, words: &[String]) -> bool {
    let two = words.len().checked_sub(2).and_then(|from| words.get(from..));
    let two = two.map(|words| crate::reading::tokens(&words.join(" ")));
    words.last().is_some_and(|word| list.has(word))
        || two.is_some_and(|two| list.at(&two, 0).is_some_and(|hit| hit.tokens.end == 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ovn_edition::model::{Article, Block, Inline};

    /// For each attribution the name of its voice; `-` where it was left undecided.
    fn heard(lines: &[&str]) -> Vec<String> {
        let paragraph = |text: &&str| Block::Paragraph {
            content: vec![Inline::Text { text: (*text).to_owned(), marks: Vec::new() }],
        };
        let body = lines.iter().map(paragraph).collect();
        let article = Article { lang: "ur".to_owned(), body, ..Article::default() };
        let reading = Reading::of(&article);
        let name = |voice: Option<usize>| {
            voice.map_or("-".to_owned(), |at| reading.voices[at].name.clone())
        };
        reading.attributions.iter().map(|one| name(one.voice)).collect()
    }

    #[test]
    fn one_speaker_by_office_name_and_pronoun() {
        let check = |lines: &[&str], expected: &[&str]| assert_eq!(heard(lines), expected);
        check(
            &[
                "وزیر صحت گل بانو نے کہا کہ کام ہو گا۔ انہوں نے بتایا کہ رقم ہے۔",
                "وزیر صحت نے واضح کیا کہ وقت لگے گا۔ بانو کے مطابق رقم کم ہے۔",
            ],
            &["وزیر صحت گل بانو"; 4],
        );
        check(
            &["وزارت صحت کے ترجمان نے کہا کہ کام ہو گا۔", "ترجمان کے مطابق وقت لگے گا۔"],
            &["وزارت صحت کے ترجمان"; 2],
        );
        check(
            &[
                "وزارت صحت کے ترجمان نے کہا کہ ہاں۔ وزارت خزانہ کے ترجمان نے کہا کہ نہیں۔ ترجمان نے کہا کہ شاید۔",
            ],
            &["وزارت صحت کے ترجمان", "وزارت خزانہ کے ترجمان", "-"],
        );
        check(
            &["ضلعی کمشنر نے کہا کہ ہاں۔ کسان رہنما نے کہا کہ نہیں۔ ان کا کہنا تھا کہ شاید۔"],
            &["ضلعی کمشنر", "کسان رہنما", "-"],
        );
        check(&["ایک افسر نے کہا کہ ہاں۔", "ایک افسر نے کہا کہ نہیں۔"], &["ایک افسر", "ایک افسر"]);
    }

    #[test]
    fn what_a_voice_is() {
        let check = |words: &str, unnamed: bool, official: bool| {
            let text = format!("{words} نے کہا کہ کام ہو گا۔");
            let body =
                vec![Block::Paragraph { content: vec![Inline::Text { text, marks: Vec::new() }] }];
            let article = Article { lang: "ur".to_owned(), body, ..Article::default() };
            let reading = Reading::of(&article);
            let found: Vec<(bool, bool)> =
                reading.voices.iter().map(|one| (one.unnamed, one.official)).collect();
            assert_eq!(found, [(unnamed, official)], "{words}");
        };
        check("ذرائع", true, false);
        check("باخبر ذرائع", true, false);
        check("عینی شاہدین", true, false);
        check("ایک دکاندار", true, false);
        check("ضلعی کمشنر", false, true);
        check("وزارت صحت کے ترجمان", false, true);
        check("کمپنی کے ترجمان", false, false);
        check("کسان رہنما", false, false);
    }
}
