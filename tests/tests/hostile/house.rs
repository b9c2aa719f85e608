//! An edition with what a test needs of it: publish a file, ask for an address, crawl.

use ovn_edition::model::{Article, Block, Change, Class, Inline};
use ovn_press::newsroom::Newsroom;
use ovn_press::{init, publish};
use ovn_site::{Request, Site};
use ovn_store::{Folder, Reader, Settings};
use ovn_tests::postgres::{self, Database, environment};
use std::path::PathBuf;

pub struct House {
    pub home: tempfile::TempDir,
    pub dir: PathBuf,
    pub beside: Folder,
    database: Option<Database>,
}

impl House {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("edition");
        let toml = init::settings("Test", "test.example", "https://test.example");
        let toml = toml.replace("languages = [\"en\"]", "languages = [\"en\", \"ur\"]");
        let database = postgres::database_for(module_path!());
        init::edition(&dir, &toml, &environment(database.as_ref())).unwrap();
        let beside = Folder::at(home.path().join("desk"));
        Self { home, dir, beside, database }
    }

    pub fn room(&self) -> Newsroom {
        Newsroom::open(&self.dir, &environment(self.database.as_ref())).unwrap()
    }

    /// Publishes the files in one batch and gives their addresses; the first refusal otherwise.
    pub fn publish(&self, files: &[String]) -> Result<Vec<String>, String> {
        self.publish_as(files, None)
    }

    pub fn publish_as(
        &self,
        files: &[String],
        change: Option<Change>,
    ) -> Result<Vec<String>, String> {
        let room = self.room();
        let ready = files.iter().map(|file| {
            publish::check(&room, file.as_bytes(), &self.beside, change.clone())
                .map_err(|error| error.to_string())
        });
        let ready = ready.collect::<Result<Vec<_>, _>>()?;
        let published = publish::publish(&room, ready).map_err(|error| error.to_string())?;
        Ok(published.into_iter().map(|one| one.path).collect())
    }

    pub fn correct(&self, file: &str, note: &str) -> Result<Vec<String>, String> {
        let change = Change { class: Class::Correction, note: Some(note.into()), asked_by: None };
        self.publish_as(&[file.to_owned()], Some(change))
    }

    pub fn site(&self) -> Site {
        let settings = Settings::read(&self.dir, &environment(self.database.as_ref())).unwrap();
        let reader = Reader::open(&self.dir, settings.database.as_deref()).unwrap();
        Site::new(settings, reader).unwrap()
    }
}

pub fn get(site: &Site, target: &str) -> (u16, String) {
    let answer = site.respond(&Request::get(target).expect(target));
    (answer.status.as_u16(), String::from_utf8_lossy(&answer.body).into_owned())
}

pub fn search(site: &Site, words: &str) -> String {
    let set = percent_encoding::NON_ALPHANUMERIC;
    let words = percent_encoding::utf8_percent_encode(words, set);
    let (status, page) = get(site, &format!("/search?q={words}"));
    assert_eq!(status, 200, "{words}");
    page
}

pub fn paragraph(text: &str) -> Block {
    Block::Paragraph { content: vec![Inline::Text { text: text.to_owned(), marks: Vec::new() }] }
}

/// A plain article with this headline and text.
pub fn article(slug: &str, headline: &str, text: &str) -> Article {
    Article {
        lang: "en".into(),
        slug: Some(slug.into()),
        headline: headline.into(),
        body: vec![paragraph(text)],
        ..Article::default()
    }
}

pub fn file(article: &Article) -> String {
    ovn_edition::markdown::write(article)
}
