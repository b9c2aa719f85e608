//! `ovn doctor`: an edition looked over, a line a part, with what to do.

use super::environment;
use crate::{args::Doctor, outcome::Outcome};
use ovn_press::{
    doctor::{self, Level, Line},
    seal::system_clock,
};
use serde_json::json;

pub(super) fn run(arguments: &Doctor, json: bool) -> Outcome {
    match doctor::examine(&arguments.dir, &environment, &system_clock()) {
        Err(error) => Outcome::unknown(error),
        Ok(lines) => {
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

fn words(line: &Line) -> String {
    let mut out = format!("{:<4}  {:<8}  {}\n", line.level.word(), line.part, line.sentence);
    if !line.advice.is_empty() {
        out.push_str(&format!("{:16}→ {}\n", "", line.advice));
    }
    out
}
