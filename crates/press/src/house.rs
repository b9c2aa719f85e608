//! `desk.toml`: what an edition adds to the desk's rules, and takes from them.

use ovn_desk::all;
use ovn_edition::report::{House, HouseRule};
use ovn_store::settings;
use std::path::{Path, PathBuf};

/// Most rules of an edition's own, since every report holds them whole.
pub const MAX_RULES: usize = 50;
/// Most phrases of one rule.
pub const MAX_PHRASES: usize = 200;
/// Longest phrase or sentence, in characters.
pub const MAX_TEXT: usize = 400;

/// What is wrong with the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It cannot be read.
    #[error("{path}: {error}", path = .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What went wrong.
        error: std::io::Error,
    },
    /// It does not say what such a file says.
    #[error("{path}: {sentence}", path = .path.display())]
    Wrong {
        /// Which file.
        path: PathBuf,
        /// What is wrong, where, and what to do.
        sentence: String,
    },
}

/// The rules of the edition in `dir`; none where there is no `desk.toml`.
///
/// # Errors
/// As [`read`].
pub fn of(dir: &Path) -> Result<House, Error> {
    let path = dir.join("desk.toml");
    if path.exists() { read(&path) } else { Ok(House::default()) }
}

/// The rules in the file at `path`.
///
/// # Errors
/// When it cannot be read, or a rule in it could not be run or sealed.
pub fn read(path: &Path) -> Result<House, Error> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::File { path: path.to_owned(), error })?;
    parse(&text).map_err(|sentence| Error::Wrong { path: path.to_owned(), sentence })
}

/// The rules in the text of a `desk.toml`.
///
/// # Errors
/// A sentence that says what is wrong, and where.
pub fn parse(text: &str) -> Result<House, String> {
    let house: House = settings::parse(text)?;
    check(&house)?;
    Ok(house)
}

/// What is wrong with the rules, as a sentence.
fn check(house: &House) -> Result<(), String> {
    for id in house.on.iter().chain(&house.off) {
        if !all().iter().any(|rule| rule.id == id) {
            return Err(format!("there is no rule {id:?}; `ovn desk --explain all` lists them"));
        }
    }
    if house.rules.len() > MAX_RULES {
        let count = house.rules.len();
        return Err(format!("there are {count} rules, and at most {MAX_RULES} may be; join some"));
    }
    for (at, rule) in house.rules.iter().enumerate() {
        self::rule(rule).map_err(|why| format!("rule {}: {why}", at + 1))?;
        if house.rules.iter().take(at).any(|other| other.id == rule.id) {
            return Err(format!("two rules have the id {:?}; give one another", rule.id));
        }
    }
    Ok(())
}

fn rule(rule: &HouseRule) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if rule.id.is_empty() || rule.id.len() > 40 || !rule.id.chars().all(plain) {
        return Err(format!(
            "the id {:?} may hold a to z, 0 to 9 and hyphens, at most 40",
            rule.id
        ));
    }
    if rule.version == 0 {
        return Err(format!("{}: versions count from 1", rule.id));
    }
    if rule.phrases.is_empty() || rule.phrases.len() > MAX_PHRASES {
        return Err(format!("{}: name 1 to {MAX_PHRASES} phrases", rule.id));
    }
    let texts = rule.phrases.iter().chain([&rule.why, &rule.settle]);
    for text in texts {
        if text.trim().is_empty() || text.chars().count() > MAX_TEXT {
            return Err(format!(
                "{}: a text is empty or longer than {MAX_TEXT} characters",
                rule.id
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const RULE: &str = "[[rules]]\nid = \"town\"\nversion = 1\nlang = \"en\"\nlevel = \"look\"\nphrases = [\"City Hall\"]\nwhy = \"“{}”\"\nsettle = \"Name it.\"\n";

    fn reading(text: &str) -> Result<House, String> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("desk.toml"), text).unwrap();
        of(dir.path()).map_err(|error| error.to_string())
    }

    #[test]
    fn rules_are_read() {
        assert_eq!(reading(RULE).unwrap().rules.len(), 1);
        assert!(reading("").unwrap().is_empty());
        assert!(of(Path::new("nowhere")).unwrap().is_empty());
    }

    #[test]
    fn what_is_wrong_is_said() {
        let check = |text: &str, expected: &str| {
            let why = reading(text).unwrap_err();
            assert!(why.contains(expected), "{why}");
        };
        check("off = [\"nonsense\"]", "there is no rule \"nonsense\"");
        check("colour = 1", "line 1, column 1");
        check(&RULE.replace("version = 1", "version = 0"), "versions count from 1");
        check(&RULE.replace("\"town\"", "\"Town\""), "the id \"Town\"");
        check(&RULE.replace("[\"City Hall\"]", "[]"), "name 1 to 200 phrases");
        check(&format!("{RULE}{RULE}"), "two rules have the id");
        check(&RULE.replace("Name it.", " "), "a text is empty");
    }
}
