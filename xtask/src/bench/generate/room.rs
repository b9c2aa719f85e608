//! An edition of made-up articles, sealed through the product's own verbs, many files in a batch and on all cores.

use super::Generator;
use ovn_press::newsroom::Newsroom;
use ovn_press::{init, many, publish};
use ovn_store::Folder;
use std::ops::Range;
use std::path::Path;
use std::time::{Duration, Instant};

/// Articles that are sealed together.
const BATCH: u64 = 1_000;

/// The made-up edition's settings.
const SETTINGS: &str = r#"name = "A made-up edition"
origin = "made-up.openvoicenews.example"
url = "https://made-up.openvoicenews.example"
languages = ["en", "ur"]
zone = "UTC"

[motto]
en = "Nothing here happened."
ur = "یہاں کچھ نہیں ہوا۔"

[[sections]]
slug = "politics-government"
name = { en = "Politics & Government", ur = "سیاست و حکومت" }

[[sections]]
slug = "economy"
name = { en = "Economy", ur = "معیشت" }

[[sections]]
slug = "world"
name = { en = "World", ur = "دنیا" }

[[sections]]
slug = "how-it-works"
name = { en = "How it works", ur = "یہ کیسے چلتا ہے" }

[publisher]
name = "A made-up edition"
address = "None"
contact = "none@made-up.openvoicenews.example"
ownership = "It belongs to nobody; a program made it to measure another."
"#;

/// What one batch took.
#[derive(Debug, Clone, Copy)]
pub struct Made {
    /// Articles in it.
    pub articles: u64,
    /// From reading the files to the acknowledgement.
    pub took: Duration,
}

/// Makes an empty edition in `dir`; `database` is an address of PostgreSQL, or none for SQLite.
///
/// # Errors
/// A sentence when there is one already or the folder can't be written.
pub fn room(dir: &Path, database: Option<&str>) -> Result<Newsroom, String> {
    let env = |name: &str| database.filter(|_| name == "OVN_DATABASE").map(str::to_owned);
    init::edition(dir, SETTINGS, &env).map_err(|error| format!("{}: {error}", dir.display()))
}

impl Generator {
    /// Publishes the articles with these numbers in `room`, and calls `done` after each batch.
    ///
    /// # Errors
    /// A sentence when one is refused or sealing failed.
    pub fn publish(
        &self,
        room: &Newsroom,
        numbers: Range<u64>,
        done: &mut dyn FnMut(Made),
    ) -> Result<(), String> {
        let mut next = numbers.start;
        while next < numbers.end {
            let batch = next..numbers.end.min(next + BATCH);
            let since = Instant::now();
            let ready = self.ready(room, batch.clone())?;
            publish::publish(room, ready).map_err(|error| error.to_string())?;
            done(Made { articles: batch.end - batch.start, took: since.elapsed() });
            next = batch.end;
        }
        Ok(())
    }

    /// The articles with these numbers, checked and ready to be sealed.
    ///
    /// # Errors
    /// A sentence when one is refused.
    pub fn ready(
        &self,
        room: &Newsroom,
        numbers: Range<u64>,
    ) -> Result<Vec<publish::Ready>, String> {
        let all: Vec<u64> = numbers.collect();
        many::each(&all, |number| self.one(room, *number)).into_iter().collect()
    }

    fn one(&self, room: &Newsroom, number: u64) -> Result<publish::Ready, String> {
        let piece = self.article(number);
        // The articles name no local file, so nothing is looked for beside them.
        let ready = publish::check(room, piece.markdown.as_bytes(), &Folder::at(room.dir()), None);
        ready.map_err(|error| format!("{}: {error}", piece.name))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use ovn_store::rows::HeadKind;

    #[test]
    fn an_edition_has_the_articles_it_was_asked_for() {
        let home = tempfile::tempdir().unwrap();
        let room = room(&home.path().join("edition"), None).unwrap();
        let mut made = 0;
        let generator = Generator::new(1);
        generator.publish(&room, 0..7, &mut |one| made += one.articles).unwrap();
        generator.publish(&room, 7..9, &mut |one| made += one.articles).unwrap();
        assert_eq!(made, 9);
        assert_eq!(room.reader().paths(HeadKind::Article).unwrap().len(), 9);
        assert_eq!(room.reader().size().unwrap(), 10);
        let again = generator.publish(&room, 3..4, &mut |_| ()).unwrap_err();
        assert!(again.starts_with("0000003.md: /"), "{again}");
    }
}
