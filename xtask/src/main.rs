//! The house's own tools: `cargo xtask tidy | licences | walks | measure | bench | generate | torture`.

use std::process::ExitCode;

use xtask::tree::Tree;
use xtask::{bench, cargo, generate, licences, measure, tidy, torture, walks};

const USAGE: &str =
    "Usage: cargo xtask tidy | licences | walks | measure | bench | generate | torture";

fn main() -> ExitCode {
    let verb = std::env::args().nth(1).unwrap_or_default();
    match run(&verb) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}

/// Runs one tool; `Ok(false)` says that it looked and found something wrong.
fn run(verb: &str) -> Result<bool, String> {
    let root = cargo::root();
    let load = || Tree::load(&root).map_err(|e| format!("Cannot read {}: {e}.", root.display()));
    let (found, what) = match verb {
        "tidy" => (tidy::check(&load()?), "Tidy: every rule holds."),
        "walks" => (walks::check(&load()?), "Walks: every path is as short as it says."),
        "licences" => {
            (licences::check(&cargo::metadata(&root)?)?, "Licences: every package is allowed.")
        }
        "measure" => {
            let table = measure::table(&load()?, &cargo::counts(&root)?);
            print!("{}", table.text());
            return Ok(table.all_met());
        }
        "bench" => return bench::run(&std::env::args().skip(2).collect::<Vec<_>>()),
        "generate" => return generate::run(&std::env::args().skip(2).collect::<Vec<_>>()),
        "torture" => return torture::run(&std::env::args().skip(2).collect::<Vec<_>>()),
        _ => return Err(USAGE.to_owned()),
    };
    for violation in &found {
        println!("{violation}");
    }
    if found.is_empty() {
        println!("{what}");
    } else {
        println!("{} to put right.", found.len());
    }
    Ok(found.is_empty())
}
