//! Rows: a text with its parties, and what is read of each.

use super::Parties;
use crate::{reading::Reading, rules::rows};

fn read(lang: &str, parties: &[&str], text: &str) -> Parties {
    let mut article = rows::article(lang, text);
    article.parties = parties.iter().map(|name| (*name).to_owned()).collect();
    Reading::of(&article).parties
}

fn words(lang: &str, parties: &[&str], text: &str) -> Vec<Vec<String>> {
    let mut article = rows::article(lang, text);
    article.parties = parties.iter().map(|name| (*name).to_owned()).collect();
    let reading = Reading::of(&article);
    let spell = |places: &[super::Place]| {
        places.iter().map(|(run, range)| reading.spot(*run, range.clone()).words).collect()
    };
    reading.parties.list.iter().map(|party| spell(&party.mentions)).collect()
}

#[test]
fn names() {
    let check = |lang: &str, parties: &[&str], text: &str, expected: &[&[&str]]| {
        assert_eq!(words(lang, parties, text), expected, "{text}");
    };
    let two = ["Government of Norway", "Government of the United States"];
    check(
        "en",
        &two,
        "Talks\nNorway's Deputy Prime Minister and Foreign Minister, Senator Per Olav Berg, met United States (US) Secretary of State Ann Lee. Berg told us so. Lee left.",
        &[
            &["Norway's Deputy Prime Minister and Foreign Minister, Senator Per Olav Berg", "Berg"],
            &["United States (US) Secretary of State Ann Lee", "Lee"],
        ],
    );
    check(
        "en",
        &two,
        "Talks\nPer Berg, the Norwegian foreign minister, spoke. Berg smiled. The U.S. Embassy closed.",
        &[&["Per Berg, the Norwegian foreign minister", "Berg"], &["U.S. Embassy"]],
    );
    check(
        "en",
        &two,
        "Talks\nNorway's Ministry of Foreign Affairs (MOFA) spoke. The MOFA statement and the ministry agree.",
        &[&["Norway's Ministry of Foreign Affairs", "MOFA", "ministry"], &[]],
    );
    check(
        "en",
        &["City council", "National Water Union"],
        "A dam\nThe city council and the National Water Union (NWU) met. The council voted. The union and NWU left.",
        &[&["city council", "council"], &["National Water Union", "union", "NWU"]],
    );
    check(
        "ur",
        &["حکومت ناروے", "امریکی حکومت"],
        "ملاقات\nناروے کی وزارت خارجہ نے بتایا۔ امریکی وزیر خارجہ این لی نے فون کیا۔ این لی خوش ہیں۔",
        &[&["ناروے کی وزارت خارجہ"], &["امریکی وزیر خارجہ این لی", "این لی"]],
    );
}

#[test]
fn accused_and_sought() {
    let check = |lang: &str, parties: &[&str], text: &str, expected: &[(usize, usize)]| {
        let found = read(lang, parties, text);
        let rows: Vec<(usize, usize)> =
            found.list.iter().map(|party| (party.accused.len(), party.sought.len())).collect();
        assert_eq!(rows, expected, "{text}");
    };
    let two = ["Harbour company", "Water union"];
    check("en", &two, "A\nThe union accused the harbour company of dumping.", &[(1, 0), (0, 0)]);
    check("en", &two, "A\nThe company is accused of dumping by the union.", &[(1, 0), (0, 0)]);
    check("en", &two, "A\nThe company did not respond to questions.", &[(0, 1), (0, 0)]);
    check("en", &two, "A\nThe union met the company.", &[(0, 0), (0, 0)]);
    check("en", &["Government of Norway"], "A\nThe fishers blamed Norwegian trawlers.", &[(0, 0)]);
    check("en", &["Government of Norway"], "A\nThe fishers blamed Norway for it.", &[(1, 0)]);
    check("ur", &["حکومت ناروے"], "الف\nماہی گیروں نے ناروے پر الزام لگایا۔", &[(1, 0)]);
    check("ur", &["حکومت ناروے"], "الف\nناروے کی حکومت نے کوئی جواب نہیں دیا۔", &[(0, 1)]);
}

#[test]
fn heard() {
    let check = |parties: &[&str], text: &str, expected: &[usize]| {
        let found = read("en", parties, text);
        let rows: Vec<usize> = found.list.iter().map(|party| party.heard.len()).collect();
        assert_eq!(rows, expected, "{text}");
    };
    let two = ["Government of Norway", "Water union"];
    check(&two, "A\nThe Norwegian government said that the dam is safe.", &[1, 0]);
    check(&two, "A\nNorwegian fishers said that the dam is safe.", &[0, 0]);
    check(&two, "A\nA former Norwegian minister said that the dam is safe.", &[0, 0]);
    check(&two, "A\nThe union said that the dam is safe.", &[0, 1]);
    check(&two, "A\nThe union declined to comment.", &[0, 0]);
}
