//! What a run counted, and how it is printed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

/// The counts of a run.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// How often the fault came.
    pub(super) faults: u64,
    /// Publishes that were acknowledged before their fault.
    pub(super) acknowledged: u64,
    /// Publishes that were begun and not acknowledged.
    pub(super) open: u64,
    /// Checkpoints that were looked at.
    pub(super) checkpoints: usize,
    /// From the start of `ovn serve` to a page that verifies.
    pub(super) pages: Vec<Duration>,
    /// From the start of the newsroom to its being open.
    pub(super) starts: Vec<Duration>,
    /// From the database's death until the newsroom published again.
    pub(super) again: Vec<Duration>,
    /// Time under load.
    pub(super) load: Duration,
    /// Where the fault came.
    pub(super) steps: BTreeMap<String, u64>,
    /// What did not hold.
    pub(super) wrong: Vec<String>,
}

impl Tally {
    /// The lines of a finished run, `what` naming the fault.
    pub(super) fn print(&mut self, what: &str) -> bool {
        let mut out = String::new();
        let load = self.load.as_secs_f64().max(0.001);
        let rate = self.acknowledged as f64 / load;
        let _ = writeln!(
            out,
            "{} {what}; {} publishes acknowledged ({rate:.0} a second under load), {} begun and not acknowledged",
            self.faults, self.acknowledged, self.open
        );
        let _ = writeln!(out, "{} checkpoints seen", self.checkpoints);
        let page = spread(&mut self.pages);
        let _ = writeln!(out, "restart to the first page that verifies: {page}");
        let _ =
            writeln!(out, "start of the newsroom, repairs included: {}", spread(&mut self.starts));
        if !self.again.is_empty() {
            let again = spread(&mut self.again);
            let _ = writeln!(out, "from the database's death to the next acknowledgement: {again}");
        }
        let steps: Vec<String> = self.steps.iter().map(|(step, n)| format!("{step} {n}")).collect();
        if !steps.is_empty() {
            let _ = writeln!(out, "where the newsroom was: {}", steps.join(", "));
        }
        for wrong in &self.wrong {
            let _ = writeln!(out, "WRONG: {wrong}");
        }
        let _ = writeln!(out, "did not hold: {}", self.wrong.len());
        print!("{out}");
        self.wrong.is_empty()
    }
}

/// Middle, 99th of a hundred, and longest, in milliseconds.
pub(super) fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let ms = |place: usize| times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    let last = times.len().saturating_sub(1);
    let (middle, high) = (ms(times.len() / 2), ms((times.len() * 99 / 100).min(last)));
    format!("p50 {middle:.0} ms, p99 {high:.0} ms, max {:.0} ms of {}", ms(last), times.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_of_times() {
        let check = |times: &[u64], expected: &str| {
            let mut times: Vec<Duration> =
                times.iter().map(|ms| Duration::from_millis(*ms)).collect();
            assert_eq!(spread(&mut times), expected);
        };
        check(&[], "p50 0 ms, p99 0 ms, max 0 ms of 0");
        check(&[3, 1, 2], "p50 2 ms, p99 3 ms, max 3 ms of 3");
    }
}
