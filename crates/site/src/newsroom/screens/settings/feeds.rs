//! The edition's feeds with their addresses, and how somebody else mirrors it.

use super::PATH;
use crate::addresses::{encoded, prefix};
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::{Screen, dir};
use crate::newsroom::visit::Visit;
use crate::pages::own_name;
use askama::Template;

struct Group {
    name: String,
    lang: String,
    dir: &'static str,
    feeds: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "newsroom/settings/feeds.html", whitespace = "minimize")]
struct Page<'a> {
    s: Screen<'a>,
    groups: Vec<Group>,
    url: &'a str,
    vkey: String,
}

const FORMATS: [(&str, &str); 3] =
    [("Atom", "feed.atom"), ("RSS", "feed.rss"), ("JSON Feed", "feed.json")];

/// The page.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let settings = &visit.settings;
    let s = Screen::new(visit, "set-feeds", PATH);
    let mut groups = Vec::new();
    for lang in &settings.languages {
        let before = prefix(&settings.languages, lang);
        let mut add = |name: String, under: &str| {
            let at = |file: &str| {
                format!("{}{}", settings.url, encoded(&format!("{before}{under}/{file}")))
            };
            let feeds = FORMATS.iter().map(|(format, file)| (*format, at(file))).collect();
            groups.push(Group { name, lang: lang.clone(), dir: dir(lang), feeds });
        };
        add(format!("{} · {}", settings.name, own_name(lang)), "");
        for section in &settings.sections {
            let name = section.name.get(lang).or_else(|| section.name.values().next());
            let name = name.cloned().unwrap_or_else(|| section.slug.clone());
            add(name, &format!("/section/{}", section.slug));
        }
    }
    let vkey = visit.people().reader().record_file("vkey")?.unwrap_or_default();
    let vkey = String::from_utf8_lossy(&vkey).trim().to_owned();
    Ok(Answer::page(Page { groups, url: &settings.url, vkey, s }.render()?))
}
