//! From the setup link to a corrected article, in two languages, with four eyes, and nothing lost on the way.

use super::house::{Browser, House, TEXT};

#[test]
fn from_the_setup_link_to_a_correction_with_four_eyes() {
    let house = House::new(true);
    let mut amina = house.first();
    assert!(house.plane.setup_link().unwrap().is_none());
    let link = amina.invite("publisher");
    let mut bilal = Browser::new(&house);
    bilal.join_in(&link, "بلال احمد", "ur");
    let home = bilal.get("/").html;
    assert!(home.contains("<html lang=\"ur\" dir=\"rtl\">") && home.contains("مسودے"), "{home}");

    let draft = amina.draft(TEXT);
    let sheet = amina.get(&draft).html;
    assert!(sheet.contains("The bridge opens") && sheet.contains("[@council]"), "{sheet}");
    assert_eq!(amina.get(&format!("{draft}/preview")).status, 200);
    let alone = amina.get(&format!("{draft}/publish"));
    assert!(
        alone.html.contains("Somebody who did not write it")
            && !alone.html.contains("Seal and publish")
    );
    let refused = amina.post(&format!("{draft}/publish"), &[("version", "2")]);
    assert_eq!(refused.status, 403, "{}", refused.html);
    assert_eq!(amina.post(&format!("{draft}/submit"), &[("version", "2")]).status, 303);
    assert_eq!(amina.post(&format!("{draft}/approve"), &[("version", "2")]).status, 403);
    assert_eq!(house.reads("/").1.matches("The bridge opens").count(), 0);

    let seen = bilal.get(&draft).html;
    assert!(
        seen.contains("lang=\"en\" dir=\"ltr\"") && seen.contains("اس متن کی منظوری دیں"),
        "{seen}"
    );
    assert_eq!(bilal.post(&format!("{draft}/approve"), &[("version", "2")]).status, 303);
    amina.get(&format!("{draft}/publish"));
    let sealed = amina.post(&format!("{draft}/publish"), &[("version", "2")]);
    assert_eq!(
        (sealed.status, sealed.to.clone()),
        (303, format!("{draft}?did=sealed")),
        "{}",
        sealed.html
    );
    let sheet = amina.get(&sealed.to).html;
    assert!(
        sheet.contains("Sealed and published") && sheet.contains("https://news.example/20"),
        "{sheet}"
    );
    assert!(house.reads("/").1.contains("The bridge opens"));

    let list = bilal.get("/articles").html;
    let (_, rest) = list.split_once("name=\"path\" value=\"").unwrap();
    let path = rest.split('"').next().unwrap().to_owned();
    let (status, page) = house.reads(&path);
    assert!(status == 200 && page.contains("opens on Monday"), "{page}");
    let begun = bilal.post("/articles/correct", &[("path", &path)]);
    assert_eq!(begun.status, 303, "{}", begun.html);
    let text = TEXT.replace("on Monday", "on Tuesday");
    bilal.get(&begun.to);
    assert_eq!(bilal.post(&begun.to, &[("version", "1"), ("text", &text)]).status, 303);
    bilal.post(&format!("{}/submit", begun.to), &[("version", "2")]);
    amina.get(&begun.to);
    amina.post(&format!("{}/approve", begun.to), &[("version", "2")]);
    let to = format!("{}/publish", begun.to);
    let form = bilal.get(&to).html;
    assert!(
        form.contains("value=\"correction\"") && !form.contains("value=\"publication\""),
        "{form}"
    );
    let class = |class, note| [("version", "2"), ("class", class), ("note", note)];
    assert_eq!(bilal.post(&to, &class("correction", "")).status, 422, "readers are told why");
    assert_eq!(bilal.post(&to, &class("typo", "")).status, 422, "a day is no typo");
    let done = bilal.post(&to, &class("correction", "The bridge opens on Tuesday, not on Monday."));
    assert_eq!(done.status, 303, "{}", done.html);
    let page = house.reads(&path).1;
    assert!(page.contains("opens on Tuesday") && page.contains("not on Monday"), "{page}");
    let trail = amina.get("/trail").html;
    for deed in ["made the setup link", "joined", "approved", "published", "began a correction of"]
    {
        assert!(trail.contains(deed), "{deed}");
    }
}

#[test]
fn an_article_is_removed_in_two_steps() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    amina.get(&draft);
    amina.post(&format!("{draft}/publish"), &[("version", "2")]);
    let list = amina.get("/articles").html;
    let path = list.split_once("name=\"path\" value=\"").unwrap().1.split('"').next().unwrap();
    let mut remove = |fields: &[(&str, &str)]| {
        let all: Vec<_> = fields.iter().copied().chain([("path", path)]).collect();
        amina.post("/articles/remove", &all)
    };
    let first = remove(&[]);
    assert!(
        first.status == 200 && first.html.contains("to protect someone’s privacy"),
        "{}",
        first.html
    );
    let ground = [("ground", "privacy"), ("note", "A <person> is named.")];
    let second = remove(&ground);
    assert!(second.html.contains("last part of its address"), "{}", second.html);
    assert!(second.html.contains("A &#60;person&#62; is named."), "{}", second.html);
    let wrong = remove(&[ground[0], ground[1], ("confirm", "the-ridge")]);
    assert!(wrong.status == 422 && wrong.html.contains("Nothing was removed"), "{}", wrong.html);
    assert!(house.reads(path).1.contains("opens on Monday"));
    let done = remove(&[ground[0], ground[1], ("confirm", "the-bridge")]);
    assert_eq!((done.status, done.to.as_str()), (303, "/articles"));
    let (status, page) = house.reads(path);
    assert!(status == 410 && page.contains("A &#60;person&#62; is named."), "{page}");
    assert!(!house.reads("/search?q=bridge").1.contains("opens on Monday"));
    assert_eq!(remove(&ground).status, 404);
    assert_eq!(house.reads(&format!("{path}/report")).0, 404);
}

#[test]
fn two_who_save_at_once_see_both_texts() {
    let house = House::new(false);
    let (mut amina, mut bilal, draft) = house.two();
    bilal.get(&draft);
    let theirs = TEXT.replace("Monday", "Tuesday");
    let mine = TEXT.replace("The bridge opens on Monday", "The old <bridge> closes");
    assert_eq!(amina.post(&draft, &[("version", "2"), ("text", &theirs)]).status, 303);
    let both = bilal.post(&draft, &[("version", "2"), ("text", &mine)]);
    assert_eq!(both.status, 409);
    assert!(
        both.html.contains("opens on Tuesday")
            && both.html.contains("The old &#60;bridge&#62; closes"),
        "{}",
        both.html
    );
    assert!(
        both.html.contains("Saved by Amina Khan")
            && both.html.contains("name=\"version\" value=\"3\"")
    );
    assert_eq!(bilal.post(&draft, &[("version", "3"), ("text", &mine)]).status, 303);
    let list = bilal.get(&format!("{draft}/versions")).html;
    assert_eq!(list.matches("/versions/").count(), 4, "{list}");
    assert!(bilal.get(&format!("{draft}/versions/3")).html.contains("opens on Tuesday"));
}

#[test]
fn a_text_that_comes_too_late_is_given_back() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    amina.get(&draft);
    let mut elsewhere = amina.clone();
    elsewhere.post("/sign-out", &[]);
    let late = amina.post(&draft, &[("version", "2"), ("text", "every word of it </textarea>")]);
    assert_eq!(late.status, 403);
    assert!(late.html.contains("every word of it &#60;/textarea&#62;"), "{}", late.html);
    assert!(late.html.contains("href=\"/sign-in\""));
    assert_eq!(amina.get("/").to, "/sign-in");
    assert_eq!(amina.sign_in("amina KHAN").to, "/");
    assert_eq!(amina.get(&draft).status, 200);
}

#[test]
fn what_is_open_stands_beside_the_text() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft("---\nheadline: TK\nlang: en\n---\n\nWords [@nobody].\n");
    let sheet = amina.get(&draft).html;
    assert!(sheet.contains("To mend before publishing") && sheet.contains("Line "), "{sheet}");
    assert!(sheet.contains("One place is marked TK"));
    let list = amina.get(&format!("{draft}/publish")).html;
    assert!(!list.contains("Seal and publish"), "{list}");
    let refused = amina.post(&format!("{draft}/publish"), &[("version", "2")]);
    assert_eq!(refused.status, 422, "{}", refused.html);
    assert!(refused.html.contains("line "), "{}", refused.html);
}

#[test]
fn the_first_screens_speak_the_browsers_language() {
    let house = House::new(false);
    let mut browser = Browser::new(&house);
    let mut check = |path: &str, accept: &str, expected: &str| {
        let shown =
            browser.ask(hyper::Method::GET, path, String::new(), &[("accept-language", accept)]);
        assert!(shown.html.contains(expected), "{path} {accept}: {}", shown.html);
    };
    check("/sign-in", "ur-PK,ur;q=0.9,en;q=0.8", "<html lang=\"ur\" dir=\"rtl\">");
    check("/sign-in", "de,en;q=0.8", "<html lang=\"en\" dir=\"ltr\">");
    check("/sign-in", "", "<html lang=\"en\" dir=\"ltr\">");
    check("/sign-in?lang=ur", "en", "<html lang=\"ur\" dir=\"rtl\">");
    check("/sign-in?lang=xx", "en", "<html lang=\"en\" dir=\"ltr\">");
}
