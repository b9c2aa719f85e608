//! Running text: marks that nest well, and citations as numbers that lead to their sources.

use super::{Page, escape, layout::Layout};
use crate::{
    claims::Claims,
    model::{Citation, Inline, Mark},
};
use std::collections::HashMap;

/// For each claim and source: the pages, paragraphs or minutes that its citations name.
pub(super) fn locators(
    layout: &Layout<'_>,
    claims: &Claims,
) -> HashMap<(usize, String), Vec<String>> {
    let mut found: HashMap<(usize, String), Vec<String>> = HashMap::new();
    let mut marks = claims.of_mark.iter().copied();
    for block in layout.body.iter().filter_map(|(_, block)| *block) {
        block.each_run(&mut |run| {
            for piece in run {
                let Inline::Cite { items } = piece else { continue };
                let claim = marks.next().unwrap_or_default();
                for item in items.iter().filter(|item| !item.locator.is_empty()) {
                    found.entry((claim, item.id.clone())).or_default().push(item.locator.clone());
                }
            }
        });
    }
    found
}

impl<'a> Page<'a> {
    pub(super) fn inlines(&mut self, run: &'a [Inline]) {
        let mut open: Vec<&Mark> = Vec::new();
        for piece in run {
            match piece {
                Inline::Text { text, marks } => {
                    // Neighbours that share their outer marks share the element: a link stays one link.
                    let same = open.iter().zip(marks).take_while(|(a, b)| **a == *b).count();
                    self.close(&mut open, same);
                    for mark in marks.iter().skip(same) {
                        self.open_mark(mark);
                        open.push(mark);
                    }
                    self.text(text);
                }
                Inline::Break {} => self.put("<br>"),
                Inline::Cite { items } => {
                    self.out.truncate(self.out.trim_end().len());
                    self.close(&mut open, 0);
                    self.cite(items);
                }
            }
        }
        self.close(&mut open, 0);
    }

    fn close(&mut self, open: &mut Vec<&Mark>, keep: usize) {
        while open.len() > keep {
            match open.pop() {
                Some(Mark::Em {}) => self.put("</em>"),
                Some(Mark::Strong {}) => self.put("</strong>"),
                Some(Mark::Code {}) => self.put("</code>"),
                Some(Mark::Link { href, .. }) if escape::link(href, "").is_some() => {
                    self.put("</a>")
                }
                _ => {}
            }
        }
    }

    fn open_mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Em {} => self.put("<em>"),
            Mark::Strong {} => self.put("<strong>"),
            Mark::Code {} => self.put("<code>"),
            Mark::Link { href, title } => {
                let Some(address) = escape::link(href, self.view.base) else { return };
                self.put(&format!("<a href=\"{address}\""));
                if !title.is_empty() {
                    self.put(&format!(" title=\"{}\"", escape::attribute(title)));
                }
                self.put(">");
            }
        }
    }

    fn cite(&mut self, items: &'a [Citation]) {
        let mark = self.marks;
        self.marks += 1;
        let claim = self.claims.of_mark.get(mark).copied().unwrap_or_default();
        let before = mark.checked_sub(1).and_then(|mark| self.claims.of_mark.get(mark));
        let first = before != Some(&claim);
        if first && !self.bare {
            self.put(&format!("<sup id=\"c{}\">", claim + 1));
        } else {
            self.put("<sup>");
        }
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.put(" ");
            }
            self.number(&item.id, &[&item.prefix, &item.locator]);
            let place = self.places.get(&item.id).map_or(0, |at| at + 1);
            self.reached = self.reached.max(place);
        }
        self.put("</sup>");
    }

    /// The number of the source `id`, leading to its line; `details` go into its name.
    pub(super) fn number(&mut self, id: &str, details: &[&str]) {
        let Some(at) = self.places.get(id).copied() else { return };
        let number = self.labels.number(at + 1);
        if self.bare {
            self.put(&number);
            return;
        }
        let mut name = crate::labels::fill(self.labels.source, &[&number]);
        for detail in details.iter().filter(|detail| !detail.is_empty()) {
            name.push_str(self.labels.comma);
            name.push_str(detail);
        }
        let name = escape::attribute(&name);
        self.put(&format!("<a href=\"#s{}\" aria-label=\"{name}\">{number}</a>", at + 1));
    }
}
