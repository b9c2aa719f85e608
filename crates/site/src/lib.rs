//! What people see: pages, feeds, and the readers' server.

pub mod addresses;
mod cache;
mod checked;
mod counters;
pub mod encode;
mod error;
mod feeds;
mod headers;
mod jsonld;
pub mod mark;
mod needs;
mod opengraph;
mod operator;
pub mod pages;
mod proof;
mod record_files;
pub mod request;
mod respond;
mod robots;
mod routes;
pub mod serve;
mod shelf;
mod site;
mod sitemap;
mod tampered;
pub mod tls;
mod trust;
pub mod words;

pub use error::Error;
pub use operator::serve_operator;
pub use request::Request;
pub use respond::Response;
pub use serve::{serve, serve_tls, serve_within};
pub use site::Site;
pub use tampered::Tampering;
