//! Pitches: a reporter proposes, an editor makes a draft of it or says why not, and the reporter sees which.

use crate::drafts::{paragraphs, titled};
use crate::people::entry::whose;
use crate::people::{Act, Caller, Error, Object, People, Refusal, allowed, roles};
use ovn_edition::text::one_line;
use ovn_store::cabinet::{Draft, Id, Note, Pitch};

/// Pitches on the screen.
const MOST: u64 = 200;
/// The longest headline, in characters.
const TITLE: usize = 200;
/// The longest of everything else, in characters.
const WORDS: usize = 2_000;
/// The longest reason, in characters.
const REASON: usize = 600;

/// Where a pitch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has decided.
    Open,
    /// A draft was made of it.
    Taken,
    /// An editor has said why not.
    Declined,
    /// Its author has taken it back.
    Withdrawn,
}

impl State {
    /// Every state with its word.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Open, "open"),
        (Self::Taken, "taken"),
        (Self::Declined, "declined"),
        (Self::Withdrawn, "withdrawn"),
    ];

    /// The state's word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("open", |(_, word)| word)
    }

    /// The state of a pitch.
    #[must_use]
    pub fn of(pitch: &Pitch) -> Self {
        let known = Self::ALL.iter().find(|(_, word)| *word == pitch.state);
        known.map_or(Self::Taken, |(state, _)| *state)
    }
}

/// Which act moves a pitch from which states to which. An editor may come back to what was declined.
pub const TRANSITIONS: [(Act, &[State], State); 4] = [
    (Act::Pitch, &[State::Open], State::Open),
    (Act::TakeUp, &[State::Open, State::Declined], State::Taken),
    (Act::Decline, &[State::Open], State::Declined),
    (Act::Withdraw, &[State::Open], State::Withdrawn),
];

/// Where `act` leads from `state`; `None` where it leads nowhere.
#[must_use]
pub fn after(act: Act, state: State) -> Option<State> {
    let (_, from, to) = TRANSITIONS.iter().find(|(one, ..)| *one == act)?;
    from.contains(&state).then_some(*to)
}

/// The transitions as Markdown: acts down, states across.
#[must_use]
pub fn markdown() -> String {
    let words: Vec<&str> = State::ALL.iter().map(|(_, word)| *word).collect();
    let mut out = format!("| act | from {} |\n", words.join(" | from "));
    out += &format!("| --- |{}\n", " --- |".repeat(words.len()));
    for (act, ..) in TRANSITIONS {
        out += &format!("| {} |", roles::word(act));
        for (state, _) in State::ALL {
            out += &format!(" {} |", after(act, state).map_or("–", State::word));
        }
        out.push('\n');
    }
    out
}

/// What somebody proposes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Idea<'a> {
    /// What its headline might be.
    pub title: &'a str,
    /// In which language of the edition.
    pub lang: &'a str,
    /// Why it is worth writing.
    pub why: &'a str,
    /// What it would rest on.
    pub sources: &'a str,
    /// For whom it would be.
    pub audience: &'a str,
    /// By when: a time on the edition's clock, or nothing.
    pub due: &'a str,
}

/// How a pitch is taken up.
#[derive(Debug, Clone, Copy, Default)]
pub struct Taking<'a> {
    /// Who is assigned to the draft.
    pub person: Id,
    /// One of [`crate::drafts::PARTS`].
    pub part: &'a str,
    /// By when: a time on the edition's clock, or nothing.
    pub due: &'a str,
    /// How many words, or nothing.
    pub words: &'a str,
    /// What they are to know.
    pub notes: &'a str,
}

impl People {
    /// Keeps a proposal.
    ///
    /// # Errors
    /// [`Refusal::Text`] with `pitch` when headline or reason are missing or too long, with `lang`, `moment` and
    /// `moment-skipped`.
    pub fn pitch(&self, caller: &Caller, idea: &Idea<'_>) -> Result<Pitch, Error> {
        allowed(&caller.person, Act::Pitch, Object::Own)?;
        let at = self.now();
        let empty = Pitch {
            id: self.chance()?,
            author: caller.person.id,
            state: State::Open.word().into(),
            title: String::new(),
            lang: String::new(),
            why: String::new(),
            sources: String::new(),
            audience: String::new(),
            due: None,
            at,
            updated: at,
            person: None,
            reason: None,
            draft: None,
        };
        let pitch = self.pitched(empty, idea)?;
        self.cabinet().add_pitch(&pitch, &self.note(&caller.person, "pitch", Some(pitch.id)))?;
        Ok(pitch)
    }

    /// A pitch with what an idea says, checked.
    fn pitched(&self, pitch: Pitch, idea: &Idea<'_>) -> Result<Pitch, Error> {
        let refused = |word: &str| Error::from(Refusal::Text(word.into()));
        let title = one_line(idea.title);
        let [why, sources, audience] = [idea.why, idea.sources, idea.audience].map(paragraphs);
        let long = [&why, &sources, &audience].iter().any(|words| words.chars().count() > WORDS);
        if title.is_empty() || title.chars().count() > TITLE || why.is_empty() || long {
            return Err(refused("pitch"));
        }
        if !self.settings().languages.iter().any(|lang| lang == idea.lang) {
            return Err(refused("lang"));
        }
        let due = self.deadline(idea.due)?;
        Ok(Pitch { title, lang: idea.lang.into(), why, sources, audience, due, ..pitch })
    }

    /// The pitches that the caller may read, each with its author's name: open ones first.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn pitches(&self, caller: &Caller) -> Result<Vec<(Pitch, String)>, Error> {
        let all = allowed(&caller.person, Act::Read, Object::Others).is_ok();
        Ok(self.cabinet().pitches((!all).then_some(&caller.person.id), MOST)?)
    }

    /// A pitch that the caller may read: their own, everybody's for those who read everybody's drafts, and the one behind a
    /// draft for whoever is assigned to that. Another one is missing, as one that never was.
    ///
    /// # Errors
    /// [`Refusal::Missing`].
    pub fn one_pitch(&self, caller: &Caller, id: &Id) -> Result<Pitch, Error> {
        let pitch = self.cabinet().pitch(id)?.ok_or(Refusal::Missing)?;
        let own = allowed(&caller.person, Act::Read, whose(caller, &pitch.author)).is_ok();
        let assigned = match &pitch.draft {
            Some(draft) if !own => self.cabinet().is_assigned(draft, &caller.person.id)?,
            _ => false,
        };
        if own || assigned { Ok(pitch) } else { Err(Refusal::Missing.into()) }
    }

    /// The pitch that became a draft which the caller may read.
    ///
    /// # Errors
    /// When the cabinet can't be read.
    pub fn pitch_behind(&self, draft: &Draft) -> Result<Option<Pitch>, Error> {
        Ok(self.cabinet().pitch_of(&draft.id)?)
    }

    /// Whether the caller may do `act` to a pitch as it stands.
    ///
    /// # Errors
    /// [`Refusal::Role`], [`Refusal::Moved`].
    pub fn may_pitch(&self, caller: &Caller, act: Act, pitch: &Pitch) -> Result<State, Error> {
        allowed(&caller.person, act, whose(caller, &pitch.author))?;
        after(act, State::of(pitch)).ok_or_else(|| Refusal::Moved.into())
    }

    /// Puts other words into one's own open pitch.
    ///
    /// # Errors
    /// As [`People::pitch`]; [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Moved`].
    pub fn rewrite_pitch(&self, caller: &Caller, id: &Id, idea: &Idea<'_>) -> Result<(), Error> {
        let kept = self.one_pitch(caller, id)?;
        self.may_pitch(caller, Act::Pitch, &kept)?;
        let next = self.pitched(kept.clone(), idea)?;
        self.changed(caller, &kept, next, "pitch-change", String::new())
    }

    /// Declines a pitch; its author sees the reason.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Moved`]; [`Refusal::Text`] with `reason` without one.
    pub fn decline_pitch(&self, caller: &Caller, id: &Id, reason: &str) -> Result<(), Error> {
        let kept = self.one_pitch(caller, id)?;
        let state = self.may_pitch(caller, Act::Decline, &kept)?;
        let reason = one_line(reason);
        if reason.is_empty() || reason.chars().count() > REASON {
            return Err(Refusal::Text("reason".into()).into());
        }
        let next = Pitch {
            state: state.word().into(),
            person: Some(caller.person.id),
            reason: Some(reason),
            ..kept.clone()
        };
        self.changed(caller, &kept, next, "pitch-decline", String::new())
    }

    /// Takes back one's own pitch.
    ///
    /// # Errors
    /// [`Refusal::Missing`], [`Refusal::Role`], [`Refusal::Moved`].
    pub fn withdraw_pitch(&self, caller: &Caller, id: &Id) -> Result<(), Error> {
        let kept = self.one_pitch(caller, id)?;
        let state = self.may_pitch(caller, Act::Withdraw, &kept)?;
        let next = Pitch { state: state.word().into(), ..kept.clone() };
        self.changed(caller, &kept, next, "pitch-withdraw", String::new())
    }

    fn changed(
        &self,
        caller: &Caller,
        kept: &Pitch,
        next: Pitch,
        verb: &'static str,
        words: String,
    ) -> Result<(), Error> {
        // Two changes in the same millisecond are two.
        let next = Pitch { updated: self.now().max(kept.updated + 1), ..next };
        let note = Note { words, ..self.note(&caller.person, verb, Some(kept.id)) };
        let done = self.cabinet().change_pitch(&next, &kept.state, kept.updated, &note)?;
        if done { Ok(()) } else { Err(Refusal::Moved.into()) }
    }

    /// Makes a draft of a pitch, begun by whoever pitched it, and assigns it.
    ///
    /// # Errors
    /// [`Refusal::Missing`] also for a person who may not sign in, [`Refusal::Role`], [`Refusal::Moved`]; [`Refusal::Text`]
    /// as [`People::assign`] and [`People::ask`].
    pub fn take_pitch(&self, caller: &Caller, id: &Id, how: &Taking<'_>) -> Result<Draft, Error> {
        let kept = self.one_pitch(caller, id)?;
        let state = self.may_pitch(caller, Act::TakeUp, &kept)?;
        let asked = self.wanted(how.due, how.words, how.notes)?;
        let author = self.cabinet().person(&kept.author)?.ok_or(Refusal::Missing)?;
        let settings = self.settings();
        let section = settings.sections.first();
        let section = section.and_then(|one| one.name.get(&kept.lang));
        let section = section.map_or("", String::as_str);
        let text = titled(&kept.title, &kept.lang, &author.name, section);
        let draft = self.first(caller, kept.author, &text, None)?;
        let assigned = self.part(caller, &draft.id, &how.person, how.part)?;
        let next = Pitch {
            state: state.word().into(),
            person: Some(caller.person.id),
            reason: None,
            draft: Some(draft.id),
            updated: self.now().max(kept.updated + 1),
            ..kept.clone()
        };
        let notes = [
            self.note(&caller.person, "pitch-take", Some(kept.id)),
            self.part_note(caller, "assign", &draft.id, &how.person)?,
        ];
        let judged = (&next, kept.state.as_str(), kept.updated);
        if self.cabinet().take_pitch(judged, &draft, &assigned, &asked, &notes)? {
            Ok(draft)
        } else {
            Err(Refusal::Moved.into())
        }
    }
}
