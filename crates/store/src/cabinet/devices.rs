//! Browsers that somebody has signed in with before, so that strangers' guesses never lock them out.

use super::engine::values;
use super::{Cabinet, Hash, Id};
use crate::Error;

/// How long a browser is known, ms: 180 days.
const KNOWN: u64 = 180 * 24 * 60 * 60 * 1000;

impl Cabinet {
    /// Remembers the browser that has the token with this hash as one of this person's.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn remember(&self, device: &Hash, person: &Id, now: u64) -> Result<(), Error> {
        self.change(|db| {
            let sql = "DELETE FROM device WHERE at < $1";
            db.execute(sql, &values![now.saturating_sub(KNOWN)])?;
            let sql = "INSERT INTO device (hash, person, at) VALUES ($1, $2, $3) \
                ON CONFLICT (hash, person) DO UPDATE SET at = excluded.at";
            db.execute(sql, &values![device, person, now]).map(|_| ())
        })
    }

    /// Whether anybody has signed in with the browser that has the token with this hash.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn knows_device(&self, device: &Hash, now: u64) -> Result<bool, Error> {
        let sql = "SELECT at FROM device WHERE hash = $1 AND at >= $2 LIMIT 1";
        let values = values![device, now.saturating_sub(KNOWN)];
        self.view(|db| Ok(db.row(sql, &values)?.is_some()))
    }

    /// Whether this person has signed in with the browser that has the token with this hash.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn knows(&self, device: &Hash, person: &Id, now: u64) -> Result<bool, Error> {
        let sql = "SELECT at FROM device WHERE hash = $1 AND person = $2 AND at >= $3";
        let values = values![device, person, now.saturating_sub(KNOWN)];
        self.view(|db| Ok(db.row(sql, &values)?.is_some()))
    }
}
