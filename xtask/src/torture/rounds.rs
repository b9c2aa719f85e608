//! What every part does with an edition between two faults.

use super::Programs;
use super::chance::Chance;
use super::edition::Edition;
use super::history::{self, Line};
use super::judge::Judge;
use super::server::Server;
use super::tally::Tally;
use super::writer::Order;
use std::process::Child;
use std::time::{Duration, Instant};

/// The longest that a newsroom may take to its first acknowledgement.
const PATIENCE: Duration = Duration::from_secs(30);

/// A newsroom that publishes a few articles and ends.
pub(super) fn once(
    programs: &Programs,
    edition: &Edition,
    name: &str,
    most: u64,
) -> Result<(), String> {
    let order = Order { name: name.to_owned(), threads: 1, most, ..Order::default() };
    let (from, _) = ends(edition);
    let mut newsroom = edition.write(programs, &order)?;
    let status = newsroom.wait().map_err(|error| error.to_string())?;
    let lines = history::lines(&edition.history(), from, ends(edition).0);
    let done = lines.iter().any(|line| matches!(line, Line::Ack(_)));
    if status.success() && done { Ok(()) } else { Err(refusal(edition)) }
}

/// Starts the readers' server and asks for the article that was acknowledged last.
pub(super) fn serve(programs: &Programs, edition: &Edition, judge: &Judge, tally: &mut Tally) {
    let Some(ack) = judge.newest() else { return };
    if edition.database.is_some() && edition.reader().is_err() {
        tally.wrong.push("the database does not start again".into());
        return;
    }
    let served =
        Server::start(programs, edition).and_then(|server| server.page(&ack.path, judge.key()));
    match served {
        Err(why) => tally.wrong.push(format!("{why}: {ack:?}")),
        Ok((took, sealed)) => {
            tally.pages.push(took);
            let rev = sealed.leaf.article.map_or(0, |step| step.rev);
            if rev < ack.rev {
                tally.wrong.push(format!("readers see revision {rev} of {ack:?}"));
            }
        }
    }
}

/// What a newsroom does until a fault meets it.
pub(super) fn load(chance: &mut Chance, threads: u64, name: String) -> Order {
    Order {
        seed: chance.next(),
        name,
        threads: 1 + chance.below(threads),
        most: u64::MAX,
        removes: true,
        paragraphs: chance.below(8),
        ..Order::default()
    }
}

/// How far the newsroom's two files go.
pub(super) fn ends(edition: &Edition) -> (u64, u64) {
    let home = edition.history();
    (history::length(&home, "lines"), history::length(&home, "seen"))
}

/// What the newsroom said when it gave up.
pub(super) fn refusal(edition: &Edition) -> String {
    let (end, _) = ends(edition);
    let last = history::lines(&edition.history(), 0, end).pop();
    match last {
        Some(Line::Refused(why)) => format!("the newsroom needs a hand: {why}"),
        other => format!("the newsroom ended by itself after {other:?}"),
    }
}

/// Waits until something new is acknowledged.
pub(super) fn first_ack(
    edition: &Edition,
    newsroom: &mut Child,
    judge: &Judge,
) -> Result<(), String> {
    let since = Instant::now();
    loop {
        if judge.hears_ack(edition, ends(edition).0) {
            return Ok(());
        }
        if newsroom.try_wait().map_err(|error| error.to_string())?.is_some() {
            return Err(refusal(edition));
        }
        if since.elapsed() > PATIENCE {
            return Err("the newsroom does not publish".into());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}
