//! A headline that states flatly what every sentence of the text on it hedges or credits to somebody.

use crate::{
    lists::List,
    reading::{Lang, Part, Reading, Run, Sentence, Token, credit},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::{Level, Spot};
use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

pub(super) const RULE: Rule = Rule {
    id: "headline-modality",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A headline surer than its text",
            definition: "The headline states a thing flatly, and every sentence of the text on it hedges it or credits it to somebody.",
            why: "The headline states it flatly; the sentence on it says “{1}”.",
            settle: "Put the doubt or the speaker into the headline, or show in the text that it is so.",
        },
        Words {
            title: "متن سے زیادہ یقینی سرخی",
            definition: "سرخی ایک بات قطعی انداز میں کہتی ہے، جبکہ متن کا ہر متعلقہ جملہ وہی بات شک کے ساتھ یا کسی کے حوالے سے کہتا ہے۔",
            why: "سرخی یہ بات قطعی انداز میں کہتی ہے، جبکہ متعلقہ جملے میں ”{1}“ ہے۔",
            settle: "شک کا لفظ یا کہنے والے کا نام سرخی میں لائیں، یا متن میں دکھائیں کہ ایسا ہی ہے۔",
        },
    ],
    evidence: "Readers keep the headline's certainty. Stepped around: headlines with a speaker, a colon, a mark of \
               quotation, a hedge or a question; plans and verdicts; a speaker on their own acts; Urdu headlines that \
               name their speaker last.",
    basis: Basis::Judged(&[]),
    check,
};

static VERDICTS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/verdicts.txt")));
static DOUBTS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/doubts.txt")));
static DOUBTS_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/doubts.txt")));
static STOP: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/stop_words.txt")));

/// Endings of Urdu headlines that are sentences; any other may end with the name of its speaker.
const URDU_ENDS: [&str; 16] = [
    "ہے", "ہیں", "گیا", "گئے", "گئی", "گئیں", "تھا", "تھے", "تھی", "دیا", "لیا", "کیا", "دی", "لی",
    "کی", "ہوا",
];

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let head = reading.runs.iter().enumerate().find(|(_, run)| run.part == Part::Headline);
    let Some((number, head)) = head else { return };
    if !is_flat(reading, number, head) {
        return;
    }
    let claim = stems(&head.tokens);
    if claim.len() < 4 {
        return;
    }
    let least = claim.len().div_ceil(2).max(3);
    let mut weak: Vec<Spot> = Vec::new();
    for (at, sentence) in reading.sentences.iter().enumerate() {
        let part = reading.runs.get(sentence.run).map(|run| run.part);
        if !matches!(part, Some(Part::Paragraph | Part::Item | Part::Standfirst)) {
            continue;
        }
        let (tokens, first) = reading.tokens_of(at);
        let shared = shared(&claim, tokens);
        let distinct: BTreeSet<&str> = shared.iter().map(|(_, stem)| stem.as_str()).collect();
        if distinct.len() < least {
            continue;
        }
        let places: Vec<usize> = shared.iter().map(|(place, _)| *place).collect();
        match weakened(reading, sentence, tokens, first, &places) {
            Some(range) => weak.push(reading.spot(sentence.run, range)),
            None => return,
        }
    }
    if let Some(words) = weak.first().map(|spot| spot.words.clone()) {
        let mut at = vec![reading.spot(number, 0..head.text.len())];
        at.append(&mut weak);
        sink.find(at, &[&words]);
    }
}

/// Whether the headline asserts, in the article's own voice, something that is said to be so already.
fn is_flat(reading: &Reading<'_>, number: usize, head: &Run) -> bool {
    let tokens = &head.tokens;
    let lang = reading.lang;
    let marks = [":", "?", "؟", "'", "‘", "’", "\"", "“", "”", ";", "|", "،"];
    let marked = tokens.iter().any(|token| marks.contains(&token.low.as_str()));
    let future = tokens.iter().any(|token| matches!(token.low.as_str(), "to" | "will" | "won't"));
    let last = tokens.iter().rev().find(|token| token.is_word());
    let sentence =
        lang != Lang::Urdu || last.is_some_and(|token| URDU_ENDS.contains(&token.low.as_str()));
    let credited = reading.attributions.iter().any(|one| one.run == number);
    !marked
        && !future
        && sentence
        && !credited
        && !credit::reports(lang, tokens)
        && !credit::hedges(lang, tokens)
        && VERDICTS.hits(tokens, 0..tokens.len()).is_empty()
}

fn stems(tokens: &[Token]) -> BTreeSet<String> {
    tokens.iter().filter_map(stem).collect()
}

/// The first letters of a word that carries meaning.
fn stem(token: &Token) -> Option<String> {
    let base = token.base();
    let carries = token.is_word() && base.chars().count() > 2 && !STOP.has(base);
    carries.then(|| base.chars().take(5).collect())
}

fn shared(claim: &BTreeSet<String>, tokens: &[Token]) -> Vec<(usize, String)> {
    let stems = tokens.iter().enumerate().filter_map(|(at, token)| Some((at, stem(token)?)));
    stems.filter(|(_, stem)| claim.contains(stem)).collect()
}

/// The words of the sentence that hedge the claim or credit it to somebody who is not its subject.
fn weakened(
    reading: &Reading<'_>,
    sentence: &Sentence,
    tokens: &[Token],
    first: usize,
    places: &[usize],
) -> Option<Range<usize>> {
    let (from, to) = (*places.first()?, *places.last()?);
    let bytes =
        |range: Range<usize>| reading.bytes(sentence.run, range.start + first..range.end + first);
    if let Some(hit) = hedge(reading.lang, tokens, places) {
        return Some(bytes(hit));
    }
    let cue = cue(reading.lang, tokens)?;
    // What stands before the verb, up to four words, is the speaker; a claim's subject speaks of itself.
    let subject = cue.start.saturating_sub(4)..cue.start;
    let after = cue.end..cue.end + 4;
    let ends = cue.end + 5 >= tokens.len() && cue.start > to;
    let credits = if reading.lang == Lang::Urdu {
        from >= cue.end
    } else if ends {
        !places.iter().any(|at| after.contains(at))
    } else {
        from >= cue.end && !places.iter().any(|at| subject.contains(at))
    };
    credits.then(|| bytes(cue))
}

/// A word of doubt, at most three words before a word of the claim.
fn hedge(lang: Lang, tokens: &[Token], places: &[usize]) -> Option<Range<usize>> {
    let list: &List = if lang == Lang::Urdu { &DOUBTS_UR } else { &DOUBTS };
    let hits = list.hits(tokens, 0..tokens.len());
    let near = |end: usize| places.iter().any(|at| (end..end + 3).contains(at));
    hits.into_iter().map(|hit| hit.tokens).find(|hit| near(hit.end))
}

/// The last verb that reports words.
fn cue(lang: Lang, tokens: &[Token]) -> Option<Range<usize>> {
    let at = tokens.iter().rposition(|token| {
        token.low == "according" || credit::reports(lang, std::slice::from_ref(token))
    })?;
    Some(at..at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn headlines_surer_than_their_text() {
        let english = |headline: &str, body: &str, found: bool| {
            let article = rows::findings(&RULE, "en", &format!("{headline}\n{body}"));
            assert_eq!(!article.is_empty(), found, "{headline} | {body}");
        };
        let flat = "Dam leaked poison into river";
        english(flat, "The dam may have leaked poison into the river.", true);
        english(flat, "The dam leaked poison into the river, an engineer said.", true);
        english(flat, "An engineer said the dam leaked poison into the river.", true);
        english(flat, "The dam leaked poison into the river on Monday.", false);
        english(
            flat,
            "The dam may have leaked poison into the river. The dam leaked poison into the river.",
            false,
        );
        english(
            "Dam may have leaked poison into river",
            "The dam may have leaked poison into the river.",
            false,
        );
        english(
            "Engineer: dam leaked poison into river",
            "The dam leaked poison into the river, an engineer said.",
            false,
        );
        english(
            "Did dam leak poison into river?",
            "The dam may have leaked poison into the river.",
            false,
        );
        english(
            "Mayor Marlow quits council seat",
            "Mayor Marlow said she quits her council seat.",
            false,
        );
        english(flat, "The mayor said nothing.", false);
    }

    #[test]
    fn urdu_headlines() {
        let urdu = |text: &str, found: bool| {
            assert_eq!(!rows::findings(&RULE, "ur", text).is_empty(), found, "{text}");
        };
        urdu(
            "بند سے زہریلا پانی دریا میں گر گیا\nبند سے مبینہ طور پر زہریلا پانی دریا میں گر گیا۔",
            true,
        );
        urdu("بند سے زہریلا پانی دریا میں گر گیا\nبند سے زہریلا پانی دریا میں گر گیا۔", false);
        urdu(
            "بند سے زہریلا پانی دریا میں گر گیا، انجینئر\nبند سے مبینہ طور پر زہریلا پانی دریا میں گر گیا۔",
            false,
        );
    }
}
