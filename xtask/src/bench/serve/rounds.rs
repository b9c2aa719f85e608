//! Servers beside one another under the same load, in turns, and the table of what each did.

use std::fmt::Write as _;

use super::Bench;
use super::child::Server;
use super::wrk::{self, Figures, Run};

/// What one server did at one number of connections: medians over the rounds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Row {
    pub(super) rate: f64,
    pub(super) p50: f64,
    pub(super) p99: f64,
    /// Processor microseconds of the server a request.
    pub(super) cpu: f64,
    /// Answers that were not 2xx or 3xx, over all rounds.
    pub(super) wrong: f64,
}

/// Puts `load` on each of `servers` in turns; a row for each, in their order.
pub(super) fn turns(
    bench: &Bench,
    servers: &[&Server],
    load: &Run<'_>,
) -> Result<Vec<Row>, String> {
    let mut seen: Vec<Vec<(Figures, f64)>> = vec![Vec::new(); servers.len()];
    for server in servers {
        wrk::run(server.address, &Run { seconds: 1, ..*load }, &bench.script)?;
    }
    for _ in 0..bench.rounds {
        for (server, seen) in servers.iter().zip(&mut seen) {
            let before = server.cpu();
            let figures = wrk::run(server.address, load, &bench.script)?;
            seen.push((figures, server.cpu() - before));
        }
    }
    Ok(seen.iter().map(|rounds| row(rounds)).collect())
}

fn row(rounds: &[(Figures, f64)]) -> Row {
    let of = |what: &dyn Fn(&(Figures, f64)) -> f64| median(rounds.iter().map(what).collect());
    Row {
        rate: of(&|(figures, _)| figures.rate),
        p50: of(&|(figures, _)| figures.p50),
        p99: of(&|(figures, _)| figures.p99),
        cpu: of(&|(figures, cpu)| cpu * 1e6 / figures.requests.max(1.0)),
        wrong: rounds.iter().map(|(figures, _)| figures.wrong).sum(),
    }
}

/// The middle one; 0 of none.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A table of `rows`, each with its name and its rate beside that of the first.
pub(super) fn table(connections: u32, rows: &[(&str, Row)]) -> String {
    let first = rows.first().map_or(0.0, |(_, row)| row.rate);
    let mut out = format!(
        "{connections} connections          requests/s  ratio    p50 ms   p99 ms  CPU us/request\n"
    );
    for (name, row) in rows {
        let ratio = row.rate / first.max(1.0);
        let _ = writeln!(
            out,
            "  {name:<24} {:>10.0} {ratio:>6.2} {:>9.2} {:>8.2} {:>9.1}{}",
            row.rate,
            row.p50,
            row.p99,
            row.cpu,
            if row.wrong > 0.0 { format!("   {} WRONG", row.wrong) } else { String::new() }
        );
    }
    out
}

/// Says whether a goal is met, and prints it.
pub(super) fn goal(met: bool, what: &str) -> bool {
    println!("  {} {what}", if met { "met:" } else { "NOT MET:" });
    met
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_become_a_row() {
        let figures = |requests, rate, p99| Figures { requests, rate, p50: 1.0, p99, wrong: 1.0 };
        let rounds = [
            (figures(100.0, 10.0, 5.0), 0.001),
            (figures(50.0, 30.0, 9.0), 0.001),
            (figures(200.0, 20.0, 7.0), 0.001),
        ];
        let row = row(&rounds);
        assert_eq!(row, Row { rate: 20.0, p50: 1.0, p99: 7.0, cpu: 10.0, wrong: 3.0 });
        let text = table(32, &[("a", row), ("b", Row { rate: 10.0, ..Row::default() })]);
        assert!(text.contains(" 0.50 ") && text.contains("3 WRONG"), "{text}");
        assert_eq!(median(Vec::new()), 0.0);
    }
}
