//! `ovn doctor`: an edition looked over, a line a part, with what to do.

use super::{environment, repair};
use crate::{args::Doctor, outcome::Outcome};
use ovn_press::{
    doctor::{self, Level, Line},
    scrub::Order,
    seal::system_clock,
};
use ovn_store::Settings;
use serde_json::json;
use std::path::Path;

pub(super) fn run(arguments: &Doctor, json: bool) -> Outcome {
    let tidied = if arguments.tidy {
        match tidy(&arguments.dir) {
            Ok(line) => Some(line),
            Err(error) => return Outcome::unknown(error),
        }
    } else {
        None
    };
    match doctor::examine(&arguments.dir, &environment, &system_clock()) {
        Err(error) => Outcome::unknown(error),
        Ok(mut lines) => {
            lines.extend(tidied);
            if arguments.deep {
                lines.extend(deep(&arguments.dir, json));
            }
            let worst = doctor::worst(&lines);
            let words = lines.iter().map(words).collect::<String>();
            let value: Vec<_> = lines
                .iter()
                .map(|line| {
                    json!({"part": line.part, "level": line.level.word(),
                        "finding": line.sentence, "advice": line.advice})
                })
                .collect();
            let value = json!({"level": worst.word(), "parts": value});
            Outcome::answer(worst != Level::Bad, words).in_json(json, &value)
        }
    }
}

/// Takes away what the newsroom's folder has and nothing names.
fn tidy(dir: &Path) -> Result<Line, ovn_store::Error> {
    let settings = Settings::read(dir, &environment)?;
    let sum = doctor::tidy(dir, &settings, system_clock()())?;
    let sentence = format!("{} files were taken away, {} KiB", sum.files, sum.bytes.div_ceil(1024));
    Ok(Line { part: "tidy", level: Level::Good, sentence, advice: String::new() })
}

/// What everything that is kept looks like, beside the record.
fn deep(dir: &Path, quiet: bool) -> Vec<Line> {
    let line =
        |level, sentence: String, advice: String| Line { part: "deep", level, sentence, advice };
    let place = dir.display();
    let repair =
        format!("stop what serves and publishes here, then ovn repair {place} --from MIRROR");
    let found = match repair::scrub(dir, &Order::default(), quiet) {
        Err(why) => return vec![line(Level::Bad, why, repair)],
        Ok(found) => found,
    };
    let bad = found.faults.iter().map(|fault| {
        line(Level::Bad, format!("{}: {}", fault.place, fault.sentence), repair.clone())
    });
    let mut lines: Vec<Line> = bad.collect();
    if lines.is_empty() {
        let sentence = format!("everything is as the record demands: {}", repair::counts(&found));
        lines.push(line(Level::Good, sentence, String::new()));
    }
    lines.extend(found.notes.iter().map(|note| line(Level::Good, note.clone(), String::new())));
    lines
}

fn words(line: &Line) -> String {
    let mut out = format!("{:<4}  {:<8}  {}\n", line.level.word(), line.part, line.sentence);
    if !line.advice.is_empty() {
        out.push_str(&format!("{:16}→ {}\n", "", line.advice));
    }
    out
}
