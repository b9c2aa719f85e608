//! Servers, folders and files of strangers that mean harm, by their numbers in `docs/hostile-input.md`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines
)]

mod newsroom;

use newsroom::{Newsroom, new_article};
use ovn_press::copy::{Copy, split_url};
use ovn_press::fetch::{Error, Fetcher};
use ovn_press::seal::{Draft, Faults, Step, When};
use ovn_press::{check, mirror};
use ovn_store::{Folder, keys_folder};
use ovn_tlog::{Checkpoint, Hash, Signer};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A server that says the same to everybody, by a function of its own; counts who came.
struct Server {
    address: SocketAddr,
    came: Arc<AtomicUsize>,
}

impl Server {
    fn of(say: impl Fn(&mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, came) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let (count, say) = (came.clone(), Arc::new(say));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (Ok(mut stream), say) = (stream, say.clone()) else { return };
                count.fetch_add(1, Ordering::SeqCst);
                std::thread::spawn(move || {
                    let mut head = [0; 4096];
                    let _ = stream.read(&mut head);
                    // A client that has had enough hangs up.
                    let _ = say(&mut stream);
                });
            }
        });
        Self { address, came }
    }

    fn get(&self, limit: u64) -> Result<Vec<u8>, Error> {
        Fetcher::within(Duration::from_secs(2)).get(&format!("http://{}/x", self.address), limit)
    }
}

fn head(lines: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{lines}\r\n").into_bytes()
}

#[test]
fn case_042_no_answer_is_without_end() {
    let long = Server::of(|stream| {
        stream.write_all(&head("content-length: 20000000\r\n"))?;
        stream.write_all(&vec![b'x'; 20_000_000])
    });
    assert!(matches!(long.get(1 << 20), Err(Error::Long { limit: 1_048_576, .. })));
    let endless = Server::of(|stream| {
        stream.write_all(&head("transfer-encoding: chunked\r\n"))?;
        // Many at a time: the limit in bytes is to be met before the one in time.
        let chunks = b"4\r\nabcd\r\n".repeat(1000);
        loop {
            stream.write_all(&chunks)?;
        }
    });
    assert!(matches!(endless.get(1 << 20), Err(Error::Long { .. })));
    // Nothing is unpacked, so that nothing can swell.
    let packed = Server::of(|stream| {
        stream.write_all(&head("content-encoding: gzip\r\ncontent-length: 4\r\n"))?;
        stream.write_all(b"\x1f\x8b\x08\0")
    });
    assert_eq!(packed.get(4).unwrap(), b"\x1f\x8b\x08\0");
    let slow = Server::of(|stream| {
        stream.write_all(&head("content-length: 100\r\n"))?;
        loop {
            stream.write_all(b"x")?;
            std::thread::sleep(Duration::from_millis(500));
        }
    });
    assert!(matches!(slow.get(1 << 20), Err(Error::Failed { .. })));
    let heads = Server::of(|stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        loop {
            stream.write_all(b"x-more: and more\r\n")?;
        }
    });
    assert!(matches!(heads.get(1 << 20), Err(Error::Failed { .. })));
    let short = Server::of(|stream| {
        stream.write_all(&[head("content-length: 9\r\n"), b"x".to_vec()].concat())
    });
    assert!(matches!(short.get(1 << 20), Err(Error::Failed { .. })));
    for junk in [
        "",
        "\0",
        "HTTP/9.9 200 OK\r\n\r\n",
        "SSH-2.0-x\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
    ] {
        let server = Server::of(move |stream| stream.write_all(junk.as_bytes()));
        assert!(matches!(server.get(1 << 20), Err(Error::Failed { .. })), "{junk:?}");
    }
}

#[test]
fn case_046_nobody_is_sent_elsewhere() {
    let inside = Server::of(|stream| stream.write_all(&head("content-length: 0\r\n")));
    let target = inside.address;
    for status in [301, 302, 303, 307, 308] {
        let server = Server::of(move |stream| {
            let lines = format!(
                "HTTP/1.1 {status} Go\r\nlocation: http://{target}/secret\r\ncontent-length: 0\r\n\r\n"
            );
            stream.write_all(lines.as_bytes())
        });
        let error = server.get(1 << 20).unwrap_err().to_string();
        assert!(error.contains(&format!("the server answered {status}")), "{error}");
    }
    assert_eq!(inside.came.load(Ordering::SeqCst), 0);
    let fetcher = Fetcher::within(Duration::from_secs(2));
    for scheme in [
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/",
        "ftp://127.0.0.1/",
        "data:text/plain,x",
        "javascript:x",
        "unix:/run/x",
        "//127.0.0.1/x",
        "/etc/passwd",
        "",
    ] {
        assert!(fetcher.get(scheme, 99).is_err(), "{scheme}");
        assert_eq!(split_url(scheme), None, "{scheme}");
    }
}

/// A record whose sources name an address inside: checking and mirroring it asks nobody there.
#[test]
fn case_046_an_address_in_a_record_is_only_text() {
    let inside = Server::of(|stream| stream.write_all(&head("content-length: 0\r\n")));
    let room = Newsroom::new();
    let sealer = room.open().unwrap();
    let mut draft = new_article("inside");
    let source = serde_json::json!({"id": "s", "type": "speech", "URL": format!("http://{}/latest/meta-data", inside.address)});
    draft.blocks.push(("source", source));
    sealer.seal(vec![Draft::genesis("Test", sealer.keys())]).unwrap();
    sealer.seal(vec![draft]).unwrap();
    let key = sealer.keys().verifier().clone();
    let source = Copy::at(&room.dir().to_string_lossy());
    let target = Folder::at(room.home.path().join("mirror"));
    let done = mirror::copy(&source, &target, &key, &mut |_, _| {}).unwrap();
    assert!(done.report.verdict.good(), "{:?}", done.report);
    assert!(check::whole(&source, &check::Options::default()).unwrap().verdict.good());
    assert_eq!(inside.came.load(Ordering::SeqCst), 0);
}

#[test]
fn case_036_an_imported_page_asks_nobody() {
    let inside = Server::of(|stream| stream.write_all(&head("content-length: 0\r\n")));
    let at = inside.address;
    let page = format!(
        "<html><head><meta http-equiv=refresh content=\"0;url=http://{at}/\"><link rel=stylesheet href=http://{at}/x>\
         <script src=http://{at}/x.js></script></head><body><h1>A bridge opens again</h1><p>5 August 2025</p>\
         <p>The bridge over the river opened on Monday, the council said. <img src=http://{at}/latest/meta-data></p>\
         <iframe src=http://{at}/></iframe><p>It had been shut for a year, and nobody knows why that was.</p></body></html>"
    );
    let draft = ovn_press::import::page(page.as_bytes(), "page.html").unwrap();
    assert!(draft.markdown.contains("opened on Monday"), "{}", draft.markdown);
    assert!(!draft.markdown.contains(&at.to_string()), "{}", draft.markdown);
    assert_eq!(inside.came.load(Ordering::SeqCst), 0);
}

/// A publisher signs a size that nobody has: its mirror asks for the first file and stops there.
#[test]
fn case_081_a_size_that_nobody_has_costs_nothing() {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::at(home.path().join("copy"));
    let signer = Signer::from_seed("evil.example", &[1; 32]).unwrap();
    for size in [1 << 20, 1 << 40, 1 << 62, u64::MAX] {
        let Ok(checkpoint) = Checkpoint::new("evil.example", size, Hash([1; 32])) else { continue };
        let note = checkpoint.sign(&signer).unwrap().to_string();
        folder.replace("record/checkpoint", note.as_bytes()).unwrap();
        folder.replace("record/vkey", format!("{}\n", signer.verifier()).as_bytes()).unwrap();
        let source = Copy::Folder(folder.clone());
        let target = Folder::at(home.path().join("mirror"));
        let error = mirror::copy(&source, &target, signer.verifier(), &mut |_, _| {}).unwrap_err();
        assert!(error.to_string().contains("tile/entries/000"), "{error}");
        let report = check::whole(&source, &check::Options::default()).unwrap();
        assert!(!report.verdict.good(), "{report:?}");
    }
}

/// A folder whose files are devices and giants.
#[test]
fn case_081_a_folder_of_devices_is_not_read_to_its_end() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("record")).unwrap();
    for name in ["checkpoint", "vkey"] {
        std::os::unix::fs::symlink("/dev/zero", home.path().join("record").join(name)).unwrap();
    }
    let error = check::whole(&Copy::at(&home.path().to_string_lossy()), &check::Options::default())
        .unwrap_err();
    assert!(error.to_string().contains("no plain file"), "{error}");
}

/// Fails one step of sealing, from the batch that names it on.
struct Fails(Step);

impl Faults for Fails {
    fn at(&self, step: Step, when: When) -> Result<(), String> {
        let fails = step == self.0 && when == When::Before;
        if fails { Err("a test".into()) } else { Ok(()) }
    }
}

/// Until its checkpoint is signed, nothing of a batch stands where a reader could guess it.
#[test]
fn case_066_bytes_are_not_there_before_they_are_sealed() {
    let bytes = b"A picture that nobody should see yet.".to_vec();
    let name = ovn_edition::hex::encode(&ovn_edition::commit::sha256(&bytes));
    for step in [Step::Stage, Step::Reread, Step::Sign, Step::Lock] {
        let room = Newsroom::new();
        drop(room.open().unwrap());
        let sealer = room.open_with(Arc::new(Fails(step))).unwrap();
        let draft = Draft { blobs: vec![bytes.clone()], ..new_article("early") };
        sealer.seal(vec![draft]).unwrap_err();
        let reader = sealer.reader();
        assert_eq!(reader.record_file(&format!("blob/{name}")).unwrap(), None, "{step:?}");
        assert_eq!(reader.head("/2026/11/early").unwrap(), None, "{step:?}");
        let files = Folder::at(room.dir()).list("record").unwrap_or_default();
        assert!(files.iter().all(|file| file.ends_with("vkey")), "{step:?} {files:?}");
        drop(sealer);
        // A restart that cannot sign either changes nothing of that.
        let keys = keys_folder(&room.dir());
        std::fs::rename(&keys, keys.with_extension("away")).unwrap();
        assert!(room.open().is_err());
        assert!(!room.dir().join("record/blob").join(&name).exists(), "{step:?}");
    }
}
