//! Search over folded words, and the passages shown with what it finds.

use super::row::{HEAD, head, size, uint};
use crate::Error;
use crate::rows::Hit;
use rusqlite::{Connection, params};

/// Letters of a passage.
const PASSAGE: usize = 220;

/// Articles that hold all of `words`, the best first: a word in the headline counts ten times one in the text. Of equals
/// the newest is first.
pub(crate) fn search(
    db: &Connection,
    words: &[String],
    lang: Option<&str>,
    offset: usize,
    limit: usize,
) -> Result<(u64, Vec<Hit>), Error> {
    let Some(expression) = expression(words) else { return Ok((0, Vec::new())) };
    // What is found is counted and ranked by the index alone; the rows to be shown are looked up afterwards.
    let (join, own) = match lang {
        Some(_) => ("JOIN head AS own ON own.number = search.rowid", "own.lang = ?2"),
        None => ("", "?2 IS NULL"),
    };
    let mut count = db.prepare_cached(&format!(
        "SELECT count(*) FROM search {join} WHERE search MATCH ?1 AND {own}"
    ))?;
    let total: i64 = count.query_row(params![expression, lang], |row| row.get(0))?;
    let mut statement = db.prepare_cached(&format!(
        "SELECT {HEAD}, shown.body, passage.text FROM (SELECT search.rowid AS number, \
           bm25(search, 10.0, 4.0, 1.0) AS score FROM search {join} WHERE search MATCH ?1 AND {own} \
           ORDER BY score, search.rowid DESC LIMIT ?3 OFFSET ?4) AS best \
         CROSS JOIN head ON head.number = best.number CROSS JOIN passage ON passage.number = best.number \
         CROSS JOIN search AS shown ON shown.rowid = best.number ORDER BY best.score, best.number DESC"
    ))?;
    let mut rows = statement.query(params![expression, lang, size(limit), size(offset)])?;
    let mut hits = Vec::new();
    while let Some(row) = rows.next()? {
        let (body, text): (String, String) = (row.get(23)?, row.get(24)?);
        hits.push(Hit { head: head(row)?, snippet: passage(&body, &text, words) });
    }
    Ok((uint(total), hits))
}

/// All the words, each as a quoted string, so that none is read as an operator.
fn expression(words: &[String]) -> Option<String> {
    let holds_letter = |word: &&String| word.chars().any(char::is_alphanumeric);
    let quoted: Vec<String> = words
        .iter()
        .filter(holds_letter)
        .take(32)
        .map(|word| format!("\"{}\"", word.replace(['"', '\0'], "")))
        .collect();
    (!quoted.is_empty()).then(|| quoted.join(" "))
}

/// The line of `text` whose folded form in `body` holds the most of `words`, cut between words.
pub(crate) fn passage(body: &str, text: &str, words: &[String]) -> String {
    let score = |line: &str| words.iter().filter(|word| line.contains(word.as_str())).count();
    let mut best = (0, "");
    for (folded, written) in body.lines().zip(text.lines()) {
        let found = score(folded);
        if best.1.is_empty() || found > best.0 {
            best = (found, written);
        }
    }
    cut(best.1)
}

fn cut(line: &str) -> String {
    let Some((end, _)) = line.char_indices().nth(PASSAGE) else { return line.to_owned() };
    let head = line.get(..end).unwrap_or(line);
    let head = head.rsplit_once(' ').map_or(head, |(before, _)| before);
    format!("{head} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_077_operators_are_words() {
        let check = |words: &[&str], expected: Option<&str>| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(expression(&words).as_deref(), expected);
        };
        check(&["a", "or", "b"], Some("\"a\" \"or\" \"b\""));
        check(&["a\"", "NEAR("], Some("\"a\" \"NEAR(\""));
        check(&["*", "\"", ""], None);
        check(&[], None);
    }

    #[test]
    fn the_passage_is_the_line_with_the_words() {
        let words = ["karachi".to_owned(), "port".to_owned()];
        let body = "first line\nthe port\nthe port of karachi";
        let text = "First line\nThe port\nThe Port of Karachi";
        assert_eq!(passage(body, text, &words), "The Port of Karachi");
        assert_eq!(passage(body, text, &["other".to_owned()]), "First line");
        assert_eq!(passage("", "", &words), "");
        let long = "ab ".repeat(200);
        assert!(cut(&long).chars().count() <= PASSAGE + 2);
    }
}
