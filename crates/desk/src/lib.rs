//! Questions about a text, with the words that raise them: the same rules for every side, in the open, re-runnable.
//!
//! [`report`] reads an article and gives what the rules found; [`again`] runs the rules that a sealed report names and
//! gives what they find today, so that two reports can be compared byte for byte. Nothing here judges a text as a
//! whole: no score, no side, no "nothing found". Everything is a pure function, in time linear in the text.

pub mod balance;
pub mod governments;
mod house;
pub mod lists;
pub mod reading;
mod report;
pub mod rule;
mod rules;
mod sink;
pub mod wording;

pub use report::{Other, again, report, standing};
pub use rules::{all, find};
