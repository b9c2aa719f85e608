//! An article's body for feed readers: plain HTML, absolute addresses, nothing of the page around it.

use ovn_edition::model::{Article, Block, Citation, Class, Inline, Mark, Source};
use ovn_store::rows::Revision;

/// The body of `article`, which stands at `address`: what was corrected first, the sources last.
pub(crate) fn html(article: &Article, revision: &Revision, url: &str, address: &str) -> String {
    let mut out = Out { article, url, address, html: String::new(), depth: 0 };
    out.note(revision);
    if let Some(standfirst) = &article.standfirst {
        out.element("p", |out| out.element("strong", |out| out.text(standfirst)));
    }
    out.blocks(&article.body);
    out.sources();
    out.html
}

struct Out<'a> {
    article: &'a Article,
    url: &'a str,
    address: &'a str,
    html: String,
    depth: usize,
}

impl Out<'_> {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                c => self.html.push(c),
            }
        }
    }

    fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.html.push_str(&format!("<{name}>"));
        inside(self);
        self.html.push_str(&format!("</{name}>"));
    }

    fn link(&mut self, href: &str, inside: impl FnOnce(&mut Self)) {
        let base = match href.bytes().next() {
            Some(b'/') => self.url,
            Some(b'#') => self.address,
            _ => "",
        };
        let safe = ["http://", "https://", "mailto:", "/", "#"];
        if !safe.iter().any(|start| href.starts_with(start)) {
            return inside(self);
        }
        let href = format!("{base}{href}");
        self.html.push_str("<a href=\"");
        self.text(&href);
        self.html.push_str("\">");
        inside(self);
        self.html.push_str("</a>");
    }

    fn note(&mut self, revision: &Revision) {
        let Some(note) = revision.note.as_deref().filter(|_| revision.class != Class::Typo) else {
            return;
        };
        let label = label(&self.article.lang, revision.class);
        self.element("p", |out| {
            out.element("strong", |out| out.text(label));
            out.text(" ");
            out.element("em", |out| out.text(note));
        });
    }

    fn blocks(&mut self, blocks: &[Block]) {
        // A checked article is never nested so deep; one that was not must not exhaust the stack.
        if self.depth > 100 {
            return;
        }
        self.depth += 1;
        blocks.iter().for_each(|block| self.block(block));
        self.depth -= 1;
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { content } => self.element("p", |out| out.run(content)),
            Block::Heading { level, content } => {
                let name = format!("h{}", level.clamp(&2, &6));
                self.element(&name, |out| out.run(content));
            }
            Block::List { start, items, .. } => {
                let name = if start.is_some() { "ol" } else { "ul" };
                self.element(name, |out| {
                    items.iter().for_each(|item| out.element("li", |out| out.blocks(item)));
                });
            }
            Block::Quote { content } => self.element("blockquote", |out| out.blocks(content)),
            Block::Code { text, .. } => {
                self.element("pre", |out| out.element("code", |out| out.text(text)));
            }
            Block::Rule {} => self.html.push_str("<hr>"),
            Block::Table { rows, .. } => self.table(rows),
            Block::Image { alt, caption, sha256, .. } => {
                self.image(alt, caption, sha256.as_deref());
            }
        }
    }

    fn table(&mut self, rows: &[Vec<Vec<Inline>>]) {
        self.element("table", |out| {
            for (number, row) in rows.iter().enumerate() {
                let cell = if number == 0 { "th" } else { "td" };
                out.element("tr", |out| {
                    row.iter().for_each(|content| out.element(cell, |out| out.run(content)));
                });
            }
        });
    }

    fn image(&mut self, alt: &str, caption: &str, sha256: Option<&str>) {
        self.element("figure", |out| {
            if let Some(hash) = sha256 {
                out.html.push_str("<img src=\"");
                let address = format!("{}/record/blob/{hash}", out.url);
                out.text(&address);
                out.html.push_str("\" alt=\"");
                out.text(alt);
                out.html.push_str("\">");
            }
            out.element("figcaption", |out| {
                out.text(if caption.is_empty() { alt } else { caption })
            });
        });
    }

    fn run(&mut self, content: &[Inline]) {
        for piece in content {
            match piece {
                Inline::Text { text, marks } => self.marked(text, marks),
                Inline::Break {} => self.html.push_str("<br>"),
                Inline::Cite { items } => self.cite(items),
            }
        }
    }

    fn marked(&mut self, text: &str, marks: &[Mark]) {
        match marks.split_first() {
            None => self.text(text),
            Some((Mark::Em {}, rest)) => self.element("em", |out| out.marked(text, rest)),
            Some((Mark::Strong {}, rest)) => self.element("strong", |out| out.marked(text, rest)),
            Some((Mark::Code {}, rest)) => self.element("code", |out| out.marked(text, rest)),
            Some((Mark::Link { href, .. }, rest)) => {
                self.link(href, |out| out.marked(text, rest));
            }
        }
    }

    /// Citations as the numbers under which the sources stand at the end.
    fn cite(&mut self, items: &[Citation]) {
        let ids = items.iter().map(|item| {
            let place = self.article.references.iter().position(|one| one.id() == item.id);
            place.map_or_else(|| "?".to_owned(), |place| (place + 1).to_string())
        });
        let numbers = ids.collect::<Vec<_>>().join(", ");
        self.text(&format!(" [{numbers}]"));
    }

    fn sources(&mut self) {
        if self.article.references.is_empty() {
            return;
        }
        let label = if self.article.lang == "ur" { "ذرائع" } else { "Sources" };
        self.element("h2", |out| out.text(label));
        let references = &self.article.references;
        self.element("ol", |out| references.iter().for_each(|source| out.source(source)));
    }

    fn source(&mut self, source: &Source) {
        let title = source.text("title").unwrap_or_default();
        let mut parts = source.authors();
        parts.extend((!title.is_empty()).then(|| title.to_owned()));
        parts.extend(source.issued());
        let line = parts.join(", ");
        self.element("li", |out| match source.url() {
            Some(href) => out.link(href, |out| out.text(&line)),
            None => out.text(&line),
        });
    }
}

fn label(lang: &str, class: Class) -> &'static str {
    let urdu = lang == "ur";
    match class {
        Class::Correction if urdu => "تصحیح:",
        Class::Clarification if urdu => "وضاحت:",
        Class::Retraction if urdu => "واپسی:",
        _ if urdu => "تازہ اضافہ:",
        Class::Correction => "Correction:",
        Class::Clarification => "Clarification:",
        Class::Retraction => "Retraction:",
        _ => "Update:",
    }
}
