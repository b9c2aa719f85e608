//! Several processes of the program on one database: what one publishes, the others show, and whatever ends, they go on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use ovn_tests::line::Line;
use ovn_tests::objects;
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
        Some(Self::with(postgres::server()?.database()))
    }

    fn with(database: Database) -> Self {
        let edition = Self { home: tempfile::tempdir().unwrap(), database };
        good(&ovn(&edition.database.address(), &["init", &edition.dir()]));
        edition
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
        Self::start_with(dir, &[("OVN_DATABASE", database.to_owned())])
    }

    fn start_with(dir: &Path, variables: &[(&str, String)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ovn"));
        command.args(["serve", "--port", "0"]).arg(dir).envs(variables.iter().cloned());
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

/// Whether an answer says that it is for now only.
fn is_later((status, answer): &(u16, String)) -> bool {
    *status == 503 && answer.to_ascii_lowercase().contains("\r\nretry-after:")
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

/// Pages that were read before go on, others say 503 and when to come back, and all of it ends by itself.
fn reading_goes_on(node: &Serving, edition: &Edition, away: impl FnOnce(), back: impl FnOnce()) {
    assert_eq!((node.get("/").0, node.get("/archive").0), (200, 200));
    away();
    for _ in 0..3 {
        assert_eq!((node.get("/").0, node.get("/archive").0), (200, 200));
    }
    let unread = node.get("/corrections");
    assert!(is_later(&unread), "{}", unread.1);
    assert_eq!(node.get("/").0, 200);
    back();
    let took = until(|| node.get("/corrections").0 == 200);
    let words = "News of after";
    good(&edition.publish("after"));
    let shown = until(|| node.shows(words));
    println!(
        "all pages again {took:?} after the database, the next article {shown:?} after its publication"
    );
}

#[test]
fn reading_goes_on_while_the_server_is_down() {
    let Some(server) = postgres::another(false) else { return };
    let edition = Edition::with(server.database());
    good(&edition.publish("before"));
    let node = Serving::start(Path::new(&edition.dir()), &edition.database.address());
    reading_goes_on(&node, &edition, || server.stop(), || server.begin());
}

#[test]
fn reading_goes_on_while_the_line_to_the_database_is_cut() {
    let Some(edition) = Edition::new() else { return };
    good(&edition.publish("before"));
    let folder = edition.home.path().join("line");
    fs::create_dir(&folder).unwrap();
    let line = Line::to_socket(&edition.database.socket(), &folder.join(".s.PGSQL.5432"));
    let folder = folder.to_string_lossy().replace('/', "%2F");
    let address = format!("postgres://desk@{folder}/{}", edition.database.name());
    let node = Serving::start(Path::new(&edition.dir()), &address);
    reading_goes_on(&node, &edition, || line.cut(true), || line.cut(false));
}

#[test]
fn nodes_without_a_common_file_system_show_one_record() {
    let Some(bucket) = objects::server().map(objects::Server::bucket) else { return };
    let Some(database) = postgres::server().map(postgres::Server::database) else { return };
    let env = bucket.environment();
    let names = ["OVN_RECORD", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    let mut variables: Vec<(&str, String)> =
        names.into_iter().filter_map(|name| Some((name, env(name)?))).collect();
    variables.push(("OVN_DATABASE", database.address()));
    let home = tempfile::tempdir().unwrap();
    let (desk, reads) = (home.path().join("desk/edition"), home.path().join("reads/edition"));
    let ovn = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ovn"));
        good(&command.envs(variables.clone()).args(arguments).output().unwrap())
    };
    ovn(&["init", desk.to_str().unwrap()]);
    // The node that only reads has the settings and nothing else: no key, no record.
    fs::create_dir_all(&reads).unwrap();
    fs::copy(desk.join("ovn.toml"), reads.join("ovn.toml")).unwrap();
    let node = Serving::start_with(&reads, &variables);
    let file = home.path().join("one.md");
    fs::write(&file, "---\nheadline: News of one\nlang: en\nslug: one\n---\nThe harbour opened.\n")
        .unwrap();
    ovn(&["publish", file.to_str().unwrap(), "--dir", desk.to_str().unwrap()]);
    until(|| node.shows("News of one"));
    for path in ["/record/checkpoint", "/record/tile/0/000.p/2", "/record/vkey", "/record/entry/1"]
    {
        assert_eq!(node.get(path).0, 200, "{path}");
    }
    let address = format!("http://{}/", node.address);
    for place in [address.as_str(), reads.to_str().unwrap()] {
        let told = ovn(&["verify", place, "--forget"]);
        assert!(told.contains("2 entries"), "{told}");
    }
    assert!(!desk.join("record").exists() && !reads.join("record").exists());
}
