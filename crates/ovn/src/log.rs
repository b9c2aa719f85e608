//! The operator's log: on standard error, in text or JSON, each event one line whatever stands in it.
//!
//! A server hands its lines to a thread that writes them: when whoever reads them falls asleep, lines are lost and
//! counted, and readers are served.

use crate::args::Log;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Lines that may wait to be written.
const WAITING: usize = 4096;
/// How long the last lines may take when the program ends.
const END: Duration = Duration::from_secs(1);

/// Keeps the log going until it is dropped; then what waits is written.
#[derive(Debug)]
pub(crate) struct Writing(Option<(SyncSender<Vec<u8>>, Receiver<()>)>);

impl Drop for Writing {
    fn drop(&mut self) {
        let Some((lines, done)) = self.0.take() else { return };
        let since = Instant::now();
        // An empty line is the last one.
        while lines.try_send(Vec::new()).is_err() && since.elapsed() < END {
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = done.recv_timeout(END.saturating_sub(since.elapsed()));
    }
}

/// Starts the log; `OVN_LOG` says what is told. A program that `serves` never waits for whoever reads it.
pub(crate) fn start(format: Log, serves: bool) -> Writing {
    if serves {
        let (lines, wait) = sync_channel(WAITING);
        let lost = Arc::new(AtomicU64::new(0));
        let queue = Queue { lines: lines.clone(), lost: Arc::clone(&lost) };
        let (tell, done) = sync_channel(1);
        let write = move || {
            write_lines(&wait, &lost, &mut io::stderr());
            let _ = tell.send(());
        };
        if std::thread::Builder::new().name("log".into()).spawn(write).is_ok() {
            begin(format, move || OneLine(queue.clone()));
            return Writing(Some((lines, done)));
        }
    }
    begin(format, || OneLine(io::stderr()));
    Writing(None)
}

fn begin<W>(format: Log, writer: W)
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_from_env("OVN_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter);
    match format {
        Log::Json => log.json().flatten_event(true).with_writer(writer).init(),
        Log::Text => log.with_ansi(io::stderr().is_terminal()).with_writer(writer).init(),
    }
}

/// Where lines wait for the thread that writes them.
#[derive(Debug, Clone)]
struct Queue {
    lines: SyncSender<Vec<u8>>,
    lost: Arc<AtomicU64>,
}

impl Write for Queue {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if !line.is_empty() && self.lines.try_send(line.to_vec()).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes lines until the empty one, and says how many were lost before the next.
fn write_lines(lines: &Receiver<Vec<u8>>, lost: &AtomicU64, out: &mut impl Write) {
    while let Ok(line) = lines.recv() {
        let lost = lost.swap(0, Ordering::Relaxed);
        if lost > 0 {
            let _ = writeln!(
                out,
                "{{\"level\":\"WARN\",\"message\":\"lines of the log were lost\",\"lost\":{lost}}}"
            );
        }
        if line.is_empty() {
            return;
        }
        // Nobody reads the log; there is nobody to tell.
        let _ = out.write_all(&line);
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

    #[test]
    fn a_full_queue_loses_lines_and_counts_them() {
        let (lines, wait) = sync_channel(3);
        let lost = Arc::new(AtomicU64::new(0));
        let mut queue = Queue { lines: lines.clone(), lost: Arc::clone(&lost) };
        for number in 0..5 {
            queue.write_all(format!("{number}\n").as_bytes()).unwrap();
        }
        assert_eq!(lost.load(Ordering::Relaxed), 2);
        let write = std::thread::spawn(move || {
            let mut out = Vec::new();
            write_lines(&wait, &lost, &mut out);
            out
        });
        lines.send(Vec::new()).unwrap();
        let out = write.join().unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("\"lost\":2}\n0\n1\n2\n"), "{text}");
    }
}
