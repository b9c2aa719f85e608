//! The body: blocks of running text, their marks and their citations.

use serde::{Deserialize, Serialize};

/// One block of the body. Those at the top level are sealed one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub enum Block {
    /// Running text.
    Paragraph {
        /// The words.
        content: Vec<Inline>,
    },
    /// A heading inside the body; the headline is level 1.
    Heading {
        /// 2 to 6.
        level: u8,
        /// The words.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// The first number of a numbered list; `None` for bullets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u32>,
        /// Whether the items stand without space between them.
        tight: bool,
        /// The items, each a run of blocks.
        items: Vec<Vec<Block>>,
    },
    /// A quotation set off from the text.
    Quote {
        /// What is quoted.
        content: Vec<Block>,
    },
    /// Text in fixed pitch, kept as it is.
    Code {
        /// The word after the fence, often a programming language; may be empty.
        info: String,
        /// The text, ending in a line feed unless empty.
        text: String,
    },
    /// A break between two parts of the text.
    Rule {},
    /// A table with one head row.
    Table {
        /// How each column is aligned; gives the number of cells of every row.
        columns: Vec<Column>,
        /// Head row first.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A picture, on a line of its own.
    Image {
        /// Address or path, as written.
        src: String,
        /// What it shows, for those who do not see it; plain text.
        alt: String,
        /// The caption, plain text; may be empty.
        caption: String,
        /// Who made it, plain text; may be empty, and is not written then, as before there was this field.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        credit: String,
        /// SHA-256 of the picture's bytes in hexadecimal, once archived.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
        /// The picture in other widths and formats, each archived; the picture itself is among them. Made when it is
        /// published: the article file does not have them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        renditions: Vec<Rendition>,
    },
}

/// A picture in one width and one format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rendition {
    /// How it is encoded.
    pub format: Format,
    /// In pixels.
    pub height: u32,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// In pixels.
    pub width: u32,
}

/// How a picture is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// ITU-T T.81.
    Jpeg,
    /// PNG, third edition.
    Png,
    /// RFC 9649.
    Webp,
}

impl Format {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }
}

/// How a table's column is aligned, relative to the reading direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Column {
    /// As the table sees fit.
    #[default]
    Auto,
    /// At the beginning of the line.
    Start,
    /// In the middle.
    Center,
    /// At the end of the line.
    End,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub enum Inline {
    /// Words with the marks that cover them. Neighbours with equal marks are one piece; never empty.
    Text {
        /// The words.
        text: String,
        /// Outermost first; no mark twice.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<Mark>,
    },
    /// One pair of brackets with citations: `[@a, p. 3; @b]`.
    Cite {
        /// At least one.
        items: Vec<Citation>,
    },
    /// A line break that the author set.
    Break {},
}

/// What a mark does to the words that it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", deny_unknown_fields)]
pub enum Mark {
    /// Emphasis.
    Em {},
    /// Strong emphasis.
    Strong {},
    /// Fixed pitch.
    Code {},
    /// A link.
    Link {
        /// Where to: `https:`, `http:`, `mailto:` or an address of this edition that begins with `/` or `#`.
        href: String,
        /// Shown on hovering; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        title: String,
    },
}

/// One source named in a citation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Citation {
    /// Id of the source in the article's references.
    pub id: String,
    /// Words before the key, as in `[see @a]`; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// What follows the key after a comma: page, paragraph, time; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub locator: String,
}

impl Block {
    /// The word for this kind of block in documents.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Paragraph { .. } => "paragraph",
            Self::Heading { .. } => "heading",
            Self::List { .. } => "list",
            Self::Quote { .. } => "quote",
            Self::Code { .. } => "code",
            Self::Rule {} => "rule",
            Self::Table { .. } => "table",
            Self::Image { .. } => "image",
        }
    }

    /// Calls `visit` with every run of inline text in this block, in reading order.
    pub fn each_run<'a>(&'a self, visit: &mut impl FnMut(&'a [Inline])) {
        match self {
            Self::Paragraph { content } | Self::Heading { content, .. } => visit(content),
            Self::List { items, .. } => {
                items.iter().flatten().for_each(|block| block.each_run(visit));
            }
            Self::Quote { content } => content.iter().for_each(|block| block.each_run(visit)),
            Self::Table { rows, .. } => rows.iter().flatten().for_each(|cell| visit(cell)),
            Self::Code { .. } | Self::Rule {} | Self::Image { .. } => {}
        }
    }
}
