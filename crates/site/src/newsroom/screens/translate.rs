//! Beginning a translation of a draft or a published article, and making one a text of its own.

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::visit::Visit;
use ovn_edition::hex;

/// From a draft, in the language that was chosen.
pub(in crate::newsroom) fn begin(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let lang = visit.form.get("lang");
    let id = visit.people().translate(visit.caller()?, &visit.id(0)?, lang)?;
    Ok(Answer::go(format!("/drafts/{}", hex::encode(&id))))
}

/// From an article.
pub(in crate::newsroom) fn begin_article(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let (path, lang) = (visit.form.get("path"), visit.form.get("lang"));
    let id = visit.people().translate_article(visit.caller()?, path, lang)?;
    Ok(Answer::go(format!("/drafts/{}", hex::encode(&id))))
}

/// The draft names no original any more.
pub(in crate::newsroom) fn untie(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let id = visit.id(0)?;
    visit.people().untie(visit.caller()?, &id)?;
    Ok(Answer::go(format!("/drafts/{}", hex::encode(&id))))
}
