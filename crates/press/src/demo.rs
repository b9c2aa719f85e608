//! Make the demonstration edition from its files, through the same verbs as any other edition.

use crate::{
    init,
    newsroom::{self, Newsroom},
    policy, publish,
};
use ovn_store::Folder;
use std::{collections::BTreeMap, path::Path};

/// The demonstration's files by relative path: `ovn.toml`, `order.toml`, `articles/…`, `policies/…`, `sources/…`.
pub type Content<'a> = BTreeMap<&'a str, &'a [u8]>;

/// In which order things are sealed; the lists of `order.toml`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Names of policies, in each language.
    pub policies: Vec<String>,
    /// Paths of articles.
    pub articles: Vec<String>,
    /// Paths of later revisions.
    pub revisions: Vec<String>,
}

/// Why the demonstration could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file that the order names is not there.
    #[error("the demonstration has no file {0}")]
    Missing(String),
    /// A file could not be published.
    #[error("{path}: {why}")]
    File {
        /// The file.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// The edition could not be made.
    #[error(transparent)]
    Init(#[from] init::Error),
    /// The edition could not be sealed.
    #[error(transparent)]
    Newsroom(#[from] newsroom::Error),
    /// A source could not be laid out.
    #[error("the demonstration could not be laid out: {0}")]
    Write(#[from] std::io::Error),
}

/// Makes the demonstration edition in `dir`, whose readers find it at `url`.
///
/// # Errors
/// When a file is missing or wrong, or the folder can't be used.
pub fn make(
    dir: &Path,
    url: &str,
    content: &Content<'_>,
    order: &Order,
) -> Result<Newsroom, Error> {
    let toml = text(content, "ovn.toml")?;
    let toml: Vec<String> =
        toml.lines()
            .map(|line| {
                if line.starts_with("url = ") {
                    format!("url = \"{url}\"")
                } else {
                    line.to_owned()
                }
            })
            .collect();
    let room = init::edition(dir, &(toml.join("\n") + "\n"), &|_| None)?;
    let beside = Folder::at(dir.join("sources-in"));
    for (path, bytes) in content {
        if path.starts_with("sources/") {
            beside.replace(path, bytes)?;
        }
    }
    policies(&room, content, &order.policies)?;
    articles(&room, content, &beside, &order.articles)?;
    articles(&room, content, &beside, &order.revisions)?;
    tampering(&room, content)?;
    Ok(room)
}

/// What the files write for the month in which they will be sealed.
const WRITTEN: &str = "/2026/11/";

/// That month, as addresses have it.
fn month(room: &Newsroom) -> String {
    let local = room.local(room.now());
    format!("/{}/", local.get(..7).unwrap_or("1970/01").replace('-', "/"))
}

fn policies(room: &Newsroom, content: &Content<'_>, names: &[String]) -> Result<(), Error> {
    let mut drafts = Vec::new();
    let month = month(room);
    for lang in &room.settings().languages {
        for name in names {
            let path = format!("policies/{lang}/{name}.md");
            let text = text(content, &path)?.replace(WRITTEN, &month);
            let draft = policy::draft(room, name, text.as_bytes())
                .map_err(|error| Error::File { path, why: error.to_string() })?;
            drafts.extend(draft);
        }
    }
    room.seal(drafts)?;
    Ok(())
}

fn articles(
    room: &Newsroom,
    content: &Content<'_>,
    beside: &Folder,
    paths: &[String],
) -> Result<(), Error> {
    let month = month(room);
    for path in paths {
        let failed = |why: String| Error::File { path: path.clone(), why };
        let text = text(content, path)?.replace(WRITTEN, &month).replace("../sources/", "sources/");
        let ready = publish::check(room, text.as_bytes(), beside, None)
            .map_err(|error| failed(error.to_string()))?;
        publish::publish(room, vec![ready]).map_err(|error| failed(error.to_string()))?;
    }
    Ok(())
}

/// Writes which article the site should show a tampered copy of, by its address.
fn tampering(room: &Newsroom, content: &Content<'_>) -> Result<(), Error> {
    let Ok(plan) = text(content, "tampered.toml") else { return Ok(()) };
    let file = plan.lines().find_map(|line| line.strip_prefix("article = "));
    let file = file.unwrap_or_default().trim_matches('"');
    let failed = |why: String| Error::File { path: file.to_owned(), why };
    let article = ovn_edition::markdown::read(bytes(content, file)?)
        .map_err(|problems| failed(publish::lines(&problems)))?;
    let slug = article.slug.unwrap_or_default();
    let address = format!("{}{slug}", month(room));
    let plan = plan.replace(&format!("article = \"{file}\""), &format!("article = \"{address}\""));
    Folder::at(room.dir()).replace("tampered.toml", plan.as_bytes())?;
    Ok(())
}

fn bytes<'a>(content: &Content<'a>, path: &str) -> Result<&'a [u8], Error> {
    content.get(path).copied().ok_or_else(|| Error::Missing(path.to_owned()))
}

fn text<'a>(content: &Content<'a>, path: &str) -> Result<&'a str, Error> {
    std::str::from_utf8(bytes(content, path)?)
        .map_err(|error| Error::File { path: path.to_owned(), why: error.to_string() })
}
