//! How a command ends: what it says, where, and with which exit code.

use serde_json::Value;
use std::{borrow::Cow, process::ExitCode};

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
            let _ = writeln!(std::io::stdout(), "{}", visible(self.out.trim_end()));
        }
        if !self.error.is_empty() {
            let _ = writeln!(std::io::stderr(), "ovn: {}", visible(self.error.trim_end()));
        }
        ExitCode::from(self.code)
    }
}

/// What is printed may quote a stranger's page or file name, and a terminal obeys control characters: each is spelled
/// out as JSON does, as are the marks that turn the direction of what follows.
fn visible(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202d}' | '\u{202e}')
    };
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let spelled = |c: char| {
        if obeyed(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }
    };
    Cow::Owned(text.chars().map(spelled).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_098_a_terminal_is_told_nothing() {
        let check = |text: &str, expected: &str| assert_eq!(visible(text), expected);
        check("one\n\ttwo", "one\n\ttwo");
        check("\u{1b}[2J\u{1b}]0;x\u{7}", "\\u001b[2J\\u001b]0;x\\u0007");
        check("\u{9b}31m\r\u{8}", "\\u009b31m\\u000d\\u0008");
        check("\u{202e}gpj.exe", "\\u202egpj.exe");
        check("می\u{200c}خواہم", "می\u{200c}خواہم");
    }
}
