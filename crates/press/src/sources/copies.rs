//! The archived copies of sources, beside the cabinet: kept under their hash, shown as text, asked again.

use super::adding::text;
use crate::fetch::guarded::{Fetched, Refusal as Why};
use crate::files::{self, Kind};
use crate::import;
use crate::people::{Caller, Error, People, Refusal};
use ovn_edition::warc::{self, Exchange};
use ovn_edition::{commit::sha256, hex};
use ovn_store::Folder;
use ovn_store::cabinet::{File, Hash, Id, Note, Source};
use std::io::ErrorKind;

/// A day, in ms.
const DAY: u64 = 24 * 60 * 60 * 1000;

/// Where files lie that were given in confidence: a folder within the folder of copies that no text may name.
pub(super) const SECRET: &str = "confidential/";

/// The copy of a source that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The bytes: of an archive, WARC 1.1, or of a file as it was given.
    pub bytes: Vec<u8>,
    /// Their SHA-256.
    pub hash: Hash,
    /// The media type that the server gave its answer, or that the file's bytes have.
    pub media: String,
    /// What a page or a file says, without its form; none for what is no text.
    pub text: Option<String>,
    /// Its name as a file, made of its hash.
    pub name: String,
}

/// The name of a copy in the folder, and in an article file: an archive's, or a given file's.
pub(super) fn name_of(hash: &Hash, file: Option<&File>) -> String {
    format!("{}.{}", hex::encode(hash), file.map_or("warc", |file| file.ending.as_str()))
}

/// Where a given file lies in the folder of copies.
pub(super) fn place(one: &Source, file: &File) -> String {
    let apart = if one.commitment.is_some() { SECRET } else { "" };
    format!("{apart}{}", name_of(&file.hash, Some(file)))
}

/// A title for what was fetched, as the page gives it; its address where there is none.
pub(super) fn title(fetched: &Fetched) -> String {
    let page = str::from_utf8(&fetched.body).ok().filter(|_| fetched.media.contains("html"));
    let found = page.and_then(import::page_title);
    found.unwrap_or_else(|| fetched.url.chars().take(200).collect())
}

impl People {
    /// Where copies lie that a draft's text may name: nobody but the operator's own user may read it.
    pub(crate) fn copies(&self) -> Folder {
        Folder::at(self.inner.dir.join("cabinet"))
    }

    /// Keeps what was fetched; the same bytes are kept once.
    pub(super) fn keep_archive(&self, fetched: &Fetched) -> Result<Hash, Error> {
        let places: Vec<String> =
            fetched.exchanges.iter().map(|one| one.address.to_string()).collect();
        let exchange = |(one, address)| {
            let one: &crate::fetch::guarded::Exchange = one;
            let address: &String = address;
            Exchange {
                url: &one.url,
                address,
                at: one.at,
                request: &one.request,
                response: &one.response,
                payload: &one.payload,
            }
        };
        let all: Vec<Exchange<'_>> = fetched.exchanges.iter().zip(&places).map(exchange).collect();
        let archive = warc::write(concat!("ovn/", env!("CARGO_PKG_VERSION")), &all);
        let hash = sha256(&archive);
        self.keep_file(&name_of(&hash, None), &archive)?;
        Ok(hash)
    }

    /// Keeps a file beside the cabinet, under a name made of its hash.
    pub(crate) fn keep_file(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let folder = self.copies();
        let kept = private(folder.root()).and_then(|()| folder.replace(name, bytes));
        kept.map_err(|error| match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Refusal::Full.into()
            }
            _ => text(&format!("the file could not be kept: {error}; try again")),
        })
    }

    /// The archived copy of a source, compared with its hash; none where there is none.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Text`] when the copy is gone or damaged.
    pub fn kept(&self, caller: &Caller, id: &Id) -> Result<Option<Kept>, Error> {
        let one = self.source(caller, id)?;
        let Some(hash) = one.file else { return Ok(None) };
        let file = self.cabinet().file_of(id)?;
        let name = name_of(&hash, file.as_ref());
        let place = file.as_ref().map_or_else(|| name.clone(), |file| place(&one, file));
        let bytes = self.copies().read(&place).ok().flatten();
        let bytes = bytes.filter(|bytes| sha256(bytes) == hash);
        let bytes = bytes.ok_or_else(|| text("the archived copy is missing or damaged"))?;
        let (media, said) = if let Some(file) = file {
            let said = files::look(&file.name, &bytes).map(|looked| looked.words);
            let media = Kind::of_ending(&file.ending).map_or("", Kind::media).to_owned();
            (media, said.ok().filter(|words| !words.trim().is_empty()))
        } else {
            archived(&bytes)?
        };
        Ok(Some(Kept { media, text: said, hash, bytes, name }))
    }

    /// Asks a source's address again and notes whether it answers; a refusal before anybody was asked is no answer either.
    ///
    /// # Errors
    /// [`Refusal::Missing`] also where there is no address, [`Refusal::Busy`].
    pub fn ask_again(&self, caller: &Caller, id: &Id) -> Result<bool, Error> {
        let one = self.source(caller, id)?;
        let url = one.url.filter(|_| one.commitment.is_none()).ok_or(Refusal::Missing)?;
        let answers = self.answers(id, &url)?;
        let words = one.title;
        self.cabinet().note(&Note { words, ..self.note(&caller.person, "ask", None) })?;
        Ok(answers)
    }
}

impl People {
    /// Asks again the addresses that nobody asked for a day, the longest unasked first and at most `most`; says how many.
    ///
    /// # Errors
    /// When the cabinet can't be read or written.
    pub fn ask_due(&self, most: usize) -> Result<usize, Error> {
        let now = self.now();
        let due = self.cabinet().unasked(now.saturating_sub(DAY), most as u64)?;
        let due = due.iter().filter_map(|one| Some((one.id, one.url.as_deref()?)));
        let mut asked = 0;
        for (id, url) in due {
            match self.answers(&id, url) {
                // Somebody is fetching: they go first.
                Err(Error::Refused(Refusal::Busy)) => break,
                other => other?,
            };
            asked += 1;
        }
        Ok(asked)
    }

    /// Whether an address answers, which is noted.
    fn answers(&self, id: &Id, url: &str) -> Result<bool, Error> {
        let fetched = self.fetched(url)?;
        // What is there, but longer or of another type than is kept, is there.
        let answers = matches!(fetched, Ok(_) | Err(Why::Long { .. } | Why::Type { .. }));
        self.cabinet().checked(id, self.now(), answers)?;
        Ok(answers)
    }
}

/// The media type of what was archived last, and what it says where it is text.
fn archived(bytes: &[u8]) -> Result<(String, Option<String>), Error> {
    let records = warc::read(bytes).map_err(|error| text(&error.to_string()))?;
    let last = records.iter().rev().find(|one| one.kind() == "response");
    let answer = last.and_then(|one| warc::answer(one.block));
    let said = answer.as_ref().filter(|one| one.coding.is_empty());
    let said = said.and_then(|one| import::text_of(&one.body, &one.media));
    Ok((answer.map_or_else(String::new, |one| one.media), said))
}

/// Makes the folder so that nobody but its owner may look into it.
fn private(path: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}
