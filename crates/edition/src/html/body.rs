//! The body's blocks, each with its number, and the notes beside them.

use super::Page;
use crate::{
    labels::fill,
    model::{Block, Column, Inline},
    text,
};

/// Blocks nested deeper than this are not written; a sealed document has none.
const MAX_DEPTH: usize = 100;

impl<'a> Page<'a> {
    pub(super) fn body(&mut self) {
        for (number, block) in std::mem::take(&mut self.layout.body) {
            match block {
                Some(block) => self.block(block, Some(number), 0),
                None => self.withheld("p", Some(number)),
            }
            self.notes();
        }
    }

    fn block(&mut self, block: &'a Block, number: Option<usize>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let words = text::block(block);
        match block {
            Block::Paragraph { content } => self.run("p", number, &words, content),
            Block::Heading { level, content } => {
                self.run(&format!("h{}", (*level).clamp(2, 6)), number, &words, content);
            }
            Block::List { start, items, .. } => self.list(*start, items, number, &words, depth),
            Block::Quote { content } => {
                self.open("blockquote", "", number, &words);
                content.iter().for_each(|block| self.block(block, None, depth + 1));
                self.put("</blockquote>");
            }
            Block::Code { text, .. } => {
                self.open("pre", "", number, "");
                self.put("<code dir=\"ltr\">");
                self.text(text);
                self.put("</code></pre>");
            }
            Block::Rule {} => self.open("hr", "", number, ""),
            Block::Table { columns, rows } => self.table(columns, rows, number, &words),
            Block::Image { .. } => self.picture(block, number),
        }
    }

    fn run(&mut self, name: &str, number: Option<usize>, words: &str, content: &'a [Inline]) {
        self.open(name, "", number, words);
        self.inlines(content);
        self.put(&format!("</{name}>"));
    }

    fn list(
        &mut self,
        start: Option<u32>,
        items: &'a [Vec<Block>],
        number: Option<usize>,
        words: &str,
        depth: usize,
    ) {
        let name = if start.is_some() { "ol" } else { "ul" };
        self.open(name, "", number, words);
        if let Some(first) = start.filter(|first| *first != 1) {
            self.out.pop();
            self.put(&format!(" start=\"{first}\">"));
        }
        for item in items {
            self.put("<li>");
            match item.as_slice() {
                // A list whose items are single paragraphs needs no paragraphs.
                [Block::Paragraph { content }] => self.inlines(content),
                blocks => blocks.iter().for_each(|block| self.block(block, None, depth + 1)),
            }
            self.put("</li>");
        }
        self.put(&format!("</{name}>"));
    }

    /// In a frame that scrolls by itself, reachable by keyboard.
    fn table(
        &mut self,
        columns: &[Column],
        rows: &'a [Vec<Vec<Inline>>],
        number: Option<usize>,
        words: &str,
    ) {
        self.tables += 1;
        let label = fill(self.labels.table, &[&self.labels.number(self.tables)]);
        self.open("div", "t", number, words);
        if !self.bare {
            self.out.pop();
            self.put(&format!(" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">"));
        }
        self.put("<table>");
        for (at, row) in rows.iter().enumerate() {
            self.put(match at {
                0 => "<thead><tr>",
                1 => "<tbody><tr>",
                _ => "<tr>",
            });
            for (cell, column) in row.iter().zip(columns) {
                let name = if at == 0 { "th" } else { "td" };
                let class = match column {
                    Column::Auto => "",
                    Column::Start => "ts",
                    Column::Center => "tc",
                    Column::End => "te",
                };
                self.open(name, class, None, "");
                if at == 0 {
                    self.out.pop();
                    self.put(" scope=\"col\">");
                }
                self.inlines(cell);
                self.put(&format!("</{name}>"));
            }
            self.put(if at == 0 { "</tr></thead>" } else { "</tr>" });
        }
        self.put(if rows.len() > 1 { "</tbody></table></div>" } else { "</table></div>" });
    }

    /// Beside the block that cites a source first: who says it.
    fn notes(&mut self) {
        if self.bare {
            return;
        }
        let until = self.reached;
        for at in self.noted..until {
            let Some(entry) = self.entries.get(at) else { continue };
            let (Some(source), block) = (entry.source, entry.block) else { continue };
            let said = self.short(source);
            self.open("p", "n", block, "");
            self.out.pop();
            let number = self.labels.number(at + 1);
            self.put(&format!(" role=\"note\"><b>{number}</b> {said}</p>"));
        }
        self.noted = self.noted.max(until);
    }
}
