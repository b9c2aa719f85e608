//! Open Graph properties and the card of a shared link, with the article's first picture where it has one.

use crate::lead;
use ovn_edition::model::Article;
use ovn_store::Settings;
use ovn_store::rows::Head;

/// The `<meta property>` pairs of an article (ogp.me, namespace `article`).
pub(crate) fn article(
    settings: &Settings,
    head: &Head,
    article: &Article,
    siblings: &[Head],
) -> Vec<(String, String)> {
    let mut pairs = edition(settings, &head.lang, &head.headline, &head.path);
    let lead = lead::of(&settings.url, article);
    if let Some((_, card)) =
        pairs.iter_mut().find(|(name, _)| lead.is_some() && name == "twitter:card")
    {
        "summary_large_image".clone_into(card);
    }
    let mut add = |name: &str, value: &str| pairs.push((name.to_owned(), value.to_owned()));
    add("og:type", "article");
    if let Some(text) = &head.standfirst {
        add("og:description", text);
    }
    add("article:published_time", &head.first_local);
    if head.rev > 1 {
        add("article:modified_time", &head.local);
    }
    head.byline.iter().for_each(|name| add("article:author", name));
    head.sections.iter().take(1).for_each(|slug| add("article:section", slug));
    head.topics.iter().for_each(|name| add("article:tag", name));
    if let Some(lead) = lead {
        add("og:image", &lead.url);
        if let Some(file) = lead.file {
            add("og:image:type", file.format.media_type());
            add("og:image:width", &file.width.to_string());
            add("og:image:height", &file.height.to_string());
        }
        add("og:image:alt", lead.alt);
    }
    for other in siblings.iter().filter(|other| other.lang != head.lang) {
        add("og:locale:alternate", locale(&other.lang));
    }
    pairs
}

/// The pairs that every page has.
pub(crate) fn edition(
    settings: &Settings,
    lang: &str,
    title: &str,
    path: &str,
) -> Vec<(String, String)> {
    let title = if title.is_empty() { &settings.name } else { title };
    let address = format!("{}{path}", settings.url);
    let pairs = [
        ("og:title", title),
        ("og:url", &address),
        ("og:site_name", &settings.name),
        ("og:locale", locale(lang)),
        ("twitter:card", "summary"),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// The language with the country that Open Graph's readers expect of it.
fn locale(lang: &str) -> &str {
    match lang {
        "en" => "en_GB",
        "ur" => "ur_PK",
        other => other,
    }
}
