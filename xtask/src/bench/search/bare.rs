//! The engines alone: the count and the forty best articles with headline and text, as each engine's manual has it, on the
//! product's own rows.
//!
//! SQLite: FTS5's `bm25` with the same weights. PostgreSQL: a `tsvector` with weights and positions under a GIN index,
//! ranked by `ts_rank`; its order is another one, since it does not know how rare a word is.

use ovn_edition::fold::Term;
use std::path::Path;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls, Statement};

/// The best of them.
const LIMIT: i64 = super::PAGE as i64;
/// The engine's own search over the same texts.
const INDEX: &str = "CREATE TABLE IF NOT EXISTS bare AS SELECT number, setweight(to_tsvector('simple', headline), 'A') || \
    setweight(to_tsvector('simple', standfirst), 'B') || to_tsvector('simple', body) AS words FROM passage; \
    CREATE INDEX IF NOT EXISTS bare_words ON bare USING gin (words) WITH (fastupdate = off)";

/// Connected to an engine.
pub(super) enum Bare {
    Sqlite(rusqlite::Connection),
    Postgres(Box<Postgres>),
}

pub(super) struct Postgres {
    runtime: Runtime,
    client: Client,
    count: Statement,
    best: Statement,
}

fn said(error: impl std::fmt::Display) -> String {
    format!("the engine alone: {error}")
}

impl Bare {
    pub(super) fn sqlite(dir: &Path) -> Result<Self, String> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let db = rusqlite::Connection::open_with_flags(dir.join("edition.sqlite"), flags);
        Ok(Self::Sqlite(db.map_err(said)?))
    }

    pub(super) fn postgres(address: &str) -> Result<Self, String> {
        let runtime =
            Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(said)?;
        let (client, connection) =
            runtime.block_on(tokio_postgres::connect(address, NoTls)).map_err(said)?;
        runtime.spawn(connection);
        let prepare = async {
            client.batch_execute(INDEX).await?;
            client.batch_execute("VACUUM ANALYZE").await?;
            client.batch_execute("SET enable_seqscan = off; SET jit = off").await?;
            let count = "SELECT count(*) FROM bare WHERE words @@ $1::text::tsquery";
            let best = "SELECT passage.headline, passage.body FROM (SELECT number, \
                ts_rank(words, $1::text::tsquery) AS score FROM bare WHERE words @@ $1::text::tsquery \
                ORDER BY score DESC LIMIT $2) AS best JOIN passage USING (number) ORDER BY score DESC";
            Ok::<_, tokio_postgres::Error>((
                client.prepare(count).await?,
                client.prepare(best).await?,
            ))
        };
        let (count, best) = runtime.block_on(prepare).map_err(said)?;
        Ok(Self::Postgres(Box::new(Postgres { runtime, client, count, best })))
    }

    /// How many articles hold all of `terms`; the best of them are fetched too.
    pub(super) fn search(&mut self, terms: &[Term]) -> Result<u64, String> {
        match self {
            Self::Sqlite(db) => sqlite(db, terms).map_err(said),
            Self::Postgres(engine) => engine.search(terms).map_err(said),
        }
    }
}

fn sqlite(db: &rusqlite::Connection, terms: &[Term]) -> rusqlite::Result<u64> {
    let asked = written(terms, |words| format!("\"{}\"", words.join(" ")), " ");
    let mut count = db.prepare_cached("SELECT count(*) FROM search WHERE search MATCH ?1")?;
    let total: i64 = count.query_row([&asked], |row| row.get(0))?;
    let mut best = db.prepare_cached(
        "SELECT headline, body FROM search WHERE search MATCH ?1 ORDER BY bm25(search, 10.0, 4.0, 1.0) LIMIT ?2",
    )?;
    let mut rows = best.query(rusqlite::params![asked, LIMIT])?;
    while let Some(row) = rows.next()? {
        let _: (String, String) = (row.get(0)?, row.get(1)?);
    }
    Ok(u64::try_from(total).unwrap_or(0))
}

/// The terms in an engine's writing; a word is a phrase of one.
fn written(terms: &[Term], phrase: impl Fn(&[String]) -> String, between: &str) -> String {
    let one = |term: &Term| match term {
        Term::Word(word) => phrase(std::slice::from_ref(word)),
        Term::Phrase(words) => phrase(words),
    };
    terms.iter().map(one).collect::<Vec<_>>().join(between)
}

impl Postgres {
    fn search(&self, terms: &[Term]) -> Result<u64, tokio_postgres::Error> {
        let quoted = |words: &[String]| {
            let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
            words.join(" <-> ")
        };
        let asked = written(terms, quoted, " & ");
        self.runtime.block_on(async {
            let total: i64 = self.client.query_one(&self.count, &[&asked]).await?.try_get(0)?;
            for row in self.client.query(&self.best, &[&asked, &LIMIT]).await? {
                let _: (String, String) = (row.try_get(0)?, row.try_get(1)?);
            }
            Ok(u64::try_from(total).unwrap_or(0))
        })
    }
}
