//! Who says what in English: every form, the speakers, and what is left to the article's own voice.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use ovn_desk::reading::Reading;
use ovn_edition::model::{Article, Block, Inline};
use proptest::prelude::*;

fn article(headline: &str, paragraphs: &[&str]) -> Article {
    let paragraph = |words: &&str| Block::Paragraph {
        content: vec![Inline::Text { text: (*words).to_owned(), marks: Vec::new() }],
    };
    Article {
        lang: "en".to_owned(),
        headline: headline.to_owned(),
        body: paragraphs.iter().map(paragraph).collect(),
        ..Article::default()
    }
}

/// Each attribution as "form | source | cue | content / content".
fn read(headline: &str, paragraphs: &[&str]) -> Vec<String> {
    let article = article(headline, paragraphs);
    let reading = Reading::of(&article);
    let words = |run: usize, range: &std::ops::Range<usize>| {
        let text = reading.runs.get(run).and_then(|run| run.text.get(range.clone()));
        text.unwrap_or("outside the text").to_owned()
    };
    let line = |one: &ovn_desk::reading::Attribution| {
        let source = one.source.as_ref().map_or("-".to_owned(), |range| words(one.run, range));
        let content: Vec<String> =
            one.content.iter().map(|(run, range)| words(*run, range)).collect();
        format!(
            "{:?} | {source} | {} | {}",
            one.form,
            words(one.run, &one.cue),
            content.join(" / ")
        )
    };
    reading.attributions.iter().map(line).collect()
}

/// The voice of each attribution.
fn voices(paragraphs: &[&str]) -> Vec<String> {
    let article = article("A headline", paragraphs);
    let reading = Reading::of(&article);
    let voice = |one: &ovn_desk::reading::Attribution| {
        let Some(voice) = one.voice.and_then(|at| reading.voices.get(at)) else {
            return "?".to_owned();
        };
        let mark = |yes: bool, mark: &'static str| if yes { mark } else { "" };
        format!("{}{}{}", voice.name, mark(voice.unnamed, " ~"), mark(voice.official, " !"))
    };
    reading.attributions.iter().map(voice).collect()
}

#[test]
fn every_form() {
    let check = |text: &str, expected: &[&str]| assert_eq!(read("A", &[text]), expected, "{text}");
    check(
        "The mayor of Lorn said that the bridge would reopen in May.",
        &["Indirect | The mayor of Lorn | said | that the bridge would reopen in May"],
    );
    check(
        "The bridge will reopen in May, the mayor said on Monday.",
        &["Indirect | the mayor | said | The bridge will reopen in May"],
    );
    check(
        "“The bridge is safe,” said Mira Holt, an engineer at the port.",
        &["Direct | Mira Holt, an engineer at the port | said | “The bridge is safe,”"],
    );
    check(
        "“The bridge is safe,” Holt said. “We tested every bolt.”",
        &["Direct | Holt | said | “The bridge is safe,” / “We tested every bolt.”"],
    );
    check(
        "Mira Holt, who built the bridge, said it was safe.",
        &["Indirect | Mira Holt, who built the bridge | said | it was safe"],
    );
    check(
        "According to the port authority, the bridge is safe.",
        &["According | the port authority | According to | the bridge is safe"],
    );
    check(
        "The bridge is safe, according to the port authority.",
        &["According | the port authority | according to | The bridge is safe"],
    );
    check(
        "The mayor told reporters that the bridge was safe.",
        &["Indirect | The mayor | told | that the bridge was safe"],
    );
    check(
        "Mira Holt’s claim that the bridge was safe surprised the port.",
        &["Indirect | Mira Holt’s | claim | that the bridge was safe surprised the port"],
    );
    check(
        "The council reportedly sold the bridge.",
        &["Indirect | - | reportedly | sold the bridge"],
    );
    check("“Is it safe?” Holt asked.", &["Direct | Holt | asked | “Is it safe?”"]);
    check(
        "Holt added: “It is safe. It always was.”",
        &["Direct | Holt | added | “It is safe. It always was.”"],
    );
    check("The bridge opened in May and closed in June.", &[]);
    check("The said bridge has a say in it.", &[]);
}

#[test]
fn numbers_feelings_nouns_and_nested_marks() {
    let check = |text: &str, expected: &[&str]| assert_eq!(read("A", &[text]), expected, "{text}");
    check(
        "Two in three said the bridge is safe.",
        &["Indirect | Two in three | said | the bridge is safe"],
    );
    check(
        "Holt remains confident that the bridge is safe.",
        &["Stance | Holt | confident | that the bridge is safe"],
    );
    check(
        "His refusal to open the bridge angered the port.",
        &["Indirect | His | refusal | to open the bridge angered the port"],
    );
    check("Holt talked to the mayor by telephone on Monday.", &[]);
    check(
        "“They said, ‘Wait, that is our bridge.’”",
        &["Direct | - | “ | “They said, ‘Wait, that is our bridge.’”"],
    );
}

#[test]
fn colons_in_headlines() {
    let check = |text: &str, expected: &[&str]| assert_eq!(read(text, &[]), expected, "{text}");
    check(
        "Mayor Holt: Bridge Will Open In May",
        &["Colon | Mayor Holt | : | Bridge Will Open In May"],
    );
    check("Watch: Bridge Opens In May", &[]);
    check("Bridge opens in May", &[]);
}

#[test]
fn quotations_go_on() {
    let check = |text: &[&str], expected: &[&str]| assert_eq!(read("A", text), expected);
    check(
        &["“It was dark,” Mira Holt said. “We saw nothing.", "“Then the lights came on.”"],
        &[
            "Direct | Mira Holt | said | “It was dark,” / “We saw nothing. / “Then the lights came on.”",
        ],
    );
    check(
        &["Holt said:", "“Then the lights came on at last.”"],
        &["Direct | Holt | said | “Then the lights came on at last.”"],
    );
    // Nobody near is credited: the quotation stays visible, undecided.
    check(
        &["“Then the lights came on at last.”"],
        &["Direct | - | “ | “Then the lights came on at last.”"],
    );
    check(
        &["“Then the lights came on at last.” — Mira Holt"],
        &["Direct | Mira Holt | — | “Then the lights came on at last.”"],
    );
}

#[test]
fn speakers() {
    let check = |text: &[&str], expected: &[&str]| assert_eq!(voices(text), expected, "{text:?}");
    check(
        &["Mira Holt said the bridge was safe. “It held,” Holt said.", "She said it would open."],
        &["Mira Holt", "Mira Holt", "Mira Holt"],
    );
    check(
        &["The minister, Tomas Brandt, said the road was open.", "The minister said it was dry."],
        &["Tomas Brandt !", "Tomas Brandt !"],
    );
    check(
        &["The Northern Relief Board (NRB) said it had food.", "The NRB said it had tents."],
        &["Northern Relief Board", "Northern Relief Board"],
    );
    check(&["Critics said the road was bad."], &["Critics ~"]);
    check(&["Police said the road was open."], &["Police !"]);
    check(&["A senior official said the road was open."], &["A senior official ~ !"]);
    // Two share the surname, and nothing tells which one speaks.
    check(&["Mira Holt met Jonas Holt at the port. Holt said the road was open."], &["?"]);
    check(&["Ms. Holt met Mr. Brandt at the port.", "The road is open, she said."], &["Holt"]);
    check(&["The road is open, he said."], &["?"]);
}

#[test]
fn own_words_are_outside_what_others_say() {
    let text = "The deal is a triumph, the minister said. The road is 3 km long.";
    let article = article("A", &[text]);
    let reading = Reading::of(&article);
    let own = |words: &str| {
        let from = text.find(words).unwrap();
        reading.is_own(1, &(from..from + words.len()))
    };
    assert!(!own("triumph"));
    assert!(own("minister"));
    assert!(own("3 km"));
}

#[test]
fn a_quotation_knows_its_attribution() {
    let article = article("A", &["Holt noted that Brandt said “the road is open to all”."]);
    let reading = Reading::of(&article);
    let one = &reading.attributions[reading.attribution_of(0).unwrap()];
    assert_eq!(&reading.runs[1].text[one.source.clone().unwrap()], "Brandt");
    assert_eq!(reading.attribution_of(9), None);
}

/// Every span lies in its run, on the edges of letters, and the lists are in order.
fn sound(reading: &Reading<'_>) {
    let whole = |run: usize, range: &std::ops::Range<usize>| {
        let text = reading.runs.get(run).map(|run| run.text.as_str()).unwrap_or_default();
        assert!(text.get(range.clone()).is_some(), "{range:?} of {text:?}");
    };
    for quote in &reading.quotes {
        whole(quote.run, &quote.outer);
        whole(quote.run, &quote.inner);
    }
    assert!(reading.quotes.is_sorted_by_key(|quote| (quote.run, quote.outer.start)));
    for one in &reading.attributions {
        whole(one.run, &one.cue);
        one.source.iter().for_each(|range| whole(one.run, range));
        one.content.iter().for_each(|(run, range)| whole(*run, range));
        assert!(one.voice.is_none_or(|at| at < reading.voices.len()));
    }
    assert!(reading.attributions.is_sorted_by_key(|one| (one.run, one.cue.start)));
    for voice in &reading.voices {
        voice.mentions.iter().for_each(|(run, range)| whole(*run, range));
        assert!(voice.mentions.is_sorted_by_key(|(run, range)| (*run, range.start)));
    }
}

proptest! {
    #[test]
    fn any_text_is_read(texts in prop::collection::vec("\\PC{0,120}", 0..6)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let article = article(texts.first().unwrap_or(&""), &texts);
        sound(&Reading::of(&article));
    }

    #[test]
    fn any_mix_of_marks_and_words_is_read(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "said", " ", "“", "”", "\"", "«", "»", "„", "‘", "’", "'", "''", ",", ".", ":", "?", "—", "(", ")", " Holt",
            " Mira", " the", " minister", " that", " who", " by", " told", " saying", " according to", " claim", "’s", " she",
            " is", " 3", "-", " and", "é", "ʼ", "\u{200f}", "کہا", " Ms.", " was", " it", " İ",
        ]), 0..60),
    ) {
        let text = pieces.concat();
        let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
        let article = article(&text, &[&text[..half], &text[half..]]);
        sound(&Reading::of(&article));
    }
}
