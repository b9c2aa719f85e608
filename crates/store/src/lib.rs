//! What is kept: the only SQL and the only files.
//!
//! [`Reader`] shows what a published checkpoint covers and nothing else, and cannot write. [`Writer`] is given to the
//! newsroom alone and offers the steps of sealing one by one, in the order that `press` calls them. [`Cabinet`] has what
//! the newsroom keeps for itself, people and drafts, in a database of its own; [`Letterbox`] is
//! where readers leave what they say is wrong.

mod batch;
pub mod cabinet;
mod compare;
mod copy;
mod error;
mod files;
mod folder;
mod fresh;
mod held;
pub mod letterbox;
mod lock;
mod objects;
mod postgres;
mod reader;
pub mod rows;
pub mod settings;
mod snapshot;
mod sqlite;
pub mod survey;
mod tables;
mod tls;
mod wait;
mod write;
mod writer;

pub use batch::{Batch, Facts, Redaction, Search, StagedEntry, StagedFile};
pub use cabinet::Cabinet;
pub use compare::{Difference, compare};
pub use copy::{Place, copy, newsroom as copy_newsroom};
pub use error::Error;
pub use files::{Files, document_file, keys_folder};
pub use folder::{Folder, read_file};
pub use fresh::Fresh;
pub use held::Held;
pub use letterbox::Letterbox;
pub use lock::{Gate, Lock};
pub use objects::address::Access;
pub use reader::Reader;
pub use settings::Settings;
pub use writer::{State, Tip, Writer};
