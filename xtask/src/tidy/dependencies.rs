//! Every outside package stands in `docs/dependencies.md` with its reason, and none stands there unused.

use std::collections::BTreeMap;

use super::House;
use crate::tree::{File, Violation};

const PAPER: &str = "docs/dependencies.md";

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let used = used(house);
    let Some(paper) = house.tree.get(PAPER) else {
        return vec![Violation::new(PAPER, 1, "Write the reason for every dependency here.")];
    };
    let named = named(paper);
    let mut found = Vec::new();
    for (name, path) in &used {
        if !named.contains_key(name.as_str()) {
            let sentence = format!("{name} has no reason in {PAPER}.");
            found.push(Violation::new(path, 1, sentence));
        }
    }
    for (name, (line, reason)) in named {
        if !used.contains_key(name) {
            found.push(Violation::new(PAPER, line, format!("Nothing uses {name}; take it out.")));
        } else if !reason {
            found.push(Violation::new(PAPER, line, format!("{name} needs a reason.")));
        }
    }
    found.extend(unclaimed(house, &used));
    found
}

/// Outside packages that some manifest uses, with the manifest that does.
fn used(house: &House<'_>) -> BTreeMap<String, String> {
    let mut used = BTreeMap::new();
    for file in &house.tree.files {
        let names = match file.name() {
            "Cargo.toml" => cargo_names(file),
            "package.json" => npm_names(file),
            _ => continue,
        };
        used.extend(names.into_iter().map(|name| (name, file.path.clone())));
    }
    used
}

fn cargo_names(file: &File) -> Vec<String> {
    let Ok(manifest) = file.text.parse::<toml::Table>() else { return Vec::new() };
    ["dependencies", "dev-dependencies", "build-dependencies"]
        .iter()
        .filter_map(|kind| manifest.get(*kind)?.as_table())
        .flat_map(|table| table.keys().cloned())
        .filter(|name| !name.starts_with("ovn-") && name != "ovn" && name != "xtask")
        .collect()
}

fn npm_names(file: &File) -> Vec<String> {
    let manifest: serde_json::Value = serde_json::from_str(&file.text).unwrap_or_default();
    ["dependencies", "devDependencies"]
        .iter()
        .filter_map(|kind| manifest.get(kind)?.as_object())
        .flat_map(|table| table.keys().cloned())
        .collect()
}

/// What the workspace offers and no room takes.
fn unclaimed(house: &House<'_>, used: &BTreeMap<String, String>) -> Vec<Violation> {
    let manifest = house.tree.get("Cargo.toml").and_then(|f| f.text.parse::<toml::Table>().ok());
    let offered = manifest
        .as_ref()
        .and_then(|table| table.get("workspace")?.get("dependencies")?.as_table())
        .map(|table| table.keys().cloned().collect::<Vec<_>>())
        .unwrap_or_default();
    offered
        .into_iter()
        .filter(|name| !name.starts_with("ovn-") && !used.contains_key(name))
        .map(|name| Violation::new("Cargo.toml", 1, format!("No room uses {name}; take it out.")))
        .collect()
}

/// Rows of the paper: ``| `name` | reason |``, with the line and whether there is a reason.
fn named(paper: &File) -> BTreeMap<&str, (usize, bool)> {
    let rows = paper.text.lines().enumerate().filter_map(|(index, line)| {
        let mut cells = line.strip_prefix("| `")?.splitn(3, '|');
        let name = cells.next()?.trim().trim_end_matches('`');
        let reason = cells.next().is_some_and(|cell| cell.trim().len() > 10);
        Some((name, (index + 1, reason)))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    const ROOM: (&str, &str) =
        ("crates/tlog/Cargo.toml", "[dependencies]\nsha2 = \"1\"\novn-edition = \"1\"\n");

    #[test]
    fn each_dependency_has_a_reason() {
        let good = (PAPER, "| `sha2` | SHA-256, for the leaves. |\n");
        assert!(places(check, &[ROOM, good]).is_empty());
        assert_eq!(places(check, &[ROOM, (PAPER, "")]), ["crates/tlog/Cargo.toml:1"]);
        assert_eq!(places(check, &[ROOM, (PAPER, "| `sha2` | |\n")]), [format!("{PAPER}:1")]);
        assert_eq!(places(check, &[ROOM]), [format!("{PAPER}:1")]);
    }

    #[test]
    fn none_is_named_or_offered_unused() {
        let more =
            (PAPER, "| `sha2` | SHA-256, for the leaves. |\n| `rand` | Not used at all. |\n");
        assert_eq!(places(check, &[ROOM, more]), [format!("{PAPER}:2")]);
        let good = (PAPER, "| `sha2` | SHA-256, for the leaves. |\n");
        let offer = ("Cargo.toml", "[workspace.dependencies]\nsha2 = \"1\"\nrand = \"1\"\n");
        assert_eq!(places(check, &[ROOM, good, offer]), ["Cargo.toml:1"]);
    }

    #[test]
    fn packages_of_the_page_tests_count_too() {
        let npm = ("tests/pages/package.json", "{\"devDependencies\": {\"axe-core\": \"4\"}}");
        assert_eq!(places(check, &[npm, (PAPER, "")]), ["tests/pages/package.json:1"]);
    }
}
