//! Words of a text, by the rules of Unicode's UAX #29.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The byte ranges of the words in `text`; punctuation and white space are none.
#[must_use]
pub fn of(text: &str) -> Vec<Range<usize>> {
    text.unicode_word_indices().map(|(start, word)| start..start + word.len()).collect()
}

/// How many words `text` has.
#[must_use]
pub fn count(text: &str) -> usize {
    text.unicode_words().count()
}

/// How long the text takes to read, in whole minutes and at least one, at 200 words a minute.
#[must_use]
pub fn minutes(text: &str) -> usize {
    count(text).div_ceil(200).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_scripts() {
        let check = |text: &str, expected: &[&str]| {
            let words: Vec<&str> =
                of(text).into_iter().filter_map(|range| text.get(range)).collect();
            assert_eq!(words, expected, "{text}");
            assert_eq!(count(text), expected.len());
        };
        check("Mr. Dar's 19.5 percent", &["Mr", "Dar's", "19.5", "percent"]);
        check("وزیرِ خارجہ نے کہا۔", &["وزیرِ", "خارجہ", "نے", "کہا"]);
        check("خوب\u{200c}صورت", &["خوب\u{200c}صورت"]);
        check("۱۹ فیصد؟", &["۱۹", "فیصد"]);
        check("", &[]);
    }

    #[test]
    fn a_reading_takes_a_minute_at_least() {
        assert_eq!(minutes(""), 1);
        assert_eq!(minutes(&"word ".repeat(401)), 3);
    }
}
