//! What is kept in memory is what would be made anew: after every kind of seal, and while many read.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod edition;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use edition::{Edition, draft, draft_with, publish, settings};
use ovn_edition::model::{Article, Class, Event};
use ovn_press::seal::{Draft, Subject, Take};
use ovn_site::{Request, Site, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// A reader who keeps the connection.
struct Reader {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Reader {
    async fn new(address: std::net::SocketAddr) -> Self {
        Self { stream: TcpStream::connect(address).await.unwrap(), read: Vec::new() }
    }

    /// Status, ETag and body.
    async fn get(&mut self, target: &str) -> (u16, String, Vec<u8>) {
        let ask = format!("GET {target} HTTP/1.1\r\nhost: a\r\n\r\n");
        self.stream.write_all(ask.as_bytes()).await.unwrap();
        loop {
            if let Some(end) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&self.read[..end]).into_owned();
                let value = |name: &str| {
                    let line = head.lines().find_map(|line| line.strip_prefix(name));
                    line.unwrap_or_default().trim().to_owned()
                };
                let length: usize = value("content-length:").parse().unwrap_or(0);
                if self.read.len() >= end + 4 + length {
                    let body = self.read[end + 4..end + 4 + length].to_vec();
                    self.read.drain(..end + 4 + length);
                    return (head[9..12].parse().unwrap(), value("etag:"), body);
                }
            }
            let mut piece = [0; 8192];
            let count = self.stream.read(&mut piece).await.unwrap();
            assert!(count > 0, "the server hung up");
            self.read.extend(&piece[..count]);
        }
    }

    /// Waits until the page shows what `shows` wants; far longer than it ever takes.
    async fn wait_for(&mut self, target: &str, shows: impl Fn(&[u8]) -> bool) {
        let began = Instant::now();
        while !shows(&self.get(target).await.2) {
            assert!(began.elapsed() < Duration::from_secs(120), "{target} did not change");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

struct Running {
    edition: Edition,
    address: std::net::SocketAddr,
    _stop: oneshot::Sender<()>,
}

async fn start() -> Running {
    let edition = Edition::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let wait = async move {
        let _ = stopped.await;
    };
    tokio::spawn(serve(edition.site.clone(), listener, wait));
    Running { edition, address, _stop: stop }
}

/// Everything that stands in the served edition differs in nothing from one that has kept nothing; the bodies by address.
async fn same_as_new(running: &Running, what: &str) -> BTreeMap<String, (String, Vec<u8>)> {
    let reader = running.edition.sealer.reader().clone();
    let mut connection = Reader::new(running.address).await;
    let checkpoint = reader.checkpoint().unwrap();
    connection.wait_for("/record/checkpoint", |body| body == checkpoint).await;
    let new = Site::new(settings(), reader).unwrap();
    let mut all = BTreeMap::new();
    for target in new.addresses().unwrap() {
        let expected = new.respond(&Request::get(&target).unwrap());
        let (status, tag, body) = connection.get(&target).await;
        assert_eq!(status, expected.status.as_u16(), "{target} after {what}");
        assert!(body == expected.body, "{target} is stale after {what}");
        all.insert(target, (tag, body));
    }
    all
}

fn in_story(article: &mut Article, name: &str, event: &str) {
    article.story = Some(name.into());
    article.events = vec![Event { date: "2026-11-02".into(), text: event.into(), source: None }];
}

fn seal(running: &Running, draft: Draft) -> ovn_edition::leaf::Id {
    running.edition.sealer.seal(vec![draft]).unwrap()[0].id.unwrap()
}

/// A page is there in every coding before the first reader comes, and again after each revision.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_is_made_before_anybody_asks() {
    let running = start().await;
    same_as_new(&running, "the start").await;
    // The headers that name the coding and the words.
    let shown = |coding: &'static str| {
        let accept = hyper::header::HeaderValue::from_static(coding);
        let request = Request::get("/2026/11/early").unwrap().with("accept-encoding", accept);
        let found = running.edition.site.cached(&request).filter(|one| one.status == 200)?;
        let value = |name| found.headers.get(name).map(|one| one.to_str().unwrap().to_owned());
        value("content-encoding").zip(value("etag"))
    };
    let article =
        |headline, subject, class| draft("/2026/11/early", "en", headline, subject, class);
    let subject = seal(&running, article("Boats", Subject::New, Class::Publication));
    let mut before = BTreeMap::new();
    for what in ["the first revision", "the second"] {
        let began = Instant::now();
        for coding in ["br", "gzip", "zstd"] {
            let tag = loop {
                assert!(
                    began.elapsed() < Duration::from_secs(120),
                    "{coding} of {what} is not made"
                );
                match shown(coding) {
                    Some((found, tag)) if before.get(coding) != Some(&tag) => {
                        assert_eq!(found, coding);
                        break tag;
                    }
                    _ => tokio::time::sleep(Duration::from_millis(5)).await,
                }
            };
            before.insert(coding, tag);
        }
        if what == "the first revision" {
            seal(&running, article("More boats", Subject::Of(subject), Class::Update));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_what_would_be_made_anew() {
    let running = start().await;
    let new = |path: &str, lang: &str, change: &dyn Fn(&mut Article)| {
        draft_with(path, lang, "Boats", Subject::New, Class::Publication, |one| change(one))
    };
    same_as_new(&running, "the start").await;
    let one = seal(&running, new("/2026/11/one", "en", &|a| in_story(a, "Quay", "It burned.")));
    same_as_new(&running, "a first article of a story").await;
    seal(&running, new("/2026/11/two", "en", &|a| in_story(a, "Quay", "It was built.")));
    let before = same_as_new(&running, "a second article of it").await;
    seal(&running, new("/2026/11/ek", "ur", &|a| a.translation_of = Some("/2026/11/one".into())));
    let after = same_as_new(&running, "a translation").await;
    assert_ne!(before["/2026/11/one"], after["/2026/11/one"], "the translation is linked");
    assert_eq!(before["/2026/11/two"], after["/2026/11/two"]);
    let moved = |class| {
        draft_with("/2026/11/one", "en", "Boats", Subject::Of(one), class, |article| {
            in_story(article, "Market", "It opened.");
        })
    };
    seal(&running, moved(Class::Correction));
    let after = same_as_new(&running, "an article that went to another story").await;
    assert_ne!(before["/2026/11/two"], after["/2026/11/two"], "the story has lost an article");
    publish(&running.edition.sealer, "/policies/sources", "en", "Sources");
    same_as_new(&running, "a policy").await;
    let removal = Take { rev: 2, ground: "privacy".into(), ..Take::default() };
    running.edition.sealer.seal(vec![Draft::removal(one, removal)]).unwrap();
    let settled = same_as_new(&running, "a removal").await;
    seal(&running, draft("/2026/11/far", "en", "Far", Subject::New, Class::Publication));
    let last = same_as_new(&running, "an article that has to do with none of them").await;
    assert_eq!(settled["/2026/11/two"], last["/2026/11/two"]);
}

/// Other settings are in force when the call returns: no page of the former ones is given out, and seals go on.
#[tokio::test(flavor = "multi_thread")]
async fn other_settings_leave_no_page_of_the_former() {
    let running = start().await;
    same_as_new(&running, "the start").await;
    let done = Arc::new(AtomicBool::new(false));
    let named = Arc::new(AtomicUsize::new(0));
    let crowd: Vec<_> = (0..12)
        .map(|number| {
            let (done, named, address) = (Arc::clone(&done), Arc::clone(&named), running.address);
            tokio::spawn(async move {
                let mut reader = Reader::new(address).await;
                let target = ["/2026/11/port", "/", "/feed.json", "/about"][number % 4];
                while !done.load(Ordering::Relaxed) {
                    let least = named.load(Ordering::SeqCst);
                    let (status, _, body) = reader.get(target).await;
                    assert_eq!(status, 200, "{target}");
                    let text = String::from_utf8_lossy(&body).into_owned();
                    let now = text.split("Paper number ").nth(1).and_then(|rest| {
                        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
                    });
                    let now: usize = now.unwrap_or(0);
                    assert!(now >= least, "{target} shows name {now} after {least} was in force");
                }
            })
        })
        .collect();
    for number in 1..=60 {
        let name = format!("Paper number {number}");
        running.edition.site.hold(&ovn_store::Settings { name, ..settings() });
        named.store(number, Ordering::SeqCst);
        if number % 10 == 0 {
            let path = format!("/2026/11/paper-{number}");
            seal(&running, draft(&path, "en", "Paper", Subject::New, Class::Publication));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    done.store(true, Ordering::Relaxed);
    for reader in crowd {
        reader.await.unwrap();
    }
    running.edition.site.hold(&settings());
    same_as_new(&running, "other settings and back").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_reader_goes_back_while_many_read() {
    const SEALS: usize = 12;
    let running = start().await;
    let done = Arc::new(AtomicBool::new(false));
    let sealed = Arc::new(AtomicUsize::new(0));
    let crowd: Vec<_> = (0..24)
        .map(|number| {
            let (done, address) = (Arc::clone(&done), running.address);
            tokio::spawn(async move {
                let mut reader = Reader::new(address).await;
                let target = ["/2026/11/port", "/", "/feed.json"][number % 3];
                let mut seen = 0;
                while !done.load(Ordering::Relaxed) {
                    let (status, _, body) = reader.get(target).await;
                    assert_eq!(status, 200, "{target}");
                    let now = newest(&body);
                    assert!(now >= seen, "{target} went back from {seen} to {now}");
                    seen = now;
                }
                seen
            })
        })
        .collect();
    for number in 1..=SEALS {
        let headline = format!("Boats counted {number} times");
        let port = running.edition.port;
        seal(&running, draft("/2026/11/port", "en", &headline, Subject::Of(port), Class::Update));
        sealed.store(number, Ordering::Relaxed);
        let mut reader = Reader::new(running.address).await;
        for target in ["/2026/11/port", "/", "/feed.json"] {
            reader.wait_for(target, |body| newest(body) == number).await;
        }
    }
    done.store(true, Ordering::Relaxed);
    for reader in crowd {
        reader.await.unwrap();
    }
    same_as_new(&running, "all seals").await;
}

/// The largest number of a headline in the page.
fn newest(body: &[u8]) -> usize {
    let text = String::from_utf8_lossy(body);
    let counts = text.split("Boats counted ").skip(1);
    counts.filter_map(|rest| rest.split(' ').next()?.parse().ok()).max().unwrap_or(0)
}
