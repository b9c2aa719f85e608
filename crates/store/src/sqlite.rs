//! The SQLite engine: one module a concern, its SQL written out.

pub(crate) mod connect;
pub(crate) mod entries;
pub(crate) mod heads;
pub(crate) mod health;
pub(crate) mod journal;
pub(crate) mod publish;
pub(crate) mod row;
pub(crate) mod search;
pub(crate) mod sources;
pub(crate) mod staging;
pub(crate) mod tables;
pub(crate) mod tally;
