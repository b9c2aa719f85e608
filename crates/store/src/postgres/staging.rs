//! What is on its way: entries and files that wait for their checkpoint.

use super::insert::insert;
use super::row::{get, number};
use super::session::Session;
use crate::error::damaged;
use crate::sqlite::row::int;
use crate::tables::{Rows, STAGED_ENTRY, STAGED_FILE, Value};
use crate::{Batch, Error, StagedEntry, StagedFile};
use std::collections::BTreeSet;
use std::time::Duration;

/// Stages a batch, in one transaction that is durable when this returns.
pub(crate) fn stage(db: &Session, batch: &Batch) -> Result<(), Error> {
    db.change(|| {
        let size = super::entries::state(db)?.size;
        let there = db.row("SELECT 1 FROM staged_entry LIMIT 1", &[])?.is_some();
        let follows = batch.entries.iter().zip(size..).all(|(entry, seq)| entry.seq == seq);
        if there || !follows {
            return Err(damaged("a batch does not follow the published entries"));
        }
        let mut entries: Rows = Vec::with_capacity(batch.entries.len());
        for one in &batch.entries {
            let facts = serde_json::to_string(&one.facts).map_err(damaged)?;
            entries.push(vec![
                int(one.seq).into(),
                one.leaf.as_slice().into(),
                one.document.as_slice().into(),
                facts.into(),
            ]);
        }
        insert(db, &STAGED_ENTRY, entries, "")?;
        let mut paths = BTreeSet::new();
        let files = batch.files.iter().filter(|file| paths.insert(&file.path)).zip(1_i64..);
        let files = files.map(|(file, place)| {
            vec![Value::Int(place), (&file.path).into(), file.bytes.as_slice().into()]
        });
        insert(db, &STAGED_FILE, files.collect(), "")?;
        Ok(())
    })
}

/// How many entries are staged.
pub(crate) fn count(db: &Session) -> Result<u64, Error> {
    let row = db.row("SELECT count(*) FROM staged_entry", &[])?;
    row.map_or(Ok(0), |row| number(&row, 0))
}

/// What is staged; `None` when nothing is. To be read on one state of the database.
pub(crate) fn staged(db: &Session) -> Result<Option<Batch>, Error> {
    let mut batch = Batch::default();
    for row in db.rows("SELECT seq, leaf, document, facts FROM staged_entry ORDER BY seq", &[])? {
        batch.entries.push(StagedEntry {
            seq: number(&row, 0)?,
            leaf: get(&row, 1)?,
            document: get(&row, 2)?,
            facts: serde_json::from_str(get(&row, 3)?).map_err(damaged)?,
        });
    }
    let rows = db.rows("SELECT path, bytes FROM staged_file ORDER BY place", &[])?;
    batch.files = rows
        .iter()
        .map(|row| Ok(StagedFile { path: get(row, 0)?, bytes: get(row, 1)? }))
        .collect::<Result<_, Error>>()?;
    Ok((!batch.entries.is_empty()).then_some(batch))
}

pub(crate) fn discard(db: &Session) -> Result<(), Error> {
    db.change(|| clear(db))
}

pub(super) fn clear(db: &Session) -> Result<(), Error> {
    db.execute("DELETE FROM staged_entry", &[])?;
    db.execute("DELETE FROM staged_file", &[])?;
    Ok(())
}

/// Documents whose file must still be replaced.
pub(crate) fn erasures(db: &Session) -> Result<Vec<StagedFile>, Error> {
    let rows = db.rows("SELECT path, document FROM erasure", &[])?;
    rows.iter().map(|row| Ok(StagedFile { path: get(row, 0)?, bytes: get(row, 1)? })).collect()
}

/// The tables that hold what articles say.
const WORDED: [&str; 9] =
    ["entry", "head", "tag", "source", "removal", "passage", "term", "staged_entry", "staged_file"];
/// How often, and after which pause, it is asked whether older readers are done.
const ASKS: u32 = 250;
const PAUSE: Duration = Duration::from_millis(20);

/// Whether anybody may still look at a row that was gone before transaction `$1`: a row is written anew for them. Whoever
/// begins to read looks at what was there before the oldest change on the whole server that has not ended, in whichever
/// database; a standby may say what its own readers look at.
const OLDER: &str = "SELECT 1 WHERE pg_snapshot_xmin(pg_current_snapshot()) < $1::text::xid8 \
    OR EXISTS (SELECT FROM pg_stat_activity WHERE (datname = current_database() OR datname IS NULL) \
      AND pid <> pg_backend_pid() AND age(backend_xmin) > age($1::text::xid8::xid)) \
    OR EXISTS (SELECT FROM pg_replication_slots WHERE age(xmin) > age($1::text::xid8::xid))";

/// Forgets the erasures and everything that the tables' files still hold of what was removed: each table is written anew
/// and its old file emptied. Other connections wait while that lasts.
///
/// The server's journal keeps the old bytes until its files are used again; that is the operator's, as backups are.
pub(crate) fn erased(db: &Session) -> Result<(), Error> {
    let row = db.row("SELECT pg_current_xact_id()::text", &[])?;
    let now: String = row.map_or(Ok("0".to_owned()), |row| get(&row, 0))?;
    let mut asks = 0;
    while db.row(OLDER, &[&now])?.is_some() {
        asks += 1;
        if asks > ASKS {
            return Err(damaged(
                "a reader or an unfinished change on the server kept the removed text in the database",
            ));
        }
        std::thread::sleep(PAUSE);
    }
    for table in WORDED {
        db.batch(&format!("VACUUM (FULL, ANALYZE) {table}"))?;
    }
    db.execute("DELETE FROM erasure", &[])?;
    db.batch("VACUUM (FULL) erasure")
}
