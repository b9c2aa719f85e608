//! What the store keeps once more, on a real PostgreSQL.
#![allow(missing_docs)]

#[path = "cabinet.rs"]
mod cabinet;
#[path = "keeping.rs"]
mod keeping;
