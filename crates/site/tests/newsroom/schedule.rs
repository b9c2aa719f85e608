//! Scheduling without scripts, in two languages; and what of it readers can find before its moment.

use super::house::{Browser, House, TEXT, tomorrow};
use ovn_press::people::People;
use ovn_press::steady;
use ovn_store::cabinet::{Cabinet, Mark};
use std::sync::Arc;

#[test]
fn a_draft_is_scheduled_moved_and_taken_off() {
    let house = House::new(false);
    let mut amina = house.first();
    let link = amina.invite("reporter");
    let mut bilal = Browser::new(&house);
    bilal.join_in(&link, "بلال احمد", "ur");
    let draft = bilal.draft(TEXT);
    let plan = format!("{draft}/schedule");
    let form = amina.get(&plan).html;
    assert!(form.contains("type=\"datetime-local\"") && form.contains("clock, UTC"), "{form}");
    let set = |browser: &mut Browser<'_>, moment: &str| {
        browser.post(&plan, &[("version", "2"), ("moment", moment)])
    };
    for (moment, words) in [("", "Choose a day"), ("2020-01-01T00:00", "That time is past")] {
        let refused = set(&mut amina, moment);
        assert!(refused.status == 422 && refused.html.contains(words), "{}", refused.html);
    }
    let moment = tomorrow(&form);
    bilal.get("/");
    assert_eq!(set(&mut bilal, &moment).status, 403);
    let done = set(&mut amina, &moment);
    assert_eq!(done.to, format!("{draft}?did=schedule"), "{}", done.html);
    let sheet = amina.get(&done.to).html;
    assert!(sheet.contains("It is published on") && sheet.contains("Change the time"), "{sheet}");
    assert!(sheet.contains(" readonly") && !sheet.contains("Seal and publish"), "{sheet}");
    assert!(amina.get(&plan).html.contains(&format!("value=\"{moment}\"")));
    let list = bilal.get("/schedule").html;
    assert!(list.contains("نظام الاوقات") && list.contains("The bridge opens"), "{list}");
    assert!(list.contains("وقت Amina Khan نے مقرر کیا") && list.contains(&moment), "{list}");
    assert!(bilal.get("/").html.contains("وقت مقرر ہے"));
    let other = format!("{}:00", &moment[..13]);
    assert_eq!(set(&mut amina, &other).status, 303);
    assert_eq!(amina.get("/schedule").html.matches("<li><time").count(), 1);
    bilal.get("/");
    let off = format!("{draft}/unschedule");
    assert_eq!(bilal.post(&off, &[("version", "2")]).status, 403);
    assert_eq!(amina.post(&off, &[("version", "2")]).to, format!("{draft}?did=unschedule"));
    assert!(amina.get(&draft).html.contains("Ready to publish"));
    assert!(amina.get("/schedule").html.contains("Nothing is scheduled."));
}

#[test]
fn case_063_what_is_scheduled_is_nowhere_before() {
    let house = House::new(false);
    let mut amina = house.first();
    let canary = "canary-5e1b";
    let draft =
        amina.draft(&TEXT.replace("The bridge opens", canary).replace("the-bridge", canary));
    let moment = amina.schedule(&draft);
    let month = &moment[..7].replace('-', "/");
    let public = [
        "/",
        "/archive",
        "/search?q=bridge",
        "/feed.atom",
        "/feed.rss",
        "/feed.json",
        "/sitemap.xml",
        "/news-sitemap.xml",
        "/corrections",
        "/sources",
        "/balance",
        "/record",
        "/record/checkpoint",
    ];
    for path in public {
        assert!(!house.reads(path).1.contains(canary), "{path}");
    }
    let never = house.reads(&format!("/{month}/canary-0000"));
    for path in [format!("/{month}/{canary}"), format!("/{month}/{canary}/report")] {
        let (status, page) = house.reads(&path);
        assert!(!page.contains(canary), "{path}");
        assert_eq!((status, &page), (never.0, &never.1), "{path}: as an article that never was");
        assert_eq!(status, 404, "{path}");
    }
    assert_eq!(ovn_tests::kept::holds(&house.dir, "cabinet.sqlite", canary), None);
}

#[test]
fn what_failed_and_a_clock_that_was_set_are_shown() {
    let house = House::new(false);
    let mut amina = house.first();
    let draft = amina.draft(TEXT);
    amina.schedule(&draft);
    // The address is taken meanwhile, and the moment has come.
    let twin = amina.draft(TEXT);
    amina.get(&twin);
    assert_eq!(amina.post(&format!("{twin}/publish"), &[("version", "2")]).status, 303);
    let later: ovn_press::seal::Clock =
        Arc::new(|| ovn_press::seal::system_clock()() + 25 * 3_600_000);
    let people = People::open_with(&house.dir, Arc::new(|_| None), later).unwrap();
    let beat = steady::Beat { boot: "another machine".into(), steady: 1 };
    assert_eq!(people.release(&beat).unwrap(), 0);
    let list = amina.get("/schedule").html;
    assert!(list.contains("Not published") && list.contains("was to be published"), "{list}");
    let sheet = amina.get(&draft).html;
    assert!(sheet.contains("It was not published at the time"), "{sheet}");
    assert!(sheet.contains("Ready to publish") && sheet.contains("It can’t be published"));
    assert!(amina.get("/").html.contains("<b>Not published</b>"));

    let now = steady::beat();
    let behind = Mark { steady: now.steady, wall: ovn_press::seal::system_clock()() - 7_200_000 };
    Cabinet::open(&house.dir, None).unwrap().set_mark(&now.boot, behind, None).unwrap();
    let list = amina.get("/schedule").html;
    assert!(list.contains("was set ahead") && list.contains("The clock is right now"), "{list}");
    assert_eq!(amina.post("/schedule/clock", &[]).to, "/schedule");
    assert!(!amina.get("/schedule").html.contains("was set ahead"));
    assert!(amina.get("/trail").html.contains("said that the clock is right"));
}
