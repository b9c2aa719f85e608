//! Stories that walk through the whole house, and the PostgreSQL server that all rooms' tests share.

pub mod postgres;
