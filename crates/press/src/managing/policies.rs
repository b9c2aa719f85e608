//! The edition's policies: which there are, what each says, and a change of one, sealed like an article.

use super::starters;
use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed};
use crate::policy;
use ovn_edition::markdown::{self, Problem};
use ovn_edition::model::Article;
use ovn_edition::sealed;
use ovn_edition::text::one_line;
use ovn_store::cabinet::Note;
use ovn_store::rows::{Head, HeadKind, Revision};

/// The policies that an edition usually has, in the order in which they are listed. Each has a property of schema.org's, by
/// which machines find it.
pub const POLICIES: [&str; 9] = [
    "mission",
    "ethics",
    "corrections",
    "verification",
    "sources",
    "ownership",
    "masthead",
    "diversity",
    "feedback",
];

/// The longest name of a policy, in characters.
const LONGEST: usize = 40;

/// A policy in one language, published or not yet.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Last part of its address.
    pub name: String,
    /// Its language.
    pub lang: String,
    /// Where readers have it, or would.
    pub path: String,
    /// What is published of it.
    pub head: Option<Head>,
}

/// What a policy says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    /// Its headline.
    pub headline: String,
    /// What it is about, in a sentence; may be empty.
    pub standfirst: String,
    /// Its text, in Markdown.
    pub text: String,
}

/// A policy opened to be written.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Which it is.
    pub policy: Policy,
    /// What is published, or else a text to begin with, or nothing.
    pub wording: Wording,
    /// Its revisions, oldest first.
    pub revisions: Vec<Revision>,
}

/// What came of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Set {
    /// It is sealed, as this revision.
    Sealed(u32),
    /// It says that already.
    Same,
    /// It can't be sealed: what is wrong in the text, by its lines; line 0 is outside of it.
    Wrong(Vec<Problem>),
}

impl People {
    /// Every policy that is published or usual, in each language of the edition.
    ///
    /// # Errors
    /// [`Refusal::Role`]; when the edition can't be read.
    pub fn policies(&self, caller: &Caller) -> Result<Vec<Policy>, Error> {
        allowed(&caller.person, Act::Manage, Object::Others)?;
        let settings = self.settings();
        let mut names: Vec<String> = POLICIES.map(str::to_owned).to_vec();
        for path in self.reader().paths(HeadKind::Policy)? {
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut all = Vec::new();
        for lang in &settings.languages {
            for name in &names {
                all.push(self.named(lang, name)?);
            }
        }
        Ok(all)
    }

    fn named(&self, lang: &str, name: &str) -> Result<Policy, Error> {
        let path = policy::path(&self.settings().languages, lang, name);
        let head = self.reader().head(&path)?.filter(|head| head.kind == HeadKind::Policy);
        Ok(Policy { name: name.to_owned(), lang: lang.to_owned(), path, head })
    }

    /// One policy, to be written.
    ///
    /// # Errors
    /// [`Refusal::Role`]; [`Refusal::Missing`] for a language that the edition does not have and a name that is none.
    pub fn policy(&self, caller: &Caller, lang: &str, name: &str) -> Result<Opened, Error> {
        allowed(&caller.person, Act::Manage, Object::Others)?;
        let settings = self.settings();
        if !is_name(name) || !settings.languages.iter().any(|one| one == lang) {
            return Err(Refusal::Missing.into());
        }
        let policy = self.named(lang, name)?;
        let revisions = match &policy.head {
            Some(head) => self.reader().revisions(&head.id)?,
            None => Vec::new(),
        };
        let wording = match revisions.last() {
            Some(newest) => said(newest)?,
            None => starters::of(&settings.languages, lang, name),
        };
        Ok(Opened { policy, wording, revisions })
    }

    /// The policy as it would be sealed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read_policy(lang: &str, wording: &Wording) -> Result<Article, Vec<Problem>> {
        let (file, before) = file(lang, wording);
        let shift =
            |problem: Problem| Problem { line: problem.line.saturating_sub(before), ..problem };
        markdown::read(file.as_bytes()).map_err(|all| all.into_iter().map(shift).collect())
    }

    /// Seals what a policy says from now on, if it still says what it did in revision `rev`; 0 is none yet.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Missing`]; [`Refusal::Moved`] when somebody else changed it meanwhile;
    /// [`Refusal::Setting`] while it has words that are still to come.
    pub fn set_policy(
        &self,
        caller: &Caller,
        lang: &str,
        name: &str,
        rev: u32,
        wording: &Wording,
    ) -> Result<Set, Error> {
        let opened = self.policy(caller, lang, name)?;
        if let Err(problems) = Self::read_policy(lang, wording) {
            return Ok(Set::Wrong(problems));
        }
        let marked = [&wording.headline, &wording.standfirst, &wording.text];
        if marked.into_iter().any(|text| crate::drafts::marks(text) > 0) {
            return Err(Refusal::Setting("policy-marks", String::new()).into());
        }
        let room = self.room()?;
        // Whoever seals is alone now, so what is read here stays.
        let now = room.reader().head(&opened.policy.path)?.map_or(0, |head| head.rev);
        if now != rev {
            return Err(Refusal::Moved.into());
        }
        let (file, _) = file(lang, wording);
        let draft = policy::draft(&room, name, file.as_bytes()).map_err(refused)?;
        let Some(draft) = draft else { return Ok(Set::Same) };
        room.seal(vec![draft])?;
        let words = format!("{} · {}", opened.policy.path, now + 1);
        let note = self.note(&caller.person, "policy", None);
        self.cabinet().note(&Note { words, ..note })?;
        Ok(Set::Sealed(now + 1))
    }
}

/// Whether a policy may have this name.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && name.len() <= LONGEST && name.chars().all(plain)
}

/// The article file of a policy, and how many of its lines stand before the text.
fn file(lang: &str, wording: &Wording) -> (String, usize) {
    // A string of JSON is one of YAML.
    let text = |text: &str| serde_json::Value::from(one_line(text)).to_string();
    let mut head = format!("---\nheadline: {}\n", text(&wording.headline));
    if !wording.standfirst.trim().is_empty() {
        head += &format!("standfirst: {}\n", text(&wording.standfirst));
    }
    head += &format!("lang: {lang}\n---\n\n");
    let body = wording.text.replace("\r\n", "\n").replace('\r', "\n");
    (format!("{head}{}\n", body.trim_end()), head.lines().count())
}

/// What a revision of a policy says.
fn said(revision: &Revision) -> Result<Wording, Error> {
    let article = sealed::read_article(&revision.document);
    let (article, _) = article.map_err(|error| Refusal::Text(error.to_string()))?;
    let file = markdown::write(&article);
    // What is below the second line of hyphens.
    let text = file.splitn(3, "---\n").nth(2).unwrap_or_default().trim_start_matches('\n');
    Ok(Wording {
        headline: article.headline,
        standfirst: article.standfirst.unwrap_or_default(),
        text: text.to_owned(),
    })
}

fn refused(error: policy::Error) -> Error {
    match error {
        policy::Error::Newsroom(error) => error.into(),
        other => Refusal::Text(other.to_string()).into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_policy_is_an_article_file() {
        let wording = Wording {
            headline: "Ethics: \"ours\"".into(),
            standfirst: "One\nline.".into(),
            text: "First.\r\n\r\n- a\r\n- b".into(),
        };
        let article = People::read_policy("en", &wording).unwrap();
        assert_eq!(article.headline, "Ethics: \"ours\"");
        assert_eq!(article.standfirst.as_deref(), Some("One line."));
        assert_eq!(article.body.len(), 2);
        let wrong = Wording { text: "Good.\n\n<script>".into(), ..wording.clone() };
        let problems = People::read_policy("en", &wrong).unwrap_err();
        assert_eq!(problems.iter().map(|one| one.line).collect::<Vec<_>>(), [3], "{problems:?}");
        let none = Wording { headline: " ".into(), ..wording };
        assert!(People::read_policy("en", &none).is_err());
    }

    #[test]
    fn names_are_plain() {
        assert!(POLICIES.iter().all(|name| is_name(name)));
        assert!(["", "Ethics", "../x", "a b"].iter().all(|name| !is_name(name)));
    }
}
