//! From an article's file to the page in a reader's hands, at a newsroom's pace.

use crate::bench::figures::percentile;
use crate::bench::generate::{Generator, room};
use ovn_press::newsroom::Newsroom;
use ovn_press::publish;
use ovn_site::Site;
use ovn_store::Folder;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

/// Between two publications: ten a second.
const PACE: Duration = Duration::from_millis(100);
/// How long a page is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// What each publication took, in ms: until its acknowledgement, and until the page was read.
#[derive(Debug, Default)]
pub(super) struct Took {
    acknowledged: Vec<f64>,
    seen: Vec<f64>,
}

impl Took {
    pub(super) fn count(&self) -> usize {
        self.seen.len()
    }

    pub(super) fn p99(&self) -> f64 {
        percentile(&self.seen, 99.0)
    }

    pub(super) fn line(&self) -> String {
        let of = |values: &[f64]| {
            let p = |share| percentile(values, share);
            format!("p50 {:.1}, p99 {:.1}, worst {:.1} ms", p(50.0), p(99.0), p(100.0))
        };
        let count = self.count();
        format!(
            "{count} publications at 10/s: acknowledged {}; page read {}",
            of(&self.acknowledged),
            of(&self.seen)
        )
    }
}

/// Publishes so many articles into a new edition in `dir` and reads each from its site, over a socket.
pub(super) fn run(dir: &Path, publishes: u64) -> Result<Took, String> {
    let room = room(dir, None)?;
    let site = Site::new(room.settings().clone(), room.reader().clone())
        .map_err(|error| error.to_string())?;
    let (address, stop) = serve(site)?;
    let mut took = Took::default();
    let start = Instant::now();
    let generator = Generator::new(2);
    for number in 0..publishes {
        let due = PACE * u32::try_from(number).unwrap_or(u32::MAX);
        std::thread::sleep(due.saturating_sub(start.elapsed()));
        let file = generator.article(number).markdown;
        let since = Instant::now();
        let path = publish(&room, file.as_bytes())?;
        took.acknowledged.push(ms(since));
        wait(address, &path)?;
        took.seen.push(ms(since));
    }
    // The server has nothing left to answer.
    let _ = stop.send(());
    Ok(took)
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn publish(room: &Newsroom, file: &[u8]) -> Result<String, String> {
    let ready = publish::check(room, file, &Folder::at(room.dir()), None);
    let ready = ready.map_err(|error| error.to_string())?;
    let done = publish::publish(room, vec![ready]).map_err(|error| error.to_string())?;
    done.into_iter().next().map(|one| one.path).ok_or_else(|| "nothing was published".to_owned())
}

/// Asks for the page until it is there.
fn wait(address: SocketAddr, path: &str) -> Result<(), String> {
    let since = Instant::now();
    while since.elapsed() < PATIENCE {
        let head = get(address, path).map_err(|error| format!("the site: {error}"))?;
        if head.starts_with("HTTP/1.1 200") {
            return Ok(());
        }
    }
    Err(format!("{path} was published and is not on the site"))
}

fn get(address: SocketAddr, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Serves readers on a port of the system's choice until the sender is used or dropped.
fn serve(site: Site) -> Result<(SocketAddr, tokio::sync::oneshot::Sender<()>), String> {
    let failed = |error: std::io::Error| format!("the readers' server: {error}");
    let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(failed)?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let stopped = async {
                let _ = stopped.await;
            };
            ovn_site::serve(site, listener, stopped).await
        })
    });
    Ok((address, stop))
}
