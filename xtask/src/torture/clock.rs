//! A clock that jumps, by seconds to twenty years, back and forth, while a newsroom works or before it starts.
//!
//! Either an entry is sealed at a time that is not before the last one's, or the newsroom says what is wrong with the clock;
//! and once the clock is right again it goes on, if need be on the operator's word.

use super::Programs;
use super::chance::Chance;
use super::edition::Edition;
use super::history::{self, Line};
use super::judge::Judge;
use super::options::Options;
use super::rounds::{ends, serve};
use super::tally::Tally;
use super::writer::Order;
use ovn_edition::leaf::Leaf;
use std::collections::BTreeMap;
use std::time::{Instant, UNIX_EPOCH};

const SECOND: i64 = 1000;
const DAY: i64 = 24 * 60 * 60 * SECOND;
/// Twenty years.
const LONGEST: i64 = 7305 * DAY;
/// Publishes under each of a round's clocks.
const EACH: usize = 3;

/// What a run counted.
#[derive(Debug, Default)]
struct Counts {
    sealed: u64,
    refused: u64,
    /// Editions that went on only on the operator's word.
    words: u64,
    /// Beginnings of the sentences with which publishes were refused.
    said: BTreeMap<String, u64>,
}

pub(super) fn run(programs: &Programs, options: &Options) -> Result<bool, String> {
    let seed = options.seed();
    let home = options.home("clock");
    println!("torture clock --seed {seed}");
    let (mut tally, mut counts) = (Tally::default(), Counts::default());
    for (place, round) in options.rounds(50)?.into_iter().enumerate() {
        let folder = home.join(format!("clock-{place}"));
        let edition = Edition::at(&folder, folder.join("edition"), None);
        let before = tally.wrong.len();
        one(programs, &edition, Chance::of(seed, round, 0), &mut counts, &mut tally)?;
        for wrong in tally.wrong.iter_mut().skip(before) {
            *wrong = format!("--seed {seed} --round {round}: {wrong}");
        }
        if tally.wrong.len() > before {
            let kept = edition.keep(&home.join(format!("kept-{seed}-{round}-{place}")));
            println!("kept for a look: {}", kept.display());
        }
        let _ = std::fs::remove_dir_all(&folder);
    }
    let good = tally.print("clocks that jumped");
    let Counts { sealed, refused, words, said } = counts;
    println!(
        "under the wrong clock: {sealed} sealed, {refused} refused; {words} went on on the operator's word"
    );
    for (why, count) in said {
        println!("said {count} times: {why}");
    }
    if good {
        let _ = std::fs::remove_dir_all(&home);
    }
    Ok(good)
}

/// A jump of any size between a second and twenty years, each order of magnitude as likely as the next.
fn jump(chance: &mut Chance) -> i64 {
    let steps = 40;
    let step = i32::try_from(chance.below(steps + 1)).unwrap_or(0);
    let size = (LONGEST as f64 / SECOND as f64).powf(f64::from(step) / steps as f64);
    let size = (size * SECOND as f64) as i64;
    if chance.below(2) == 0 { size } else { -size }
}

/// One edition: a right clock, a wrong one, and the right one again.
fn one(
    programs: &Programs,
    edition: &Edition,
    mut chance: Chance,
    counts: &mut Counts,
    tally: &mut Tally,
) -> Result<(), String> {
    edition.make(programs)?;
    let since = Instant::now();
    let mut judge = Judge::new(edition, chance.clone())?;
    let jump = jump(&mut chance);
    let mut shifts = vec![0; EACH];
    let (wrong, right) = (vec![jump; EACH], vec![0; EACH]);
    // While it works, or between two starts.
    if chance.below(2) == 0 {
        shifts.extend(wrong.iter().chain(&right));
        publish(programs, edition, "works", shifts, &[])?;
    } else {
        for (name, shifts) in [("before", shifts), ("wrong", wrong), ("after", right)] {
            publish(programs, edition, name, shifts, &[])?;
        }
    }
    tally.faults += 1;
    tally.load += since.elapsed();
    let lines = history::lines(&edition.history(), 0, ends(edition).0);
    let sealed = outcomes(&lines, jump, counts, tally);
    if let Some((_, after)) = sealed
        && after < EACH
    {
        word(programs, edition, jump, tally)?;
        counts.words += 1;
    }
    if sealed.is_some_and(|(under, after)| after < EACH && (under == 0 || jump < DAY)) {
        tally.wrong.push(format!("{jump} ms: it does not go on though the clock is right again"));
    }
    judge.listen(edition, ends(edition), tally);
    serve(programs, edition, &judge, tally);
    judge.finish(programs, edition, tally);
    times(edition, tally)
}

/// How many publishes were sealed under the wrong clock, and under the right one after it.
fn outcomes(
    lines: &[Line],
    jump: i64,
    counts: &mut Counts,
    tally: &mut Tally,
) -> Option<(usize, usize)> {
    let outcomes: Vec<&Line> =
        lines.iter().filter(|line| matches!(line, Line::Ack(_) | Line::No(_))).collect();
    let acks = |part: usize| {
        let part = outcomes.get(part * EACH..(part + 1) * EACH)?;
        Some(part.iter().filter(|line| matches!(line, Line::Ack(_))).count())
    };
    for line in &outcomes {
        let Line::No(why) = line else { continue };
        if !why.contains("clock says") || !why.contains("OVN_CLOCK_RIGHT_ON=") {
            tally.wrong.push(format!("{jump} ms: it does not say what to do: {why}"));
        }
        let words: String = why.chars().filter(|c| !c.is_ascii_digit()).collect();
        *counts.said.entry(words).or_default() += 1;
    }
    let all = acks(0).zip(acks(1)).zip(acks(2));
    match all {
        Some(((EACH, under), after)) if outcomes.len() == 3 * EACH => {
            counts.sealed += under as u64;
            counts.refused += (EACH - under) as u64;
            Some((under, after))
        }
        _ => {
            tally.wrong.push(format!("{jump} ms: not every publish has an outcome: {outcomes:?}"));
            None
        }
    }
}

/// Something was sealed at a time to come, and the operator says that the clock is right now.
fn word(
    programs: &Programs,
    edition: &Edition,
    jump: i64,
    tally: &mut Tally,
) -> Result<(), String> {
    let (from, _) = ends(edition);
    let today = today();
    publish(programs, edition, "word", vec![0; EACH], &[("OVN_CLOCK_RIGHT_ON", &today)])?;
    let lines = history::lines(&edition.history(), from, ends(edition).0);
    if !matches!(lines.last(), Some(Line::Ack(_))) {
        tally.wrong.push(format!("{jump} ms: it does not go on even on the operator's word"));
    }
    Ok(())
}

/// The times of the record's entries must not go back.
fn times(edition: &Edition, tally: &mut Tally) -> Result<(), String> {
    let reader = edition.reader()?;
    let entries = reader.entries(0, 1000).map_err(|error| error.to_string())?;
    let mut last = 0;
    for entry in entries {
        let at = Leaf::read(&entry.leaf).map_err(|error| error.to_string())?.at;
        if at < last {
            tally.wrong.push(format!("entry {} is older than the one before it", entry.seq));
        }
        last = at;
    }
    Ok(())
}

/// A newsroom that publishes once under each of these clocks.
fn publish(
    programs: &Programs,
    edition: &Edition,
    name: &str,
    shifts: Vec<i64>,
    settings: &[(&str, &str)],
) -> Result<(), String> {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let order = Order {
        name: name.to_owned(),
        threads: 1,
        most: shifts.len() as u64,
        shifts,
        settings: settings.iter().map(own).collect(),
        ..Order::default()
    };
    let mut newsroom = edition.write(programs, &order)?;
    newsroom.wait().map(drop).map_err(|error| error.to_string())
}

/// Today, as an operator writes it.
fn today() -> String {
    let days = UNIX_EPOCH.elapsed().unwrap_or_default().as_secs() / 86_400;
    let date = jiff::civil::date(1970, 1, 1);
    let span = jiff::Span::new().days(i64::try_from(days).unwrap_or(0));
    date.checked_add(span).map_or_else(|_| String::new(), |date| date.to_string())
}
