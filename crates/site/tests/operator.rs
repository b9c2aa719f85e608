//! What the operator's server tells, and what it must never tell.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod edition;

use std::net::SocketAddr;

use edition::{Edition, publish};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

struct Running {
    edition: Edition,
    readers: SocketAddr,
    operator: SocketAddr,
    stop: watch::Sender<u8>,
}

async fn start() -> Running {
    let edition = Edition::new();
    let (stop, stopped) = watch::channel(0);
    let until = |stage: u8| {
        let mut stopped = stopped.clone();
        async move {
            let _ = stopped.wait_for(|now| *now >= stage).await;
        }
    };
    let (one, two) =
        (TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await);
    let two = two.unwrap();
    let (readers, operator) = (one.local_addr().unwrap(), two.local_addr().unwrap());
    tokio::spawn(ovn_site::serve(edition.site.clone(), one, until(1)));
    tokio::spawn(ovn_site::serve_operator(edition.site.clone(), two, until(2)));
    Running { edition, readers, operator, stop }
}

async fn get(address: SocketAddr, method: &str, target: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "{method} {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\nuser-agent: Curious/1.0\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    (answer[9..12].parse().unwrap(), answer)
}

impl Running {
    async fn reader(&self, target: &str) -> (u16, String) {
        get(self.readers, "GET", target).await
    }

    async fn operator(&self, target: &str) -> (u16, String) {
        get(self.operator, "GET", target).await
    }

    /// The value of a line of the counts.
    async fn count(&self, line: &str) -> f64 {
        let (_, text) = self.operator("/metrics").await;
        let found = text.lines().find_map(|one| one.strip_prefix(line)?.strip_prefix(' '));
        found.unwrap_or_else(|| panic!("no {line} in {text}")).parse().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_is_counted() {
    let running = start().await;
    running.reader("/2026/11/port").await;
    running.reader("/2026/11/port").await;
    running.reader("/2026/11/port.json").await;
    running.reader("/search?q=secretword").await;
    running.reader("/nowhere").await;
    running.reader("/feed.atom").await;
    running.reader("/record/checkpoint").await;
    let all = [
        ("ovn_requests_total{class=\"page\",status=\"200\"}", 2.0),
        ("ovn_requests_total{class=\"page\",status=\"404\"}", 1.0),
        ("ovn_requests_total{class=\"document\",status=\"200\"}", 1.0),
        ("ovn_requests_total{class=\"search\",status=\"200\"}", 1.0),
        ("ovn_requests_total{class=\"feed\",status=\"200\"}", 1.0),
        ("ovn_requests_total{class=\"record\",status=\"200\"}", 1.0),
        ("ovn_request_seconds_count", 7.0),
        ("ovn_request_seconds_bucket{le=\"+Inf\"}", 7.0),
        ("ovn_cache_hits_total", 1.0),
        ("ovn_cache_misses_total", 6.0),
        ("ovn_connections_total", 7.0),
        ("ovn_requests_in_flight", 0.0),
        ("ovn_store_up", 1.0),
        ("ovn_store_errors_total", 0.0),
        ("ovn_stopping", 0.0),
        ("ovn_record_staged", 0.0),
        // The test's own sealer holds it.
        ("ovn_sequencer_held", 1.0),
    ];
    for (line, expected) in all {
        let found = running.count(line).await;
        assert!((found - expected).abs() < f64::EPSILON, "{line} is {found}, not {expected}");
    }
    for line in [
        "ovn_response_bytes_total",
        "ovn_pages_made_total",
        "ovn_cache_bytes",
        "ovn_cache_pages",
        "ovn_record_last_seal_seconds",
        "process_resident_memory_bytes",
        "process_open_fds",
    ] {
        assert!(running.count(line).await > 0.0, "{line}");
    }
    let (_, text) = running.operator("/metrics").await;
    for told in ["secretword", "Curious", "127.0.0.1", "port"] {
        let body = text.split_once("\r\n\r\n").unwrap().1;
        assert!(!body.contains(told), "{told} is told");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_counts_have_the_form_that_prometheus_reads() {
    let running = start().await;
    running.reader("/").await;
    let (status, text) = running.operator("/metrics").await;
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/plain; version=0.0.4; charset=utf-8"), "{head}");
    let mut declared = std::collections::BTreeSet::new();
    for line in body.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').unwrap();
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert!(declared.insert(name), "{name} is declared twice");
            continue;
        }
        if line.starts_with("# HELP ") {
            continue;
        }
        let (series, value) = line.rsplit_once(' ').unwrap();
        value.parse::<f64>().unwrap();
        let name = series.split('{').next().unwrap();
        let base = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
        assert!(declared.contains(name) || declared.contains(base.unwrap_or("")), "{line}");
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{line}");
    }
    let buckets = body.lines().filter(|line| line.contains("_bucket{"));
    let buckets: Vec<u64> =
        buckets.map(|line| line.rsplit_once(' ').unwrap().1.parse().unwrap()).collect();
    assert!(buckets.is_sorted() && buckets.len() == 12, "{buckets:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn health_follows_the_record_and_the_stop() {
    let running = start().await;
    assert_eq!(running.operator("/health/live").await.0, 200);
    assert_eq!(get(running.operator, "HEAD", "/health/live").await.0, 200);
    assert_eq!(get(running.operator, "POST", "/health/live").await.0, 405);
    assert_eq!(running.operator("/").await.0, 404);
    assert_eq!(running.operator("/2026/11/port").await.0, 404);
    let became = |status: u16, words: &'static str| {
        let running = &running;
        async move {
            // The watcher looks every 20 ms; a busy machine may be late.
            for _ in 0..500 {
                let (is, text) = running.operator("/health/ready").await;
                if is == status && text.contains(words) {
                    return;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            panic!("it never became {status} {words:?}");
        }
    };
    became(200, "ready").await;
    publish(&running.edition.sealer, "/2026/11/second", "en", "Second");
    became(200, "ready").await;
    let vkey = running.edition.home.path().join("edition/record/vkey");
    let kept = std::fs::read(&vkey).unwrap();
    std::fs::remove_file(&vkey).unwrap();
    became(503, "record/vkey is missing").await;
    std::fs::write(&vkey, kept).unwrap();
    became(200, "ready").await;
    running.stop.send_replace(1);
    became(503, "stopping").await;
    assert_eq!(running.operator("/health/live").await.0, 200);
    running.stop.send_replace(2);
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_get_a_number_and_nothing_of_the_operator_s() {
    let running = start().await;
    let number = |text: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix("x-request-id: "));
        line.unwrap().to_owned()
    };
    let (one, two) = (running.reader("/").await.1, running.reader("/").await.1);
    assert_ne!(number(&one), number(&two));
    assert!(number(&one).bytes().all(|byte| byte.is_ascii_hexdigit()), "{one}");
    for target in ["/metrics", "/health/live", "/health/ready"] {
        assert_eq!(running.reader(target).await.0, 404, "{target}");
    }
}
