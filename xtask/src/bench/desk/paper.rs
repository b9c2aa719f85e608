//! `docs/desk-precision.md`: every figure of the desk in one document, the same whenever the data is the same.

mod goals;

use super::{attribution, model, rules, urdu, words};
use std::{fmt::Write as _, path::Path};

/// Where the document stands in the repository.
const FILE: &str = "docs/desk-precision.md";

/// All that was measured.
pub(super) struct Measured {
    rules: rules::Rules,
    attribution: attribution::Reached,
    urdu: [[u32; 3]; 2],
    words: Option<words::Reached>,
    model: model::Reached,
}

/// Measures, and writes the document; whether the rules' own figures are those of the judgements.
pub(super) fn write(folder: &Path, date: &str) -> Result<bool, String> {
    if !is_date(date) {
        return Err(format!("“{date}” is no date; write it as YYYY-MM-DD."));
    }
    let measured = Measured {
        rules: rules::measured(folder)?,
        attribution: attribution::reached(folder, "dev")?,
        urdu: urdu::reached()?,
        words: words::reached(folder, None)?,
        model: model::reached(folder)?,
    };
    let path = crate::cargo::root().join(FILE);
    std::fs::write(&path, text(&measured, date))
        .map_err(|e| format!("Cannot write {}: {e}.", path.display()))?;
    println!("Written: {FILE}");
    for rule in &measured.rules.differ {
        println!("{rule}: its own figure is not what the judgements give.");
    }
    Ok(measured.rules.differ.is_empty())
}

/// Whether this is `YYYY-MM-DD`, as far as digits tell.
fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &str| part.chars().all(|one| one.is_ascii_digit());
    let number = |part: &str| part.parse().unwrap_or(0_u32);
    match parts.as_slice() {
        [year, month, day] => {
            [year.len(), month.len(), day.len()] == [4, 2, 2]
                && parts.iter().all(|part| digits(part))
                && (1..=12).contains(&number(month))
                && (1..=31).contains(&number(day))
        }
        _ => false,
    }
}

/// The document.
fn text(all: &Measured, date: &str) -> String {
    let mut out = head(date);
    let mut part = |title: &str, words: &str, tables: &[String]| {
        let _ = write!(out, "\n## {title}\n\n{words}\n");
        for table in tables {
            let _ = write!(out, "\n{table}");
        }
    };
    part("What was aimed at, and reached", GOALS, &[goals::grid(all).markdown()]);
    part("Each rule", RULES, &[all.rules.rules.markdown()]);
    part(
        "The desk as it speaks by default",
        DESK,
        &[all.rules.desk.markdown(), all.rules.outlets.markdown()],
    );
    let [found, shares] = all.attribution.grids();
    let words = format!(
        "PolNeAR's {} development articles, against every attribution that was marked by hand in them.",
        all.attribution.articles
    );
    part("Attribution in English", &words, &[found.markdown(), shares.markdown()]);
    part("Attribution in Urdu", URDU, &[urdu::grid(all.urdu).markdown()]);
    match &all.words {
        Some(reached) => {
            part("Loaded words, one outlet left out", WORDS, &[reached.grid.markdown()])
        }
        None => part("Loaded words, one outlet left out", "Not measured: no candidates.", &[]),
    }
    let [figures, alarms] = all.model.grids();
    let words = format!(
        "{MODEL} The last table has false alarms among the {} likeliest sentences.",
        all.model.shown
    );
    part(
        "The sentence model that is not shipped",
        &words,
        &[figures.markdown(), alarms.markdown()],
    );
    out
}

fn head(date: &str) -> String {
    format!(
        "# How often the desk is right

Measured {date}. This page is written by a program and not by hand; with the data at hand, the same bytes come from

    cargo xtask bench desk --data DIR --date {date} --write

The texts are not in this repository: BABE (sentences with the words that experts marked as biased), BASIL (articles on
the same events by three outlets), PolNeAR (articles with every attribution marked), UNBD (headlines and passages in
Urdu), and leads of dated articles from AllSides/ABP. Nothing of them stands here but figures. Rules and lists were
written with an eye on parts of the same sets, so figures on other texts can be lower.

**How findings were judged.** The question was: “{}” Findings were drawn by a seed from all that a rule found, shown in
their sentences without the outlet, and read strictly: in doubt a finding counts as wrong. Where there are
two readings, made without sight of each other, a finding counts as right only when both say so, and κ is Cohen's
agreement of the two beyond chance (“–” where there is one reading or no value); the first reading was made by somebody
who knew the rules and covers a part. The
judgements stand in `xtask/judged/desk`, a key and a reading for each finding. Brackets hold Wilson's 95 percent
interval. A right finding says that the stated fact is true of the text; it does not say that the text is unfair, and a text without
findings is not thereby fair.
",
        rules::QUESTION
    )
}

const GOALS: &str =
    "“Reached” is the share itself; where an interval matters it stands in the tables below.";

const RULES: &str = "A rule speaks by default in a language when the share of right findings is at least .90 (fix), .75 (look) or .60 (info)
and the lower bound of its interval is at most .05 under that. Rules that state a fact of the article's own file need no
judging. How often a rule speaks is counted over whole texts in its language, leads left out, also while it is off.";

const DESK: &str = "Only rules that are on. Agencies' copy is what opens with an agency's dateline. Sides are those that BABE gives for an
outlet, and are used for nothing but to see whether the desk treats them alike; “–” where it gives none. “Wrong of
judged” counts the judged findings of these rules.";

const URDU: &str = "Texts of the house's own writing, marked by hand; rules were fitted on the first part and the second was held out.
**One hand wrote the texts, the marks and the rules**, so these figures say that the rules do what was meant, and little
about Urdu as newspapers write it.";

const WORDS: &str = "BABE's sentences, own voice: a flag is right when it touches a word that experts marked. For each outlet the words were
chosen on the others alone, from the candidates in `xtask/lists/loaded-candidates.txt`. The last two columns have
sentences that nobody marked or called biased.";

const MODEL: &str = "A sparse linear model of the whole sentence on BABE, each outlet left out of its own training. It is measured and not part of
the desk: [why](decisions/007-no-sentence-model.md).";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_a_year_a_month_and_a_day() {
        let check = |date: &str, expected: bool| assert_eq!(is_date(date), expected, "{date}");
        check("2026-11-24", true);
        check("2026-13-01", false);
        check("2026-11-00", false);
        check("24-11-2026", false);
        check("2026-11-2x", false);
        check("today", false);
    }
}
