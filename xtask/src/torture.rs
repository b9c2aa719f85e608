//! Faults on the real program under publishing load: `cargo xtask torture WHAT`. docs/torture.md says what each part does.

mod calls;
mod chance;
mod clock;
mod disk;
mod edition;
pub mod flips;
mod full;
mod history;
mod judge;
mod kills;
mod options;
mod power;
mod rounds;
mod server;
mod tally;
mod trace;
mod writer;

use crate::cargo;
use options::Options;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// What there is to do.
const USAGE: &str = "Usage: cargo xtask torture WHAT [--seed S] [--count N] [--round N] [--dir DIR]
  kills     SIGKILL at a random moment  [--database postgres] [--threads 8] [--each 25]
  calls     every system call of sealing fails once, or is the last one
            [--scene publish|correct|remove|repair] [--call fsync] [--error eio|enospc|eintr|short|kill]
  clock     the clock jumps by seconds to twenty years
  full      the disk is full  [--threads 8]
  power     the power fails under the file system  [--fs ext4|xfs] [--keys same|apart|both] [--threads 8] [--each 10]
  flips     a bit flips in rows, journal, tiles, documents, archived copies, notes
Every part prints its seed; --seed S --round N does round N of that run alone, --count times.";

/// The programs that are tortured.
#[derive(Debug, Clone)]
pub struct Programs {
    /// The product.
    pub ovn: PathBuf,
    /// A program, with its arguments, that calls [`write`]: the newsroom that publishes as fast as it can.
    pub writer: Vec<OsString>,
}

impl Programs {
    /// The product as it is now, built as this program is, and this program as the newsroom.
    fn build(options: &Options) -> Result<Self, String> {
        let own = std::env::current_exe().map_err(|error| format!("This program: {error}."))?;
        let writer = vec![own.clone().into_os_string(), "torture".into(), "writer".into()];
        if let Some(ovn) = options.one("--ovn") {
            return Ok(Self { ovn: PathBuf::from(ovn), writer });
        }
        let release = own.parent().is_some_and(|folder| folder.ends_with("release"));
        let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        build.args(["build", "--quiet", "--locked", "--bin", "ovn"]).current_dir(cargo::root());
        if release {
            build.arg("--release");
        }
        let built = build.status().map_err(|error| format!("Cannot start cargo: {error}."))?;
        if !built.success() {
            return Err("The program ovn could not be built.".to_owned());
        }
        Ok(Self { ovn: own.with_file_name("ovn"), writer })
    }
}

/// Does what `arguments` say; `Ok(false)` when something did not hold.
///
/// # Errors
/// A sentence when the arguments are wrong, or this machine can't do it.
pub fn run(arguments: &[String]) -> Result<bool, String> {
    if arguments.first().is_some_and(|what| what == "writer") {
        return write().map(|()| true);
    }
    let (what, rest) = arguments.split_first().ok_or(USAGE)?;
    if what == "flips" {
        return flips::run(&Options::read(rest, USAGE)?);
    }
    run_with(&Programs::build(&Options::read(rest, USAGE)?)?, arguments)
}

/// As [`run`], with these programs.
///
/// # Errors
/// As [`run`].
pub fn run_with(programs: &Programs, arguments: &[String]) -> Result<bool, String> {
    let (what, rest) = arguments.split_first().ok_or(USAGE)?;
    let options = Options::read(rest, USAGE)?;
    match what.as_str() {
        "kills" => kills::run(programs, &options),
        "calls" => calls::run(programs, &options),
        "clock" => clock::run(programs, &options),
        "full" => full::run(programs, &options),
        "power" => power::run(programs, &options),
        _ => Err(USAGE.to_owned()),
    }
}

/// Publishes as the order in the environment says, until it is killed or done; nothing without one.
///
/// # Errors
/// When the edition can't be opened or stopped sealing.
pub fn write() -> Result<(), String> {
    trace::run()?;
    writer::run()
}
