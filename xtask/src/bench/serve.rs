//! Serving: `ovn serve` beside nginx with the same bytes as static files, what it costs, what it holds, what it survives.
//!
//! Everything runs on loopback with the load generator on the same machine, so requests a second are less than a server
//! has to itself; the ratios of one run, and processor time a request, are what counts.

mod child;
mod flood;
mod holds;
mod http;
mod nginx;
mod pages;
mod rounds;
mod slow;
mod wrk;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use child::Server;

const USAGE: &str = "Usage: cargo xtask bench serve [--part page|fresh|many|slow|holds|flood]…
  --ovn PROGRAM    the program to measure; target/release/ovn when absent
  --edition DIR    the edition to serve; the demonstration when absent. Part flood publishes into it
  --scratch DIR    where files for nginx are kept, to be used again; a temporary folder when absent
  --seconds N      of each round (4);  --rounds N  of each server (3)
  --install        install nginx and wrk with apt-get where they are missing
nginx and wrk are Debian's packages nginx-light and wrk; `--part many` wants an edition of many articles.";

/// What is measured, and how long.
struct Bench {
    program: PathBuf,
    edition: PathBuf,
    scratch: PathBuf,
    script: PathBuf,
    seconds: u32,
    rounds: u32,
    temporary: bool,
}

impl Drop for Bench {
    fn drop(&mut self) {
        if self.temporary {
            let _ = std::fs::remove_dir_all(&self.scratch);
        }
    }
}

type Part = (&'static str, fn(&Bench) -> Result<bool, String>);

const PARTS: [Part; 6] = [
    ("page", pages::one),
    ("fresh", pages::fresh),
    ("many", pages::many),
    ("slow", slow::readers),
    ("holds", holds::all),
    ("flood", flood::all),
];

pub(super) fn run(arguments: &[String]) -> Result<bool, String> {
    let (mut parts, mut install) = (Vec::new(), false);
    let root = crate::cargo::root();
    let scratch = std::env::temp_dir().join(format!("ovn-bench-serve-{}", std::process::id()));
    let mut bench = Bench {
        program: root.join("target/release/ovn"),
        edition: PathBuf::new(),
        script: PathBuf::new(),
        scratch,
        seconds: 4,
        rounds: 3,
        temporary: true,
    };
    let mut rest = arguments.iter();
    while let Some(key) = rest.next() {
        if key == "--install" {
            install = true;
            continue;
        }
        let value = rest.next().ok_or(USAGE)?;
        let number = || value.parse().map_err(|_| USAGE.to_owned());
        match key.as_str() {
            "--part" => parts.push(part(value)?),
            "--ovn" => bench.program = PathBuf::from(value),
            "--edition" => bench.edition = PathBuf::from(value),
            "--scratch" => (bench.scratch, bench.temporary) = (PathBuf::from(value), false),
            "--seconds" => bench.seconds = number()?,
            "--rounds" => bench.rounds = number()?,
            _ => return Err(USAGE.to_owned()),
        }
    }
    if parts.is_empty() {
        parts.extend(PARTS);
    }
    machine();
    bench.prepare(install)?;
    let mut met = true;
    for (name, part) in parts {
        met &= part(&bench).map_err(|why| format!("Part {name}: {why}"))?;
    }
    Ok(met)
}

fn part(name: &str) -> Result<Part, String> {
    PARTS.into_iter().find(|(known, _)| *known == name).ok_or_else(|| USAGE.to_owned())
}

impl Bench {
    /// Looks for the programs, makes the scratch folder and, where no edition is given, the demonstration.
    fn prepare(&mut self, install: bool) -> Result<(), String> {
        let missing: Vec<&str> =
            ["nginx", "wrk"].into_iter().filter(|name| version(name, "-v").is_none()).collect();
        if !missing.is_empty() && install {
            let done = Command::new("apt-get")
                .args(["install", "-y", "-q", "nginx-light", "wrk"])
                .status();
            done.ok()
                .filter(std::process::ExitStatus::success)
                .ok_or("apt-get could not install nginx-light and wrk")?;
        } else if !missing.is_empty() {
            return Err(format!(
                "Not possible here: {} missing; install Debian's nginx-light and wrk, or say --install",
                missing.join(" and ")
            ));
        }
        if !self.program.is_file() {
            return Err(format!("{} is not there: cargo build --release", self.program.display()));
        }
        let wrong = |error: std::io::Error| format!("{}: {error}", self.scratch.display());
        std::fs::create_dir_all(&self.scratch).map_err(wrong)?;
        // nginx's workers run as another user and read the files that are written there.
        self.script = self.scratch.join("chance.lua");
        std::fs::write(&self.script, wrk::SCRIPT).map_err(wrong)?;
        if self.edition.as_os_str().is_empty() {
            self.edition = self.scratch.join("demonstration");
            let made = Command::new(&self.program)
                .args(["demo", "--no-serve", "--port", "0", "--dir"])
                .arg(&self.edition)
                .output()
                .map_err(|error| error.to_string())?;
            if !made.status.success() {
                return Err(String::from_utf8_lossy(&made.stderr).into_owned());
            }
        }
        println!(
            "ovn {}; nginx {}; wrk {}",
            self.version(),
            said("nginx", "-v"),
            said("wrk", "-v")
        );
        println!(
            "rounds of {} s, {} of each, medians; edition {}",
            self.seconds,
            self.rounds,
            name(&self.edition)
        );
        Ok(())
    }

    fn version(&self) -> String {
        said(&self.program.to_string_lossy(), "--version")
    }

    /// `ovn serve` on the edition, with these variables.
    fn ovn(&self, variables: &[(&str, &str)]) -> Result<Server, String> {
        let mut command = Command::new(&self.program);
        command.arg("serve").arg(&self.edition).args(["--port", "0"]);
        command.envs(variables.iter().copied());
        Server::start(&mut command, None)
    }

    fn load(&self) -> wrk::Run<'_> {
        wrk::Run { connections: 32, seconds: self.seconds, coding: "gzip", list: None, target: "/" }
    }

    /// Addresses of the edition's articles, from its sitemap.
    fn articles(&self, server: SocketAddr) -> Result<Vec<String>, String> {
        let ask = |target: &str| {
            let answer =
                http::get(server, target, "identity").map_err(|error| error.to_string())?;
            Ok::<_, String>(String::from_utf8_lossy(&answer.body).into_owned())
        };
        let mut found = locations(&ask("/sitemap.xml")?);
        if found.iter().all(|path| path.starts_with("/sitemap/")) {
            let parts: Result<Vec<String>, String> = found.iter().map(|part| ask(part)).collect();
            found = parts?.iter().flat_map(|part| locations(part)).collect();
        }
        found.retain(|path| is_article(path));
        Ok(found)
    }

    /// The first of them.
    fn article(&self, server: SocketAddr) -> Result<String, String> {
        self.articles(server)?
            .into_iter()
            .next()
            .ok_or_else(|| "the edition has no article".to_owned())
    }
}

/// The paths in a sitemap, without the edition's own address before them.
fn locations(sitemap: &str) -> Vec<String> {
    let all = sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>"));
    let path = |(location, _): (&str, &str)| {
        let (_, rest) = location.split_once("://")?;
        rest.find('/').and_then(|at| rest.get(at..)).map(str::to_owned)
    };
    all.filter_map(path).collect()
}

/// Whether a path is `/YYYY/MM/slug`.
fn is_article(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let digits =
        |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), ["", year, month, _] if digits(year, 4) && digits(month, 2))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Says what this runs on.
fn machine() {
    let line = |path: &str, name: &str| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    println!(
        "machine: {cores} cores ({}), {} of memory, Linux {}",
        line("/proc/cpuinfo", "model name"),
        line("/proc/meminfo", "MemTotal"),
        kernel.trim()
    );
}

/// What a program prints when asked for its version; `None` when it is not there.
fn version(program: &str, flag: &str) -> Option<String> {
    let output = Command::new(program).arg(flag).output().ok()?;
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    Some(text.split_whitespace().find(|word| word.contains('.')).unwrap_or("?").to_owned())
}

fn said(program: &str, flag: &str) -> String {
    version(program, flag).unwrap_or_else(|| "?".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_found_in_a_sitemap() {
        let sitemap = "<url><loc>http://a:1/2026/11/x</loc></url><url><loc>https://a/about</loc></url><loc>no</loc>";
        let found = locations(sitemap);
        assert_eq!(found, ["/2026/11/x", "/about"]);
        let check = |path, expected| assert_eq!(is_article(path), expected, "{path}");
        check("/2026/11/x", true);
        check("/about", false);
        check("/2026/11", false);
        check("/2026/11/x/r1", false);
        check("/20a6/11/x", false);
    }

    #[test]
    fn wrong_words_are_refused() {
        let check = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(run(&words).err().as_deref(), Some(USAGE), "{words:?}");
        };
        check(&["--part", "nothing"]);
        check(&["--part"]);
        check(&["--rounds", "x"]);
        check(&["--what", "x"]);
    }
}
