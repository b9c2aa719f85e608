//! From a parsed command line to the room that does the work.

mod backup;
mod balance;
mod copy;
mod desk;
mod doctor;
mod edition;
mod files;
mod mirror;
mod publish;
mod repair;
mod serve;
mod user;
mod verify;
mod witness;

use crate::{
    args::{Arguments, Command},
    outcome::Outcome,
};
use clap::CommandFactory;

/// Runs the command.
pub(crate) fn run(arguments: Arguments) -> Outcome {
    let json = arguments.json;
    match arguments.command {
        Command::Demo(demo) => serve::demo(&demo),
        Command::Init(init) => edition::init(&init, json),
        Command::Serve(serve) => serve::serve(&serve),
        Command::User(user) => user::run(&user, json),
        Command::Publish(publish) => publish::publish(&publish, json),
        Command::Correct(correct) => publish::correct(&correct, json),
        Command::Remove(remove) => edition::remove(&remove, json),
        Command::Balance(balance) => balance::run(&balance, json),
        Command::Desk(desk) => desk::run(&desk, json),
        Command::Import(import) => files::import(&import, json),
        Command::Export(export) => files::export(&export, json),
        Command::Verify(verify) => verify::run(&verify, json),
        Command::Witness(arguments) => witness::run(&arguments, json),
        Command::Mirror(mirror) => mirror::run(&mirror, json),
        Command::Copy(arguments) => copy::run(&arguments, json),
        Command::Backup(arguments) => backup::backup(&arguments, json),
        Command::Restore(arguments) => backup::restore(&arguments, json),
        Command::Repair(arguments) => repair::repair(&arguments, json),
        Command::Doctor(arguments) => doctor::run(&arguments, json),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "ovn", &mut script);
            Outcome::good(String::from_utf8_lossy(&script))
        }
    }
}

/// An environment variable's value.
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The most bytes of a file that is named on the command line, 8 MiB: more than an article, a page, a document or a
/// proof may have, each of which has a limit of its own.
const LONGEST: u64 = 8 << 20;

/// What the file at `path` holds, unless it is longer than any file that a command takes.
fn read(path: &std::path::Path) -> std::io::Result<Vec<u8>> {
    ovn_store::read_file(path, LONGEST)
}

/// The log's key, given as text or as a file that holds it.
fn key(given: &str) -> Result<ovn_tlog::VerifierKey, String> {
    let text = if given.contains('+') {
        given.to_owned()
    } else {
        let bytes = ovn_store::read_file(given.as_ref(), 64 << 10)
            .map_err(|error| format!("--key {given}: {error}"))?;
        String::from_utf8_lossy(&bytes).into_owned()
    };
    text.trim().parse().map_err(|error| format!("--key: {error}"))
}
