//! Search over folded words, and the passages shown with what it finds.

use super::row::{HEAD, head, size, uint};
use crate::Error;
use crate::rows::Hit;
use ovn_edition::fold::Term;
use rusqlite::{Connection, params};

/// Letters of a passage.
const PASSAGE: usize = 220;
/// Words of a query.
pub(crate) const MOST: usize = 32;

/// Articles that hold all of `terms`, the best first: a word in the headline counts ten times one in the text. A phrase says
/// which are found; they are ranked by its words. Of equals the newest is first.
pub(crate) fn search(
    db: &Connection,
    terms: &[Term],
    lang: Option<&str>,
    offset: usize,
    limit: usize,
) -> Result<(u64, Vec<Hit>), Error> {
    let Some(expression) = expression(words(terms)) else { return Ok((0, Vec::new())) };
    // What is found is ranked and counted by the index alone; the rows to be shown are looked up afterwards.
    let (join, own) = match lang {
        Some(_) => ("JOIN head AS own ON own.number = search.rowid", "own.lang = ?2"),
        None => ("", "?2 IS NULL"),
    };
    let phrases = phrases(terms);
    // The sign keeps each row of the phrase from being a search of its own, which would count the words in all articles again.
    let held = match phrases {
        Some(_) => "+search.rowid IN (SELECT rowid FROM search WHERE search MATCH ?5)",
        None => "?5 IS NULL",
    };
    let mut statement = db.prepare_cached(&format!(
        "SELECT {HEAD}, shown.body, passage.text FROM (SELECT search.rowid AS number, \
           bm25(search, 10.0, 4.0, 1.0) AS score FROM search {join} WHERE search MATCH ?1 AND {own} AND {held} \
           ORDER BY score, search.rowid DESC LIMIT ?3 OFFSET ?4) AS best \
         CROSS JOIN head ON head.number = best.number CROSS JOIN passage ON passage.number = best.number \
         CROSS JOIN search AS shown ON shown.rowid = best.number ORDER BY best.score, best.number DESC"
    ))?;
    let mut rows =
        statement.query(params![&expression, lang, size(limit), size(offset), &phrases])?;
    let (mut hits, needles) = (Vec::new(), needles(terms));
    while let Some(row) = rows.next()? {
        let (body, text): (String, String) = (row.get(23)?, row.get(24)?);
        hits.push(Hit { head: head(row)?, snippet: passage(&body, &text, &needles) });
    }
    // Where the list ends, how many there are is known.
    if hits.len() < limit && (offset == 0 || !hits.is_empty()) {
        return Ok(((offset + hits.len()) as u64, hits));
    }
    let mut count = db.prepare_cached(&format!(
        "SELECT count(*) FROM search {join} WHERE search MATCH ?1 AND {own}"
    ))?;
    let narrow = phrases.as_ref().unwrap_or(&expression);
    let total: i64 = count.query_row(params![narrow, lang], |row| row.get(0))?;
    Ok((uint(total), hits))
}

/// Every word of `terms`, those of phrases too.
pub(crate) fn words(terms: &[Term]) -> impl Iterator<Item = &String> {
    terms.iter().flat_map(|term| match term {
        Term::Word(word) => std::slice::from_ref(word),
        Term::Phrase(words) => words.as_slice(),
    })
}

/// All the words, each as a quoted string, so that none is read as an operator.
fn expression<'a>(words: impl Iterator<Item = &'a String>) -> Option<String> {
    let quoted: Vec<String> =
        words.filter(|word| holds_letter(word)).take(MOST).map(|word| quoted(word)).collect();
    (!quoted.is_empty()).then(|| quoted.join(" "))
}

/// The same where a phrase is asked for: a string of several words is one.
fn phrases(terms: &[Term]) -> Option<String> {
    let phrase = |term: &Term| match term {
        Term::Word(word) => word.clone(),
        Term::Phrase(words) => words.join(" "),
    };
    let any = terms.iter().any(|term| matches!(term, Term::Phrase(_)));
    let strings: Vec<String> = terms.iter().map(phrase).collect();
    any.then(|| expression(strings.iter())).flatten()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace(['"', '\0'], ""))
}

fn holds_letter(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// What a passage is looked for by: every word of `terms`, and every phrase whole.
pub(crate) fn needles(terms: &[Term]) -> Vec<String> {
    let phrase = |term: &Term| match term {
        Term::Word(_) => None,
        Term::Phrase(words) => Some(words.join(" ")),
    };
    words(terms).cloned().chain(terms.iter().filter_map(phrase)).collect()
}

/// The line of `text` whose folded form in `body` holds the most of `needles`, cut between words.
pub(crate) fn passage(body: &str, text: &str, needles: &[String]) -> String {
    let score = |line: &str| needles.iter().filter(|one| line.contains(one.as_str())).count();
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

    fn terms(words: &[&str]) -> Vec<Term> {
        words.iter().map(|word| Term::Word((*word).to_owned())).collect()
    }

    #[test]
    fn case_077_operators_are_words() {
        let check = |asked: &[&str], expected: Option<&str>| {
            assert_eq!(expression(words(&terms(asked))).as_deref(), expected);
        };
        check(&["a", "or", "b"], Some("\"a\" \"or\" \"b\""));
        check(&["a\"", "NEAR("], Some("\"a\" \"NEAR(\""));
        check(&["*", "\"", ""], None);
        check(&[], None);
    }

    #[test]
    fn a_phrase_is_one_string_and_its_words_rank() {
        let check = |asked: &str, ranked: &str, found: Option<&str>| {
            let terms = ovn_edition::fold::query(asked);
            assert_eq!(expression(words(&terms)).as_deref(), Some(ranked), "{asked}");
            assert_eq!(phrases(&terms).as_deref(), found, "{asked}");
        };
        check("port \"of Karachi\"", r#""port" "of" "karachi""#, Some(r#""port" "of karachi""#));
        check("port of", r#""port" "of""#, None);
        check("\"port\"", r#""port""#, None);
    }

    #[test]
    fn the_passage_is_the_line_with_the_words() {
        let words = needles(&terms(&["karachi", "port"]));
        let body = "first line\nthe port\nthe port of karachi";
        let text = "First line\nThe port\nThe Port of Karachi";
        assert_eq!(passage(body, text, &words), "The Port of Karachi");
        assert_eq!(passage(body, text, &needles(&terms(&["other"]))), "First line");
        let phrase = [Term::Phrase(vec!["the".into(), "port".into(), "of".into()])];
        assert_eq!(passage(body, text, &needles(&phrase)), "The Port of Karachi");
        assert_eq!(passage("", "", &words), "");
        let long = "ab ".repeat(200);
        assert!(cut(&long).chars().count() <= PASSAGE + 2);
    }
}
