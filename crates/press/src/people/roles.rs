//! Who may do what to whose: one table, which `docs/roles.md` shows and a test compares.

/// What somebody is in the newsroom. Each may do what the one before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Writes.
    Reporter,
    /// Works on everybody's drafts, and approves them.
    Editor,
    /// Publishes and corrects.
    Publisher,
    /// Decides who is here.
    Administrator,
}

impl Role {
    /// Every role with its word, the one that may least first.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Reporter, "reporter"),
        (Self::Editor, "editor"),
        (Self::Publisher, "publisher"),
        (Self::Administrator, "administrator"),
    ];

    /// The role's word in tables and forms.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(role, _)| *role == self).map_or("reporter", |(_, word)| word)
    }

    /// The role that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(role, _)| *role)
    }
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Begin a draft.
    Start,
    /// Read a draft.
    Read,
    /// Save a draft's text.
    Write,
    /// Give a draft to be reviewed.
    Submit,
    /// Take or give a draft back to be worked on.
    Return,
    /// Say that a draft may be published.
    Approve,
    /// Seal a draft, so that readers see it.
    Publish,
    /// Begin a correction of a published article.
    Correct,
    /// Put a draft away; its versions are kept.
    Drop,
    /// See who is here.
    People,
    /// Make an invitation link, or take one back.
    Invite,
    /// Give somebody another role.
    ChangeRole,
    /// Let somebody sign in no more, or again.
    Suspend,
    /// See and end sessions.
    Revoke,
    /// Read the trail.
    Trail,
    /// Read readers' letters, and correct or decline what they say.
    Decide,
    /// Take a published article out of reach, by law or for safety.
    Remove,
    /// Say when a draft is to be sealed, or at another moment than before.
    Schedule,
    /// Take a draft off the schedule; it stays approved.
    Unschedule,
    /// Seal a draft at its moment, as the newsroom's own process does.
    Release,
    /// Make and end links by which somebody without an account reads a draft.
    Share,
    /// Say something about a draft, answer, resolve and open again.
    Comment,
    /// Propose something to write, and change the proposal.
    Pitch,
    /// Make a draft of a pitch.
    TakeUp,
    /// Decline a pitch, for a reason.
    Decline,
    /// Take back a pitch.
    Withdraw,
    /// Say who does what for a draft, and what is wanted of it by when.
    Assign,
    /// Say that a task about an article needs nothing.
    Waive,
    /// Change the edition's settings and policies, see how its keys and copies stand, take all of it out.
    Manage,
}

/// Whose it is that something is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// One's own: what one began, or is assigned to; or oneself.
    Own,
    /// Another's, or the newsroom's.
    Others,
}

use Act::{
    Approve, Assign, ChangeRole, Comment, Correct, Decide, Decline, Drop, Invite, Manage, People,
    Pitch, Publish, Read, Release, Remove, Return, Revoke, Schedule, Share, Start, Submit, Suspend,
    TakeUp, Trail, Unschedule, Waive, Withdraw, Write,
};
use Role::{Administrator, Editor, Publisher, Reporter};

/// Each act, its word, and the least role that may do it to its own and to others' things; nobody where there is none.
pub const TABLE: [(Act, &str, Option<Role>, Option<Role>); 29] = [
    (Start, "draft", Some(Reporter), Some(Reporter)),
    (Read, "read", Some(Reporter), Some(Editor)),
    (Write, "write", Some(Reporter), Some(Editor)),
    (Submit, "submit", Some(Reporter), Some(Editor)),
    (Return, "return", Some(Reporter), Some(Editor)),
    (Approve, "approve", Some(Editor), Some(Editor)),
    (Publish, "publish", Some(Publisher), Some(Publisher)),
    (Correct, "correct", Some(Reporter), Some(Editor)),
    (Drop, "drop", Some(Reporter), Some(Editor)),
    (People, "people", Some(Reporter), Some(Reporter)),
    (Invite, "invite", Some(Administrator), Some(Administrator)),
    (ChangeRole, "change role", None, Some(Administrator)),
    (Suspend, "suspend", None, Some(Administrator)),
    (Revoke, "revoke", Some(Reporter), Some(Administrator)),
    (Trail, "trail", Some(Administrator), Some(Administrator)),
    (Decide, "decide", Some(Editor), Some(Editor)),
    (Remove, "remove", Some(Publisher), Some(Publisher)),
    (Schedule, "schedule", Some(Publisher), Some(Publisher)),
    (Unschedule, "unschedule", Some(Editor), Some(Editor)),
    (Release, "release", None, None),
    (Share, "share", Some(Reporter), Some(Editor)),
    (Comment, "comment", Some(Reporter), Some(Editor)),
    (Pitch, "pitch", Some(Reporter), None),
    (TakeUp, "take up", Some(Editor), Some(Editor)),
    (Decline, "decline", Some(Editor), Some(Editor)),
    (Withdraw, "withdraw", Some(Reporter), None),
    (Assign, "assign", Some(Editor), Some(Editor)),
    (Waive, "waive", Some(Reporter), Some(Editor)),
    (Manage, "manage", Some(Administrator), Some(Administrator)),
];

/// Whether somebody with this role may do that.
#[must_use]
pub fn may(role: Role, act: Act, object: Object) -> bool {
    let row = TABLE.iter().find(|(one, ..)| *one == act);
    let least = row.and_then(|(_, _, own, others)| match object {
        Object::Own => *own,
        Object::Others => *others,
    });
    least.is_some_and(|least| role >= least)
}

/// The word of an act.
#[must_use]
pub fn word(act: Act) -> &'static str {
    TABLE.iter().find(|(one, ..)| *one == act).map_or("", |(_, word, ..)| word)
}

/// The table as Markdown: acts down, roles across; what each may do it to.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::from("| act | reporter | editor | publisher | administrator |\n");
    out += "| --- | --- | --- | --- | --- |\n";
    for (act, word, ..) in TABLE {
        out += &format!("| {word} |");
        for (role, _) in Role::ALL {
            let said = match (may(role, act, Object::Own), may(role, act, Object::Others)) {
                (true, true) => "own, others",
                (true, false) => "own",
                (false, true) => "others",
                (false, false) => "–",
            };
            out += &format!(" {said} |");
        }
        out.push('\n');
    }
    out
}
