//! The database: its own health, and every row compared with the one that the record tells.

use super::documents::Elsewhere;
use super::{Error, Look, Target};
use crate::seal::{Learned, Told, replay};
use ovn_edition::leaf::Leaf;
use ovn_store::rows::Head;
use ovn_store::{Fresh, Reader, Settings, Writer, document_file};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Rows that are named at most.
const MOST: usize = 20;

impl Look<'_> {
    /// Tells the rows again from the record, in a database of their own, and compares. A database that is not as it should
    /// be is replaced by that one.
    pub(super) fn rows(
        &mut self,
        target: &Target,
        leaves: &[Vec<u8>],
        documents: &Elsewhere,
    ) -> Result<(), Error> {
        let before = self.found.faults.len();
        self.health();
        let place = self.scratch();
        let fresh = Fresh::begin(&place)?;
        let files = self.files.clone();
        let document = |seq: u64| {
            if let Some(bytes) = documents.get(seq) {
                return Ok(bytes.clone());
            }
            let leaf = usize::try_from(seq).ok().and_then(|seq| leaves.get(seq));
            let leaf = leaf.and_then(|bytes| Leaf::read(bytes).ok()).ok_or("there is none")?;
            let path = document_file(&leaf.commit);
            let bytes = files.read(&path).map_err(|error| error.to_string())?;
            bytes.ok_or_else(|| format!("{path} is missing"))
        };
        let told = Told { leaves, document: &document, checkpoint: &target.note };
        let mut writer = Writer::open(fresh.path(), None)?;
        let learned = replay(&told, self.settings, &mut writer, self.progress)?;
        self.keep(&writer, &learned)?;
        drop(writer);
        if let Some(reader) = &self.reader {
            let again = Reader::open(fresh.path(), None)?;
            match ovn_store::compare(reader, &again, &learned.partly) {
                Ok(found) => {
                    let more = found.len().saturating_sub(MOST);
                    for one in found.iter().take(MOST) {
                        self.fault(
                            format!("database, {}", one.table),
                            format!("{} {}", one.row, one.what),
                        );
                    }
                    if more > 0 {
                        self.fault(
                            "database",
                            format!("{more} more rows are not as the record tells"),
                        );
                    }
                }
                Err(error) => self.fault("database", format!("its rows can't be read ({error})")),
            }
        }
        self.nameless(learned.nameless.len());
        if self.held.is_some() && (self.reader.is_none() || self.found.faults.len() > before) {
            self.rebuild(fresh.path())?;
        }
        Ok(())
    }

    /// Takes over the tombstones of articles whose address the record does not tell any more, if they can be read.
    fn keep(&mut self, writer: &Writer, learned: &Learned) -> Result<(), Error> {
        let Some(reader) = &self.reader else { return Ok(()) };
        for id in &learned.nameless {
            let head = reader.head_of(id).ok().flatten();
            let whole = |head: &Head| {
                head.withdrawn && head.headline.is_empty() && head.path.starts_with('/')
            };
            if let Some(head) = head.filter(whole) {
                writer.keep_head(&head)?;
            }
        }
        Ok(())
    }

    fn health(&mut self) {
        let Some(reader) = &self.reader else { return };
        match reader.faults() {
            Ok(sentences) => sentences.iter().for_each(|sentence| self.fault("database", sentence)),
            Err(error) => self.fault("database", format!("it can't be checked ({error})")),
        }
    }

    fn nameless(&mut self, count: usize) {
        if count > 0 {
            self.found.notes.push(format!(
                "{count} withdrawn articles have no address in the record any more; what the database keeps of them besides \
                 their entries can't be compared"
            ));
        }
    }

    fn rebuild(&mut self, fresh: &Path) -> Result<(), Error> {
        if self.settings.database.is_some() {
            self.fault(
                "database",
                "rows in PostgreSQL are not repaired in place: run ovn restore from the mirror into a new folder, then ovn \
                 copy from there into an empty database",
            );
            return Ok(());
        }
        self.reader = None;
        let Some(held) = &self.held else { return Ok(()) };
        let old = held.replace_database(fresh)?;
        for fault in
            self.found.faults.iter_mut().filter(|fault| fault.place.starts_with("database"))
        {
            fault.mended = true;
        }
        if let Some(old) = old {
            self.found.notes.push(format!(
                "the database was told again from the record; the old one is {}: delete it when you need it no more, and start \
                 ovn serve anew",
                old.display()
            ));
        }
        Ok(())
    }

    /// Where the rows are told again: on the edition's own file system if they may take the database's place.
    fn scratch(&self) -> std::path::PathBuf {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        if self.held.is_some() {
            return self.dir.join("aside").join("rows");
        }
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        std::env::temp_dir().join(format!("ovn-scrub-{}-{number}", std::process::id()))
    }
}

/// Writes the rows that a whole record tells into the folder `dir`, which has the record's files and no database.
///
/// # Errors
/// As [`replay`].
pub(crate) fn write(
    dir: &Path,
    told: &Told<'_>,
    settings: &Settings,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<usize, Error> {
    let mut writer = Writer::open(dir, None)?;
    let learned = replay(told, settings, &mut writer, progress)?;
    writer.erase(None)?;
    Ok(learned.nameless.len())
}
