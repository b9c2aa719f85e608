//! The newsroom as a browser meets it, without one: forms, cookies, doors, and a text on its way to readers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::too_many_lines
)]

mod newsroom {
    pub(crate) mod comments;
    pub(crate) mod documents;
    pub(crate) mod doors;
    pub(crate) mod files;
    pub(crate) mod forged;
    pub(crate) mod full;
    pub(crate) mod history;
    pub(crate) mod house;
    pub(crate) mod letters;
    pub(crate) mod path;
    pub(crate) mod pictures;
    pub(crate) mod previews;
    pub(crate) mod schedule;
    pub(crate) mod settings;
    pub(crate) mod sources;
    pub(crate) mod together;
    pub(crate) mod uploads;
    pub(crate) mod work;
}
