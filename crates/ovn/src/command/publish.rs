//! `ovn publish` and `ovn correct`: article files become sealed revisions.

use super::environment;
use crate::{
    args::{Class, Correct, Publish},
    outcome::Outcome,
};
use ovn_edition::model;
use ovn_press::{
    newsroom::Newsroom,
    publish::{self, Error, Published, Ready},
};
use ovn_store::Folder;
use serde_json::json;
use std::path::Path;

pub(super) fn publish(arguments: &Publish, json: bool) -> Outcome {
    let room = match Newsroom::open(&arguments.dir, &environment) {
        Ok(room) => room,
        Err(error) => return Outcome::unknown(error),
    };
    let mut ready = Vec::new();
    let mut refused = Vec::new();
    for file in &arguments.files {
        match check(&room, file, None) {
            Ok(one) => ready.push(one),
            Err(why) => refused.push(why),
        }
    }
    // All or nothing: half a batch published would be a surprise.
    if !refused.is_empty() {
        return Outcome::unknown(refused.join("\n"));
    }
    if arguments.dry_run {
        let lines =
            ready.iter().map(|one| format!("would publish {} revision {}", one.path(), one.rev()));
        return Outcome::good(lines.collect::<Vec<_>>().join("\n"));
    }
    seal(&room, ready, json)
}

pub(super) fn correct(arguments: &Correct, json: bool) -> Outcome {
    let room = match Newsroom::open(&arguments.dir, &environment) {
        Ok(room) => room,
        Err(error) => return Outcome::unknown(error),
    };
    let change = model::Change {
        class: class(arguments.class),
        note: Some(arguments.note.clone()),
        asked_by: arguments.asked_by.clone(),
    };
    match check(&room, &arguments.file, Some(change)) {
        Ok(ready) => seal(&room, vec![ready], json),
        Err(why) => Outcome::unknown(why),
    }
}

fn class(class: Class) -> model::Class {
    match class {
        Class::Typo => model::Class::Typo,
        Class::Clarification => model::Class::Clarification,
        Class::Correction => model::Class::Correction,
        Class::Update => model::Class::Update,
        Class::Retraction => model::Class::Retraction,
    }
}

fn check(room: &Newsroom, file: &Path, change: Option<model::Change>) -> Result<Ready, String> {
    let named = |why: String| {
        let lines: Vec<String> =
            why.lines().map(|line| format!("{}: {line}", file.display())).collect();
        lines.join("\n")
    };
    let bytes = super::read(file)
        .map_err(|error| named(format!("{error}; check the path and its permissions")))?;
    let beside = Folder::at(file.parent().unwrap_or(Path::new(".")));
    publish::check(room, &bytes, &beside, change).map_err(|error| named(error.to_string()))
}

fn seal(room: &Newsroom, ready: Vec<Ready>, json: bool) -> Outcome {
    let asked: Vec<(usize, usize)> =
        ready.iter().map(|one| (one.report().findings.len(), one.answered())).collect();
    let published: Result<Vec<Published>, Error> = publish::publish(room, ready);
    match published {
        Err(error) => Outcome::unknown(error),
        Ok(published) => {
            let url = &room.settings().url;
            let value: Vec<_> = published
                .iter()
                .zip(&asked)
                .map(|(one, (asked, answered))| {
                    json!({"address": format!("{url}{}", one.path), "rev": one.rev, "entry": one.entry,
                        "archived": one.archived, "asked": asked, "answered": answered})
                })
                .collect();
            let lines = published.iter().zip(&asked).map(|(one, (asked, answered))| {
                let mut line = format!(
                    "{url}{} revision {}, sealed as entry {} of the record",
                    one.path, one.rev, one.entry
                );
                if one.archived > 0 {
                    line.push_str(&format!(", {} sources archived", one.archived));
                }
                line.push_str(&desk(*asked, *answered));
                line
            });
            let words = lines.collect::<Vec<_>>().join("\n");
            Outcome::good(words).in_json(json, &json!(value))
        }
    }
}

/// What the desk asked of the text that was sealed; nothing when it asked nothing.
fn desk(asked: usize, answered: usize) -> String {
    match asked {
        0 => String::new(),
        1 => format!("; the desk asks 1 question ({answered} answered), `ovn desk FILE` shows it"),
        _ => format!(
            "; the desk asks {asked} questions ({answered} answered), `ovn desk FILE` shows them"
        ),
    }
}
