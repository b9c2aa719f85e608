//! The answer of an accused party that stands in the last third of the text.

use crate::{
    reading::{Reading, parties::Party},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::{labels, report::Level, words};

pub(super) const RULE: Rule = Rule {
    id: "late-reply",
    version: 1,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "The answer comes late",
            definition: "In a text of 200 words or more, a party is accused in the first half of the words, and its own first words begin in the last third.",
            why: "{1} is accused after {2} words; its own first words come after {3} of {4}.",
            settle: "Move the answer to where the accusation stands, or name it there.",
        },
        Words {
            title: "جواب دیر سے",
            definition: "دو سو الفاظ یا زیادہ کے متن میں پہلے نصف میں کسی فریق پر الزام ہے، اور اس کی اپنی پہلی بات آخری تہائی میں ہے۔",
            why: "{1} پر الزام {2} الفاظ کے بعد آتا ہے؛ اس کی اپنی پہلی بات {4} میں سے {3} کے بعد۔",
            settle: "جواب کو الزام کے پاس لائیں، یا وہاں اس کا ذکر کریں۔",
        },
    ],
    evidence: "Positions in words. Many readers do not reach the end of a text. Stepped around: short items; refusals to \
               comment, which are no answer; parties that are not accused.",
    basis: Basis::Judged(&[]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let mut before = vec![0];
    for run in &reading.runs {
        let so_far = before.last().copied().unwrap_or(0);
        before.push(so_far + words::count(&run.text));
    }
    let all = before.last().copied().unwrap_or(0);
    if all < 200 {
        return;
    }
    let place = |run: usize, at: usize| {
        let text = reading.runs.get(run).and_then(|one| one.text.get(..at)).unwrap_or_default();
        before.get(run).copied().unwrap_or(0) + words::count(text)
    };
    for party in &reading.parties.list {
        let accused = party.accused.first().map(|(run, range)| place(*run, range.start));
        let Some(((run, at), accused)) = first_words(reading, party).zip(accused) else { continue };
        let answer = place(run, at);
        if accused * 2 < all && answer * 3 >= all * 2 {
            let labels = labels::of(&reading.article.lang);
            let [accused, answer, all] = [accused, answer, all].map(|count| labels.number(count));
            let spots = party.accused.first().map(|(run, range)| reading.spot(*run, range.clone()));
            sink.find(spots.into_iter().collect(), &[&party.name, &accused, &answer, &all]);
        }
    }
}

/// Run and byte where a party first speaks.
fn first_words(reading: &Reading<'_>, party: &Party) -> Option<(usize, usize)> {
    let said = party.heard.iter().filter_map(|at| reading.attributions.get(*at));
    let said = said.flat_map(|one| one.content.iter()).map(|(run, range)| (*run, range.start));
    let cited = party.claims.iter().map(|(run, range)| (*run, range.start));
    said.chain(cited).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn positions_are_counted() {
        let filler = "The sea is calm and the boats lie in the harbour all day long. ".repeat(17);
        let accused = "Fishers accused the harbour company of dumping.";
        let answer = "The company said that it obeys the law.";
        let check = |body: &str, expected: usize| {
            let mut article = rows::article("en", &format!("A harbour\n{body}"));
            article.parties = vec!["Harbour company".to_owned()];
            assert_eq!(rows::on(&RULE, &article).len(), expected, "{body}");
        };
        check(&format!("{accused}\n{filler}\n{answer}"), 1);
        check(&format!("{accused}\n{answer}\n{filler}"), 0);
        check(&format!("{filler}\n{accused}\n{answer}"), 0);
        check(&format!("{accused}\n{answer}"), 0);
    }
}
