//! What comes in as a file and becomes a draft, and what goes out as one.

use super::tar::Tar;
use crate::copy::Copy;
use crate::export;
use crate::import::{self, Proposal};
use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed};
use ovn_edition::markdown;
use ovn_edition::model::Block;
use ovn_store::cabinet::{Draft, Note};
use std::io::{self, Write};

/// A file that became a draft.
#[derive(Debug, Clone)]
pub struct Brought {
    /// The draft, of whoever brought it.
    pub draft: Draft,
    /// What was recognised by a pattern and has to be looked at, with the words that led to it.
    pub proposals: Vec<Proposal>,
    /// Whether the file was an article file, taken as it is, and not a page.
    pub whole: bool,
    /// Sections that it names and the edition does not have.
    pub sections: Vec<String>,
    /// Pictures that it shows and that did not come with it.
    pub pictures: usize,
}

/// What can be taken out as one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parcel {
    /// The newest revision of every article as Markdown, and the archived copies of its sources.
    Markdown,
    /// The record: checkpoint, tiles, sealed documents, archived copies.
    Record,
}

/// What writes a parcel: file by file, so that no more than one of them is in memory.
pub struct Pour(Box<Writes>);

type Writes = dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send;

impl Pour {
    /// Whatever `writes`.
    #[must_use]
    pub fn new(writes: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static) -> Self {
        Self(Box::new(writes))
    }

    /// Writes it.
    ///
    /// # Errors
    /// When something can't be read or written; what was written is a part then.
    pub fn into(self, out: &mut dyn Write) -> io::Result<()> {
        (self.0)(out)
    }
}

impl std::fmt::Debug for Pour {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_tuple("Pour").finish()
    }
}

impl People {
    /// Makes a draft of the file `name`: an article file as it is, a page of text or HTML by what it shows. Nothing of it
    /// is published.
    ///
    /// # Errors
    /// [`Refusal::Role`]; [`Refusal::Setting`] with what is wrong with the file.
    pub fn bring(&self, caller: &Caller, name: &str, bytes: &[u8]) -> Result<Brought, Error> {
        allowed(&caller.person, Act::Start, Object::Own)?;
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let refuse = |what| Error::from(Refusal::Setting(what, String::new()));
        if bytes.len() > markdown::MAX_BYTES {
            return Err(refuse("import-size"));
        }
        let lower = name.to_lowercase();
        let whole =
            lower.ends_with(".md") || lower.ends_with(".markdown") || bytes.starts_with(b"---\n");
        let (text, proposals) = if whole {
            let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
            (text.ok_or_else(|| refuse("import-utf8"))?.to_owned(), Vec::new())
        } else {
            let page = import::page(bytes, name).map_err(|error| match error {
                import::Error::Encoding { .. } => refuse("import-utf8"),
                import::Error::Size => refuse("import-size"),
                import::Error::Missing(_) => refuse("import-headline"),
                other => Refusal::Setting("import", other.to_string()).into(),
            })?;
            (page.markdown, page.proposals)
        };
        let draft = self.start(caller, &text)?;
        let note = self.note(&caller.person, "import", Some(draft.id));
        let words: String = ovn_edition::text::one_line(name).chars().take(200).collect();
        self.cabinet().note(&Note { words, ..note })?;
        let article = markdown::read(draft.text.as_bytes()).ok();
        let settings = self.settings();
        let known = |name: &String| {
            let mut all = settings.sections.iter();
            all.any(|one| one.slug == *name || one.name.values().any(|other| other == name))
        };
        let sections = article.iter().flat_map(|one| &one.sections).filter(|name| !known(name));
        let sections = sections.cloned().collect();
        let shows = |block: &&Block| matches!(block, Block::Image { .. });
        let pictures = article.iter().flat_map(|one| &one.body).filter(shows).count();
        Ok(Brought { draft, proposals, whole, sections, pictures })
    }

    /// What writes a parcel.
    ///
    /// # Errors
    /// [`Refusal::Role`]; when the edition can't be opened.
    pub fn parcel(&self, caller: &Caller, parcel: Parcel) -> Result<Pour, Error> {
        allowed(&caller.person, Act::Manage, Object::Others)?;
        let note = self.note(&caller.person, "export", None);
        let words = match parcel {
            Parcel::Markdown => "markdown",
            Parcel::Record => "record",
        };
        let copy = Copy::of(&self.inner.dir.to_string_lossy(), &*self.inner.env)?;
        self.cabinet().note(&Note { words: words.into(), ..note })?;
        let (reader, at) = (self.reader().clone(), self.now() / 1000);
        Ok(Pour::new(move |out| {
            let mut tar = Tar::new(out, at);
            let mut put = |path: &str, bytes: &[u8]| tar.put(path, bytes);
            let done = match parcel {
                Parcel::Markdown => export::each_markdown(&reader, &copy, &mut put),
                Parcel::Record => export::each_record(&copy, &mut put),
            };
            done.map_err(|error| io::Error::other(error.to_string()))?;
            tar.end()
        }))
    }
}
