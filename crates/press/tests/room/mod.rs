//! An edition with its people, for tests without a browser.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

pub(crate) mod authenticator;

use ovn_press::init;
use ovn_press::people::entry::{Attempt, Browser};
use ovn_press::people::joining::Newcomer;
use ovn_press::people::secret::Token;
use ovn_press::people::{Caller, Entered, Error, People, Refusal, Role};
use ovn_press::seal::Clock;
use ovn_store::cabinet::Draft;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) const PASSPHRASE: &str = "quiet river at noon";
pub(crate) const AGENT: &str =
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
pub(crate) const TEXT: &str = "---\nheadline: The bridge opens\nlang: en\nslug: the-bridge\nbyline: [Amina Khan]\nreferences:\n  - id: council\n    type: speech\n    title: Statement on the bridge\n    author: [{literal: \"Town council\"}]\n    issued: 2026-11-20\n    custom: {kind: statement, speaks-for: Town council}\n---\n\nThe bridge opens on Monday, the council said [@council].\n";

/// An edition with its people.
pub(crate) struct Room {
    _home: tempfile::TempDir,
    pub(crate) dir: PathBuf,
    pub(crate) time: Arc<AtomicU64>,
    pub(crate) people: People,
}

pub(crate) fn room(four_eyes: bool) -> Room {
    room_in(four_eyes, None)
}

/// The same with its rows in this database.
pub(crate) fn room_in(four_eyes: bool, database: Option<String>) -> Room {
    let env = move |name: &str| database.clone().filter(|_| name == "OVN_DATABASE");
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("edition");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let time = Arc::new(AtomicU64::new(u64::try_from(now.as_millis()).unwrap()));
    let clock: Clock = {
        let time = Arc::clone(&time);
        Arc::new(move || time.load(Ordering::SeqCst))
    };
    let toml = format!(
        "name = \"The Lantern\"\norigin = \"news.example\"\nurl = \"https://news.example\"\nlanguages = [\"en\", \"ur\"]\nfour-eyes = {four_eyes}\n\n[[sections]]\nslug = \"city\"\nname = {{en = \"City\", ur = \"شہر\"}}\n"
    );
    drop(init::edition(&dir, &toml, &env).unwrap());
    let people = People::open_with(&dir, Arc::new(env), clock).unwrap();
    Room { _home: home, dir, time, people }
}

impl Room {
    pub(crate) fn join(&self, link: &Token, name: &str) -> (Caller, Vec<String>) {
        let browser = Browser { device: None, agent: AGENT };
        let newcomer = Newcomer { name, passphrase: PASSPHRASE, lang: "en", browser };
        let (entered, codes) = self.people.join(link, &newcomer).unwrap();
        (self.caller(&entered), codes)
    }

    pub(crate) fn caller(&self, entered: &Entered) -> Caller {
        self.people.caller(&entered.session).unwrap().expect("the session lives")
    }

    /// The first person, an administrator.
    pub(crate) fn first(&self) -> Caller {
        let link = self.people.setup().unwrap().unwrap();
        self.join(&link, "Amina Khan").0
    }

    pub(crate) fn member(&self, by: &Caller, role: Role, name: &str) -> Caller {
        let link = self.people.invite(by, role).unwrap();
        self.join(&link, name).0
    }

    pub(crate) fn sign_in(
        &self,
        name: &str,
        passphrase: &str,
        device: Option<&Token>,
    ) -> Result<Entered, Error> {
        let browser = Browser { device, agent: AGENT };
        let address = [192, 0, 2, 1].into();
        self.people.sign_in(&Attempt { name, passphrase, address, browser })
    }

    pub(crate) fn lives(&self, caller: &Caller) -> bool {
        self.people.caller(&caller.token).unwrap().is_some()
    }

    pub(crate) fn draft(&self, caller: &Caller, draft: &Draft) -> Draft {
        self.people.draft(caller, &draft.id).unwrap()
    }
}

/// What was refused, in a word.
pub(crate) fn refused<T: std::fmt::Debug>(answer: Result<T, Error>) -> Refusal {
    match answer {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}
