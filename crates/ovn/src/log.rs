//! The operator's log: on standard error, in text or JSON, each event one line whatever stands in it.

use crate::args::Log;
use std::io::{self, IsTerminal, Write};
use tracing_subscriber::EnvFilter;

/// Starts the log; `OVN_LOG` says what is told.
pub(crate) fn start(format: Log) {
    let filter = EnvFilter::try_from_env("OVN_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter);
    match format {
        Log::Json => log.json().flatten_event(true).with_writer(std::io::stderr).init(),
        Log::Text => {
            let colours = std::io::stderr().is_terminal();
            log.with_ansi(colours).with_writer(|| OneLine(std::io::stderr())).init();
        }
    }
}

/// Writes each event, which comes in one piece and ends with a line end, without any other line end in it, so that
/// nothing that was logged can look like a line of its own.
struct OneLine<W>(W);

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = event.strip_suffix(b"\n").unwrap_or(event);
        let broken = |byte: &u8| matches!(byte, b'\n' | b'\r' | 0x0b | 0x0c | 0);
        if text.iter().any(broken) {
            let mut line: Vec<u8> =
                text.iter().map(|byte| if broken(byte) { b' ' } else { *byte }).collect();
            line.push(b'\n');
            self.0.write_all(&line)?;
        } else {
            self.0.write_all(event)?;
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_event_is_one_line() {
        let check = |event: &str, expected: &str| {
            let mut out = Vec::new();
            OneLine(&mut out).write_all(event.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        };
        check("WARN plain\n", "WARN plain\n");
        check("WARN a\n2026 ERROR forged\n", "WARN a 2026 ERROR forged\n");
        check("WARN a\r\0b\n", "WARN a  b\n");
        check("INFO اردو\n", "INFO اردو\n");
    }
}
