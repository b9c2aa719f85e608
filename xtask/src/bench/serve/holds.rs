//! Part `holds`: memory idle and under load, time from start to the first answer, and the size of the program.

use std::time::{Duration, Instant};

use super::Bench;
use super::rounds::{goal, median};
use super::wrk::{self, Run};

/// Memory, start and size.
pub(super) fn all(bench: &Bench) -> Result<bool, String> {
    let size = std::fs::metadata(&bench.program).map_err(|error| error.to_string())?.len();
    println!("\nMemory, start, size");
    let mut met =
        goal(size <= 40 << 20, &format!("the program is at most 40 MiB ({:.1})", mib(size >> 10)));
    let ovn = bench.ovn(&[])?;
    let target = bench.article(ovn.address)?;
    let articles = bench.articles(ovn.address)?;
    drop(ovn);
    let mut starts = Vec::new();
    for _ in 0..5 {
        let began = Instant::now();
        let ovn = bench.ovn(&[])?;
        ovn.answers(&target, Duration::from_secs(20))?;
        starts.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    let start = median(starts);
    let bound = if articles.len() > 100_000 { 200.0 } else { 100.0 };
    let what = format!("start to the first answer at most {bound} ms ({start:.0})");
    met &= goal(start <= bound, &what);
    let ovn = bench.ovn(&[])?;
    ovn.answers(&target, Duration::from_secs(20))?;
    std::thread::sleep(Duration::from_secs(2));
    let (pss, rss) = ovn.memory();
    let what = format!("idle at most 32 MiB (PSS {:.1}, RSS {:.1})", mib(pss), mib(rss));
    met &= goal(pss <= 32 << 10, &what);
    let list = bench.scratch.join("loaded.txt");
    std::fs::write(&list, articles.join("\n") + "\n").map_err(|error| error.to_string())?;
    let mut most = (0, 0);
    for coding in ["gzip", "br", "identity"] {
        let load = Run { connections: 256, list: Some(&list), coding, ..bench.load() };
        wrk::run(ovn.address, &load, &bench.script)?;
        let (pss, rss) = ovn.memory();
        most = (most.0.max(pss), most.1.max(rss));
    }
    let bound = match articles.len() {
        0..1000 => 64,
        1000..=100_000 => 300,
        _ => 1024,
    };
    let what = format!(
        "under load on {} articles at most {bound} MiB (PSS {:.1}, RSS {:.1})",
        articles.len(),
        mib(most.0),
        mib(most.1)
    );
    met &= goal(most.0 <= bound << 10, &what);
    Ok(met)
}

fn mib(kib: u64) -> f64 {
    f64::from(u32::try_from(kib).unwrap_or(u32::MAX)) / 1024.0
}
