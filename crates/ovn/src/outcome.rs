//! How a command ends: what it says, where, and with which exit code.

use serde_json::Value;
use std::process::ExitCode;

/// The end of a command.
#[derive(Debug)]
pub(crate) struct Outcome {
    code: u8,
    out: String,
    error: String,
}

impl Outcome {
    /// It went well; `out` goes to standard output.
    pub(crate) fn good(out: impl Into<String>) -> Self {
        Self { code: 0, out: out.into(), error: String::new() }
    }

    /// The answer is yes or no, and stands in `out`.
    pub(crate) fn answer(yes: bool, out: impl Into<String>) -> Self {
        Self { code: u8::from(!yes), out: out.into(), error: String::new() }
    }

    /// There is no answer, and why goes to standard error.
    pub(crate) fn unknown(error: impl std::fmt::Display) -> Self {
        Self { code: 2, out: String::new(), error: error.to_string() }
    }

    /// The same end, with `value` instead of the words when a program asked.
    pub(crate) fn in_json(self, json: bool, value: &Value) -> Self {
        if json { Self { out: format!("{value:#}"), ..self } } else { self }
    }

    /// Prints and gives the exit code.
    pub(crate) fn finish(self) -> ExitCode {
        use std::io::Write;
        if !self.out.is_empty() {
            // A reader that closed the pipe has had enough; that is no failure.
            let _ = writeln!(std::io::stdout(), "{}", self.out.trim_end());
        }
        if !self.error.is_empty() {
            let _ = writeln!(std::io::stderr(), "ovn: {}", self.error.trim_end());
        }
        ExitCode::from(self.code)
    }
}
