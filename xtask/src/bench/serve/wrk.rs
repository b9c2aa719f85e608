//! The load generator `wrk` (Debian package): one run, and what it printed as numbers.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

/// What to run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) connections: u32,
    pub(super) seconds: u32,
    pub(super) coding: &'a str,
    /// A file of addresses, one a line, of which each request takes one by chance; without it all ask for `target`.
    pub(super) list: Option<&'a Path>,
    pub(super) target: &'a str,
}

/// What it measured: requests a second and latencies in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Figures {
    pub(super) requests: f64,
    pub(super) rate: f64,
    pub(super) p50: f64,
    pub(super) p99: f64,
    /// Answers that were not 2xx or 3xx, and connections that failed or timed out.
    pub(super) wrong: f64,
}

/// The script that makes `wrk` ask for addresses of a file in random order. The requests are put together before the
/// run, so that drawing one costs `wrk` next to nothing.
pub(super) const SCRIPT: &str = "\
local asked = {}
function init(args)
   for line in io.lines(args[1]) do asked[#asked + 1] = wrk.format('GET', line) end
   math.randomseed(tonumber(args[2]))
end
function request() return asked[math.random(#asked)] end
";

/// Runs `wrk` against `address`.
pub(super) fn run(address: SocketAddr, run: &Run<'_>, script: &Path) -> Result<Figures, String> {
    let mut command = Command::new("wrk");
    command
        .args(["-t1", "--latency", "--timeout", "10s"])
        .args(["-c", &run.connections.to_string(), "-d", &format!("{}s", run.seconds)])
        .args(["-H", &format!("Accept-Encoding: {}", run.coding)]);
    if run.list.is_some() {
        command.arg("-s").arg(script);
    }
    command.arg(format!("http://{address}{}", run.target));
    if let Some(list) = run.list {
        command.arg("--").arg(list).arg("20261125");
    }
    let output = command.output().map_err(|error| format!("wrk cannot be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    read(&text).ok_or_else(|| format!("wrk said what was not understood: {text}"))
}

fn read(text: &str) -> Option<Figures> {
    let after = |name: &str| {
        let line = text.lines().map(str::trim).find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next().map(str::to_owned)
    };
    let requests = text.lines().map(str::trim).find_map(|line| {
        let (count, _) = line.split_once(" requests in ")?;
        count.parse().ok()
    })?;
    let errors = text.lines().find(|line| line.contains("Socket errors:"));
    let errors: f64 = errors.map_or(0.0, |line| {
        line.split([' ', ',']).filter_map(|word| word.parse::<f64>().ok()).sum()
    });
    let refused: f64 = after("Non-2xx or 3xx responses:").map_or(Some(0.0), |n| n.parse().ok())?;
    Some(Figures {
        requests,
        rate: after("Requests/sec:")?.parse().ok()?,
        p50: milliseconds(&after("50%")?)?,
        p99: milliseconds(&after("99%")?)?,
        wrong: errors + refused,
    })
}

/// `812.00us`, `1.73ms` or `2.10s` in milliseconds.
fn milliseconds(text: &str) -> Option<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0), ("m", 60_000.0)];
    units.iter().find_map(|(unit, scale)| {
        let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
        Some(number * scale)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_prints_is_read() {
        let text = "Running 4s test @ http://127.0.0.1:1/\n  Latency Distribution\n     50%  812.00us\n     \
            75%    1.00ms\n     90%    2.00ms\n     99%    3.88ms\n  459984 requests in 4.00s, 1.70GB read\n\
            Requests/sec: 114996.12\nTransfer/sec:    434.00MB\n";
        let plain =
            Figures { requests: 459_984.0, rate: 114_996.12, p50: 0.812, p99: 3.88, wrong: 0.0 };
        assert_eq!(read(text), Some(plain));
        let worse = text.replace(
            "Requests/sec",
            "Socket errors: connect 0, read 3, write 0, timeout 4\n  Non-2xx or 3xx responses: 5\nRequests/sec",
        );
        assert_eq!(read(&worse), Some(Figures { wrong: 12.0, ..plain }));
        assert_eq!(read("unable to connect"), None);
    }

    #[test]
    fn units_of_time() {
        let check = |text, expected| assert_eq!(milliseconds(text), expected, "{text}");
        check("2.10s", Some(2100.0));
        check("1.00m", Some(60_000.0));
        check("250.00us", Some(0.25));
        check("7", None);
    }
}
