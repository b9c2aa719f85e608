//! Texts that people read promise no more than is true, and name no machine and no registry.

use super::House;
use crate::tree::{File, Violation};

/// Words that promise too much, and what to say instead.
const PROMISES: [(&str, &str); 9] = [
    ("immutable", "any change after sealing can be detected by anyone who checks"),
    ("tamper-proof", "any change after sealing can be detected by anyone who checks"),
    ("tamperproof", "any change after sealing can be detected by anyone who checks"),
    ("unalterable", "any change after sealing can be detected by anyone who checks"),
    ("cannot be changed", "any change after sealing can be detected by anyone who checks"),
    ("proves it is true", "a proof shows what was published and when, not that it is true"),
    ("proves true", "a proof shows what was published and when, not that it is true"),
    ("blockchain", "the record"),
    ("ledger", "the record"),
];

/// Texts that quote a word in order to forbid it.
const STATES_THE_RULE: [&str; 3] = ["docs/words.md", "CONTRIBUTING.md", "xtask/"];

/// Host names of package registries, cut so that this file does not name them.
const HOSTS: [&str; 6] = [
    concat!("crates", ".io"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("pypi", ".org"),
    concat!("files.pythonhosted", ".org"),
    concat!("deb.debian", ".org"),
];

/// Paths that exist on one machine only.
const MACHINES: [&str; 4] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/home/", "user"),
    concat!("/Us", "ers/"),
];

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    house.tree.files.iter().flat_map(in_file).collect()
}

fn in_file(file: &File) -> Vec<Violation> {
    let mut found = Vec::new();
    if file.name() == "Cargo.lock" {
        return found;
    }
    let promises = is_read(file) && !STATES_THE_RULE.iter().any(|path| file.path.starts_with(path));
    for (index, line) in file.text.lines().enumerate() {
        let lower = if file.is("html") { outside_tags(line) } else { line.to_owned() };
        let lower = lower.to_lowercase();
        let mut add =
            |sentence: String| found.push(Violation::new(&file.path, index + 1, sentence));
        for (word, instead) in PROMISES.iter().filter(|_| promises) {
            if says(&lower, word) {
                add(format!("{word:?} is not our word; say: {instead}."));
            }
        }
        for host in HOSTS.iter().filter(|host| line.contains(**host)) {
            add(format!("The repository names no package registry ({host})."));
        }
        for path in MACHINES.iter().filter(|path| names_path(line, path)) {
            add(format!("{path} exists on one machine only."));
        }
    }
    found
}

/// Documents, templates, wording, the demonstration: what people read.
fn is_read(file: &File) -> bool {
    let extension = ["md", "ftl", "html", "txt"].iter().any(|extension| file.is(extension));
    extension || file.path.starts_with("demo/") || file.path.starts_with("crates/ovn/src/")
}

/// The words of a line of HTML, without its tags: a class is no promise.
fn outside_tags(line: &str) -> String {
    let after_tag = |piece: &str| piece.rsplit_once('>').map_or("", |(_, text)| text).to_owned();
    let mut pieces = line.split('<');
    let first = pieces.next().unwrap_or_default().to_owned();
    std::iter::once(first).chain(pieces.map(after_tag)).collect::<Vec<_>>().join(" ")
}

/// Does the line promise the word, rather than deny or forbid it? `never "…"` and `not …` pass.
fn says(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before =
            line.get(..at).unwrap_or_default().trim_end_matches(['"', '“', '`', '\'', ' ']);
        let letter = line.get(..at).is_some_and(|text| text.ends_with(|c: char| c.is_alphabetic()));
        !letter && !["not", "never", "nor", "neither"].iter().any(|denial| before.ends_with(denial))
    })
}

/// Is this a path from the root of a disk, not the middle of an address?
fn names_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().last());
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '}' | '/'))
    })
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[track_caller]
    fn check_line(path: &str, line: &str, expected: usize) {
        assert_eq!(places(check, &[(path, line)]).len(), expected, "{path}: {line}");
    }

    #[test]
    fn promises_are_caught_where_people_read() {
        check_line("README.md", "An immutable record.", 1);
        check_line("crates/site/locales/en/a.ftl", "seal = Tamper-proof!", 1);
        check_line("crates/site/templates/a.html", "<p>a blockchain</p>", 1);
        check_line("crates/site/templates/a.html", "<ol class=\"ledger\">", 0);
        check_line("README.md", "It is never \"immutable\".", 0);
        check_line("docs/words.md", "We do not say tamper-proof: immutable", 0);
        check_line("crates/tlog/src/a.rs", "let immutable = 1;", 0);
        check_line("README.md", "Knowledgeable, pledgers", 0);
    }

    #[test]
    fn machines_and_registries_are_not_named() {
        check_line("Makefile", &format!("cp {}a b", MACHINES.first().unwrap()), 1);
        check_line("a.rs", "https://example.org/work/a", 0);
        check_line("tests/pages/package-lock.json", &format!("x.{}", HOSTS.get(1).unwrap()), 1);
        check_line("Cargo.lock", HOSTS.first().unwrap(), 0);
    }
}
