//! A number, a name or a place of a caption that the text never gives.

use super::given;
use crate::{
    reading::{Part, Reading},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;

pub(super) const RULE: Rule = Rule {
    id: "caption-claim",
    version: 1,
    level: Level::Info,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Only in the caption",
            definition: "A number, a name or a place stands in a picture's caption and, in none of its usual forms, in the text.",
            why: "“{}” stands in the caption and nowhere else in the text.",
            settle: "Give it in the text with its source, or say in the caption where it comes from.",
        },
        Words {
            title: "صرف تصویر کے نیچے",
            definition: "کوئی عدد، نام یا جگہ تصویر کی عبارت میں ہے اور متن میں کسی عام صورت میں نہیں۔",
            why: "”{}“ تصویر کی عبارت میں ہے اور متن میں اور کہیں نہیں۔",
            settle: "اسے حوالے کے ساتھ متن میں دیں، یا عبارت میں بتائیں کہ یہ کہاں سے ہے۔",
        },
    ],
    evidence: "A caption's claims are seldom checked with the text. Stepped around: what the rule on headlines steps \
               around, and the credit after the last stop, bracket or stroke.",
    basis: Basis::Judged(&[]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let body = given::body(reading, Part::Caption);
    for (number, run) in
        reading.runs.iter().enumerate().filter(|(_, run)| run.part == Part::Caption)
    {
        let credit = credit(&run.text);
        let at: Vec<_> = given::missing(reading.lang, run, &body)
            .into_iter()
            .map(|tokens| reading.bytes(number, tokens))
            .filter(|bytes| bytes.end <= credit)
            .map(|bytes| reading.spot(number, bytes))
            .collect();
        let words: Vec<&str> = at.iter().map(|spot| spot.words.as_str()).collect();
        let words = words.join("”, “");
        if !at.is_empty() {
            sink.find(at, &[&words]);
        }
    }
}

/// Where the photographer's or agency's credit begins: after the last sentence, at a bracket or a stroke.
fn credit(caption: &str) -> usize {
    let marks = caption.find(['(', '/', '|', '©']);
    let words = ["Photo", "photo:", "Image", "تصویر:"];
    let words = words.iter().filter_map(|word| caption.find(word)).min();
    let marks = marks.unwrap_or(caption.len()).min(words.unwrap_or(caption.len()));
    let body = caption.get(..marks).unwrap_or_default().trim_end();
    let ends = body.ends_with(['.', '۔']);
    if ends || marks < caption.len() {
        return marks;
    }
    body.rfind(['.', '۔']).map_or(marks, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    #[test]
    fn what_stands_in_a_caption_alone() {
        let english = |caption: &str, expected: &[&str]| {
            let text =
                format!("Council meets\n[[{caption}]]\nThe council of Oldbridge heard 36 members.");
            rows::check(&RULE, "en", &text, expected);
        };
        english("A full hall in Oldbridge.", &[]);
        english("All 36 members of the council.", &[]);
        english("All 48 members of the council in Newtown.", &["48 … Newtown"]);
        english("The hall of the council. Marlow Pictures", &[]);
        english("The hall of the council (Ann Marlow)", &[]);
        rows::check(&RULE, "ur", "سرخی\n[[کونسل کے 48 ارکان]]\nکونسل کے ۳۶ ارکان آئے۔", &["48"]);
        rows::check(&RULE, "ur", "سرخی\n[[کونسل کے چھتیس ارکان]]\nکونسل کے ۳۶ ارکان آئے۔", &[]);
    }
}
