//! Judgements of findings, kept in the repository without a word of the texts, against the findings of today.
//!
//! A finding that was read twice counts as right when both readings say so; where they differ it counts as wrong.

use super::findings::Read;
use ovn_desk::rule::{Basis, Rule, wilson};
use std::{collections::BTreeMap, fmt::Write as _, path::Path};

/// Where the judgements are: a file for each rule, lines of `key`, `right` or `wrong`, and the second reading's where
/// there was one.
const FOLDER: &str = "xtask/judged/desk";

/// What one reading, and perhaps a second, says of a finding.
type Readings = (bool, Option<bool>);

/// For each rule, the readings of each key.
pub(super) type Judgements = BTreeMap<String, BTreeMap<String, Readings>>;

/// All judgements in the repository at `root`.
pub(super) fn load(root: &Path) -> Result<Judgements, String> {
    let folder = root.join(FOLDER);
    let mut out = Judgements::new();
    for rule in ovn_desk::all() {
        let path = folder.join(format!("{}.tsv", rule.id));
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let rows = parse(&text)
            .map_err(|(line, why)| format!("{FOLDER}/{}.tsv:{line}: {why}", rule.id))?;
        out.insert(rule.id.to_owned(), rows);
    }
    Ok(out)
}

/// The rows of one file; else the number of the line that is wrong, and why.
fn parse(text: &str) -> Result<BTreeMap<String, Readings>, (usize, String)> {
    let mut out = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |why: &str| (at + 1, why.to_owned());
        let mut cells = line.split('\t');
        let key = cells.next().unwrap_or_default();
        if key.len() != 16 || !key.chars().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(wrong("the key has 16 hexadecimal digits"));
        }
        let reading = |cell: Option<&str>| match cell {
            Some("right") => Ok(Some(true)),
            Some("wrong") => Ok(Some(false)),
            None => Ok(None),
            Some(_) => Err(()),
        };
        let (Ok(Some(first)), Ok(second)) = (reading(cells.next()), reading(cells.next())) else {
            return Err(wrong(
                "one or two readings follow the key, each “right” or “wrong”, with tabs between",
            ));
        };
        if out.insert(key.to_owned(), (first, second)).is_some() {
            return Err(wrong("this key stands here twice"));
        }
    }
    Ok(out)
}

/// What the judgements say of one rule in one language.
#[derive(Debug)]
pub(super) struct Figure {
    pub(super) rule: &'static Rule,
    pub(super) lang: String,
    /// Findings of today that every reading calls right.
    pub(super) right: u32,
    /// Findings of today that were judged.
    pub(super) of: u32,
    /// Cohen's kappa of the two readings; `None` where one of them never varies and chance explains all.
    pub(super) kappa: Option<f64>,
    /// By outlet, then by side: wrong, judged.
    pub(super) wrong_by: BTreeMap<String, (u32, u32)>,
}

impl Figure {
    /// Whether the rule's own figure is this one.
    pub(super) fn agrees(&self) -> bool {
        match self.rule.basis {
            Basis::Fact => true,
            Basis::Judged(_) => match self.rule.measured(&self.lang) {
                // What was measured against gold needs no judgements.
                Some(row) => self.of == 0 || (row.right, row.of) == (self.right, self.of),
                None => self.of == 0,
            },
        }
    }
}

/// The figures of every rule in every language that it reads.
pub(super) fn figures(read: &[Read<'_>], judgements: &Judgements) -> Vec<Figure> {
    let mut out = Vec::new();
    for rule in ovn_desk::all() {
        let empty = BTreeMap::new();
        let rows = judgements.get(rule.id).unwrap_or(&empty);
        for lang in rule.langs {
            let mut pairs = Vec::new();
            let mut wrong_by: BTreeMap<String, (u32, u32)> = BTreeMap::new();
            for read in read.iter().filter(|read| read.text.article.lang == *lang) {
                let found = read.found.iter().filter(|found| found.finding.rule == rule.id);
                for pair in found.filter_map(|found| rows.get(&found.key)) {
                    pairs.push(*pair);
                    let names = [&read.text.outlet, &read.text.side];
                    for name in names.into_iter().flatten() {
                        let sum = wrong_by.entry(name.clone()).or_default();
                        *sum = (sum.0 + u32::from(!is_right(pair)), sum.1 + 1);
                    }
                }
            }
            let right = pairs.iter().filter(|pair| is_right(pair)).count();
            out.push(Figure {
                rule,
                lang: (*lang).to_owned(),
                right: u32::try_from(right).unwrap_or(u32::MAX),
                of: u32::try_from(pairs.len()).unwrap_or(u32::MAX),
                kappa: kappa(&pairs),
                wrong_by,
            });
        }
    }
    out
}

/// Whether every reading says so.
fn is_right((first, second): &Readings) -> bool {
    *first && second.unwrap_or(true)
}

/// Cohen's kappa (1960): agreement beyond what the two readings' shares would give by chance.
fn kappa(readings: &[Readings]) -> Option<f64> {
    let pairs: Vec<[bool; 2]> =
        readings.iter().filter_map(|(first, second)| Some([*first, (*second)?])).collect();
    let all = pairs.len() as f64;
    let share = |which: &dyn Fn(&[bool; 2]) -> bool| {
        pairs.iter().filter(|pair| which(pair)).count() as f64 / all
    };
    let same = share(&|[first, second]| first == second);
    let (first, second) = (share(&|[first, _]| *first), share(&|[_, second]| *second));
    let chance = first * second + (1.0 - first) * (1.0 - second);
    (!pairs.is_empty() && chance < 1.0).then(|| (same - chance) / (1.0 - chance))
}

/// The figures as a table.
pub(super) fn text(figures: &[Figure]) -> String {
    let mut out = String::from(
        "rule\tlanguage\tright/of\t95 % interval\tkappa\tthe rule says\twrong by outlet and side\n",
    );
    for figure in figures {
        let (from, to) = wilson(figure.right, figure.of);
        let kappa = figure.kappa.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
        let says = match (figure.rule.basis, figure.rule.measured(&figure.lang)) {
            (Basis::Fact, _) => "a fact".to_owned(),
            (_, None) => "nothing".to_owned(),
            (_, Some(row)) => format!("{}/{}", row.right, row.of),
        };
        let verdict = if figure.agrees() { "same" } else { "DIFFERS" };
        let wrong =
            figure.wrong_by.iter().map(|(name, (wrong, of))| format!("{name} {wrong}/{of}"));
        let wrong: Vec<String> = wrong.collect();
        let _ = writeln!(
            out,
            "{}\t{}\t{}/{}\t.{from:03}–.{to:03}\t{kappa}\t{says}, {verdict}\t{}",
            figure.rule.id,
            figure.lang,
            figure.right,
            figure.of,
            wrong.join(", ")
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_cohens() {
        // The example of two readers of 50 proposals: 20 both yes, 15 both no, 5 and 10 apart; kappa is .40.
        let both = |first, second| (first, Some(second));
        let mut pairs = vec![both(true, true); 20];
        pairs.extend([both(true, false); 5]);
        pairs.extend([both(false, true); 10]);
        pairs.extend([both(false, false); 15]);
        assert!((kappa(&pairs).unwrap() - 0.4).abs() < 1e-9);
        assert_eq!(kappa(&[]), None);
        assert_eq!(kappa(&[both(true, true)]), None);
        assert_eq!(kappa(&[(true, None), (false, None)]), None);
    }

    #[test]
    fn a_file_of_judgements_says_where_it_is_wrong() {
        let check =
            |text: &str, line: usize| assert_eq!(parse(text).unwrap_err().0, line, "{text}");
        check("0123456789abcdef", 1);
        check("# note\n0123456789abcdef\tright\tmaybe", 2);
        check("0123\tright\tright", 1);
        check("0123456789abcdef\tright\tright\n0123456789abcdef\tright\twrong", 2);
        let rows = parse("0123456789abcdef\tright\twrong\n").unwrap();
        assert_eq!(rows.get("0123456789abcdef"), Some(&(true, Some(false))));
        let rows = parse("0123456789abcdef\twrong\n").unwrap();
        assert_eq!(rows.get("0123456789abcdef"), Some(&(false, None)));
    }
}
