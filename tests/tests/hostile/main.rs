//! Articles, words and requests that mean harm, through the whole house, by their numbers in `docs/hostile-input.md`.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines
)]

mod fields;
mod house;
mod inert;
mod mirrors;
mod outside;
mod secrecy;
mod strings;
mod words;
