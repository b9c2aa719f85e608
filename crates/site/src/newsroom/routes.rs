//! Every address of the newsroom, in one table: how it is asked, through which door, with which fields, and its screen.

pub use super::route::{Door, Route};
use super::route::{alone, get, get_data, post, post_file, put_data, put_file, put_form};
use super::screens::{
    article, calendar, comments, compare, desk, document, door, draft, file, hand, history,
    letters, me, passkey, person, picture, pitch, publish, removal, schedule, settings, share,
    source, staff, suggestions, task, texts, together, translate, work,
};
use hyper::Method;
use ovn_press::people::{Act, Object, Role, roles};

use Door::{May, MayTo, Open, Signed};

/// What is said of a file that is a source.
const FILE: &[&str] = &["kind", "title", "speaks", "issued", "confidential", "reason", "details"];

/// The table.
pub static ROUTES: &[Route] = &[
    get("/sign-in", Open, door::show),
    post("/sign-in", Open, &["name", "passphrase"], door::sign_in),
    get("/join/{}", Open, door::invited),
    post("/join/{}", Open, &["name", "passphrase", "again", "lang"], door::join),
    post("/sign-out", Signed, &[], door::sign_out),
    get("/", Signed, desk::show),
    post("/drafts", May(Act::Start), &["lang"], draft::start),
    get("/drafts/{}", MayTo(Act::Read), draft::show),
    post("/drafts/{}", MayTo(Act::Write), &["version", "text"], draft::save),
    get("/editor/{}/{}", Open, document::file),
    get_data("/drafts/{}/document", MayTo(Act::Read), document::show),
    put_data("/drafts/{}/document", MayTo(Act::Write), document::save),
    put_data("/drafts/{}/steps", MayTo(Act::Write), together::send),
    alone(Method::GET, "/drafts/{}/news", MayTo(Act::Read), together::news),
    alone(Method::PUT, "/drafts/{}/here", MayTo(Act::Write), together::here),
    post("/drafts/{}/about", MayTo(Act::Write), &["was", "version", "about"], document::about),
    get("/drafts/{}/preview", MayTo(Act::Read), share::show),
    get("/drafts/{}/versions", MayTo(Act::Read), history::versions),
    get("/drafts/{}/versions/{}", MayTo(Act::Read), history::version),
    post("/drafts/{}/submit", MayTo(Act::Submit), &["version"], hand::submit),
    post("/drafts/{}/return", MayTo(Act::Return), &["version"], hand::back),
    post("/drafts/{}/approve", MayTo(Act::Approve), &["version"], hand::approve),
    post("/drafts/{}/drop", MayTo(Act::Drop), &["version"], hand::put_away),
    get("/drafts/{}/publish", MayTo(Act::Read), publish::show),
    post(
        "/drafts/{}/publish",
        MayTo(Act::Publish),
        &["version", "class", "note", "asked-by"],
        publish::publish,
    ),
    get("/drafts/{}/sources", MayTo(Act::Read), source::of_draft),
    post(
        "/drafts/{}/sources/fetch",
        MayTo(Act::Write),
        &["url", "kind", "title", "speaks", "issued"],
        source::take,
    ),
    post(
        "/drafts/{}/sources/describe",
        MayTo(Act::Write),
        &["title", "kind", "url", "speaks", "issued"],
        source::describe,
    ),
    post(
        "/drafts/{}/sources/confide",
        MayTo(Act::Write),
        &["title", "reason", "speaks", "details"],
        source::confide,
    ),
    post("/drafts/{}/sources/reuse", MayTo(Act::Write), &["source"], source::reuse),
    post(
        "/drafts/{}/sources/asked",
        MayTo(Act::Write),
        &["party", "asked", "outcome"],
        source::asked,
    ),
    get("/drafts/{}/pictures", MayTo(Act::Read), picture::of_draft),
    post_file(
        "/drafts/{}/pictures",
        MayTo(Act::Write),
        &["alt", "caption", "credit"],
        picture::add,
    ),
    put_file("/drafts/{}/pictures", MayTo(Act::Write), picture::keep),
    get("/drafts/{}/pictures/{}", MayTo(Act::Read), picture::show),
    get("/library", Signed, source::library),
    get("/library/{}", Signed, source::show),
    get("/library/{}/copy", Signed, source::copy),
    post("/library/{}/ask", Signed, &[], source::ask),
    get("/articles", Signed, article::show),
    post("/articles/correct", MayTo(Act::Correct), &["path"], article::correct),
    get("/people", May(Act::People), staff::show),
    post("/people/invite", May(Act::Invite), &["role"], staff::invite),
    post("/people/withdraw", May(Act::Invite), &["link"], staff::withdraw),
    get("/people/{}", MayTo(Act::Revoke), person::show),
    post("/people/{}/revoke", MayTo(Act::Revoke), &["session"], person::revoke),
    post("/people/{}/role", MayTo(Act::ChangeRole), &["role"], person::change_role),
    post("/people/{}/suspend", MayTo(Act::Suspend), &["active"], person::suspend),
    get("/me", Signed, me::show),
    post("/me", Signed, &["lang", "current", "next", "again"], me::change),
    get("/trail", May(Act::Trail), staff::trail),
    get("/letters", May(Act::Decide), letters::show),
    get("/letters/{}", May(Act::Decide), letters::letter),
    post("/letters/{}/correct", May(Act::Decide), &[], letters::correct),
    post("/letters/{}/decline", May(Act::Decide), &["reason"], letters::decline),
    post(
        "/articles/remove",
        May(Act::Remove),
        &["path", "ground", "note", "confirm"],
        removal::remove,
    ),
    get("/schedule", Signed, schedule::show),
    post("/schedule/clock", May(Act::Schedule), &[], schedule::clock),
    get("/drafts/{}/schedule", MayTo(Act::Read), schedule::plan),
    post(
        "/drafts/{}/schedule",
        MayTo(Act::Schedule),
        &["version", "moment", "class", "note", "asked-by"],
        schedule::set,
    ),
    post("/drafts/{}/unschedule", MayTo(Act::Unschedule), &["version"], hand::unschedule),
    post("/sign-in/passkey", Open, &["ask", "answer"], passkey::sign_in),
    post("/join/{}/passkey", Open, &["name", "lang", "ask", "answer"], passkey::join),
    post("/me/passkeys", Signed, &["name", "ask", "answer"], passkey::add),
    post("/people/{}/forget", MayTo(Act::Revoke), &["passkey"], passkey::forget),
    get("/drafts/{}/page", MayTo(Act::Read), share::framed),
    post("/drafts/{}/share", MayTo(Act::Share), &["words", "days"], share::share),
    post("/drafts/{}/unshare", MayTo(Act::Share), &["link"], share::end),
    get("/preview/{}", Open, share::cover),
    get("/drafts/{}/comments", MayTo(Act::Read), comments::show),
    post("/drafts/{}/comments", MayTo(Act::Comment), &["quote", "words", "thread"], comments::say),
    put_data("/drafts/{}/comments", MayTo(Act::Comment), comments::keep),
    post("/drafts/{}/resolve", MayTo(Act::Comment), &["comment", "resolved"], comments::resolve),
    post("/drafts/{}/seen", MayTo(Act::Read), &["comment"], comments::seen),
    get("/preview/{}/text", Open, share::text),
    get("/preview/{}/pictures/{}", Open, share::picture),
    get("/texts", Signed, texts::show),
    get("/library/{}/opening", Signed, source::opening),
    post("/drafts/{}/versions/{}/name", MayTo(Act::Write), &["name"], history::name),
    post("/drafts/{}/versions/{}/back", MayTo(Act::Write), &["version"], history::back),
    get("/drafts/{}/compare", MayTo(Act::Read), compare::show),
    get("/drafts/{}/suggestions", MayTo(Act::Read), suggestions::show),
    post(
        "/drafts/{}/suggestions",
        MayTo(Act::Write),
        &["version", "number", "said", "decision"],
        suggestions::decide,
    ),
    get("/pitches", Signed, pitch::show),
    post("/pitches", Signed, IDEA, pitch::make),
    get("/pitches/{}", MayTo(Act::Read), pitch::one),
    post("/pitches/{}", MayTo(Act::Pitch), IDEA, pitch::rewrite),
    post(
        "/pitches/{}/take",
        MayTo(Act::TakeUp),
        &["person", "part", "due", "length", "notes"],
        pitch::take,
    ),
    post("/pitches/{}/decline", MayTo(Act::Decline), &["reason"], pitch::decline),
    post("/pitches/{}/withdraw", MayTo(Act::Withdraw), &[], pitch::withdraw),
    get("/drafts/{}/work", MayTo(Act::Read), work::show),
    post("/drafts/{}/assign", MayTo(Act::Assign), &["person", "part"], work::assign),
    post("/drafts/{}/unassign", MayTo(Act::Assign), &["person", "part"], work::unassign),
    post("/drafts/{}/ask", MayTo(Act::Assign), &["due", "length", "notes"], work::ask),
    get("/drafts/{}/changes", MayTo(Act::Read), work::changes),
    post("/drafts/{}/translate", MayTo(Act::Read), &["lang"], translate::begin),
    post("/drafts/{}/untie", MayTo(Act::Write), &[], translate::untie),
    post("/articles/translate", May(Act::Start), &["path", "lang"], translate::begin_article),
    get("/calendar", Signed, calendar::show),
    get("/tasks/{}", MayTo(Act::Waive), task::show),
    post("/tasks/{}/correct", MayTo(Act::Correct), &[], task::correct),
    post("/tasks/{}/none", MayTo(Act::Waive), &["reason"], task::waive),
    post("/people/{}/revoke-all", MayTo(Act::Revoke), &[], person::revoke_all),
    get("/settings", Signed, settings::show),
    get("/settings/edition", May(Act::Manage), settings::edition::show),
    post("/settings/edition", May(Act::Manage), settings::edition::FIELDS, settings::edition::save),
    get("/settings/sections", May(Act::Manage), settings::sections::show),
    post(
        "/settings/sections",
        May(Act::Manage),
        &["was", "slug", "name-en", "name-ur"],
        settings::sections::add,
    ),
    post(
        "/settings/sections/{}",
        May(Act::Manage),
        &["was", "name-en", "name-ur", "deed", "sure"],
        settings::sections::change,
    ),
    get("/settings/policies", May(Act::Manage), settings::policies::show),
    get("/settings/policies/{}/{}", May(Act::Manage), settings::policies::open),
    post(
        "/settings/policies/{}/{}",
        May(Act::Manage),
        &["rev", "headline", "standfirst", "text", "deed"],
        settings::policies::save,
    ),
    get("/settings/record", May(Act::Manage), settings::record::show),
    get("/settings/import", May(Act::Start), settings::carry::import),
    post_file("/settings/import", May(Act::Start), &[], settings::carry::bring),
    get("/settings/export", May(Act::Manage), settings::carry::export),
    get("/settings/export/markdown", May(Act::Manage), settings::carry::markdown),
    get("/settings/export/record", May(Act::Manage), settings::carry::record),
    get("/settings/feeds", Signed, settings::feeds::show),
    post("/settings/begun", May(Act::Manage), &[], desk::begun),
    post_file("/drafts/{}/sources/file", MayTo(Act::Write), FILE, file::add),
    put_form("/drafts/{}/sources/file", MayTo(Act::Write), FILE, file::give),
    post("/drafts/{}/sources/as-is", MayTo(Act::Write), &["source"], file::as_is),
];

/// What somebody says of a pitch.
const IDEA: &[&str] = &["title", "lang", "why", "sources", "audience", "due"];

/// The route of a request, with the parts of its path that stand for something.
pub(super) fn find<'a>(method: &Method, path: &'a str) -> Option<(&'static Route, Vec<&'a str>)> {
    ROUTES
        .iter()
        .filter(|route| route.method == *method)
        .find_map(|route| parts(route.path, path).map(|parts| (route, parts)))
}

/// Whether there is such an address, asked in another way.
pub(super) fn knows(path: &str) -> bool {
    ROUTES.iter().any(|route| parts(route.path, path).is_some())
}

/// One spelling of each path is known: no slash at the end, none twice, nothing encoded.
fn parts<'a>(pattern: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut parts = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(parts),
            (Some("{}"), Some(part)) if !part.is_empty() => parts.push(part),
            (Some(want), Some(part)) if want == part => {}
            _ => return None,
        }
    }
}

/// What somebody with this role meets at a door: to their own, and to others'.
#[must_use]
pub fn opens(door: Door, role: Role) -> (bool, bool) {
    match door {
        Open | Signed => (true, true),
        May(act) => {
            let may = roles::may(role, act, Object::Others);
            (may, may)
        }
        MayTo(act) => (roles::may(role, act, Object::Own), roles::may(role, act, Object::Others)),
    }
}

/// The table as Markdown: addresses down, roles across.
#[must_use]
pub fn markdown() -> String {
    let mut out =
        String::from("| address | nobody | reporter | editor | publisher | administrator |\n");
    out += "| --- | --- | --- | --- | --- | --- |\n";
    for route in ROUTES {
        let nobody = if route.door == Open { "yes" } else { "–" };
        out += &format!("| {} `{}` | {nobody} |", route.method, route.path);
        for (role, _) in Role::ALL {
            let said = match (route.door, opens(route.door, role)) {
                (MayTo(_), (true, true)) => "own, others",
                (MayTo(_), (true, false)) => "own",
                (MayTo(_), (false, true)) => "others",
                (_, (true, _)) => "yes",
                _ => "–",
            };
            out += &format!(" {said} |");
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_072_one_spelling_of_each_path_is_known() {
        let check = |path: &str, expected: Option<&str>| {
            let found = find(&Method::GET, path).map(|(route, _)| route.path);
            assert_eq!(found, expected, "{path}");
        };
        check("/", Some("/"));
        check("/drafts/07", Some("/drafts/{}"));
        check("/drafts/07/versions/2", Some("/drafts/{}/versions/{}"));
        for odd in [
            "",
            "//",
            "/drafts/",
            "/drafts//publish",
            "/Drafts/07",
            "/drafts/07/",
            "/trail.css",
            "/trail;a.css",
            "/%74rail",
        ] {
            check(odd, None);
        }
    }
}
