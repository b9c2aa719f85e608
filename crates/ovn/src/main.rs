//! The door: command line, configuration, start-up.

fn main() {}
