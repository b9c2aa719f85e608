//! Which words two revisions do not share, block by block.

use ovn_edition::sealed::Document;
use serde_json::Value;

use crate::Error;
use crate::pages::compare::{Change, Fate};

/// The blocks in which two sealed documents differ, apart from those that differ in every revision.
pub(super) fn between(old: &[u8], new: &[u8]) -> Result<Vec<Change>, Error> {
    let (old, new) = (texts(&Document::read(old)?), texts(&Document::read(new)?));
    let lost: Vec<_> = old.iter().filter(|one| !new.contains(one)).collect();
    let mut added: Vec<_> = new.iter().filter(|one| !old.contains(one)).collect();
    let mut changes = Vec::new();
    for (kind, text) in lost {
        let place = added.iter().position(|(other, _)| other == kind);
        let after = place.map_or("", |place| added.remove(place).1.as_str());
        changes.push(Change { kind: kind.clone(), runs: runs(text, after) });
    }
    let whole =
        |(kind, text): &(String, String)| Change { kind: kind.clone(), runs: runs("", text) };
    changes.extend(added.into_iter().map(whole));
    Ok(changes)
}

fn texts(document: &Document) -> Vec<(String, String)> {
    let open = document.blocks.iter().filter_map(|block| block.open());
    let told = open.filter(|(kind, _)| !matches!(*kind, "article" | "time"));
    told.map(|(kind, value)| (kind.to_owned(), text(value))).collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(" "),
        Value::Object(map) => {
            let said =
                map.iter().filter(|(key, _)| !matches!(key.as_str(), "type" | "marks" | "id"));
            said.map(|(_, value)| text(value)).collect::<Vec<_>>().join(" ")
        }
        Value::Number(number) => number.to_string(),
        Value::Bool(_) | Value::Null => String::new(),
    }
}

/// What both begin and end with is kept; between stands what was lost, then what came.
fn runs(old: &str, new: &str) -> Vec<(Fate, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_whitespace().collect(), new.split_whitespace().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.split_at(start), new.split_at(start));
    let end = old.1.iter().rev().zip(new.1.iter().rev()).take_while(|(a, b)| a == b).count();
    let (lost, kept) = old.1.split_at(old.1.len() - end);
    let (came, _) = new.1.split_at(new.1.len() - end);
    let parts =
        [(Fate::Kept, old.0), (Fate::Removed, lost), (Fate::Added, came), (Fate::Kept, kept)];
    let full = parts.into_iter().filter(|(_, words)| !words.is_empty());
    full.map(|(fate, words)| (fate, format!("{} ", words.join(" ")))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_lost_and_what_came() {
        let check = |old, new, expected: &[(Fate, &str)]| {
            let found = runs(old, new);
            let found: Vec<_> = found.iter().map(|(fate, text)| (*fate, text.trim())).collect();
            assert_eq!(found, expected);
        };
        check(
            "on 4 August",
            "on 5 August",
            &[(Fate::Kept, "on"), (Fate::Removed, "4"), (Fate::Added, "5"), (Fate::Kept, "August")],
        );
        check("", "new", &[(Fate::Added, "new")]);
        check("a a", "a a a", &[(Fate::Kept, "a a"), (Fate::Added, "a")]);
    }
}
