//! The folder of the first version, opened by today's: sealed bytes stay, rows follow, and publishing goes on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod small;

use ovn_edition::model::{Change, Class};
use ovn_press::check::{self, Options};
use ovn_press::{copy::Copy, scrub};
use ovn_store::{Error, Folder, Reader, Settings};
use ovn_verify::Verdict;
use small::{pages, publish, room};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Unpacks the fixture: for each file a line with length and path, then its bytes.
fn unpack(home: &Path) -> PathBuf {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/upgrade/first.gz");
    let packed = std::fs::read(fixture).unwrap();
    let mut all = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut all).unwrap();
    let mut rest = all.as_slice();
    let folder = Folder::at(home);
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
        let line = std::str::from_utf8(&rest[..end]).unwrap();
        let (length, path) = line.split_once(' ').unwrap();
        let length: usize = length.parse().unwrap();
        let (bytes, after) = rest[end + 1..].split_at(length);
        folder.replace(path, bytes).unwrap();
        if path.starts_with("edition.keys/") {
            use std::os::unix::fs::PermissionsExt as _;
            let only = std::fs::Permissions::from_mode(0o600);
            std::fs::set_permissions(home.join(path), only).unwrap();
        }
        rest = after;
    }
    home.join("edition")
}

fn record(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let folder = Folder::at(dir);
    let read = |path: String| (path.clone(), folder.read(&path).unwrap().unwrap());
    folder.list("record").unwrap().into_iter().map(read).collect()
}

#[test]
fn the_first_versions_folder_is_opened_and_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let dir = unpack(home.path());
    let before = record(&dir);
    assert!(before.len() > 20);
    let settings = Settings::read(&dir, &|_| None).unwrap();
    // A reader brings nothing forward; whoever serves, backs up or writes first does.
    assert!(matches!(Reader::of(&dir, &settings), Err(Error::Older { found: 1, .. })));
    Reader::current(&dir, &settings).unwrap();
    drop(room(&dir).unwrap());
    assert!(record(&dir) == before, "a sealed byte changed");
    let whole = || {
        let copy = Copy::Folder(Folder::at(&dir));
        check::whole(&copy, &Options::default()).unwrap().verdict
    };
    assert_eq!(whole(), Verdict::Matches);
    let look =
        || scrub::scrub(&dir, &settings, &scrub::Order::default(), &mut |_, _| {}).unwrap().faults;
    assert_eq!(look(), []);
    let served = pages(&dir);
    for (path, (status, body)) in &served {
        let expected = if path == "/2026/11/gone" { 410 } else { 200 };
        assert_eq!(*status, expected, "{path} {}", String::from_utf8_lossy(body));
    }
    let words = |path: &str| String::from_utf8_lossy(&served[path].1).into_owned();
    assert!(words("/2026/11/bridge").contains("opens in June"));
    assert!(words("/2026/11/bridge").contains("The month was wrong."));
    assert!(words("/2026/11/pul").contains("پل چار مئی"));
    // It goes on: a new article, and a correction of an old one.
    publish(&dir, "harbour", "The harbour is dredged.", None).unwrap();
    let note = Some("It was another day.".to_owned());
    let change = Some(Change { class: Class::Correction, note, asked_by: None });
    publish(&dir, "school", "The school closes at one.", change).unwrap();
    let after = record(&dir);
    let kept = before.iter().filter(|(path, _)| !path.ends_with("checkpoint"));
    assert!(kept.into_iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
    assert_eq!((whole(), look()), (Verdict::Matches, Vec::new()));
}
