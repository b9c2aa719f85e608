//! The archived copies of sources, beside the cabinet: kept under their hash, shown as text, asked again.

use super::adding::text;
use crate::fetch::guarded::{Fetched, Refusal as Why};
use crate::import;
use crate::people::{Caller, Error, People, Refusal};
use ovn_edition::warc::{self, Exchange};
use ovn_edition::{commit::sha256, hex};
use ovn_store::Folder;
use ovn_store::cabinet::{Hash, Id, Note, Source};
use std::io::ErrorKind;

/// A day, in ms.
const DAY: u64 = 24 * 60 * 60 * 1000;

/// An archived copy of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The archive's bytes, WARC 1.1.
    pub bytes: Vec<u8>,
    /// Its SHA-256.
    pub hash: Hash,
    /// The media type that the server gave its answer.
    pub media: String,
    /// What a page says, without its form; none for what is no text.
    pub text: Option<String>,
}

impl Kept {
    /// The archive's name as a file.
    #[must_use]
    pub fn file_name(&self) -> String {
        file_name(&self.hash)
    }
}

/// The name of an archive in the folder, and in an article file.
pub(super) fn file_name(hash: &Hash) -> String {
    format!("{}.warc", hex::encode(hash))
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
        self.keep_file(&file_name(&hash), &archive)?;
        Ok(hash)
    }

    /// Keeps a file beside the cabinet, under a name made of its hash.
    pub(crate) fn keep_file(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let folder = self.copies();
        let kept = private(folder.root()).and_then(|()| folder.replace(name, bytes));
        kept.map_err(|error| match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Refusal::Full.into(),
            _ => text(&format!("the file could not be kept: {error}; try again")),
        })
    }

    /// The archived copy of a source, compared with its hash; none where there is none.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Text`] when the copy is gone or damaged.
    pub fn kept(&self, caller: &Caller, id: &Id) -> Result<Option<Kept>, Error> {
        let Some(hash) = self.source(caller, id)?.file else { return Ok(None) };
        let bytes = self.copies().read(&file_name(&hash)).ok().flatten();
        let bytes = bytes.filter(|bytes| sha256(bytes) == hash);
        let bytes = bytes.ok_or_else(|| text("the archived copy is missing or damaged"))?;
        let records = warc::read(&bytes).map_err(|error| text(&error.to_string()))?;
        let last = records.iter().rev().find(|one| one.kind() == "response");
        let answer = last.and_then(|one| warc::answer(one.block));
        let said = answer.as_ref().filter(|one| one.coding.is_empty());
        let said = said.and_then(|one| import::text_of(&one.body, &one.media));
        let media = answer.map_or_else(String::new, |one| one.media);
        Ok(Some(Kept { media, text: said, hash, bytes }))
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
        let last = |one: &Source| one.checked.unwrap_or(one.at);
        let mut due = self.cabinet().sources()?;
        due.retain(|one| one.commitment.is_none() && last(one).saturating_add(DAY) <= now);
        due.sort_by_key(last);
        let due = due.iter().filter_map(|one| Some((one.id, one.url.as_deref()?)));
        let mut asked = 0;
        for (id, url) in due.take(most) {
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

/// Makes the folder so that nobody but its owner may look into it.
fn private(path: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}
