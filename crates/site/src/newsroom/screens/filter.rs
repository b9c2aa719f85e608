//! Which drafts somebody wants to see, as the first screen's address has it.

use crate::newsroom::ask::decoded;
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use ovn_press::drafts::{Filter, State};

/// The most pages that are turned.
const PAGES: u64 = 10_000;

/// A choice of a list.
pub(super) struct Choice {
    pub(super) word: String,
    pub(super) name: String,
    pub(super) chosen: bool,
}

/// What was chosen, and what can be.
pub(super) struct Chosen {
    pub(super) mine: bool,
    pub(super) overdue: bool,
    pub(super) state: Option<State>,
    section: Option<String>,
    lang: Option<String>,
    /// From 0.
    pub(super) page: u64,
    pub(super) states: Vec<Choice>,
    pub(super) sections: Vec<Choice>,
    pub(super) languages: Vec<Choice>,
}

impl Chosen {
    /// From the address; a word that stands for nothing chooses nothing.
    pub(super) fn of(visit: &Visit<'_>, s: &Screen<'_>) -> Self {
        let settings = visit.people().settings();
        let asked = |name: &str| visit.ask.query(name).and_then(decoded).unwrap_or_default();
        let (state, section, lang) = (asked("state"), asked("section"), asked("lang"));
        let state = State::ALL.iter().find(|(_, word)| *word == state).map(|(state, _)| *state);
        let choice = |word: &str, name: String, chosen: Option<&str>| Choice {
            word: word.to_owned(),
            chosen: chosen == Some(word),
            name,
        };
        let chosen = state.map(State::word);
        let states = State::ALL.iter();
        let states =
            states.map(|(_, word)| choice(word, s.say(&format!("state-{word}")), chosen)).collect();
        let sections: Vec<Choice> = settings
            .sections
            .iter()
            .map(|one| {
                let name = one.name.get(s.lang()).or_else(|| one.name.values().next());
                let name = name.cloned().unwrap_or_else(|| one.slug.clone());
                choice(&one.slug, name, Some(&section))
            })
            .collect();
        let languages: Vec<Choice> = settings
            .languages
            .iter()
            .map(|one| choice(one, crate::pages::own_name(one).to_owned(), Some(&lang)))
            .collect();
        let known = |all: &[Choice], word: String| all.iter().any(|one| one.chosen).then_some(word);
        let page = asked("page").parse().unwrap_or(0).min(PAGES);
        Self {
            mine: asked("mine") == "yes",
            overdue: asked("overdue") == "yes",
            section: known(&sections, section),
            lang: known(&languages, lang),
            page: if state.is_some() { page } else { 0 },
            state,
            states,
            sections,
            languages,
        }
    }

    pub(super) fn filter(&self) -> Filter<'_> {
        Filter {
            mine: self.mine,
            state: self.state,
            section: self.section.as_deref(),
            lang: self.lang.as_deref(),
            overdue: self.overdue,
        }
    }

    /// Whether nothing was chosen.
    pub(super) fn is_empty(&self) -> bool {
        let chosen = self.state.is_some() || self.section.is_some() || self.lang.is_some();
        !(chosen || self.mine || self.overdue)
    }

    /// The address of the same choice in a state, from a page on. Slugs and languages have no sign that addresses encode.
    pub(super) fn address(&self, state: Option<State>, page: u64) -> String {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: &str| pairs.push(format!("{name}={value}"));
        if self.mine {
            put("mine", "yes");
        }
        if let Some(state) = state {
            put("state", state.word());
        }
        if let Some(section) = &self.section {
            put("section", section);
        }
        if let Some(lang) = &self.lang {
            put("lang", lang);
        }
        if self.overdue {
            put("overdue", "yes");
        }
        if page > 0 {
            put("page", &page.to_string());
        }
        if pairs.is_empty() { "/".into() } else { format!("/?{}", pairs.join("&")) }
    }
}
