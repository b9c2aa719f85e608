//! May this file become that revision? The rules between an article's sealed state and the one that is offered.

use ovn_edition::{
    model::{Article, Class},
    weigh::{Weighty, What},
};

/// Why a revision is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address has an article already, and the file declares no class.
    #[error(
        "{path} is published already (revision {rev}); if this is a new revision of it, declare what it is with \
         `ovn correct` or with `change: {{class: …, note: …}}` in the file; if it is another article, give it another slug"
    )]
    Taken {
        /// The address.
        path: String,
        /// The newest revision there.
        rev: u32,
    },
    /// What stood at the address was removed.
    #[error(
        "{path} was removed, and its address says so to readers; give this article another slug"
    )]
    Removed {
        /// The address.
        path: String,
    },
    /// A class is declared and there is nothing to revise.
    #[error(
        "the file declares a {class}, but no article with the slug {slug:?} is published; check the slug"
    )]
    Nothing {
        /// The declared class.
        class: &'static str,
        /// The slug.
        slug: String,
    },
    /// Nothing changed.
    #[error("{path} reads the same already; nothing was published")]
    Same {
        /// The address.
        path: String,
    },
    /// A class that readers are told of needs a note.
    #[error("a {0} needs a note that tells readers what changed: change: {{class: {0}, note: …}}")]
    Note(&'static str),
    /// The language cannot change.
    #[error(
        "the language of a published article can't change from {from} to {to}; publish a translation instead"
    )]
    Language {
        /// As sealed.
        from: String,
        /// As offered.
        to: String,
    },
    /// Declared a typo, and it carries meaning.
    #[error(
        "this can't pass as a typo, because it changes what the text says:\n{0}\ndeclare a clarification, a correction or an update"
    )]
    Weighty(String),
}

/// What is published already at the article's slug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its address.
    pub path: String,
    /// Its newest revision.
    pub rev: u32,
    /// What that says.
    pub article: Article,
}

/// Whether `offered` may follow `known`, or begin an article where nothing is known.
///
/// # Errors
/// With the reason, for the editor.
pub(super) fn allow(offered: &Article, known: Option<&Known>) -> Result<(), Error> {
    let class = offered.change.class;
    let Some(known) = known else {
        if class == Class::Publication {
            return Ok(());
        }
        let slug = offered.slug.clone().unwrap_or_default();
        return Err(Error::Nothing { class: class.word(), slug });
    };
    if same(offered, &known.article) {
        return Err(Error::Same { path: known.path.clone() });
    }
    if class == Class::Publication {
        return Err(Error::Taken { path: known.path.clone(), rev: known.rev });
    }
    if offered.lang != known.article.lang {
        let (from, to) = (known.article.lang.clone(), offered.lang.clone());
        return Err(Error::Language { from, to });
    }
    let silent = offered.change.note.as_deref().is_none_or(|note| note.trim().is_empty());
    if class != Class::Typo && silent {
        return Err(Error::Note(class.word()));
    }
    if class == Class::Typo {
        weigh(&known.article, offered)?;
    }
    Ok(())
}

fn weigh(old: &Article, new: &Article) -> Result<(), Error> {
    let found = ovn_edition::weigh::typo(old, new);
    if found.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = found.iter().map(line).collect();
    Err(Error::Weighty(lines.join("\n")))
}

fn line(one: &Weighty) -> String {
    let what = match one.what {
        What::Number => "a number",
        What::Name => "a name",
        What::Quotation => "a quotation",
        What::Negation => "a negation",
        What::Word => "a word",
        What::Source => "a source or link",
    };
    format!("  {what}: “{}” became “{}” (block {})", one.old, one.new, one.block)
}

/// The same to a reader: everything but what is declared about the change, and when sources were archived.
fn same(a: &Article, b: &Article) -> bool {
    let plain = |article: &Article| {
        let mut article = article.clone();
        article.change = ovn_edition::model::Change::default();
        article.slug = None;
        for source in &mut article.references {
            if let Some(serde_json::Value::Object(custom)) = source.csl.get_mut("custom") {
                custom.remove("archived");
            }
        }
        article
    };
    plain(a) == plain(b)
}
