//! Search over folded words, ranked by the formula that SQLite's FTS5 has, so that both engines give the same order.
//!
//! BM25 with k1 = 1.2 and b = 0.75: for each word, how rare it is times how often it stands in the article, weighted by
//! column and measured against the article's length.

use super::row::{HEAD, get, head};
use super::session::Session;
use super::words::{asked, condition};
use crate::Error;
use crate::rows::Hit;
use crate::sqlite::row::size;
use crate::sqlite::search::passage;

/// Words of a query.
const MOST: usize = 32;

/// Articles that hold all of `words`, the best first: a word in the headline counts ten times one in the text.
pub(crate) fn search(
    db: &Session,
    words: &[String],
    lang: Option<&str>,
    offset: usize,
    limit: usize,
) -> Result<(u64, Vec<Hit>), Error> {
    let mut all = asked(words);
    all.truncate(MOST);
    if all.is_empty() {
        return Ok((0, Vec::new()));
    }
    db.view(|| {
        // Reading every article's words costs far more than the planner believes.
        db.batch("SET LOCAL enable_seqscan = off")?;
        let total = total(db, &all, lang)?;
        if total == 0 {
            return Ok((0, Vec::new()));
        }
        Ok((total, best(db, words, &all, lang, offset, limit)?))
    })
}

fn total(db: &Session, all: &[String], lang: Option<&str>) -> Result<u64, Error> {
    let row = db.row(
        "SELECT count(*) FROM passage JOIN head ON head.number = passage.number \
         WHERE passage.words @@ $1::text::tsquery AND ($2::text IS NULL OR head.lang = $2)",
        &[&condition(all), &lang],
    )?;
    row.map_or(Ok(0), |row| super::row::number(&row, 0))
}

/// How rare each word is, and the mean length of an article.
fn rarity(db: &Session, all: &[String]) -> Result<(Vec<f64>, f64), Error> {
    let row = db.row("SELECT articles, words FROM searchable WHERE id = 1", &[])?;
    let (articles, length): (i64, i64) = match &row {
        Some(row) => (get(row, 0)?, get(row, 1)?),
        None => (0, 0),
    };
    #[allow(clippy::cast_precision_loss)] // Counts of articles and words are far below 2^52.
    let float = |number: i64| number as f64;
    let mut rarities = Vec::with_capacity(all.len());
    for word in all {
        let sql = "SELECT count(*) FROM passage WHERE words @@ $1::text::tsquery";
        let row = db.row(sql, &[&condition(std::slice::from_ref(word))])?;
        let found: i64 = row.map_or(Ok(0), |row| get(&row, 0))?;
        let rarity = ((float(articles) - float(found) + 0.5) / (float(found) + 0.5)).ln();
        rarities.push(if rarity <= 0.0 { 1e-6 } else { rarity });
    }
    Ok((rarities, (float(length) / float(articles.max(1))).max(1e-6)))
}

fn best(
    db: &Session,
    words: &[String],
    all: &[String],
    lang: Option<&str>,
    offset: usize,
    limit: usize,
) -> Result<Vec<Hit>, Error> {
    let (rarities, mean) = rarity(db, all)?;
    let sql = format!(
        "SELECT {HEAD}, passage.body, passage.text FROM ( \
           SELECT passage.number, head.first_at, head.article, ( \
             SELECT sum(rare.rarity * (counted.often * 2.2::float8) / (counted.often + 1.2::float8 * \
               (0.25::float8 + 0.75::float8 * passage.length::float8 / $3::float8)) ORDER BY rare.place) \
             FROM unnest($1::text[], $2::float8[]) WITH ORDINALITY AS rare (word, rarity, place) \
             CROSS JOIN LATERAL (SELECT split_part(split_part(passage.counts, ' ' || rare.word || ':', 2), \
               ' ', 1)::float8 AS often) AS counted) AS score \
           FROM passage JOIN head ON head.number = passage.number \
           WHERE passage.words @@ $4::text::tsquery AND ($5::text IS NULL OR head.lang = $5) \
           ORDER BY score DESC, head.first_at DESC, head.article DESC LIMIT $6 OFFSET $7) AS found \
         JOIN passage ON passage.number = found.number JOIN head ON head.number = found.number \
         ORDER BY found.score DESC, found.first_at DESC, found.article DESC"
    );
    let (limit, offset) = (size(limit), size(offset));
    let values: super::session::Values<'_> =
        &[&all, &rarities, &mean, &condition(all), &lang, &limit, &offset];
    let rows = db.rows(&sql, values)?;
    let hit = |row: &tokio_postgres::Row| {
        let (body, text): (&str, &str) = (get(row, 23)?, get(row, 24)?);
        Ok(Hit { head: head(row)?, snippet: passage(body, text, words) })
    };
    rows.iter().map(hit).collect()
}
