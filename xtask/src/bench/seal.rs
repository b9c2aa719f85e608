//! `bench seal`: durable seals a second from many writers at once, and how long a publication takes until it is seen.
//!
//! Beside them, in turn with them, what the same disk does at its barest: appends that are synced one by one, and
//! commits of one row to SQLite with `synchronous=FULL`.

mod reference;
mod steps;
mod throughput;
mod visible;

use super::figures::{median, verdict};
use super::place::{Place, machine};
use ovn_tests::postgres;

const USAGE: &str =
    "Usage: cargo xtask bench seal [--dir DIR] [--writers 64] [--count 4000] [--rounds 3]
    [--publishes 300] [--part throughput|visible|postgres]
  throughput: COUNT articles from WRITERS threads, ROUNDS times; goal 2000 a second
  visible: PUBLISHES publications at 10 a second, until a reader has the page; goal p99 50 ms
  postgres: throughput on a PostgreSQL server that is started for it";

/// Seals a second.
const SEALS: f64 = 2_000.0;
/// From the file to the page, ms.
const VISIBLE: f64 = 50.0;

/// What the arguments ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Options {
    dir: Option<String>,
    part: Option<String>,
    writers: u64,
    count: u64,
    rounds: u64,
    publishes: u64,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options =
            Self { dir: None, part: None, writers: 64, count: 4_000, rounds: 3, publishes: 300 };
        let mut rest = arguments.iter();
        while let Some(key) = rest.next() {
            let value = rest.next().ok_or(USAGE)?;
            let number = || value.parse::<u64>().ok().filter(|number| *number > 0).ok_or(USAGE);
            match key.as_str() {
                "--dir" => options.dir = Some(value.clone()),
                "--part" => options.part = Some(value.clone()),
                "--writers" => options.writers = number()?,
                "--count" => options.count = number()?,
                "--rounds" => options.rounds = number()?,
                "--publishes" => options.publishes = number()?,
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }

    fn wants(&self, part: &str) -> bool {
        self.part.as_ref().is_none_or(|one| one == part)
    }
}

pub(super) fn run(arguments: &[String]) -> Result<bool, String> {
    let options = Options::read(arguments)?;
    let place = Place::new(options.dir.as_deref(), "seal")?;
    println!("{}; editions and references in {}", machine(), place.path().display());
    let mut met = true;
    if options.wants("throughput") {
        met &= seals(&options, &place, None)?;
    }
    if options.wants("postgres") {
        on_postgres(&options, &place)?;
    }
    if options.wants("visible") {
        let took = visible::run(&place.path().join("visible"), options.publishes)?;
        println!("{}", took.line());
        let well = took.p99() <= VISIBLE;
        println!(
            "publish to visible, p99 at most {VISIBLE} ms: {:.1} ms, {}",
            took.p99(),
            verdict(well)
        );
        met &= well;
    }
    Ok(met)
}

/// Rounds of sealing, each after a round of the references; on PostgreSQL where an address is given.
fn seals(options: &Options, place: &Place, database: Option<&str>) -> Result<bool, String> {
    let (mut appends, mut commits, mut sealed) = (Vec::new(), Vec::new(), Vec::new());
    let name = if database.is_some() { "on-postgres" } else { "edition" };
    let mut writers = throughput::Writers::new(&place.path().join(name), database)?;
    for round in 0..options.rounds {
        if database.is_none() {
            appends.push(reference::appends(place.path())?);
            commits.push(reference::commits(place.path())?);
        }
        let one = writers.round(options.writers, options.count)?;
        println!(
            "round {round}: {:.0} seals/s, batches of {:.1}, {:.1} ms each",
            one.rate(),
            one.batch(),
            one.batch_ms()
        );
        println!("  ms a batch in each step: {}", one.steps());
        sealed.push(one.rate());
    }
    let seals = median(&sealed);
    if database.is_some() {
        println!("PostgreSQL: {seals:.0} seals/s from {} writers", options.writers);
        return Ok(true);
    }
    let (appends, commits) = (median(&appends), median(&commits));
    println!(
        "reference: {appends:.0} synced appends/s, {commits:.0} SQLite commits/s of one row (one writer)"
    );
    println!(
        "SQLite: {seals:.0} seals/s from {} writers; {:.1} times the appends, {:.1} times the commits",
        options.writers,
        seals / appends,
        seals / commits
    );
    println!("durable seals, at least {SEALS}/s: {seals:.0}/s, {}", verdict(seals >= SEALS));
    Ok(seals >= SEALS)
}

fn on_postgres(options: &Options, place: &Place) -> Result<(), String> {
    if !postgres::is_there() {
        println!("PostgreSQL: left out, its server programs are not on this machine");
        return Ok(());
    }
    let Some(server) = postgres::server() else { return Ok(()) };
    let database = server.database();
    seals(options, place, Some(&database.address())).map(|_| ())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn arguments_are_read_or_explained() {
        let read = |text: &str| {
            Options::read(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        };
        let given = read("--count 8 --part visible").unwrap();
        assert_eq!((given.count, given.writers), (8, 64));
        assert!(given.wants("visible") && !given.wants("throughput"));
        for wrong in ["--count", "--count 0", "--count x", "--what 1"] {
            assert_eq!(read(wrong), Err(USAGE.to_owned()), "{wrong}");
        }
    }

    #[test]
    fn a_small_run_measures_what_it_says() {
        let home = tempfile::tempdir().unwrap();
        let mut writers = throughput::Writers::new(&home.path().join("a"), None).unwrap();
        let round = writers.round(4, 10).unwrap();
        assert!(round.rate() > 0.0 && round.batch() >= 1.0);
        let took = visible::run(&home.path().join("b"), 3).unwrap();
        assert_eq!(took.count(), 3);
        assert!(took.p99() > 0.0);
    }
}
