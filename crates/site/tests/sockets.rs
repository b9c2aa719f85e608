//! The server on a real socket: framing that two servers could read in two ways, slow clients, floods, the stop.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines
)]

mod edition;

use std::time::{Duration, Instant};

use edition::{Edition, publish};
use ovn_site::serve::Limits;
use ovn_site::serve_within;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Running {
    edition: Edition,
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    done: JoinHandle<std::io::Result<()>>,
}

async fn start(limits: Limits) -> Running {
    run(Edition::new(), limits).await
}

async fn run(edition: Edition, limits: Limits) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let wait = async move {
        let _ = stopped.await;
    };
    let done = tokio::spawn(serve_within(edition.site.clone(), listener, wait, limits));
    Running { edition, address, stop, done }
}

impl Running {
    /// Sends the bytes and reads to the end.
    async fn say(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn stop(self) {
        self.stop.send(()).unwrap();
        self.done.await.unwrap().unwrap();
    }
}

fn limits() -> Limits {
    Limits { head: Duration::from_millis(600), ..Limits::default() }
}

/// Each request gets this status, once, and nothing that follows it in the same bytes is read as a second one.
async fn check(running: &Running, rows: &[(&str, &str)]) {
    for (request, expected) in rows {
        let smuggled = format!("{request}GET /feed.json HTTP/1.1\r\nhost: a\r\n\r\n");
        for bytes in [request, smuggled.as_str()] {
            let answer = running.say(bytes.as_bytes()).await;
            let short: String = request.chars().take(120).collect();
            let start = format!("HTTP/1.1 {expected}");
            assert!(answer.starts_with(&start), "{short:?} gave {:?}", answer.lines().next());
            assert_eq!(answer.matches("HTTP/1.").count(), 1, "{short:?} was read as two requests");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_071_the_host_is_one_and_changes_no_byte() {
    let running = start(limits()).await;
    let rows = [
        ("GET / HTTP/1.1\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a\r\nHOST: a\r\n\r\n", "400"),
        ("GET http://a/ HTTP/1.1\r\n\r\n", "400"),
    ];
    check(&running, &rows).await;
    let without_date = |answer: String| {
        // Its date and its number are each answer's own.
        let own = |line: &&str| line.starts_with("date: ") || line.starts_with("x-request-id: ");
        let lines = answer.split("\r\n").filter(|line| !own(line));
        lines.collect::<Vec<_>>().join("\r\n")
    };
    let ask = |host: &str, target: &str| {
        format!("GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")
    };
    let own = without_date(running.say(ask("news.example", "/2026/11/port").as_bytes()).await);
    assert!(own.starts_with("HTTP/1.1 200") && own.contains("https://news.example/2026/11/port"));
    for (host, target) in [
        ("evil.example", "/2026/11/port"),
        ("news.example:8080", "/2026/11/port"),
        ("127.0.0.1", "/2026/11/port"),
        ("[::1]:80", "/2026/11/port"),
        ("news.example.", "/2026/11/port"),
        ("a b", "/2026/11/port"),
        ("\"><script>", "/2026/11/port"),
        ("news.example", "http://evil.example/2026/11/port"),
        ("evil.example", "http://news.example/2026/11/port"),
    ] {
        let answer = without_date(running.say(ask(host, target).as_bytes()).await);
        assert!(answer == own, "{host} {target}: {}", answer.lines().next().unwrap_or_default());
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn case_073_no_request_hides_in_another() {
    let running = start(limits()).await;
    let rows = [
        (
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "400",
        ),
        (
            "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\n",
            "400",
        ),
        ("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\nabcd", "400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4, 4\r\n\r\nabcd", "400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: +4\r\n\r\nabcd", "400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0x4\r\n\r\nabcd", "400"),
        (
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999999\r\n\r\nabcd",
            "400",
        ),
        ("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n", "400"),
        (
            "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "400",
        ),
        ("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding:\u{b}chunked\r\n\r\n0\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding : chunked\r\n\r\n0\r\n\r\n", "400"),
        (
            "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ntransfer-encoding: x\r\n\r\n0\r\n\r\n",
            "400",
        ),
        ("POST / HTTP/1.0\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", "400"),
        (
            "GET / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5;ext=\"\r\n\"\r\nabcde\r\n0\r\n\r\n",
            "400",
        ),
        ("GET / HTTP/1.1\r\nhost: a\r\nx: 1\r\n folded\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a\r\n x: 1\r\n\r\n", "400"),
        ("GET / HTTP/1.1\nhost: a\n\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a\nx: y\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a\r\nx: y\n\r\n", "400"),
        ("\nGET / HTTP/1.1\r\nhost: a\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a\rx: y\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a\r\nx: \0\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a\r\nx\u{e9}: y\r\n\r\n", "400"),
        ("GET / HTTP/1.1\r\nhost: a\r\n: y\r\n\r\n", "400"),
        ("GET / HTTP/2.0\r\nhost: a\r\n\r\n", "400"),
        ("GET / HTTP/1.1 x\r\nhost: a\r\n\r\n", "400"),
        ("GET  / HTTP/1.1\r\nhost: a\r\n\r\n", "400"),
        ("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\r\n\r\n", "400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nabcd", "405"),
        ("CONNECT evil.example:443 HTTP/1.1\r\nhost: a\r\n\r\n", "405"),
    ];
    check(&running, &rows).await;
    let whole = running.say(b"GET / HTTP/1.0\r\n\r\n").await;
    assert!(whole.starts_with("HTTP/1.0 200"), "{whole}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn case_075_heads_without_end() {
    let running = start(limits()).await;
    let head = |lines: &str| format!("GET / HTTP/1.1\r\nhost: a\r\n{lines}\r\n");
    let many = head(&"x: y\r\n".repeat(300));
    let huge = head(&format!("x: {}\r\n", "y".repeat(70_000)));
    let mega = head(&format!("if-none-match: {}\r\n", "y".repeat(1 << 20)));
    let long = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "y".repeat(20_000));
    let longest = format!("GET /?{} HTTP/1.1\r\nhost: a\r\n\r\n", "a=1&".repeat(100_000));
    for (request, expected) in
        [(many, "431"), (huge, "431"), (mega, "431"), (long, "414"), (longest, "4")]
    {
        let answer = running.say(request.as_bytes()).await;
        // A server that hangs up while a client still sends may cut off its own answer.
        let right = answer.is_empty() || answer.starts_with(&format!("HTTP/1.1 {expected}"));
        assert!(right, "{expected}: {:?}", answer.lines().next());
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn case_074_the_slow_are_let_go_and_the_stop_waits_for_nobody_idle() {
    let running = start(limits()).await;
    for start in ["", "P", "PRI * HT", "GET / HTTP/1.1\r\nhos"] {
        let began = Instant::now();
        running.say(start.as_bytes()).await;
        assert!(began.elapsed() < Duration::from_secs(3), "{start:?}");
    }
    let idle = TcpStream::connect(running.address).await.unwrap();
    let began = Instant::now();
    running.stop().await;
    assert!(began.elapsed() < Duration::from_secs(3));
    drop(idle);
}

/// 300 connections give a byte now and then; readers are answered all the while, and the slow are gone in the end.
#[tokio::test(flavor = "multi_thread")]
async fn case_074_many_slow_clients_keep_nobody_waiting() {
    let running = start(Limits { connections: 400, ..limits() }).await;
    let mut slow = Vec::new();
    for _ in 0..300 {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        stream.write_all(b"GET / HT").await.unwrap();
        slow.push(stream);
    }
    for _ in 0..20 {
        let ask = b"GET /2026/11/port HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        assert!(running.say(ask).await.starts_with("HTTP/1.1 200"));
    }
    for mut stream in slow {
        let _ = stream.write_all(b"T").await;
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut rest));
        assert!(ended.await.is_ok(), "a slow client was kept");
    }
    running.stop().await;
}

/// A frame of HTTP/2 (RFC 9113 section 4.1).
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// HPACK for GET, http, / and the host `a`.
const ASK: [u8; 6] = [0x82, 0x86, 0x84, 0x41, 0x01, b'a'];
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const CONTINUATION: u8 = 9;

#[tokio::test(flavor = "multi_thread")]
async fn case_074_floods_of_frames_end_their_own_connection() {
    let running = start(limits()).await;
    let streams = || (0..2_000_u32).map(|number| 2 * number + 1);
    let rapid = streams().flat_map(|stream| {
        [frame(HEADERS, 5, stream, &ASK), frame(RESET, 0, stream, &[0, 0, 0, 8])].concat()
    });
    let open = frame(HEADERS, 0, 1, &ASK);
    let endless = frame(CONTINUATION, 0, 1, &[0x40, 1, b'x', 1, b'y'].repeat(2_000)).repeat(200);
    let floods: [(&str, Vec<u8>); 7] = [
        ("rapid reset", rapid.collect()),
        ("continuation without end", [open, endless].concat()),
        (
            "empty continuations",
            [frame(HEADERS, 0, 1, &ASK), frame(CONTINUATION, 0, 1, b"").repeat(100_000)].concat(),
        ),
        (
            "empty data",
            [frame(HEADERS, 4, 1, &ASK), frame(DATA, 0, 1, b"").repeat(100_000)].concat(),
        ),
        ("settings", frame(SETTINGS, 0, 0, &[0, 3, 0, 0, 0, 9]).repeat(20_000)),
        ("pings", frame(PING, 0, 0, b"12345678").repeat(20_000)),
        ("a bomb of indexed headers", {
            let put = [&[0x40, 1, b'x', 0x7f, 0x81, 0x1e][..], &[b'y'; 4_000]].concat();
            frame(HEADERS, 5, 1, &[&ASK[..], &put, &[0xbe; 12_000]].concat())
        }),
    ];
    for (name, flood) in floods {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        let preface =
            [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), frame(SETTINGS, 0, 0, b"")].concat();
        stream.write_all(&preface).await.unwrap();
        // Whether all of it can be written is the server's choice; that it ends is not.
        let (mut from, mut to) = stream.split();
        let write = async {
            let _ = to.write_all(&flood).await;
            let _ = to.shutdown().await;
        };
        let read = async {
            let mut length = 0;
            let mut part = [0; 4096];
            while let Ok(count @ 1..) = from.read(&mut part).await {
                length += count;
            }
            length
        };
        let both = async { tokio::join!(write, read).1 };
        let said = tokio::time::timeout(Duration::from_secs(20), both).await;
        assert!(said.is_ok_and(|length| length < 16 << 20), "{name}");
        let ask = b"GET /2026/11/port HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        assert!(running.say(ask).await.starts_with("HTTP/1.1 200"), "{name}");
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_too_many_is_told_so() {
    let running = start(Limits { connections: 2, ..limits() }).await;
    let one = TcpStream::connect(running.address).await.unwrap();
    let two = TcpStream::connect(running.address).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let mut three = TcpStream::connect(running.address).await.unwrap();
    let mut answer = String::new();
    three.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after: 5"), "{answer}");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{answer}");
    drop((one, two));
    tokio::time::sleep(Duration::from_millis(100)).await;
    let answer = running.say(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_is_served_within_a_moment() {
    let running = start(limits()).await;
    let ask = b"GET /2026/12/new HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    assert!(running.say(ask).await.starts_with("HTTP/1.1 404"));
    publish(&running.edition.sealer, "/2026/12/new", "en", "New");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(running.say(ask).await.starts_with("HTTP/1.1 200"));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn case_107_a_body_is_read_for_a_letter_alone() {
    let mut edition = Edition::new();
    let dir = edition.home.path().join("edition");
    let settings = edition::settings();
    let letterbox = ovn_press::letterbox::Letterbox::of(&dir, &settings).unwrap();
    let reader = edition.sealer.reader().clone();
    let site = ovn_site::Site::new(settings, reader).unwrap();
    edition.site = site.with_letters(Some(letterbox));
    let running = run(edition, limits()).await;
    let post = |path: &str, media: &str, body: &str| {
        let length = body.len();
        format!(
            "POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: {media}\r\ncontent-length: {length}\r\n\r\n{body}"
        )
    };
    let media = "application/x-www-form-urlencoded";
    let check = async |sent: String, expected: &str| {
        let answer = running.say(sent.as_bytes()).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {expected}")), "{expected}: {answer}");
    };
    let form = "/2026/11/port/report";
    check(post(form, media, "what=words"), "422").await;
    check(post(form, media, "what=words&role=editor"), "400").await;
    check(post(form, "application/json", "{}"), "415").await;
    check(post(form, media, &"a".repeat(70_000)), "413").await;
    check(post("/2026/11/port", media, "what=words"), "405").await;
    check(post("/2026/11/gone/report", media, "what=words"), "404").await;
    check(format!("PUT {form} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"), "405").await;
    let chunked = "transfer-encoding: chunked\r\n\r\n5\r\nwhat=\r\n0\r\n\r\n";
    check(format!("POST {form} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: {media}\r\n{chunked}"), "400").await;
    running.stop().await;
}
