//! Beginning a draft and saving its text, where nobody's words are overwritten.

use super::State;
use super::comments::carried;
use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed};
use crate::publish::section_slug;
use ovn_edition::markdown;
use ovn_edition::model::Article;
use ovn_store::cabinet::{Draft, Id, Note, Saved, Text, Version};

/// The longest text, in bytes: what the article file's reader takes.
pub const MOST: usize = 2 << 20;

impl People {
    /// Begins a draft of a new article with this text.
    ///
    /// # Errors
    /// [`Refusal::Text`].
    pub fn start(&self, caller: &Caller, text: &str) -> Result<Draft, Error> {
        allowed(&caller.person, Act::Start, Object::Own)?;
        self.begin(caller, text, None)
    }

    /// Keeps a first version; `follows` is a published article's id, revision and address.
    pub(super) fn begin(
        &self,
        caller: &Caller,
        text: &str,
        follows: Option<(Id, u64, String)>,
    ) -> Result<Draft, Error> {
        let draft = self.first(caller, caller.person.id, text, follows)?;
        let verb = if draft.article.is_some() { "correct" } else { "draft" };
        self.cabinet().start(&draft, &self.note(&caller.person, verb, Some(draft.id)))?;
        Ok(draft)
    }

    /// A draft that is not kept yet, begun by `author`.
    pub(crate) fn first(
        &self,
        caller: &Caller,
        author: Id,
        text: &str,
        follows: Option<(Id, u64, String)>,
    ) -> Result<Draft, Error> {
        let (text, at) = (plain(text)?, self.now());
        let (title, lang, sections) = self.told_of(&text, &caller.person.lang);
        let (article, base, path) = match follows {
            Some((id, rev, path)) => (Some(id), Some(rev), Some(path)),
            None => (None, None, None),
        };
        Ok(Draft {
            id: self.chance()?,
            article,
            base,
            author,
            state: State::Draft.word().into(),
            title,
            lang,
            text,
            document: None,
            version: 1,
            writer: author,
            approver: None,
            path,
            at,
            updated: at,
            sections,
        })
    }

    /// Headline, language and sections of a text, for lists.
    pub(super) fn told_of(&self, text: &str, lang: &str) -> (String, String, String) {
        let (title, lang) = title(text, lang);
        let article = markdown::unfinished(text.as_bytes()).map(|read| read.article);
        (title, lang, article.map_or_else(|_| String::new(), |article| self.sections_of(&article)))
    }

    /// The slugs of an article's sections, each between bars.
    pub(super) fn sections_of(&self, article: &Article) -> String {
        let settings = self.settings();
        let known = &settings.sections;
        let slugs = article.sections.iter().filter_map(|name| section_slug(name, known));
        let slugs: String = slugs.map(|slug| format!("{slug}|")).collect();
        if slugs.is_empty() { slugs } else { format!("|{slugs}") }
    }

    /// Keeps a text as the version after `version`. When somebody has saved another meanwhile, nothing is changed and
    /// that one is given back.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`], [`Refusal::Moved`] when it is published or put away, [`Refusal::Text`].
    pub fn save(&self, caller: &Caller, id: &Id, version: u64, text: &str) -> Result<Saved, Error> {
        let kept = self.draft(caller, id)?;
        let state = self.may(caller, Act::Write, &kept)?;
        let text = plain(text)?;
        if text == kept.text {
            return Ok(Saved::Kept(kept.version));
        }
        if version != kept.version {
            return Ok(Saved::Conflict(Box::new(kept)));
        }
        let next = self.after_text(caller, kept, state, text)?;
        Ok(self.cabinet().save(&next, &self.save_note(caller, &next))?)
    }

    /// What follows a draft with this article file.
    pub(super) fn after_text(
        &self,
        caller: &Caller,
        kept: Draft,
        state: State,
        text: String,
    ) -> Result<Draft, Error> {
        within(&text)?;
        let (title, lang, sections) = self.told_of(&text, &kept.lang);
        let document = carried(&kept, &text);
        Ok(Draft {
            state: state.word().into(),
            title,
            lang,
            sections,
            text,
            document,
            writer: caller.person.id,
            updated: self.now(),
            ..kept
        })
    }

    /// The trail's note of the version that `next` becomes.
    pub(crate) fn save_note(&self, caller: &Caller, next: &Draft) -> Note {
        let words = (next.version + 1).to_string();
        Note { words, ..self.note(&caller.person, "save", Some(next.id)) }
    }

    /// The versions of a draft that the caller may read, oldest first.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn versions(&self, caller: &Caller, id: &Id) -> Result<Vec<Version>, Error> {
        self.draft(caller, id)?;
        Ok(self.cabinet().versions(id)?)
    }

    /// One version of a draft that the caller may read.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn version(&self, caller: &Caller, id: &Id, number: u64) -> Result<Text, Error> {
        self.draft(caller, id)?;
        self.cabinet().version(id, number)?.ok_or_else(|| Refusal::Missing.into())
    }
}

/// Whether a text is as long as is kept.
pub(super) fn within(text: &str) -> Result<(), Error> {
    if text.len() > MOST {
        return Err(Refusal::Text(format!("{} bytes, more than {MOST}", text.len())).into());
    }
    Ok(())
}

/// The text with the line ends that files have; forms send others.
fn plain(text: &str) -> Result<String, Error> {
    within(text)?;
    if text.contains('\0') {
        return Err(Refusal::Text("a NUL character".into()).into());
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Headline and language for lists: as the file says, or what stands where they will stand while it is unfinished.
fn title(text: &str, lang: &str) -> (String, String) {
    if let Ok(article) = markdown::read(text.as_bytes()) {
        return (article.headline, article.lang);
    }
    let field = |name: &str| {
        let line = text.lines().take(60).find_map(|line| line.strip_prefix(name))?;
        let value = line.trim().trim_matches('"').trim();
        (!value.is_empty()).then(|| value.chars().take(200).collect::<String>())
    };
    let tag = |tag: &String| {
        tag.len() <= 35 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    (
        field("headline:").unwrap_or_default(),
        field("lang:").filter(tag).unwrap_or_else(|| lang.into()),
    )
}

/// What a new draft begins with.
#[must_use]
pub fn starting(lang: &str, byline: &str, section: &str) -> String {
    titled("", lang, byline, section)
}

/// The same with a headline.
pub(crate) fn titled(headline: &str, lang: &str, byline: &str, section: &str) -> String {
    let headline = serde_json::Value::from(headline);
    let quoted = |text: &str| text.replace(['"', '\\'], "");
    let section =
        if section.is_empty() { String::new() } else { format!("\"{}\"", quoted(section)) };
    format!(
        "---\nheadline: {headline}\nstandfirst: \"\"\nlang: {lang}\nsections: [{section}]\nbyline: [\"{}\"]\nreferences: []\n---\n\n",
        quoted(byline)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_text_has_a_title() {
        let check = |text: &str, expected: (&str, &str)| {
            assert_eq!(title(text, "en"), (expected.0.to_owned(), expected.1.to_owned()), "{text}");
        };
        check("---\nheadline: A bridge\nlang: ur\n---\n\nText.\n", ("A bridge", "ur"));
        check("---\nheadline: \"A bridge\"\nlang: ur\nbyline: [\n", ("A bridge", "ur"));
        check("---\nheadline: \"\"\nlang: <b>\n", ("", "en"));
        check("", ("", "en"));
    }

    #[test]
    fn forms_and_files_end_lines_alike() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(plain(text).ok().as_deref(), expected);
        };
        check("a\r\nb\rc\n", Some("a\nb\nc\n"));
        check("a\0", None);
        check(&"a".repeat(MOST + 1), None);
    }
}
