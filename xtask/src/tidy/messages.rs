//! Every message of the interface exists in English and in Urdu and is used by the site.

use std::collections::BTreeMap;

use super::House;
use crate::tree::{File, Violation};

const LOCALES: &str = "crates/site/locales/";

/// Message keys of one language with the place of each.
type Keys = BTreeMap<String, (String, usize)>;

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let (english, urdu) = (keys(house, "en"), keys(house, "ur"));
    let mut found = only_in(&english, &urdu, "Urdu");
    found.extend(only_in(&urdu, &english, "English"));
    let users: Vec<&File> = house
        .tree
        .under("crates/site/")
        .filter(|file| !file.path.starts_with("crates/site/tests/"))
        .filter(|file| file.is("rs") || file.is("html") || file.is("xml") || file.is("ftl"))
        .collect();
    for (key, (path, line)) in &english {
        if !users.iter().any(|file| uses(file, key)) {
            found.push(Violation::new(path, *line, format!("Nothing uses the message {key}.")));
        }
    }
    found
}

fn only_in(has: &Keys, lacks: &Keys, language: &str) -> Vec<Violation> {
    has.iter()
        .filter(|(key, _)| !lacks.contains_key(*key))
        .map(|(key, (path, line))| {
            Violation::new(path, *line, format!("The message {key} has no {language} wording."))
        })
        .collect()
}

fn keys(house: &House<'_>, language: &str) -> Keys {
    let folder = format!("{LOCALES}{language}/");
    let flat = format!("{LOCALES}{language}.ftl");
    let files = house.tree.under(LOCALES).filter(|file| file.is("ftl"));
    files
        .filter(|file| file.path.starts_with(&folder) || file.path == flat)
        .flat_map(|file| {
            file.text.lines().enumerate().filter_map(|(index, line)| {
                let key = key_of(line)?;
                Some((key.to_owned(), (file.path.clone(), index + 1)))
            })
        })
        .collect()
}

/// The key that a line of Fluent defines, if it defines one.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    (plain && key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')).then_some(key)
}

/// Does a file name the key, whole or as a prefix that is completed where it runs?
fn uses(file: &File, key: &str) -> bool {
    if file.is("ftl") {
        return file.text.contains(&format!("{{ {key} }}"));
    }
    let whole = file.text.match_indices(key).any(|(at, _)| {
        let before = file.text.get(..at).and_then(|text| text.chars().last());
        let after = file.text.get(at + key.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(is_key_part) && !after.is_some_and(is_key_part)
    });
    let dashes = key.match_indices('-').map(|(at, _)| at + 1);
    whole
        || dashes
            .filter_map(|end| key.get(..end))
            .any(|prefix| file.text.contains(&format!("\"{prefix}{{")))
}

fn is_key_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    const EN: &str = "crates/site/locales/en/site.ftl";
    const UR: &str = "crates/site/locales/ur/site.ftl";

    #[test]
    fn each_message_has_both_wordings_and_a_user() {
        let user = ("crates/site/src/a.rs", "//! A.\nfn f() { t(\"search\"); }");
        assert!(places(check, &[(EN, "search = Search\n"), (UR, "search = x\n"), user]).is_empty());
        assert_eq!(places(check, &[(EN, "# c\nsearch = S\n"), user]), [format!("{EN}:2")]);
        assert_eq!(places(check, &[(UR, "search = x\n"), user]), [format!("{UR}:1")]);
        let more = [(EN, "search = S\nsearches = T\n"), (UR, "search = x\nsearches = y\n"), user];
        assert_eq!(places(check, &more), [format!("{EN}:2")]);
    }

    #[test]
    fn a_key_completed_where_it_runs_counts_as_used() {
        let user = ("crates/site/src/a.rs", "fn f() { t(&format!(\"class-{c}\")); }");
        assert!(
            places(check, &[(EN, "class-typo = T\n"), (UR, "class-typo = x\n"), user]).is_empty()
        );
    }

    #[test]
    fn lines_of_a_long_message_are_not_keys() {
        assert_eq!(key_of("search = Search"), Some("search"));
        assert_eq!(key_of("    more = text"), None);
        assert_eq!(key_of("# comment = no"), None);
        assert_eq!(key_of("   .label = x"), None);
    }
}
