//! The newsroom's plane: its screens, behind a listener, an origin and limits of their own, never on the readers'.
//!
//! Server-rendered forms that work without scripts. A person is looked up anew with every request. What changes anything is
//! a POST from the newsroom's own pages, with a token that only they have.

mod answer;
mod ask;
mod bundle;
mod guard;
mod incoming;
mod pouring;
mod rooms;
mod route;
pub mod routes;
mod screen;
mod screens;
mod serve;
mod tongue;
mod upload;
mod visit;

pub use ask::Ask;
pub(crate) use ask::Form;
pub use serve::serve_newsroom;
pub use upload::form_with_file;

use crate::Error;
use crate::respond::Response;
use crate::words::Words;
use answer::After;
use guard::Origin;
use ovn_press::people::People;
use ovn_press::people::passkeys::Passkeys;
use ovn_press::people::secret::Token;
use ovn_store::cabinet::Heard;
use rooms::Rooms;
use std::net::SocketAddr;
use std::sync::Arc;

/// The newsroom of one edition. Cheap to clone; for any number of threads.
#[derive(Debug, Clone)]
pub struct Plane {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    people: People,
    words: Words,
    origin: Origin,
    rooms: Rooms,
    passkeys: Option<Passkeys>,
}

/// Rings for what other nodes save, as long as this newsroom is there.
fn hear_others(inner: &Arc<Inner>) {
    let weak = Arc::downgrade(inner);
    inner.people.listen(Arc::new(move |heard| {
        let Some(inner) = weak.upgrade() else { return false };
        match heard {
            Heard::Draft(draft) => inner.rooms.ring(&draft),
            Heard::Anything => inner.rooms.ring_all(),
            Heard::Nothing => {}
        }
        true
    }));
}

impl Plane {
    /// The newsroom of these people, reached at `address`, or under the setting `newsroom-url` where a proxy stands before
    /// it.
    ///
    /// # Errors
    /// [`Error::Words`] when the interface's messages are damaged, which a test excludes; [`Error::Newsroom`] when strangers
    /// could listen: an address of a network without an `https://` address of its own.
    pub fn new(people: People, address: SocketAddr) -> Result<Self, Error> {
        let url = people.settings().newsroom_url.clone();
        let origin = Origin::new(address, url.as_deref()).map_err(Error::Newsroom)?;
        let passkeys = Passkeys::at(origin.url(), &people.settings().name);
        let (rooms, words) = (Rooms::new(people.now()), Words::new()?);
        let inner = Arc::new(Inner { people, words, origin, rooms, passkeys });
        hear_others(&inner);
        Ok(Self { inner })
    }

    /// The newsroom's own address, without a slash at the end: `http://localhost:8081`.
    #[must_use]
    pub fn url(&self) -> &str {
        self.inner.origin.url()
    }

    /// The link that sets the newsroom up, made anew; `None` once somebody has joined.
    ///
    /// # Errors
    /// [`Error::Newsroom`] when the cabinet can't be written.
    pub fn setup_link(&self) -> Result<Option<String>, Error> {
        let token =
            self.inner.people.setup().map_err(|error| Error::Newsroom(error.to_string()))?;
        Ok(token.map(|token| self.link(&token)))
    }

    /// The address of a link with this token.
    #[must_use]
    pub fn link(&self, token: &Token) -> String {
        format!("{}/join/{}", self.url(), token.text())
    }

    /// Whether a request comes from somebody who is signed in, by its head alone.
    pub(crate) fn is_known(&self, ask: &Ask) -> bool {
        let inner = &self.inner;
        let token = ask.cookie(&inner.origin.cookie_name("session"));
        token.is_some_and(|token| matches!(inner.people.caller(&token), Ok(Some(_))))
    }

    /// Answers one request. It may wait for the disk and for a passphrase to be compared.
    #[must_use]
    pub fn respond(&self, ask: &Ask) -> Response {
        let (mut response, after) = self.answer(ask);
        if let After::Pour(pour) = after {
            let mut bytes = Vec::new();
            match pour.into(&mut bytes) {
                Ok(()) => response.body = bytes.into(),
                Err(_) => return crate::respond::unavailable(),
            }
        }
        response
    }

    /// The same, with what follows its head.
    fn answer(&self, ask: &Ask) -> (Response, After) {
        visit::respond(&self.inner, ask)
    }
}
