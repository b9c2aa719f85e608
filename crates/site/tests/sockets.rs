//! The server on a real socket: framing that two servers could read in two ways, slow clients, too many, the stop.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
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
    let edition = Edition::new();
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

#[tokio::test(flavor = "multi_thread")]
async fn requests_as_they_come() {
    let running = start(limits()).await;
    let many = "x: y\r\n".repeat(300);
    let huge = "y".repeat(70_000);
    let rows: [(String, &str); 13] = [
        ("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n".into(), "HTTP/1.1 200"),
        ("GET http://other.example/ HTTP/1.1\r\nhost: other.example\r\nconnection: close\r\n\r\n".into(), "HTTP/1.1 200"),
        ("GET / HTTP/1.0\r\n\r\n".into(), "HTTP/1.0 200"),
        ("GET / HTTP/1.1\r\n\r\n".into(), "HTTP/1.1 400"),
        ("GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n".into(), "HTTP/1.1 400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n".into(), "HTTP/1.1 400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\nabcd".into(), "HTTP/1.1 400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n".into(), "HTTP/1.1 400"),
        ("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\nabcd".into(), "HTTP/1.1 405"),
        ("GET / HTTP/1.1\r\nhost: a\r\nx: 1\r\n folded\r\n\r\n".into(), "HTTP/1.1 400"),
        (format!("GET / HTTP/1.1\r\nhost: a\r\n{many}\r\n"), "HTTP/1.1 431"),
        (format!("GET / HTTP/1.1\r\nhost: a\r\nx: {huge}\r\n\r\n"), "HTTP/1.1 431"),
        (format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", &huge[..20_000]), "HTTP/1.1 414"),
    ];
    for (request, expected) in &rows {
        let answer = running.say(request.as_bytes()).await;
        let short: String = request.chars().take(90).collect();
        assert!(answer.starts_with(expected), "{short:?} gave {:?}", answer.lines().next());
        assert_eq!(answer.matches("HTTP/1.").count(), 1, "{short:?} was read as two requests");
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_slow_are_let_go_and_the_stop_waits_for_nobody_idle() {
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
