//! What is published: the article, its file, its sealed form and its page.
//!
//! Everything here is a pure function: no file, network, clock, randomness or log. [`model`] is the truth that
//! Markdown and pages are two views of; [`sealed`] is the form whose commitment stands in the public record.

pub mod canon;
pub mod check;
pub mod claims;
pub mod commit;
pub mod dates;
pub mod diff;
pub mod direction;
pub mod editor;
pub mod fold;
pub mod hex;
pub mod host;
pub mod html;
pub mod labels;
pub mod leaf;
#[cfg(feature = "markdown")]
pub mod markdown;
pub mod model;
pub mod parties;
pub mod report;
pub mod sealed;
pub mod sentences;
pub mod slug;
pub mod text;
pub mod warc;
pub mod weigh;
pub mod words;
