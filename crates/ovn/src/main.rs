//! The door: command line, configuration, start-up.

mod args;
mod command;
mod outcome;

use clap::Parser;
use std::{io::IsTerminal, process::ExitCode};

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    let log = tracing_subscriber::EnvFilter::try_from_env("OVN_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(log)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    command::run(arguments).finish()
}
