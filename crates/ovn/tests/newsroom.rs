//! `ovn serve` with its newsroom, and `ovn user invite`: sockets, hosts, limits, and what is said where.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

fn ovn(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ovn"));
    let gone = ["OVN_DATABASE", "OVN_LOG", "OVN_NEWSROOM", "OVN_NEWSROOM_URL"];
    command.args(arguments);
    for name in gone {
        command.env_remove(name);
    }
    command
}

fn edition(home: &Path) -> PathBuf {
    let dir = home.join("edition");
    assert!(ovn(&["init", dir.to_str().unwrap()]).output().unwrap().status.success());
    dir
}

/// A process that serves readers and newsroom, and ends with this value.
struct Serving {
    child: Child,
    readers: String,
    newsroom: String,
    said: String,
}

impl Serving {
    fn start(dir: &Path) -> Self {
        let mut child =
            ovn(&["serve", "--port", "0", "--newsroom", "127.0.0.1:0", dir.to_str().unwrap()])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (mut said, mut readers, mut newsroom) = (String::new(), String::new(), String::new());
        while newsroom.is_empty() {
            let line = lines.next().expect("it ended").unwrap();
            let address = |sign: &str| line.split_once(sign).map(|(_, rest)| rest.to_owned());
            if let Some(rest) = address(" at http://").filter(|_| line.starts_with("Serving")) {
                rest.split(';').next().unwrap().clone_into(&mut readers);
            }
            if let Some(rest) = address("The newsroom is at http://") {
                newsroom = rest;
            }
            said += &line;
            said.push('\n');
        }
        // What comes after is read by nobody, and nobody waits for it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, readers, newsroom, said }
    }

    fn say(&self, address: &str, bytes: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(address).unwrap();
        // The server may hang up before it has read all.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
        (status, answer)
    }

    fn get(&self, path: &str, host: &str) -> (u16, String) {
        let ask = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        self.say(&self.newsroom, ask.as_bytes())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn invite(dir: &Path, more: &[&str]) -> String {
    let mut arguments = vec!["user", "invite", dir.to_str().unwrap()];
    arguments.extend_from_slice(more);
    let told = ovn(&arguments).output().unwrap();
    assert!(told.status.success(), "{told:?}");
    String::from_utf8(told.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_link_opens_the_door_once_it_is_the_newest() {
    let home = tempfile::tempdir().unwrap();
    let dir = edition(home.path());
    let serving = Serving::start(&dir);
    assert!(!serving.said.contains("/join/"), "a link goes to a terminal alone: {}", serving.said);
    let path = |link: &str| link.strip_prefix("http://localhost:8081").unwrap().to_owned();
    let (old, new) = (path(&invite(&dir, &[])), path(&invite(&dir, &["--role", "reporter"])));
    let (status, page) = serving.get(&new, &serving.newsroom);
    assert!(status == 200 && page.contains("Administrator"), "the first is always one: {page}");
    assert_eq!(serving.get(&old, &serving.newsroom).0, 404);
    let json = invite(&dir, &["--json"]);
    assert!(json.contains("\"link\": \"http://localhost:8081/join/"), "{json}");
    let told = ovn(&["user", "invite", dir.to_str().unwrap(), "--role", "owner"]).output().unwrap();
    assert_eq!(told.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&told.stderr).contains("there is no role \"owner\""));
}

#[test]
fn the_newsroom_answers_its_own_host_within_limits() {
    let home = tempfile::tempdir().unwrap();
    let serving = Serving::start(&edition(home.path()));
    let own = serving.newsroom.clone();
    assert_eq!(serving.get("/sign-in", &own).0, 200);
    assert_eq!(serving.get("/sign-in", "rebound.example").0, 421);
    assert_eq!(serving.get("/", &own).0, 303);
    let long = "a".repeat(9000);
    assert_eq!(serving.get(&format!("/{long}"), &own).0, 414);
    let readers =
        format!("GET /sign-in HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", serving.readers);
    assert_eq!(
        serving.say(&serving.readers, readers.as_bytes()).0,
        404,
        "readers have no newsroom"
    );
    let ask = |lines: &str, body: &str| {
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nhost: {own}\r\norigin: http://{own}\r\nconnection: close\r\n{lines}\r\n\r\n"
        );
        serving.say(&own, format!("{head}{body}").as_bytes()).0
    };
    let form = "content-type: application/x-www-form-urlencoded\r\ncontent-length: ";
    let given = "name=nobody&passphrase=nothing";
    assert_eq!(ask(&format!("{form}{}", given.len()), given), 403);
    assert_eq!(ask(&format!("{form}7000000"), ""), 413);
    assert_eq!(ask("transfer-encoding: chunked", "0\r\n\r\n"), 400);
    assert_eq!(ask(&format!("host: other\r\n{form}0"), ""), 400);
}

#[test]
fn what_strangers_could_read_does_not_start() {
    let home = tempfile::tempdir().unwrap();
    let dir = edition(home.path());
    let check = |place: &str, sentence: &str| {
        let arguments = ["serve", "--port", "0", "--newsroom", place, dir.to_str().unwrap()];
        let told = ovn(&arguments).output().unwrap();
        let said = String::from_utf8_lossy(&told.stderr).into_owned();
        assert!(!told.status.success() && said.contains(sentence), "{place}: {said}");
    };
    check("0.0.0.0:0", "set newsroom-url to the https:// address");
    check("8081", "write 127.0.0.1:8081, or off");
}
