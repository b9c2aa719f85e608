//! Part `flood`: three times as many questions as can be answered, and publishing from another process meanwhile.
//!
//! Questions are due at fixed times whether or not earlier ones were answered (an open loop), and a late one counts from
//! when it was due, so that a server that stalls cannot hide it.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::Bench;
use super::http::Client;
use super::rounds::goal;

/// Connections that ask at once, at most.
const ASKERS: u64 = 768;
/// Seconds of flood.
const SECONDS: f64 = 12.0;

/// What came back.
#[derive(Debug, Clone, Default, PartialEq)]
struct Tally {
    served: u64,
    /// 503 with `Retry-After`.
    refused: u64,
    /// Any other answer, and connections that broke.
    wrong: u64,
    /// Milliseconds of what was served, and of what was refused.
    took: [Vec<f64>; 2],
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.served += other.served;
        self.refused += other.refused;
        self.wrong += other.wrong;
        for (all, more) in self.took.iter_mut().zip(other.took) {
            all.extend(more);
        }
    }

    fn p99(&self, which: usize) -> f64 {
        self.took.get(which).map_or(0.0, |took| percentile(took, 99))
    }
}

/// The value that `hundredths` of the values do not exceed.
fn percentile(values: &[f64], hundredths: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() * hundredths).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

/// The `number`th spelling of one search: the same words with other points between, so that no page of it is in memory.
fn question(number: u64) -> String {
    let marks: String = (0..20).map(|bit| if number >> bit & 1 == 1 { "." } else { "," }).collect();
    format!("/search?q=the{marks}record")
}

/// Asks as fast as `askers` connections can, or `rate` times a second where it is given, for `seconds`.
fn ask(address: SocketAddr, first: u64, askers: u64, rate: Option<f64>, seconds: f64) -> Tally {
    let next = AtomicU64::new(0);
    let began = Instant::now();
    let all = Mutex::new(Tally::default());
    let one = || {
        let mut tally = Tally::default();
        let mut client = None;
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let due = rate.map(|rate| Duration::from_secs_f64(number as f64 / rate));
            if due.unwrap_or_else(|| began.elapsed()).as_secs_f64() >= seconds {
                break;
            }
            let due = due.map_or_else(Instant::now, |due| began + due);
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let answer = match client.take() {
                Some(client) => Ok(client),
                None => Client::connect(address),
            }
            .and_then(|mut kept: Client| Ok((kept.get(&question(first + number), "gzip")?, kept)));
            let took = due.elapsed().as_secs_f64() * 1000.0;
            let Ok((answer, kept)) = answer else {
                tally.wrong += 1;
                continue;
            };
            if answer.header("connection") != Some("close") {
                client = Some(kept);
            }
            match answer.status {
                200 => {
                    tally.served += 1;
                    tally.took[0].push(took);
                }
                503 if answer.header("retry-after").is_some() => {
                    tally.refused += 1;
                    tally.took[1].push(took);
                }
                _ => tally.wrong += 1,
            }
        }
        all.lock().unwrap_or_else(PoisonError::into_inner).add(tally);
    };
    thread::scope(|scope| {
        for _ in 0..askers {
            // Little stack: there are hundreds of them, and they do little.
            let _ = thread::Builder::new().stack_size(128 << 10).spawn_scoped(scope, one);
        }
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Three times saturation, with publishing beside it.
pub(super) fn all(bench: &Bench) -> Result<bool, String> {
    let ovn = bench.ovn(&[])?;
    ask(ovn.address, 0, 8, None, 1.0);
    let calm = ask(ovn.address, 1 << 16, 32, None, 4.0);
    let rate = calm.served as f64 / 4.0;
    println!(
        "\nThree times saturation: searches that are not in memory are answered {rate:.0} times a second (p99 {:.0} \
         ms at 32 connections); {:.0} are asked",
        calm.p99(0),
        rate * 3.0
    );
    let stop = AtomicBool::new(false);
    let (flood, published) = thread::scope(|scope| {
        let publishing = scope.spawn(|| publish(bench, &stop));
        let flood = ask(ovn.address, 1 << 17, ASKERS, Some(rate * 3.0), SECONDS);
        stop.store(true, Ordering::Relaxed);
        (flood, publishing.join().unwrap_or_else(|_| Err("the publisher fell".to_owned())))
    });
    let published = published?;
    println!(
        "  {} answered (p99 {:.0} ms), {} told 503 with Retry-After (p99 {:.0} ms), {} else; memory {} MiB (PSS)",
        flood.served,
        flood.p99(0),
        flood.refused,
        flood.p99(1),
        flood.wrong,
        ovn.memory().0 / 1024
    );
    let mut met = goal(flood.wrong == 0, "only answers and deliberate 503s");
    let p99 = percentile(&published, 99);
    let what = format!(
        "publishing from another process goes on, p99 under 2 s ({p99:.0} ms over {} articles)",
        published.len()
    );
    met &= goal(!published.is_empty() && p99 < 2000.0, &what);
    Ok(met)
}

/// Publishes one article after another until it is told to stop; milliseconds of each, program start included.
fn publish(bench: &Bench, stop: &AtomicBool) -> Result<Vec<f64>, String> {
    let mut took = Vec::new();
    let seed = std::process::id();
    while !stop.load(Ordering::Relaxed) {
        let number = took.len();
        let path = bench.scratch.join(format!("flood-{seed}-{number}.md"));
        std::fs::write(&path, article(seed, number)).map_err(|error| error.to_string())?;
        let began = Instant::now();
        let done = Command::new(&bench.program)
            .arg("publish")
            .arg(&path)
            .arg("--dir")
            .arg(&bench.edition)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        if !done.status.success() {
            return Err(format!("publishing failed: {}", String::from_utf8_lossy(&done.stderr)));
        }
        took.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(took)
}

/// An article file.
fn article(seed: u32, number: usize) -> String {
    format!(
        "---\nheadline: Lake Town counts its boats, list {seed} number {number}\nlang: en\nslug: boats-{seed}-{number}\n\
         byline: Harbour desk\n---\n\nThe harbour office counted {number} boats on the quay of Lake Town on Monday.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_another_of_the_same_words() {
        let all: std::collections::BTreeSet<String> = (0..2000).map(question).collect();
        assert_eq!(all.len(), 2000);
        assert!(all.iter().all(|one| one.starts_with("/search?q=the") && one.ends_with("record")));
    }

    #[test]
    fn percentiles() {
        let check = |count: u32, hundredths, expected: f64| {
            let values: Vec<f64> = (1..=count).rev().map(f64::from).collect();
            assert!((percentile(&values, hundredths) - expected).abs() < 1e-9, "{count}");
        };
        check(100, 99, 99.0);
        check(1000, 99, 990.0);
        check(10, 99, 10.0);
        check(1, 99, 1.0);
        check(0, 99, 0.0);
    }
}
