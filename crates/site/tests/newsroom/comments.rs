//! Comments as browsers meet them: the editor's requests, the page with its forms, and nothing of either in what readers get.

use super::house::{Browser, House, TEXT};
use hyper::Method;
use serde_json::{Value, json};

const CANARY: &str = "canaryzarqa";

fn told(html: &str) -> Value {
    serde_json::from_str(html).unwrap_or_else(|error| panic!("{error}: {html}"))
}

fn say(browser: &mut Browser<'_>, draft: &str, body: &Value) -> u16 {
    browser.put(&format!("{draft}/comments"), &body.to_string()).status
}

#[test]
fn what_editors_say_is_news_to_others() {
    let house = House::new(false);
    let (mut amina, mut bilal, draft) = house.two();
    let news = |said: &str| format!("{draft}/news?after=2&seen=0&writer=bilalstab{said}");
    assert_eq!(
        told(&bilal.get(&news("")).html).get("comments"),
        None,
        "who does not ask is not told"
    );
    assert_eq!(told(&bilal.get(&news("&said=0")).html).get("comments"), None, "there is none");
    amina.get(&draft);
    let one = json!({"id": "c1", "quote": "opens on Monday", "words": "Is this <so>?"});
    assert_eq!((say(&mut amina, &draft, &one), say(&mut amina, &draft, &one)), (200, 200));
    let heard = told(&bilal.get(&news("&said=0")).html)["comments"].clone();
    assert_eq!((&heard["number"], &heard["whole"]), (&json!(1), &json!(true)));
    let first = &heard["list"][0];
    assert_eq!((&first["words"], &first["name"]), (&json!("Is this <so>?"), &json!("Amina Khan")));
    assert!(first["at"].as_u64().unwrap() > 1_700_000_000_000 && first["thread"].is_null());
    bilal.get("/");
    let answer = json!({"id": "c2", "thread": "c1", "words": "Yes."});
    assert_eq!(say(&mut bilal, &draft, &answer), 200);
    assert_eq!(say(&mut bilal, &draft, &json!({"id": "c1", "resolved": true})), 200);
    let heard = told(&amina.get(&news("&said=1")).html)["comments"].clone();
    let ids: Vec<&Value> = heard["list"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(
        (&heard["number"], &heard["whole"], ids),
        (&json!(3), &json!(false), vec![&json!("c2"), &json!("c1")])
    );
    assert_eq!(heard["list"][1]["resolved"]["name"], "Bilal");
    assert!(amina.get(&news("&said=x")).status == 400);
}

#[test]
fn what_is_no_comment_changes_nothing() {
    let house = House::new(false);
    let (mut amina, mut bilal, draft) = house.two();
    amina.get(&draft);
    let check = |browser: &mut Browser<'_>, body: Value, expected: u16| {
        assert_eq!(say(browser, &draft, &body), expected, "{body}");
    };
    let good = json!({"id": "c1", "quote": "", "words": "a"});
    check(&mut amina, json!([]), 400);
    check(&mut amina, json!({"words": "a"}), 400);
    check(&mut amina, json!({"id": "c1", "quote": ""}), 400);
    // Neither author nor time is the browser's to say.
    check(&mut amina, json!({"id": "c1", "words": "a", "by": "somebody"}), 400);
    check(&mut amina, json!({"id": "c1", "words": "a", "at": 1}), 400);
    check(&mut amina, json!({"id": "c1", "resolved": true, "words": "a"}), 400);
    check(&mut amina, json!({"id": "c 1", "words": "a"}), 422);
    check(&mut amina, json!({"id": "c1", "words": " "}), 422);
    check(&mut amina, json!({"id": "c1", "words": "a".repeat(4001)}), 422);
    check(&mut amina, json!({"id": "c1", "thread": "none", "words": "a"}), 422);
    check(&mut amina, json!({"id": "none", "resolved": true}), 404);
    let mut forged = amina.clone();
    forged.token = "0".repeat(64);
    check(&mut forged, good.clone(), 403);
    check(&mut Browser::new(&house), good.clone(), 401);
    let link = amina.invite("reporter");
    let mut carim = Browser::new(&house);
    carim.join(&link, "Carim");
    check(&mut carim, good.clone(), 404);
    assert_eq!(carim.get(&format!("{draft}/comments")).status, 404);
    let other = [("sec-fetch-site", "cross-site"), ("content-type", "application/json")];
    let shown = bilal.ask(Method::PUT, &format!("{draft}/comments"), good.to_string(), &other);
    assert_eq!(shown.status, 403);
    let heard =
        told(&amina.get(&format!("{draft}/news?after=2&seen=0&writer=aminastab&said=0")).html);
    assert_eq!(heard.get("comments"), None, "nothing was kept");
}

#[test]
fn without_scripts_there_is_a_page_with_forms() {
    let house = House::new(false);
    let (mut amina, mut bilal, draft) = house.two();
    let page = format!("{draft}/comments");
    assert!(amina.get(&draft).html.contains(&format!("href=\"{page}\"")));
    assert!(amina.get(&page).html.contains("No comment is open."));
    let refused = amina.post(&page, &[("words", "Is <this> so? @Bilal"), ("quote", "on Sunday")]);
    assert!(
        refused.status == 422
            && refused.html.contains("stand in one paragraph")
            && refused.html.contains("Is &#60;this&#62; so? @Bilal</textarea>")
            && refused.html.contains("value=\"on Sunday\""),
        "{}",
        refused.html
    );
    let said =
        amina.post(&page, &[("words", "Is <this> so? @Bilal"), ("quote", "opens on Monday")]);
    assert!(said.status == 303 && said.to.starts_with(&format!("{page}#c-")), "{}", said.html);
    let id = said.to.rsplit_once("#c-").unwrap().1.to_owned();
    let shown = amina.get(&page).html;
    for part in [
        "Is &#60;this&#62; so?",
        "<q lang=\"en\" dir=\"auto\">opens on Monday</q>",
        "Amina Khan",
        &format!("<li id=\"c-{id}\">"),
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // Whom it names finds it on their first screen until they say that they have read it.
    let desk = bilal.get("/").html;
    assert!(
        desk.contains("Comments for you") && desk.contains(&format!("{page}#c-{id}")),
        "{desk}"
    );
    assert!(!amina.get("/").html.contains("Comments for you"));
    bilal.get("/");
    assert_eq!(bilal.post(&format!("{draft}/seen"), &[("comment", &id)]).to, "/");
    assert!(!bilal.get("/").html.contains("Comments for you"));
    bilal.get(&page);
    let empty = bilal.post(&page, &[("words", " "), ("thread", &id)]);
    assert!(
        empty.status == 422 && empty.html.contains("A comment has 1 to 4,000"),
        "{}",
        empty.html
    );
    assert_eq!(bilal.post(&page, &[("words", "It is."), ("thread", &id)]).status, 303);
    assert!(bilal.get(&page).html.contains("It is."));
    let resolve = format!("{draft}/resolve");
    assert_eq!(bilal.post(&resolve, &[("comment", &id), ("resolved", "perhaps")]).status, 400);
    assert_eq!(bilal.post(&resolve, &[("comment", &id), ("resolved", "yes")]).status, 303);
    let shown = bilal.get(&page).html;
    assert!(
        shown.contains("No comment is open.") && shown.contains("Resolved by Bilal"),
        "{shown}"
    );
    // The words are gone, and the comment stays.
    bilal.post(&resolve, &[("comment", &id), ("resolved", "no")]);
    let form = amina.get(&draft).html;
    let version =
        form.split_once("name=\"version\" value=\"").unwrap().1.split('"').next().unwrap();
    let text = TEXT.replace("opens on Monday", "is late");
    assert_eq!(amina.post(&draft, &[("version", version), ("text", &text)]).status, 303);
    let shown = amina.get(&page).html;
    assert!(
        shown.contains("not in the text any more") && shown.contains("opens on Monday"),
        "{shown}"
    );
    // Publishing asks, and does not hold back.
    let list = amina.get(&format!("{draft}/publish")).html;
    assert!(list.contains("One comment is open.") && list.contains("Publish"), "{list}");
    let version =
        list.split_once("name=\"version\" value=\"").unwrap().1.split('"').next().unwrap();
    let done = amina.post(&format!("{draft}/publish"), &[("version", version)]);
    assert_eq!(done.status, 303, "{}", done.html);
    let shown = amina.get(&page).html;
    assert!(
        shown.contains("It is.") && !shown.contains("<form method=\"post\" action=\"/drafts"),
        "{shown}"
    );
}

#[test]
fn case_109_no_comment_is_at_any_address_of_readers_or_of_a_link() {
    let house = House::new(false);
    let (mut amina, _, draft) = house.two();
    let page = format!("{draft}/comments");
    amina.get(&page);
    let said = amina.post(&page, &[("words", CANARY), ("quote", "opens on Monday")]);
    let id = said.to.rsplit_once("#c-").unwrap().1.to_owned();
    let answer = format!("{CANARY} again");
    assert_eq!(amina.post(&page, &[("words", &answer), ("thread", &id)]).status, 303);
    assert!(amina.get(&format!("{draft}/document")).html.contains(&id));
    amina.get(&format!("{draft}/preview"));
    let made = amina.post(&format!("{draft}/share"), &[("words", "a lawyer"), ("days", "1")]);
    let (_, rest) = made.html.split_once("value=\"http://localhost:8081/preview/").unwrap();
    let link = format!("/preview/{}", rest.split('"').next().unwrap());
    let clean = |what: &str, page: &str| {
        for secret in [CANARY, &id, "data-comment"] {
            assert!(!page.contains(secret), "{secret} at {what}: {page}");
        }
    };
    for path in [format!("{draft}/page"), format!("{draft}/preview"), draft.clone()] {
        clean(&path, &amina.get(&path).html);
    }
    let mut reader = Browser::new(&house);
    for path in [link.clone(), format!("{link}/text")] {
        let shown = reader.get(&path);
        assert_eq!(shown.status, 200);
        clean(&path, &shown.html);
    }
    let list = amina.get(&format!("{draft}/publish")).html;
    let version =
        list.split_once("name=\"version\" value=\"").unwrap().1.split('"').next().unwrap();
    assert_eq!(amina.post(&format!("{draft}/publish"), &[("version", version)]).status, 303);
    let mut addresses = house.site.addresses().unwrap();
    let article = addresses.iter().find(|path| path.ends_with("the-bridge")).unwrap().clone();
    addresses.extend([".md", ".json", ".tlog-proof", "/r1"].map(|end| format!("{article}{end}")));
    addresses.push("/search?q=bridge".into());
    for path in addresses {
        let request = ovn_site::Request::get(&path).unwrap();
        let bytes = house.site.respond(&request).body;
        clean(&path, &String::from_utf8_lossy(&bytes));
    }
}
