//! Which way text runs: by language for a whole text, by its letters for one block.

use serde::{Deserialize, Serialize};

/// The direction in which a line is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// The word of HTML's `dir`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// The direction of text in the language `lang` (BCP 47), by its first subtag.
#[must_use]
pub fn of_lang(lang: &str) -> Direction {
    const RTL: [&str; 10] = ["ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"];
    let first = lang.split('-').next().unwrap_or_default();
    if RTL.contains(&first) { Direction::Rtl } else { Direction::Ltr }
}

/// The direction of one block, by its first letter that has one (rules P2 and P3 of Unicode's UAX #9); `None` for text
/// without such a letter.
#[must_use]
pub fn of_text(text: &str) -> Option<Direction> {
    text.chars().filter(|letter| letter.is_alphabetic()).map(of_letter).next()
}

/// The direction of most letters of `text`: an Urdu paragraph that opens with `IMF` is still Urdu. `None` without
/// letters, and when both are as many.
#[must_use]
pub fn of_most(text: &str) -> Option<Direction> {
    let letters = text.chars().filter(|letter| letter.is_alphabetic());
    let (mut rtl, mut ltr) = (0_usize, 0_usize);
    for letter in letters {
        match of_letter(letter) {
            Direction::Rtl => rtl += 1,
            Direction::Ltr => ltr += 1,
        }
    }
    match rtl.cmp(&ltr) {
        std::cmp::Ordering::Greater => Some(Direction::Rtl),
        std::cmp::Ordering::Less => Some(Direction::Ltr),
        std::cmp::Ordering::Equal => None,
    }
}

fn of_letter(letter: char) -> Direction {
    let rtl = matches!(u32::from(letter), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF);
    if rtl { Direction::Rtl } else { Direction::Ltr }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Direction::{Ltr, Rtl};

    #[test]
    fn the_first_letter_decides() {
        let check =
            |text: &str, expected: Option<Direction>| assert_eq!(of_text(text), expected, "{text}");
        check("Islamabad", Some(Ltr));
        check("«اسلام آباد» Islamabad", Some(Rtl));
        check("19 percent", Some(Ltr));
        check("۱۹ فیصد", Some(Rtl));
        check("— 2026 —", None);
        check("", None);
    }

    #[test]
    fn most_letters_decide() {
        let check = |text: &str, expected: Option<Direction>| assert_eq!(of_most(text), expected);
        check("IMF نے کہا کہ قرض ملے گا", Some(Rtl));
        check("Dar (ڈار) said", Some(Ltr));
        check("۱۹", None);
    }

    #[test]
    fn the_language_decides() {
        let check = |lang: &str, expected: Direction| assert_eq!(of_lang(lang), expected, "{lang}");
        check("ur", Rtl);
        check("ur-PK", Rtl);
        check("en", Ltr);
        check("", Ltr);
    }
}
