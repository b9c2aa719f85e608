//! Several processes of the program on one database: what one publishes, the others show, and whatever ends, they go on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use ovn_tests::postgres::{self, Database};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The longest that a page may lag behind what is published, on a machine that does other things too.
const WITHIN: Duration = Duration::from_secs(10);

fn ovn(database: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ovn"));
    command.env("OVN_DATABASE", database).args(arguments).output().unwrap()
}

fn good(output: &Output) -> String {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// An edition whose rows are in a database of its own.
struct Edition {
    home: tempfile::TempDir,
    database: Database,
}

impl Edition {
    fn new() -> Option<Self> {
        let database = postgres::server()?.database();
        let edition = Self { home: tempfile::tempdir().unwrap(), database };
        good(&ovn(&edition.database.address(), &["init", &edition.dir()]));
        Some(edition)
    }

    fn dir(&self) -> String {
        self.home.path().join("edition").to_string_lossy().into_owned()
    }

    fn article(&self, slug: &str) -> PathBuf {
        let file = self.home.path().join(format!("{slug}.md"));
        let text = format!(
            "---\nheadline: News of {slug}\nlang: en\nslug: {slug}\n---\nThe harbour opened.\n"
        );
        fs::write(&file, text).unwrap();
        file
    }

    fn publish(&self, slug: &str) -> Output {
        let file = self.article(slug);
        ovn(&self.database.address(), &["publish", file.to_str().unwrap(), "--dir", &self.dir()])
    }
}

/// A process that serves readers, and ends with this value.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(dir: &Path, database: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ovn"));
        command.args(["serve", "--port", "0"]).arg(dir).env("OVN_DATABASE", database);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("ovn serve");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").expect("an address").to_owned();
        Self { child, address }
    }

    /// Status and whole answer to a request for `path`.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let host = &self.address;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        (status, answer)
    }

    fn shows(&self, words: &str) -> bool {
        self.get("/").1.contains(words)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn until(what: impl Fn() -> bool) -> Duration {
    let since = Instant::now();
    while !what() {
        assert!(since.elapsed() < WITHIN, "it never happened");
        std::thread::sleep(Duration::from_millis(5));
    }
    since.elapsed()
}

#[test]
fn what_one_process_publishes_the_others_show_at_once() {
    let Some(edition) = Edition::new() else { return };
    let (dir, database) = (edition.dir(), edition.database.address());
    let nodes = [(); 2].map(|()| Serving::start(Path::new(&dir), &database));
    let mut waits = Vec::new();
    for slug in ["one", "two", "three"] {
        let words = format!("News of {slug}");
        assert!(nodes.iter().all(|node| node.get("/").0 == 200 && !node.shows(&words)));
        good(&edition.publish(slug));
        waits.push(until(|| nodes.iter().all(|node| node.shows(&words))));
    }
    waits.sort();
    println!("shown on both nodes after {waits:?}");
    assert!(waits[1] < Duration::from_secs(1), "{waits:?}");
}

#[test]
fn commands_that_publish_at_the_same_time_take_turns() {
    let Some(edition) = Edition::new() else { return };
    let node = Serving::start(Path::new(&edition.dir()), &edition.database.address());
    let slugs = ["one", "two", "three", "four"];
    std::thread::scope(|scope| {
        let work: Vec<_> = slugs.iter().map(|slug| scope.spawn(|| edition.publish(slug))).collect();
        work.into_iter().for_each(|one| drop(good(&one.join().unwrap())));
    });
    for slug in slugs {
        until(|| node.shows(&format!("News of {slug}")));
    }
}
