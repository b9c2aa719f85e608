//! Large and twisted articles through the whole house.

use crate::house::{House, article, file, get};
use crate::inert;

#[test]
fn case_103_two_large_revisions_are_compared() {
    let house = House::new();
    let words = |step: usize| -> String {
        (0..20_000).map(|n| format!("{} ", n * step % 99_991)).collect()
    };
    let text =
        |step: usize| (0..4).map(|n| format!("{n} {}\n\n", words(step + n))).collect::<String>();
    let first = file(&article("large", "A large article", "x"))
        .replace("\nx\n", &format!("\n{}\n", text(1)));
    let second = first.replace(&text(1), &text(7_919));
    let path = house.publish(&[first]).unwrap().remove(0);
    house.correct(&second, "All numbers.").unwrap();
    let (status, html) = get(&house.site(), &format!("{path}/compare/1-2"));
    assert_eq!(status, 200);
    assert!(html.contains("<ins") && html.len() < 16 << 20, "{}", html.len());
}

#[test]
fn case_006_the_deepest_article_goes_everywhere() {
    let house = House::new();
    let deep = |levels: usize| {
        format!("---\nheadline: Deep\nlang: en\nslug: deep\n---\n{}x\n", "> ".repeat(levels))
    };
    assert!(house.publish(&[deep(10_000)]).unwrap_err().contains("nested deeper"));
    assert!(house.publish(&[deep(25)]).unwrap_err().contains("nested deeper"));
    let path = house.publish(&[deep(24)]).unwrap().remove(0);
    house.correct(&deep(24).replace("> x", "> y"), "A letter.").unwrap();
    let site = house.site();
    for address in [
        path.clone(),
        format!("{path}.md"),
        format!("{path}.json"),
        format!("{path}/compare/1-2"),
        "/feed.atom".into(),
        "/feed.json".into(),
    ] {
        let (status, text) = get(&site, &address);
        assert_eq!(status, 200, "{address}");
        if text.starts_with("<!") {
            inert::check(&text, &address);
        }
    }
}

#[test]
fn case_007_a_paragraph_of_two_megabytes() {
    let house = House::new();
    let one = |text: String| format!("---\nheadline: Long\nlang: en\n---\n{text}\n");
    let refused = house.publish(&[one("x".repeat(5_000_000))]).unwrap_err();
    assert!(refused.contains("2 MiB"), "{refused}");
    let long = one("x".repeat(2_000_000));
    let entities = one("&#x41;".repeat(340_000)).replace("Long", "Entities");
    let paths = house.publish(&[long, entities]).unwrap();
    let site = house.site();
    for (path, letter, count) in [(&paths[0], 'x', 2_000_000), (&paths[1], 'A', 340_000)] {
        let (status, html) = get(&site, path);
        assert_eq!(status, 200);
        assert!(html.matches(letter).count() >= count, "{path}");
    }
}
