//! An article as lists show it: its section, headline and how it stands.

use ovn_edition::model::Class;
use ovn_store::rows;

use super::{Cx, frame, when};

/// One thing that a list says of how an article stands.
pub(super) struct Stand {
    pub(super) text: String,
    /// Whether it asks for attention: a party not heard, a correction.
    pub(super) warn: bool,
}

/// An article in a list.
pub(super) struct Line {
    pub(super) path: String,
    pub(super) lang: String,
    pub(super) dir: &'static str,
    pub(super) headline: String,
    pub(super) standfirst: String,
    /// Address and name of the first section.
    pub(super) section: Option<(String, String)>,
    pub(super) local: String,
    pub(super) when: String,
    pub(super) stands: Vec<Stand>,
}

impl Line {
    pub(super) fn of(cx: &Cx<'_>, head: &rows::Head) -> Self {
        let section = head
            .sections
            .first()
            .map(|slug| (cx.to(&format!("/section/{slug}")), cx.section(slug).to_owned()));
        let headline = if head.withdrawn || head.headline.is_empty() {
            cx.say("withdrawn-headline")
        } else {
            head.headline.clone()
        };
        Self {
            path: head.path.clone(),
            lang: head.lang.clone(),
            dir: frame::dir(&head.lang),
            headline,
            standfirst: head.standfirst.clone().unwrap_or_default(),
            section,
            local: head.first_local.clone(),
            when: when::day(cx.lang, &head.first_local),
            stands: stands(cx, head),
        }
    }

    pub(super) fn all(cx: &Cx<'_>, heads: &[rows::Head]) -> Vec<Self> {
        heads.iter().map(|head| Self::of(cx, head)).collect()
    }
}

fn stands(cx: &Cx<'_>, head: &rows::Head) -> Vec<Stand> {
    let mut stands = Vec::new();
    let mut add = |text: String, warn: bool| stands.push(Stand { text, warn });
    if head.sources > 0 {
        add(cx.count("sources-cited", head.sources), false);
    }
    if head.parties > 0 {
        let heard = cx.number(head.heard);
        let all = cx.number(head.parties);
        let with =
            [("heard", heard.into()), ("all", all.into()), ("n", f64::from(head.parties).into())];
        add(cx.words.say(cx.lang, "parties-heard", &with), head.heard < head.parties);
    }
    if head.class == Class::Retraction {
        add(cx.say("stands-retracted"), true);
    } else if head.corrected.is_some() {
        add(cx.say("stands-corrected"), true);
    } else if head.class == Class::Update {
        add(cx.say("stands-updated"), false);
    }
    stands
}
