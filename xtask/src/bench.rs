//! Benchmarks: `cargo xtask bench WHAT`, each a figure beside a reference in the same run.

mod bulk;
mod desk;
mod editor;
mod export;
pub mod figures;
pub mod generate;
pub mod place;
mod seal;
mod search;
mod serve;

/// What there is to measure.
const USAGE: &str = "Usage: cargo xtask bench desk [--data DIR] [--part PART]…
       cargo xtask bench search [--engine ENGINE] [--count N]
       cargo xtask bench seal [--part PART]…
       cargo xtask bench bulk [--count N]
       cargo xtask bench export [--hugo install]
       cargo xtask bench editor [--part typing|merge|room|open|publish]…
       cargo xtask bench serve [--part PART]… [--edition DIR]";

/// Runs the benchmark that `arguments` name.
///
/// # Errors
/// A sentence when the arguments are wrong, the texts to measure on cannot be read or a program is missing.
pub fn run(arguments: &[String]) -> Result<bool, String> {
    match arguments.split_first() {
        Some((what, rest)) if what == "desk" => desk::run(rest),
        Some((what, rest)) if what == "bulk" => bulk::run(rest),
        Some((what, rest)) if what == "export" => export::run(rest),
        Some((what, rest)) if what == "seal" => seal::run(rest),
        Some((what, rest)) if what == "editor" => editor::run(rest),
        Some((what, rest)) if what == "serve" => serve::run(rest),
        Some((what, rest)) if what == "search" => search::run(rest),
        _ => Err(USAGE.to_owned()),
    }
}
