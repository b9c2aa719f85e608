//! What lists and search need to know of an article, told from the article alone.

use ovn_edition::{fold, model::Article, parties, sealed::Place, text};
use ovn_store::{
    Facts, Search, Settings,
    rows::{Head, HeadKind},
    settings::Section,
};

/// The facts of `article` at `place`; id, revision number and first publication are the sealer's to fill.
#[must_use]
pub fn facts(article: &Article, place: &Place, kind: HeadKind, settings: &Settings) -> Facts {
    let parties = parties::of(article);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let slug = |name: &String| section_slug(name, &settings.sections);
    let head = Head {
        kind,
        path: place.path.clone(),
        lang: article.lang.clone(),
        headline: article.headline.clone(),
        standfirst: article.standfirst.clone(),
        byline: article.byline.clone(),
        sections: article.sections.iter().filter_map(slug).collect(),
        topics: article.topics.clone(),
        story: article.story.clone(),
        first_at: place.at,
        first_local: place.local.clone(),
        at: place.at,
        local: place.local.clone(),
        class: article.change.class,
        note: article.change.note.clone(),
        sources: count(article.references.len()),
        parties: count(parties.iter().filter(|party| party.named).count()),
        heard: count(parties.iter().filter(|party| party.named && party.heard).count()),
        corrected: article.change.class.corrects().then_some(place.at),
        translation_of: article.translation_of.clone(),
        ..Head::default()
    };
    Facts {
        head: Some(head),
        asked_by: article.change.asked_by.clone(),
        sources: article.references.clone(),
        search: Some(search(article)),
        redaction: None,
    }
}

/// The words of `article`, folded for search and as they were written, line by line.
#[must_use]
pub fn search(article: &Article) -> Search {
    let lines: Vec<String> = article
        .body
        .iter()
        .map(|block| text::one_line(&text::block(block)))
        .filter(|line| !line.is_empty())
        .collect();
    Search {
        headline: fold::text(&article.headline),
        standfirst: fold::text(article.standfirst.as_deref().unwrap_or_default()),
        body: lines.iter().map(|line| fold::text(line)).collect::<Vec<_>>().join("\n"),
        text: lines.join("\n"),
    }
}

/// The slug of the section that `name` names, in any language or by its slug.
#[must_use]
pub(crate) fn section_slug(name: &str, sections: &[Section]) -> Option<String> {
    let known = |one: &&Section| one.slug == name || one.name.values().any(|other| other == name);
    sections.iter().find(known).map(|one| one.slug.clone())
}
