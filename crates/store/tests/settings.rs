//! The configuration file: what it may say, and what is said of it when it is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use ovn_store::settings::Newsroom;
use ovn_store::{Error, Settings};

const GOOD: &str = r#"name = "OpenVoiceNews Pakistan"
origin = "pk.news.example"
url = "https://pk.news.example"
languages = ["en", "ur"]
zone = "Asia/Karachi"
port = 8081

[motto]
en = "Transparent. Unbiased. Yours."

[publisher]
name = "A company"
contact = "desk@news.example"

[[sections]]
slug = "politics"
name = { en = "Politics & Government", ur = "سیاست" }
"#;

fn read(text: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Settings, Error> {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("ovn.toml"), text).unwrap();
    Settings::read(home.path(), env)
}

#[test]
fn a_good_file_is_read_and_the_environment_wins() {
    let settings = read(GOOD, &|_| None).unwrap();
    assert_eq!(settings.sections[0].name["ur"], "سیاست");
    assert_eq!((settings.port, settings.bind.as_str()), (8081, "127.0.0.1"));
    let env = |name: &str| match name {
        "OVN_PORT" => Some("9000".into()),
        "OVN_KEYS" => Some("/keys".into()),
        "OVN_DATABASE" => Some("postgres://desk@db.example/news".into()),
        _ => None,
    };
    let settings = read(GOOD, &env).unwrap();
    assert_eq!(settings.port, 9000);
    assert_eq!(settings.database.as_deref(), Some("postgres://desk@db.example/news"));
    assert_eq!(settings.keys_folder("/srv/news".as_ref()), std::path::Path::new("/keys"));
    let other = read(GOOD, &|_| None).unwrap();
    assert_eq!(other.keys_folder("/srv/news".as_ref()), std::path::Path::new("/srv/news.keys"));
    let again = read(&toml::to_string(&other).unwrap(), &|_| None).unwrap();
    assert_eq!(again, other);
}

#[test]
fn the_newsroom_listens_where_it_is_told() {
    let check = |lines: &str, env: Option<&str>, expected: Newsroom| {
        let text = GOOD.replacen("port = 8081", &format!("port = 8080\n{lines}"), 1);
        let env = |name: &str| env.filter(|_| name == "OVN_NEWSROOM").map(str::to_owned);
        assert_eq!(
            read(&text, &env).unwrap().newsroom(),
            expected,
            "{lines} {env:?}",
            env = env("OVN_NEWSROOM")
        );
    };
    let at = |text: &str| text.parse().unwrap();
    check("", None, Newsroom::Default(at("127.0.0.1:8081")));
    check("newsroom = \"off\"", None, Newsroom::Off);
    check("newsroom = \"[::1]:9000\"", None, Newsroom::Set(at("[::1]:9000")));
    check("newsroom = \"[::1]:9000\"", Some("off"), Newsroom::Off);
    check("four-eyes = true", Some("127.0.0.1:0"), Newsroom::Set(at("127.0.0.1:0")));
}

#[test]
fn a_wrong_file_is_told_where() {
    let check = |from: &str, to: &str, expected: &str| {
        assert!(GOOD.contains(from));
        let told = read(&GOOD.replacen(from, to, 1), &|_| None).unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    };
    check("zone =", "zoen =", "line 5, column 1: unknown field `zoen`");
    check("port = 8081", "port = \"x\"", "line 6, column 8");
    check("port = 8081", "port = 80810", "line 6");
    check("name = \"OpenVoiceNews Pakistan\"\n", "", "missing field `name`");
    check("\"OpenVoiceNews Pakistan\"", "\" \"", "name is empty");
    check("pk.news.example\"\nurl", "pk news\"\nurl", "origin must be");
    check("https://pk.news.example", "pk.news.example", "url is");
    check("https://pk.news.example", "https://pk.news.example/", "ends with a slash");
    check("[\"en\", \"ur\"]", "[]", "languages is empty");
    check("\"politics\"", "\"Politics!\"", "section slug");
    let with = |line: &str, expected: &str| {
        check("port = 8081", &format!("port = 8081\n{line}"), expected);
    };
    with("newsroom = \"8081\"", "write 127.0.0.1:8081, or off");
    with("newsroom = \"127.0.0.1:8081\"", "newsroom is the readers' own address");
    with("newsroom-url = \"http://desk.example\"", "newsroom-url is");
    with("newsroom-url = \"https://desk.example/x\"", "and no more");
    with("newsroom-url = \"https://pk.news.example\"", "a host name of its own");
    with("four-eyes = \"yes\"", "line 7, column 13");
    let told = read(GOOD, &|name| (name == "OVN_PORT").then(|| "many".into())).unwrap_err();
    assert!(told.to_string().contains("OVN_PORT is \"many\""), "{told}");
    let told = read(GOOD, &|name| (name == "OVN_DATABASE").then(|| "mysql://a:secret@b".into()));
    let told = told.unwrap_err().to_string();
    assert!(told.contains("database must begin with postgres://"), "{told}");
    assert!(!told.contains("secret"), "{told}");
    let missing = Settings::read("/nowhere".as_ref(), &|_| None).unwrap_err().to_string();
    assert!(missing.contains("there is no edition here"), "{missing}");
}
