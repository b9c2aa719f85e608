//! What is kept: the only SQL and the only files.

mod folder;

pub use folder::Folder;
