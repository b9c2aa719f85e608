//! Whom a sentence credits: "according to a statement from X", "X said", "the X statement".

use super::governments;

/// Somebody who is credited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Credit {
    /// As the sentence names it, without article and country: `Ministry of Foreign Affairs`, `MOFA`.
    pub(super) name: String,
    /// The acronym in brackets after the name.
    pub(super) acronym: Option<String>,
    /// The government that the country before or in the name belongs to.
    pub(super) government: Option<&'static str>,
    /// The words that credit it.
    pub(super) words: String,
}

const SAYING: [&str; 8] =
    ["said", "says", "stated", "announced", "confirmed", "told", "noted", "tweeted"];
const PAPERS: [&str; 5] = ["statement", "readout", "communiqué", "communique", "spokesperson"];
const NOBODY: [&str; 22] = [
    "He",
    "She",
    "It",
    "They",
    "We",
    "I",
    "You",
    "The",
    "A",
    "An",
    "This",
    "That",
    "Both",
    "Officials",
    "Some",
    "Many",
    "Who",
    "In",
    "On",
    "At",
    "His",
    "Her",
];

/// The first credit in a sentence.
pub(super) fn of(sentence: &str) -> Option<Credit> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    according(&words).or_else(|| saying(&words))
}

fn according(words: &[&str]) -> Option<Credit> {
    let at = words.windows(2).position(
        |pair| matches!(pair, [a, b] if a.eq_ignore_ascii_case("according") && *b == "to"),
    )?;
    let rest = words.get(at + 2..)?;
    let skip = rest.iter().take(8).position(|word| is_name(word))?;
    let lowered = rest.get(..skip)?;
    if lowered.iter().any(|word| word.ends_with([',', '.', ';'])) {
        return None;
    }
    let name = forward(rest.get(skip..)?);
    let end = at + 2 + skip + name.len();
    credit(name, words.get(at..end)?)
}

fn saying(words: &[&str]) -> Option<Credit> {
    let (at, _) = words.iter().enumerate().find(|(at, word)| {
        let bare = bare(word);
        let named = at
            .checked_sub(1)
            .and_then(|at| words.get(at))
            .is_some_and(|word| is_name(word) && !stops(word));
        named && (SAYING.contains(&bare) || PAPERS.contains(&bare))
    })?;
    let mut start = at;
    while let Some(word) = start.checked_sub(1).and_then(|at| words.get(at)) {
        if stops(word) || !(is_name(word) || joins(word)) {
            break;
        }
        start -= 1;
    }
    let mut name = words.get(start..at)?;
    while let [first, rest @ ..] = name
        && (NOBODY.contains(first) || joins(first))
    {
        name = rest;
    }
    credit(name, words.get(start..=at)?)
}

/// The words of a name from its first one on.
fn forward<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    let mut length = 0;
    for (at, word) in words.iter().enumerate() {
        if is_name(word) {
            length = at + 1;
        } else if !joins(word) {
            break;
        }
        if stops(word) {
            break;
        }
    }
    words.get(..length).unwrap_or_default()
}

fn credit(name: &[&str], words: &[&str]) -> Option<Credit> {
    let acronym = name.last().and_then(|word| acronym(word));
    let mut name = if acronym.is_some() { name.split_last()?.1 } else { name };
    let mut government = None;
    if let [first, rest @ ..] = name
        && let Some(country) = first.strip_suffix("'s").or(first.strip_suffix("’s"))
        && !rest.is_empty()
    {
        government = governments::of(country);
        name = rest;
    }
    let text = name.iter().map(|word| bare(word)).collect::<Vec<_>>().join(" ");
    if text.is_empty() || NOBODY.contains(&text.as_str()) {
        return None;
    }
    let government =
        government.or_else(|| governments::mentioned(&text).first().map(|(name, _)| *name));
    let words = words.join(" ");
    Some(Credit {
        name: text,
        acronym,
        government,
        words: words.trim_end_matches([',', '.', ';']).to_owned(),
    })
}

/// `MOFA` from `(MOFA)`, with whatever punctuation follows.
fn acronym(word: &str) -> Option<String> {
    let inner = word.strip_prefix('(')?.split(')').next()?;
    let good = (2..=10).contains(&inner.len()) && inner.chars().all(|letter| letter.is_uppercase());
    good.then(|| inner.to_owned())
}

fn is_name(word: &str) -> bool {
    acronym(word).is_some() || bare(word).chars().next().is_some_and(char::is_uppercase)
}

fn joins(word: &str) -> bool {
    matches!(word, "of" | "for" | "and" | "the" | "&")
}

fn stops(word: &str) -> bool {
    word.ends_with([',', '.', ';', ':', '”', '"'])
}

fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_credited() {
        let check = |sentence: &str, name: Option<&str>, government: Option<&str>| {
            let found = of(sentence);
            assert_eq!(found.as_ref().map(|credit| credit.name.as_str()), name, "{sentence}");
            assert_eq!(found.and_then(|credit| credit.government), government, "{sentence}");
        };
        let pakistan = Some("Government of Pakistan");
        check(
            "It fell, according to a statement from Pakistan's Ministry of Finance (MOF).",
            Some("Ministry of Finance"),
            pakistan,
        );
        check("The MOF statement highlighted growth.", Some("MOF"), None);
        check("According to the State Bank, it fell.", Some("State Bank"), None);
        check("Growth is slow, the Ministry of Finance said.", Some("Ministry of Finance"), None);
        check(
            "The Pakistani Foreign Minister said so.",
            Some("Pakistani Foreign Minister"),
            pakistan,
        );
        check("Ayesha Khan told reporters.", Some("Ayesha Khan"), None);
        check("He said so.", None, None);
        check("They met in Washington.", None, None);
        check("It grew, according to people who know.", None, None);
        check("A statement was expected.", None, None);
    }
}
