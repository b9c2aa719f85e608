//! Is it sealed? A named verdict and one plain sentence for each check.
//!
//! Nothing here trusts the publisher's server: every function takes bytes, wherever they came from, and a log key that
//! the checker chose. With everything that it pulls in, this room stays small enough for a stranger to audit.

mod article;
mod continuity;
mod opening;
mod page;
mod record;
mod verdict;

pub use article::{Sealed, article, shown};
pub use continuity::continuity;
pub use opening::{Opening, committed};
pub use page::page;
pub use record::{Record, Summary, conclude, digests, documents, entries, later, record};
pub use verdict::{Check, Report, Verdict};
