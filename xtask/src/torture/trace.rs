//! Runs a program and makes one of its system calls fail, by ptrace(2): whatever library makes it, on whatever thread.
//!
//! Counted are the calls that concern files below the watched folders. One is named by the call, the file, and which of
//! them it is, because threads may come in another order in every run.

use super::edition::said;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::process::Command;

/// The variable that holds the order.
const ORDER: &str = "OVN_TORTURE_TRACE";

/// What to run and what to make fail.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<String>,
    pub(super) settings: Vec<(String, String)>,
    /// Folders whose files are watched, each with the name that stands for it.
    pub(super) watched: Vec<(PathBuf, String)>,
    pub(super) fault: Option<Fault>,
}

/// One call, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fault {
    pub(super) call: Call,
    pub(super) kind: Kind,
}

/// One call of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Call {
    /// The system's name for it.
    pub(super) name: String,
    /// The file, with `N` and `#` for what differs from run to run.
    pub(super) file: String,
    /// Which call of this name on this file, from 0.
    pub(super) nth: u64,
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Kind {
    /// An input or output error.
    Eio,
    /// No space left on the device.
    Enospc,
    /// Interrupted by a signal.
    Eintr,
    /// Only half of the bytes.
    Short,
    /// The process is killed right before the call.
    Kill,
}

/// What a run came to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// `None` when it was killed.
    pub(super) code: Option<i32>,
    pub(super) calls: Vec<Call>,
    /// Whether the call that was to fail came.
    pub(super) hit: bool,
    pub(super) out: String,
    pub(super) err: String,
}

impl Order {
    /// Has the order followed by `writer`, in a process that has no other children.
    pub(super) fn run(&self, writer: &[std::ffi::OsString]) -> Result<Outcome, String> {
        let text = serde_json::to_string(self).map_err(|error| error.to_string())?;
        let (program, arguments) = writer.split_first().ok_or("There is no writer.")?;
        let told = said(Command::new(program).args(arguments).env(ORDER, text))?;
        let line =
            told.lines().find_map(|line| line.split_once("OUTCOME ")).ok_or("No outcome.")?;
        serde_json::from_str(line.1).map_err(|error| error.to_string())
    }
}

/// Follows the order in the environment; nothing without one.
pub(super) fn run() -> Result<(), String> {
    let Ok(text) = std::env::var(ORDER) else { return Ok(()) };
    let order: Order = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let outcome = follow(&order)?;
    println!("OUTCOME {}", serde_json::to_string(&outcome).map_err(|error| error.to_string())?);
    Ok(())
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
use linux::follow;

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn follow(_: &Order) -> Result<Outcome, String> {
    Err("This part reads the registers of x86-64 Linux, and this machine is another.".to_owned())
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod linux;
