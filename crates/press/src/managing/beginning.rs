//! What a new edition still wants, for its administrators: each a step, until all are done or somebody says that it is enough.

use crate::init;
use crate::people::{Act, Caller, Error, Object, People, allowed};
use ovn_store::rows::{HeadKind, Query};

/// The verb by which the trail knows that the list was put away.
const ENOUGH: &str = "begun";

/// Something that a new edition wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A name of its own.
    Name,
    /// Who publishes it.
    Publisher,
    /// A first article.
    Article,
    /// A first policy.
    Policy,
    /// Somebody besides the first person.
    Invite,
    /// A first backup.
    Backup,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Article, Self::Publisher, Self::Policy, Self::Invite, Self::Backup];
}

impl People {
    /// Every step with whether it is done; none once all are, and for everybody who could not take them.
    ///
    /// # Errors
    /// When the edition or the cabinet can't be read.
    pub fn beginning(&self, caller: &Caller) -> Result<Vec<(Step, bool)>, Error> {
        if allowed(&caller.person, Act::Manage, Object::Others).is_err()
            || self.cabinet().was(ENOUGH)?
        {
            return Ok(Vec::new());
        }
        let settings = self.settings();
        let one = Query { limit: 1, ..Query::default() };
        let mut all = Vec::new();
        for step in Step::ALL {
            let done = match step {
                Step::Name => settings.name != init::UNNAMED,
                Step::Publisher => !settings.publisher.name.is_empty(),
                Step::Article => !self.reader().heads(&one)?.is_empty(),
                Step::Policy => !self.reader().paths(HeadKind::Policy)?.is_empty(),
                Step::Invite => self.cabinet().people()?.len() > 1,
                Step::Backup => self.backup() != super::Backup::None,
            };
            all.push((step, done));
        }
        if all.iter().all(|(_, done)| *done) { Ok(Vec::new()) } else { Ok(all) }
    }

    /// Puts the list away, for every administrator.
    ///
    /// # Errors
    /// [`crate::people::Refusal::Role`].
    pub fn begun(&self, caller: &Caller) -> Result<(), Error> {
        allowed(&caller.person, Act::Manage, Object::Others)?;
        Ok(self.cabinet().note(&self.note(&caller.person, ENOUGH, None))?)
    }
}
