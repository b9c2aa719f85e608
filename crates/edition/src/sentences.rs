//! Sentences of a text, English and Urdu: UAX #29 with the knowledge of abbreviations that it leaves to others.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Never the end of a sentence: something always follows.
const TITLES: [&str; 27] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "sen", "rep", "gov",
    "hon", "rev", "st", "vs", "cf", "eg", "ie", "brig", "adm", "cmdr", "amb", "supt", "insp",
];
/// An abbreviation when a digit follows.
const BEFORE_NUMBER: [&str; 20] = [
    "no", "nos", "rs", "art", "sec", "para", "vol", "fig", "p", "pp", "ch", "jan", "feb", "mar",
    "apr", "aug", "sept", "oct", "nov", "dec",
];
/// An abbreviation unless a word follows that opens sentences.
const OFTEN_LAST: [&str; 11] =
    ["etc", "inc", "ltd", "co", "corp", "jr", "sr", "bros", "al", "approx", "dept"];
const OPENERS: [&str; 40] = [
    "the",
    "a",
    "an",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "his",
    "her",
    "its",
    "their",
    "this",
    "that",
    "these",
    "those",
    "in",
    "on",
    "at",
    "but",
    "and",
    "however",
    "when",
    "while",
    "after",
    "before",
    "as",
    "if",
    "for",
    "there",
    "both",
    "another",
    "officials",
    "according",
    "by",
    "from",
    "what",
    "no",
];
/// The Urdu names of Latin letters, of which abbreviations are spelled: ڈی۔سی۔
const LETTERS: [&str; 27] = [
    "اے",
    "بی",
    "سی",
    "ڈی",
    "ای",
    "ایف",
    "جی",
    "ایچ",
    "آئی",
    "جے",
    "کے",
    "ایل",
    "ایم",
    "این",
    "او",
    "پی",
    "کیو",
    "آر",
    "ایس",
    "ٹی",
    "یو",
    "وی",
    "ڈبلیو",
    "ایکس",
    "وائی",
    "زیڈ",
    "زی",
];

/// The byte ranges of the sentences in `text`, white space around them left out, in order. Never empty ranges.
#[must_use]
pub fn of(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, piece) in text.split_sentence_bound_indices() {
        let start = open.take().unwrap_or(at);
        let end = at + piece.len();
        let (Some(said), Some(rest)) = (text.get(start..end), text.get(end..)) else { continue };
        if goes_on(said, rest) {
            open = Some(start);
        } else {
            push(&mut out, start, said);
        }
    }
    if let Some((start, said)) = open.and_then(|start| Some((start, text.get(start..)?))) {
        push(&mut out, start, said);
    }
    out
}

fn push(out: &mut Vec<Range<usize>>, start: usize, said: &str) {
    let from = start + said.len() - said.trim_start().len();
    let to = from + said.trim().len();
    if from < to {
        out.push(from..to);
    }
}

/// Whether the sentence that `said` ends with continues in `rest`.
fn goes_on(said: &str, rest: &str) -> bool {
    if rest.is_empty() || said.ends_with(['\n', '\u{2029}', '\u{85}']) {
        return false;
    }
    let trimmed = said.trim_end();
    let bare = trimmed.trim_end_matches(closing);
    let next = rest.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    // "Why?" he asked: the quotation ends, the sentence does not.
    if bare.ends_with(['?', '!']) && bare != trimmed && next.starts_with(char::is_lowercase) {
        return true;
    }
    if let Some(before) = bare.strip_suffix('۔') {
        let touching = trimmed == said && rest.starts_with(char::is_numeric);
        return (touching && before.ends_with(char::is_numeric))
            || (is_urdu_letter(last_word(before)) && is_urdu_letter(first_word(next)));
    }
    let Some(before) = bare.strip_suffix('.') else { return false };
    let word = last_token(before);
    let lower = word.to_lowercase();
    let lower = lower.as_str();
    let opens = OPENERS.contains(&first_word(next).to_lowercase().as_str());
    if TITLES.contains(&lower) {
        return true;
    }
    if BEFORE_NUMBER.contains(&lower) && next.starts_with(char::is_numeric) {
        return true;
    }
    (is_initials(word) || OFTEN_LAST.contains(&lower)) && !opens
}

fn closing(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
}

fn last_word(text: &str) -> &str {
    text.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
}

/// The last word with full stops inside: `D.C`.
fn last_token(text: &str) -> &str {
    text.rsplit(|letter: char| !(letter.is_alphanumeric() || letter == '.'))
        .next()
        .unwrap_or_default()
}

/// `U.S`, `D.C`, `p.m`, `J`: single letters with stops between them; one letter alone must be a capital.
fn is_initials(token: &str) -> bool {
    let one = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
            && letters.next().is_none()
    };
    token.split('.').all(one)
        && (token.contains('.') || (token != "I" && token.starts_with(char::is_uppercase)))
}

fn is_urdu_letter(word: &str) -> bool {
    LETTERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        of(text).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn english() {
        let check = |text: &str, expected: &[&str]| assert_eq!(cut(text), expected, "{text}");
        check("One. Two? Three!", &["One.", "Two?", "Three!"]);
        check("Mr. Dar spoke. He left.", &["Mr. Dar spoke.", "He left."]);
        check("In Washington, D.C. Rubio spoke.", &["In Washington, D.C. Rubio spoke."]);
        check(
            "They met in the U.S. The talks went on.",
            &["They met in the U.S.", "The talks went on."],
        );
        check("The U.S. Secretary of State spoke.", &["The U.S. Secretary of State spoke."]);
        check("It rose 3.5 percent. It fell.", &["It rose 3.5 percent.", "It fell."]);
        check("See No. 5 of it. Then Rs. 500 more.", &["See No. 5 of it.", "Then Rs. 500 more."]);
        check("\"Why?\" he asked. \"So.\"", &["\"Why?\" he asked.", "\"So.\""]);
        check("He said “no.” She left.", &["He said “no.”", "She left."]);
        check("It is what I. That", &["It is what I.", "That"]);
        check("line\nnext", &["line", "next"]);
        check("At 5 p.m. Friday it ended. Done", &["At 5 p.m. Friday it ended.", "Done"]);
        check(" \n ", &[]);
        check("J. K. Khan came.", &["J. K. Khan came."]);
    }

    #[test]
    fn urdu() {
        let check = |text: &str, expected: &[&str]| assert_eq!(cut(text), expected, "{text}");
        check("اس نے کہا۔ وہ گیا۔", &["اس نے کہا۔", "وہ گیا۔"]);
        check("کیا ہوا؟ کچھ نہیں۔", &["کیا ہوا؟", "کچھ نہیں۔"]);
        check("اس نے کہا۔وہ گیا۔", &["اس نے کہا۔", "وہ گیا۔"]);
        check("پی۔ٹی۔آئی نے کہا۔ پھر", &["پی۔ٹی۔آئی نے کہا۔", "پھر"]);
        check("شرح ۳۔۵ فیصد رہی۔", &["شرح ۳۔۵ فیصد رہی۔"]);
        check("اس نے کہا، ”ہم آئیں گے۔“ پھر گیا۔", &["اس نے کہا، ”ہم آئیں گے۔“", "پھر گیا۔"]);
        check("ہاں، وہ بھی", &["ہاں، وہ بھی"]);
    }

    proptest! {
        #[test]
        fn they_come_in_order_and_lose_only_white_space(text in "[A-Za-z۔؟.!?\"” \n۳کا]{0,80}") {
            let mut at = 0;
            for range in of(&text) {
                prop_assert!(text[at..range.start].trim().is_empty());
                prop_assert!(range.start < range.end);
                at = range.end;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
