//! A restart that no reader notices, on a socket that outlives the process; and what the log says of readers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

const OVN: &str = env!("CARGO_BIN_EXE_ovn");
/// Puts the socket that comes as standard input where `sd_listen_fds(3)` looks for it.
const HAND_OVER: &str =
    "LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=readers exec \"$0\" \"$@\" 3<&0 0</dev/null";

fn edition() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let init = Command::new(OVN).args(["init", "edition"]).current_dir(home.path()).output();
    assert!(init.unwrap().status.success());
    home
}

/// A process that serves on a socket that it was handed; it has said that it serves.
fn serve_on(socket: &TcpListener, home: &Path) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", HAND_OVER, OVN, "serve", "edition"]).current_dir(home);
    let socket = Stdio::from(OwnedFd::from(socket.try_clone().unwrap()));
    let mut child =
        command.stdin(socket).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("http://"), "{line}");
    child
}

fn get(address: SocketAddr, target: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    write!(stream, "GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// Ends a process as a supervisor does, and says whether it ended well in time.
fn end(child: &mut Child) {
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    let began = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(began.elapsed() < Duration::from_secs(20), "it does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(child.wait().unwrap().success());
}

#[test]
fn no_connection_is_refused_while_one_process_follows_another() {
    let home = edition();
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let mut old = serve_on(&socket, home.path());
    let (done, good) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let (done, good) = (Arc::clone(&done), Arc::clone(&good));
            std::thread::spawn(move || {
                let mut bad = Vec::new();
                while !done.load(Ordering::Acquire) {
                    match get(address, "/") {
                        Ok(answer) if answer.starts_with("HTTP/1.1 200") => {
                            good.fetch_add(1, Ordering::AcqRel);
                        }
                        other => bad.push(format!("{other:?}")),
                    }
                }
                bad
            })
        })
        .collect();
    let more = || {
        let until = good.load(Ordering::Acquire) + 50;
        let began = Instant::now();
        while good.load(Ordering::Acquire) < until {
            assert!(began.elapsed() < Duration::from_secs(60), "nobody is served");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    more();
    // The new one first, then the old one goes: both serve for a while.
    let mut new = serve_on(&socket, home.path());
    more();
    end(&mut old);
    more();
    // The old one goes, then the new one comes: readers wait in the socket.
    end(&mut new);
    let mut last = serve_on(&socket, home.path());
    more();
    done.store(true, Ordering::Release);
    let bad: Vec<String> = readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect();
    end(&mut last);
    assert!(bad.is_empty(), "{} of {}: {:?}", bad.len(), good.load(Ordering::Acquire), bad.first());
}

#[test]
fn the_operator_s_address_is_never_the_readers() {
    let home = edition();
    let serve = |bind: &str, port: &str, operator: &str| {
        let mut command = Command::new(OVN);
        command.args(["doctor", "edition"]).current_dir(home.path());
        command.env("OVN_BIND", bind).env("OVN_PORT", port).env("OVN_OPERATOR", operator);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for bind in ["127.0.0.1", "localhost", "0.0.0.0", "news.example"] {
        let (code, said) = serve(bind, "9464", "127.0.0.1:9464");
        assert_eq!(code, Some(2), "{bind}");
        assert!(said.contains("operator is the readers' own address"), "{said}");
    }
    assert_eq!(serve("127.0.0.1", "9465", "127.0.0.1:9464").0, Some(0));
    assert!(serve("127.0.0.1", "1", "9464").1.contains("OVN_OPERATOR is"));
}

#[test]
fn the_log_has_a_line_a_request_and_nothing_of_who_asked() {
    let home = edition();
    let mut child = Command::new(OVN)
        .args(["serve", "edition", "--port", "0", "--log", "json"])
        .env("OVN_LOG", "debug")
        .env("OVN_OPERATOR", "127.0.0.1:0")
        .current_dir(home.path())
        .stdout(Stdio::piped())
        .stderr(fs::File::create(home.path().join("log")).unwrap())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address: SocketAddr = line.trim().strip_prefix("http://").unwrap().parse().unwrap();
    let answer = get(address, "/search?q=whatsoughtfor").unwrap();
    get(address, "/nothing%0a%0d%1b[31mforged").unwrap();
    end(&mut child);
    let log = fs::read_to_string(home.path().join("log")).unwrap();
    let id = answer.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap();
    let lines: Vec<serde_json::Value> =
        log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let own = lines.iter().find(|line| line["id"] == id).expect("its line");
    assert_eq!((&own["path"], &own["status"]), (&"/search".into(), &200.into()), "{own}");
    assert!(own["micros"].is_number() && own["bytes"].is_number(), "{own}");
    assert!(!log.contains("whatsoughtfor"), "{log}");
    let peers = lines.iter().filter(|line| line["message"] == "answered");
    assert!(
        peers.clone().count() == 2
            && peers.clone().all(|line| !line.to_string().contains("127.0.0.1"))
    );
    assert!(!log.contains('\u{1b}'), "{log}");
}

#[test]
fn a_log_that_nobody_reads_keeps_no_reader_waiting() {
    let home = edition();
    let mut child = Command::new(OVN)
        .args(["serve", "edition", "--port", "0"])
        .env("OVN_LOG", "debug")
        .current_dir(home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address: SocketAddr = line.trim().strip_prefix("http://").unwrap().parse().unwrap();
    // A line has more than a hundred bytes, and a pipe holds 64 KiB.
    for _ in 0..1_200 {
        assert!(get(address, "/").unwrap().starts_with("HTTP/1.1 200"));
    }
    end(&mut child);
}
