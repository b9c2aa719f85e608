//! The last part of an article's address.

use unicode_normalization::UnicodeNormalization;

/// The longest slug, in characters.
pub const MAX: usize = 80;

/// Words that are addresses of the edition itself and never of an article.
pub const RESERVED: [&str; 32] = [
    "assets",
    "balance",
    "checkpoint",
    "compare",
    "corrections",
    "en",
    "feed",
    "feeds",
    "health",
    "icon",
    "image",
    "images",
    "index",
    "manifest",
    "media",
    "new",
    "news-sitemap",
    "policies",
    "record",
    "robots",
    "search",
    "section",
    "sections",
    "sitemap",
    "sources",
    "static",
    "stories",
    "story",
    "topic",
    "topics",
    "trust",
    "ur",
];

/// A slug from a headline's Latin letters and digits, at most 60 characters, cut at a word; `None` when it has too few.
#[must_use]
pub fn from_headline(headline: &str) -> Option<String> {
    let mut words: Vec<String> = vec![String::new()];
    for letter in headline.nfkd() {
        match letter {
            'A'..='Z' | 'a'..='z' | '0'..='9' => {
                if let Some(word) = words.last_mut() {
                    word.push(letter.to_ascii_lowercase());
                }
            }
            // Apostrophes and accents belong to their word.
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            _ => words.push(String::new()),
        }
    }
    let mut slug = String::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        let length = slug.len() + usize::from(!slug.is_empty()) + word.len();
        if length > 60 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    (slug.len() >= 2 && problem(&slug).is_none()).then_some(slug)
}

/// What is wrong with a slug, in a sentence without its end; `None` when nothing is.
#[must_use]
pub fn problem(slug: &str) -> Option<String> {
    let good =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if slug.is_empty() || slug.len() > MAX {
        return Some(format!("the slug must have 1 to {MAX} characters"));
    }
    if !slug.chars().all(good) {
        return Some(format!("the slug {slug:?} holds other characters than a-z, 0-9 and -"));
    }
    if slug.starts_with('-') || slug.ends_with('-') || slug.contains("--") {
        return Some(format!("the slug {slug} has a hyphen at its edge or two in a row"));
    }
    if RESERVED.contains(&slug) {
        return Some(format!("the slug {slug} is an address of the edition itself"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_become_slugs() {
        let check = |headline: &str, slug: Option<&str>| {
            assert_eq!(from_headline(headline).as_deref(), slug, "{headline}");
        };
        check(
            "Pakistan and US foreign chiefs speak again",
            Some("pakistan-and-us-foreign-chiefs-speak-again"),
        );
        check("Pakistan’s café: “open”", Some("pakistans-cafe-open"));
        check("پاکستان اور امریکا", None);
        check("Search", None);
        check("  --  ", None);
        check(
            &"word ".repeat(40),
            Some("word-word-word-word-word-word-word-word-word-word-word-word"),
        );
    }

    #[test]
    fn slugs_that_are_refused() {
        for slug in ["", "A", "a b", "-a", "a-", "a--b", "search", "feed.atom", "ur", "record", "ü"]
        {
            assert!(problem(slug).is_some(), "{slug}");
        }
        assert!(problem("a-2").is_none());
    }
}
