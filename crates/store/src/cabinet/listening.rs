//! Hearing what other nodes of one database change in drafts: `NOTIFY` from whoever saves, on a connection of its own that is
//! made again when it ends.

use super::engine::Db;
use super::{Cabinet, Id};
use crate::Error;
use crate::postgres::address::Address;
use crate::postgres::session::{Ear, Session};
use ovn_edition::hex;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// The channel on which nodes tell each other.
const CHANNEL: &str = "ovn_drafts";
/// Between two looks at whether somebody still listens, and before a connection is made again.
const PAUSE: Duration = Duration::from_millis(250);
/// After how many of those looks it is asked whether the server still answers.
const LOOKS: u32 = 8;
/// How long that may take.
const ANSWER: Duration = Duration::from_secs(3);

/// What a listener is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// This draft was saved by some node.
    Draft(Id),
    /// Nothing was heard for a while: anything may have been saved.
    Anything,
    /// Nothing; it is only asked whether somebody still listens.
    Nothing,
}

/// Takes what is heard, and says whether it wants to hear more.
pub type Listener = Arc<dyn Fn(Heard) -> bool + Send + Sync>;

/// Tells every node that a draft was saved, once the transaction lasts; where a node is alone, nobody.
pub(super) fn tell(db: &dyn Db, draft: &Id) -> Result<(), Error> {
    db.tell(CHANNEL, &hex::encode(draft))
}

impl Cabinet {
    /// Tells `listener` of what any node saves, on a thread that ends when it wants to hear no more. Without a database in
    /// common there is nobody to hear.
    pub fn listen(&self, listener: Listener) {
        let engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(address) = engine.address() else { return };
        drop(engine);
        let run = move || {
            while listener(Heard::Nothing) {
                // Whatever went wrong, the next round tries again; until then questions for news end by themselves.
                let _ = hear(&address, &listener);
                std::thread::sleep(PAUSE);
            }
        };
        let _ = std::thread::Builder::new().name("drafts".into()).spawn(run);
    }
}

/// Listens on one connection for as long as it lives.
fn hear(address: &Address, listener: &Listener) -> Result<(), Error> {
    let own = Arc::clone(listener);
    let ear: Ear = Box::new(move |payload| {
        if let Some(draft) = hex::decode(payload) {
            own(Heard::Draft(draft));
        }
    });
    let session = Session::open(address, Some(ANSWER), Some(ear))?;
    session.batch(&format!("LISTEN {CHANNEL}"))?;
    // From here on nothing is missed; before, something may have been.
    let mut wanted = listener(Heard::Anything);
    let mut looks = 0;
    while wanted && !session.is_closed() {
        std::thread::sleep(PAUSE);
        looks += 1;
        if looks % LOOKS == 0 {
            session.ask(ANSWER)?;
        }
        wanted = listener(Heard::Nothing);
    }
    Ok(())
}
