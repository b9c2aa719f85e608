//! Publishing: staged entries become rows that readers see, in the one transaction that moves the state.

use super::row::{int, kind_word, list};
use super::{entries, sources, staging};
use crate::error::damaged;
use crate::rows::Head;
use crate::{Batch, Error, Facts, Redaction, StagedEntry};
use ovn_edition::leaf::Leaf;
use rusqlite::{Connection, TransactionBehavior, params};

/// Makes `staged`, as it was read back, public under `checkpoint`, when all rows are written and `ready` says so;
/// gives what it said. Nothing is changed where that is `false`.
pub(crate) fn publish(
    db: &mut Connection,
    staged: &Batch,
    checkpoint: &[u8],
    ready: impl FnOnce() -> bool,
) -> Result<bool, Error> {
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let count: usize = change
        .query_row("SELECT count(*) FROM staged_entry", [], |row| row.get(0))
        .map(|count: i64| usize::try_from(count).unwrap_or(0))?;
    if count == 0 || count != staged.entries.len() {
        return Err(damaged("nothing is staged, or not this"));
    }
    let mut state = entries::state(&change)?;
    let first = state.size;
    if staged.entries.first().is_none_or(|entry| entry.seq != first) {
        return Err(damaged("what is staged does not follow the published entries"));
    }
    for entry in &staged.entries {
        let leaf = Leaf::read(&entry.leaf).map_err(damaged)?;
        put_entry(&change, entry, &leaf)?;
        if let Some(redaction) = &entry.facts.redaction {
            redact(&change, entry.seq, &leaf, redaction)?;
        }
        if let Some(head) = &entry.facts.head {
            put_head(&change, head, &entry.facts)?;
        }
        state.size = entry.seq + 1;
        state.at = state.at.max(leaf.at);
    }
    change.execute(
        "UPDATE state SET size = ?1, at = ?2, generation = generation + 1, checkpoint = ?3 WHERE id = 1",
        params![int(state.size), int(state.at), checkpoint],
    )?;
    staging::clear(&change)?;
    if !ready() {
        return Ok(false);
    }
    change.commit()?;
    Ok(true)
}

fn put_entry(db: &Connection, entry: &StagedEntry, leaf: &Leaf) -> Result<(), Error> {
    // A removal tells of the article as it is after it; its own class and note are in its own table.
    let head = entry.facts.head.as_ref().filter(|_| entry.facts.redaction.is_none());
    let mut statement = db.prepare_cached(
        "INSERT INTO entry (seq, kind, article, rev, at, leaf, document, class, note, asked_by, local) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    statement.execute(params![
        int(entry.seq),
        leaf.kind.word(),
        leaf.article.map(|step| step.id),
        leaf.article.map(|step| step.rev),
        int(leaf.at),
        entry.leaf,
        entry.document,
        head.map(|head| head.class.word()),
        head.and_then(|head| head.note.as_ref()),
        entry.facts.asked_by,
        head.map(|head| &head.local),
    ])?;
    Ok(())
}

/// Takes blocks, with their salts, out of the database; the document's file follows.
fn redact(db: &Connection, seq: u64, leaf: &Leaf, one: &Redaction) -> Result<(), Error> {
    let blocks = one.blocks.as_ref().map(serde_json::to_string).transpose().map_err(damaged)?;
    db.execute(
        "INSERT INTO removal (seq, article, at, rev, ground, note, blocks) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![int(seq), one.id, int(leaf.at), one.rev, one.ground, one.note, blocks],
    )?;
    let document = one.document.as_bytes();
    db.execute(
        "UPDATE entry SET document = ?2, note = ?3, asked_by = ?4 WHERE seq = ?1",
        params![int(one.seq), document, one.revision_note, one.revision_asked_by],
    )?;
    db.execute(
        "INSERT OR REPLACE INTO erasure (path, document) VALUES (?1, ?2)",
        params![one.path, document],
    )?;
    for name in &one.blobs {
        // No bytes: the file goes.
        db.execute(
            "INSERT OR REPLACE INTO erasure (path, document) VALUES (?1, x'')",
            [format!("blob/{name}")],
        )?;
    }
    Ok(())
}

pub(crate) fn put_head(db: &Connection, head: &Head, facts: &Facts) -> Result<(), Error> {
    let mut statement = db.prepare_cached(
        "INSERT INTO head (article, kind, rev, path, lang, headline, standfirst, byline, sections, topics, story, \
         first_at, first_local, at, local, class, note, sources, parties, heard, corrected, translation_of, withdrawn) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, \
         ?22, ?23) ON CONFLICT (article) DO UPDATE SET kind = excluded.kind, rev = excluded.rev, path = excluded.path, \
         lang = excluded.lang, headline = excluded.headline, standfirst = excluded.standfirst, \
         byline = excluded.byline, sections = excluded.sections, topics = excluded.topics, story = excluded.story, \
         at = excluded.at, local = excluded.local, class = excluded.class, note = excluded.note, \
         sources = excluded.sources, parties = excluded.parties, heard = excluded.heard, \
         corrected = excluded.corrected, translation_of = excluded.translation_of, withdrawn = excluded.withdrawn \
         RETURNING number",
    )?;
    let values = params![
        head.id,
        kind_word(head.kind),
        head.rev,
        head.path,
        head.lang,
        head.headline,
        head.standfirst,
        list(&head.byline),
        list(&head.sections),
        list(&head.topics),
        head.story,
        int(head.first_at),
        head.first_local,
        int(head.at),
        head.local,
        head.class.word(),
        head.note,
        head.sources,
        head.parties,
        head.heard,
        head.corrected.map(int),
        head.translation_of,
        head.withdrawn,
    ];
    let number: i64 = statement.query_row(values, |row| row.get(0))?;
    put_tags(db, number, head)?;
    put_sources(db, number, facts)?;
    put_words(db, number, facts)
}

fn put_tags(db: &Connection, number: i64, head: &Head) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM tag WHERE head = ?1")?.execute([number])?;
    let mut put =
        db.prepare_cached("INSERT OR IGNORE INTO tag (kind, name, head) VALUES (?1, ?2, ?3)")?;
    let story = head.story.as_slice();
    for (kind, names) in
        [("section", head.sections.as_slice()), ("topic", &head.topics), ("story", story)]
    {
        for name in names {
            put.execute(params![kind, name, number])?;
        }
    }
    Ok(())
}

fn put_sources(db: &Connection, number: i64, facts: &Facts) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM source WHERE head = ?1")?.execute([number])?;
    let mut put =
        db.prepare_cached("INSERT INTO source (head, place, name, csl) VALUES (?1, ?2, ?3, ?4)")?;
    for (source, place) in facts.sources.iter().zip(0_i64..) {
        let csl = serde_json::to_string(source).map_err(damaged)?;
        put.execute(params![number, place, sources::name(source), csl])?;
    }
    Ok(())
}

fn put_words(db: &Connection, number: i64, facts: &Facts) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([number])?;
    db.prepare_cached("DELETE FROM passage WHERE number = ?1")?.execute([number])?;
    let Some(words) = &facts.search else { return Ok(()) };
    db.prepare_cached("INSERT INTO passage (number, text) VALUES (?1, ?2)")?
        .execute(params![number, words.text])?;
    db.prepare_cached(
        "INSERT INTO search (rowid, headline, standfirst, body) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![number, words.headline, words.standfirst, words.body])?;
    Ok(())
}
