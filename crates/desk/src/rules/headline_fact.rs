//! A number, a name or a place of the headline that the text below never gives.

use super::given;
use crate::{
    reading::{Part, Reading},
    rule::{Basis, Rule, Words},
    sink::Sink,
};
use ovn_edition::report::Level;

pub(super) const RULE: Rule = Rule {
    id: "headline-fact",
    version: 1,
    level: Level::Look,
    langs: &["en", "ur"],
    words: [
        Words {
            title: "Only in the headline",
            definition: "A number, a name or a place stands in the headline and, in none of its usual forms, in the text.",
            why: "“{}” stands in the headline and nowhere in the text below it.",
            settle: "Give it in the text with its source, or take it out of the headline.",
        },
        Words {
            title: "صرف سرخی میں",
            definition: "کوئی عدد، نام یا جگہ سرخی میں ہے اور متن میں کسی عام صورت میں نہیں۔",
            why: "”{}“ سرخی میں ہے اور نیچے متن میں کہیں نہیں۔",
            settle: "اسے حوالے کے ساتھ متن میں دیں، یا سرخی سے ہٹا دیں۔",
        },
    ],
    evidence: "Many read the headline alone, so what stands only there is never shown. Stepped around: words and digits, \
               rounding, dozens and hundreds, years, counts below six, initials, peoples for countries, seats of \
               government for governments, headlines in title case except for places and acronyms.",
    basis: Basis::Judged(&[]),
    check,
};

fn check(reading: &Reading<'_>, sink: &mut Sink<'_>) {
    let Some((number, head)) =
        reading.runs.iter().enumerate().find(|(_, run)| run.part == Part::Headline)
    else {
        return;
    };
    let body = given::body(reading, Part::Headline);
    // A text of a line or two is a notice: its headline may be all there is.
    if body.words.len() < 40 {
        return;
    }
    let at: Vec<_> = given::missing(reading.lang, head, &body)
        .into_iter()
        .map(|tokens| reading.spot(number, reading.bytes(number, tokens)))
        .collect();
    let words: Vec<&str> = at.iter().map(|spot| spot.words.as_str()).collect();
    let words = words.join("”, “");
    if !at.is_empty() {
        sink.find(at, &[&words]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rows;

    const BODY: &str = "The council of the town of Oldbridge met on Monday in the hall beside the river, where \
        thirty-six members of every party heard a long report by the British engineer Ann Marlow about a dam which \
        has stood for a hundred years and which, the engineer found, leaks at two of its gates. The Flood Safety \
        Board gave 3.7 million crowns.";

    #[test]
    fn what_stands_in_the_headline_alone() {
        let english = |headline: &str, expected: &[&str]| {
            rows::check(&RULE, "en", &format!("{headline}\n{BODY}"), expected);
        };
        english("Council hears 36 members on dam", &[]);
        english("Council hears 48 members on dam", &["48"]);
        english("Council gets 3.7m for dam", &[]);
        english("Council gets 5.2m for dam", &["5.2m"]);
        english("Council hears engineer from UK", &[]);
        english("Council hears engineer from Norway", &["Norway"]);
        english("Council hears Marlow on Newtown dam", &["Newtown"]);
        english("FSB pays for dam in Oldbridge", &[]);
        english("Council Hears Engineer On Leaking Gates", &[]);
        english("Dozens hear of the dam in 2024", &[]);
        english("Nearly 35 members hear of dam", &[]);
        rows::check(&RULE, "en", "Norway wins 48 medals\nA short notice.", &[]);
    }

    #[test]
    fn urdu_numbers_and_places() {
        let body = "شہر کی کونسل کا اجلاس پیر کے دن دریا کے کنارے ہال میں ہوا جہاں ہر جماعت کے چھتیس ارکان نے \
            بند کے بارے میں ایک طویل رپورٹ سنی جو سو برس سے کھڑا ہے اور جس کے دو دروازوں سے پانی رستا ہے جبکہ برطانوی \
            انجینئر نے نقشے دکھائے اور مرمت کا خرچ بتایا۔";
        let check = |headline: &str, expected: &[&str]| {
            rows::check(&RULE, "ur", &format!("{headline}\n{body}"), expected);
        };
        check("کونسل کے ۳۶ ارکان نے رپورٹ سنی", &[]);
        check("کونسل کے 48 ارکان نے رپورٹ سنی", &["48"]);
        check("برطانیہ کے انجینئر کی رپورٹ", &[]);
        check("ناروے کے انجینئر کی رپورٹ", &["ناروے"]);
    }
}
