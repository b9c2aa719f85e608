//! An address of the newsroom: how it is asked, through which door, and with what.

use super::answer::{Answer, Fail};
use super::visit::Visit;
use hyper::Method;
use ovn_press::people::Act;

/// Who may come through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Anybody.
    Open,
    /// Whoever is signed in; what it is about is their own.
    Signed,
    /// Whoever may do this to the newsroom's things.
    May(Act),
    /// Whoever may do this to the draft or person in the address, be it their own or another's.
    MayTo(Act),
}

/// An address.
#[derive(Clone)]
pub struct Route {
    /// GET, POST or PUT.
    pub method: Method,
    /// The path; `{}` stands for one part.
    pub path: &'static str,
    /// Who may come through.
    pub door: Door,
    /// The fields that its form may have, besides the token.
    pub fields: &'static [&'static str],
    /// Whether it answers scripts with JSON, and takes JSON from them.
    pub data: bool,
    /// Whether an open page asks it by itself, which keeps no session from ending.
    pub alone: bool,
    /// Whether a file is sent: as the field `file` of a form (RFC 7578), or by scripts as the whole body where there are no
    /// other fields.
    pub upload: bool,
    pub(super) run: fn(&Visit<'_>) -> Result<Answer, Fail>,
}

impl std::fmt::Debug for Route {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {}", self.method, self.path)
    }
}

pub(super) type Run = fn(&Visit<'_>) -> Result<Answer, Fail>;

/// What most are: asked by a person, without a file.
const fn route(
    method: Method,
    path: &'static str,
    door: Door,
    fields: &'static [&'static str],
    data: bool,
    run: Run,
) -> Route {
    Route { method, path, door, fields, data, alone: false, upload: false, run }
}

pub(super) const fn get(path: &'static str, door: Door, run: Run) -> Route {
    route(Method::GET, path, door, &[], false, run)
}

pub(super) const fn post(
    path: &'static str,
    door: Door,
    fields: &'static [&'static str],
    run: Run,
) -> Route {
    route(Method::POST, path, door, fields, false, run)
}

pub(super) const fn get_data(path: &'static str, door: Door, run: Run) -> Route {
    route(Method::GET, path, door, &[], true, run)
}

pub(super) const fn put_data(path: &'static str, door: Door, run: Run) -> Route {
    route(Method::PUT, path, door, &[], true, run)
}

pub(super) const fn alone(method: Method, path: &'static str, door: Door, run: Run) -> Route {
    Route { method, path, door, fields: &[], data: true, alone: true, upload: false, run }
}

/// As [`post`], with a file.
pub(super) const fn post_file(
    path: &'static str,
    door: Door,
    fields: &'static [&'static str],
    run: Run,
) -> Route {
    Route { method: Method::POST, path, door, fields, data: false, alone: false, upload: true, run }
}

/// A file from a script.
pub(super) const fn put_file(path: &'static str, door: Door, run: Run) -> Route {
    let (fields, data, alone, upload) = (&[], true, false, true);
    Route { method: Method::PUT, path, door, fields, data, alone, upload, run }
}

/// A form with a file from a script.
pub(super) const fn put_form(
    path: &'static str,
    door: Door,
    fields: &'static [&'static str],
    run: Run,
) -> Route {
    let (method, data, alone, upload) = (Method::PUT, true, false, true);
    Route { method, path, door, fields, data, alone, upload, run }
}
