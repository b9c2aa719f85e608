//! The three states of a text, in the words of a screen: saved, sealed, witnessed; each with when and by whom.

use crate::newsroom::screen::Screen;
use ovn_press::drafts::Sealed;
use ovn_store::cabinet::Draft;

/// One of the three.
pub(super) struct Stand {
    /// `Sealed`, or that it is not.
    pub(super) word: String,
    pub(super) holds: bool,
    /// When and by whom, a line each; or what it would mean.
    pub(super) lines: Vec<String>,
}

/// How an article stands: sealed, witnessed.
pub(super) fn of_article(s: &Screen<'_>, sealed: Option<&Sealed>) -> Vec<Stand> {
    let Some(sealed) = sealed else {
        return vec![
            Stand { word: s.say("stand-not-sealed"), holds: false, lines: Vec::new() },
            Stand { word: s.say("stand-not-witnessed"), holds: false, lines: Vec::new() },
        ];
    };
    let when = s.moment(sealed.at);
    let by = sealed.by.as_ref().map(|name| s.with("stand-by", name));
    let entry = s.with("stand-entry", &s.number(sealed.entry));
    let line = [Some(when), by, Some(entry)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let first = Stand { word: s.say("stand-sealed"), holds: true, lines: vec![line] };
    let witness = |one: &ovn_store::cabinet::Witnessed| {
        let when = s.moment(one.second.saturating_mul(1000));
        format!("{when} · {}", s.with("stand-by", &one.witness))
    };
    let lines: Vec<String> = sealed.witnesses.iter().map(witness).collect();
    let second = if lines.is_empty() {
        Stand { word: s.say("stand-not-witnessed"), holds: false, lines }
    } else {
        Stand { word: s.say("stand-witnessed"), holds: true, lines }
    };
    vec![first, second]
}

/// How a draft stands: saved, sealed, witnessed. `writer` is the name of who saved it last.
pub(super) fn of_draft(
    s: &Screen<'_>,
    draft: &Draft,
    writer: Option<&str>,
    sealed: Option<&Sealed>,
) -> Vec<Stand> {
    let version = s.with("version-number", &s.number(draft.version));
    let by = writer.map(|name| s.with("stand-by", name));
    // A draft that is published was changed last by its publication.
    let when = sealed.is_none().then(|| s.moment(draft.updated));
    let line = [when, by, Some(version)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let mut all = vec![Stand { word: s.say("stand-saved"), holds: true, lines: vec![line] }];
    all.extend(of_article(s, sealed));
    all
}
