//! What somebody thinks, wants or fears, told as a fact by the article's own voice.

use crate::{
    lists::List,
    reading::{Lang, Part, Reading, Token, credit},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    id: "mind-reading",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "A thought told as a fact",
            definition: "The article's own voice says what a person believes, fears or wants, and no statement of theirs stands in the sentence or the one before.",
            why: "“{}” tells a thought, and no statement of that person stands beside it.",
            settle: "Quote what they said, or say how it is known.",
        },
        Words {
            title: "کسی کا خیال، حقیقت کے طور پر",
            definition: "مضمون اپنی طرف سے بتاتا ہے کہ کوئی کیا سوچتا یا چاہتا ہے یا کس بات سے ڈرتا ہے، مگر اس کا کوئی بیان نہ اس جملے میں ہے نہ پچھلے جملے میں۔",
            why: "”{}“ کسی کا خیال بتاتا ہے مگر ساتھ اس کا کوئی بیان نہیں۔",
            settle: "اس کا بیان نقل کریں، یا بتائیں کہ یہ کیسے معلوم ہوا۔",
        },
    ],
    evidence: "A state of mind is known from words or acts, which a reader can check. Stepped around: words of a speaker, \
               a statement in the sentence or the one before.",
    basis: Basis::Judged(&[]),
    check,
};

static MINDS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/minds.txt")));
static MINDS_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/minds.txt")));

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let urdu = reading.lang == Lang::Urdu;
    let list: &List = if urdu { &MINDS_UR } else { &MINDS };
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let part = reading.runs.get(sentence.run).map(|run| run.part);
        if !matches!(part, Some(Part::Paragraph | Part::Item | Part::Standfirst)) {
            continue;
        }
        let (tokens, first) = reading.tokens_of(number);
        let hits = list.hits(tokens, 0..tokens.len());
        let hit = hits.into_iter().find(|hit| urdu || has_person(tokens, hit.tokens.start));
        let Some(hit) = hit else { continue };
        let from = if urdu { hit.tokens.start } else { hit.tokens.start.saturating_sub(1) };
        let bytes = reading.bytes(sentence.run, from + first..hit.tokens.end + first);
        let before = number.checked_sub(1);
        let stated = credit::spoken(reading, number)
            || before.is_some_and(|before| credit::spoken(reading, before));
        if !stated && reading.is_own(sentence.run, &bytes) {
            sink.words(reading, sentence.run, bytes, &[]);
        }
    }
}

/// Whether a pronoun of a person or a name stands right before.
fn has_person(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    before.is_some_and(|token| {
        matches!(token.low.as_str(), "he" | "she" | "they" | "who")
            || (token.capital && at > 1 && token.is_word())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn thoughts_told_as_facts() {
        let english = |text: &str, expected: &[&str]| {
            rows::check(&RULE, "en", &format!("A headline\n{text}"), expected);
        };
        english("The dam leaks. He fears the engineer.", &["He fears"]);
        english("The mayor said so. He fears the engineer.", &[]);
        english("“He fears the engineer.” The hall was full.", &[]);
        english("The dog fears water.", &[]);
        rows::check(&RULE, "ur", "سرخی\nمیئر شہر پر قابض رہنا چاہتا ہے۔", &["چاہتا ہے"]);
        rows::check(&RULE, "ur", "سرخی\nمیئر نے کہا کہ وہ ٹھہرنا چاہتا ہے۔", &[]);
    }
}
