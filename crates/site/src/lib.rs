//! What people see: pages, feeds, and the readers' server.

mod cache;
pub mod encode;
mod headers;
pub mod request;
mod respond;

pub use request::Request;
pub use respond::Response;
