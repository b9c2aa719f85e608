//! No list changes unseen: a rule that reads another list is another version of the rule.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use ovn_edition::hex;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs, path::Path};

/// Where the digests stand: a list's path below `lists`, a tab, its SHA-256.
const DIGESTS: &str = "DIGESTS";

/// The SHA-256 of every list below `folder`, by its path there.
fn lists(folder: &Path, under: &str, out: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{under}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            lists(&entry.path(), &format!("{name}/"), out);
        } else if name != DIGESTS {
            let digest = Sha256::digest(fs::read(entry.path()).unwrap());
            out.insert(name, hex::encode(&digest));
        }
    }
}

/// The lists that are new, gone or not as they were.
fn changed(pinned: &BTreeMap<String, String>, today: &BTreeMap<String, String>) -> Vec<String> {
    let names = pinned.keys().chain(today.keys().filter(|name| !pinned.contains_key(*name)));
    let mut out: Vec<String> =
        names.filter(|name| pinned.get(*name) != today.get(*name)).cloned().collect();
    out.sort();
    out
}

#[test]
fn every_list_is_as_it_was_when_its_readers_versions_were_set() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lists");
    let mut today = BTreeMap::new();
    lists(&folder, "", &mut today);
    assert!(
        today.contains_key("governments.txt") && today.keys().any(|one| one.starts_with("ur/"))
    );
    let file = folder.join(DIGESTS);
    if std::env::var_os("OVN_PIN").is_some_and(|pin| pin == "1") {
        let lines: String =
            today.iter().map(|(name, digest)| format!("{name}\t{digest}\n")).collect();
        fs::write(&file, lines).unwrap();
    }
    let pinned = fs::read_to_string(&file).unwrap();
    let pinned = pinned.lines().map(|line| line.split_once('\t').unwrap());
    let pinned = pinned.map(|(name, digest)| (name.to_owned(), digest.to_owned())).collect();
    let changed = changed(&pinned, &today);
    assert!(
        changed.is_empty(),
        "These lists changed: {}. Raise the version of the rules that read this list (or of the reading), then run the test \
         with OVN_PIN=1 to write the new digests.",
        changed.join(", ")
    );
}

#[test]
fn a_list_that_is_new_gone_or_changed_is_named() {
    let of = |rows: &[(&str, &str)]| {
        rows.iter().map(|(name, digest)| ((*name).to_owned(), (*digest).to_owned())).collect()
    };
    let pinned = of(&[("en/a", "1"), ("en/b", "2"), ("en/c", "3")]);
    let today = of(&[("en/a", "1"), ("en/b", "9"), ("en/d", "4")]);
    assert_eq!(changed(&pinned, &today), ["en/b", "en/c", "en/d"]);
    assert_eq!(changed(&pinned, &pinned), Vec::<String>::new());
}
