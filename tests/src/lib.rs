//! Stories that walk through the whole house, and the servers that all rooms' tests share.

pub mod ends;
pub mod kept;
pub mod line;
pub mod objects;
pub mod postgres;
