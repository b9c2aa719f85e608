//! What must hold after every fault: nothing acknowledged is lost, no size has two roots, the record only grows.
//!
//! The judge remembers every checkpoint that was ever signed into the lock or published, every entry that was ever
//! readable, and every acknowledgement, for as long as the edition lives.

use super::Programs;
use super::chance::Chance;
use super::edition::{Edition, said};
use super::history::{self, Ack, Line, What};
use super::tally::Tally;
use ovn_edition::hex;
use ovn_edition::leaf::Leaf;
use ovn_edition::sealed::Document;
use ovn_store::{Files, Reader};
use ovn_tlog::{Checkpoint, Frontier, Hash, TileHashes, VerifierKey, audit::audit, leaf_hash};
use ovn_verify::continuity;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Acknowledgements of earlier rounds that are looked at again in each.
const AGAIN: usize = 10;
/// Entries that are read at once.
const PART: usize = 512;

/// The memory of an edition.
#[derive(Debug)]
pub(super) struct Judge {
    key: VerifierKey,
    /// Every root that was signed, by size.
    signed: BTreeMap<u64, Hash>,
    /// Signed sizes whose root the entries have not given yet.
    unchecked: BTreeSet<u64>,
    /// The root that the entries give, by size.
    computed: Vec<Hash>,
    leaves: Vec<Hash>,
    tree: Frontier,
    /// The last published checkpoint that was seen.
    last: Option<Vec<u8>>,
    acks: Vec<Ack>,
    /// How many of them were looked at.
    looked: usize,
    /// Addresses from which somebody began to remove.
    removing: BTreeSet<String>,
    /// Addresses whose removal was acknowledged.
    removed: BTreeSet<String>,
    /// How far the newsroom's lines and checkpoints were read.
    lines: u64,
    seen: u64,
    chance: Chance,
}

impl Judge {
    pub(super) fn new(edition: &Edition, chance: Chance) -> Result<Self, String> {
        let tree = Frontier::new();
        Ok(Self {
            key: edition.key()?,
            signed: BTreeMap::new(),
            unchecked: BTreeSet::new(),
            computed: vec![tree.root()],
            leaves: Vec::new(),
            tree,
            last: None,
            acks: Vec::new(),
            looked: 0,
            removing: BTreeSet::new(),
            removed: BTreeSet::new(),
            lines: 0,
            seen: 0,
            chance,
        })
    }

    /// The newest acknowledged article that nobody began to remove, for a reader to ask for.
    pub(super) fn newest(&self) -> Option<&Ack> {
        let there = |ack: &&Ack| !self.removing.contains(&ack.path);
        self.acks.iter().rev().find(there)
    }

    /// Whether something new is acknowledged up to this place of the newsroom's lines.
    pub(super) fn hears_ack(&self, edition: &Edition, to: u64) -> bool {
        let lines = history::lines(&edition.history(), self.lines, to);
        lines.iter().any(|line| matches!(line, Line::Ack(_)))
    }

    pub(super) fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// Reads what the newsroom noted, up to these places of its two files; later lines are left for the next time.
    pub(super) fn listen(&mut self, edition: &Edition, to: (u64, u64), tally: &mut Tally) {
        let home = edition.history();
        for note in history::seen(&home, self.seen, to.1) {
            self.see(&note, "the lock", tally);
        }
        for line in history::lines(&home, self.lines, to.0) {
            match line {
                Line::Open(ms) => tally.starts.push(std::time::Duration::from_millis(ms)),
                Line::Try(What::Removal, path) => {
                    tally.open += 1;
                    self.removing.insert(path);
                }
                Line::Try(..) => tally.open += 1,
                Line::Ack(ack) => {
                    tally.open -= 1;
                    tally.acknowledged += 1;
                    if ack.what == What::Removal {
                        self.removed.insert(ack.path.clone());
                    }
                    self.acks.push(ack);
                }
                Line::No(_) => tally.open -= 1,
                Line::Refused(_) => {}
            }
        }
        (self.lines, self.seen) = to;
    }

    /// Leaves out the newsroom's lines from the last place read up to these places: what they say came while the fault
    /// did, and nobody can know whether it held. Gives the number of acknowledgements among them.
    pub(super) fn skip(&mut self, edition: &Edition, to: (u64, u64)) -> u64 {
        let mut acks = 0;
        for line in history::lines(&edition.history(), self.lines, to.0) {
            match line {
                Line::Try(What::Removal, path) => drop(self.removing.insert(path)),
                Line::Ack(_) => acks += 1,
                _ => {}
            }
        }
        (self.lines, self.seen) = to;
        acks
    }

    /// Takes in a signed checkpoint.
    fn see(&mut self, note: &[u8], place: &str, tally: &mut Tally) -> Option<u64> {
        let seen = match Checkpoint::open(note, &self.key) {
            Ok(seen) => seen,
            Err(error) => {
                tally.wrong.push(format!("the checkpoint of {place} can't be opened: {error}"));
                return None;
            }
        };
        tally.checkpoints += 1;
        let root = *self.signed.entry(seen.size()).or_insert(*seen.root());
        if root != *seen.root() {
            tally.wrong.push(format!("{place} holds a second root of size {}", seen.size()));
        }
        self.unchecked.insert(seen.size());
        Some(seen.size())
    }

    /// Looks at everything that readers and mirrors could see.
    pub(super) fn look(&mut self, edition: &Edition, tally: &mut Tally) {
        if let Err(why) = self.try_look(edition, tally) {
            tally.wrong.push(why);
        }
    }

    fn try_look(&mut self, edition: &Edition, tally: &mut Tally) -> Result<(), String> {
        let reader = edition.reader()?;
        let files = Files::of(&edition.dir);
        let lock = edition.keys.join("lock");
        let lock = fs::read(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
        self.see(&lock, "the lock", tally);
        let file = files.read("checkpoint").map_err(|error| error.to_string())?;
        self.see(&file.unwrap_or_default(), "the record", tally);
        let state = reader.state().map_err(|error| error.to_string())?;
        let size = self.see(&state.checkpoint, "the database", tally);
        if size != Some(state.size) {
            tally.wrong.push("the database has not the entries of its checkpoint".into());
        }
        self.grow(&reader, state.size, tally)?;
        if let Some(before) = &self.last {
            let tiles = TileHashes::new(&files, state.size);
            let report = continuity(before, &state.checkpoint, &tiles, &self.key);
            if !report.verdict.good() {
                let told: Vec<String> = report.checks.into_iter().map(|one| one.sentence).collect();
                tally.wrong.push(told.join(" "));
            }
        }
        self.last = Some(state.checkpoint);
        let new = self.acks.get(self.looked..).unwrap_or_default().to_vec();
        let old = self.acks.get(..self.looked).unwrap_or_default();
        let again: Vec<Ack> = (0..AGAIN).filter_map(|_| self.chance.pick(old).cloned()).collect();
        for ack in new.iter().chain(&again) {
            if let Err(why) = self.holds(&reader, ack) {
                tally.wrong.push(format!("{why}: {ack:?}"));
            }
        }
        self.looked = self.acks.len();
        Ok(())
    }

    /// Reads the entries that are new, and compares the roots that they give with those that were signed.
    fn grow(&mut self, reader: &Reader, size: u64, tally: &mut Tally) -> Result<(), String> {
        if size < self.leaves.len() as u64 {
            let had = self.leaves.len();
            tally.wrong.push(format!("the record had {had} entries and has {size}"));
        }
        while (self.leaves.len() as u64) < size {
            let part = reader.entries(self.leaves.len() as u64, PART);
            let part = part.map_err(|error| error.to_string())?;
            if part.is_empty() {
                return Err("entries are missing in the middle of the record".into());
            }
            for entry in part {
                let leaf = leaf_hash(&entry.leaf);
                self.leaves.push(leaf);
                self.tree.complete(&[leaf]);
                self.computed.push(self.tree.root());
            }
        }
        for size in std::mem::take(&mut self.unchecked) {
            let place = usize::try_from(size).unwrap_or(usize::MAX);
            match (self.computed.get(place), self.signed.get(&size)) {
                (Some(computed), Some(signed)) if computed != signed => {
                    tally.wrong.push(format!("size {size} was signed with another root"));
                }
                (None, _) => {
                    self.unchecked.insert(size);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether what was acknowledged is there, and is what was handed in.
    fn holds(&self, reader: &Reader, ack: &Ack) -> Result<(), String> {
        let fail = |error: ovn_store::Error| error.to_string();
        let entry = reader.entry(ack.entry).map_err(fail)?.ok_or("lost: there is no such entry")?;
        let leaf = Leaf::read(&entry.leaf).map_err(|error| error.to_string())?;
        let known = usize::try_from(ack.entry).ok().and_then(|place| self.leaves.get(place));
        if known != Some(&leaf_hash(&entry.leaf)) {
            return Err("the entry is not the one that was there before".into());
        }
        let step = leaf.article.ok_or("lost: the entry is about no article")?;
        let head = reader.head(&ack.path).map_err(fail)?.ok_or("lost: nothing at its address")?;
        if step.id != head.id || step.rev != ack.rev || head.rev < ack.rev {
            return Err("lost: the entry is another's".into());
        }
        let bytes = entry.document.ok_or("the document is missing")?;
        let document = Document::read(&bytes).map_err(|error| error.to_string())?;
        if document.commit().ok() != Some(leaf.commit) {
            return Err("the document is not what the entry commits to".into());
        }
        let file = format!("document/{}.json", hex::encode(&leaf.commit));
        // A removal that was not acknowledged may be half-way between database and file.
        let removing = self.removing.contains(&ack.path) && !self.removed.contains(&ack.path);
        if !removing && reader.record_file(&file).map_err(fail)? != Some(bytes.clone()) {
            return Err("the document's file is not the database's".into());
        }
        let there = String::from_utf8_lossy(&bytes).contains(&ack.mark);
        match (ack.what, self.removed.contains(&ack.path)) {
            (What::Removal, _) => Ok(()),
            (_, true) if there => Err("the removed text is still there".into()),
            (_, false) if !there && !removing => Err("lost: the text is another".into()),
            _ => Ok(()),
        }
    }

    /// Looks at the whole edition once more after a clean start and end: every acknowledgement, every byte of the record.
    pub(super) fn finish(&mut self, programs: &Programs, edition: &Edition, tally: &mut Tally) {
        self.looked = 0;
        self.look(edition, tally);
        if let Some(size) = self.unchecked.first() {
            tally.wrong.push(format!("size {size} was signed and never published"));
        }
        let mut place = 0;
        let report = audit(&Files::of(&edition.dir), &self.key, |_, leaf| {
            if self.leaves.get(place) != Some(&leaf_hash(leaf)) {
                tally.wrong.push(format!("entry {place} is not the one that was there before"));
            }
            place += 1;
        });
        if let Err(error) = report {
            tally.wrong.push(format!("the record does not hold: {error}"));
        }
        let mut verify = edition.ovn(programs, &["verify", "--forget"]);
        if let Err(why) = said(verify.arg(&edition.dir)) {
            tally.wrong.push(why);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::history::History;
    use super::super::writer::{Order, follow};
    use super::*;
    use ovn_press::init;
    use ovn_press::keys::Keys;

    /// An edition with some articles, to which `harm` is done before it is looked at again.
    fn check(harm: impl FnOnce(&Edition, &[Ack]), expected: &str) {
        let home = tempfile::tempdir().unwrap();
        let edition = Edition::at(home.path(), home.path().join("edition"), None);
        let settings = init::settings("Test", "torture.example", "http://torture.example");
        drop(init::edition(&edition.dir, &settings, &|_| None).unwrap());
        let (dir, history) = (edition.dir.clone(), edition.history());
        let order =
            Order { dir, history, name: "a".into(), threads: 2, most: 3, ..Order::default() };
        follow(&order).unwrap();
        let mut judge = Judge::new(&edition, Chance::of(1, 1, 1)).unwrap();
        let mut tally = Tally::default();
        let ends = || (history::length(&edition.history(), "lines"), u64::MAX);
        judge.listen(&edition, ends(), &mut tally);
        judge.look(&edition, &mut tally);
        assert_eq!((tally.wrong.as_slice(), tally.acknowledged, tally.open), (&[][..], 6, 0));
        harm(&edition, &judge.acks);
        judge.listen(&edition, ends(), &mut tally);
        judge.looked = 0;
        judge.look(&edition, &mut tally);
        let found = tally.wrong.join("\n");
        assert!(found.contains(expected), "{expected}: {found}");
        assert_eq!(found.is_empty(), expected.is_empty(), "{found}");
    }

    #[test]
    fn what_does_not_hold_is_found() {
        check(|_, _| {}, "");
        let say = |edition: &Edition, ack: Ack| {
            let history = History::open(&edition.history(), edition.keys.join("lock")).unwrap();
            history.note(&Line::Try(ack.what, ack.path.clone()));
            history.note(&Line::Ack(ack));
        };
        let with = |change: fn(&mut Ack)| {
            move |edition: &Edition, acks: &[Ack]| {
                let mut ack = acks.last().cloned().unwrap();
                change(&mut ack);
                say(edition, ack);
            }
        };
        check(with(|ack| ack.entry += 100), "lost: there is no such entry");
        check(with(|ack| ack.rev += 1), "lost: the entry is another's");
        check(with(|ack| ack.mark.push('y')), "lost: the text is another");
        check(with(|ack| ack.path.push('y')), "lost: nothing at its address");
        check(with(|ack| ack.what = What::Removal), "the removed text is still there");
        let document = |edition: &Edition, _: &[Ack]| {
            let folder = edition.dir.join("record/document");
            for file in fs::read_dir(folder).unwrap() {
                fs::write(file.unwrap().path(), b"{}").unwrap();
            }
        };
        check(document, "the document's file is not the database's");
    }

    #[test]
    fn a_second_history_is_found() {
        let sign = |edition: &Edition, size: u64| {
            let keys = Keys::read(&edition.keys, "torture.example").unwrap();
            let checkpoint = Checkpoint::new("torture.example", size, leaf_hash(b"other")).unwrap();
            checkpoint.sign(&keys.signer).unwrap().to_string()
        };
        let lock = |less: u64| {
            move |edition: &Edition, _: &[Ack]| {
                let size = edition.reader().unwrap().size().unwrap() - less;
                fs::write(edition.keys.join("lock"), sign(edition, size)).unwrap();
            }
        };
        check(lock(0), "a second root of size");
        check(lock(1), "root");
        let record = |edition: &Edition, _: &[Ack]| {
            fs::write(edition.dir.join("record/checkpoint"), b"nothing").unwrap();
        };
        check(record, "can't be opened");
    }
}
