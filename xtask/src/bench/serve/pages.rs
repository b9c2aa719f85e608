//! Parts `page`, `fresh` and `many`: one article from memory, pages that are not in memory, every article by chance.

use std::path::PathBuf;
use std::time::Duration;

use super::child::Server;
use super::rounds::{Row, goal, table, turns};
use super::wrk::Run;
use super::{Bench, http, nginx};

/// One article, again and again.
pub(super) fn one(bench: &Bench) -> Result<bool, String> {
    let ovn = bench.ovn(&[])?;
    let target = bench.article(ovn.address)?;
    ovn.answers(&target, Duration::from_secs(10))?;
    // The smallest encodings are made in the background, after the first question.
    http::get(ovn.address, &target, "gzip").map_err(|error| error.to_string())?;
    std::thread::sleep(Duration::from_secs(2));
    let files = bench.scratch.join("one");
    nginx::copy(ovn.address, std::slice::from_ref(&target), &files)?;
    let answer = http::get(ovn.address, &target, "gzip").map_err(|error| error.to_string())?;
    let plain = nginx::start(&bench.scratch, "nginx-plain", &files, &[])?;
    let full = nginx::start(&bench.scratch, "nginx-full", &files, &nginx::extra(&answer))?;
    for server in [&plain, &full] {
        server.answers(&target, Duration::from_secs(10))?;
    }
    println!("\nOne article from memory: {target}, {} bytes in gzip", answer.body.len());
    let mut met = true;
    for connections in [32, 256] {
        let load = Run { connections, target: &target, ..bench.load() };
        let rows = turns(bench, &[&plain, &full, &ovn], &load)?;
        let [reference, same, ours] = rows.as_slice() else {
            return Err("a row is missing".into());
        };
        let names = [("nginx", *reference), ("nginx, our headers too", *same), ("ovn", *ours)];
        print!("{}", table(connections, &names));
        let ratio = ours.rate / reference.rate;
        met &= goal(ratio >= 1.0, &format!("requests a second at nginx's or better ({ratio:.2})"));
        met &= goal(ours.cpu <= 10.0, &format!("at most 10 us of CPU each ({:.1})", ours.cpu));
        if connections == 256 {
            let bound = f64::max(10.0, reference.p99 * 1.5);
            let text =
                format!("p99 at most 10 ms or 1.5 times nginx's ({:.2} of {bound:.2})", ours.p99);
            met &= goal(ours.p99 <= bound, &text);
        }
    }
    Ok(met)
}

/// Every page made anew: store read and render, nothing kept.
pub(super) fn fresh(bench: &Bench) -> Result<bool, String> {
    let ovn = bench.ovn(&[("OVN_PAGE_MEMORY", "0")])?;
    println!("\nPages that are not in memory: read from the store and made for every request");
    let codings = ["identity", "gzip", "gzip, deflate, br, zstd"];
    beside(bench, &ovn, &codings, 0.5)
}

/// Every article by chance.
pub(super) fn many(bench: &Bench) -> Result<bool, String> {
    let ovn = bench.ovn(&[])?;
    println!("\nArticles by chance, as many as there are");
    beside(bench, &ovn, &["gzip", "gzip, deflate, br, zstd"], 0.5)
}

/// `ovn` beside nginx on a list of articles drawn by chance.
fn beside(bench: &Bench, ovn: &Server, codings: &[&str], least: f64) -> Result<bool, String> {
    let (list, files) = files(bench, ovn)?;
    let plain = nginx::start(&bench.scratch, "nginx-many", &files, &[])?;
    let first = bench.article(ovn.address)?;
    plain.answers(&first, Duration::from_secs(10))?;
    let mut met = true;
    for coding in codings {
        println!("Accept-Encoding: {coding}");
        for connections in [32, 256] {
            let load = Run { connections, list: Some(&list), coding, ..bench.load() };
            let rows = turns(bench, &[&plain, ovn], &load)?;
            let [reference, ours] = rows.as_slice() else { return Err("a row is missing".into()) };
            let names: [(&str, Row); 2] = [("nginx", *reference), ("ovn", *ours)];
            print!("{}", table(connections, &names));
            if reference.rate == 0.0 || reference.wrong > 0.0 {
                return Err(
                    "nginx did not answer rightly, so there is nothing to compare with".into()
                );
            }
            let ratio = ours.rate / reference.rate;
            let what = format!("requests a second at least {least} of nginx's ({ratio:.2})");
            met &= goal(ratio >= least && ours.wrong == 0.0, &what);
            let (pss, rss) = ovn.memory();
            println!("  memory of ovn: {} MiB (PSS), {} MiB (RSS)", pss / 1024, rss / 1024);
        }
    }
    Ok(met)
}

/// The list of articles and the folder of their files; made once for a scratch folder that is kept.
fn files(bench: &Bench, ovn: &Server) -> Result<(PathBuf, PathBuf), String> {
    let (list, files) = (bench.scratch.join("articles.txt"), bench.scratch.join("many"));
    if let Ok(text) = std::fs::read_to_string(&list) {
        println!("{} articles, as prepared before", text.lines().count());
        return Ok((list, files));
    }
    let articles = bench.articles(ovn.address)?;
    let began = std::time::Instant::now();
    let bytes = nginx::copy(ovn.address, &articles, &files)?;
    println!(
        "{} articles, {} MiB of files for nginx, copied in {:.1} s",
        articles.len(),
        bytes >> 20,
        began.elapsed().as_secs_f64()
    );
    std::fs::write(&list, articles.join("\n") + "\n").map_err(|error| error.to_string())?;
    Ok((list, files))
}
