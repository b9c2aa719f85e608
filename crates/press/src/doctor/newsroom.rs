//! Whether what was scheduled is published, and whether tasks about siblings wait for long.

use super::{Line, Patient, span};
use ovn_store::cabinet::{Cabinet, Plan};

const PART: &str = "newsroom";
/// How late a scheduled article may be, ms: the newsroom looks each second, and each 15 while something is in the way.
const LATE: u64 = 120_000;
/// How long a task may be open, ms: a week.
const LONG: u64 = 7 * 24 * 60 * 60 * 1000;

/// Nothing where there is no newsroom, or one that the next start brings forward.
pub(super) fn line(patient: &Patient<'_>) -> Option<Line> {
    let found = Cabinet::as_it_is(patient.dir, patient.settings).and_then(|cabinet| {
        let Some(cabinet) = cabinet else { return Ok(None) };
        let due = cabinet.due(patient.now.saturating_sub(LATE))?;
        Ok(Some((due, cabinet.tasks_before(patient.now.saturating_sub(LONG))?)))
    });
    match found {
        Ok(None) => None,
        Ok(Some((due, tasks))) => Some(judge(patient.now, &due, tasks)),
        Err(error) => {
            let advice = "see that this user may read it, and that the newsroom starts";
            Some(Line::look(PART, format!("its cabinet can't be read: {error}"), advice))
        }
    }
}

fn judge(now: u64, due: &[Plan], tasks: u64) -> Line {
    if let Some(first) = due.first() {
        let late = span(now.saturating_sub(first.moment) / 1000);
        let sentence = match due.len() {
            1 => format!("a scheduled article is {late} overdue"),
            count => format!("{count} scheduled articles are overdue, the first by {late}"),
        };
        let advice = "see that `ovn serve` runs with its newsroom and its keys; /schedule there says what is in the way";
        return Line::bad(PART, sentence, advice);
    }
    match tasks {
        0 => Line::good(
            PART,
            "nothing that is scheduled is overdue, and no task is older than a week",
        ),
        count => {
            let sentence = match count {
                1 => "a task about a sibling of a corrected article is open for more than a week"
                    .into(),
                count => format!(
                    "{count} tasks about siblings of corrected articles are open for more than a week"
                ),
            };
            Line::look(PART, sentence, "an editor finds them on the newsroom's first screen")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    #[test]
    fn what_is_overdue_is_bad_and_what_waits_is_worth_a_look() {
        let plan = |moment: u64| Plan {
            draft: [1; 16],
            moment,
            version: 1,
            person: [2; 16],
            class: "publication".into(),
            note: None,
            asked_by: None,
            why: None,
        };
        let check = |due: &[Plan], tasks: u64, level: Level, words: &str| {
            let line = judge(1_000_000_000, due, tasks);
            assert_eq!(line.level, level);
            assert!(line.sentence.contains(words), "{}", line.sentence);
        };
        check(&[], 0, Level::Good, "nothing");
        check(&[], 1, Level::Look, "a task about");
        check(&[], 4, Level::Look, "4 tasks");
        check(&[plan(999_000_000)], 4, Level::Bad, "16 minutes overdue");
        check(&[plan(1), plan(2)], 0, Level::Bad, "2 scheduled articles");
    }
}
