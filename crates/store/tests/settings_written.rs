//! `ovn.toml` changed by the program: any settings survive being written and read, and what people wrote around them stays.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ovn_store::Settings;
use ovn_store::settings::{Publisher, Section, Written};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use std::path::Path;

const FILE: &str = r#"# The edition of the valley.
name = "The Lantern" # as on the sign
origin = "news.example"   # never
url = "https://news.example"
# Who reads what.
languages = ["en", "ur"] # both
zone = "UTC"
database = "postgres://desk@localhost/news"
# Nobody publishes alone.
four-eyes = false

[motto]
en = "Bright." # short

# The menu.
[[sections]]
slug = "politics" # old
name = { en = "Politics", ur = "سیاست" }

# For the harvest.
[[sections]]
slug = "farms"
[sections.name] # both names
en = "Farms"
ur = "کھیت"

[publisher] # by law
name = "Lantern Ltd"
"#;

fn written(dir: &Path, text: &str) -> Written {
    std::fs::write(dir.join("ovn.toml"), text).unwrap();
    Written::read(dir).unwrap()
}

fn comments(text: &str) -> Vec<String> {
    let all =
        text.lines().filter_map(|line| line.split_once("# ").map(|(_, said)| said.to_owned()));
    let mut all: Vec<String> = all.collect();
    all.sort();
    all
}

#[test]
fn only_what_is_another_changes() {
    let home = tempfile::tempdir().unwrap();
    let file = written(home.path(), FILE);
    assert_eq!(file.with(&file.settings).unwrap(), FILE);
    let check = |change: &dyn Fn(&mut Settings), from: &str, to: &str| {
        let mut next = file.settings.clone();
        change(&mut next);
        assert_eq!(file.with(&next).unwrap(), FILE.replace(from, to));
    };
    check(&|one| one.name = "The \"Lamp\"".into(), "\"The Lantern\"", "'The \"Lamp\"'");
    check(&|one| one.languages.push("ps".into()), "[\"en\", \"ur\"]", "[\"en\", \"ur\", \"ps\"]");
    check(&|one| one.four_eyes = true, "four-eyes = false", "four-eyes = true");
    check(
        &|one| drop(one.motto.insert("ur".into(), "روشن۔".into())),
        "# short\n",
        "# short\nur = \"روشن۔\"\n",
    );
    check(&|one| one.publisher.name = "Lamp".into(), "\"Lantern Ltd\"", "\"Lamp\"");
    check(
        &|one| drop(one.sections[1].name.insert("en".into(), "Fields".into())),
        "\"Farms\"",
        "\"Fields\"",
    );
    check(
        &|one| one.sections.retain(|section| section.slug != "farms"),
        "# For the harvest.\n[[sections]]\nslug = \"farms\"\n[sections.name] # both names\nen = \"Farms\"\nur = \"کھیت\"\n\n",
        "",
    );
    let mut next = file.settings.clone();
    next.sections.swap(0, 1);
    let text = file.with(&next).unwrap();
    assert!(
        text.find("For the harvest").unwrap() < text.find("slug = \"politics\"").unwrap(),
        "{text}"
    );
    assert_eq!(comments(&text), comments(FILE));
}

#[test]
fn what_was_there_before_is_kept_and_nobody_is_written_over() {
    let home = tempfile::tempdir().unwrap();
    let file = written(home.path(), FILE);
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(home.path().join("ovn.toml"), mode).unwrap();
    let next = Settings { name: "The Lamp".into(), ..file.settings.clone() };
    let text = file.with(&next).unwrap();
    assert!(file.replace(home.path(), &text).unwrap());
    let read = |name: &str| std::fs::read_to_string(home.path().join(name)).unwrap();
    assert_eq!((read("ovn.toml"), read("ovn.toml.before")), (text, FILE.to_owned()));
    for name in ["ovn.toml", "ovn.toml.before"] {
        let mode = std::fs::metadata(home.path().join(name)).unwrap().permissions();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777, 0o600, "{name}");
    }
    let before = read("ovn.toml");
    assert!(!file.replace(home.path(), FILE).unwrap(), "another has changed it");
    assert_eq!(read("ovn.toml"), before);
    std::fs::rename(home.path().join("ovn.toml"), home.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("elsewhere", home.path().join("ovn.toml")).unwrap();
    let linked = Written::read(home.path()).unwrap();
    let why = linked.replace(home.path(), FILE).unwrap_err().to_string();
    assert!(why.contains("change it there"), "{why}");
}

#[test]
fn of_many_who_save_at_once_one_does() {
    let home = tempfile::tempdir().unwrap();
    let file = written(home.path(), FILE);
    let done = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..8)
            .map(|number| {
                let (file, dir) = (&file, home.path());
                scope.spawn(move || {
                    let next = Settings { name: format!("Lamp {number}"), ..file.settings.clone() };
                    file.replace(dir, &file.with(&next).unwrap()).unwrap()
                })
            })
            .collect();
        hands
            .into_iter()
            .filter(|_| true)
            .map(|hand| hand.join().unwrap())
            .filter(|done| *done)
            .count()
    });
    assert_eq!(done, 1);
}

fn words() -> impl Strategy<Value = String> {
    "[a-zA-Zاردو \"'\\\\#=\\[\\]{}.,\u{200c}]{0,20}"
}

fn texts() -> impl Strategy<Value = std::collections::BTreeMap<String, String>> {
    btree_map("[a-z]{2}", words(), 0..4)
}

fn sections() -> impl Strategy<Value = Vec<Section>> {
    let one = ("(politics|farms|[a-z0-9-]{1,8})", texts())
        .prop_map(|(slug, name)| Section { slug, name });
    vec(one, 0..6).prop_map(|mut all| {
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|one| seen.insert(one.slug.clone()));
        all
    })
}

fn settings() -> impl Strategy<Value = Settings> {
    let publisher =
        (words(), words(), words(), words()).prop_map(|(name, address, contact, ownership)| {
            Publisher { name, address, contact, ownership }
        });
    let languages = vec("[a-z]{2}", 1..4);
    (words(), texts(), languages, words(), sections(), publisher, any::<bool>()).prop_map(
        |(name, motto, languages, zone, sections, publisher, four_eyes)| Settings {
            name,
            motto,
            languages,
            zone,
            sections,
            publisher,
            four_eyes,
            ..Settings::default()
        },
    )
}

/// The same in other ways of writing it.
const WAYS: [&str; 4] = [
    FILE,
    "name = 'A'\norigin = 'a'\nurl = 'http://a'\n",
    "# one\nname = 'A' # two\norigin = 'a'\nurl = 'http://a'\nmotto = { en = 'B' } # three\nsections = [\n  { slug = 'politics', name = { en = 'P' } }, # four\n  { slug = 'farms', name = { en = 'F' } },\n]\npublisher.name = 'C' # five\n",
    "name = 'A'\norigin = 'a'\nurl = 'http://a'\nmotto.en = 'B' # one\nport = 1\n[[sections]] # two\nslug = 'farms'\nname.en = 'F' # three\n[publisher]\n[tls]\nacme = 'a@b'\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_settings_survive_being_written(to in settings(), way in 0..WAYS.len()) {
        let home = tempfile::tempdir().unwrap();
        let file = written(home.path(), WAYS[way]);
        let text = file.with(&to).unwrap();
        let mut expected = file.settings.clone();
        expected.take_live(&to);
        let again = written(home.path(), &text);
        prop_assert_eq!(&again.settings, &expected, "{}", text);
        // Comments of lines that are still there are still there.
        if expected.sections.len() >= file.settings.sections.len()
            && file.settings.sections.iter().all(|old| expected.sections.iter().any(|new| {
                new.slug == old.slug && old.name.keys().all(|lang| new.name.contains_key(lang))
            }))
            && file.settings.motto.keys().all(|lang| expected.motto.contains_key(lang))
        {
            for said in comments(WAYS[way]) {
                prop_assert!(text.contains(&format!("# {said}")), "{said}: {text}");
            }
        }
        prop_assert_eq!(again.with(&to).unwrap(), text);
    }
}
