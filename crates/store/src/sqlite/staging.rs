//! What is on its way: entries and files that wait for their checkpoint.

use super::row::{int, uint};
use crate::error::damaged;
use crate::{Batch, Error, StagedEntry, StagedFile};
use rusqlite::{Connection, TransactionBehavior, params};

/// Stages a batch, in one transaction that is durable when this returns.
pub(crate) fn stage(db: &mut Connection, batch: &Batch) -> Result<(), Error> {
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let size = super::entries::state(&change)?.size;
        let count = count(&change)?;
        let follows = batch.entries.iter().zip(size..).all(|(entry, seq)| entry.seq == seq);
        if count != 0 || !follows {
            return Err(damaged("a batch does not follow the published entries"));
        }
        let mut entry = change.prepare_cached(
            "INSERT INTO staged_entry (seq, leaf, document, facts) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for one in &batch.entries {
            let facts = serde_json::to_string(&one.facts).map_err(damaged)?;
            entry.execute(params![int(one.seq), one.leaf, one.document, facts])?;
        }
        let mut file = change
            .prepare_cached("INSERT OR IGNORE INTO staged_file (path, bytes) VALUES (?1, ?2)")?;
        for one in &batch.files {
            file.execute(params![one.path, one.bytes])?;
        }
    }
    Ok(change.commit()?)
}

/// How many entries are staged.
pub(crate) fn count(db: &Connection) -> Result<u64, Error> {
    let count: i64 = db.query_row("SELECT count(*) FROM staged_entry", [], |row| row.get(0))?;
    Ok(uint(count))
}

/// What is staged; `None` when nothing is.
pub(crate) fn staged(db: &Connection) -> Result<Option<Batch>, Error> {
    let mut statement =
        db.prepare_cached("SELECT seq, leaf, document, facts FROM staged_entry ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut batch = Batch::default();
    while let Some(row) = rows.next()? {
        let facts: String = row.get(3)?;
        batch.entries.push(StagedEntry {
            seq: uint(row.get(0)?),
            leaf: row.get(1)?,
            document: row.get(2)?,
            facts: serde_json::from_str(&facts).map_err(damaged)?,
        });
    }
    let mut statement = db.prepare_cached("SELECT path, bytes FROM staged_file ORDER BY place")?;
    let files =
        statement.query_map([], |row| Ok(StagedFile { path: row.get(0)?, bytes: row.get(1)? }))?;
    batch.files = files.collect::<Result<_, _>>()?;
    Ok((!batch.entries.is_empty()).then_some(batch))
}

/// Drops what is staged, words and all: it was never published.
pub(crate) fn discard(db: &mut Connection) -> Result<(), Error> {
    db.pragma_update(None, "secure_delete", true)?;
    let dropped = drop_all(db);
    db.pragma_update(None, "secure_delete", "FAST")?;
    dropped
}

fn drop_all(db: &mut Connection) -> Result<(), Error> {
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    clear(&change)?;
    Ok(change.commit()?)
}

pub(super) fn clear(db: &Connection) -> Result<(), Error> {
    db.execute("DELETE FROM staged_entry", [])?;
    db.execute("DELETE FROM staged_file", [])?;
    Ok(())
}

/// Documents whose file must still be replaced.
pub(crate) fn erasures(db: &Connection) -> Result<Vec<StagedFile>, Error> {
    let mut statement = db.prepare_cached("SELECT path, document FROM erasure")?;
    let rows =
        statement.query_map([], |row| Ok(StagedFile { path: row.get(0)?, bytes: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes out of the database's files everything that they still hold of what was removed, and then forgets the erasures: whoever
/// is killed in between does it again.
pub(crate) fn erased(db: &Connection) -> Result<(), Error> {
    db.execute("VACUUM", [])?;
    let busy: i64 = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Err(damaged("a reader kept the removed text in the database's journal"));
    }
    db.execute("DELETE FROM erasure", [])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::connect;
    use super::*;

    #[test]
    fn what_is_removed_is_forgotten_when_it_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("edition.sqlite");
        let db = connect::writer(&path).unwrap();
        db.busy_timeout(std::time::Duration::ZERO).unwrap();
        let words = "the name of a witness ".repeat(900);
        db.execute("INSERT INTO staged_file VALUES (1, 'blob/1', ?1)", [words.as_bytes()]).unwrap();
        db.execute("INSERT INTO erasure VALUES ('document/1.json', x'7b7d')", []).unwrap();
        let reader = connect::durable(&path).unwrap();
        reader.execute_batch("BEGIN").unwrap();
        reader.query_row("SELECT count(*) FROM staged_file", [], |_| Ok(())).unwrap();
        db.execute("DELETE FROM staged_file", []).unwrap();
        let held = || {
            let files = ["edition.sqlite", "edition.sqlite-wal"];
            let read = |name: &&str| std::fs::read(home.path().join(name)).unwrap_or_default();
            files.iter().any(|name| read(name).windows(9).any(|bytes| bytes == b"a witness"))
        };
        assert!(erased(&db).is_err() && held());
        assert_eq!(erasures(&db).unwrap().len(), 1, "the next start goes on");
        reader.execute_batch("COMMIT").unwrap();
        erased(&db).unwrap();
        assert!(!held() && erasures(&db).unwrap().is_empty());
    }
}
