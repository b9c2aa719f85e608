//! Publishing: staged entries become rows that readers see, in the one transaction that moves the state.

use super::insert::insert;
use super::row::{get, number};
use super::session::Session;
use super::{entries, staging, words};
use crate::error::damaged;
use crate::rows::Head;
use crate::sqlite::row::{int, kind_word, list};
use crate::sqlite::sources;
use crate::tables::{COUNTED_PASSAGE, ENTRY, ERASURE, NEW_HEAD, REMOVAL, Rows, SOURCE, TAG, Value};
use crate::{Batch, Error, Facts, Redaction, StagedEntry};
use ovn_edition::leaf::{Id, Leaf};
use std::collections::BTreeMap;

/// Where every node hears of a new generation.
pub(crate) const CHANNEL: &str = "ovn_generation";

/// Makes `staged`, as it was read back, public under `checkpoint`, and tells the other nodes.
pub(crate) fn publish(db: &Session, staged: &Batch, checkpoint: &[u8]) -> Result<(), Error> {
    db.change(|| {
        let count = db.row("SELECT count(*) FROM staged_entry", &[])?;
        let count = count.map_or(Ok(0), |row| number(&row, 0))?;
        if count == 0 || count != staged.entries.len() as u64 {
            return Err(damaged("nothing is staged, or not this"));
        }
        let mut state = entries::state(db)?;
        let first = state.size;
        if staged.entries.first().is_none_or(|entry| entry.seq != first) {
            return Err(damaged("what is staged does not follow the published entries"));
        }
        let mut rows: Rows = Vec::with_capacity(staged.entries.len());
        let mut heads: BTreeMap<Id, (&Head, &Facts)> = BTreeMap::new();
        let mut removals = Vec::new();
        for entry in &staged.entries {
            let leaf = Leaf::read(&entry.leaf).map_err(damaged)?;
            rows.push(row(entry, &leaf));
            if let Some(head) = &entry.facts.head {
                // Of several revisions in one batch, lists show the last.
                heads.insert(head.id, (head, &entry.facts));
            }
            state.size = entry.seq + 1;
            state.at = state.at.max(leaf.at);
            removals.extend(entry.facts.redaction.as_ref().map(|one| (entry.seq, leaf.at, one)));
        }
        insert(db, &ENTRY, rows, "")?;
        for (seq, at, redaction) in removals {
            redact(db, seq, at, redaction)?;
        }
        put_heads(db, &heads)?;
        db.execute(
            "UPDATE state SET size = $1, at = $2, generation = generation + 1, checkpoint = $3 WHERE id = 1",
            &[&int(state.size), &int(state.at), &checkpoint],
        )?;
        let tell = "SELECT pg_notify($1, generation::text) FROM state WHERE id = 1";
        db.execute(tell, &[&CHANNEL])?;
        staging::clear(db)
    })
}

fn row(entry: &StagedEntry, leaf: &Leaf) -> Vec<Value> {
    // A removal tells of the article as it is after it; its own class and note are in its own table.
    let head = entry.facts.head.as_ref().filter(|_| entry.facts.redaction.is_none());
    vec![
        int(entry.seq).into(),
        leaf.kind.word().into(),
        leaf.article.as_ref().map(|step| step.id.as_slice()).into(),
        leaf.article.as_ref().map(|step| i64::from(step.rev)).into(),
        int(leaf.at).into(),
        entry.leaf.as_slice().into(),
        entry.document.as_slice().into(),
        head.map(|head| head.class.word()).into(),
        head.and_then(|head| head.note.as_ref()).into(),
        entry.facts.asked_by.as_ref().into(),
        head.map(|head| &head.local).into(),
    ]
}

/// Takes blocks, with their salts, out of the database; the document's file follows.
fn redact(db: &Session, seq: u64, at: u64, one: &Redaction) -> Result<(), Error> {
    let blocks = one.blocks.as_ref().map(serde_json::to_string).transpose().map_err(damaged)?;
    let removal = vec![
        int(seq).into(),
        one.id.as_slice().into(),
        int(at).into(),
        i64::from(one.rev).into(),
        (&one.ground).into(),
        one.note.as_ref().into(),
        blocks.into(),
    ];
    insert(db, &REMOVAL, vec![removal], "")?;
    let document = one.document.as_bytes();
    db.execute(
        "UPDATE entry SET document = $2, note = $3, asked_by = $4 WHERE seq = $1",
        &[&int(one.seq), &document, &one.revision_note, &one.revision_asked_by],
    )?;
    // No bytes: the file goes.
    let none: &[u8] = &[];
    let blobs: std::collections::BTreeSet<&String> = one.blobs.iter().collect();
    let mut erasures: Rows = vec![vec![(&one.path).into(), document.into()]];
    erasures.extend(blobs.into_iter().map(|name| vec![format!("blob/{name}").into(), none.into()]));
    let again = "ON CONFLICT (path) DO UPDATE SET document = excluded.document";
    insert(db, &ERASURE, erasures, again)?;
    Ok(())
}

/// Puts articles into lists and search, in the place of what stood there before.
fn put_heads(db: &Session, heads: &BTreeMap<Id, (&Head, &Facts)>) -> Result<(), Error> {
    let rows: Rows = heads.values().map(|(head, _)| head_row(head)).collect();
    let changed = NEW_HEAD.columns.iter().map(|(name, _)| *name);
    let changed = changed.filter(|name| !matches!(*name, "article" | "first_at" | "first_local"));
    let changed: Vec<String> = changed.map(|name| format!("{name} = excluded.{name}")).collect();
    let then = format!(
        "ON CONFLICT (article) DO UPDATE SET {} RETURNING number, article",
        changed.join(", ")
    );
    let mut numbers: Vec<i64> = Vec::with_capacity(heads.len());
    let (mut tags, mut cited, mut passages): (Rows, Rows, Rows) = Default::default();
    for row in insert(db, &NEW_HEAD, rows, &then)? {
        let number: i64 = get(&row, 0)?;
        let id: Id = get::<&[u8]>(&row, 1)?.try_into().map_err(damaged)?;
        let (head, facts) = heads.get(&id).ok_or_else(|| damaged("an article nobody put"))?;
        numbers.push(number);
        tags.extend(tag_rows(number, head));
        for (source, place) in facts.sources.iter().zip(0_i64..) {
            let csl = serde_json::to_string(source).map_err(damaged)?;
            cited.push(vec![number.into(), place.into(), sources::name(source).into(), csl.into()]);
        }
        passages.extend(facts.search.as_ref().map(|search| {
            let counted = words::count(search);
            let texts = [&search.headline, &search.standfirst, &search.body, &search.text];
            let mut row = vec![Value::Int(number)];
            row.extend(texts.map(Value::from));
            row.extend(counted.row());
            row
        }));
    }
    db.execute("DELETE FROM tag WHERE head = ANY($1)", &[&numbers])?;
    db.execute("DELETE FROM source WHERE head = ANY($1)", &[&numbers])?;
    insert(db, &TAG, tags, "ON CONFLICT DO NOTHING")?;
    insert(db, &SOURCE, cited, "")?;
    put_passages(db, &numbers, passages)
}

/// Replaces the words of articles, and counts them in the whole. Other engines' rows come this way too.
pub(crate) fn put_passages(db: &Session, numbers: &[i64], passages: Rows) -> Result<(), Error> {
    let gone = db.rows(
        "WITH gone AS (DELETE FROM passage WHERE number = ANY($1) RETURNING length, words), \
         less AS (SELECT count(*) AS articles, coalesce(sum(length), 0)::bigint AS words FROM gone), \
         fewer AS (UPDATE searchable SET articles = searchable.articles - less.articles, \
           words = searchable.words - less.words FROM less WHERE id = 1), \
         lost AS (SELECT word, count(*) AS articles FROM gone, unnest(tsvector_to_array(words)) AS word GROUP BY word) \
         UPDATE term SET articles = term.articles - lost.articles FROM lost WHERE term.word = lost.word \
         RETURNING CASE WHEN term.articles = 0 THEN term.word END",
        &[&numbers],
    )?;
    let rows = insert(db, &COUNTED_PASSAGE, passages, "RETURNING number, length")?;
    let all = |place| rows.iter().map(|row| get(row, place)).collect::<Result<Vec<i64>, _>>();
    let (added, lengths) = (all(0)?, all(1)?);
    let (articles, words) =
        (i64::try_from(lengths.len()).unwrap_or(0), lengths.iter().sum::<i64>());
    db.execute(
        "UPDATE searchable SET articles = articles + $1, words = words + $2 WHERE id = 1",
        &[&articles, &words],
    )?;
    db.execute(
        "INSERT INTO term SELECT word, count(*) FROM passage, unnest(tsvector_to_array(words)) AS word \
         WHERE number = ANY($1) GROUP BY word \
         ON CONFLICT (word) DO UPDATE SET articles = term.articles + excluded.articles",
        &[&added],
    )?;
    // A word that stands nowhere any more is not kept.
    let nowhere = gone.iter().filter_map(|row| get::<Option<String>>(row, 0).transpose());
    let nowhere = nowhere.collect::<Result<Vec<String>, _>>()?;
    if !nowhere.is_empty() {
        db.execute("DELETE FROM term WHERE word = ANY($1) AND articles = 0", &[&nowhere])?;
    }
    Ok(())
}

fn head_row(head: &Head) -> Vec<Value> {
    vec![
        head.id.as_slice().into(),
        kind_word(head.kind).into(),
        i64::from(head.rev).into(),
        (&head.path).into(),
        (&head.lang).into(),
        (&head.headline).into(),
        head.standfirst.as_ref().into(),
        list(&head.byline).into(),
        list(&head.sections).into(),
        list(&head.topics).into(),
        head.story.as_ref().into(),
        int(head.first_at).into(),
        (&head.first_local).into(),
        int(head.at).into(),
        (&head.local).into(),
        head.class.word().into(),
        head.note.as_ref().into(),
        i64::from(head.sources).into(),
        i64::from(head.parties).into(),
        i64::from(head.heard).into(),
        head.corrected.map(int).into(),
        head.translation_of.as_ref().into(),
        i64::from(head.withdrawn).into(),
    ]
}

fn tag_rows(number: i64, head: &Head) -> Vec<Vec<Value>> {
    let story = head.story.as_slice();
    let kinds = [("section", head.sections.as_slice()), ("topic", &head.topics), ("story", story)];
    let names =
        kinds.into_iter().flat_map(|(kind, names)| names.iter().map(move |name| (kind, name)));
    names.map(|(kind, name)| vec![kind.into(), name.into(), number.into()]).collect()
}
