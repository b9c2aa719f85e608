//! A reader's letter from the article's form to the correction, and the answer to every letter that is none.

use super::house::{Browser, House, TEXT, form, text};
use hyper::Method;
use ovn_site::Request;

/// An edition with an article; its editor and its address.
fn published(house: &House) -> (Browser<'_>, String) {
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    amina.get(&draft);
    assert_eq!(amina.post(&format!("{draft}/publish"), &[("version", "2")]).status, 303);
    let list = amina.get("/articles").html;
    let path = list.split_once("name=\"path\" value=\"").unwrap().1.split('"').next().unwrap();
    (amina, path.to_owned())
}

/// The newest open letter in the queue.
fn newest(browser: &mut Browser<'_>) -> String {
    let list = browser.get("/letters").html;
    let rest = list.split_once("href=\"/letters/").unwrap().1;
    format!("/letters/{}", rest.split('"').next().unwrap())
}

#[test]
fn from_a_readers_letter_to_the_correction() {
    let house = House::new(false);
    let (mut amina, path) = published(&house);
    let page = house.reads(&path).1;
    assert!(page.contains(&format!("href=\"{path}/report\"")), "{page}");
    let form = house.reads(&format!("{path}/report")).1;
    assert!(form.contains("Report an error") && form.contains("1 · The bridge opens"), "{form}");
    let fields = [
        ("what", "It opens on canary-7b1e Tuesday <b>."),
        ("passage", "1"),
        ("how", "I was there: canary-7b1e"),
        ("contact", "canary-7b1e@reader.example"),
    ];
    let receipt = house.letter(&path, &fields);
    assert!(receipt.starts_with("/report/") && receipt.len() == 72, "{receipt}");
    let shown = house.reads(&receipt).1;
    assert!(shown.contains("Nobody in the newsroom has opened it yet"), "{shown}");

    let letter = newest(&mut amina);
    let screen = amina.get(&letter).html;
    for part in ["canary-7b1e Tuesday &#60;b", "canary-7b1e@reader", "The bridge opens on Monday"] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    assert!(house.reads(&receipt).1.contains("has not decided yet"));
    let begun = amina.post(&format!("{letter}/correct"), &[]);
    assert_eq!(begun.status, 303, "{}", begun.html);
    assert_eq!(amina.post(&format!("{letter}/correct"), &[]).status, 409, "one draft a letter");
    amina.get(&begun.to);
    let changed = TEXT.replace("on Monday", "on Tuesday");
    assert_eq!(amina.post(&begun.to, &[("version", "1"), ("text", &changed)]).status, 303);
    let note = "The bridge opens on Tuesday, not on Monday.";
    let change = [("version", "2"), ("class", "correction"), ("note", note)];
    assert_eq!(amina.post(&format!("{}/publish", begun.to), &change).status, 303);

    // In the same moment, everywhere.
    for (place, words) in [
        (path.as_str(), "opens on Tuesday"),
        (path.as_str(), "\"correction\":"),
        ("/corrections", note),
        ("/corrections", "Reported by a reader, corrected after 0 minutes"),
        ("/feed.atom", "opens on Tuesday"),
        ("/feed.rss", "opens on Tuesday"),
        ("/feed.json", "opens on Tuesday"),
        ("/search?q=tuesday", "The bridge opens"),
        ("/sitemap/1.xml", path.as_str()),
        (receipt.as_str(), "The article was corrected"),
        (receipt.as_str(), "/compare/1-2"),
    ] {
        let page = house.reads(place).1;
        assert!(page.contains(words), "{place} has no {words:?}: {page}");
    }
    assert!(amina.get(&letter).html.contains("corrected"));
    assert_eq!(amina.post(&format!("{letter}/decline"), &[("reason", "Late.")]).status, 409);
    case_108_nothing_of_it_is_public(&house, &path, &receipt);
}

/// What a reader wrote is at no public address.
fn case_108_nothing_of_it_is_public(house: &House, path: &str, receipt: &str) {
    let mut all = house.site.addresses().unwrap();
    all.extend([format!("{path}/report"), receipt.to_owned(), format!("{path}/compare/1-2")]);
    all.extend(["/corrections", "/search?q=reader"].map(str::to_owned));
    assert!(all.len() > 20, "{}", all.len());
    for address in all {
        assert!(!house.reads(&address).1.contains("canary-7b1e"), "{address}");
    }
}

#[test]
fn a_letter_is_declined_for_a_reason_that_readers_see() {
    let house = House::new(false);
    let (mut amina, path) = published(&house);
    let receipt = house.letter(&path, &[("what", "The bridge is green.")]);
    let again = house.letter(&path, &[("what", "the BRIDGE is green")]);
    assert_ne!(receipt, again);
    let before = house.reads("/corrections").1;
    let letter = newest(&mut amina);
    assert_eq!(
        amina.get("/letters").html.matches("href=\"/letters/").count(),
        1,
        "one text, one letter"
    );
    amina.get(&letter);
    let none = amina.post(&format!("{letter}/decline"), &[("reason", "  ")]);
    assert!(none.status == 422 && none.html.contains("Write a reason"), "{}", none.html);
    let reason = "The article says nothing of its <colour>.";
    assert_eq!(amina.post(&format!("{letter}/decline"), &[("reason", reason)]).status, 303);
    for receipt in [receipt, again] {
        let page = house.reads(&receipt).1;
        assert!(
            page.contains("of its &#60;colour&#62;") && page.contains("Decided after"),
            "{page}"
        );
    }
    let ledger = house.reads("/corrections").1;
    assert!(!before.contains("colour") && ledger.contains("of its &#60;colour&#62;"), "{ledger}");
    assert!(
        ledger.contains("Declined after 0 minutes") && !ledger.contains("is green"),
        "{ledger}"
    );
    let trail = amina.get("/trail").html;
    assert!(trail.contains("declined a reader’s report"), "{trail}");
}

#[test]
fn case_106_what_is_no_letter_is_given_back_with_a_reason() {
    let house = House::new(false);
    let (_, path) = published(&house);
    let check = |fields: &[(&str, &str)], ms: u64, status: u16, words: &str| {
        let response = house.sends(&path, fields, ms);
        let page = text(&response);
        assert_eq!(response.status, status, "{fields:?} {page}");
        assert!(page.contains(words), "{words}: {page}");
        assert_eq!(response.headers["cache-control"], "no-store");
        assert!(response.headers.get("set-cookie").is_none());
    };
    let words = ("what", "It is <i>wrong</i>.");
    let kept = "It is &#60;i&#62;wrong&#60;/i&#62;.";
    check(&[words], 0, 422, kept);
    check(&[words], 0, 422, "faster than people write");
    check(&[words, ("website", "x")], 5_000, 422, "A hidden field was filled in");
    check(&[words], 25 * 60 * 60 * 1000, 422, "older than a day");
    check(&[words, ("stamp", "")], 5_000, 422, "not ours");
    check(&[words, ("stamp", &format!("1-{}", "0".repeat(64)))], 5_000, 422, "not ours");
    check(&[("what", " \u{200b}… ")], 5_000, 422, "Write a few words");
    check(&[("what", &"ا".repeat(4_001))], 5_000, 422, "longer than can be read");
    check(&[words, ("contact", &"a".repeat(201))], 5_000, 422, "longer than can be read");
    check(&[words, ("role", "editor")], 5_000, 400, "could not be read");
    check(&[words, ("passage", "x"), ("rev", "9999")], 5_000, 303, "");
    let bodies: [&[u8]; 4] = [b"what=%FF", b"what=a&what=b", b"\xff", b"what=a%"];
    for body in bodies {
        let request =
            Request { method: Method::POST, ..Request::get(&format!("{path}/report")).unwrap() };
        let status = house.site.send(&request, body, [192, 0, 2, 1].into()).status.as_u16();
        assert!(status == 400 || status == 422, "{status}");
    }
}

#[test]
fn case_107_other_sites_and_other_addresses_take_no_letters() {
    let house = House::new(false);
    let (_, path) = published(&house);
    let request = |target: &str| Request { method: Method::POST, ..Request::get(target).unwrap() };
    let send = |request: &Request| {
        house.site.send(request, form(&[("what", "x")]).as_bytes(), [192, 0, 2, 1].into()).status
    };
    for site in ["cross-site", "same-site", "none"] {
        let value = hyper::header::HeaderValue::from_static(site);
        let request = request(&format!("{path}/report")).with("sec-fetch-site", value);
        assert_eq!(send(&request), 403, "{site}");
    }
    for target in ["/report", "/2026/11/nothing/report", "/policies/report", "/report/00/report"] {
        assert_eq!(send(&request(target)), 404, "{target}");
    }
    // Everything else is read and never written to, and no stranger's address is a receipt.
    for target in [path.as_str(), "/", "/corrections", "/report/00"] {
        assert_eq!(house.site.respond(&request(target)).status, 405, "{target}");
    }
    for target in [format!("/report/{}", "0".repeat(64)), "/report".into(), "/report/x".into()] {
        assert_eq!(house.reads(&target).0, 404, "{target}");
    }
}

#[test]
fn case_105_one_network_sends_a_few_and_a_full_queue_takes_none() {
    let house = House::new(false);
    let (_, path) = published(&house);
    let page = house.reads(&format!("{path}/report")).1;
    assert!(page.contains("hidden"), "{page}");
    for number in 0..50 {
        house.letter(&path, &[("what", &format!("Number {number} is wrong."))]);
    }
    let full = house.sends(&path, &[("what", "One more.")], 5_000);
    assert_eq!(full.status, 503);
    assert!(text(&full).contains("more reports open than it can read"), "{}", text(&full));
    assert_eq!(
        house.sends(&path, &[("what", "Number 7 is wrong")], 5_000).status,
        303,
        "known already"
    );
    for _ in 0..60 {
        house.sends(&path, &[("what", "Number 7 is wrong")], 5_000);
    }
    let wait = house.sends(&path, &[("what", "Number 7 is wrong")], 5_000);
    assert_eq!(wait.status, 429, "{}", text(&wait));
}
