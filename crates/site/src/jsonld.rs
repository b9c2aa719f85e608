//! JSON-LD in schema.org's words: the article for search engines and archives, and who publishes it.

use ovn_edition::hex;
use ovn_edition::leaf::Leaf;
use ovn_edition::model::{Article, Class, Source};
use ovn_store::Settings;
use ovn_store::rows::{Head, Revision};
use serde_json::{Map, Value, json};

use crate::Error;
use crate::addresses::encoded;
use crate::lead;

/// The edition's policies by schema.org's name for each and its address.
const POLICIES: [(&str, &str); 10] = [
    ("publishingPrinciples", "/policies"),
    ("correctionsPolicy", "/policies/corrections"),
    ("verificationFactCheckingPolicy", "/policies/verification"),
    ("unnamedSourcesPolicy", "/policies/sources"),
    ("ownershipFundingInfo", "/policies/ownership"),
    ("ethicsPolicy", "/policies/ethics"),
    ("actionableFeedbackPolicy", "/policies/feedback"),
    ("diversityPolicy", "/policies/diversity"),
    ("masthead", "/policies/masthead"),
    ("missionCoveragePrioritiesPolicy", "/policies/mission"),
];

/// Schema.org's name for the policy `name`; empty where it has none.
pub(crate) fn property(name: &str) -> &'static str {
    let is = |path: &str| path.strip_prefix("/policies/") == Some(name);
    POLICIES.iter().find(|(_, path)| is(path)).map_or("", |(property, _)| property)
}

/// The publisher. `known` says which policies are published; others are not promised.
pub(crate) fn publisher(settings: &Settings, known: &dyn Fn(&str) -> bool) -> Value {
    let url = &settings.url;
    let mut map = Map::new();
    map.insert("@type".into(), json!("NewsMediaOrganization"));
    map.insert("@id".into(), json!(format!("{url}/#publisher")));
    map.insert("name".into(), json!(settings.name));
    map.insert("url".into(), json!(format!("{url}/")));
    map.insert("logo".into(), json!(format!("{url}/favicon.svg")));
    put(&mut map, "legalName", settings.publisher.name.clone());
    put(&mut map, "email", settings.publisher.contact.clone());
    put(&mut map, "address", settings.publisher.address.clone());
    for (name, path) in POLICIES.iter().filter(|(_, path)| *path == "/policies" || known(path)) {
        map.insert((*name).into(), json!(format!("{url}{path}")));
    }
    Value::Object(map)
}

/// The edition's own pages: the publisher alone.
///
/// # Errors
/// [`Error::Writing`].
pub(crate) fn edition(settings: &Settings, known: &dyn Fn(&str) -> bool) -> Result<String, Error> {
    let mut publisher = publisher(settings, known);
    if let Value::Object(map) = &mut publisher {
        map.insert("@context".into(), json!("https://schema.org"));
    }
    write(&publisher)
}

/// The article as its latest revision has it, with its corrections and translations.
///
/// # Errors
/// [`Error::Writing`].
pub(crate) fn article(
    settings: &Settings,
    head: &Head,
    article: &Article,
    revisions: &[Revision],
    siblings: &[Head],
    known: &dyn Fn(&str) -> bool,
) -> Result<String, Error> {
    let full = |path: &str| format!("{}{}", settings.url, encoded(path));
    let address = full(&head.path);
    let named = |names: &[String], kind: &str| -> Vec<Value> {
        names.iter().map(|name| json!({"@type": kind, "name": name})).collect()
    };
    let mut map = Map::new();
    let mut set = |name: &str, value: Value| {
        if value != json!([]) && value != json!("") {
            map.insert(name.to_owned(), value);
        }
    };
    set("@context", json!("https://schema.org"));
    set("@type", json!("NewsArticle"));
    set("@id", json!(address));
    set("url", json!(address));
    set("mainEntityOfPage", json!(address));
    set("headline", json!(head.headline));
    set("description", json!(head.standfirst.clone().unwrap_or_default()));
    set("inLanguage", json!(head.lang));
    set("datePublished", json!(head.first_local));
    set("dateModified", json!(head.local));
    set("version", json!(head.rev));
    set("author", json!(authors(settings, head)));
    set("publisher", publisher(settings, known));
    set("articleSection", json!(sections(settings, head)));
    set("about", json!(named(&head.topics, "Thing")));
    set("mentions", json!(named(&article.parties, "Organization")));
    set("citation", json!(article.references.iter().map(cited).collect::<Vec<_>>()));
    set("image", json!(image(settings, article)));
    set("correction", json!(corrections(revisions)));
    set("isAccessibleForFree", json!(true));
    set("archivedAt", json!(archived(settings, revisions)));
    let translations = siblings.iter().filter(|one| one.lang != head.lang && !one.withdrawn);
    let work = |one: &Head| json!({"@type": "NewsArticle", "@id": full(&one.path), "inLanguage": one.lang});
    match &head.translation_of {
        Some(original) => set("translationOfWork", json!({"@id": full(original)})),
        None => set("workTranslation", translations.map(work).collect()),
    }
    write(&Value::Object(map))
}

fn authors(settings: &Settings, head: &Head) -> Vec<Value> {
    if head.byline.is_empty() {
        return vec![json!({"@id": format!("{}/#publisher", settings.url)})];
    }
    let desk = |name: &str| name.to_lowercase().contains("desk") || name.contains("ڈیسک");
    let author = |name: &String| {
        let kind = if desk(name) { "Organization" } else { "Person" };
        json!({"@type": kind, "name": name, "url": format!("{}/", settings.url)})
    };
    head.byline.iter().map(author).collect()
}

fn sections(settings: &Settings, head: &Head) -> Vec<String> {
    let name = |slug: &String| {
        let section = settings.sections.iter().find(|section| section.slug == *slug);
        section.and_then(|one| one.name.get(&head.lang)).unwrap_or(slug).clone()
    };
    head.sections.iter().map(name).collect()
}

fn cited(source: &Source) -> Value {
    let mut map = Map::new();
    map.insert("@type".into(), json!("CreativeWork"));
    put(&mut map, "name", source.text("title").unwrap_or_default().to_owned());
    put(&mut map, "url", source.url().unwrap_or_default().to_owned());
    put(&mut map, "datePublished", source.issued().unwrap_or_default());
    let authors: Vec<Value> = source
        .authors()
        .iter()
        .map(|name| json!({"@type": "Organization", "name": name}))
        .collect();
    if !authors.is_empty() {
        map.insert("author".into(), json!(authors));
    }
    Value::Object(map)
}

/// The first picture, with what readers are told of it.
fn image(settings: &Settings, article: &Article) -> Vec<Value> {
    let Some(lead) = lead::of(&settings.url, article) else { return Vec::new() };
    let mut map = Map::new();
    map.insert("@type".into(), json!("ImageObject"));
    map.insert("url".into(), json!(lead.url));
    map.insert("contentUrl".into(), json!(lead.url));
    put(&mut map, "description", lead.alt.to_owned());
    put(&mut map, "caption", lead.caption.to_owned());
    put(&mut map, "creditText", lead.credit.to_owned());
    if let Some(file) = lead.file {
        map.insert("encodingFormat".into(), json!(file.format.media_type()));
        map.insert("width".into(), json!(file.width));
        map.insert("height".into(), json!(file.height));
    }
    vec![Value::Object(map)]
}

fn corrections(revisions: &[Revision]) -> Vec<Value> {
    let told = revisions.iter().filter(|one| one.class.corrects() || one.class == Class::Update);
    let comment = |one: &Revision| {
        let text = one.note.clone()?;
        Some(json!({"@type": "CorrectionComment", "text": text, "datePublished": one.local}))
    };
    told.filter_map(comment).collect()
}

/// Where the sealed document of the latest revision is.
fn archived(settings: &Settings, revisions: &[Revision]) -> String {
    let leaf = revisions.last().and_then(|latest| Leaf::read(&latest.leaf).ok());
    let place =
        |leaf: Leaf| format!("{}/record/document/{}.json", settings.url, hex::encode(&leaf.commit));
    leaf.map(place).unwrap_or_default()
}

fn put(map: &mut Map<String, Value>, name: &str, text: String) {
    if !text.is_empty() {
        map.insert(name.to_owned(), Value::String(text));
    }
}

/// The JSON with `<` escaped, so that no text in it can end the script element that holds it.
fn write(value: &Value) -> Result<String, Error> {
    let text = serde_json::to_string(value).map_err(|error| Error::Writing(error.to_string()))?;
    Ok(text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
}
