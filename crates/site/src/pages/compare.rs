//! Two revisions of an article compared: in one text, and side by side.

use askama::Template;
use ovn_store::rows;

use super::article::revision_path;
use super::frame::{Frame, dir};
use super::{Cx, Error, Head, when};

/// What happened to a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// In both revisions.
    Kept,
    /// In the earlier one only.
    Removed,
    /// In the later one only.
    Added,
}

/// One block of the article in which the revisions differ, as runs of words in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Type of the block: `headline`, `paragraph`, `source`, …
    pub kind: String,
    /// The runs.
    pub runs: Vec<(Fate, String)>,
}

struct Side {
    rev: String,
    path: String,
    local: String,
    when: String,
}

struct Block {
    kind: String,
    runs: Vec<(Fate, String)>,
}

impl Block {
    fn whole(&self) -> Vec<(&'static str, &str)> {
        self.runs.iter().map(|(fate, text)| (tag(*fate), text.as_str())).collect()
    }

    fn side(&self, other: Fate) -> Vec<(&'static str, &str)> {
        let runs = self.runs.iter().filter(|(fate, _)| *fate != other);
        runs.map(|(fate, text)| (tag(*fate), text.as_str())).collect()
    }

    fn before(&self) -> Vec<(&'static str, &str)> {
        self.side(Fate::Added)
    }

    fn after(&self) -> Vec<(&'static str, &str)> {
        self.side(Fate::Removed)
    }
}

fn tag(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "span",
        Fate::Removed => "del",
        Fate::Added => "ins",
    }
}

#[derive(Template)]
#[template(path = "compare.html", whitespace = "minimize")]
struct Page<'a> {
    f: Frame<'a>,
    row: &'a rows::Head,
    dir: &'static str,
    from: Side,
    to: Side,
    class: String,
    note: Option<&'a str>,
    blocks: Vec<Block>,
}

/// The comparison as HTML: `changes` are the blocks that differ between `from` and `to`, in the order of the text.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn render(
    cx: &Cx<'_>,
    head: &Head,
    row: &rows::Head,
    (from, to): (&rows::Revision, &rows::Revision),
    changes: &[Change],
) -> Result<String, Error> {
    let side = |revision: &rows::Revision| Side {
        rev: cx.number(revision.rev),
        path: match revision.rev == row.rev {
            true => row.path.clone(),
            false => revision_path(&row.path, revision.rev),
        },
        local: revision.local.clone(),
        when: when::moment(cx.lang, &revision.local),
    };
    let block = |change: &Change| Block {
        kind: cx.say(&format!("block-{}", change.kind)),
        runs: change.runs.clone(),
    };
    let page = Page {
        f: Frame::lists(cx, head),
        row,
        dir: dir(&row.lang),
        from: side(from),
        to: side(to),
        class: cx.say(&format!("class-{}", to.class.word())),
        note: to.note.as_deref(),
        blocks: changes.iter().map(block).collect(),
    };
    Ok(page.render()?)
}
