//! Two versions of a draft compared, or one with what readers see: by blocks and words, with the edition's own difference.

use super::history::rows;
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use askama::Template;
use ovn_edition::diff::{self, How, Op, What};
use ovn_edition::hex;
use ovn_press::drafts::{Side, Wording};

/// Kinds of block that have a word; the others are "other".
const KINDS: [&str; 20] = [
    "headline",
    "standfirst",
    "byline",
    "dateline",
    "sections",
    "topics",
    "parties",
    "replies",
    "story",
    "event",
    "source",
    "paragraph",
    "heading",
    "list",
    "quote",
    "code",
    "rule",
    "table",
    "image",
    "language",
];

/// A block that differs.
struct Block {
    kind: String,
    /// What else is to be said of it: that its words are the same.
    note: String,
    ops: Vec<Op>,
}

impl Block {
    fn runs(&self, without: Option<What>) -> Vec<(&'static str, &str)> {
        let kept = self.ops.iter().filter(|op| Some(op.what) != without);
        let tag = |what| match what {
            What::Same => "span",
            What::Del => "del",
            What::Ins => "ins",
        };
        kept.map(|op| (tag(op.what), op.text.as_str())).collect()
    }

    fn whole(&self) -> Vec<(&'static str, &str)> {
        self.runs(None)
    }

    fn before(&self) -> Vec<(&'static str, &str)> {
        self.runs(Some(What::Ins))
    }

    fn after(&self) -> Vec<(&'static str, &str)> {
        self.runs(Some(What::Del))
    }
}

/// One of the two texts.
struct Shown {
    name: String,
    /// Where it is shown alone.
    path: Option<String>,
}

#[derive(Template)]
#[template(path = "newsroom/compare.html", whitespace = "minimize")]
struct Compare<'a> {
    s: Screen<'a>,
    id: String,
    title: String,
    lang: String,
    dir: &'static str,
    from: Shown,
    to: Shown,
    blocks: Vec<Block>,
    choices: Vec<(String, String)>,
    chosen: (String, String),
}

/// The side that a value of the query names.
fn side(word: &str) -> Option<Side> {
    if word == "public" { Some(Side::Public) } else { word.parse().ok().map(Side::Version) }
}

/// The comparison.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (caller, id, people) = (visit.caller()?, visit.id(0)?, visit.people());
    let draft = people.draft(caller, &id)?;
    let newest = draft.version.to_string();
    let asked = |name: &str| visit.ask.query(name).filter(|word| !word.is_empty());
    let from = asked("from").unwrap_or(&newest).to_owned();
    let to = asked("to").unwrap_or(&newest).to_owned();
    let one = |word: &str| {
        let side = side(word).ok_or(Fail::Missing)?;
        Ok::<_, Fail>(people.said(caller, &id, side)?)
    };
    let (old, new) = (one(&from)?, one(&to)?);
    let s = Screen::new(visit, "compare-versions", "/");
    let versions = rows(visit, &s, &id)?;
    let hex = hex::encode(&id);
    let shown = |word: &str| match versions.iter().find(|row| row.number.to_string() == word) {
        Some(row) => Shown {
            name: row.option(&s),
            path: Some(format!("/drafts/{hex}/versions/{}", row.number)),
        },
        None => Shown { name: s.say("compare-public"), path: None },
    };
    let mut choices: Vec<(String, String)> =
        versions.iter().map(|row| (row.number.to_string(), row.option(&s))).collect();
    if people.public(&draft)?.is_some() {
        choices.push(("public".into(), s.say("compare-public")));
    }
    let page = Compare {
        title: s.headline(&draft.title),
        dir: dir(&draft.lang),
        from: shown(&from),
        to: shown(&to),
        blocks: blocks(&s, &old, &new),
        chosen: (from, to),
        id: hex,
        lang: draft.lang,
        choices,
        s,
    };
    Ok(Answer::page(page.render()?))
}

fn blocks(s: &Screen<'_>, old: &Wording, new: &Wording) -> Vec<Block> {
    if let (Wording::Article(old), Wording::Article(new)) = (old, new) {
        let block = |change: diff::Change| {
            let known = KINDS.contains(&change.part);
            let kind = if known { change.part } else { "other" };
            let note = if change.how == How::Form { s.say("compare-form") } else { String::new() };
            Block { kind: s.say(&format!("block-{kind}")), note, ops: change.ops }
        };
        return diff::articles(old, new).into_iter().map(block).collect();
    }
    let ops = diff::words(&old.text(), &new.text());
    if ops.iter().all(|op| op.what == What::Same) {
        return Vec::new();
    }
    vec![Block { kind: s.say("field-text"), note: s.say("compare-unread"), ops }]
}
