//! The screens, one file a concern: from a visit to an answer.

pub(super) mod article;
pub(super) mod comments;
pub(super) mod compare;
pub(super) mod desk;
pub(super) mod document;
pub(super) mod door;
pub(super) mod draft;
pub(super) mod hand;
pub(super) mod history;
pub(super) mod letters;
pub(super) mod me;
pub(super) mod passkey;
pub(super) mod person;
pub(super) mod picture;
pub(super) mod publish;
pub(super) mod removal;
pub(super) mod schedule;
pub(super) mod share;
pub(super) mod source;
pub(super) mod staff;
pub(super) mod suggestions;
pub(super) mod texts;
pub(super) mod together;
pub(super) mod trouble;
