//! A small edition for tests: sealed with fixed chance and a fixed clock, so that it has the same bytes each time.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hyper::header::HeaderValue;
use ovn_edition::leaf::{Id, Kind};
use ovn_edition::model::{Article, Block, Citation, Class, Inline, Source};
use ovn_edition::sealed::{self, Place};
use ovn_press::keys::Keys;
use ovn_press::seal::{Chance, Draft, Sealer, Subject, Take};
use ovn_site::{Request, Response, Site};
use ovn_store::rows::{Head, HeadKind};
use ovn_store::settings::{Publisher, Section};
use ovn_store::{Facts, Settings, keys_folder};
use ovn_tests::postgres::{self, Database};

pub const NOW: u64 = 1_795_000_000_000;
pub const HOSTILE: &str = "Talks </script><script>alert(1)</script> & \u{b}\"more\"";

pub struct Edition {
    pub home: tempfile::TempDir,
    pub sealer: Sealer,
    pub site: Site,
    pub port: Id,
}

fn chance() -> Chance {
    let next = AtomicU64::new(1);
    Arc::new(move |bytes| {
        let number = next.fetch_add(1, Ordering::SeqCst);
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = (place as u8).wrapping_mul(37) ^ number.to_le_bytes()[place % 8];
        }
        Ok(())
    })
}

pub fn settings() -> Settings {
    let name = |en: &str, ur: &str| [("en".into(), en.into()), ("ur".into(), ur.into())].into();
    Settings {
        name: "OpenVoiceNews Test".into(),
        origin: "news.example".into(),
        url: "https://news.example".into(),
        languages: vec!["en".into(), "ur".into()],
        zone: "Asia/Karachi".into(),
        sections: vec![Section { slug: "world".into(), name: name("World", "دنیا") }],
        publisher: Publisher { contact: "desk@news.example".into(), ..Publisher::default() },
        ..Settings::default()
    }
}

pub fn draft(path: &str, lang: &str, headline: &str, subject: Subject, class: Class) -> Draft {
    draft_with(path, lang, headline, subject, class, |_| {})
}

/// The same of an article that `change` has changed.
pub fn draft_with(
    path: &str,
    lang: &str,
    headline: &str,
    subject: Subject,
    class: Class,
    change: impl FnOnce(&mut Article),
) -> Draft {
    let text = |words: &str| Inline::Text { text: words.into(), marks: Vec::new() };
    let cite = Citation { id: "call".into(), prefix: String::new(), locator: String::new() };
    let source: Source = serde_json::from_str(
        r#"{"id":"call","type":"speech","title":"Readout","author":[{"literal":"The ministry"}],"URL":"https://example.org/readout"}"#,
    )
    .unwrap();
    let mut article = Article {
        lang: lang.into(),
        headline: headline.into(),
        standfirst: Some("In short".into()),
        byline: vec!["Islamabad desk".into()],
        sections: vec!["world".into()],
        topics: vec!["Trade & Ports".into()],
        parties: vec!["Government of Pakistan".into()],
        references: vec![source],
        body: vec![Block::Paragraph {
            content: vec![
                text("The two spoke, the ministry said"),
                Inline::Cite { items: vec![cite] },
                text("."),
            ],
        }],
        ..Article::default()
    };
    article.change.class = class;
    if class.corrects() {
        article.change.note = Some("The day was wrong.".into());
    }
    change(&mut article);
    let local = "2026-11-24T14:20+05:00".to_owned();
    let place = Place { path: path.into(), at: NOW, local: local.clone() };
    let policy = path.starts_with("/policies/");
    let kind = match (policy, class.corrects()) {
        (true, _) => Kind::Policy,
        (false, true) => Kind::Correction,
        (false, false) => Kind::Revision,
    };
    let head = Head {
        path: path.into(),
        local,
        kind: if policy { HeadKind::Policy } else { HeadKind::Article },
        lang: lang.into(),
        headline: headline.into(),
        standfirst: article.standfirst.clone(),
        byline: article.byline.clone(),
        sections: article.sections.clone(),
        topics: article.topics.clone(),
        story: article.story.clone(),
        note: article.change.note.clone(),
        class,
        translation_of: (lang == "ur")
            .then(|| article.translation_of.clone().unwrap_or_else(|| "/2026/11/port".into())),
        ..Head::default()
    };
    let mut draft = Draft::new(kind, subject, sealed::blocks(&article, &place).unwrap());
    draft.facts = Facts { head: Some(head), sources: article.references, ..Facts::default() };
    draft
}

pub fn publish(sealer: &Sealer, path: &str, lang: &str, headline: &str) -> Id {
    let draft = draft(path, lang, headline, Subject::New, Class::Publication);
    sealer.seal(vec![draft]).unwrap()[0].id.unwrap()
}

impl Edition {
    pub fn new() -> Self {
        Self::with_rows_in(postgres::database_for(module_path!()))
    }

    /// The edition with its rows in this database, or in a file of its folder.
    pub fn with_rows_in(database: Option<Database>) -> Self {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("edition");
        let database = database.map(|database| database.address());
        let settings = Settings { database, ..settings() };
        Keys::generate(&keys_folder(&dir), &settings.origin, &chance()).unwrap();
        let time = AtomicU64::new(NOW);
        let clock = Arc::new(move || time.fetch_add(60_000, Ordering::SeqCst));
        let sealer = Sealer::open(&dir, &settings, clock, chance()).unwrap();
        sealer.seal(vec![Draft::genesis("Test", sealer.keys())]).unwrap();
        let port = publish(&sealer, "/2026/11/port", "en", HOSTILE);
        publish(&sealer, "/2026/11/bandargah", "ur", "بندرگاہ پر بات چیت");
        let gone = publish(&sealer, "/2026/11/gone", "en", "Soon gone");
        publish(&sealer, "/policies/corrections", "en", "How we correct");
        let correction =
            draft("/2026/11/port", "en", HOSTILE, Subject::Of(port), Class::Correction);
        sealer.seal(vec![correction]).unwrap();
        let take = Take { rev: 1, ground: "privacy".into(), ..Take::default() };
        sealer.seal(vec![Draft::removal(gone, take)]).unwrap();
        let site = Site::new(settings, sealer.reader().clone()).unwrap();
        Self { home, sealer, site, port }
    }

    pub fn get(&self, target: &str) -> Response {
        self.site.respond(&Request::get(target).expect(target))
    }

    pub fn with(&self, target: &str, headers: &[(&'static str, &str)]) -> Response {
        let request =
            headers.iter().fold(Request::get(target).unwrap(), |request, (name, value)| {
                request.with(name, HeaderValue::from_str(value).unwrap())
            });
        self.site.respond(&request)
    }

    pub fn text(&self, target: &str) -> String {
        let response = self.get(target);
        assert_eq!(response.status.as_u16(), 200, "{target}");
        String::from_utf8(response.body.to_vec()).unwrap()
    }
}

pub fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers.get(name).map_or("", |value| value.to_str().unwrap())
}
