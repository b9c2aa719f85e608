//! Publish an article file: read, archive, check what it may become, place, seal.

mod address;
mod allow;
pub mod archive;
mod facts;
pub mod picture;
mod renditions;

pub use allow::{Error as Refusal, Known};
pub(crate) use facts::section_slug;
pub use facts::{facts, search};

use crate::{
    newsroom::{self, Newsroom},
    seal::{Draft, Subject},
};
use archive::Archived;
use ovn_edition::{
    leaf::Kind,
    markdown,
    model::{Article, Change, Class},
    report::Report,
    sealed::{self, Place},
};
use ovn_store::{Folder, rows::HeadKind};

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Where it is read.
    pub path: String,
    /// Number of the revision, from 1.
    pub rev: u32,
    /// Number of its entry in the record, from 0.
    pub entry: u64,
    /// Sources that were archived with it.
    pub archived: usize,
}

/// Why a file was not published. Nothing of it was sealed, and nothing was written but archived copies that no page
/// names.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is not an article; each problem with its line and column.
    #[error("{}", lines(.0))]
    File(Vec<markdown::Problem>),
    /// A source could not be archived.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// It may not become what it is declared to be.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No address can be made.
    #[error("the headline gives no slug in Latin letters; add `slug: some-words` to the metadata")]
    Slug,
    /// A section that the edition does not have.
    #[error("the edition has no section {name:?}; it has {known}")]
    Section {
        /// As the file names it.
        name: String,
        /// The sections that there are.
        known: String,
    },
    /// The edition could not be read or sealed.
    #[error(transparent)]
    Newsroom(#[from] newsroom::Error),
    /// A part of the article has no sealed form.
    #[error(transparent)]
    Sealed(#[from] sealed::Error),
}

/// Each problem on a line of its own.
pub(crate) fn lines(problems: &[markdown::Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// An article file that passed every check and waits to be sealed.
#[derive(Debug)]
pub struct Ready {
    article: Article,
    place: Place,
    report: Report,
    known: Option<Known>,
    id: Option<[u8; 16]>,
    archived: Vec<Archived>,
}

impl Ready {
    /// Where it will be read.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.place.path
    }

    /// What the desk asks of it; sealed with it.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// How many of the desk's findings the article answers.
    #[must_use]
    pub fn answered(&self) -> usize {
        let answers = &self.article.answers;
        let findings = self.report.findings.iter();
        findings.filter(|one| answers.iter().any(|answer| one.is_answered_by(answer))).count()
    }

    /// The number that the revision will have.
    #[must_use]
    pub fn rev(&self) -> u32 {
        self.known.as_ref().map_or(1, |known| known.rev + 1)
    }
}

/// Checks the article file `bytes`, whose sources lie in the folder `beside`; `change` wins over what the file declares.
///
/// # Errors
/// [`Error`], each a sentence for the file's author.
pub fn check(
    room: &Newsroom,
    bytes: &[u8],
    beside: &Folder,
    change: Option<Change>,
) -> Result<Ready, Error> {
    let mut article = markdown::read(bytes).map_err(Error::File)?;
    if let Some(change) = change {
        article.change = change;
    }
    let at = room.now();
    let mut archived = archive::archive(&mut article, beside, at)?;
    let slug = address::slug(&article).ok_or(Error::Slug)?;
    article.slug = Some(slug.clone());
    let (known, id) = find(room, &slug)?;
    if let Some(known) = &known {
        archive::keep_dates(&mut article, &known.article);
    }
    let earlier = known.as_ref().map(|known| &known.article);
    archived.extend(renditions::add(&mut article, earlier, &archived, beside)?);
    allow::allow(&article, known.as_ref())?;
    sections(room, &article)?;
    let local = room.local(at);
    let path =
        known.as_ref().map_or_else(|| address::of(&slug, &local), |known| known.path.clone());
    let report = ovn_desk::report(&article, room.house());
    Ok(Ready { article, place: Place { path, at, local }, report, known, id, archived })
}

/// Seals what is ready, all in one batch where it can be, and returns once every reader can see it.
///
/// # Errors
/// When sealing failed; nothing was acknowledged.
pub fn publish(room: &Newsroom, ready: Vec<Ready>) -> Result<Vec<Published>, Error> {
    let (drafts, mine) = drafts_and_places(room, &ready)?;
    let receipts = room.seal(drafts)?;
    let published = ready.into_iter().zip(mine).filter_map(|(one, index)| {
        let receipt = receipts.get(index)?;
        Some(Published {
            rev: one.rev(),
            path: one.place.path,
            entry: receipt.seq,
            archived: one.archived.len(),
        })
    });
    Ok(published.collect())
}

/// What [`publish`] hands to the sealer: each article's draft, before it those of the sources that it archives.
///
/// # Errors
/// [`Error::Sealed`] when a part of an article has no sealed form.
pub fn drafts(room: &Newsroom, ready: &[Ready]) -> Result<Vec<Draft>, Error> {
    Ok(drafts_and_places(room, ready)?.0)
}

/// The drafts, and at which place among them each article's own is.
fn drafts_and_places(room: &Newsroom, ready: &[Ready]) -> Result<(Vec<Draft>, Vec<usize>), Error> {
    let (mut drafts, mut mine) = (Vec::new(), Vec::new());
    for one in ready {
        for file in &one.archived {
            if !room.has_blob(&file.digest)? {
                let draft = Draft::new(Kind::Snapshot, Subject::None, file.blocks());
                drafts.push(Draft { blobs: vec![file.bytes.clone()], ..draft });
            }
        }
        mine.push(drafts.len());
        drafts.push(draft(room, one)?);
    }
    Ok((drafts, mine))
}

fn draft(room: &Newsroom, one: &Ready) -> Result<Draft, Error> {
    let kind = if one.article.change.class.corrects() || one.article.change.class == Class::Typo {
        Kind::Correction
    } else {
        Kind::Revision
    };
    let facts = facts(&one.article, &one.place, HeadKind::Article, room.settings());
    let subject = one.id.map_or(Subject::New, Subject::Of);
    let mut blocks = sealed::blocks(&one.article, &one.place)?;
    blocks.push(sealed::desk(&one.report)?);
    let draft = Draft::new(kind, subject, blocks);
    let expect = one.known.as_ref().map(|known| known.rev);
    Ok(Draft { expect, facts, ..draft })
}

fn find(room: &Newsroom, slug: &str) -> Result<(Option<Known>, Option<[u8; 16]>), Error> {
    let head = room.reader().head_with_slug(slug).map_err(newsroom::Error::from)?;
    let Some(head) = head else { return Ok((None, None)) };
    if head.withdrawn {
        return Err(Refusal::Removed { path: head.path }.into());
    }
    let newest = room.reader().revisions(&head.id).map_err(newsroom::Error::from)?.pop();
    let Some(newest) = newest else { return Ok((None, None)) };
    let (article, _) = sealed::read_article(&newest.document)?;
    Ok((Some(Known { path: head.path, rev: newest.rev, article }), Some(head.id)))
}

fn sections(room: &Newsroom, article: &Article) -> Result<(), Error> {
    let known = &room.settings().sections;
    let unknown = article.sections.iter().find(|name| facts::section_slug(name, known).is_none());
    match unknown {
        None => Ok(()),
        Some(name) => {
            let names: Vec<&str> =
                known.iter().flat_map(|one| one.name.values()).map(String::as_str).collect();
            Err(Error::Section { name: name.clone(), known: names.join(", ") })
        }
    }
}
