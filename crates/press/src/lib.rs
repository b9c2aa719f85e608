//! What the newsroom does: the verbs, with the clock, chance, the network and the keys.

pub mod copy;
pub mod fetch;
pub mod import;
pub mod keys;
pub mod mirror;
pub mod seal;
