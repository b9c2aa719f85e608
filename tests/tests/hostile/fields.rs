//! Every hostile string in every field of an article, and what each reader of the article gets of it.

use crate::house::{House, article, file, get, paragraph, search};
use crate::{inert, strings};
use ovn_edition::model::{Article, Dateline, Event, Inline, Mark, Source};
use ovn_edition::{check, markdown, slug};
use ovn_press::check::{Saved, saved};
use ovn_verify::Verdict;
use serde_json::{Value, json};

/// An article that has `one` wherever a single text may stand.
fn single(number: usize, one: &str) -> Article {
    let mut made = article(&format!("n-{number}"), one, one);
    made.standfirst = Some(one.into());
    made.story = Some(one.into());
    made.dateline = Some(Dateline { place: Some(one.into()), date: None });
    made
}

/// An article that has all of `some` wherever a list of texts may stand.
fn several(number: usize, some: &[String]) -> Article {
    let mut made = article(&format!("l-{number}"), "Many", "The words follow.");
    made.byline = some.to_vec();
    made.topics = some.to_vec();
    made.parties = some.to_vec();
    let event = |text: &String| Event { date: "2026".into(), text: text.clone(), source: None };
    made.events = some.iter().map(event).collect();
    let source = |(number, text): (usize, &String)| -> Source {
        let value = json!({
            "id": format!("s{number}"), "type": "speech", "title": text, "publisher": text, "container-title": text,
            "author": [{"literal": text}, {"given": text, "family": text}], "issued": text,
            "URL": format!("https://example.org/{}", text.replace(char::is_whitespace, "")),
            "custom": {"kind": "statement", "speaks-for": text, "reason": text},
        });
        serde_json::from_value(value).unwrap()
    };
    made.references = some.iter().enumerate().map(source).collect();
    for (number, text) in some.iter().enumerate() {
        let cite = ovn_edition::model::Citation {
            id: format!("s{number}"),
            prefix: String::new(),
            locator: text.trim().into(),
        };
        made.body.push(paragraph(text));
        let marked = Inline::Text { text: text.clone(), marks: vec![Mark::Strong {}] };
        let cited = ovn_edition::model::Block::Paragraph {
            content: vec![marked, Inline::Cite { items: vec![cite] }],
        };
        made.body.push(cited);
    }
    made
}

/// Those of `strings` that an article may hold, and how many others there are.
fn allowed(strings: Vec<String>) -> (Vec<String>, usize) {
    let all = strings.len();
    let plain = |one: &String| {
        let made = single(0, one);
        let findings = check::article(&made);
        let written = file(&made);
        let read = markdown::read(written.as_bytes());
        // What is allowed comes back; what is not is refused when it comes as a file, with a place and an advice.
        if findings.is_empty() {
            assert_eq!(read.as_ref(), Ok(&made), "{one:?}: {written}");
        } else if let Err(problems) = read {
            assert!(problems.iter().all(|problem| problem.line > 0), "{one:?}");
        }
        findings.is_empty()
    };
    let good: Vec<String> = strings.into_iter().filter(plain).collect();
    let refused = all - good.len();
    (good, refused)
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn case_013_every_string_in_every_field_is_letters() {
    let house = House::new();
    let (strings, refused) = allowed(strings::all());
    println!("{} strings are published, {refused} are refused", strings.len());
    assert!(strings.len() >= 500 && refused >= 60, "{} {refused}", strings.len());
    let singles: Vec<Article> =
        strings.iter().enumerate().map(|(at, one)| single(at, one)).collect();
    let lists = strings.chunks(45).enumerate().map(|(at, some)| several(at, some));
    let lists: Vec<Article> = lists
        .filter(|made| {
            let findings = check::article(made);
            assert!(findings.is_empty(), "{findings:?}");
            true
        })
        .collect();
    let all: Vec<Article> = singles.into_iter().chain(lists).collect();
    let files: Vec<String> = all.iter().map(file).collect();
    let paths = house.publish(&files).unwrap();
    let site = house.site();
    let key = house.room().keys().verifier().clone();
    for (number, (path, made)) in paths.iter().zip(&all).enumerate() {
        let (status, html) = get(&site, path);
        assert_eq!(status, 200, "{path}");
        let page = inert::check(&html, path);
        // Letters are shown as letters: no entity was read twice, no template was run.
        assert_eq!(words(&inert::select(&page, "h1")[0]), words(&made.headline), "{path}");
        let data = inert::select(&page, "script");
        let data: Value = serde_json::from_str(&data[0]).unwrap();
        assert_eq!(data["headline"], made.headline.as_str(), "{path}");
        if number % 8 == 0 || made.references.len() > 1 {
            inert::is_fixed(&page, path);
            let part = |end: &str| get(&site, &format!("{path}{end}")).1;
            let (document, proof) = (part(".json").into_bytes(), part(".tlog-proof").into_bytes());
            let report = saved(&Saved { html: Some(html.into_bytes()), document, proof }, &key);
            assert_eq!(report.verdict, Verdict::Matches, "{path} {report:?}");
            let back = markdown::read(part(".md").as_bytes()).unwrap();
            assert_eq!((&back.headline, &back.body), (&made.headline, &made.body), "{path}");
        }
    }
    machines(&house);
    for one in &strings {
        inert::check(&search(&site, one), one);
    }
}

/// Feeds and sitemaps over the same articles are well-formed and hold no markup of an author's.
fn machines(house: &House) {
    let site = house.site();
    for address in
        ["/feed.atom", "/feed.rss", "/sitemap.xml", "/news-sitemap.xml", "/opensearch.xml"]
    {
        let (status, xml) = get(&site, address);
        assert_eq!(status, 200, "{address}");
        let mut reader = quick_xml::Reader::from_str(&xml);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        let allowed = |c: char| {
            matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        };
        assert!(xml.chars().all(allowed), "{address}");
        assert!(!xml.contains("<script") && !xml.contains("<img "), "{address}");
    }
    let feed: Value = serde_json::from_str(&get(&site, "/feed.json").1).unwrap();
    for item in feed["items"].as_array().unwrap() {
        inert::check(item["content_html"].as_str().unwrap_or_default(), "/feed.json");
    }
    let addresses = site.addresses().unwrap();
    assert!(addresses.len() > 3_000, "{}", addresses.len());
    let lists = addresses
        .iter()
        .filter(|address| !address.starts_with("/20") && !address.contains("feed."));
    for address in lists
        .step_by(23)
        .chain(["/", "/ur", "/sources", "/topic", "/story", "/archive"].map(str::to_owned).iter())
    {
        let (status, html) = get(&site, address);
        assert_eq!(status, 200, "{address}");
        if html.starts_with("<!") {
            inert::check(&html, address);
        }
    }
}

#[test]
fn case_013_no_headline_makes_a_strange_slug() {
    for one in strings::all() {
        if let Some(made) = slug::from_headline(&one) {
            assert_eq!(slug::problem(&made), None, "{one:?} became {made:?}");
        }
    }
}

#[test]
fn case_027_no_name_of_a_file_leaves_the_folder() {
    let house = House::new();
    house.beside.replace("a.txt", b"words").unwrap();
    std::fs::write(house.home.path().join("secret.txt"), b"a secret").unwrap();
    std::os::unix::fs::symlink("/dev/zero", house.beside.root().join("zero")).unwrap();
    let with = |name: &str| {
        let mut made = article("a", "A", "Words.");
        let source =
            json!({"id": "s", "type": "speech", "custom": {"kind": "document", "file": name}});
        made.references = vec![serde_json::from_value(source).unwrap()];
        file(&made)
    };
    let mut names = strings::all();
    names.extend(
        [
            "../secret.txt",
            "./a.txt",
            "/etc/passwd",
            "zero",
            "a.txt/x",
            "x\0",
            ".",
            "..\\secret.txt",
        ]
        .map(str::to_owned),
    );
    names.push("n".repeat(4_000));
    for name in names.iter().filter(|name| name.as_str() != "a.txt") {
        assert!(house.publish(&[with(name)]).is_err(), "{name:?}");
    }
    assert_eq!(house.room().reader().size().unwrap(), 1);
    assert_eq!(house.publish(&[with("a.txt")]).unwrap().len(), 1);
}
