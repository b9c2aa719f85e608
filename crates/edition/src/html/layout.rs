//! Where each part stands: which block of the sealed document it is, and where removed blocks are shown.

use crate::model::{Article, Block, Inline, Source};
use std::collections::HashSet;

const BODY: [&str; 8] = ["paragraph", "heading", "list", "quote", "code", "rule", "table", "image"];

/// What follows the body.
const TAIL: [&str; 2] = ["answers", "desk"];

/// The numbers of the blocks.
pub(super) struct Layout<'a> {
    /// Type and number of the blocks before the events.
    front: Vec<(String, usize)>,
    /// Removed blocks that belong to the header.
    pub(super) withheld: Vec<usize>,
    /// Removed blocks among the sources.
    lost_sources: Vec<usize>,
    pub(super) events: Vec<usize>,
    sources: Vec<(usize, &'a Source)>,
    /// In order; `None` for a removed block.
    pub(super) body: Vec<(usize, Option<&'a Block>)>,
}

/// A line in the list of sources.
pub(super) struct Entry<'a> {
    pub(super) id: String,
    pub(super) source: Option<&'a Source>,
    pub(super) block: Option<usize>,
}

/// The types of the blocks that [`crate::sealed::blocks`] makes of `article`.
pub(super) fn kinds(article: &Article) -> Vec<Option<&str>> {
    let mut out = vec!["article", "language", "address", "time", "headline"];
    let mut part = |there: bool, kind: &'static str| out.extend(there.then_some(kind));
    part(article.standfirst.is_some(), "standfirst");
    part(!article.byline.is_empty(), "byline");
    part(article.dateline.is_some(), "dateline");
    part(!article.sections.is_empty(), "sections");
    part(!article.topics.is_empty(), "topics");
    part(!article.parties.is_empty(), "parties");
    part(!article.replies.is_empty(), "replies");
    part(article.story.is_some(), "story");
    out.extend(article.events.iter().map(|_| "event"));
    out.extend(article.references.iter().map(|_| "source"));
    out.extend(article.body.iter().map(Block::kind));
    out.extend((!article.answers.is_empty()).then_some("answers"));
    out.into_iter().map(Some).collect()
}

impl<'a> Layout<'a> {
    /// Deals out the parts of `article` to the blocks of these types (`None`: removed).
    pub(super) fn new(article: &'a Article, kinds: &[Option<&str>]) -> Self {
        let mut layout = Self {
            front: Vec::new(),
            withheld: Vec::new(),
            lost_sources: Vec::new(),
            events: Vec::new(),
            sources: Vec::new(),
            body: Vec::new(),
        };
        let mut sources = article.references.iter();
        let mut body = article.body.iter();
        let mut missing = cited(article).iter().filter(|id| article.source(id).is_none()).count();
        for (number, kind) in kinds.iter().enumerate() {
            match *kind {
                Some("event") => layout.events.push(number),
                Some("source") => layout.sources.extend(sources.next().map(|one| (number, one))),
                Some(kind) if BODY.contains(&kind) => {
                    layout.body.extend(body.next().map(|block| (number, Some(block))));
                }
                Some(kind) => layout.front.push((kind.to_owned(), number)),
                None => {
                    let after = kinds.iter().skip(number).find_map(|kind| *kind);
                    layout.place_removed(number, after, &mut missing);
                }
            }
        }
        layout
    }

    /// A removed block has no type: its neighbours, and sources that are cited and not there, tell where it stood.
    fn place_removed(&mut self, number: usize, after: Option<&str>, missing: &mut usize) {
        let in_body = self.body.iter().any(|(_, block)| block.is_some());
        let before_body = after.is_none_or(|kind| BODY.contains(&kind) || TAIL.contains(&kind));
        let last_fixed = 4;
        if number <= last_fixed || (!in_body && !before_body && after != Some("source")) {
            self.withheld.push(number);
        } else if in_body {
            self.body.push((number, None));
        } else if after == Some("source") || *missing > 0 {
            *missing = missing.saturating_sub(1);
            self.lost_sources.push(number);
        } else {
            self.body.push((number, None));
        }
    }

    /// Number of the first block of this type before the events.
    pub(super) fn front(&self, kind: &str) -> Option<usize> {
        self.front.iter().find(|(one, _)| one == kind).map(|(_, number)| *number)
    }

    /// The sources by their numbers on the page: by first citation, then as the article lists them.
    pub(super) fn entries(&mut self, article: &'a Article) -> Vec<Entry<'a>> {
        let mut lost = self.lost_sources.iter().copied();
        let mut out: Vec<Entry<'a>> = Vec::new();
        for id in cited(article) {
            let found = self.sources.iter().find(|(_, source)| source.id() == id);
            let block = found.map(|(number, _)| *number).or_else(|| lost.next());
            out.push(Entry { id, source: found.map(|(_, source)| *source), block });
        }
        let shown: HashSet<Option<usize>> = out.iter().map(|entry| entry.block).collect();
        for (number, source) in &self.sources {
            let block = Some(*number);
            if !shown.contains(&block) {
                out.push(Entry { id: source.id().to_owned(), source: Some(*source), block });
            }
        }
        out.extend(lost.map(|number| Entry {
            id: String::new(),
            source: None,
            block: Some(number),
        }));
        out
    }
}

/// Ids by first citation: the body's, then the events'.
fn cited(article: &Article) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |id: &str| {
        if seen.insert(id.to_owned()) {
            ids.push(id.to_owned());
        }
    };
    for block in &article.body {
        block.each_run(&mut |run| {
            for piece in run {
                if let Inline::Cite { items } = piece {
                    items.iter().for_each(|item| add(&item.id));
                }
            }
        });
    }
    article.events.iter().filter_map(|event| event.source.as_deref()).for_each(add);
    ids
}
