//! The readers' server, started after a fault, and what a reader gets of it.

use super::Programs;
use super::edition::Edition;
use ovn_press::copy::Copy;
use ovn_tlog::VerifierKey;
use ovn_verify::{Sealed, shown};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// `ovn serve`, until it is dropped.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    base: String,
    since: Instant,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts it on a free port.
    pub(super) fn start(programs: &Programs, edition: &Edition) -> Result<Self, String> {
        let since = Instant::now();
        let mut serve = edition.ovn(programs, &["serve", "--port", "0"]);
        serve.arg(&edition.dir).stdout(Stdio::piped()).stderr(Stdio::null());
        let child = serve.spawn().map_err(|error| format!("ovn serve: {error}"))?;
        let mut server = Self { child, base: String::new(), since };
        let out = server.child.stdout.take().ok_or("ovn serve has no output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).map_err(|error| format!("ovn serve: {error}"))?;
        server.base = line.trim().to_owned();
        if server.base.starts_with("http://") {
            Ok(server)
        } else {
            Err("ovn serve did not start".into())
        }
    }

    /// Reads the page at `path`, checks it as a reader would, and gives the time from the server's start until the page was
    /// there.
    pub(super) fn page(&self, path: &str, key: &VerifierKey) -> Result<(Duration, Sealed), String> {
        let copy = Copy::at(&self.base);
        let path = path.trim_matches('/');
        let get = |path: &str| {
            let found = copy.get(path).map_err(|error| error.to_string())?;
            found.ok_or_else(|| format!("there is no /{path}"))
        };
        let page = get(path)?;
        let took = self.since.elapsed();
        let (document, proof) =
            (get(&format!("{path}.json"))?, get(&format!("{path}.tlog-proof"))?);
        let (report, sealed) = shown(&page, &document, &proof, key);
        match sealed {
            Some(sealed) if report.verdict.good() => Ok((took, sealed)),
            _ => {
                let failed = report.checks.iter().filter(|check| !check.passed);
                let why: Vec<&str> = failed.map(|check| check.sentence.as_str()).collect();
                Err(format!("/{path} does not verify: {}", why.join(" ")))
            }
        }
    }
}
