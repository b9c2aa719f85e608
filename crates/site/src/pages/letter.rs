//! A reader's letter to the newsroom: the form, and the page that says how the letter stands.

use askama::Template;
use ovn_press::letterbox::LONGEST;
use ovn_store::letterbox::Standing;
use ovn_store::rows;

use super::article::mail;
use super::balance::duration;
use super::corrections::compare_path;
use super::frame::{Frame, dir};
use super::{Cx, Error, Head, when};

/// Characters of a passage that the list of passages shows.
const SHOWN: usize = 70;

/// What stands in the form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// What is wrong.
    pub what: &'a str,
    /// How one knows.
    pub how: &'a str,
    /// How the reader can be asked.
    pub contact: &'a str,
    /// The passage that was chosen, from 1.
    pub passage: Option<u64>,
}

struct Passage {
    number: u64,
    shown: String,
    words: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "letter.html", whitespace = "minimize")]
struct Form<'a> {
    f: Frame<'a>,
    path: &'a str,
    headline: &'a str,
    rev: u32,
    why: String,
    /// What the form is given out with; no form without it.
    stamp: Option<&'a str>,
    given: Given<'a>,
    most: (usize, usize, usize),
    passages: Vec<Passage>,
    mail: String,
}

/// The form for a letter about the article `row` with these `passages`; `why` is the message that says why the last one was
/// not taken in, or empty. Without a `stamp` nothing can be sent.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn form(
    cx: &Cx<'_>,
    head: &Head,
    row: &rows::Head,
    passages: &[(u64, String)],
    (stamp, why): (Option<&str>, &str),
    given: Given<'_>,
) -> Result<String, Error> {
    let passage = |(number, words): &(u64, String)| Passage {
        number: *number,
        shown: cx.number(*number),
        words: short(words),
        chosen: given.passage == Some(*number),
    };
    let [what, how, contact] = LONGEST;
    let page = Form {
        f: Frame::letter(cx, head),
        path: &row.path,
        headline: &row.headline,
        rev: row.rev,
        why: if why.is_empty() { String::new() } else { cx.say(why) },
        stamp,
        given,
        most: (what, how, contact),
        passages: passages.iter().map(passage).collect(),
        mail: mail(cx, row),
    };
    Ok(page.render()?)
}

fn short(words: &str) -> String {
    let start: String = words.chars().take(SHOWN).collect();
    if start.len() < words.len() { format!("{}…", start.trim_end()) } else { start }
}

#[derive(Template)]
#[template(path = "receipt.html", whitespace = "minimize")]
struct Receipt<'a> {
    f: Frame<'a>,
    path: &'a str,
    headline: &'a str,
    lang: &'a str,
    dir: &'static str,
    state: String,
    waiting: bool,
    reason: Option<&'a str>,
    compare: Option<String>,
    sent: String,
    took: Option<String>,
    own: String,
}

/// How a letter stands; `local` is when it came, on the edition's clock.
///
/// # Errors
/// [`Error::Template`] when it can't be written.
pub fn receipt(
    cx: &Cx<'_>,
    head: &Head,
    standing: &Standing,
    headline: &str,
    local: &str,
) -> Result<String, Error> {
    let key = match standing.state.as_str() {
        known @ ("taken" | "corrected" | "declined") => format!("receipt-{known}"),
        _ => "receipt-new".to_owned(),
    };
    let page = Receipt {
        f: Frame::letter(cx, head),
        path: &standing.path,
        headline,
        lang: &standing.lang,
        dir: dir(&standing.lang),
        state: cx.say(&key),
        waiting: standing.decided.is_none(),
        reason: standing.reason.as_deref(),
        compare: compare(standing),
        sent: when::moment(cx.lang, local),
        took: took(cx, standing),
        own: format!("{}{}", cx.settings.url, head.path),
    };
    Ok(page.render()?)
}

/// Where the correction that a letter led to can be compared with what stood there before.
fn compare(standing: &Standing) -> Option<String> {
    let fixed = u32::try_from(standing.fixed?).ok()?;
    (fixed > 1).then(|| compare_path(&standing.path, fixed - 1, fixed))
}

/// How long a decision took, in words.
pub(super) fn took(cx: &Cx<'_>, standing: &Standing) -> Option<String> {
    let took = standing.decided?.saturating_sub(standing.at);
    Some(duration(cx, took / 60_000))
}
