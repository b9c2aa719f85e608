//! An expert or analyst who is heard, with no institution named.

use crate::{
    lists::List,
    reading::{Lang, Reading, Token},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;
use std::sync::LazyLock;

pub(super) const RULE: Rule = Rule {
    id: "expert-credential",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "An expert without a house",
            definition: "A named speaker is called an expert or analyst, and the sentence and those beside it name no institution.",
            why: "“{}” is heard as an expert, and no institution is named beside.",
            settle: "Say where they work, and who pays for it.",
        },
        Words {
            title: "ماہر، ادارے کے بغیر",
            definition: "جس بولنے والے کا نام دیا گیا ہے اسے ماہر یا تجزیہ کار کہا گیا ہے، مگر کسی ادارے کا ذکر نہ اس جملے میں ہے نہ پاس کے جملوں میں۔",
            why: "”{}“ کو ماہر کہا گیا ہے مگر ساتھ کسی ادارے کا ذکر نہیں۔",
            settle: "بتائیں کہ وہ کہاں کام کرتے ہیں اور اس کام کا خرچ کون اٹھاتا ہے۔",
        },
    ],
    evidence: "A reader weighs an expert by house and interest. Stepped around: experts without a name, which another rule \
               counts; an institution in the sentence or those beside it.",
    basis: Basis::Judged(&[]),
    check,
};

static EXPERTS: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/experts.txt")));
static EXPERTS_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/experts.txt")));
static HOUSES: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/en/institutions.txt")));
static HOUSES_UR: LazyLock<List> =
    LazyLock::new(|| List::parse(include_str!("../../lists/ur/institutions.txt")));

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let urdu = reading.lang == Lang::Urdu;
    let experts: &List = if urdu { &EXPERTS_UR } else { &EXPERTS };
    let mut seen: Vec<String> = Vec::new();
    for one in &reading.attributions {
        let Some(source) = one.source.clone() else { continue };
        let Some(run) = reading.runs.get(one.run) else { continue };
        let from = run.tokens.partition_point(|token| token.from < source.start);
        let to = run.tokens.partition_point(|token| token.from < source.end);
        let tokens = run.tokens.get(from..to).unwrap_or_default();
        let expert = experts.hits(tokens, 0..tokens.len()).first().map(|hit| hit.tokens.clone());
        let Some(expert) = expert else { continue };
        let nameless = tokens.first().is_some_and(|token| {
            matches!(token.low.as_str(), "one" | "a" | "an" | "some" | "another" | "many")
        });
        let possessed = tokens.iter().any(|token| token.capital && token.low.ends_with("'s"));
        let named = urdu && tokens.len() > expert.len()
            || tokens
                .iter()
                .enumerate()
                .any(|(at, token)| token.capital && !expert.contains(&at) && at > 0);
        let housed = (one.sentence.saturating_sub(1)..=one.sentence + 1)
            .any(|at| has_house(urdu, reading.tokens_of(at).0));
        let words = run.text.get(source.clone()).unwrap_or_default().to_owned();
        if named && !nameless && !possessed && !housed && !seen.contains(&words) {
            seen.push(words);
            sink.words(reading, one.run, source, &[]);
        }
    }
}

/// "At Oldbridge University", "of the Marlow Institute", "with Marlow", "who runs".
fn has_house(urdu: bool, tokens: &[Token]) -> bool {
    let list: &List = if urdu { &HOUSES_UR } else { &HOUSES };
    let joined = tokens.windows(3).any(|window| {
        let [link, first, second] = window else { return false };
        matches!(link.low.as_str(), "at" | "of" | "with" | "from" | "for")
            && (first.capital || (first.low == "the" && second.capital))
    });
    !list.hits(tokens, 0..tokens.len()).is_empty() || (!urdu && joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn experts_without_a_house() {
        let english = |text: &str, expected: usize| {
            let found = rows::findings(&RULE, "en", &format!("A headline\n{text}"));
            assert_eq!(found.len(), expected, "{text}");
        };
        english("Water expert Ann Marlow said the dam leaks.", 1);
        english("Ann Marlow, an expert at Oldbridge University, said the dam leaks.", 0);
        english("Water expert Ann Marlow said the dam leaks. She runs the Marlow institute.", 0);
        english("Experts said the dam leaks.", 0);
        english("Ann Marlow said the dam leaks.", 0);
    }
}
