//! The stories of articles once more, on a real PostgreSQL.
#![allow(clippy::duplicate_mod, missing_docs)]

#[path = "imported_page.rs"]
mod imported_page;
#[path = "path_of_an_article.rs"]
mod path_of_an_article;
