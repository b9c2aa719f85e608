//! Part `slow`: 256 readers who take one byte a second, and what the others feel of them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::rounds::goal;
use super::wrk::{self, Run};
use super::{Bench, http};

const READERS: usize = 256;

/// Readers of `target` who take a byte a second until this is dropped.
struct Slow {
    stop: Arc<AtomicBool>,
    /// Readers whose last byte came.
    reading: Arc<AtomicUsize>,
    work: Option<JoinHandle<()>>,
}

impl Drop for Slow {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(work) = self.work.take() {
            let _ = work.join();
        }
    }
}

fn start(address: SocketAddr, target: &str) -> Result<Slow, String> {
    let mut streams = Vec::new();
    for _ in 0..READERS {
        let ask = || {
            let mut stream = TcpStream::connect(address)?;
            stream.write_all(http::request(target, "identity").as_bytes())?;
            stream.set_nonblocking(true)?;
            Ok::<_, std::io::Error>(stream)
        };
        streams.push(ask().map_err(|error| error.to_string())?);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let reading = Arc::new(AtomicUsize::new(0));
    let (halt, count) = (Arc::clone(&stop), Arc::clone(&reading));
    let work = thread::spawn(move || {
        while !halt.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_secs(1));
            let one = |stream: &mut TcpStream| stream.read(&mut [0]).is_ok_and(|read| read == 1);
            let live = streams.iter_mut().filter_map(|stream| one(stream).then_some(()));
            count.store(live.count(), Ordering::Relaxed);
        }
    });
    Ok(Slow { stop, reading, work: Some(work) })
}

/// p99 of the others with the slow readers there and without, in turns.
pub(super) fn readers(bench: &Bench) -> Result<bool, String> {
    let ovn = bench.ovn(&[])?;
    let target = bench.article(ovn.address)?;
    ovn.answers(&target, Duration::from_secs(10))?;
    thread::sleep(Duration::from_secs(2));
    println!("\n{READERS} readers who take a byte a second, beside 256 who do not");
    let load = Run { connections: 256, target: &target, ..bench.load() };
    let (mut with, mut without) = (Vec::new(), Vec::new());
    let mut memory = (0, 0);
    for _ in 0..bench.rounds {
        without.push(wrk::run(ovn.address, &load, &bench.script)?.p99);
        let slow = start(ovn.address, &target)?;
        thread::sleep(Duration::from_millis(1500));
        with.push(wrk::run(ovn.address, &load, &bench.script)?.p99);
        let reading = slow.reading.load(Ordering::Relaxed);
        if reading < READERS {
            return Err(format!("only {reading} of {READERS} slow readers were reading"));
        }
        memory = ovn.memory();
    }
    let (with, without) = (super::rounds::median(with), super::rounds::median(without));
    println!(
        "  p99 {without:.2} ms without them, {with:.2} ms with them; memory {} MiB (PSS)",
        memory.0 / 1024
    );
    let factor = with / without.max(0.001);
    Ok(goal(factor < 2.0, &format!("p99 changes by less than a factor 2 ({factor:.2})")))
}
