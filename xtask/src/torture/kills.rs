//! SIGKILL at a random moment: of the newsroom, and on PostgreSQL of the server's process that it writes through.

use super::Programs;
use super::chance::Chance;
use super::edition::{Edition, said};
use super::history::{self, Line};
use super::judge::Judge;
use super::options::Options;
use super::rounds::{Rounds, ends, load, once, refusal, serve, until_fault};
use super::tally::Tally;
use ovn_tests::postgres::{self, Database};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// How long the server may take to notice that one of its processes was killed.
const NOTICES: Duration = Duration::from_millis(1500);
/// How long it may take until it publishes again after its database was killed, and how long it may notice nothing.
const AGAIN: Duration = Duration::from_secs(30);
const UNHURT: Duration = Duration::from_secs(3);

/// A run.
struct Run<'a> {
    programs: &'a Programs,
    seed: u64,
    threads: u64,
    postgres: bool,
}

/// What is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Newsroom,
    /// The database server's process for the newsroom's session: the whole server starts again.
    Backend,
    /// The session alone.
    Session,
}

pub(super) fn run(programs: &Programs, options: &Options) -> Result<bool, String> {
    let postgres = options.one("--database") == Some("postgres");
    let (seed, each) = (options.seed(), options.number("--each", 25)?.max(1));
    let run = Run { programs, seed, threads: options.number("--threads", 8)?, postgres };
    let home = options.home("kills");
    println!("torture kills --seed {seed}{}", if postgres { " --database postgres" } else { "" });
    let mut tally = Tally::default();
    for rounds in options.rounds(20)?.chunks(usize::try_from(each).unwrap_or(1)) {
        let first = rounds.first().copied().unwrap_or(0);
        let edition = run.edition(&home.join(format!("kills-{first}")))?;
        let before = tally.wrong.len();
        let all = Rounds { programs, seed, numbers: rounds };
        let mut on = &edition;
        let kill = |on: &mut &Edition, judge: &mut Judge, round, tally: &mut Tally| {
            run.round(on, judge, round, tally)
        };
        all.each(&mut on, |on| on, &mut tally, kill)?;
        if tally.wrong.len() > before {
            let kept = edition.keep(&home.join(format!("kept-{seed}-{first}")));
            println!("kept for a look: {}", kept.display());
            tally.wrong.iter().skip(before).for_each(|wrong| println!("WRONG: {wrong}"));
        }
        let _ = std::fs::remove_dir_all(&edition.home);
        println!("{} kills, {} did not hold", tally.faults, tally.wrong.len());
    }
    let good = tally.print(if postgres { "kills on PostgreSQL" } else { "kills on SQLite" });
    if good {
        let _ = std::fs::remove_dir(&home);
    }
    Ok(good)
}

impl Run<'_> {
    fn edition(&self, home: &Path) -> Result<Edition, String> {
        let mut edition = Edition::at(home, home.join("edition"), None);
        if self.postgres {
            let server = postgres::server().ok_or("OVN_TEST_POSTGRES leaves PostgreSQL out.")?;
            edition.database = Some(server.database());
        }
        edition.make(self.programs)?;
        Ok(edition)
    }

    /// A kill, and what is looked at after it.
    fn round(
        &self,
        edition: &Edition,
        judge: &mut Judge,
        (round, place): (u64, usize),
        tally: &mut Tally,
    ) -> Result<(), String> {
        let mut chance = Chance::of(self.seed, round, 0);
        let target = match chance.below(4) {
            0 if self.postgres => Target::Backend,
            1 if self.postgres => Target::Session,
            _ => Target::Newsroom,
        };
        let order = load(&mut chance, self.threads, format!("r{round}p{place}"));
        let mut newsroom = edition.write(self.programs, &order)?;
        // A quarter while it starts and repairs, the others under load.
        let early = chance.below(4) == 0 && target == Target::Newsroom;
        let since = Instant::now();
        until_fault(&mut chance, early, edition, &mut newsroom, judge, tally);
        match kill(edition, &mut newsroom, target) {
            Ok(again) => tally.again.extend(again),
            Err(why) => tally.wrong.push(why),
        }
        tally.faults += 1;
        tally.load += since.elapsed();
        let step = history::last_step(&edition.history()).unwrap_or_else(|| "before any".into());
        *tally.steps.entry(step).or_default() += 1;
        judge.listen(edition, ends(edition), tally);
        match chance.below(3) {
            // The next newsroom starts on what is left as it is.
            0 => {}
            1 => {
                serve(self.programs, edition, judge, tally);
                judge.look(edition, tally);
            }
            _ => {
                if let Err(why) = once(self.programs, edition, &format!("r{round}p{place}after"), 1)
                {
                    tally.wrong.push(why);
                }
                judge.listen(edition, ends(edition), tally);
                serve(self.programs, edition, judge, tally);
                judge.look(edition, tally);
            }
        }
        Ok(())
    }
}

/// Kills, and gives how long a newsroom took to publish again without its own death.
fn kill(
    edition: &Edition,
    newsroom: &mut Child,
    target: Target,
) -> Result<Option<Duration>, String> {
    let again = match edition.database.as_ref().filter(|_| target != Target::Newsroom) {
        None => Ok(None),
        Some(database) => {
            let (from, _) = ends(edition);
            end_session(database, target).and_then(|()| goes_on(edition, newsroom, from))
        }
    };
    let _ = newsroom.kill();
    newsroom.wait().map_err(|error| error.to_string())?;
    again
}

/// Ends the session of whoever seals, or kills the server's process for it.
fn end_session(database: &Database, target: Target) -> Result<(), String> {
    // The server that an earlier round killed may be starting again.
    let since = Instant::now();
    let backend = loop {
        match database.who_seals() {
            Err(why) if since.elapsed() > AGAIN => return Err(why),
            Err(_) => std::thread::sleep(Duration::from_millis(20)),
            Ok(backend) => break backend,
        }
    };
    if backend.is_empty() {
        // Nobody has the turn at this moment: only the newsroom dies.
        return Ok(());
    }
    if target == Target::Session {
        database.end(&backend);
        return Ok(());
    }
    let _ = said(Command::new("kill").args(["-9", &backend]));
    // Until the server has noticed, so that it does not go down under the looks that follow.
    let since = Instant::now();
    while since.elapsed() < NOTICES && database.who_seals().is_ok() {}
    Ok(())
}

/// Waits until a newsroom whose database was killed publishes again.
fn goes_on(edition: &Edition, newsroom: &mut Child, from: u64) -> Result<Option<Duration>, String> {
    let since = Instant::now();
    loop {
        let lines = history::lines(&edition.history(), from, ends(edition).0);
        let hurt = lines.iter().position(|line| matches!(line, Line::No(_)));
        let later =
            hurt.map(|place| lines.iter().skip(place).any(|line| matches!(line, Line::Ack(_))));
        match later {
            Some(true) => return Ok(Some(since.elapsed())),
            None if since.elapsed() > UNHURT => return Ok(None),
            _ => {}
        }
        if newsroom.try_wait().map_err(|error| error.to_string())?.is_some() {
            return Err(refusal(edition));
        }
        if since.elapsed() > AGAIN {
            return Err("the newsroom does not publish again".into());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
