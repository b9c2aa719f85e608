//! A light stem: what is left of a word without its plural or oblique ending.

/// Short words that carry grammar, and look as if they had an ending.
const WHOLE: [&str; 38] = [
    "تھا", "تھے", "گیا", "گیے", "کیا", "کیے", "لیا", "لیے", "دیا", "دیے", "ہوا", "ہوے", "رہا",
    "رہے", "جیسے", "ایسے", "کیسے", "پہلے", "والے", "والا", "اگلے", "سکے", "سکا", "جا", "آیا", "آیے",
    "کہا", "کہے", "بہتر", "اور", "ہوں", "ہیں", "میں", "نہیں", "یہاں", "وہاں", "جہاں", "کہاں",
];

/// English words in -s that are no plurals.
const ENGLISH_WHOLE: [&str; 12] = [
    "news",
    "politics",
    "economics",
    "physics",
    "series",
    "species",
    "always",
    "perhaps",
    "sports",
    "gas",
    "yes",
    "texas",
];

/// The stem of a folded word.
pub(super) fn of(word: &str) -> String {
    if word.is_ascii() {
        return english(word);
    }
    if WHOLE.contains(&word) || !word.chars().all(|letter| matches!(letter, '\u{600}'..='\u{6ff}'))
    {
        return word.to_owned();
    }
    urdu(word).to_owned()
}

fn urdu(word: &str) -> &str {
    let plural = cut(word, "ییں", 2)
        .or_else(|| cut(word, "یں", 3))
        .or_else(|| cut(word, "وں", 2))
        .or_else(|| word.ends_with("یاں").then(|| cut(word, "اں", 3)).flatten())
        .unwrap_or(word);
    ["ے", "ا", "ہ"].iter().find_map(|ending| cut(plural, ending, 2)).unwrap_or(plural)
}

/// `word` without `ending`, if at least `least` letters are left.
fn cut<'a>(word: &'a str, ending: &str, least: usize) -> Option<&'a str> {
    word.strip_suffix(ending).filter(|rest| rest.chars().count() >= least)
}

/// Plurals in -s and -ies, and no other ending: Harman's S stemmer, with its exceptions.
fn english(word: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if word.len() < 4 || ENGLISH_WHOLE.contains(&word) || ends(&["us", "ss", "is", "aes", "oes"]) {
        return word.to_owned();
    }
    match word.strip_suffix("ies") {
        Some(rest) if !ends(&["eies", "aies"]) => format!("{rest}y"),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}
