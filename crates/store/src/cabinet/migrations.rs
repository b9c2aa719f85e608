//! The cabinet's migrations, on each engine.

use super::engine::Kept;

/// Applied in order, each once; a file that was released is never edited.
const SQLITE: [&str; 11] = [
    include_str!("sqlite/0001_people.sql"),
    include_str!("sqlite/0002_letters.sql"),
    include_str!("sqlite/0003_sources.sql"),
    include_str!("sqlite/0004_documents.sql"),
    include_str!("sqlite/0005_schedule.sql"),
    include_str!("sqlite/0006_passkeys.sql"),
    include_str!("sqlite/0007_previews.sql"),
    include_str!("sqlite/0008_comments.sql"),
    include_str!("sqlite/0009_history.sql"),
    include_str!("sqlite/0010_work.sql"),
    include_str!("sqlite/0011_files.sql"),
];
const POSTGRES: [&str; 11] = [
    include_str!("postgres/0001_people.sql"),
    include_str!("postgres/0002_letters.sql"),
    include_str!("postgres/0003_sources.sql"),
    include_str!("postgres/0004_documents.sql"),
    include_str!("postgres/0005_schedule.sql"),
    include_str!("postgres/0006_passkeys.sql"),
    include_str!("postgres/0007_previews.sql"),
    include_str!("postgres/0008_comments.sql"),
    include_str!("postgres/0009_history.sql"),
    include_str!("postgres/0010_work.sql"),
    include_str!("postgres/0011_files.sql"),
];
/// The cabinet.
pub(crate) const CABINET: Kept =
    Kept { name: "cabinet", lock: 0x006f_766e_0003, sqlite: &SQLITE, postgres: &POSTGRES };
