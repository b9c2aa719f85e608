//! What the house's own tools know: the tree of files, the rules it keeps, its numbers.

pub mod bench;
pub mod cargo;
pub mod generate;
pub mod licences;
pub mod measure;
pub mod rust;
mod splitmix;
pub mod tidy;
pub mod torture;
pub mod tree;
pub mod walks;
