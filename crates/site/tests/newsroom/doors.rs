//! Every address of the newsroom, for every role, on own and others' things; and what is sent with each answer.

use super::house::{Browser, DOCUMENT, House, PASSPHRASE, TEXT};
use hyper::Method;
use ovn_press::people::Role;
use ovn_site::newsroom::routes::{Door, ROUTES, Route, markdown, opens};

#[test]
fn the_documented_doors_are_those_that_open() {
    let paper = std::fs::read_to_string("../../docs/roles.md").unwrap();
    let table = markdown();
    assert!(
        paper.contains(&table),
        "docs/roles.md has another table of doors; it should be\n{table}"
    );
}

/// Somebody of each role.
fn staff(house: &House) -> Vec<(Role, Browser<'_>)> {
    let mut first = house.first();
    let joined = |(role, word): &(Role, &str)| {
        let link = first.invite(word);
        let mut browser = Browser::new(house);
        browser.join(&link, &format!("The {word}"));
        (*role, browser)
    };
    Role::ALL.iter().map(joined).collect()
}

/// The address and the fields by which `route` is asked about `draft` or `person`.
fn about(
    route: &Route,
    draft: &str,
    person: &str,
    path: &str,
) -> (String, Vec<(&'static str, String)>) {
    let place = match route.path {
        "/join/{}" => format!("/join/{}", "0".repeat(64)),
        "/drafts/{}/pictures/{}" => format!("{draft}/pictures/{}.jpg", "0".repeat(64)),
        "/settings/policies/{}/{}" => "/settings/policies/en/ethics".to_owned(),
        other if other.starts_with("/drafts/{}/versions/{}") => {
            other.replacen("/drafts/{}", draft, 1).replacen("{}", "1", 1)
        }
        other if other.starts_with("/drafts/{}") => other.replacen("/drafts/{}", draft, 1),
        other => other.replacen("{}", person, 1),
    };
    let field = |name: &&'static str| {
        let value = match *name {
            "version" => "2".to_owned(),
            "text" => TEXT.replace("Monday", "Friday"),
            "role" => "reporter".to_owned(),
            "active" => "yes".to_owned(),
            "lang" => "en".to_owned(),
            "path" => path.to_owned(),
            "moment" => "2000-01-01T00:00".to_owned(),
            "link" => "0".repeat(64),
            "session" | "passkey" => "0".repeat(32),
            "passphrase" => PASSPHRASE.to_owned(),
            _ => String::new(),
        };
        (*name, value)
    };
    (place, route.fields.iter().map(field).collect())
}

fn knock(browser: &mut Browser<'_>, route: &Route, place: &str, fields: &[(&str, String)]) -> u16 {
    if route.method == Method::GET {
        return browser.get(place).status;
    }
    if route.upload {
        let jpeg = super::pictures::photograph(40, 30);
        if route.data && route.fields.is_empty() {
            return browser.put_file(place, &jpeg).status;
        }
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let method = route.method.clone();
        return browser.send_by(method, place, &fields, "a.jpg", &jpeg).status;
    }
    if route.data {
        return browser.put(place, DOCUMENT).status;
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(place, &fields).status
}

#[test]
fn case_059_each_door_opens_to_whom_the_table_says() {
    let house = House::new(false);
    let mut staff = staff(&house);
    let mut other = Browser::new(&house);
    other.sign_in("Amina Khan");
    other.get("/");
    let mut author = other.clone();
    let published = author.draft(TEXT);
    author.get(&published);
    author.post(&format!("{published}/publish"), &[("version", "2")]);
    let list = author.get("/articles").html;
    let path =
        list.split_once("name=\"path\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let people = author.get("/people").html;
    let id_of = |name: &str| {
        let before = people.split_once(&format!("<bdi>{name}</bdi>")).unwrap().0;
        before.rsplit_once("/people/").map(|(_, rest)| rest.split('"').next().unwrap().to_owned())
    };
    let stranger = id_of("The reporter").unwrap();
    let mut number = 0;
    for (role, browser) in &mut staff {
        for own in [true, false] {
            for route in
                ROUTES.iter().filter(|route| matches!(route.door, Door::May(_) | Door::MayTo(_)))
            {
                // Whose article it is follows from who published it, which a reporter can't have done.
                if own && matches!(route.path, "/articles/correct" | "/tasks/{}/correct") {
                    continue;
                }
                let (mine, others) = opens(route.door, *role);
                let may = if own { mine } else { others };
                let me = id_of(&format!("The {}", role.word()));
                let person = if own { me.unwrap() } else { stranger.clone() };
                if !own && *role == Role::Reporter && route.path.starts_with("/people/{}") {
                    continue;
                }
                // What changes somebody's own standing would end the session that is tested.
                let unscheduled = route.path == "/drafts/{}/unschedule";
                let text = if unscheduled { TEXT.replace("the-", "another-") } else { TEXT.into() };
                let draft = if own { browser.draft(&text) } else { author.draft(&text) };
                if matches!(route.path, "/drafts/{}/return" | "/drafts/{}/approve") {
                    let hand = if own { &mut *browser } else { &mut author };
                    hand.get(&draft);
                    hand.post(&format!("{draft}/submit"), &[("version", "2")]);
                }
                if unscheduled {
                    author.schedule(&draft);
                }
                browser.get("/");
                let (mut place, fields) = about(route, &draft, &person, &path);
                if route.path.starts_with("/letters/{}") {
                    number += 1;
                    house.letter(&path, &[("what", &format!("Number {number} is wrong"))]);
                    let list = author.get("/letters").html;
                    let newest = list.rsplit_once("href=\"/letters/").unwrap().1;
                    place = route.path.replacen("{}", newest.split('"').next().unwrap(), 1);
                }
                if route.path.starts_with("/pitches/{}") {
                    let hand = if own { &mut *browser } else { &mut author };
                    place = route.path.replacen("/pitches/{}", &super::work::pitch(hand), 1);
                }
                if route.path.starts_with("/tasks/{}") {
                    number += 1;
                    let writer = own.then_some(&mut *browser);
                    let task = super::work::task(&house, &mut author, writer, number);
                    place = route.path.replacen("/tasks/{}", &task, 1);
                }
                if route.path == "/drafts/{}/pictures/{}" {
                    let hand = if own { &mut *browser } else { &mut author };
                    place = super::pictures::put(hand, &draft);
                }
                let status = knock(browser, route, &place, &fields);
                // The address is taken, a session or link is not there: the door was open.
                let through = match route.path {
                    "/people/withdraw" | "/people/{}/revoke" | "/people/{}/forget"
                    | "/drafts/{}/unshare" | "/drafts/{}/untie"
                        if may =>
                    {
                        status == 404
                    }
                    _ => !matches!(status, 403 | 404),
                };
                assert_eq!(through, may, "{route:?} {role:?} own {own}: {status}");
            }
        }
    }
    let mut nobody = Browser::new(&house);
    for route in ROUTES.iter().filter(|route| route.door != Door::Open) {
        let (place, fields) = about(route, &published, &stranger, &path);
        let status = knock(&mut nobody, route, &place, &fields);
        let text = route.fields.contains(&"text");
        let expected = if route.data { 401 } else { 303 };
        assert_eq!(status, if text { 403 } else { expected }, "{route:?}");
    }
}

#[test]
fn case_061_072_what_is_sent_is_kept_and_framed_by_nobody() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    let pages =
        ["/", "/people", "/me", "/trail", "/articles", &draft, "/sign-in", "/nothing", "/me.css"];
    for path in pages {
        let headers = amina.get(path).headers;
        let is = |name: &str, part: &str| {
            let value = headers.get(name).unwrap_or_else(|| panic!("{path} has no {name}"));
            assert!(value.to_str().unwrap().contains(part), "{path} {name}: {value:?}");
        };
        is("cache-control", "no-store");
        is("content-security-policy", "default-src 'none'");
        is("content-security-policy", "frame-ancestors 'none'");
        is("content-security-policy", "form-action 'self'");
        is("cross-origin-opener-policy", "same-origin");
        is("x-frame-options", "DENY");
        is("referrer-policy", "same-origin");
        is("x-robots-tag", "noindex");
        is("x-content-type-options", "nosniff");
        assert!(headers.get("access-control-allow-origin").is_none(), "{path}");
    }
    assert_eq!(amina.get("/me.css").status, 404);
}

#[test]
fn case_060_nobody_is_sent_elsewhere() {
    let house = House::new(false);
    let mut amina = house.first();
    let odd = [
        "//evil.example",
        "/sign-in?next=//evil.example",
        "/%5Cevil.example",
        "/?lang=//evil.example",
    ];
    for path in odd {
        let to = amina.get(path).to;
        assert!(to.is_empty() || to == "/", "{path} leads to {to}");
    }
    amina.get("/");
    for path in ["https://evil.example/2026/11/a", "//evil.example", "/\\evil"] {
        let shown = amina.post("/articles/correct", &[("path", path)]);
        assert_eq!((shown.status, shown.to.as_str()), (404, ""), "{path}");
    }
}

#[test]
fn case_063_readers_find_neither_newsroom_nor_draft() {
    let house = House::new(false);
    let mut amina = house.first();
    let canary = "canary-3d2f";
    let draft =
        amina.draft(&TEXT.replace("The bridge opens", canary).replace("the-bridge", canary));
    for route in ROUTES.iter().filter(|route| route.path != "/") {
        let path = route.path.replacen("/drafts/{}", &draft, 1).replace("{}", "1");
        let (status, page) = house.reads(&path);
        assert!(status.as_u16() >= 300 && !page.contains(canary), "{path}: {status}");
    }
    let public = [
        "/",
        "/search?q=canary",
        "/archive",
        "/feed.atom",
        "/feed.rss",
        "/feed.json",
        "/sitemap.xml",
        "/news-sitemap.xml",
        "/corrections",
        "/sources",
        "/balance",
        "/record",
        "/2026/11/canary-3d2f",
        "/canary-3d2f",
    ];
    for path in public {
        let page = house.reads(path).1;
        // A search says what was searched for.
        let said = page.replace("canary</", "").contains(canary);
        assert!(!said || path.starts_with("/2026") || path == "/canary-3d2f", "{path}");
    }
    assert_eq!(house.reads("/2026/11/canary-3d2f").0, 404);
}
