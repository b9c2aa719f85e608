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

/// Rounds on one edition, with what is looked at before the first and after the last.
pub(super) struct Rounds<'a> {
    pub(super) programs: &'a Programs,
    pub(super) seed: u64,
    /// The numbers of the rounds.
    pub(super) numbers: &'a [u64],
}

impl Rounds<'_> {
    /// Does each round with `round`, which is given the round's number and its place among these. `of` is the edition of
    /// what a round needs.
    pub(super) fn each<T>(
        &self,
        on: &mut T,
        of: impl Fn(&T) -> &Edition,
        tally: &mut Tally,
        mut round: impl FnMut(&mut T, &mut Judge, (u64, usize), &mut Tally) -> Result<(), String>,
    ) -> Result<(), String> {
        let (programs, seed) = (self.programs, self.seed);
        let first = self.numbers.first().copied().unwrap_or(0);
        let mut judge = Judge::new(of(on), Chance::of(seed, first, 99))?;
        once(programs, of(on), "base", 3)?;
        judge.listen(of(on), ends(of(on)), tally);
        judge.look(of(on), tally);
        for (place, number) in self.numbers.iter().enumerate() {
            let before = tally.wrong.len();
            round(on, &mut judge, (*number, place), tally)?;
            for wrong in tally.wrong.iter_mut().skip(before) {
                *wrong = format!("--seed {seed} --round {number}: {wrong}");
            }
        }
        if let Err(why) = once(programs, of(on), "last", 2) {
            tally.wrong.push(format!("--seed {seed} after --round {first}…: {why}"));
        }
        judge.listen(of(on), ends(of(on)), tally);
        judge.finish(programs, of(on), tally);
        Ok(())
    }
}

/// Waits for the moment of a fault: some time after the newsroom was started if it is to be `early`, while it starts and
/// repairs; else some time after its first acknowledgement.
pub(super) fn until_fault(
    chance: &mut Chance,
    early: bool,
    edition: &Edition,
    newsroom: &mut Child,
    judge: &Judge,
    tally: &mut Tally,
) {
    let mut longest = 150_000;
    if !early {
        if let Err(why) = first_ack(edition, newsroom, judge) {
            return tally.wrong.push(why);
        }
        longest = 400_000;
    }
    std::thread::sleep(Duration::from_micros(chance.below(longest)));
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
