//! Programs that are measured: started, asked what they cost, and ended again.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::http;

/// Clock ticks a second in `/proc/PID/stat`: fixed for user space on Linux.
const TICKS: f64 = 100.0;

/// A server on loopback; dropping it ends it.
pub(super) struct Server {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        for pid in self.family() {
            // A master process ends its workers when it is asked to end, so they are asked first to last.
            let _ = Command::new("kill")
                .args(["-TERM", &pid.to_string()])
                .stderr(Stdio::null())
                .status();
        }
        let until = Instant::now() + Duration::from_secs(12);
        while Instant::now() < until {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts `command`, which is to listen on `address` or, where that is `None`, prints `http://ADDRESS` first.
    pub(super) fn start(
        command: &mut Command,
        address: Option<SocketAddr>,
    ) -> Result<Self, String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let silent = command.stdin(Stdio::null()).stderr(Stdio::null());
        let mut child = silent
            .stdout(if address.is_some() { Stdio::null() } else { Stdio::piped() })
            .spawn()
            .map_err(|error| format!("{name} cannot be started: {error}"))?;
        let address = match address {
            Some(address) => address,
            None => {
                said(&mut child).ok_or_else(|| format!("{name} did not say where it listens"))?
            }
        };
        Ok(Self { child, address })
    }

    /// Waits until `target` is answered with 200, at most `limit`; how long that took.
    pub(super) fn answers(&self, target: &str, limit: Duration) -> Result<Duration, String> {
        let began = Instant::now();
        while began.elapsed() < limit {
            if http::get(self.address, target, "gzip").is_ok_and(|answer| answer.status == 200) {
                return Ok(began.elapsed());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Err(format!("{target} was not answered with 200 within {limit:?}"))
    }

    /// Processor time so far in seconds, user and system, of the process and its children.
    pub(super) fn cpu(&self) -> f64 {
        self.family().iter().filter_map(|pid| ticks(*pid)).sum::<f64>() / TICKS
    }

    /// Memory of the process and its children in KiB: proportional (PSS), and resident (RSS).
    pub(super) fn memory(&self) -> (u64, u64) {
        let sums = self.family().into_iter().map(|pid| {
            let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup"));
            let text = text.unwrap_or_default();
            (kib(&text, "Pss:"), kib(&text, "Rss:"))
        });
        sums.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
    }

    /// The process and its children.
    fn family(&self) -> Vec<u32> {
        let pid = self.child.id();
        let path = format!("/proc/{pid}/task/{pid}/children");
        let children = std::fs::read_to_string(path).unwrap_or_default();
        let children = children.split_whitespace().filter_map(|text| text.parse().ok());
        std::iter::once(pid).chain(children).collect()
    }
}

fn said(child: &mut Child) -> Option<SocketAddr> {
    let mut line = String::new();
    BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
    line.trim().strip_prefix("http://")?.parse().ok()
}

/// User and system ticks of a process, from its line in `/proc`.
fn ticks(pid: u32) -> Option<f64> {
    ticks_in(&std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

fn ticks_in(line: &str) -> Option<f64> {
    // The name stands in parentheses and may hold anything.
    let (_, rest) = line.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

fn kib(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// A loopback address that was free a moment ago.
pub(super) fn free() -> Result<SocketAddr, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_s_lines_are_read() {
        let line = "7 (a ) b) S 1 7 7 0 -1 4194560 1 2 3 4 120 30 5 6 20 0";
        assert_eq!(ticks_in(line), Some(150.0));
        assert_eq!(ticks_in("7 (a)"), None);
        let rollup = "x\nRss:      812 kB\nPss:      400 kB\nPss_Dirty: 9 kB\n";
        assert_eq!((kib(rollup, "Pss:"), kib(rollup, "Rss:"), kib(rollup, "Swap:")), (400, 812, 0));
    }
}
