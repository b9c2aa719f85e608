//! The demonstration edition's files: complete, in order, in both languages, and with sources under all its news.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("demo")
}

/// Every Markdown file in the folder `name` of the demonstration, by path from its root, with its text.
fn files(name: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(demo().join(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let file = path.file_name().unwrap().to_str().unwrap();
            (format!("{name}/{file}"), fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// The value of a key that stands on a line of its own in the metadata.
fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let metadata = text.split("\n---\n").next()?;
    metadata.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
}

/// `articles/010-x.en.r2.md` is a later state of `articles/010-x.en.md`.
fn first_of(path: &str) -> Option<String> {
    let (stem, revision) = path.strip_suffix(".md")?.rsplit_once(".r")?;
    revision.parse::<u32>().ok()?;
    Some(format!("{stem}.md"))
}

#[test]
fn the_order_names_every_article_once() {
    let order = fs::read_to_string(demo().join("order.toml")).unwrap();
    let listed: Vec<&str> =
        order.lines().filter_map(|line| line.strip_prefix("  \"")?.strip_suffix("\",")).collect();
    let files: BTreeSet<String> = files("articles").into_iter().map(|(path, _)| path).collect();
    assert_eq!(listed.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<_>>(), files);
    assert_eq!(listed.len(), files.len(), "one is listed twice");
    for (place, path) in listed.iter().enumerate() {
        if let Some(first) = first_of(path) {
            assert!(listed[..place].contains(&first.as_str()), "{path} comes before {first}");
        }
    }
}

#[test]
fn a_revision_keeps_its_slug_and_says_what_it_is() {
    let files = files("articles");
    let mut classes = BTreeSet::new();
    for (path, text) in &files {
        let Some(first) = first_of(path) else {
            assert_eq!(value(text, "change"), None, "{path} is a first revision");
            continue;
        };
        let (_, before) =
            files.iter().find(|(other, _)| *other == first).expect("a first revision");
        assert_eq!(value(text, "slug"), value(before, "slug"), "{path}");
        assert_ne!(text, before, "{path}");
        let change = value(text, "change").expect("a change").strip_prefix("{class: ").unwrap();
        classes.insert(change.split(',').next().unwrap().to_owned());
        assert!(change.contains("note: "), "{path}");
    }
    let expected = ["clarification", "correction", "typo", "update"];
    assert_eq!(classes, expected.map(str::to_owned).into());
}

#[test]
fn translations_and_links_lead_somewhere() {
    let mut texts = files("articles");
    let slugs: BTreeSet<String> =
        texts.iter().map(|(_, text)| value(text, "slug").unwrap().to_owned()).collect();
    texts.extend(files("policies/en"));
    texts.extend(files("policies/ur"));
    for (path, text) in &texts {
        for after in text.split("/2026/11/").skip(1) {
            let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
            let slug = &after[..end.unwrap_or(after.len())];
            assert!(slugs.contains(slug), "{path} points to {slug}");
        }
        for after in text.split("(/policies/").skip(1) {
            let slug = after.split(')').next().unwrap();
            assert!(demo().join(format!("policies/en/{slug}.md")).exists(), "{path}: {slug}");
        }
    }
}

#[test]
fn every_policy_is_in_both_languages() {
    let names = |lang: &str| -> Vec<String> {
        let folder = format!("policies/{lang}");
        let names = files(&folder).into_iter().map(|(path, text)| {
            assert_eq!(value(&text, "lang"), Some(lang), "{path}");
            path.rsplit('/').next().unwrap().to_owned()
        });
        names.collect()
    };
    assert_eq!(names("en"), names("ur"));
    assert_eq!(names("en").len(), 9);
}

#[test]
fn news_has_sources_and_says_who_is_not_heard() {
    let news: Vec<_> =
        files("articles").into_iter().filter(|(path, _)| path.starts_with("articles/0")).collect();
    assert!(news.len() >= 8);
    for (path, text) in news {
        assert!(text.contains("speaks-for: "), "{path}");
        assert!(text.contains("kind: other outlet"), "{path}");
        assert!(text.contains("[@mofa]") && text.contains("[@report"), "{path}");
        assert!(text.contains("not heard") || text.contains("مؤقف شامل نہیں"), "{path}");
        for after in text.split("file: ../").skip(1) {
            let file = after.split('}').next().unwrap();
            assert!(demo().join(file).exists(), "{path}: {file}");
        }
    }
}

#[test]
fn the_silent_edit_swaps_words_that_are_there() {
    let tampered = fs::read_to_string(demo().join("tampered.toml")).unwrap();
    let quoted = |key: &str| {
        let line = tampered.lines().find(|line| line.starts_with(key)).unwrap();
        line.split('"').nth(1).unwrap().to_owned()
    };
    let text = fs::read_to_string(demo().join(quoted("article"))).unwrap();
    assert!(text.contains(&quoted("sealed")));
    assert!(!text.contains(&quoted("tampered ")), "the difference would not show");
}

#[test]
fn its_settings_are_read() {
    let settings = ovn_store::settings::Settings::read(&demo(), &|_| None).unwrap();
    assert_eq!(settings.languages, ["en", "ur"]);
    assert_eq!(settings.motto.len(), 2);
    let slugs: Vec<&str> = settings.sections.iter().map(|section| section.slug.as_str()).collect();
    for (path, text) in files("articles") {
        let sections = value(&text, "sections").unwrap().trim_matches(['[', ']']);
        for section in sections.split(", ") {
            let named = settings
                .sections
                .iter()
                .any(|known| known.name.values().any(|name| name == section));
            assert!(named || slugs.contains(&section), "{path}: {section}");
        }
    }
}

#[test]
fn every_file_is_read_and_written_without_loss() {
    for folder in ["articles", "policies/en", "policies/ur"] {
        for (path, text) in files(folder) {
            let article = ovn_edition::markdown::read(text.as_bytes());
            let article = article.unwrap_or_else(|problems| panic!("{path}: {problems:?}"));
            let written = ovn_edition::markdown::write(&article);
            let again = ovn_edition::markdown::read(written.as_bytes()).unwrap();
            assert_eq!(again, article, "{path}");
        }
    }
}
