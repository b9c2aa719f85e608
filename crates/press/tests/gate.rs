//! The guarded fetcher before servers and names that mean harm, by their numbers in `docs/hostile-input.md`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines
)]

use ovn_edition::commit::sha256;
use ovn_press::fetch::guarded::{Fetched, Gate, Limits, Refusal};
use ovn_press::fetch::names::Names;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Names of a test, each with what it leads to at the first, second … question; and one server that stands for every
/// public address. What is checked is the public address, as it is outside of tests.
#[derive(Debug)]
struct Wired {
    names: BTreeMap<&'static str, Vec<Vec<IpAddr>>>,
    asked: AtomicUsize,
    connected: Mutex<Vec<SocketAddr>>,
    server: SocketAddr,
}

impl Names for Wired {
    fn resolve(&self, name: &str, _: Duration) -> Result<Vec<IpAddr>, String> {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        let answers = self.names.get(name).ok_or("no such name")?;
        Ok(answers[asked.min(answers.len() - 1)].clone())
    }

    fn wire(&self, checked: SocketAddr) -> SocketAddr {
        self.connected.lock().unwrap().push(checked);
        self.server
    }
}

/// A server that answers each request by its target; it keeps the heads that it was sent.
struct Server {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

fn server(
    say: impl Fn(&str, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heads: Arc<Mutex<Vec<String>>> = Arc::default();
    let (kept, say) = (heads.clone(), Arc::new(say));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(mut stream), say, kept) = (stream, say.clone(), kept.clone()) else { return };
            std::thread::spawn(move || {
                let mut head = [0; 8192];
                let read = stream.read(&mut head).unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..read]).into_owned();
                let path = head.split(' ').nth(1).unwrap_or("").to_owned();
                kept.lock().unwrap().push(head);
                // A client that has had enough hangs up.
                let _ = say(&path, &mut stream);
            });
        }
    });
    Server { address, heads }
}

fn page(lines: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n{lines}");
    let head = format!("{head}content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

const PUBLIC: &str = "93.184.215.14";

fn wired(server: &Server, names: &[(&'static str, &[&[&str]])]) -> Arc<Wired> {
    let list = |all: &&[&str]| all.iter().map(|one| ip(one)).collect();
    let names = names.iter().map(|(name, turns)| (*name, turns.iter().map(list).collect()));
    let (asked, connected) = (AtomicUsize::new(0), Mutex::default());
    Arc::new(Wired { names: names.collect(), asked, connected, server: server.address })
}

fn limits() -> Limits {
    let (total, idle) = (Duration::from_millis(1500), Duration::from_millis(500));
    Limits { bytes: 1 << 20, total, idle, ..Limits::default() }
}

fn fetch(names: &Arc<Wired>, address: &str) -> Result<Fetched, Refusal> {
    Gate::new(names.clone(), limits()).fetch(address, &|| 7)
}

#[test]
fn case_048_what_came_over_the_line_is_kept_as_it_came() {
    let server = server(|_, out| out.write_all(&page("x-of-ours: yes\r\n", b"<p>Words")));
    let names = wired(&server, &[("news.example", &[&[PUBLIC]])]);
    let got = fetch(&names, "http://news.example/a?b#c").unwrap();
    assert_eq!((got.url.as_str(), got.media.as_str()), ("http://news.example/a?b", "text/html"));
    assert_eq!(got.body, b"<p>Words");
    let [one] = &got.exchanges[..] else { panic!("{:?}", got.exchanges) };
    assert_eq!(one.response, page("x-of-ours: yes\r\n", b"<p>Words"));
    assert_eq!((one.address, one.at, one.payload), (ip(PUBLIC), 7, sha256(b"<p>Words")));
    assert_eq!(one.request, server.heads.lock().unwrap()[0].as_bytes());
    let head = String::from_utf8(one.request.clone()).unwrap().to_lowercase();
    assert!(head.starts_with("get /a?b http/1.1\r\n"), "{head}");
    for line in ["host: news.example\r\n", "accept-encoding: identity\r\n"] {
        assert!(head.contains(line), "{head}");
    }
    for never in ["cookie:", "referer:", "authorization:"] {
        assert!(!head.contains(never), "{head}");
    }
    assert_eq!(*names.connected.lock().unwrap(), [SocketAddr::new(ip(PUBLIC), 80)]);
}

#[test]
fn pieces_are_put_together_for_the_hash_and_kept_apart_in_the_answer() {
    let raw = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n\
        3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
    let server = server(|_, out| {
        out.write_all(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n")?;
        out.write_all(raw)
    });
    let got = fetch(&wired(&server, &[("a.example", &[&[PUBLIC]])]), "http://a.example/").unwrap();
    assert_eq!(got.body, b"abcde");
    assert_eq!(got.exchanges[0].payload, sha256(b"abcde"));
    assert_eq!(got.exchanges[0].response, raw);
}

#[test]
fn case_046_no_name_and_no_redirect_leads_inside() {
    let server = server(|path, out| match path.strip_prefix("/to/") {
        Some(place) => {
            let lines =
                format!("HTTP/1.1 302 Go\r\nlocation: {place}\r\ncontent-length: 0\r\n\r\n");
            out.write_all(lines.as_bytes())
        }
        None => out.write_all(&page("", b"secret")),
    });
    let names = wired(
        &server,
        &[
            ("good.example", &[&[PUBLIC]]),
            ("six.example", &[&["2606:2800:21f::1", PUBLIC]]),
            ("inside.example", &[&["10.0.0.5"]]),
            ("both.example", &[&[PUBLIC, "10.0.0.5"]]),
            ("mixed.example", &[&[PUBLIC, "fd00::1"]]),
            ("mapped.example", &[&["::ffff:127.0.0.1"]]),
            ("localhost", &[&["127.0.0.1", "::1"]]),
            ("metadata.internal", &[&["169.254.169.254"]]),
            ("empty.example", &[&[]]),
        ],
    );
    assert_eq!(fetch(&names, "http://good.example/").unwrap().body, b"secret");
    assert_eq!(fetch(&names, "http://six.example/").unwrap().body, b"secret");
    let inside = [
        "inside.example",
        "both.example",
        "mixed.example",
        "mapped.example",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "metadata.internal",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "0.0.0.0",
        "0",
        "169.254.169.254",
        "100.100.100.200",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:c000:204::1]",
        "192.168.1.1",
        "172.16.0.1",
        "224.0.0.1",
        "①②⑦.0.0.1",
    ];
    names.connected.lock().unwrap().clear();
    for host in inside {
        let direct = fetch(&names, &format!("http://{host}/x"));
        assert!(matches!(direct, Err(Refusal::Inside { .. })), "{host}: {direct:?}");
        assert!(names.connected.lock().unwrap().is_empty(), "{host}");
    }
    for host in inside.iter().filter(|host| host.is_ascii()) {
        let sent_on = fetch(&names, &format!("http://good.example/to/http://{host}/x"));
        assert!(matches!(sent_on, Err(Refusal::Inside { .. })), "{host}: {sent_on:?}");
        let only = std::mem::take(&mut *names.connected.lock().unwrap());
        assert_eq!(only, [SocketAddr::new(ip(PUBLIC), 80)], "{host}");
    }
    for other in ["file:///etc/passwd", "gopher://good.example/", "ftp://good.example/x"] {
        let sent_on = fetch(&names, &format!("http://good.example/to/{other}"));
        assert!(matches!(sent_on, Err(Refusal::Scheme(_))), "{other}: {sent_on:?}");
    }
    let port = fetch(&names, "http://good.example/to/http://good.example:25/");
    assert_eq!(port, Err(Refusal::Port(25)));
    for name in ["http://empty.example/", "http://nobody.example/"] {
        assert!(matches!(fetch(&names, name), Err(Refusal::Name { .. })), "{name}");
    }
    let error = fetch(&names, "http://both.example/x").unwrap_err().to_string();
    assert_eq!(
        error,
        "both.example leads to 10.0.0.5, which is a private network (RFC 1918); only public addresses are fetched"
    );
}

/// The second answer leads inside: it is never asked for, because the first is what is connected to.
#[test]
fn case_046_a_name_is_resolved_once_for_each_request() {
    let server = server(|path, out| match path {
        "/again" => out.write_all(b"HTTP/1.1 302 Go\r\nlocation: /b\r\ncontent-length: 0\r\n\r\n"),
        _ => out.write_all(&page("", b"public")),
    });
    let names = wired(&server, &[("turns.example", &[&[PUBLIC], &["127.0.0.1"]])]);
    assert_eq!(fetch(&names, "http://turns.example/").unwrap().body, b"public");
    assert_eq!(names.asked.load(Ordering::SeqCst), 1);
    assert_eq!(*names.connected.lock().unwrap(), [SocketAddr::new(ip(PUBLIC), 80)]);
    // A redirect is a request of its own, and what its name leads to then is looked at.
    let names = wired(&server, &[("turns.example", &[&[PUBLIC], &["127.0.0.1"]])]);
    let error = fetch(&names, "http://turns.example/again").unwrap_err();
    assert!(matches!(error, Refusal::Inside { .. }), "{error}");
}

#[test]
fn case_042_the_gate_waits_and_reads_within_limits() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n";
    let server = server(move |path, out| match path {
        "/long" => out.write_all(&page("", &vec![b'x'; 3 << 20])),
        "/endless" => {
            out.write_all(head)?;
            out.write_all(b"transfer-encoding: chunked\r\n\r\n")?;
            loop {
                out.write_all(b"4\r\nabcd\r\n")?;
            }
        }
        "/until-it-closes" => {
            out.write_all(head)?;
            out.write_all(b"\r\n")?;
            loop {
                out.write_all(&[b'x'; 1000])?;
            }
        }
        "/drip" => {
            out.write_all(head)?;
            out.write_all(b"content-length: 1000\r\n\r\n")?;
            loop {
                out.write_all(b"x")?;
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        "/drip-head" => loop {
            out.write_all(b"H")?;
            std::thread::sleep(Duration::from_millis(100));
        },
        "/silence" => {
            std::thread::sleep(Duration::from_secs(20));
            Ok(())
        }
        "/heads" => {
            out.write_all(head)?;
            loop {
                out.write_all(b"x-more: and more\r\n")?;
            }
        }
        "/one-head" => {
            out.write_all(head)?;
            out.write_all(b"x-more: ")?;
            loop {
                out.write_all(&[b'y'; 1000])?;
            }
        }
        "/loop" => {
            out.write_all(b"HTTP/1.1 301 Go\r\nlocation: /loop\r\ncontent-length: 0\r\n\r\n")
        }
        "/short" => {
            out.write_all(head)?;
            out.write_all(b"content-length: 9\r\n\r\nx")
        }
        // A gigabyte of zeros, packed; nothing unpacks it.
        "/packed" => out.write_all(&page("content-encoding: gzip\r\n", b"\x1f\x8b\x08\0rest")),
        _ => out.write_all(b"SSH-2.0-x\r\n"),
    });
    let names = wired(&server, &[("a.example", &[&[PUBLIC]])]);
    let of = |path: &str| fetch(&names, &format!("http://a.example{path}"));
    for path in ["/long", "/endless", "/until-it-closes"] {
        assert!(
            matches!(of(path), Err(Refusal::Long { most: 1_048_576, .. })),
            "{path}: {:?}",
            of(path)
        );
    }
    for path in ["/drip", "/drip-head", "/silence", "/heads", "/one-head", "/short", "/junk"] {
        let error = of(path).unwrap_err();
        assert!(matches!(error, Refusal::Failed { .. }), "{path}: {error:?}");
    }
    let before = server.heads.lock().unwrap().len();
    assert!(matches!(of("/loop"), Err(Refusal::Redirects { most: 5, .. })));
    assert_eq!(server.heads.lock().unwrap().len() - before, 6);
    assert_eq!(of("/packed").unwrap().body, b"\x1f\x8b\x08\0rest");
}

#[test]
fn what_is_no_source_is_not_kept() {
    let server = server(|path, out| {
        let (status, media) = path.trim_start_matches('/').split_once('/').unwrap();
        let lines =
            format!("HTTP/1.1 {status} X\r\ncontent-type: {media}\r\ncontent-length: 1\r\n\r\nx");
        out.write_all(lines.as_bytes())
    });
    let names = wired(&server, &[("a.example", &[&[PUBLIC]])]);
    let of = |path: &str| fetch(&names, &format!("http://a.example{path}"));
    assert_eq!(of("/200/Application/PDF").unwrap().media, "application/pdf");
    for path in [
        "/200/video/mp4",
        "/200/application/zip",
        "/200/application/x-msdownload",
        "/200/image/svg+xml",
        "/200/",
    ] {
        assert!(matches!(of(path), Err(Refusal::Type { .. })), "{path}");
    }
    for (path, status) in
        [("/404/text/html", 404), ("/500/text/html", 500), ("/206/text/html", 206)]
    {
        let error = of(path).unwrap_err();
        assert!(
            matches!(error, Refusal::Status { status: found, .. } if found == status),
            "{error}"
        );
    }
}
