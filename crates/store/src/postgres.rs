//! The PostgreSQL engine: one module a concern, its SQL written out.

pub(crate) mod address;
pub(crate) mod entries;
pub(crate) mod heads;
mod insert;
pub(crate) mod listen;
pub(crate) mod migrate;
pub(crate) mod pool;
pub(crate) mod publish;
pub(crate) mod row;
pub(crate) mod search;
pub(crate) mod sequencer;
pub(crate) mod session;
pub(crate) mod sources;
pub(crate) mod staging;
pub(crate) mod tables;
pub(crate) mod tally;
mod words;
