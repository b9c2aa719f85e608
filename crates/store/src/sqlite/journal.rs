//! Brings SQLite's journal into the database on a thread of its own, so that no commit waits for it.
//!
//! By itself SQLite does that within the commit that finds the journal long, and whoever waits for that commit waits for
//! two more syncs. Here such a commit rings a bell, and a second connection copies what is committed (a checkpoint of the kind
//! `PASSIVE`, <https://sqlite.org/wal.html#ckpt>), beside readers and the next commit. A copy that fails changes nothing:
//! the journal is kept until one has succeeded and was synced, and all its pages are written again by then.

use crate::Error;
use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Pages of 4 KiB in the journal from which it is brought in.
const LONG: i32 = 1_000;
/// Pages from which commits come faster than the thread copies: the commit itself then brings them in, as SQLite would.
const TOO_LONG: i32 = 16_000;

/// The thread, for as long as somebody writes.
#[derive(Debug)]
pub(crate) struct Journal {
    bell: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    turn: Arc<Mutex<()>>,
}

fn lock(turn: &Mutex<()>) -> MutexGuard<'_, ()> {
    turn.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Journal {
    /// Takes over for `db`, which writes to the database at `path`.
    pub(crate) fn of(db: &mut Connection, path: &Path) -> Result<Self, Error> {
        let other = super::connect::durable(path)?;
        other.busy_timeout(Duration::ZERO)?;
        let (bell, heard) = sync_channel(1);
        let ring: SyncSender<()> = bell.clone();
        db.wal_hook(Some(move |journal: &mut Wal, pages| {
            if pages >= TOO_LONG {
                // As SQLite itself does: the commit is durable whatever becomes of this.
                let _ = journal.checkpoint();
            } else if pages >= LONG {
                // Full means that the thread has been told already.
                let _ = ring.try_send(());
            }
            Ok(())
        }))?;
        let turn = Arc::new(Mutex::new(()));
        let own = Arc::clone(&turn);
        let thread = std::thread::Builder::new().name("journal".into()).spawn(move || {
            while heard.recv().is_ok() {
                let _turn = lock(&own);
                let _ = other.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            }
        });
        let thread = thread.map_err(|error| Error::File { path: path.to_owned(), error })?;
        Ok(Self { bell: Some(bell), thread: Some(thread), turn })
    }

    /// Keeps the thread at rest for as long as what this gives is kept: SQLite lets one at a time bring a journal in, and
    /// whoever comes second is turned away at once.
    pub(crate) fn rest(&self) -> MutexGuard<'_, ()> {
        lock(&self.turn)
    }

    /// Ends the thread; what the journal still holds is brought in by the last connection that closes.
    pub(crate) fn end(&mut self, db: &mut Connection) {
        let _ = db.wal_hook(None::<fn(&mut Wal, i32) -> rusqlite::Result<()>>);
        self.bell = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{connect, staging};
    use super::*;

    /// A database with a journal that is long after each commit.
    fn long(home: &Path) -> (Connection, Journal) {
        let path = home.join("edition.sqlite");
        let mut db = connect::writer(&path).unwrap();
        let journal = Journal::of(&mut db, &path).unwrap();
        fill(&db);
        (db, journal)
    }

    fn fill(db: &Connection) {
        let bytes = vec![7_u8; 8 << 20];
        db.execute("INSERT OR REPLACE INTO staged_file VALUES (1, 'blob/1', ?1)", [bytes]).unwrap();
    }

    #[test]
    fn a_long_journal_is_brought_in_beside_the_commits() {
        let home = tempfile::tempdir().unwrap();
        let (db, _journal) = long(home.path());
        let file = home.path().join("edition.sqlite");
        let end = std::time::Instant::now() + Duration::from_secs(60);
        while std::fs::metadata(&file).unwrap().len() < 8 << 20 {
            assert!(std::time::Instant::now() < end, "nothing came into the database's file");
            std::thread::sleep(Duration::from_millis(5));
        }
        drop(db);
    }

    #[test]
    fn what_is_removed_is_taken_out_while_a_journal_is_brought_in() {
        let home = tempfile::tempdir().unwrap();
        let (db, journal) = long(home.path());
        for _ in 0..8 {
            fill(&db);
            let _rest = journal.rest();
            staging::erased(&db).unwrap();
        }
    }
}
