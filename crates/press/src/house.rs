//! The edition's own rules for the desk: `desk.toml` in its folder.

use ovn_edition::report::{House, HouseRule};
use std::{collections::HashSet, fmt::Display, path::Path};

/// Most rules of an edition's own.
pub const MAX_RULES: usize = 200;
/// Most phrases of one rule.
pub const MAX_PHRASES: usize = 200;

/// Why `desk.toml` can't be used: what, where and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("desk.toml{place}: {sentence}")]
pub struct Error {
    place: String,
    sentence: String,
}

fn refuse(sentence: impl Display) -> Error {
    Error { place: String::new(), sentence: sentence.to_string() }
}

/// The rules in `desk.toml` of the folder `dir`; none where there is no such file.
///
/// # Errors
/// When the file can't be read or holds what [`check`] refuses.
pub fn read(dir: &Path) -> Result<House, Error> {
    match std::fs::read_to_string(dir.join("desk.toml")) {
        Ok(text) => parse(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(House::default()),
        Err(error) => Err(refuse(format!("it can't be read: {error}"))),
    }
}

/// The rules that `text`, in TOML, states.
///
/// # Errors
/// As [`read`]; a fault of form has its line.
pub fn parse(text: &str) -> Result<House, Error> {
    let house: House = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map(|before| before.matches('\n').count() + 1);
        Error {
            place: line.map(|line| format!(", line {line}")).unwrap_or_default(),
            sentence: error.message().lines().collect::<Vec<_>>().join(", "),
        }
    })?;
    check(&house)?;
    Ok(house)
}

/// Whether the desk can run with `house`.
///
/// # Errors
/// The first thing that is wrong, with what to do.
pub fn check(house: &House) -> Result<(), Error> {
    for id in house.on.iter().chain(&house.off) {
        if !ovn_desk::all().iter().any(|rule| rule.id == id) {
            let known: Vec<&str> = ovn_desk::all().iter().map(|rule| rule.id).collect();
            let known = known.join(", ");
            return Err(refuse(format!("the desk has no rule {id:?}; use one of {known}")));
        }
    }
    if let Some(id) = house.on.iter().find(|id| house.off.contains(id)) {
        return Err(refuse(format!("{id} is both on and off; keep one of the two")));
    }
    if house.rules.len() > MAX_RULES {
        let count = house.rules.len();
        return Err(refuse(format!("it has {count} rules; at most {MAX_RULES} may be")));
    }
    let mut seen = HashSet::new();
    for one in &house.rules {
        if !seen.insert((&one.id, &one.lang)) {
            let (id, lang) = (&one.id, &one.lang);
            return Err(refuse(format!("two rules for {lang} have the id {id}; rename one")));
        }
        if let Some(sentence) = problem(one) {
            return Err(refuse(format!("the rule {:?} {sentence}", one.id)));
        }
    }
    Ok(())
}

fn problem(rule: &HouseRule) -> Option<String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if rule.id.is_empty() || !rule.id.chars().all(plain) {
        return Some("has an id with other signs than a to z, 0 to 9 and hyphens".to_owned());
    }
    if rule.version < 1 {
        return Some("has version 0; begin with 1 and raise it with every change".to_owned());
    }
    if rule.phrases.is_empty() || rule.phrases.len() > MAX_PHRASES {
        let count = rule.phrases.len();
        return Some(format!("has {count} phrases; give 1 to {MAX_PHRASES}"));
    }
    if rule.phrases.iter().any(|phrase| phrase.trim().is_empty()) {
        return Some("has an empty phrase; take it out".to_owned());
    }
    let empty = rule.why.trim().is_empty() || rule.settle.trim().is_empty();
    empty.then(|| "lacks a sentence in why or settle; write both".to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const RULE: &str = "[[rules]]\nid = \"so-called\"\nversion = 1\nlang = \"en\"\nlevel = \"look\"\n\
                        phrases = [\"so-called\"]\nwhy = \"{} doubts.\"\nsettle = \"Say who doubts.\"\n";

    #[test]
    fn what_is_right_is_read() {
        assert_eq!(parse("").unwrap(), House::default());
        assert_eq!(parse(RULE).unwrap().rules.len(), 1);
        assert_eq!(read(Path::new("no/such/folder")).unwrap(), House::default());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let check = |text: &str, expected: &str| {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.starts_with("desk.toml") && error.contains(expected), "{error}");
        };
        check("on = 3", "line 1");
        check("\nodd = []", "line 2");
        check("off = [\"no-such-rule\"]", "no rule \"no-such-rule\"; use one of");
        check(&RULE.replace("version = 1", "version = 0"), "version 0");
        check(&RULE.replace("id = \"so", "id = \"So"), "a to z");
        check(&RULE.replace("[\"so-called\"]", "[]"), "0 phrases");
        check(&RULE.replace("[\"so-called\"]", "[\" \"]"), "empty phrase");
        check(&RULE.replace("Say who doubts.", ""), "why or settle");
        check(&format!("{RULE}{RULE}"), "two rules");
    }
}
