//! `ovn init`, `ovn remove`, `ovn doctor`: an edition's beginning, its hard days and its health.

use super::environment;
use crate::{
    args::{Edition, Init, Remove},
    outcome::Outcome,
};
use ovn_press::{
    check::{self, Options},
    copy::Copy,
    init,
    newsroom::Newsroom,
    remove,
};
use ovn_store::Settings;
use serde_json::json;

pub(super) fn init(arguments: &Init, json: bool) -> Outcome {
    let toml = init::settings(&arguments.name, &arguments.origin, &arguments.url);
    match init::edition(&arguments.dir, &toml, &environment) {
        Err(error) => Outcome::unknown(error),
        Ok(room) => {
            let dir = arguments.dir.display();
            let keys = room.settings().keys_folder(&arguments.dir);
            let words = format!(
                "An edition is in {dir}, its keys and lock in {}.\n\
                 Keep recovery.key from there on paper or a stick, elsewhere, and delete it here.\n\
                 Next: ovn publish article.md --dir {dir}, then ovn serve {dir}",
                keys.display()
            );
            Outcome::good(words).in_json(json, &json!({"dir": arguments.dir, "keys": keys}))
        }
    }
}

pub(super) fn remove(arguments: &Remove, json: bool) -> Outcome {
    let room = match Newsroom::open(&arguments.dir, &environment) {
        Ok(room) => room,
        Err(error) => return Outcome::unknown(error),
    };
    let order = remove::Order {
        path: arguments.address.clone(),
        ground: arguments.ground.clone(),
        note: arguments.note.clone(),
        blocks: arguments.blocks.clone(),
    };
    match remove::remove(&room, &order) {
        Err(error) => Outcome::unknown(error),
        Ok(entries) => {
            let list = entries.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
            let words =
                format!("{} is withdrawn; the removal is entry {list} of the record", order.path);
            Outcome::good(words).in_json(json, &json!({"entries": entries}))
        }
    }
}

pub(super) fn doctor(arguments: &Edition, json: bool) -> Outcome {
    let mut findings: Vec<(bool, String)> = Vec::new();
    let settings = Settings::read(&arguments.dir, &environment);
    match &settings {
        Ok(settings) => findings.push((true, format!("ovn.toml is good: {}", settings.name))),
        Err(error) => findings.push((false, error.to_string())),
    }
    if settings.is_ok() {
        match Newsroom::open(&arguments.dir, &environment) {
            Ok(_) => {
                findings.push((true, "keys, lock and database agree; sealing can go on".into()))
            }
            Err(error) => findings.push((false, error.to_string())),
        }
        let copy = Copy::at(&arguments.dir.to_string_lossy());
        match check::whole(&copy, &Options::default()) {
            Ok(report) => {
                let good = report.verdict.good();
                let failed = report.checks.iter().filter(|check| !check.passed || good);
                findings.extend(failed.map(|check| (check.passed, check.sentence.clone())));
            }
            Err(error) => findings.push((false, error.to_string())),
        }
    }
    let well = findings.iter().all(|(good, _)| *good);
    let lines =
        findings.iter().map(|(good, what)| format!("{} {what}", if *good { "✓" } else { "✗" }));
    let words = lines.collect::<Vec<_>>().join("\n");
    let value: Vec<_> =
        findings.iter().map(|(good, what)| json!({"good": good, "finding": what})).collect();
    Outcome::answer(well, words).in_json(json, &json!(value))
}
