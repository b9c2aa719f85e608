//! What the fields of the settings may hold, and how the trail tells what became of them.

use crate::people::{Error, Refusal};
use ovn_edition::check;
use ovn_edition::text::one_line;
use ovn_store::Settings;
use std::collections::{BTreeMap, BTreeSet};

/// The longest name, motto, or line about the publisher, in characters.
const LONGEST: usize = 300;
/// The longest words of a line in the trail, in characters.
const WORDS: usize = 1_000;
/// The most languages of an edition.
const LANGUAGES: usize = 20;

/// Puts a text at its language, or takes it out where it is empty.
pub(super) fn put(texts: &mut BTreeMap<String, String>, lang: &str, text: String) {
    if text.is_empty() {
        texts.remove(lang);
    } else {
        texts.insert(lang.to_owned(), text);
    }
}

/// A text of one line in the field `field`.
pub(super) fn line(field: &'static str, text: &str) -> Result<String, Error> {
    let text = one_line(text);
    if text.chars().count() > LONGEST || !check::is_plain(&text) {
        return Err(Refusal::Setting("line", field.to_owned()).into());
    }
    Ok(text)
}

/// An e-mail address, or nothing.
pub(super) fn contact(text: &str) -> Result<String, Error> {
    let text = line("publisher-contact", text)?;
    let good = |(name, host): (&str, &str)| {
        let odd = [' ', '<', '>', '"', ',', '?', '&'];
        !name.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(odd)
    };
    if text.is_empty() || text.split_once('@').is_some_and(good) {
        Ok(text)
    } else {
        Err(Refusal::Setting("contact", text).into())
    }
}

/// Where readers find the edition: a scheme and a host, with a port or without.
pub(super) fn address(text: &str) -> Result<String, Error> {
    let text = text.trim().trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    match host {
        Some(host) if !host.is_empty() && host.chars().all(plain) => Ok(text.to_owned()),
        _ => Err(Refusal::Setting("url", text.to_owned()).into()),
    }
}

/// BCP 47 tags, each once, with commas or spaces between them.
pub(super) fn languages(text: &str) -> Result<Vec<String>, Error> {
    let mut all: Vec<String> = Vec::new();
    let wrong = |tag: &str| Err(Refusal::Setting("language", tag.to_owned()).into());
    for tag in text.split([',', '،', ' ', '\t']).filter(|tag| !tag.is_empty()) {
        if !check::is_lang(tag) || all.iter().any(|one| one == tag) {
            return wrong(tag);
        }
        all.push(tag.to_owned());
    }
    if all.is_empty() || all.len() > LANGUAGES { wrong("") } else { Ok(all) }
}

/// Leaves a key as the file has it.
pub(super) fn keep(key: &str, from: &Settings, next: &mut Settings) {
    match key {
        "name" => next.name.clone_from(&from.name),
        "url" => next.url.clone_from(&from.url),
        "zone" => next.zone.clone_from(&from.zone),
        _ => {}
    }
}

/// What is another by now, for the trail: a line for each key, from and to.
pub(super) fn told(from: &Settings, to: &Settings) -> Vec<String> {
    let mut all = Vec::new();
    let mut tell = |key: &str, from: &str, to: &str| {
        if from != to {
            let words = format!("{key}: {} → {}", one_line(from), one_line(to));
            all.push(words.chars().take(WORDS).collect());
        }
    };
    tell("name", &from.name, &to.name);
    tell("url", &from.url, &to.url);
    tell("languages", &from.languages.join(", "), &to.languages.join(", "));
    tell("zone", &from.zone, &to.zone);
    tell("four-eyes", &from.four_eyes.to_string(), &to.four_eyes.to_string());
    let langs: BTreeSet<&String> = from.motto.keys().chain(to.motto.keys()).collect();
    for lang in langs {
        let at = |settings: &Settings| settings.motto.get(lang).cloned().unwrap_or_default();
        tell(&format!("motto.{lang}"), &at(from), &at(to));
    }
    let (was, is) = (&from.publisher, &to.publisher);
    tell("publisher.name", &was.name, &is.name);
    tell("publisher.address", &was.address, &is.address);
    tell("publisher.contact", &was.contact, &is.contact);
    tell("publisher.ownership", &was.ownership, &is.ownership);
    tell("sections", &sections(from), &sections(to));
    all
}

fn sections(settings: &Settings) -> String {
    let names = |names: &BTreeMap<String, String>| {
        names.iter().map(|(lang, name)| format!("{lang}: {name}")).collect::<Vec<_>>().join(", ")
    };
    let one = |one: &ovn_store::settings::Section| format!("{} ({})", one.slug, names(&one.name));
    settings.sections.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn fields_are_read_strictly() {
        let tags = |text: &str| languages(text).map(|all| all.join("|")).unwrap_or_default();
        assert_eq!(tags("en, ur"), "en|ur");
        assert_eq!(tags("ur، en,,pt-BR"), "ur|en|pt-BR");
        for wrong in ["", " , ", "en en", "EN", "../x", "e"] {
            assert_eq!(tags(wrong), "", "{wrong:?}");
        }
        let at = |text: &str| address(text).unwrap_or_default();
        assert_eq!(at(" https://news.example/ "), "https://news.example");
        assert_eq!(at("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
        for wrong in [
            "",
            "news.example",
            "https://",
            "https://a/b",
            "https://a b",
            "javascript:x",
            "https://a@b",
        ] {
            assert_eq!(at(wrong), "", "{wrong:?}");
        }
        assert_eq!(contact("desk@news.example").unwrap(), "desk@news.example");
        assert_eq!(contact(" ").unwrap(), "");
        for wrong in ["desk", "@news", "a@b@c", "a@b?subject=x", "a@b, c@d"] {
            assert!(contact(wrong).is_err(), "{wrong}");
        }
        assert_eq!(line("name", " A \n B ").unwrap(), "A B");
        for wrong in ["a\u{202e}b", "a\u{0}", &"a".repeat(LONGEST + 1)] {
            assert!(line("name", wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn the_trail_tells_from_and_to() {
        let from = Settings { name: "Old".into(), zone: "UTC".into(), ..Settings::default() };
        let mut to = Settings { name: "New".into(), ..from.clone() };
        to.motto.insert("en".into(), "Yours.".into());
        assert_eq!(told(&from, &to), ["name: Old → New", "motto.en:  → Yours."]);
        assert!(told(&to, &to).is_empty());
    }
}
