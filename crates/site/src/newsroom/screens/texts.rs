//! Texts that lie aside on the device of whoever looks: the page that the editor's script fills from the device's own store.

use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::bundle;
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use askama::Template;

#[derive(Template)]
#[template(path = "newsroom/texts.html", whitespace = "minimize")]
struct Texts<'a> {
    s: Screen<'a>,
    /// The editor's script and style, where the program has them.
    bundle: Option<(String, String)>,
}

/// The page. What stands on it never leaves the device.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    visit.caller()?;
    let (s, bundle) = (Screen::new(visit, "room-texts", "/me"), bundle::paths());
    let runs = bundle.is_some();
    let page = Answer::page(Texts { s, bundle }.render()?);
    Ok(if runs { page.scripted() } else { page })
}
