//! Pages that memory has no room for: on disk, encoded and with their headers, until the process ends.
//!
//! A page that left memory is found by its address and read with one system call, as a web server reads a static file;
//! it is right as long as nothing that it needs has changed. The file has no name, so its space is free again whenever
//! the process ends, and nothing of it outlives what may be removed from the edition.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use hyper::body::Bytes;

use crate::needs::{Changes, Needs};
use crate::request::Request;
use crate::respond::{Entry, Response, from_record};

/// A page that is asked for so often is made again for memory, with the smallest encodings.
const OFTEN: u32 = 64;

/// Where pages lie that left memory.
#[derive(Debug)]
pub(crate) struct Shelf {
    /// The most bytes of its file.
    most: u64,
    hasher: RandomState,
    inner: RwLock<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    /// Made when the first page comes; gone for good when writing fails.
    file: Option<Arc<File>>,
    failed: bool,
    end: u64,
    /// By the hash of an address; the record itself says which address it is for.
    spots: HashMap<u64, Spot>,
}

/// Where a page lies, and what it is right for.
#[derive(Debug)]
struct Spot {
    at: u64,
    length: u32,
    needs: Needs,
    generation: AtomicU64,
    asked: AtomicU32,
}

impl Shelf {
    /// A shelf of at most `most` bytes; of 0 it keeps nothing.
    pub(crate) fn new(most: u64) -> Self {
        Self { most, hasher: RandomState::new(), inner: RwLock::default() }
    }

    /// Keeps `entries`, each with its address: those that one seal does not change anyway.
    pub(crate) fn keep(&self, entries: &[(Box<str>, Arc<Entry>)]) {
        for (key, entry) in entries {
            if self.most == 0 || !matches!(entry.page.needs, Needs::Parts(_)) {
                continue;
            }
            let Some(record) = entry.record(key) else { continue };
            let generation = entry.generation.load(Ordering::Acquire);
            if let Err(error) = self.write(key, &record, entry.page.needs.clone(), generation) {
                tracing::warn!(%error, "pages that leave memory are not kept on disk any more");
                let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
                *inner = Inner { failed: true, ..Inner::default() };
                return;
            }
        }
    }

    fn write(&self, key: &str, record: &[u8], needs: Needs, generation: u64) -> io::Result<()> {
        let Ok(length) = u32::try_from(record.len()) else { return Ok(()) };
        let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        if inner.failed || u64::from(length) > self.most {
            return Ok(());
        }
        if inner.end + u64::from(length) > self.most {
            // A new file: those who read from the old one go on until they are done.
            *inner = Inner::default();
        }
        let file = match &inner.file {
            Some(file) => Arc::clone(file),
            None => Arc::clone(inner.file.insert(Arc::new(nameless()?))),
        };
        file.write_all_at(record, inner.end)?;
        let (generation, asked) = (AtomicU64::new(generation), AtomicU32::new(0));
        let spot = Spot { at: inner.end, length, needs, generation, asked };
        inner.spots.insert(self.hasher.hash_one(key), spot);
        inner.end += u64::from(length);
        Ok(())
    }

    /// The answer to `request` in `generation`, if its page is here and right.
    pub(crate) fn answer(
        &self,
        request: &Request,
        generation: u64,
        changes: &Changes,
    ) -> Option<Response> {
        if self.most == 0 {
            return None;
        }
        let (file, at, length) = {
            let inner = self.inner.read().unwrap_or_else(PoisonError::into_inner);
            let spot = inner.spots.get(&self.hasher.hash_one(request.path()))?;
            let then = spot.generation.load(Ordering::Acquire);
            let often = spot.asked.fetch_add(1, Ordering::Relaxed) >= OFTEN;
            if often || !changes.leave(&spot.needs, then, generation) {
                return None;
            }
            spot.generation.fetch_max(generation, Ordering::AcqRel);
            (Arc::clone(inner.file.as_ref()?), spot.at, spot.length)
        };
        let mut record = vec![0; usize::try_from(length).ok()?];
        file.read_exact_at(&mut record, at).ok()?;
        from_record(&Bytes::from(record), request)
    }

    /// How many pages lie here.
    #[cfg(test)]
    pub(crate) fn pages(&self) -> usize {
        self.inner.read().unwrap_or_else(PoisonError::into_inner).spots.len()
    }
}

/// A file without a name, in the folder for large temporary files.
fn nameless() -> io::Result<File> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let large = PathBuf::from("/var/tmp");
    let folder = if large.is_dir() { large } else { std::env::temp_dir() };
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let path = folder.join(format!("ovn-pages-{}-{number}", std::process::id()));
    let file =
        OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::needs::Part;
    use crate::respond::Page;
    use hyper::StatusCode;
    use hyper::header::HeaderValue;

    fn entry(text: &str, needs: Needs) -> Arc<Entry> {
        let html = format!("<head><style>a{{}}</style></head><p>{}", text.repeat(200));
        let page = Page::html(StatusCode::OK, html).modified(Some(1_764_000_000_000));
        Arc::new(Entry::new(page.keys("article-1").needs(needs), true, 5))
    }

    fn part() -> Needs {
        Needs::Parts([Part::story("a")].into())
    }

    fn ask(path: &str, headers: &[(&'static str, &str)]) -> Request {
        headers.iter().fold(Request::get(path).unwrap(), |request, (name, value)| {
            request.with(name, HeaderValue::from_str(value).unwrap())
        })
    }

    #[test]
    fn a_page_comes_back_as_it_was() {
        let (shelf, changes) = (Shelf::new(1 << 20), Changes::default());
        let entry = entry("The quay. ", part());
        let entries = [("/a".into(), Arc::clone(&entry))];
        shelf.keep(&entries);
        for accept in ["gzip", "zstd", "gzip, br, zstd", "identity", ""] {
            let request = ask("/a", &[("accept-encoding", accept)]);
            let (found, expected) =
                (shelf.answer(&request, 5, &changes).unwrap(), entry.answer(&request));
            assert_eq!(
                (&found.headers, &found.body),
                (&expected.headers, &expected.body),
                "{accept}"
            );
            let tag = expected.headers.get("etag").unwrap().to_str().unwrap();
            let request = ask("/a", &[("accept-encoding", accept), ("if-none-match", tag)]);
            let (found, expected) =
                (shelf.answer(&request, 5, &changes).unwrap(), entry.answer(&request));
            assert_eq!((found.status, &found.headers), (expected.status, &expected.headers));
            assert_eq!((found.status.as_u16(), found.body.len()), (304, 0));
        }
        assert!(shelf.answer(&ask("/a", &[("accept-encoding", "br")]), 5, &changes).is_none());
        assert!(shelf.answer(&ask("/b", &[]), 5, &changes).is_none());
    }

    #[test]
    fn a_page_that_the_disk_changed_is_not_shown() {
        let (shelf, changes) = (Shelf::new(1 << 20), Changes::default());
        shelf.keep(&[("/a".into(), entry("The quay. ", part()))]);
        let request = ask("/a", &[("accept-encoding", "gzip")]);
        let file = Arc::clone(shelf.inner.read().unwrap().file.as_ref().unwrap());
        let end = shelf.inner.read().unwrap().end;
        for at in (0..end).step_by(97) {
            let mut byte = [0];
            file.read_exact_at(&mut byte, at).unwrap();
            file.write_all_at(&[byte[0] ^ 4], at).unwrap();
            assert!(shelf.answer(&request, 5, &changes).is_none(), "{at}");
            file.write_all_at(&byte, at).unwrap();
        }
        assert!(shelf.answer(&request, 5, &changes).is_some());
    }

    #[test]
    fn a_page_is_right_until_what_it_needs_changes() {
        let (shelf, changes) = (Shelf::new(1 << 20), Changes::default());
        shelf.keep(&[
            ("/a".into(), entry("a ", part())),
            ("/all".into(), entry("b ", Needs::Everything)),
        ]);
        assert_eq!(shelf.pages(), 1);
        let request = ask("/a", &[("accept-encoding", "gzip")]);
        changes.note(5, None);
        changes.note(6, Some(&[Part::story("b")]));
        assert!(shelf.answer(&request, 6, &changes).is_some());
        changes.note(7, Some(&[Part::story("a")]));
        assert!(shelf.answer(&request, 7, &changes).is_none());
    }

    #[test]
    fn it_has_an_end_and_gives_back_what_is_often_asked_for() {
        let (shelf, changes) = (Shelf::new(20_000), Changes::default());
        for number in 0..100 {
            shelf.keep(&[(format!("/{number}").into(), entry(&format!("{number} "), part()))]);
            assert!(shelf.inner.read().unwrap().end <= 20_000);
        }
        assert!((1..100).contains(&shelf.pages()));
        let request = ask("/99", &[("accept-encoding", "gzip")]);
        let times = (0..200).take_while(|_| shelf.answer(&request, 5, &changes).is_some()).count();
        assert_eq!(times, usize::try_from(OFTEN).unwrap());
        let none = Shelf::new(0);
        none.keep(&[("/a".into(), entry("a ", part()))]);
        assert_eq!(none.pages(), 0);
    }
}
