//! From CommonMark's events to the blocks of the body.

use super::{
    Problem, attributes,
    inline::{self, Context},
    lines::Lines,
    run::{Piece, Run},
};
use crate::{
    check,
    model::{Article, Block, Column, Inline, Mark},
};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// The blocks and the offset of each of them.
pub(super) struct Body {
    pub(super) blocks: Vec<Block>,
    pub(super) places: Vec<usize>,
}

/// Reads the text from `start` on; `article`, if there is one, gives the ids that citations may use.
pub(super) fn read(
    text: &str,
    start: usize,
    lines: &Lines<'_>,
    article: Option<&Article>,
    problems: &mut Vec<Problem>,
) -> Body {
    let source = text.get(start..).unwrap_or_default();
    let ids =
        article.map(|article| article.references.iter().map(crate::model::Source::id).collect());
    let mut builder = Builder {
        source,
        start,
        context: Context { lines, ids },
        problems,
        stack: vec![Frame::Blocks(Vec::new())],
        run: None,
        picture: None,
        places: Vec::new(),
    };
    for (event, range) in Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter() {
        if builder.stack.len() > check::MAX_DEPTH {
            builder.problem(
                range.start,
                format!("the text is nested deeper than {} levels", check::MAX_DEPTH),
                "write it flatter",
            );
            break;
        }
        builder.event(event, range.start, range.end);
    }
    let places = builder.places;
    let blocks = match builder.stack.into_iter().next() {
        Some(Frame::Blocks(blocks)) => blocks,
        _ => Vec::new(),
    };
    Body { blocks, places }
}

/// A block that is not yet closed.
enum Frame {
    Blocks(Vec<Block>),
    List { start: Option<u32>, loose: bool, items: Vec<Vec<Block>> },
    Text,
    Code { info: String, text: String },
    Table { columns: Vec<Column>, rows: Vec<Vec<Vec<Inline>>> },
}

/// A picture that is being read, or was read in the paragraph that is open.
struct Picture {
    src: String,
    caption: String,
    alt: String,
    at: usize,
    open: bool,
}

struct Builder<'a, 'p> {
    source: &'a str,
    start: usize,
    context: Context<'a>,
    problems: &'p mut Vec<Problem>,
    stack: Vec<Frame>,
    run: Option<Run>,
    picture: Option<Picture>,
    places: Vec<usize>,
}

impl Builder<'_, '_> {
    fn problem(&mut self, at: usize, message: impl Into<String>, advice: impl Into<String>) {
        self.problems.push(self.context.problem(self.start + at, message, advice));
    }

    fn event(&mut self, event: Event<'_>, at: usize, end: usize) {
        match event {
            Event::Start(tag) => self.open(tag, at),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => self.text(&text, at, end, false),
            Event::Code(text) => {
                self.run().open(Mark::Code {});
                self.text(&text, at, at, true);
                self.run().close();
            }
            Event::SoftBreak => self.text(" ", at, end, true),
            Event::HardBreak => {
                if self.picture.is_none() {
                    self.run().pieces.push(Piece::Break);
                }
            }
            Event::Rule => {
                self.flush();
                self.add(Block::Rule {}, at);
            }
            Event::Html(_) | Event::InlineHtml(_) => self.html(at),
            _ => self.problem(at, "this notation is not part of an article", "write it in words"),
        }
    }

    fn html(&mut self, at: usize) {
        let rest = self.source.get(at..).unwrap_or_default();
        let advice = if rest.starts_with("<!--") {
            "delete the comment; a sealed article holds nothing that readers do not see"
        } else {
            "write it in Markdown, or \\< for the character itself"
        };
        self.problem(at, "HTML is not allowed in an article", advice);
    }

    fn run(&mut self) -> &mut Run {
        self.run.get_or_insert_default()
    }

    fn text(&mut self, text: &str, at: usize, end: usize, raw: bool) {
        if let Some(Frame::Code { text: code, .. }) = self.stack.last_mut() {
            code.push_str(text);
            return;
        }
        if let Some(picture) = self.picture.as_mut().filter(|picture| picture.open) {
            picture.alt.push_str(text);
            return;
        }
        let exact = !raw && self.source.get(at..end) == Some(text);
        let (source, start) = (self.source, self.start);
        let run = self.run();
        for (offset, letter) in text.char_indices() {
            let place = if exact { at + offset } else { at };
            // Only these mean something to a citation; looking behind every letter would be slow.
            let plain = exact && !("[]@;,".contains(letter) && escaped(source, place));
            run.push(letter, start + place, plain);
        }
    }

    fn open(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Emphasis => self.mark(Mark::Em {}),
            Tag::Strong => self.mark(Mark::Strong {}),
            Tag::Link { link_type, dest_url, title, .. } => {
                let mail = matches!(link_type, LinkType::Email);
                let href = if mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                if let Some(finding) = check::href(&href) {
                    self.problem(at, finding, check::HREF_ADVICE);
                }
                self.mark(Mark::Link { href, title: title.into_string() });
            }
            Tag::Image { dest_url, title, .. } => {
                if self.picture.is_some() || self.run.as_ref().is_some_and(|run| !run.is_empty()) {
                    self.alone(at);
                }
                let (src, caption) = (dest_url.into_string(), title.into_string());
                self.picture = Some(Picture { src, caption, alt: String::new(), at, open: true });
            }
            _ => self.open_block(tag, at),
        }
    }

    fn mark(&mut self, mark: Mark) {
        if self.picture.is_none() {
            self.run().open(mark);
        }
    }

    fn open_block(&mut self, tag: Tag<'_>, at: usize) {
        if !matches!(tag, Tag::TableHead | Tag::TableRow | Tag::TableCell) {
            self.flush();
        }
        if self.stack.len() == 1 {
            self.places.push(self.start + at);
        }
        match tag {
            Tag::Paragraph => {
                self.stack.push(Frame::Text);
                self.run = Some(Run::default());
            }
            Tag::Heading { level, .. } => {
                if level as usize == 1 {
                    self.problem(
                        at,
                        "a heading of level 1 stands in the text, where the headline is level 1",
                        "write ## instead of #, or put it in the metadata as `headline:`",
                    );
                }
                self.stack.push(Frame::Text);
                self.run = Some(Run::default());
            }
            Tag::BlockQuote(_) | Tag::Item => self.stack.push(Frame::Blocks(Vec::new())),
            Tag::List(first) => {
                let start = first.map(|first| u32::try_from(first).unwrap_or(u32::MAX));
                self.stack.push(Frame::List { start, loose: false, items: Vec::new() });
            }
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.trim().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.stack.push(Frame::Code { info, text: String::new() });
            }
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(column).collect();
                self.stack.push(Frame::Table { columns, rows: Vec::new() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(Frame::Table { rows, .. }) = self.stack.last_mut() {
                    rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.run = Some(Run::default()),
            _ => self.stack.push(Frame::Blocks(Vec::new())),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => {
                if self.picture.is_none() {
                    self.run().close();
                }
            }
            TagEnd::Image => {
                if let Some(picture) = &mut self.picture {
                    picture.open = false;
                }
            }
            TagEnd::TableCell => {
                let cell = self.content();
                if let Some(Frame::Table { rows, .. }) = self.stack.last_mut()
                    && let Some(row) = rows.last_mut()
                {
                    row.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {}
            TagEnd::Paragraph => {
                let block = self.paragraph();
                self.stack.pop();
                if let Some(Frame::List { loose, .. }) =
                    self.stack.len().checked_sub(2).and_then(|under| self.stack.get_mut(under))
                {
                    *loose = true;
                }
                self.append(block);
            }
            TagEnd::Heading(level) => {
                let content = self.content();
                self.stack.pop();
                self.append(Block::Heading { level: level as u8, content });
            }
            _ => self.close_container(tag),
        }
    }

    fn close_container(&mut self, tag: TagEnd) {
        self.flush();
        match (self.stack.pop(), tag) {
            (Some(Frame::Blocks(blocks)), TagEnd::Item) => {
                if let Some(Frame::List { items, .. }) = self.stack.last_mut() {
                    items.push(blocks);
                }
            }
            (Some(Frame::Blocks(content)), TagEnd::BlockQuote(_)) => {
                self.append(Block::Quote { content });
            }
            (Some(Frame::List { start, loose, items }), _) => {
                let tight = check::tight(&items, !loose);
                self.append(Block::List { start, tight, items });
            }
            (Some(Frame::Code { info, text }), _) => self.append(Block::Code { info, text }),
            (Some(Frame::Table { columns, rows }), _) => {
                self.append(Block::Table { columns, rows })
            }
            _ => {}
        }
    }

    /// Closes the paragraph of a tight list's item, which CommonMark's events leave out.
    fn flush(&mut self) {
        if self.run.is_some() || self.picture.is_some() {
            let block = self.paragraph();
            self.append(block);
        }
    }

    fn content(&mut self) -> Vec<Inline> {
        if let Some(picture) = self.picture.take() {
            self.alone(picture.at);
        }
        let run = self.run.take().unwrap_or_default();
        inline::inlines(&run, &self.context, self.problems)
    }

    fn paragraph(&mut self) -> Block {
        let Some(picture) = self.picture.take() else {
            return Block::Paragraph { content: self.content() };
        };
        let rest = self.content();
        let after = match rest.as_slice() {
            [] => Some((String::new(), None)),
            [Inline::Text { text, marks }] if marks.is_empty() => attributes::read(text),
            _ => None,
        };
        let Some((credit, sha256)) = after else {
            self.alone(picture.at);
            return Block::Rule {};
        };
        let Picture { src, caption, alt, .. } = picture;
        Block::Image { src, alt, caption, credit, sha256, renditions: Vec::new() }
    }

    fn alone(&mut self, at: usize) {
        self.problem(
            at,
            "a picture stands inside a line of text",
            "put ![…](…) on a line of its own with an empty line before and after it",
        );
    }

    fn add(&mut self, block: Block, at: usize) {
        if self.stack.len() == 1 {
            self.places.push(self.start + at);
        }
        self.append(block);
    }

    fn append(&mut self, block: Block) {
        if let Some(Frame::Blocks(blocks)) = self.stack.last_mut() {
            blocks.push(block);
        }
    }
}

fn column(alignment: Alignment) -> Column {
    match alignment {
        Alignment::None => Column::Auto,
        Alignment::Left => Column::Start,
        Alignment::Center => Column::Center,
        Alignment::Right => Column::End,
    }
}

/// Whether an odd number of backslashes stands before `at`.
fn escaped(source: &str, at: usize) -> bool {
    let before = source.as_bytes().get(..at).unwrap_or_default();
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}
