//! Numbers in a text, in digits or in words, English or Urdu, as values that can be compared.

use super::token::{Kind, Token};
use std::ops::Range;

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its value in thousandths: 19.5 is 19 500. Values too large for the type are its largest.
    pub value: u64,
    /// Whether it is written in digits.
    pub digits: bool,
    /// Whether "percent", "%" or "فیصد" follows.
    pub percent: bool,
    /// Whether it gives a place in an order: "third", "36th".
    pub ordinal: bool,
}

const ONE: u64 = 1000;

/// Words for whole numbers below a hundred.
const SMALL: [(&str, u64); 84] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("dozen", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("ایک", 1),
    ("دو", 2),
    ("تین", 3),
    ("چار", 4),
    ("پانچ", 5),
    ("چھ", 6),
    ("سات", 7),
    ("آٹھ", 8),
    ("نو", 9),
    ("دس", 10),
    ("گیارہ", 11),
    ("بارہ", 12),
    ("درجن", 12),
    ("تیرہ", 13),
    ("چودہ", 14),
    ("پندرہ", 15),
    ("سولہ", 16),
    ("سترہ", 17),
    ("اٹھارہ", 18),
    ("انیس", 19),
    ("بیس", 20),
    ("اکیس", 21),
    ("بائیس", 22),
    ("تئیس", 23),
    ("چوبیس", 24),
    ("پچیس", 25),
    ("چھبیس", 26),
    ("ستائیس", 27),
    ("اٹھائیس", 28),
    ("انتیس", 29),
    ("تیس", 30),
    ("اکتیس", 31),
    ("بتیس", 32),
    ("تینتیس", 33),
    ("چونتیس", 34),
    ("پینتیس", 35),
    ("چھتیس", 36),
    ("سینتیس", 37),
    ("اڑتیس", 38),
    ("انتالیس", 39),
    ("چالیس", 40),
    ("پینتالیس", 45),
    ("اڑتالیس", 48),
    ("پچاس", 50),
    ("پچپن", 55),
    ("ساٹھ", 60),
    ("پینسٹھ", 65),
    ("ستر", 70),
    ("پچھتر", 75),
    ("اسی", 80),
    ("پچاسی", 85),
    ("نوے", 90),
    ("پچانوے", 95),
    ("ننانوے", 99),
    ("اٹھانوے", 98),
];

/// Words that multiply what stands before them.
const SCALES: [(&str, u64); 18] = [
    ("hundred", 100),
    ("thousand", 1_000),
    ("k", 1_000),
    ("lakh", 100_000),
    ("million", 1_000_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("crore", 10_000_000),
    ("billion", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("b", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("سو", 100),
    ("ہزار", 1_000),
    ("لاکھ", 100_000),
    ("کروڑ", 10_000_000),
    ("ارب", 1_000_000_000),
    ("کھرب", 100_000_000_000),
];

const ORDINALS: [(&str, u64); 13] = [
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("twentieth", 20),
    ("hundredth", 100),
];

/// The numbers among `tokens`, from left to right.
#[must_use]
pub fn of(tokens: &[Token]) -> Vec<Number> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match one(tokens, at) {
            Some(number) => {
                at = number.tokens.end;
                out.push(number);
            }
            None => at += 1,
        }
    }
    out
}

/// The number that begins at token `at`.
fn one(tokens: &[Token], at: usize) -> Option<Number> {
    let first = tokens.get(at)?;
    let digits = first.kind == Kind::Number;
    let (value, end, ordinal) = if digits {
        let (value, unit, ordinal) = written(&first.low)?;
        let scale = tokens.get(at + 1).and_then(|next| scale(&next.low)).filter(|_| unit == 1);
        (
            value.saturating_mul(scale.unwrap_or(unit)),
            at + 1 + usize::from(scale.is_some()),
            ordinal,
        )
    } else if let Some((_, value)) = ORDINALS.iter().find(|(word, _)| *word == first.low) {
        (value * ONE, at + 1, true)
    } else {
        let (value, end) = spelled(tokens, at)?;
        (value, end, false)
    };
    let percent = is_percent(tokens, end);
    Some(Number { tokens: at..end, value, digits, percent, ordinal })
}

/// Value, unit and order of a word that begins with a digit: `1,204`, `3.7`, `36th`, `20m`.
fn written(low: &str) -> Option<(u64, u64, bool)> {
    let end = low
        .find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ',' | '.' | '٫' | '٬')));
    let (figures, tail) = low.split_at(end.unwrap_or(low.len()));
    let ordinal = matches!(tail, "st" | "nd" | "rd" | "th");
    let unit = match tail {
        "" | "s" | "'s" => 1,
        _ if ordinal => 1,
        unit => scale(unit)?,
    };
    let plain = figures.replace([',', '٬'], "").replace('٫', ".");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    if part.contains('.') {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let thousandths: String = part.chars().chain("000".chars()).take(3).collect();
    let value = whole.saturating_mul(ONE).saturating_add(thousandths.parse().ok()?);
    Some((value, unit, ordinal))
}

/// A number in words, and the token after it: "twenty-one", "a hundred and five thousand", "half a million".
fn spelled(tokens: &[Token], from: usize) -> Option<(u64, usize)> {
    let mut at = from;
    let (mut total, mut part, mut any) = (0_u64, 0_u64, false);
    if matches!(tokens.get(at)?.low.as_str(), "a" | "an") {
        scale_or_dozen(&tokens.get(at + 1)?.low)?;
        (part, at) = (1, at + 1);
    }
    while let Some(token) = tokens.get(at) {
        let glue = any && (token.is_hyphen() || token.low == "and");
        let word = if glue { tokens.get(at + 1) } else { Some(token) };
        let Some(word) = word else { break };
        if let Some(value) = small(&word.low) {
            let dozen = value == 12 && part > 0 && matches!(word.low.as_str(), "dozen" | "درجن");
            let fits = part == 0 || dozen || (value < 10 && part % 10 == 0) || part % 100 == 0;
            if !fits || (token.low == "and" && part % 100 != 0) || (any && part == 0 && total == 0)
            {
                break;
            }
            part = if dozen { part.saturating_mul(value) } else { part.saturating_add(value) };
        } else if let Some(scale) =
            scale(&word.low).filter(|_| word.low.len() > 2 && !glue && part > 0)
        {
            if scale == 100 {
                part = part.saturating_mul(100);
            } else {
                total = total.saturating_add(part.saturating_mul(scale));
                part = 0;
            }
        } else {
            break;
        }
        any = true;
        at += 1 + usize::from(glue);
    }
    any.then(|| (total.saturating_add(part).saturating_mul(ONE), at))
}

fn scale_or_dozen(low: &str) -> Option<u64> {
    if low == "dozen" { Some(12) } else { scale(low).filter(|_| low.len() > 2) }
}

fn small(low: &str) -> Option<u64> {
    SMALL.iter().find(|(word, _)| *word == low).map(|(_, value)| *value)
}

fn scale(low: &str) -> Option<u64> {
    SCALES.iter().find(|(word, _)| *word == low).map(|(_, value)| *value)
}

fn is_percent(tokens: &[Token], end: usize) -> bool {
    let low = |at: usize| tokens.get(at).map_or("", |token| token.low.as_str());
    matches!(low(end), "%" | "٪" | "percent" | "pc" | "فیصد")
        || (low(end) == "-" && low(end + 1) == "percent")
        || (low(end) == "per" && low(end + 1) == "cent")
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    #[test]
    fn digits_and_words_have_one_value() {
        let check = |text: &str, expected: &[u64]| {
            let found = of(&tokens(text));
            let found: Vec<u64> = found.iter().map(|number| number.value).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("1,204 people", &[1_204_000]);
        check("a rise of 19.5 percent", &[19_500]);
        check("twenty-one and thirty six", &[21_000, 36_000]);
        check("$3.7 million, 3.7m", &[3_700_000_000, 3_700_000_000]);
        check("two hundred and five thousand", &[205_000_000]);
        check("a hundred, a dozen, two dozen", &[100_000, 12_000, 24_000]);
        check("the 36th and the third", &[36_000, 3_000]);
        check("one or two", &[1_000, 2_000]);
        check("the 1980s", &[1_980_000]);
        check("a man and a million men", &[1_000_000_000]);
        check("1.2.3 and 99999999999999999999", &[]);
        check("۱۲ افراد، بارہ افراد، 12 افراد", &[12_000, 12_000, 12_000]);
        check("دو لاکھ پچاس ہزار", &[250_000_000]);
        check("", &[]);
    }

    #[test]
    fn percent_is_seen() {
        let check = |text: &str, expected: bool| {
            assert_eq!(of(&tokens(text)).first().map(|one| one.percent), Some(expected), "{text}");
        };
        check("5%", true);
        check("five percent", true);
        check("5 per cent", true);
        check("a 5-percent rise", true);
        check("5 people", false);
        check("۵ فیصد", true);
    }
}
