//! Floors import downwards only, and the longest chain of imports is five.

use std::collections::BTreeMap;

use super::House;
use crate::tree::{File, Violation, line_of};

/// Each room and its floor.
const FLOORS: [(&str, u8); 9] = [
    ("edition", 0),
    ("tlog", 0),
    ("verify", 1),
    ("desk", 1),
    ("wire", 1),
    ("store", 2),
    ("press", 3),
    ("site", 4),
    ("ovn", 5),
];

/// The longest chain of rooms, each importing the next.
const LONGEST: usize = 5;

/// The floor of a room, if the house has that room.
pub(crate) fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

pub(super) fn check(house: &House<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut imports = BTreeMap::new();
    for file in house.tree.under("crates/").filter(|file| file.name() == "Cargo.toml") {
        let room = file.folder().trim_start_matches("crates/");
        let Some(own) = floor(room) else {
            found.push(Violation::new(&file.path, 1, format!("The room {room} has no floor.")));
            continue;
        };
        for below in rooms(file) {
            match floor(&below) {
                Some(lower) if lower < own => {}
                _ => found.push(upwards(file, room, own, &below)),
            }
            imports.entry(room.to_owned()).or_insert_with(Vec::new).push(below);
        }
    }
    for room in imports.keys() {
        let chain = chain(room, &imports, FLOORS.len());
        if chain.len() > LONGEST {
            let sentence = format!("A chain of {} rooms: {}.", chain.len(), chain.join(" → "));
            found.push(Violation::new(&format!("crates/{room}/Cargo.toml"), 1, sentence));
        }
    }
    found
}

fn upwards(file: &File, room: &str, own: u8, below: &str) -> Violation {
    let at = file.text.find(&format!("ovn-{below}")).unwrap_or(0);
    let sentence = format!("{room} (floor {own}) may only import a lower floor, not {below}.");
    Violation::new(&file.path, line_of(&file.text, at), sentence)
}

/// The rooms that a manifest imports outside its tests.
fn rooms(file: &File) -> Vec<String> {
    let Ok(manifest) = file.text.parse::<toml::Table>() else { return Vec::new() };
    ["dependencies", "build-dependencies"]
        .iter()
        .filter_map(|kind| manifest.get(*kind)?.as_table())
        .flat_map(|table| table.keys())
        .filter_map(|name| name.strip_prefix("ovn-"))
        .map(str::to_owned)
        .collect()
}

/// The longest chain that starts at a room; `fuel` bounds it where imports go round in a ring.
fn chain(room: &str, imports: &BTreeMap<String, Vec<String>>, fuel: usize) -> Vec<String> {
    let next = imports.get(room).filter(|_| fuel > 0);
    let longest = next.into_iter().flatten().map(|below| chain(below, imports, fuel - 1));
    let tail = longest.max_by_key(Vec::len).unwrap_or_default();
    std::iter::once(room.to_owned()).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::super::places;
    use super::*;

    #[test]
    fn imports_go_down() {
        let good = "[dependencies]\novn-tlog = { path = \"../tlog\" }\n";
        assert!(places(check, &[("crates/verify/Cargo.toml", good)]).is_empty());
        let up = "[dependencies]\nserde = \"1\"\novn-press.workspace = true\n";
        assert_eq!(places(check, &[("crates/tlog/Cargo.toml", up)]), ["crates/tlog/Cargo.toml:3"]);
        let beside = "[dependencies]\novn-desk.workspace = true\n";
        assert_eq!(places(check, &[("crates/wire/Cargo.toml", beside)]).len(), 1);
    }

    #[test]
    fn a_room_without_a_floor_is_refused() {
        assert_eq!(
            places(check, &[("crates/attic/Cargo.toml", "")]),
            ["crates/attic/Cargo.toml:1"]
        );
    }

    #[test]
    fn tests_may_look_anywhere() {
        let up = "[dev-dependencies]\novn-press.workspace = true\n";
        assert!(places(check, &[("crates/tlog/Cargo.toml", up)]).is_empty());
    }

    #[test]
    fn a_chain_of_six_is_too_long() {
        let room = |below: &str| format!("[dependencies]\novn-{below}.workspace = true\n");
        let rows: Vec<(String, String)> =
            ["ovn>site", "site>press", "press>store", "store>verify", "verify>tlog"]
                .iter()
                .filter_map(|row| row.split_once('>'))
                .map(|(a, b)| (format!("crates/{a}/Cargo.toml"), room(b)))
                .collect();
        let files: Vec<(&str, &str)> = rows.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(places(check, &files), ["crates/ovn/Cargo.toml:1"]);
        assert!(places(check, files.get(1..).unwrap()).is_empty());
    }
}
