//! Search over folded words, ranked by the formula that SQLite's FTS5 has, so that both engines give the same order.
//!
//! BM25 with k1 = 1.2 and b = 0.75: for each word, how rare it is times how often it stands in the article, weighted by
//! column and measured against the article's length.

use super::row::{HEAD, get, head};
use super::session::Session;
use super::words::{Phrases, asked, condition, held, phrases};
use crate::Error;
use crate::error::damaged;
use crate::rows::Hit;
use crate::sqlite::row::{size, uint};
use crate::sqlite::search::{MOST, needles, passage, words};
use ovn_edition::fold::Term;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

/// What is asked for.
struct Asked<'a> {
    /// Every word, those of phrases too.
    words: Vec<String>,
    phrases: Option<Phrases>,
    lang: Option<&'a str>,
}

/// Articles that hold all of `terms`, the best first: a word in the headline counts ten times one in the text. A phrase says
/// which are found; they are ranked by its words. Of equals the newest is first.
pub(crate) fn search(
    db: &Session,
    terms: &[Term],
    lang: Option<&str>,
    offset: usize,
    limit: usize,
) -> Result<(u64, Vec<Hit>), Error> {
    let phrases = Some(phrases(terms)).filter(|phrases| !phrases.is_empty());
    let phrases = phrases.map(|phrases| Phrases::of(&phrases));
    let mut asked = Asked { words: asked(words(terms)), phrases, lang };
    asked.words.truncate(MOST);
    if asked.words.is_empty() {
        return Ok((0, Vec::new()));
    }
    let found = Found::count(db, &asked)?;
    if found.total == Some(0) {
        db.no_more_rows()?;
        return Ok((0, Vec::new()));
    }
    let hits = best(db, &asked, &found, (offset, limit))?;
    let total = match (found.total, hits.first()) {
        (Some(total), _) => total,
        (None, Some(row)) => super::row::number(row, 25)?,
        (None, None) if offset == 0 => 0,
        // Behind the last page there is no row to tell how many there are.
        (None, None) => total(db, &asked)?,
    };
    let needles = needles(terms);
    let hit = |row: &Row| {
        let (body, text): (&str, &str) = (get(row, 23)?, get(row, 24)?);
        Ok(Hit { head: head(row)?, snippet: passage(body, text, &needles) })
    };
    Ok((total, hits.iter().map(hit).collect::<Result<_, Error>>()?))
}

/// What ranking needs to know of the whole.
struct Found {
    /// How many are found; `None` where phrases are asked for, which are dear to look for: ranking counts them then.
    total: Option<u64>,
    /// How rare each word is.
    rarities: Vec<f64>,
    /// The mean length of an article.
    mean: f64,
}

impl Found {
    fn count(db: &Session, asked: &Asked<'_>) -> Result<Self, Error> {
        let (all, plain) = (&asked.words, asked.lang.is_none() && asked.phrases.is_none());
        // One word alone has been counted already; language and phrases are asked for apart.
        let together = Some(condition(all)).filter(|_| all.len() > 1 && plain);
        let rows = db.first_rows(
            "SELECT articles, words, ARRAY(SELECT coalesce(term.articles, 0) FROM unnest($1::text[]) WITH ORDINALITY \
               AS one (word, place) LEFT JOIN term ON term.word = one.word ORDER BY place), \
             (SELECT count(*) FROM passage WHERE passage.words @@ $2::text::tsquery) \
             FROM searchable WHERE id = 1",
            &[all, &together],
        )?;
        let row = rows.first();
        let row = row.ok_or_else(|| damaged("what can be searched was never counted"))?;
        #[allow(clippy::cast_precision_loss)] // Counts of articles and words are far below 2^52.
        let float = |number: i64| number as f64;
        let (articles, length, counts) =
            (float(get(row, 0)?), float(get(row, 1)?), get::<Vec<i64>>(row, 2)?);
        let rarity = |found: &i64| {
            let rarity = ((articles - float(*found) + 0.5) / (float(*found) + 0.5)).ln();
            if rarity <= 0.0 { 1e-6 } else { rarity }
        };
        let rarities: Vec<f64> = counts.iter().map(rarity).collect();
        let total = match (plain, counts.as_slice()) {
            _ if asked.phrases.is_some() => None,
            (false, _) => Some(total(db, asked)?),
            (true, [one]) => Some(uint(*one)),
            (true, _) => Some(uint(get(row, 3)?)),
        };
        Ok(Self { total, rarities, mean: (length / articles.max(1.0)).max(1e-6) })
    }
}

fn total(db: &Session, asked: &Asked<'_>) -> Result<u64, Error> {
    let (words, mut join, mut and) = (condition(&asked.words), "", String::new());
    let mut values: Vec<&(dyn ToSql + Sync)> = vec![&words];
    if asked.lang.is_some() {
        join = "JOIN head ON head.number = passage.number";
        values.push(&asked.lang);
        and += &format!(" AND head.lang = ${}", values.len());
    }
    if let Some(phrases) = &asked.phrases {
        and += &format!(" AND {}", held(values.len() + 1));
        values.extend(phrases.values());
    }
    let row = db.row(
        &format!(
            "SELECT count(*) FROM passage {join} WHERE passage.words @@ $1::text::tsquery{and}"
        ),
        &values,
    )?;
    row.map_or(Ok(0), |row| super::row::number(&row, 0))
}

/// The statement that ranks what holds so many words. Each word's count is read once from the article's counts, where a
/// word that counts once is left out.
fn ranking(asked: &Asked<'_>) -> String {
    let (mut counts, mut scores) = (String::new(), Vec::new());
    for place in 0..asked.words.len() {
        let (word, rarity) = (6 + 2 * place, 7 + 2 * place);
        counts += &format!(
            ", coalesce(nullif(split_part(split_part(passage.counts, ${word}::text, 2), ' ', 1), ''), '1')::float8 \
             AS often{place}"
        );
        scores.push(format!(
            "${rarity}::float8 * (often{place} * 2.2::float8) / (often{place} + share)"
        ));
    }
    let score = scores.join(" + ");
    let (join, mut own) = if asked.lang.is_some() {
        ("JOIN head AS own ON own.number = passage.number", "own.lang = $5::text".to_owned())
    } else {
        ("", "$5::text IS NULL".to_owned())
    };
    let mut total = "0::bigint";
    if asked.phrases.is_some() {
        own += &format!(" AND {}", held(6 + 2 * asked.words.len()));
        total = "count(*) OVER ()";
    }
    format!(
        "SELECT {HEAD}, passage.body, passage.text, best.total FROM ( \
           SELECT number, {score} AS score, {total} AS total FROM ( \
             SELECT passage.number, \
               1.2::float8 * (0.25::float8 + 0.75::float8 * passage.length::float8 / $2::float8) AS share{counts} \
             FROM passage {join} WHERE passage.words @@ $1::text::tsquery AND {own} OFFSET 0) AS counted \
           ORDER BY score DESC, number DESC LIMIT $3 OFFSET $4) AS best \
         JOIN passage ON passage.number = best.number JOIN head ON head.number = best.number \
         ORDER BY best.score DESC, best.number DESC"
    )
}

fn best(
    db: &Session,
    asked: &Asked<'_>,
    found: &Found,
    (offset, limit): (usize, usize),
) -> Result<Vec<Row>, Error> {
    let (all, limit, offset) = (condition(&asked.words), size(limit), size(offset));
    let words: Vec<String> = asked.words.iter().map(|word| format!(" {word}:")).collect();
    let mut values: Vec<&(dyn ToSql + Sync)> =
        vec![&all, &found.mean, &limit, &offset, &asked.lang];
    for (word, rarity) in words.iter().zip(&found.rarities) {
        values.push(word);
        values.push(rarity);
    }
    if let Some(phrases) = &asked.phrases {
        values.extend(phrases.values());
    }
    db.last_rows(&ranking(asked), &values)
}
