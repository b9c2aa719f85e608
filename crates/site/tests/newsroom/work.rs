//! Pitches, assignments, the calendar, translations and tasks without scripts, in two languages; and that readers find none of it.

use super::house::{Browser, House, TEXT, tomorrow};
use ovn_press::people::People;
use ovn_store::cabinet::Draft;
use std::sync::Arc;

const CANARY: &str = "canary-9c4e";

/// Pitches something; its address.
pub(crate) fn pitch(browser: &mut Browser<'_>) -> String {
    browser.get("/pitches");
    let fields = [("title", "What it costs"), ("lang", "en"), ("why", "Readers ask.")];
    let made = browser.post("/pitches", &fields);
    assert_eq!(made.status, 303, "{}", made.html);
    made.to
}

/// The value of the first field or button with this name.
fn value(html: &str, name: &str) -> String {
    let rest = html.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
    rest.split('"').next().unwrap().to_owned()
}

/// The id in the first address below `folder`.
fn first(html: &str, folder: &str) -> String {
    let rest = html.split_once(&format!("href=\"/{folder}/")).unwrap_or_else(|| panic!("{html}")).1;
    rest.split('"').next().unwrap().to_owned()
}

fn urdu(text: &str, slug: &str, words: &str) -> String {
    let head = format!("---\nheadline: {words}\nslug: {slug}\n");
    text.replacen("---\n", &head, 1).replace("headline: \"\"\n", "") + &format!("\n{words}۔\n")
}

/// The text in a draft's form, as the server has it.
fn text_of(house: &House, draft: &str) -> Draft {
    let cabinet = ovn_store::cabinet::Cabinet::open(&house.dir, None).unwrap();
    let id = ovn_edition::hex::decode(draft.trim_start_matches("/drafts/")).unwrap();
    cabinet.draft(&id).unwrap().unwrap()
}

/// An article in two languages of which the first is corrected; the address of the task about the second, which `writer`
/// began if there is one.
pub(crate) fn task(
    house: &House,
    author: &mut Browser<'_>,
    writer: Option<&mut Browser<'_>>,
    number: usize,
) -> String {
    let slug = format!("a-mill-{number}");
    let text = TEXT.replace("the-bridge", &slug).replace("The bridge", &format!("Mill {number}"));
    let original = author.draft(&text);
    author.get(&original);
    author.post(&format!("{original}/publish"), &[("version", "2")]);
    let path = text_of(house, &original).path.unwrap();
    let begin = |browser: &mut Browser<'_>| {
        browser.get("/articles");
        let begun = browser.post("/articles/translate", &[("path", &path), ("lang", "ur")]);
        assert_eq!(begun.status, 303, "{}", begun.html);
        let own = urdu(&text_of(house, &begun.to).text, &format!("chakki-{number}"), "چکی");
        browser.get(&begun.to);
        let saved = browser.post(&begun.to, &[("version", "1"), ("text", &own)]);
        assert_eq!(saved.status, 303, "{}", saved.html);
        begun.to
    };
    let translation = match writer {
        Some(browser) => begin(browser),
        None => begin(author),
    };
    author.get(&translation);
    let sealed = author.post(&format!("{translation}/publish"), &[("version", "2")]);
    assert_eq!(sealed.status, 303, "{}", sealed.html);
    correct(author, &path, &text.replace("on Monday", "on Tuesday"));
    let people = People::open(&house.dir, Arc::new(|_| None)).unwrap();
    people.follow().unwrap();
    let article = text_of(house, &translation).article.unwrap();
    let cabinet = ovn_store::cabinet::Cabinet::open(&house.dir, None).unwrap();
    let tasks = cabinet.tasks(None, 99).unwrap();
    let one = tasks.iter().find(|task| task.article == article).unwrap();
    format!("/tasks/{}", ovn_edition::hex::encode(&one.id))
}

/// Corrects the article at `path`.
fn correct(browser: &mut Browser<'_>, path: &str, text: &str) -> String {
    browser.get("/articles");
    let begun = browser.post("/articles/correct", &[("path", path)]).to;
    browser.get(&begun);
    assert_eq!(browser.post(&begun, &[("version", "1"), ("text", text)]).status, 303);
    let note = "The bridge opens on Tuesday, not on Monday.";
    let change = [("version", "2"), ("class", "correction"), ("note", note)];
    let done = browser.post(&format!("{begun}/publish"), &change);
    assert_eq!(done.status, 303, "{}", done.html);
    begun
}

#[test]
fn a_pitch_is_taken_up_assigned_and_seen() {
    let house = House::new(false);
    let mut amina = house.first();
    let link = amina.invite("reporter");
    let mut bilal = Browser::new(&house);
    bilal.join_in(&link, "بلال احمد", "ur");
    let list = bilal.get("/pitches").html;
    assert!(list.contains("<html lang=\"ur\"") && list.contains("تجویز دیں"), "{list}");
    let empty = bilal.post("/pitches", &[("title", "Kept <words>"), ("lang", "en")]);
    assert_eq!(empty.status, 422);
    assert!(empty.html.contains("Kept &#60;words&#62;"), "nothing typed is lost: {}", empty.html);
    let (one, other) = (pitch(&mut bilal), pitch(&mut bilal));
    assert!(amina.get("/").html.contains("2 pitches wait for a decision."));
    amina.get(&other);
    assert_eq!(amina.post(&format!("{other}/decline"), &[("reason", "")]).status, 422);
    let reason = "Not <this> week.";
    assert_eq!(amina.post(&format!("{other}/decline"), &[("reason", reason)]).to, other);
    let told = bilal.get(&other).html;
    assert!(told.contains("Not &#60;this&#62; week.") && told.contains("نامنظور"), "{told}");

    let form = amina.get(&one).html;
    let (who, _) = form
        .split_once("\">بلال احمد</option>")
        .unwrap_or_else(|| form.split_once("\" selected>بلال احمد</option>").unwrap());
    let who = who.rsplit_once("value=\"").unwrap().1.trim_end_matches("\" selected").to_owned();
    let due = "2020-01-02T10:00";
    let fields = [("person", who.as_str()), ("part", "writes"), ("due", due), ("length", "600")];
    let fields = [&fields[..], &[("notes", "Ask <the> council.")]].concat();
    let taken = amina.post(&format!("{one}/take"), &fields);
    assert!(taken.to.starts_with("/drafts/"), "{}", taken.html);
    let sheet = bilal.get(&taken.to).html;
    for part in ["Ask &#60;the&#62; council.", "مہلت گزر گئی", "لکھائی", "What it costs"]
    {
        assert!(sheet.contains(part), "{part}: {sheet}");
    }
    let desk = bilal.get("/").html;
    assert!(desk.contains("آپ کے لیے") && desk.contains("مہلت گزر گئی: ۲ جنوری ۲۰۲۰"), "{desk}");
    assert!(bilal.get("/?overdue=yes").html.contains("What it costs"));
    assert!(!bilal.get("/?state=review").html.contains("What it costs"));
    assert!(bilal.get("/?lang=xx&section=%22&state=%3Cb%3E&page=-1").status == 200);

    // Who does what is said on a page of its own; what is refused is said there.
    let work = format!("{}/work", taken.to);
    assert!(!bilal.get(&work).html.contains("/unassign"), "a reporter only reads it");
    bilal.get("/");
    let assign = format!("{}/assign", taken.to);
    assert_eq!(bilal.post(&assign, &[("person", &who), ("part", "edits")]).status, 403);
    amina.get(&work);
    assert_eq!(amina.post(&assign, &[("person", &who), ("part", "sings")]).status, 422);
    assert_eq!(amina.post(&assign, &[("person", &who), ("part", "edits")]).to, work);
    let ask = format!("{}/ask", taken.to);
    let wrong = amina.post(&ask, &[("due", "soon"), ("length", ""), ("notes", "")]);
    assert!(
        wrong.status == 422 && wrong.html.contains("Choose a day and a time"),
        "{}",
        wrong.html
    );
    assert_eq!(amina.post(&ask, &[("due", ""), ("length", ""), ("notes", "")]).to, work);
    let unassign = format!("{}/unassign", taken.to);
    assert_eq!(amina.post(&unassign, &[("person", &who), ("part", "edits")]).to, work);
    let trail = amina.get("/trail").html;
    for deed in ["pitched", "took up the pitch", "declined the pitch", "assigned somebody to"] {
        assert!(trail.contains(deed), "{deed}");
    }
}

#[test]
fn what_others_changed_is_told() {
    let house = House::new(false);
    let (mut amina, mut bilal, draft) = house.two();
    assert!(bilal.get("/").html.contains("new to you"));
    assert!(bilal.get(&format!("{draft}/changes")).html.contains("the first time"));
    bilal.get(&draft);
    amina.get(&draft);
    amina.post(&draft, &[("version", "2"), ("text", &TEXT.replace("Monday", "Tuesday"))]);
    amina.post(&format!("{draft}/submit"), &[("version", "3")]);
    assert!(bilal.get("/").html.contains("changed since you looked"));
    let sheet = bilal.get(&draft).html;
    assert!(sheet.contains("Written by: <bdi>Amina Khan</bdi>"), "{sheet}");
    assert!(sheet.contains("sent to review"), "{sheet}");
    let changes = bilal.get(&format!("{draft}/changes")).html;
    assert!(changes.contains("<del>Monday</del>"), "{changes}");
    assert!(changes.contains("<ins>Tuesday</ins>") && changes.contains("/versions\""), "{changes}");
    assert!(!bilal.get("/").html.contains("changed since you looked"));
}

#[test]
fn a_translation_is_written_beside_its_original_and_follows_its_corrections() {
    let house = House::new(false);
    let mut amina = house.first();
    let link = amina.invite("editor");
    let mut bilal = Browser::new(&house);
    bilal.join_in(&link, "بلال احمد", "ur");
    let original = amina.draft(TEXT);
    let page = amina.get(&original).html;
    assert!(page.contains("Translate: اردو"), "{page}");
    let begun = amina.post(&format!("{original}/translate"), &[("lang", "ur")]).to;
    let sheet = bilal.get(&begun).html;
    let beside = "<div class=\"beside\" lang=\"en\" dir=\"ltr\"";
    assert!(
        sheet.contains(beside) && sheet.contains("opens on Monday, the council said"),
        "{sheet}"
    );
    let text = urdu(&text_of(&house, &begun).text, "pul", "پل کھلتا ہے");
    bilal.post(&begun, &[("version", "1"), ("text", &text)]);
    let early = bilal.get(&format!("{begun}/publish"));
    assert_eq!(early.status, 200);
    amina.get(&begun);
    let refused = amina.post(&format!("{begun}/publish"), &[("version", "2")]);
    assert!(refused.status == 422 && refused.html.contains("its original is not published"));
    amina.get(&original);
    for draft in [&original, &begun] {
        let done = amina.post(&format!("{draft}/publish"), &[("version", "2")]);
        assert_eq!(done.status, 303, "{}", done.html);
    }
    let [path, ours] = [&original, &begun].map(|one| text_of(&house, one).path.unwrap());
    let link = |to: &str, lang: &str| {
        format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"https://news.example{to}\">")
    };
    assert!(house.reads(&path).1.contains(&link(&ours, "ur")), "each names the other");
    assert!(house.reads(&ours).1.contains(&link(&path, "en")));
    amina.get("/articles");
    let twice = amina.post("/articles/translate", &[("path", &path), ("lang", "ur")]);
    assert!(twice.status == 422 && twice.html.contains("a translation into this language"));

    correct(&mut amina, &path, &TEXT.replace("on Monday", "on Tuesday"));
    let desk = bilal.get("/").html;
    assert!(desk.contains("اصل تحریر بدلی گئی: تصحیح") && desk.contains("پل کھلتا ہے"), "{desk}");
    let task = format!("/tasks/{}", first(&desk, "tasks"));
    let shown = bilal.get(&task).html;
    assert!(shown.contains("<del>Monday</del>") && shown.contains("not on Monday."), "{shown}");
    let answer = bilal.post(&format!("{task}/correct"), &[]).to;
    assert!(bilal.get(&answer).html.contains(&task), "the draft says why it was begun");
    assert!(bilal.get(&task).html.contains(&answer));
    let corrected = text_of(&house, &answer).text.replace("پل کھلتا ہے۔", "پل منگل کو کھلتا ہے۔");
    bilal.get(&answer);
    bilal.post(&answer, &[("version", "1"), ("text", &corrected)]);
    amina.get(&answer);
    let change = [("version", "2"), ("class", "correction"), ("note", "منگل کو۔")];
    assert_eq!(amina.post(&format!("{answer}/publish"), &change).status, 303);
    assert!(!amina.get("/").html.contains("/tasks/"), "done, and nothing new is asked");
    assert!(bilal.get(&task).html.contains("مکمل"));

    correct(&mut amina, &path, &TEXT.replace("on Monday", "on Friday"));
    let task = format!("/tasks/{}", first(&amina.get("/").html, "tasks"));
    amina.get(&task);
    assert_eq!(amina.post(&format!("{task}/none"), &[("reason", " ")]).status, 422);
    assert_eq!(amina.post(&format!("{task}/none"), &[("reason", CANARY)]).to, "/");
    assert!(amina.get(&task).html.contains(CANARY));
    assert!(!amina.get("/").html.contains("/tasks/"));
}

#[test]
fn the_calendar_is_a_table_in_both_languages() {
    let house = House::new(false);
    let mut amina = house.first();
    let link = amina.invite("reporter");
    let mut bilal = Browser::new(&house);
    bilal.join_in(&link, "بلال احمد", "ur");
    let draft = amina.draft(TEXT);
    let moment = tomorrow(&amina.get(&format!("{draft}/schedule")).html);
    amina.get(&format!("{draft}/work"));
    amina.post(&format!("{draft}/ask"), &[("due", &moment), ("length", ""), ("notes", "")]);
    let week = amina.get(&format!("/calendar?week={}", &moment[..10])).html;
    assert!(week.contains("The bridge opens") && week.contains(&moment), "{week}");
    assert!(week.contains(&format!("</time> due</span> <a href=\"{draft}\"")), "{week}");
    let month = amina.get(&format!("/calendar?month={}", &moment[..7])).html;
    assert!(month.contains("role=\"columnheader\" scope=\"col\">Monday</th>"), "{month}");
    assert!(month.find(">Monday</th>") < month.find(">Sunday</th>"));
    let november = bilal.get("/calendar?month=2026-11").html;
    assert!(november.contains("نومبر ۲۰۲۶") && november.contains(">۲۴</span>"), "{november}");
    assert!(november.find(">اتوار</th>") < november.find(">پیر</th>"));
    assert!(november.contains("/calendar?month=2026-10") && november.contains("month=2026-12"));
    assert!(!bilal.get(&format!("/calendar?week={}", &moment[..10])).html.contains(&draft));
    for odd in ["month=2026-13", "week=x", "month=%3Cb%3E", "week=9999-12-31", "month=0000-00"] {
        assert_eq!(amina.get(&format!("/calendar?{odd}")).status, 200, "{odd}");
    }
}

#[test]
fn case_063_nothing_of_what_is_planned_is_public() {
    let house = House::new(false);
    let mut amina = house.first();
    amina.get("/pitches");
    let words: Vec<(&str, String)> = ["title", "why", "sources", "audience"]
        .map(|name| (name, format!("{CANARY} {name}")))
        .to_vec();
    let mut fields: Vec<(&str, &str)> =
        words.iter().map(|(name, words)| (*name, words.as_str())).collect();
    fields.push(("lang", "en"));
    let made = amina.post("/pitches", &fields);
    assert_eq!(made.status, 303, "{}", made.html);
    let draft = amina.draft(TEXT);
    let page = amina.get(&format!("{draft}/work")).html;
    let who = page.split_once("<option value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let assign = [("person", who.as_str()), ("part", "pictures")];
    amina.post(&format!("{draft}/assign"), &assign);
    let notes = format!("{CANARY} notes");
    amina.post(&format!("{draft}/ask"), &[("due", ""), ("length", "4321"), ("notes", &notes)]);
    assert!(amina.get(&draft).html.contains(&notes));
    assert_eq!(value(&amina.get(&draft).html, "version"), "2");
    amina.post(&format!("{draft}/publish"), &[("version", "2")]);
    let path = text_of(&house, &draft).path.unwrap();
    let public = [
        path.clone(),
        format!("{path}.json"),
        format!("{path}.md"),
        "/".into(),
        "/archive".into(),
        "/search?q=pictures".into(),
        "/feed.atom".into(),
        "/feed.rss".into(),
        "/feed.json".into(),
        "/sitemap.xml".into(),
        "/corrections".into(),
        "/record".into(),
        "/pitches".into(),
        "/calendar".into(),
        made.to,
    ];
    for path in public {
        let page = house.reads(&path).1;
        assert!(!page.contains(CANARY) && !page.contains("4,321"), "{path}");
    }
    assert_eq!(ovn_tests::kept::holds(&house.dir, "cabinet.sqlite", CANARY), None);
}
