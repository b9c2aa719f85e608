//! Handing a draft on.

use super::draft::version_of;
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::visit::Visit;
use ovn_edition::hex;
use ovn_press::people::Act;

/// To be read by somebody else.
pub(in crate::newsroom) fn submit(visit: &Visit<'_>) -> Result<Answer, Fail> {
    pass(visit, Act::Submit, "?did=submit")
}

/// Back to be worked on.
pub(in crate::newsroom) fn back(visit: &Visit<'_>) -> Result<Answer, Fail> {
    pass(visit, Act::Return, "?did=return")
}

/// It may be published.
pub(in crate::newsroom) fn approve(visit: &Visit<'_>) -> Result<Answer, Fail> {
    pass(visit, Act::Approve, "?did=approve")
}

/// Off the schedule.
pub(in crate::newsroom) fn unschedule(visit: &Visit<'_>) -> Result<Answer, Fail> {
    pass(visit, Act::Unschedule, "?did=unschedule")
}

/// Away, with all its versions.
pub(in crate::newsroom) fn put_away(visit: &Visit<'_>) -> Result<Answer, Fail> {
    pass(visit, Act::Drop, "")
}

fn pass(visit: &Visit<'_>, act: Act, did: &str) -> Result<Answer, Fail> {
    let (caller, id) = (visit.caller()?, visit.id(0)?);
    visit.people().pass(caller, &id, version_of(visit)?, act)?;
    let to = format!("/drafts/{}{did}", hex::encode(&id));
    Ok(Answer::go(if did.is_empty() { "/".to_owned() } else { to }))
}
