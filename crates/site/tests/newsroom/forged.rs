//! Forms that another site sends, fields that nobody offered, sessions that are over.

use super::house::{Browser, HOST, House, PASSPHRASE, TEXT, form};
use hyper::Method;
use ovn_site::newsroom::routes::{Door, ROUTES};

#[test]
fn case_057_no_form_of_another_site_changes_anything() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    amina.get(&draft);
    let own = format!("http://{HOST}");
    let token = amina.token.clone();
    let forged: [&[(&str, &str)]; 9] = [
        &[],
        &[("sec-fetch-site", "cross-site"), ("origin", "http://evil.example")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:8080")],
        &[("sec-fetch-site", "none")],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1:8080")],
        &[("origin", "http://127.0.0.1:8081.evil.example")],
        &[("sec-fetch-site", "cross-site"), ("origin", &own)],
        &[("sec-fetch-site", "same-origin"), ("origin", "http://evil.example")],
    ];
    let good = [("sec-fetch-site", "same-origin"), ("origin", own.as_str())];
    for route in ROUTES.iter().filter(|route| route.method == Method::POST) {
        let path = route.path.replacen("/drafts/{}", &draft, 1).replace("{}", &"0".repeat(64));
        let body = |token: &str| {
            let mut fields: Vec<(&str, &str)> =
                route.fields.iter().map(|name| (*name, "2")).collect();
            fields.push(("token", token));
            form(&fields)
        };
        for headers in forged {
            let shown = amina.clone().ask(Method::POST, &path, body(&token), headers);
            assert_eq!(shown.status, 403, "{route:?} {headers:?}");
            assert!(!shown.html.contains("<textarea"), "another site's words are not shown");
        }
        if route.door == Door::Open {
            continue;
        }
        for wrong in ["", "0", &"0".repeat(64)] {
            let mut browser = amina.clone();
            let shown = if route.upload {
                wrong.clone_into(&mut browser.token);
                let fields: Vec<(&str, &str)> =
                    route.fields.iter().map(|name| (*name, "2")).collect();
                browser.send(&path, &fields, "a.jpg", b"a file")
            } else {
                browser.ask(Method::POST, &path, body(wrong), &good)
            };
            assert_eq!(shown.status, 403, "{route:?} with the token {wrong:?}");
        }
        let media = [good[0], good[1], ("content-type", "text/plain")];
        assert_eq!(
            amina.clone().ask(Method::POST, &path, body(&token), &media).status,
            400,
            "{route:?}"
        );
        let got =
            amina.clone().ask(Method::GET, &format!("{path}?token={token}"), String::new(), &[]);
        assert_ne!(got.status, 303, "{route:?} by GET");
        let method = [good[0], good[1], ("x-http-method-override", "POST")];
        assert_ne!(
            amina.clone().ask(Method::GET, &path, body(&token), &method).status,
            303,
            "{route:?}"
        );
    }
    assert!(amina.get(&draft).html.contains("name=\"version\" value=\"2\""), "nothing was changed");
}

#[test]
fn case_058_a_field_that_nobody_offered_is_refused() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    amina.get(&draft);
    for route in ROUTES.iter().filter(|route| route.method == Method::POST) {
        let path = route.path.replacen("/drafts/{}", &draft, 1).replace("{}", &"0".repeat(64));
        for extra in
            ["id", "author", "author_id", "published_at", "sealed", "owner", "state", "approver"]
        {
            let shown = amina.clone().post(&path, &[(extra, "administrator")]);
            assert_eq!(shown.status, 400, "{route:?} {extra}");
        }
    }
    let link = amina.invite("reporter");
    let fields = [
        ("name", "Bilal"),
        ("passphrase", PASSPHRASE),
        ("again", PASSPHRASE),
        ("role", "administrator"),
    ];
    assert_eq!(Browser::new(&house).post(&link, &fields).status, 400);
    let mut bilal = Browser::new(&house);
    bilal.join(&link, "Bilal");
    assert_eq!(bilal.get("/trail").status, 403);
}

#[test]
fn case_053_a_session_that_was_ended_is_over_with_the_next_request() {
    let house = House::new(false);
    let mut amina = house.first();
    let mut other = Browser::new(&house);
    other.sign_in("Amina Khan");
    assert_eq!(other.get("/people").status, 200);
    let me = amina.get("/me").html;
    let session =
        me.split_once("name=\"session\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let id = me.split_once("action=\"/people/").unwrap().1.split('/').next().unwrap().to_owned();
    assert_eq!(amina.post(&format!("/people/{id}/revoke"), &[("session", &session)]).status, 303);
    assert_eq!(other.get("/people").to, "/sign-in");
    assert_eq!(amina.get("/people").status, 200);

    let mut third = Browser::new(&house);
    third.sign_in("Amina Khan");
    third.get("/me");
    let next = "another calm evening";
    let changed = third.post("/me", &[("current", PASSPHRASE), ("next", next), ("again", next)]);
    assert_eq!(changed.html.matches("<li><code>").count(), 8, "{}", changed.html);
    assert_eq!(amina.get("/").to, "/sign-in");
    assert_eq!(third.get("/").status, 200);
}

#[test]
fn case_052_a_cookie_that_was_there_before_is_replaced() {
    let house = House::new(false);
    house.first();
    let mut browser = Browser::new(&house);
    let planted = "7".repeat(64);
    browser.cookies.insert("ovn-session".into(), planted.clone());
    assert_eq!(browser.get("/").to, "/sign-in");
    assert_eq!(browser.sign_in("Amina Khan").to, "/");
    assert_ne!(browser.cookies["ovn-session"], planted);
    let before = browser.cookies["ovn-session"].clone();
    browser.get("/");
    browser.post("/sign-out", &[]);
    assert_eq!(browser.cookies.get("ovn-session"), None);
    browser.sign_in("Amina Khan");
    assert_ne!(browser.cookies["ovn-session"], before);
}

#[test]
fn case_051_the_door_says_the_same_to_everybody() {
    let house = House::new(false);
    house.first();
    let shown = |name: &str| {
        let fields = [("name", name), ("passphrase", "a wrong passphrase")];
        let shown = Browser::new(&house).post("/sign-in", &fields);
        // The question for passkeys is another each time, and as long.
        let (before, rest) = shown.html.split_once("data-options=").unwrap();
        let (question, after) = rest.split_once("name=\"answer\"").unwrap();
        (shown.status, before.replace(name, ""), question.len(), after.replace(name, ""))
    };
    assert_eq!(shown("Amina Khan"), shown("Nobody Here"));
    let mut browser = Browser::new(&house);
    for path in ["/drafts/00", "/people", "/nothing/at/all", "/trail"] {
        let shown = browser.get(path);
        if shown.status != 404 {
            assert_eq!((shown.status, shown.to.as_str()), (303, "/sign-in"), "{path}");
        }
    }
}

#[test]
fn case_056_a_link_that_is_none_is_answered_as_one_that_was() {
    let house = House::new(false);
    let mut amina = house.first();
    let link = amina.invite("reporter");
    Browser::new(&house).join(&link, "Bilal");
    let mut browser = Browser::new(&house);
    let used = browser.get(&link);
    let never = browser.get(&format!("/join/{}", "0".repeat(64)));
    let odd = browser.get("/join/x");
    assert_eq!((used.status, never.status, odd.status), (404, 404, 404));
    assert_eq!(used.html, never.html);
    assert!(!amina.get("/trail").html.contains(&link));
}
