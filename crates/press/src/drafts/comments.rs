//! Comments on a draft: said, answered, resolved. Their words are kept apart from the text, which holds only the place.

use super::document::{base, opened};
use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed};
use ovn_edition::editor::{self, Sheet};
use ovn_edition::text::{composed, one_line};
use ovn_edition::{hex, markdown};
use ovn_store::cabinet::{Comment, Draft, Id, Mentioned, Saved, Step, Talk, Told};
use serde_json::{Value, json};

/// The longest comment, in characters.
pub const LONGEST_COMMENT: usize = 4000;
/// The longest quotation that is kept of the words that a comment is about, in characters.
const QUOTE: usize = 300;
/// Comments and answers that a draft may have.
const MOST: u64 = 2000;
/// Unread comments that one person is shown.
const SHOWN: u64 = 50;
/// How often a place is sought again when somebody else saves in the same moment.
const TRIES: usize = 5;
/// By what the steps of the newsroom itself are known among those of open tabs.
const ITSELF: &str = "ovnnewsroom";

/// What somebody says.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// An id of the sender's choice, by which it is kept once however often it is sent.
    pub id: &'a str,
    /// The comment that it answers.
    pub thread: Option<&'a str>,
    /// The words that it is about.
    pub quote: &'a str,
    /// What is said.
    pub words: &'a str,
}

impl People {
    /// What was said about a draft that the caller may read, since change number `after`.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn talk(&self, caller: &Caller, id: &Id, after: u64) -> Result<Talk, Error> {
        self.draft(caller, id)?;
        Ok(self.cabinet().talk(id, after)?)
    }

    /// Keeps a comment or an answer in the caller's name, now. Sent again, it changes nothing.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Moved`] where the draft is published or put away, and
    /// [`Refusal::Text`] with `comment` for one that is empty, too long, one too many or an answer to nothing.
    pub fn comment(&self, caller: &Caller, id: &Id, said: Said<'_>) -> Result<(), Error> {
        let draft = self.draft(caller, id)?;
        self.may(caller, Act::Comment, &draft)?;
        let wrong = || Error::from(Refusal::Text("comment".into()));
        let named = |one: &str| editor::is_opaque(one);
        let words = plain(said.words);
        let long = words.chars().count() > LONGEST_COMMENT;
        if words.is_empty() || long || !named(said.id) || !said.thread.is_none_or(named) {
            return Err(wrong());
        }
        let one = Comment {
            id: said.id.to_owned(),
            thread: said.thread.map(str::to_owned),
            person: caller.person.id,
            name: caller.person.name.clone(),
            at: self.now(),
            quote: if said.thread.is_some() { String::new() } else { short(said.quote) },
            words,
            resolved: None,
        };
        let for_whom = self.for_whom(&draft, &one)?;
        let note = self.note(&caller.person, "comment", Some(*id));
        match self.cabinet().tell(id, &one, &for_whom, MOST, &note)? {
            Told::Refused => Err(wrong()),
            Told::Known => Ok(()),
            Told::Kept => Ok(self.cabinet().heard(&caller.person.id, id, said.id, self.now())?),
        }
    }

    /// Whom a comment is for: those whom it names, and those who spoke in its thread, if they may read the draft.
    fn for_whom(&self, draft: &Draft, one: &Comment) -> Result<Vec<Id>, Error> {
        let spoke: Vec<Id> = match &one.thread {
            None => Vec::new(),
            Some(thread) => {
                let talk = self.cabinet().talk(&draft.id, 0)?.list;
                let within =
                    |other: &&Comment| other.id == *thread || other.thread.as_ref() == Some(thread);
                talk.iter().filter(within).map(|other| other.person).collect()
            }
        };
        let mut people = self.cabinet().people()?;
        people.retain(|person| {
            let whose = if person.id == draft.author { Object::Own } else { Object::Others };
            let reads = person.active && allowed(person, Act::Read, whose).is_ok();
            let meant = spoke.contains(&person.id) || names(&one.words, &person.name);
            reads && meant && person.id != one.person
        });
        Ok(people.into_iter().map(|person| person.id).collect())
    }

    /// Comments on words of the draft, or on all of it where `quote` is empty, and sets the place in the text where the draft may
    /// be written: for whoever has no editor.
    ///
    /// # Errors
    /// As [`People::comment`], and [`Refusal::Text`] with `quote` where the words don't stand in one line of the text.
    pub fn comment_on(
        &self,
        caller: &Caller,
        id: &Id,
        quote: &str,
        words: &str,
    ) -> Result<String, Error> {
        let name = self.name()?;
        let quote = one_line(quote);
        let draft = self.draft(caller, id)?;
        let placed = !quote.is_empty() && self.may(caller, Act::Write, &draft).is_ok();
        if placed && self.placed(&draft, &quote, &name)?.is_none() {
            return Err(Refusal::Text("quote".into()).into());
        }
        self.comment(caller, id, Said { id: &name, thread: None, quote: &quote, words })?;
        for _ in 0..TRIES {
            if !placed {
                break;
            }
            let draft = self.draft(caller, id)?;
            let Some((next, step)) = self.placed(&draft, &quote, &name)? else { break };
            if let Saved::Kept(_) = self.cabinet().save_places(&next, &[step])? {
                break;
            }
        }
        Ok(name)
    }

    /// Answers a comment in the caller's name; the answer's id.
    ///
    /// # Errors
    /// As [`People::comment`].
    pub fn answer(
        &self,
        caller: &Caller,
        id: &Id,
        thread: &str,
        words: &str,
    ) -> Result<String, Error> {
        let name = self.name()?;
        self.comment(caller, id, Said { id: &name, thread: Some(thread), quote: "", words })?;
        Ok(name)
    }

    fn name(&self) -> Result<String, Error> {
        Ok(format!("c{}", hex::encode(&self.chance::<12>()?)))
    }

    /// The draft with the place of a comment on these words, and the step that makes it.
    fn placed(
        &self,
        draft: &Draft,
        quote: &str,
        name: &str,
    ) -> Result<Option<(Draft, Step)>, Error> {
        let Ok(opened) = opened(draft) else { return Ok(None) };
        let Ok(sheet) = editor::read(opened.document.as_bytes()) else { return Ok(None) };
        let Some((sheet, range)) = sheet.commented(quote, 0, name) else { return Ok(None) };
        let mark = json!({"type": "comment", "attrs": {"id": name}});
        let step =
            json!({"stepType": "addMark", "mark": mark, "from": range.start, "to": range.end});
        let step =
            Step { number: draft.version + 1, writer: ITSELF.into(), step: step.to_string() };
        Ok(Some((Draft { document: Some(sheet.write()), ..draft.clone() }, step)))
    }

    /// Resolves a thread, or opens it again.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Moved`].
    pub fn resolve(
        &self,
        caller: &Caller,
        id: &Id,
        comment: &str,
        resolved: bool,
    ) -> Result<(), Error> {
        let draft = self.draft(caller, id)?;
        self.may(caller, Act::Comment, &draft)?;
        let verb = if resolved { "resolve" } else { "reopen" };
        let note = self.note(&caller.person, verb, Some(*id));
        if !self.cabinet().resolve(id, comment, resolved, &note)? {
            return Err(Refusal::Missing.into());
        }
        Ok(self.cabinet().heard(&caller.person.id, id, comment, self.now())?)
    }

    /// How many comments on a draft are open, whoever asks.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn open_comments(&self, id: &Id) -> Result<u64, Error> {
        Ok(self.cabinet().open_comments(id)?)
    }

    /// Comments that are for the caller and that they have not said to have read, the newest first.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn mentions(&self, caller: &Caller) -> Result<Vec<Mentioned>, Error> {
        let mut all = self.cabinet().mentions(&caller.person.id, SHOWN)?;
        // Whoever has another role since then may not read them all.
        all.retain(|one| self.draft(caller, &one.draft).is_ok());
        Ok(all)
    }

    /// Notes that the caller has read what is for them in the thread of this comment.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn seen(&self, caller: &Caller, id: &Id, comment: &str) -> Result<(), Error> {
        self.draft(caller, id)?;
        Ok(self.cabinet().heard(&caller.person.id, id, comment, self.now())?)
    }

    /// Keeps steps that set or take away places of comments and change nothing else; `None` where they do more.
    pub(super) fn only_places(
        &self,
        kept: &Draft,
        steps: &[Value],
        writer: &str,
        sheet: &Sheet,
    ) -> Result<Option<Saved>, Error> {
        if !steps.iter().all(is_of_place) {
            return Ok(None);
        }
        let before = editor::read(opened(kept)?.document.as_bytes());
        if !before.is_ok_and(|before| before.says_as(sheet)) {
            return Ok(None);
        }
        let steps: Vec<Step> = (kept.version + 1..)
            .zip(steps)
            .map(|(number, step)| Step { number, writer: writer.into(), step: step.to_string() })
            .collect();
        let next = Draft { document: Some(sheet.write()), ..kept.clone() };
        Ok(Some(self.cabinet().save_places(&next, &steps)?))
    }
}

fn is_of_place(step: &Value) -> bool {
    let kind = step.get("stepType").and_then(Value::as_str);
    let mark = step.pointer("/mark/type").and_then(Value::as_str);
    matches!(kind, Some("addMark" | "removeMark")) && mark == Some("comment")
}

/// The document of a draft whose text was saved as a file: with the comments where their words still stand. `None` where no comment
/// has a place in it; the editor then makes the document of the file.
pub(super) fn carried(kept: &Draft, text: &str) -> Option<String> {
    let old = editor::read(kept.document.as_ref()?.as_bytes()).ok()?;
    let places = old.places();
    if places.is_empty() {
        return None;
    }
    let article = markdown::read(text.as_bytes()).ok()?;
    let plain = editor::read(editor::write(&article).as_bytes()).ok()?;
    let place = |sheet: &Sheet, one: &editor::Place| {
        sheet.commented(&one.words, one.before, &one.id).map(|(sheet, _)| sheet)
    };
    let next = places.iter().fold(plain.clone(), |sheet, one| place(&sheet, one).unwrap_or(sheet));
    let base = base(&Draft { text: text.to_owned(), ..kept.clone() }).ok()?;
    (next != plain && next.onto(&base) == article).then(|| next.write())
}

/// The words in one form: NFC, without control characters but ends of lines, without white space at the edges.
fn plain(words: &str) -> String {
    let lines = words.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |one: &char| *one == '\n' || !one.is_control();
    composed(&lines).chars().filter(kept).collect::<String>().trim().to_owned()
}

fn short(quote: &str) -> String {
    let line = one_line(&plain(quote));
    if line.chars().count() <= QUOTE {
        return line;
    }
    line.chars().take(QUOTE).chain(['…']).collect()
}

/// Whether `words` call somebody by `@` and their whole name, case aside.
fn names(words: &str, name: &str) -> bool {
    let words = words.to_lowercase();
    let called = format!("@{}", composed(name).to_lowercase());
    words.match_indices(&called).any(|(at, found)| {
        let next = words.get(at + found.len()..).and_then(|rest| rest.chars().next());
        next.is_none_or(|next| !next.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_called_whole() {
        let check = |words: &str, name: &str, expected: bool| {
            assert_eq!(names(words, name), expected, "{words}");
        };
        check("@Amina Khan, is this so?", "Amina Khan", true);
        check("Ask @amina khan.", "Amina Khan", true);
        check("@Amina Khanum", "Amina Khan", false);
        check("@Amina", "Amina Khan", false);
        check("Amina Khan", "Amina Khan", false);
        check("@بلال احمد دیکھیے", "بلال احمد", true);
    }

    #[test]
    fn words_are_kept_in_one_form() {
        let check = |given: &str, expected: &str| assert_eq!(plain(given), expected);
        check("  a\r\nb\u{7}\u{0} ", "a\nb");
        check("e\u{301}", "é");
        assert_eq!(short(&"a ".repeat(400)).chars().count(), QUOTE + 1);
    }
}
