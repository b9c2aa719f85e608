//! The signed checkpoints that are here: in the lock, in the database, in the record; and the mirror's.

use super::{Error, Look, Target};
use ovn_store::{Folder, Lock};
use ovn_tlog::Checkpoint;
use std::time::Duration;

/// How often, and after which pause, a database that is behind the lock is looked at again: a seal may be under way.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

const BEHIND: &str = "it is missing or behind, and whether somebody has a newer record can't be told from here: name a mirror or \
    the newer folder with --from, or say --alone if there is none";

/// A checkpoint, and where it was found.
struct Seen {
    place: &'static str,
    note: Vec<u8>,
    checkpoint: Checkpoint,
}

impl Look<'_> {
    /// Chooses what everything is measured by: to look, what is published; to mend, the longest tree that was signed.
    pub(super) fn notes(&mut self) -> Result<Target, Error> {
        let keys = self.settings.keys_folder(self.dir);
        let mut seen: Vec<Seen> = Vec::new();
        let lock = Lock::seen(&keys, self.settings)?;
        let locked = self.open("the lock", lock.clone(), &mut seen)?;
        let rows = self.published(locked);
        let rows = self.open("the database", rows, &mut seen)?;
        let file = self.files.read("checkpoint")?;
        let file = self.open("record/checkpoint", file, &mut seen)?;
        if self.held.is_some()
            && let Some(mirror) = self.mirror
        {
            let note = mirror.get("record/checkpoint")?;
            let note = note.ok_or_else(|| {
                Error::Nothing(
                    "the mirror has no record/checkpoint: it is no mirror of a record".into(),
                )
            })?;
            let known = Checkpoint::open(&note, &self.key).map_err(|error| {
                Error::Nothing(format!("the mirror is of another record, or damaged: {error}"))
            })?;
            seen.push(Seen { place: "the mirror", note, checkpoint: known });
        }
        one_history(&seen)?;
        self.say(locked, rows, file);
        let longest = seen.iter().max_by_key(|one| one.checkpoint.size());
        let published = seen.iter().find(|one| one.place == "the database");
        let chosen = if self.held.is_some() { longest } else { published.or(longest) };
        let chosen = chosen.ok_or_else(|| {
            let sentence =
                "no checkpoint here is signed with the log's key; name a mirror to repair from";
            Error::Nothing(sentence.into())
        })?;
        let (checkpoint, note) = (chosen.checkpoint.clone(), chosen.note.clone());
        let others = seen.iter().map(|one| (one.place, one.checkpoint.clone()));
        let others = others.filter(|(_, other)| other.size() <= checkpoint.size()).collect();
        Ok(Target { checkpoint, note, others, locked, keys })
    }

    /// The database's checkpoint; a seal that is under way is waited for.
    fn published(&mut self, locked: Option<u64>) -> Option<Vec<u8>> {
        for _ in 0..TRIES {
            let reader = self.reader.as_ref()?;
            match reader.checkpoint() {
                Err(error) => {
                    self.fault("database", format!("its state can't be read ({error})"));
                    return None;
                }
                Ok(note) => {
                    let size = Checkpoint::open(&note, &self.key).map_or(0, |known| known.size());
                    if self.held.is_some() || locked.is_none_or(|locked| locked <= size) {
                        return Some(note).filter(|note| !note.is_empty());
                    }
                }
            }
            std::thread::sleep(PAUSE);
        }
        let note = self.reader.as_ref()?.checkpoint().ok()?;
        Some(note).filter(|note| !note.is_empty())
    }

    fn open(
        &mut self,
        place: &'static str,
        note: Option<Vec<u8>>,
        seen: &mut Vec<Seen>,
    ) -> Result<Option<u64>, Error> {
        let Some(note) = note.filter(|note| !note.is_empty()) else { return Ok(None) };
        match Checkpoint::open(&note, &self.key) {
            Ok(checkpoint) => {
                let size = checkpoint.size();
                seen.push(Seen { place, note, checkpoint });
                Ok(Some(size))
            }
            Err(error) => {
                // The database's is compared with its rows; the record's file is written when all else is right.
                if place == "the lock" {
                    let sentence = format!("it holds no checkpoint of this key ({error})");
                    self.fault("lock", sentence);
                }
                Ok(None)
            }
        }
    }

    /// Says how the three stand to each other.
    fn say(&mut self, locked: Option<u64>, rows: Option<u64>, file: Option<u64>) {
        if self.held.is_some() {
            return;
        }
        match (locked, rows) {
            (Some(locked), Some(rows)) if locked > rows => self.fault(
                "lock",
                format!(
                    "{locked} entries were signed and {rows} are here: this is an older backup or a clone; stop it and run \
                     ovn repair with a mirror or the newer folder"
                ),
            ),
            (Some(locked), Some(rows)) if locked < rows => self.fault(
                "lock",
                format!(
                    "it knows {locked} entries and {rows} are here: the key folder is older than the edition; bring back \
                     the newer one, or run ovn repair"
                ),
            ),
            (None, _) => self.found.notes.push(
                "there is no lock beside this folder: it can be read and served, and nothing can be sealed in it".into(),
            ),
            _ => {}
        }
        if rows.is_none() && self.reader.is_some() {
            self.fault("database", "its checkpoint is missing or not signed with the log's key");
        }
        if file < rows || (file.is_none() && rows.is_none()) {
            self.fault("record/checkpoint", "is missing, damaged or older than the edition");
        }
    }

    /// Writes the checkpoint's file and moves the lock forward, once everything that it covers is there.
    pub(super) fn publish(&mut self, target: &Target) -> Result<(), Error> {
        if self.held.is_none() || !self.found.well() {
            return Ok(());
        }
        if self.files.read("checkpoint")?.as_deref() != Some(&target.note) {
            self.put_right("checkpoint", Some(&target.note), "was not the newest that was signed")?;
        }
        let has_key = Folder::at(&target.keys).read("log.key")?.is_some();
        let behind = target.locked.is_none_or(|locked| locked < target.checkpoint.size());
        if has_key && behind && self.mirror.is_none() && !self.alone {
            self.fault("lock", BEHIND);
        } else if has_key && behind {
            Lock::open(&target.keys, self.settings)?.swap(&target.note)?;
            let size = target.checkpoint.size();
            self.mended(
                "lock",
                format!("it was behind; it holds the checkpoint of {size} entries now"),
            );
        }
        Ok(())
    }
}

/// No two of the same size may differ. That a longer one continues a shorter one is shown when its leaves are read.
fn one_history(seen: &[Seen]) -> Result<(), Error> {
    for (number, one) in seen.iter().enumerate() {
        for other in seen.iter().skip(number + 1) {
            let (a, b) = (&one.checkpoint, &other.checkpoint);
            if a.size() == b.size() && a.root() != b.root() {
                let sentence = format!(
                    "{} and {} hold different trees of {} entries",
                    one.place,
                    other.place,
                    a.size()
                );
                return Err(Error::Fork(sentence));
            }
        }
    }
    Ok(())
}
