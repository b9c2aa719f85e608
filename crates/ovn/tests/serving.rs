//! `ovn serve` as the system sees it: which files it holds, whom it asks, what it logs, what hostile readers cost.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    missing_docs
)]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// Set to `skip` where neither root nor user namespaces are to be had; said when it is obeyed.
const NAMESPACES: &str = "OVN_TEST_NAMESPACES";

fn ovn(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ovn"));
    command.args(arguments).env_remove("OVN_DATABASE").env_remove("OVN_LOG");
    command
}

/// An edition with one article.
fn edition(home: &Path) -> PathBuf {
    let dir = home.join("edition");
    let file = home.join("bridge.md");
    fs::write(&file, "---\nheadline: The bridge opens\nlang: en\nslug: bridge\n---\nIt opened.\n")
        .unwrap();
    let path = dir.to_str().unwrap();
    assert!(ovn(&["init", path]).output().unwrap().status.success());
    let published = ovn(&["publish", file.to_str().unwrap(), "--dir", path]).output().unwrap();
    assert!(published.status.success(), "{published:?}");
    dir
}

/// A process that serves readers, and ends with this value.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(dir: &Path) -> Self {
        let mut child = ovn(&["serve", "--port", "0", dir.to_str().unwrap()])
            .env("OVN_LOG", "debug")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap_or_default().to_owned();
        if address.is_empty() {
            let mut why = String::new();
            child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
            panic!("ovn serve did not start: {why}");
        }
        Self { child, address }
    }

    fn say(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // The server may hang up before it has read all.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> (u16, String) {
        let ask = format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        let answer = self.say(ask.as_bytes());
        let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        (
            status,
            answer.split_once("\r\n\r\n").map_or_else(String::new, |(_, body)| body.to_owned()),
        )
    }

    fn proc(&self, name: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/{name}", self.child.id()))
    }

    /// The most memory that it ever had, in KiB.
    fn peak(&self) -> u64 {
        let status = fs::read_to_string(self.proc("status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Stops it as a supervisor does, and gives what it logged.
    fn stop(mut self) -> String {
        let ended = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(ended.success());
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(self.child.wait().unwrap().success(), "{log}");
        log
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The folder of keys is taken away before it starts: serving needs no key, and the database's file is open for reading.
#[test]
fn case_078_serving_has_no_key_and_opens_the_database_for_reading() {
    let home = tempfile::tempdir().unwrap();
    let dir = edition(home.path());
    fs::rename(home.path().join("edition.keys"), home.path().join("away")).unwrap();
    let serving = Serving::start(&dir);
    let month = serving.get("/").1;
    assert!(month.contains("The bridge opens"));
    assert_eq!(serving.get("/record/checkpoint").0, 200);
    let mut database = 0;
    for entry in fs::read_dir(serving.proc("fd")).unwrap().flatten() {
        let target = fs::read_link(entry.path()).unwrap_or_default();
        let name = target.to_string_lossy().into_owned();
        assert!(
            !name.contains("away") && !name.contains(".keys") && !name.ends_with(".key"),
            "{name}"
        );
        if name.ends_with("edition.sqlite") {
            let info = fs::read_to_string(serving.proc("fdinfo").join(entry.file_name())).unwrap();
            let flags = info.lines().find_map(|line| line.strip_prefix("flags:")).unwrap().trim();
            let flags = u32::from_str_radix(flags, 8).unwrap();
            assert_eq!(flags & 3, 0, "{name} is open for writing");
            database += 1;
        }
    }
    assert!(database > 0, "the database is not open");
    assert!(!home.path().join("edition.keys").exists(), "serving made a folder of keys");
    serving.stop();
    // And what is served without a key was signed with one.
    fs::rename(home.path().join("away"), home.path().join("edition.keys")).unwrap();
    let told = ovn(&["verify", "--forget", dir.to_str().unwrap()]).output().unwrap();
    assert!(told.status.success(), "{told:?}");
}

/// What hostile readers send costs bounded memory and leaves a log that a terminal may show.
#[test]
fn case_098_the_log_stays_plain_and_the_memory_bounded() {
    let home = tempfile::tempdir().unwrap();
    let serving = Serving::start(&edition(home.path()));
    for path in ["/", "/search?q=bridge", "/feed.atom"] {
        assert_eq!(serving.get(path).0, 200);
    }
    let before = serving.peak();
    let ask = |lines: &str| {
        format!("GET / HTTP/1.1\r\nhost: a\r\n{lines}connection: close\r\n\r\n").into_bytes()
    };
    let bodies: [Vec<u8>; 10] = [
        ask(&format!("user-agent: {}\r\n", "x".repeat(1 << 20))),
        ask("user-agent: \u{1b}[31mred\u{1b}[0m\r\n"),
        ask("user-agent: a\nlevel=ERROR forged\r\n"),
        ask("referer: %0aERROR forged\r\n"),
        b"GET /%1b[31m%0aERROR%20forged HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".to_vec(),
        "GET /\u{9b}31m HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".into(),
        [
            b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 80000000\r\n\r\n".to_vec(),
            vec![b'x'; 8 << 20],
        ]
        .concat(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        vec![b'\n'; 1 << 20],
        vec![0; 1 << 20],
    ];
    for body in &bodies {
        let answer = serving.say(body);
        assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
        let grown = serving.peak().saturating_sub(before);
        assert!(grown < 64 << 10, "{grown} KiB more");
    }
    assert_eq!(serving.get("/").0, 200);
    let log = serving.stop();
    assert!(log.contains("serving readers"), "{log}");
    for line in log.lines() {
        assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
        assert!(
            line.len() < 16 << 10 && !line.starts_with("ERROR") && !line.contains("level="),
            "{line:.200}"
        );
    }
}

/// Serves the whole demonstration where no address but the process's own can be reached, and counts what was tried.
#[test]
fn case_015_serving_asks_nobody() {
    if std::env::var_os("OVN_TEST_ALONE").is_some() {
        return alone();
    }
    if std::env::var(NAMESPACES).is_ok_and(|value| value == "skip") {
        eprintln!("not run: {NAMESPACES} asks to leave out the test in a network namespace");
        return;
    }
    let own = std::env::current_exe().unwrap();
    let run = |flags: &str| {
        let mut command = Command::new("unshare");
        command
            .args([flags, "--", "sh", "-c", "ip link set lo up && exec \"$0\" \"$@\""])
            .arg(&own);
        command
            .args(["--exact", "case_015_serving_asks_nobody", "--nocapture"])
            .env("OVN_TEST_ALONE", "1");
        command.output()
    };
    // As root, or as a user who may have a namespace of users too.
    let mut tried = Vec::new();
    let served =
        |output: &Output| String::from_utf8_lossy(&output.stdout).contains("addresses served");
    let done = ["-n", "-rn"].iter().find_map(|flags| {
        let output = run(flags);
        tried.push(format!("{output:?}"));
        output.ok().filter(served)
    });
    let done = done.unwrap_or_else(|| {
        panic!(
            "no network namespace can be made or served in (needs util-linux, iproute2 and root or user namespaces); \
             {NAMESPACES}=skip leaves this test out: {tried:#?}"
        )
    });
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}");
    print!("{said}");
}

/// A line of counters of this network namespace, by name.
fn counter(protocol: &str, name: &str) -> u64 {
    let all = fs::read_to_string("/proc/self/net/snmp").unwrap();
    let mut lines = all.lines().filter_map(|line| line.strip_prefix(protocol)?.strip_prefix(": "));
    let (names, values) = (lines.next().unwrap(), lines.next().unwrap());
    let place = names.split(' ').position(|one| one == name).unwrap();
    values.split(' ').nth(place).unwrap().parse().unwrap()
}

fn alone() {
    let routes = fs::read_to_string("/proc/self/net/route").unwrap();
    assert_eq!(routes.lines().count(), 1, "there is a way out: {routes}");
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("demo");
    let made = ovn(&["demo", "--no-serve", "--port", "0", "--dir", dir.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let serving = Serving::start(&dir);
    let mut stream = BufReader::new(TcpStream::connect(&serving.address).unwrap());
    let (mut left, mut seen) = (vec!["/".to_owned()], BTreeSet::new());
    while let Some(path) = left.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let body = on(&mut stream, &path);
        let links = body
            .split(['"', '\'', '<', '>'])
            .filter(|text| text.starts_with('/') && !text.starts_with("//"));
        for link in links {
            let link = link.split('#').next().unwrap().replace("&amp;", "&");
            if !seen.contains(&link) && !link.contains(char::is_whitespace) && link.len() < 300 {
                left.push(link);
            }
        }
    }
    println!("{} addresses served", seen.len());
    assert!(seen.len() > 300, "{}", seen.len());
    // Our own connection is the only one that anybody opened; no name was looked up, and no packet lacked a route.
    assert_eq!(counter("Tcp", "ActiveOpens"), 1);
    assert_eq!(counter("Tcp", "AttemptFails"), 0);
    assert_eq!(counter("Udp", "OutDatagrams"), 0);
    assert_eq!(counter("Ip", "OutNoRoutes"), 0);
}

/// The body at `path`, over a connection that is kept.
fn on(stream: &mut BufReader<TcpStream>, path: &str) -> String {
    write!(stream.get_mut(), "GET {path} HTTP/1.1\r\nhost: a\r\n\r\n").unwrap();
    let (mut length, mut status) = (0, String::new());
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).unwrap();
        let line = line.trim_end();
        if status.is_empty() {
            status = line.to_owned();
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let good = ["HTTP/1.1 200", "HTTP/1.1 308", "HTTP/1.1 404", "HTTP/1.1 410"]
        .iter()
        .any(|one| status.starts_with(one));
    assert!(good, "{path}: {status}");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    String::from_utf8_lossy(&body).into_owned()
}
