//! Versions, their names, comparison, and suggestions, by forms alone.

use super::house::{Browser, House, TEXT};

/// A draft of two versions, the second by Bilal.
fn two(house: &House) -> (Browser<'_>, Browser<'_>, String) {
    let (amina, mut bilal, draft) = house.two();
    bilal.get(&draft);
    let text = TEXT.replace("Monday", "Friday").replace("the-bridge", "the-pier");
    let saved = bilal.post(&draft, &[("version", "2"), ("text", &text)]);
    assert_eq!(saved.status, 303, "{}", saved.html);
    (amina, bilal, draft)
}

#[test]
fn a_version_is_named_compared_and_brought_back() {
    let house = House::new(false);
    let (mut amina, mut bilal, draft) = two(&house);
    let list = amina.get(&format!("{draft}/versions"));
    assert!(list.html.contains("Bilal") && !list.html.contains("only=named"), "{}", list.html);
    assert_eq!(list.html.matches("<section><h2>").count(), 1, "one day");
    let second = format!("{draft}/versions/2");
    let shown = amina.get(&second);
    assert!(shown.html.contains("on Monday"), "{}", shown.html);
    let name = amina.post(&format!("{second}/name"), &[("name", "<For> the lawyer")]);
    assert_eq!((name.status, name.to.as_str()), (303, format!("{second}?did=named").as_str()));
    let shown = amina.get(&name.to).html;
    assert!(
        shown.contains("&#60;For&#62; the lawyer") && shown.contains("Named by Amina Khan"),
        "{shown}"
    );
    let long = "x".repeat(81);
    assert_eq!(amina.post(&format!("{second}/name"), &[("name", &long)]).status, 422);
    let named = amina.get(&format!("{draft}/versions?only=named")).html;
    assert!(named.contains("the lawyer") && !named.contains("/versions/3\""), "{named}");
    // By words, in the parts that differ.
    let compared = amina.get(&format!("{draft}/compare?from=2&to=3")).html;
    assert!(compared.contains("<del>Monday</del><ins>Friday</ins>"), "{compared}");
    assert!(!compared.contains("<h3>Headline"), "what is the same is left out: {compared}");
    let same = amina.get(&format!("{draft}/compare?from=3&to=3")).html;
    assert!(same.contains("the same words"), "{same}");
    for odd in ["from=2&to=99", "from=public&to=3", "from=x&to=3", "from=-1&to=3"] {
        assert_eq!(amina.get(&format!("{draft}/compare?{odd}")).status, 404, "{odd}");
    }
    // Somebody writes in between: nothing is passed over.
    bilal.get(&draft);
    let text = TEXT.replace("Monday", "Sunday");
    assert_eq!(bilal.post(&draft, &[("version", "3"), ("text", &text)]).status, 303);
    amina.get(&second);
    let late = amina.post(&format!("{second}/back"), &[("version", "3")]);
    assert_eq!(late.status, 409);
    assert!(
        late.html.contains("Somebody has written")
            && late.html.contains("name=\"version\" value=\"4\""),
        "{}",
        late.html
    );
    let back = amina.post(&format!("{second}/back"), &[("version", "4")]);
    assert_eq!((back.status, back.to.as_str()), (303, format!("{draft}?did=back").as_str()));
    let now = amina.get(&back.to).html;
    assert!(now.contains("on Monday") && now.contains("the newest now"), "{now}");
    assert!(amina.get(&format!("{draft}/versions/4")).html.contains("on Sunday"));
    let trail = amina.get("/trail").html;
    assert!(
        trail.contains("named a version of") && trail.contains("brought back a version of"),
        "{trail}"
    );
}

#[test]
fn a_version_is_compared_with_what_readers_see() {
    let house = House::new(false);
    let (mut amina, _, draft) = two(&house);
    amina.get(&format!("{draft}/publish"));
    assert_eq!(amina.post(&format!("{draft}/publish"), &[("version", "3")]).status, 303);
    let compared = amina.get(&format!("{draft}/compare?from=2&to=public")).html;
    assert!(compared.contains("<del>Monday</del><ins>Friday</ins>"), "{compared}");
    assert!(compared.contains("As readers see it"), "{compared}");
    let same = amina.get(&format!("{draft}/compare?from=public&to=3")).html;
    assert!(same.contains("the same words"), "{same}");
    amina.get("/me");
    amina.post("/me", &[("lang", "ur")]);
    let urdu = amina.get(&format!("{draft}/compare?from=2&to=public")).html;
    assert!(urdu.contains("lang=\"ur\" dir=\"rtl\"") && urdu.contains("نسخوں کا موازنہ"), "{urdu}");
}

#[test]
fn suggestions_are_decided_by_forms() {
    let house = House::new(false);
    let (mut amina, mut bilal, draft) = two(&house);
    let page = bilal.get(&draft).html;
    let me =
        page.split("data-writer=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let me = me.unwrap_or_else(|| {
        // Built without the editor: the page about oneself names the id.
        let mine = bilal.get("/me").html;
        let (_, rest) = mine.split_once("/people/").unwrap();
        rest.split('/').next().unwrap().to_owned()
    });
    let document = |by: &str| {
        format!(
            "{{\"version\":3,\"document\":{{\"attrs\":{{\"lang\":\"en\"}},\"content\":[{{\"content\":[{{\"text\":\"The bridge opens\",\"type\":\"text\"}}],\"type\":\"headline\"}},{{\"type\":\"standfirst\"}},{{\"content\":[{{\"text\":\"It opens\",\"type\":\"text\"}},{{\"marks\":[{{\"attrs\":{{\"at\":1764000000,\"by\":\"{by}\"}},\"type\":\"added\"}}],\"text\":\" on <Monday>\",\"type\":\"text\"}},{{\"text\":\".\",\"type\":\"text\"}}],\"type\":\"paragraph\"}}],\"type\":\"doc\"}}}}"
        )
    };
    let wrong =
        bilal.put(&format!("{draft}/document"), &document("0123456789abcdef0123456789abcdef"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("did not make it"), "{}", wrong.html);
    let saved = bilal.put(&format!("{draft}/document"), &document(&me));
    assert_eq!((saved.status, saved.html.as_str()), (200, "{\"version\":4}"));
    let at = format!("{draft}/suggestions");
    assert!(amina.get(&draft).html.contains(&at), "the list leads there");
    let shown = amina.get(&at).html;
    assert!(
        shown.contains("Bilal") && shown.contains("<ins> on &#60;Monday&#62;</ins>"),
        "{shown}"
    );
    let (_, rest) = shown.split_once("name=\"said\" value=\"").unwrap();
    let said = rest.split('"').next().unwrap().to_owned();
    let decide = |browser: &mut Browser<'_>, decision: &str| {
        browser.post(&at, &[("number", "0"), ("said", &said), ("decision", decision)])
    };
    assert_eq!(decide(&mut amina, "perhaps").status, 400);
    amina.get(&at);
    let done = decide(&mut amina, "accept");
    assert_eq!((done.status, done.to.as_str()), (303, format!("{at}?did=accepted").as_str()));
    assert!(amina.get(&done.to).html.contains("No suggestion is open"));
    assert_eq!(decide(&mut amina, "reject").status, 409, "it is decided");
    let now = amina.get(&format!("{draft}/versions/5")).html;
    assert!(now.contains("It opens on") && now.contains("Monday"), "{now}");
}
