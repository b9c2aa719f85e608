//! Which address means what: a pure table, before anything is looked up.

use ovn_store::rows::TagKind;

use crate::addresses;

/// What an address asks for. `lang` is the language of the interface; article paths are `/YYYY/MM/slug`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// A page that each language has.
    Page { lang: String, page: Listing },
    /// What hangs on one article.
    Article { path: String, part: Part },
    /// Articles of a list, for feed readers.
    Feed { lang: String, list: Option<(TagKind, String)>, format: Format },
    /// A static file of the record, by its path under `/record/`.
    RecordFile(String),
    /// The sealed document with this commitment, in hexadecimal.
    Document(String),
    /// Archived bytes with this SHA-256, in hexadecimal.
    Blob(String),
    /// A part of the copy that was tampered with on purpose.
    Tampered(Part),
    /// The nth part of the sitemap, from 1; 0 is the sitemap itself.
    Sitemap(usize),
    /// A file of the site as a whole.
    File(File),
}

/// Pages that each language has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Listing {
    Front,
    List(TagKind, String),
    /// A month, `2026-11`; the latest where none is named.
    Archive(Option<String>),
    Corrections,
    Sources,
    Balance,
    Desk,
    Policies,
    Policy(String, Part),
    Search,
    Record,
    RecordEntry(u64),
    Tampered,
    Tags(TagKind),
    Feeds,
    About,
}

/// What hangs on one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Page,
    Sealed,
    Markdown,
    Proof,
    Revision(u32),
    Compare(u32, u32),
}

/// Formats of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Atom,
    Rss,
    Json,
}

/// Files of the site as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    News,
    Robots,
    Trust,
    Security,
    OpenSearch,
    Icon,
    BalanceNumbers,
    BalanceRows,
}

impl Route {
    /// What `path`, decoded and without a trailing slash, asks for in an edition with these languages.
    pub(crate) fn of(path: &str, languages: &[String]) -> Option<Self> {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let first = languages.first().map_or("en", String::as_str);
        let other = segments.first().filter(|word| languages.iter().skip(1).any(|l| l == *word));
        match (other, segments.as_slice()) {
            (Some(lang), [_, rest @ ..]) => in_language(lang, rest),
            (None, segments) => whole_site(segments)
                .or_else(|| article(segments))
                .or_else(|| in_language(first, segments)),
            (Some(_), []) => None,
        }
    }

    /// The listed queries of this address.
    pub(crate) fn queries(&self) -> &'static [&'static str] {
        match self {
            Self::Page { page: Listing::Search, .. } => &["q", "page"],
            Self::Page { page: Listing::Record | Listing::Corrections, .. }
            | Self::Page {
                page: Listing::List(..) | Listing::Sources | Listing::Archive(_), ..
            } => &["page"],
            _ => &[],
        }
    }
}

fn whole_site(segments: &[&str]) -> Option<Route> {
    let route = match segments {
        ["sitemap.xml"] => Route::Sitemap(0),
        ["sitemap", part] => {
            let number = part.strip_suffix(".xml").and_then(plain_number)?;
            Route::Sitemap(usize::try_from(number).ok().filter(|number| *number > 0)?)
        }
        ["news-sitemap.xml"] => Route::File(File::News),
        ["robots.txt"] => Route::File(File::Robots),
        ["trust.txt"] | [".well-known", "trust.txt"] => Route::File(File::Trust),
        ["security.txt"] | [".well-known", "security.txt"] => Route::File(File::Security),
        ["opensearch.xml"] => Route::File(File::OpenSearch),
        ["favicon.ico" | "favicon.svg"] => Route::File(File::Icon),
        ["balance.json"] => Route::File(File::BalanceNumbers),
        ["balance.csv"] => Route::File(File::BalanceRows),
        ["record", "document", name] => {
            let commit = name.strip_suffix(".json").filter(|text| is_hash(text))?;
            Route::Document(commit.to_owned())
        }
        ["record", "tampered", copy] => match companion(copy) {
            ("copy", part) => Route::Tampered(part),
            _ => return None,
        },
        ["record", "blob", hash] if is_hash(hash) => Route::Blob((*hash).to_owned()),
        ["record", "checkpoint" | "vkey"] | ["record", "tile", _, ..] => {
            Route::RecordFile(segments.get(1..)?.join("/"))
        }
        _ => return None,
    };
    Some(route)
}

fn article(segments: &[&str]) -> Option<Route> {
    let [year, month, slug, rest @ ..] = segments else { return None };
    if !digits(year, 4) || !digits(month, 2) {
        return None;
    }
    let (slug, part) = match rest {
        [] => companion(slug),
        ["compare", pair] => (*slug, compared(pair)?),
        [number] => (*slug, Part::Revision(revision(number.strip_prefix('r')?)?)),
        _ => return None,
    };
    Some(Route::Article { path: format!("/{year}/{month}/{slug}"), part })
}

/// The name and what of it is asked for, by the name's ending.
pub(crate) fn companion(slug: &str) -> (&str, Part) {
    match slug.split_once('.') {
        Some((slug, "json")) => (slug, Part::Sealed),
        Some((slug, "md")) => (slug, Part::Markdown),
        Some((slug, "tlog-proof")) => (slug, Part::Proof),
        _ => (slug, Part::Page),
    }
}

fn in_language(lang: &str, segments: &[&str]) -> Option<Route> {
    let lang = lang.to_owned();
    let list = |word: &str, name: &str| {
        let kind = match word {
            "section" => TagKind::Section,
            "topic" => TagKind::Topic,
            "story" => TagKind::Story,
            _ => return None,
        };
        Some((kind, addresses::name(name)?))
    };
    let page = match segments {
        [] => Listing::Front,
        [name] if feed(name).is_some() => {
            return Some(Route::Feed { lang, list: None, format: feed(name)? });
        }
        [word, name, file] if feed(file).is_some() => {
            let list = Some(list(word, name)?);
            return Some(Route::Feed { lang, list, format: feed(file)? });
        }
        ["archive"] => Listing::Archive(None),
        ["archive", year, month] if digits(year, 4) && digits(month, 2) => {
            Listing::Archive(Some(format!("{year}-{month}")))
        }
        ["topic"] => Listing::Tags(TagKind::Topic),
        ["story"] => Listing::Tags(TagKind::Story),
        ["feeds"] => Listing::Feeds,
        ["about"] => Listing::About,
        ["corrections"] => Listing::Corrections,
        ["sources"] => Listing::Sources,
        ["balance"] => Listing::Balance,
        ["desk"] => Listing::Desk,
        ["policies"] => Listing::Policies,
        ["policies", name] => {
            let (name, part) = companion(name);
            Listing::Policy(name.to_owned(), part)
        }
        ["policies", name, "compare", pair] => Listing::Policy((*name).to_owned(), compared(pair)?),
        ["policies", name, number] => Listing::Policy(
            (*name).to_owned(),
            Part::Revision(revision(number.strip_prefix('r')?)?),
        ),
        ["search"] => Listing::Search,
        ["record"] => Listing::Record,
        ["record", "tampered"] => Listing::Tampered,
        ["record", "entry", number] => Listing::RecordEntry(plain_number(number)?),
        [word, name] => {
            let (kind, name) = list(word, name)?;
            Listing::List(kind, name)
        }
        _ => return None,
    };
    Some(Route::Page { lang, page })
}

fn digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|digit| digit.is_ascii_digit())
}

fn feed(name: &str) -> Option<Format> {
    match name {
        "feed.atom" => Some(Format::Atom),
        "feed.rss" => Some(Format::Rss),
        "feed.json" => Some(Format::Json),
        _ => None,
    }
}

/// A number in its one spelling: no sign, no leading zero.
fn plain_number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

fn revision(text: &str) -> Option<u32> {
    plain_number(text).and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0)
}

/// Two revisions, `1-2`.
fn compared(pair: &str) -> Option<Part> {
    let (old, new) = pair.split_once('-')?;
    Some(Part::Compare(revision(old)?, revision(new)?))
}

fn is_hash(text: &str) -> bool {
    ovn_edition::hex::decode::<32>(text).is_some()
}

#[cfg(test)]
#[path = "routes/tests.rs"]
mod tests;
