//! The door: command line, configuration, start-up.

mod args;
mod certificate;
mod command;
mod listen;
mod log;
mod newsroom;
mod notify;
mod outcome;
mod standin;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    let serves = matches!(arguments.command, args::Command::Serve(_) | args::Command::Demo(_));
    let log = log::start(arguments.log, serves);
    let end = command::run(arguments).finish();
    drop(log);
    end
}
