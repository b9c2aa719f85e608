//! What administrators do for the edition as a whole, beginning with its settings.

mod edition;
mod fields;
mod following;
mod sections;

pub use edition::{Edition, Given};
pub use following::Following;
