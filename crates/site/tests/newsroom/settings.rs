//! The settings' screens: who may open them, and what readers see the moment that something is saved.

use super::house::{Browser, House, TEXT};

/// What stands in a hidden field of a page.
fn hidden(html: &str, name: &str) -> String {
    let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// The edition's form as it is, with these fields changed.
fn edition(browser: &mut Browser<'_>, change: &[(&str, &str)]) -> super::house::Shown {
    let html = browser.get("/settings/edition").html;
    let was = hidden(&html, "was");
    let mut fields = vec![
        ("was", was.as_str()),
        ("name", "The Lantern"),
        ("url", "https://news.example"),
        ("motto-en", ""),
        ("motto-ur", ""),
        ("languages", "en, ur"),
        ("zone", "UTC"),
        ("publisher-name", ""),
        ("publisher-address", ""),
        ("publisher-contact", ""),
        ("publisher-ownership", ""),
    ];
    fields.retain(|(name, _)| !change.iter().any(|(other, _)| other == name));
    fields.extend(change);
    browser.post("/settings/edition", &fields)
}

#[test]
fn readers_see_another_name_with_their_next_page() {
    let house = House::new(false);
    let mut amina = house.first();
    let begun = amina.draft(TEXT);
    amina.get(&begun);
    amina.post(&format!("{begun}/publish"), &[("version", "2")]);
    let pages = [
        "/",
        "/about",
        "/feed.atom",
        "/feed.rss",
        "/feed.json",
        "/trust.txt",
        "/2026",
        "/corrections",
    ];
    let article = house.reads("/feed.json").1;
    let article = article.split_once("https://news.example/20").unwrap().1;
    let article = format!("/20{}", article.split(['"', '.']).next().unwrap());
    let pages: Vec<&str> = pages.into_iter().chain([article.as_str()]).collect();
    let before: Vec<String> = pages.iter().map(|path| house.reads(path).1).collect();
    assert!(before[0].contains("The Lantern"));
    let change = [
        ("name", "The Lamp"),
        ("motto-en", "Bright & yours."),
        ("publisher-name", "Lamp Ltd"),
        ("publisher-contact", "desk@lamp.example"),
    ];
    let done = edition(&mut amina, &change);
    assert_eq!(
        (done.status, done.to.as_str()),
        (303, "/settings/edition?did=saved"),
        "{}",
        done.html
    );
    for (path, before) in pages.iter().zip(&before).filter(|(path, _)| **path != "/2026") {
        let now = house.reads(path).1;
        assert!(!now.contains("The Lantern"), "{path} is stale");
        assert_ne!(&now, before, "{path}");
    }
    assert!(house.reads("/").1.contains("Bright &#38; yours."), "{}", house.reads("/").1);
    assert!(house.reads("/trust.txt").1.contains("desk@lamp.example"));
    assert!(amina.get("/").html.contains("The Lamp") || amina.get("/").html.contains("Lamp"));
    let trail = amina.get("/trail").html;
    assert!(trail.contains("name: The Lantern → The Lamp"), "{trail}");
}

#[test]
fn what_is_refused_is_said_and_what_was_typed_stays() {
    let house = House::new(false);
    let mut amina = house.first();
    let check = |amina: &mut Browser<'_>, field: &str, value: &str, said: &str| {
        let shown = edition(amina, &[(field, value)]);
        assert_eq!(shown.status, 422, "{}", shown.html);
        assert!(shown.html.contains(said), "{said}: {}", shown.html);
        assert!(shown.html.contains(&format!("value=\"{value}\"")), "{}", shown.html);
    };
    check(&mut amina, "zone", "Mars/Base", "There is no time zone Mars/Base");
    check(&mut amina, "url", "ftp://x", "ftp://x is no address for readers");
    check(&mut amina, "publisher-contact", "nobody", "nobody is no e-mail address");
    check(&mut amina, "languages", "en ur en", "write each tag once");
    let shown = edition(&mut amina, &[("was", "00")]);
    assert_eq!(shown.status, 409, "{}", shown.html);
    assert!(shown.html.contains("Somebody changed the settings meanwhile"));
    amina.get("/me");
    amina.post("/me", &[("lang", "ur")]);
    let shown = edition(&mut amina, &[("zone", "Mars/Base")]);
    assert!(shown.html.contains("وقت کا کوئی منطقہ Mars/Base نہیں"), "{}", shown.html);
    let html = amina.get("/settings/edition").html;
    assert!(
        html.contains("<code lang=\"en\" dir=\"ltr\">news.example</code>"),
        "the record's name is shown"
    );
    assert!(
        !html.contains("name=\"origin\"") && !html.contains("name=\"port\""),
        "and is no field"
    );
}

#[test]
fn a_section_that_left_the_menu_keeps_its_page() {
    let house = House::new(false);
    let mut amina = house.first();
    let add = |amina: &mut Browser<'_>, slug: &str, en: &str| {
        let was = hidden(&amina.get("/settings/sections").html, "was");
        let fields = [("was", was.as_str()), ("slug", slug), ("name-en", en), ("name-ur", "")];
        assert_eq!(amina.post("/settings/sections", &fields).status, 303);
    };
    assert_eq!(house.reads("/section/councils").0, 404);
    add(&mut amina, "councils", "Councils");
    add(&mut amina, "farms", "Farms");
    assert!(house.reads("/").1.contains("<a href=\"/section/councils\">Councils</a>"));
    assert_eq!(house.reads("/section/councils").0, 200);
    let begun = amina.draft(&TEXT.replace("byline:", "sections: [Councils]\nbyline:"));
    amina.get(&begun);
    amina.post(&format!("{begun}/publish"), &[("version", "2")]);
    let change = |amina: &mut Browser<'_>, slug: &str, deed: &str, sure: &str, en: &str| {
        let was = hidden(&amina.get("/settings/sections").html, "was");
        let fields = [
            ("was", was.as_str()),
            ("name-en", en),
            ("name-ur", ""),
            ("deed", deed),
            ("sure", sure),
        ];
        amina.post(&format!("/settings/sections/{slug}"), &fields)
    };
    assert_eq!(change(&mut amina, "councils", "name", "", "Town halls").status, 303);
    let page = house.reads("/section/councils").1;
    assert!(page.contains("Town halls") && page.contains("The bridge opens"), "{page}");
    let refused = change(&mut amina, "councils", "drop", "", "");
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("One article is sealed with this section"), "{}", refused.html);
    assert_eq!(change(&mut amina, "councils", "drop", "yes", "").status, 303);
    assert!(!house.reads("/").1.contains("Town halls"));
    assert!(house.reads("/section/councils").1.contains("The bridge opens"), "its page stays");
    assert_eq!(house.reads("/section/councils/feed.atom").0, 200);
    assert!(house.site.addresses().unwrap().contains(&"/section/councils".to_owned()));
    assert_eq!(change(&mut amina, "farms", "drop", "", "").status, 303);
    assert_eq!(house.reads("/section/farms").0, 404);
}

#[test]
fn what_a_role_may_not_is_not_offered() {
    let house = House::new(false);
    let mut amina = house.first();
    let mut bilal = Browser::new(&house);
    let link = amina.invite("publisher");
    bilal.join(&link, "Bilal");
    let page = bilal.get("/settings");
    assert_eq!(page.status, 200);
    assert!(!page.html.contains("/settings/edition"), "{}", page.html);
    assert!(amina.get("/settings").html.contains("/settings/edition"));
}

#[test]
fn a_policy_is_written_previewed_sealed_and_compared() {
    let house = House::new(false);
    let mut amina = house.first();
    let list = amina.get("/settings/policies").html;
    assert!(
        list.contains("/settings/policies/en/ethics") && list.contains("ethicsPolicy"),
        "{list}"
    );
    let page = amina.get("/settings/policies/en/corrections").html;
    assert!(page.contains("A correction is a new revision"), "a text to begin with: {page}");
    let place = "/settings/policies/en/ethics";
    let fields = |rev: &'static str, text: &'static str, deed: &'static str| {
        vec![
            ("rev", rev),
            ("headline", "Ethics"),
            ("standfirst", ""),
            ("text", text),
            ("deed", deed),
        ]
    };
    let seen = amina.post(place, &fields("0", "We *report*.", "preview"));
    assert_eq!(seen.status, 200);
    assert!(
        seen.html.contains("<em>report</em>") && seen.html.contains("not published"),
        "{}",
        seen.html
    );
    assert_eq!(house.reads("/policies/ethics").0, 404, "a preview seals nothing");
    amina.get(place);
    let wrong = amina.post(place, &fields("0", "Good.\n\n<script>", "seal"));
    assert_eq!(wrong.status, 422, "{}", wrong.html);
    assert!(
        wrong.html.contains("Line 3") && wrong.html.contains("&#60;script&#62;"),
        "{}",
        wrong.html
    );
    let article = amina.draft(TEXT);
    amina.get(&article);
    amina.post(&format!("{article}/publish"), &[("version", "2")]);
    let feed = house.reads("/feed.json").1;
    let read = feed.split_once("https://news.example/20").unwrap().1;
    let read = format!("/20{}", read.split(['"', '.']).next().unwrap());
    assert!(
        !house.reads(&read).1.contains("ethicsPolicy"),
        "what is not published is not promised"
    );
    amina.get(place);
    assert_eq!(
        amina.post(place, &fields("0", "We *report*.", "seal")).to,
        format!("{place}?did=sealed")
    );
    assert!(
        house.reads(&read).1.contains("\"ethicsPolicy\":\"https://news.example/policies/ethics\"")
    );
    assert!(house.reads("/policies").1.contains("/policies/ethics"));
    assert_eq!(
        amina.post(place, &fields("1", "We *report*.", "seal")).to,
        format!("{place}?did=same")
    );
    assert_eq!(amina.post(place, &fields("0", "Mine.", "seal")).status, 409);
    assert_eq!(amina.post(place, &fields("1", "We *tell*.", "seal")).status, 303);
    assert!(house.reads("/policies/ethics").1.contains("<em>tell</em>"));
    assert!(house.reads("/policies/ethics/r1").1.contains("<em>report</em>"));
    assert_eq!(house.reads("/policies/ethics/compare/1-2").0, 200);
    let page = amina.get(place).html;
    assert!(page.contains("https://news.example/policies/ethics/compare/1-2"), "{page}");
    assert_eq!(amina.get("/settings/policies/xx/ethics").status, 404);
}

#[test]
fn keys_and_backups_are_shown_and_asked_for() {
    let house = House::new(false);
    let mut amina = house.first();
    let page = amina.get("/settings/record").html;
    let keys = house.dir.with_extension("keys");
    let secret = std::fs::read_to_string(keys.join("log.key")).unwrap();
    assert!(page.contains("news.example+") && page.contains("ovn backup"), "{page}");
    assert!(!page.contains(secret.trim()), "no key leaves its folder");
    assert!(page.contains("No backup of this edition is known here"));
    amina.get("/");
    assert_eq!(amina.post("/settings/begun", &[]).status, 303);
    assert!(!amina.get("/").html.contains("First steps"));
    let begun = amina.draft(TEXT);
    amina.get(&begun);
    amina.post(&format!("{begun}/publish"), &[("version", "2")]);
    assert!(amina.get("/").html.contains("See to a backup"));
    let mut bilal = Browser::new(&house);
    let link = amina.invite("publisher");
    bilal.join(&link, "Bilal");
    assert!(!bilal.get("/").html.contains("See to a backup"), "others can do nothing about it");
}

#[test]
fn a_file_comes_in_as_a_draft_and_all_goes_out_as_one() {
    let house = House::new(false);
    let mut amina = house.first();
    amina.get("/settings/import");
    let shown = amina.send("/settings/import", &[], "bridge.md", TEXT.as_bytes());
    assert_eq!(shown.status, 200, "{}", shown.html);
    assert!(shown.html.contains("The bridge opens"), "{}", shown.html);
    let draft =
        shown.html.split_once("href=\"/drafts/").unwrap().1.split('"').next().unwrap().to_owned();
    assert!(amina.get(&format!("/drafts/{draft}")).html.contains("[@council]"));
    assert_eq!(
        house.reads("/feed.json").1.matches("The bridge").count(),
        0,
        "nothing is published"
    );
    amina.get("/settings/import");
    let shown = amina.send("/settings/import", &[], "a.txt", b"\xff\xfe");
    assert_eq!(shown.status, 422);
    assert!(shown.html.contains("no text in the encoding UTF-8"), "{}", shown.html);
    amina.get(&format!("/drafts/{draft}"));
    amina.post(&format!("/drafts/{draft}/publish"), &[("version", "1")]);
    for (path, inside) in [("markdown", "the-bridge.md"), ("record", "record/checkpoint")] {
        let shown = amina.get(&format!("/settings/export/{path}"));
        assert_eq!(shown.status, 200);
        assert!(shown.html.contains(inside), "{path}");
        let place = shown.headers["content-disposition"].to_str().unwrap();
        assert!(
            place.starts_with("attachment; filename=\"news.example-") && place.ends_with(".tar\""),
            "{place}"
        );
    }
    let head = amina.ask(hyper::Method::HEAD, "/settings/export/record", String::new(), &[]);
    assert_eq!((head.status, head.html.as_str()), (200, ""));
    let feeds = amina.get("/settings/feeds").html;
    assert!(
        feeds.contains("https://news.example/ur/feed.atom") && feeds.contains("ovn mirror"),
        "{feeds}"
    );
}
