//! What the disk does at its barest.

use crate::bench::figures::rate;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long each is measured.
const LONG: Duration = Duration::from_secs(2);
/// About the size of an entry's row.
const BYTES: usize = 2_000;

/// Appends to one file a second, each synced before the next.
pub(super) fn appends(place: &Path) -> Result<f64, String> {
    let failed = |error: std::io::Error| format!("the reference's file: {error}");
    let path = place.join("appends");
    let mut file = File::create(&path).map_err(failed)?;
    let (since, mut count) = (Instant::now(), 0);
    while since.elapsed() < LONG {
        file.write_all(&[b'x'; BYTES]).and_then(|()| file.sync_data()).map_err(failed)?;
        count += 1;
    }
    let took = since.elapsed();
    std::fs::remove_file(&path).map_err(failed)?;
    Ok(rate(count, took))
}

/// Commits of one row a second to SQLite as the store opens it.
pub(super) fn commits(place: &Path) -> Result<f64, String> {
    let failed = |error: rusqlite::Error| format!("the reference's database: {error}");
    let path = place.join("commits.sqlite");
    let db = rusqlite::Connection::open(&path).map_err(failed)?;
    db.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
    db.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
    db.execute_batch(
        "CREATE TABLE IF NOT EXISTS row (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
    )
    .map_err(failed)?;
    let (since, mut count) = (Instant::now(), 0);
    while since.elapsed() < LONG {
        db.execute("INSERT INTO row (bytes) VALUES (?1)", [vec![b'x'; BYTES]]).map_err(failed)?;
        count += 1;
    }
    Ok(rate(count, since.elapsed()))
}
