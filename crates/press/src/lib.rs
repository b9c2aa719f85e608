//! What the newsroom does: the verbs, with the clock, chance, the network and the keys.

pub mod backup;
pub mod balance;
pub mod check;
mod clock;
pub mod copy;
pub mod demo;
pub mod desk;
pub mod doctor;
pub mod drafts;
pub mod export;
pub mod fetch;
pub mod house;
pub mod import;
pub mod init;
pub mod keys;
pub mod many;
pub mod mirror;
pub mod newsroom;
pub mod node;
pub mod people;
pub mod policy;
pub mod publish;
pub mod remove;
pub mod restore;
pub mod scrub;
pub mod seal;
pub mod stamp;
