//! What surrounds every screen: head, masthead, menu, as the templates ask for them.

use super::visit::Visit;
use crate::mark;
use crate::pages::when;
use ovn_press::people::{Act, Caller, Object, Role, role, roles};
use std::sync::LazyLock;

/// The screens' stylesheet.
static CSS: LazyLock<String> = LazyLock::new(|| {
    // In a layer below the editor's own, whose fields and buttons these rules would change.
    crate::pages::style::tighten(concat!(
        "@layer page{",
        include_str!("../../assets/base.css"),
        include_str!("../../assets/newsroom.css"),
        "}"
    ))
});

/// The screen around a screen.
pub(super) struct Screen<'a> {
    visit: &'a Visit<'a>,
    title: String,
    here: &'static str,
}

/// A line of the menu.
pub(super) struct Entry {
    pub(super) path: &'static str,
    pub(super) name: String,
    pub(super) here: bool,
}

impl<'a> Screen<'a> {
    /// A screen whose title is the message `title`, at the menu's entry `here`.
    pub(super) fn new(visit: &'a Visit<'a>, title: &str, here: &'static str) -> Self {
        let title = visit.inner.words.say(&visit.lang, title, &[]);
        Self { visit, title, here }
    }

    /// The same with words of its own for a title.
    pub(super) fn titled(visit: &'a Visit<'a>, title: String, here: &'static str) -> Self {
        Self { visit, title, here }
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }

    pub(super) fn edition(&self) -> &str {
        &self.visit.settings.name
    }

    pub(super) fn name(&self) -> (&str, &str, &str) {
        mark::parts(self.edition())
    }

    pub(super) fn seal(&self) -> &'static str {
        mark::INLINE
    }

    pub(super) fn icon(&self) -> &'static str {
        mark::ICON
    }

    pub(super) fn css(&self) -> &'static str {
        CSS.as_str()
    }

    /// The address of the script for passkeys.
    pub(super) fn passkeys(&self) -> String {
        super::bundle::passkeys()
    }

    pub(super) fn lang(&self) -> &str {
        &self.visit.lang
    }

    pub(super) fn dir(&self) -> &'static str {
        dir(&self.visit.lang)
    }

    pub(super) fn say(&self, key: &str) -> String {
        self.visit.inner.words.say(&self.visit.lang, key, &[])
    }

    pub(super) fn with(&self, key: &str, it: &str) -> String {
        self.visit.inner.words.say(&self.visit.lang, key, &[("it", it.into())])
    }

    /// What the press says, in the language of the screens where it is a sentence that people often meet.
    pub(super) fn told(&self, sentence: &str) -> String {
        super::tongue::told(&self.visit.inner.words, &self.visit.lang, sentence)
    }

    /// The language of a sentence of the press's: the screens' own, or English where it was left as it is.
    pub(super) fn tongue(&self, sentence: &str) -> &str {
        let same =
            ovn_edition::direction::of_text(sentence).is_none_or(|one| one.word() == self.dir());
        if same { self.lang() } else { "en" }
    }

    pub(super) fn number(&self, n: u64) -> String {
        when::number(&self.visit.lang, n)
    }

    /// The message `key` with a number, as [`crate::pages::Cx::count`].
    pub(super) fn count(&self, key: &str, n: u64) -> String {
        let count = self.number(n);
        let n = f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let with = [("n", n.into()), ("count", count.into())];
        self.visit.inner.words.say(&self.visit.lang, key, &with)
    }

    /// A draft's title, or that it has none yet.
    pub(super) fn headline(&self, title: &str) -> String {
        if title.is_empty() { self.say("draft-untitled") } else { title.to_owned() }
    }

    /// Where readers find the edition.
    pub(super) fn url(&self) -> &str {
        &self.visit.settings.url
    }

    /// The name of the edition's time zone.
    pub(super) fn zone(&self) -> &str {
        &self.visit.settings.zone
    }

    /// Day and hour of a time in ms, on the edition's clock.
    pub(super) fn moment(&self, at: u64) -> String {
        when::moment(&self.visit.lang, &self.visit.inner.people.local(at))
    }

    /// A time on that clock, as [`Screen::local`] gives it, in words.
    pub(super) fn when(&self, local: &str) -> String {
        when::moment(&self.visit.lang, local)
    }

    /// The same as fields for a time have it, to the minute.
    pub(super) fn minute(&self, at: u64) -> String {
        self.local(at).get(..16).unwrap_or_default().to_owned()
    }

    /// What stands between the parts of a list.
    pub(super) fn comma(&self) -> &'static str {
        if self.lang() == "ur" { "، " } else { ", " }
    }

    /// The same for machines.
    pub(super) fn local(&self, at: u64) -> String {
        self.visit.inner.people.local(at)
    }

    pub(super) fn who(&self) -> Option<&str> {
        self.visit.caller.as_ref().map(|caller| caller.person.name.as_str())
    }

    /// What stands in each form of the caller's, and in nobody else's.
    pub(super) fn token(&self) -> String {
        let caller = self.visit.caller.as_ref();
        caller.map_or_else(String::new, |caller| caller.token.derived("form").text())
    }

    pub(super) fn menu(&self) -> Vec<Entry> {
        let Some(caller) = &self.visit.caller else { return Vec::new() };
        let entry = |(path, key): (&'static str, &str)| Entry {
            path,
            name: self.say(key),
            here: path == self.here,
        };
        let all = [
            ("/", "room-desk"),
            ("/pitches", "room-pitches"),
            ("/calendar", "room-calendar"),
            ("/articles", "room-articles"),
            ("/schedule", "room-schedule"),
            ("/letters", "room-letters"),
            ("/library", "room-sources"),
            ("/people", "room-people"),
            ("/trail", "room-trail"),
            ("/settings", "room-settings"),
        ];
        let seen = |path: &str| match path {
            "/trail" => may(caller, Act::Trail),
            "/letters" => may(caller, Act::Decide),
            _ => true,
        };
        all.into_iter().filter(|(path, _)| seen(path)).map(entry).collect()
    }

    /// The screens of a draft, each with the end of its address and the message that names it.
    pub(super) fn parts(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("", "field-text"),
            ("/sources", "draft-sources"),
            ("/pictures", "room-pictures"),
            ("/comments", "room-comments"),
            ("/versions", "room-versions"),
            ("/preview", "room-preview"),
            ("/work", "room-work"),
        ]
    }

    /// The other language of the screens, for whoever is not signed in.
    pub(super) fn other(&self) -> Option<(&'static str, &'static str)> {
        if self.visit.caller.is_some() {
            return None;
        }
        if self.visit.lang == "ur" { Some(("en", "English")) } else { Some(("ur", "اردو")) }
    }

    /// The word of a role.
    pub(super) fn role(&self, word: &str) -> String {
        self.say(&format!("role-{word}"))
    }

    /// What was typed into a field of the form that was sent.
    pub(super) fn typed(&self, field: &str) -> &str {
        self.visit.form.get(field)
    }

    /// Every role with its word and name.
    pub(super) fn roles(&self) -> Vec<(&'static str, String)> {
        Role::ALL.iter().map(|(_, word)| (*word, self.role(word))).collect()
    }
}

/// Whether the caller may do that to the newsroom's things.
pub(super) fn may(caller: &Caller, act: Act) -> bool {
    roles::may(role(&caller.person), act, Object::Others)
}

/// The direction of a language.
pub(super) fn dir(lang: &str) -> &'static str {
    ovn_edition::direction::of_lang(lang).word()
}
