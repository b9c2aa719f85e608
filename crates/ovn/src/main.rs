//! The door: command line, configuration, start-up.

mod args;
mod certificate;
mod command;
mod listen;
mod log;
mod notify;
mod outcome;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    log::start(arguments.log);
    command::run(arguments).finish()
}
