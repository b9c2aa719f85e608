//! What surrounds every page: head, masthead, menu and foot, as the templates ask for them.

use std::ops::Deref;

use super::{Cx, Head, rich, style, when};
use crate::mark;

/// The page around a page. Templates call its methods; [`Cx`]'s are reachable through it.
pub(super) struct Frame<'a> {
    cx: &'a Cx<'a>,
    pub(super) head: &'a Head,
    pub(super) css: &'static str,
    /// Whether the masthead is the large one of the front page.
    pub(super) front: bool,
    /// Whether the foot leaves out how many entries the record has, so that the page changes with its article alone.
    still: bool,
}

impl<'a> Deref for Frame<'a> {
    type Target = Cx<'a>;
    fn deref(&self) -> &Cx<'a> {
        self.cx
    }
}

/// One entry of the menu or of the languages.
pub(super) struct Entry<'a> {
    pub(super) path: String,
    pub(super) name: &'a str,
    pub(super) lang: &'a str,
    pub(super) dir: &'static str,
    pub(super) here: bool,
}

impl<'a> Frame<'a> {
    pub(super) fn lists(cx: &'a Cx<'a>, head: &'a Head) -> Self {
        Self { cx, head, css: style::LISTS.as_str(), front: false, still: false }
    }

    /// A list with charts.
    pub(super) fn counts(cx: &'a Cx<'a>, head: &'a Head) -> Self {
        Self { css: style::COUNTS.as_str(), ..Self::lists(cx, head) }
    }

    pub(super) fn article(cx: &'a Cx<'a>, head: &'a Head) -> Self {
        Self { cx, head, css: style::ARTICLE.as_str(), front: false, still: true }
    }

    /// A letter's form or receipt.
    pub(super) fn letter(cx: &'a Cx<'a>, head: &'a Head) -> Self {
        Self { css: style::LETTER.as_str(), ..Self::article(cx, head) }
    }

    pub(super) fn front(cx: &'a Cx<'a>, head: &'a Head) -> Self {
        Self { front: true, ..Self::lists(cx, head) }
    }

    pub(super) fn dir(&self) -> &'static str {
        dir(self.cx.lang)
    }

    pub(super) fn title(&self) -> String {
        let name = &self.settings.name;
        if self.head.title.is_empty() {
            name.clone()
        } else {
            format!("{} · {name}", self.head.title)
        }
    }

    pub(super) fn name(&self) -> (&str, &str, &str) {
        mark::parts(&self.cx.settings.name)
    }

    pub(super) fn motto(&self) -> &str {
        let motto = &self.cx.settings.motto;
        motto.get(self.cx.lang).or_else(|| motto.values().next()).map_or("", String::as_str)
    }

    pub(super) fn icon(&self) -> &'static str {
        mark::ICON
    }

    pub(super) fn seal(&self) -> &'static str {
        mark::INLINE
    }

    /// JSON-LD that no text in it can close.
    pub(super) fn data(&self) -> String {
        self.head.json_ld.replace('<', "\\u003c")
    }

    pub(super) fn sections(&self) -> Vec<Entry<'a>> {
        let here = &self.head.path;
        let entry = |slug: &'a str| {
            let path = self.cx.to(&format!("/section/{slug}"));
            let here = *here == path;
            Entry { path, name: self.cx.section(slug), lang: self.cx.lang, dir: "", here }
        };
        self.cx.settings.sections.iter().map(|section| entry(&section.slug)).collect()
    }

    /// The other languages: this page in them where there is one, their front pages otherwise.
    pub(super) fn languages(&self) -> Vec<Entry<'a>> {
        let languages = &self.cx.settings.languages;
        let entry = |lang: &'a String| {
            let same = self.head.alternates.iter().find(|one| one.lang == *lang);
            let front =
                if languages.first() == Some(lang) { "/".into() } else { format!("/{lang}") };
            let path = same.map_or(front, |one| one.path.clone());
            Entry { path, name: own_name(lang), lang, dir: dir(lang), here: false }
        };
        languages.iter().filter(|lang| *lang != self.cx.lang).map(entry).collect()
    }

    /// A message with marks, as HTML.
    pub(super) fn rich(&self, key: &str) -> String {
        rich::html(self.cx, &self.cx.say(key))
    }

    /// How many entries the record has, in words, where the foot says so.
    pub(super) fn entries(&self) -> String {
        match self.cx.record.size {
            0 => String::new(),
            _ if self.still => String::new(),
            size => self.cx.count("foot-record", size),
        }
    }

    /// [`Cx::count`], as templates hand numbers over.
    pub(super) fn many(&self, key: &str, n: &u64) -> String {
        self.cx.count(key, *n)
    }

    pub(super) fn moment(&self, local: &str) -> String {
        when::moment(self.cx.lang, local)
    }
}

pub(super) fn dir(lang: &str) -> &'static str {
    ovn_edition::direction::of_lang(lang).word()
}

/// A language's name for itself.
pub(crate) fn own_name(lang: &str) -> &str {
    match lang {
        "en" => "English",
        "ur" => "اردو",
        other => other,
    }
}
