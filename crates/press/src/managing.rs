//! What administrators do for the edition as a whole: its settings and policies, its keys and copies, what comes in and goes out.

mod beginning;
mod carrying;
mod edition;
mod fields;
mod following;
mod policies;
mod sections;
mod standing;
mod starters;
mod tar;

pub use beginning::Step;
pub use carrying::{Brought, Parcel, Pour};
pub use edition::{Edition, Given};
pub use following::Following;
pub use policies::{Opened, POLICIES, Policy, Set, Wording};
pub use standing::{Backup, STALE, Standing};
