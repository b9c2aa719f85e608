//! Copies that are old, cut, edited or elsewhere: the verifier says which.

use crate::house::{House, article, file};
use ovn_press::check::{self, Options};
use ovn_press::copy::Copy;
use ovn_press::mirror;
use ovn_store::Folder;
use ovn_verify::{Report, Verdict};

/// A mirror of two articles, the same before the second, and what the reader remembers of the newer one.
struct Mirrors {
    house: House,
    old: Folder,
    new: Folder,
    memory: Folder,
}

impl Mirrors {
    fn new() -> Self {
        let house = House::new();
        let folder = |name: &str| Folder::at(house.home.path().join(name));
        let (old, new, memory) = (folder("old"), folder("new"), folder("memory"));
        let source = Copy::at(&house.dir.to_string_lossy());
        for (slug, target) in [("one", &old), ("two", &new)] {
            house.publish(&[file(&article(slug, slug, "Words."))]).unwrap();
            let key = house.room().keys().verifier().clone();
            mirror::copy(&source, target, &key, &mut |_, _| {}).unwrap();
        }
        Self { house, old, new, memory }
    }

    fn check(&self, copy: &Folder) -> Report {
        let key = Some(self.house.room().keys().verifier().clone());
        let options = Options { key, memory: Some(self.memory.clone()) };
        check::whole(&Copy::Folder(copy.clone()), &options).unwrap()
    }

    fn says(&self, copy: &Folder, verdict: Verdict, words: &str) {
        let report = self.check(copy);
        assert_eq!(report.verdict, verdict, "{report:#?}");
        let said = report.checks.iter().any(|check| check.sentence.contains(words));
        assert!(said, "{words}: {report:#?}");
    }
}

#[test]
fn case_090_a_copy_that_is_stale_cut_or_edited_is_named_so() {
    let mirrors = Mirrors::new();
    let (old, new) = (&mirrors.old, &mirrors.new);
    mirrors.says(new, Verdict::Matches, "All 3 entries");
    // The same bytes at another place, under another name, at any time: no clock and no host is asked.
    let elsewhere = Folder::at(mirrors.house.home.path().join("onion"));
    for path in new.list("").unwrap() {
        elsewhere.replace(&path, &new.read(&path).unwrap().unwrap()).unwrap();
    }
    mirrors.says(&elsewhere, Verdict::Matches, "is the one that was seen before");
    mirrors.says(old, Verdict::Behind, "has 2 entries, and 3 were seen before");
    // Partial and edited, file by file.
    for path in elsewhere.list("record").unwrap() {
        let bytes = elsewhere.read(&path).unwrap().unwrap();
        let mut edited = bytes.clone();
        let at = edited.len() / 2;
        edited[at] ^= 1;
        elsewhere.replace(&path, &edited).unwrap();
        let report = mirrors.check(&elsewhere);
        let expected: &[Verdict] = match path.split('/').nth(1).unwrap() {
            "document" => &[Verdict::Differs, Verdict::Damaged],
            // The key is the reader's own; what the copy says of it is not asked.
            "vkey" => &[Verdict::Matches],
            _ => &[Verdict::Inconsistent],
        };
        assert!(expected.contains(&report.verdict), "{path}: {report:#?}");
        std::fs::remove_file(elsewhere.root().join(&path)).unwrap();
        let report = mirrors.check(&elsewhere);
        let there = path == "record/vkey";
        assert_eq!(report.verdict.good(), there, "{path}: {report:#?}");
        if path.contains("document/") {
            assert!(
                report.checks.iter().any(|check| check.sentence.contains("is missing")),
                "{report:#?}"
            );
        }
        elsewhere.replace(&path, &bytes).unwrap();
    }
    mirrors.says(&elsewhere, Verdict::Matches, "is the one that was seen before");
    // Another publisher's copy in its place.
    let other = House::new();
    let report = mirrors.check(&Folder::at(&other.dir));
    assert!(!report.verdict.good(), "{report:#?}");
}
