//! `ovn publish` and `ovn correct`: article files become sealed revisions.

use super::environment;
use crate::{
    args::{Class, Correct, Publish},
    outcome::Outcome,
};
use ovn_edition::model;
use ovn_press::{
    many,
    newsroom::Newsroom,
    publish::{self, Published, Ready},
};
use ovn_store::Folder;
use serde_json::json;
use std::path::{Path, PathBuf};

pub(super) fn publish(arguments: &Publish, json: bool) -> Outcome {
    let room = match Newsroom::open(&arguments.dir, &environment) {
        Ok(room) => room,
        Err(error) => return Outcome::unknown(error),
    };
    let files = arguments.files.as_slice();
    // All or nothing: that half of the files were published would be a surprise.
    let checked = many::each(files, |file| check(&room, file, None).map(Kept::of(files.len())));
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    for one in checked {
        match one {
            Ok(one) => kept.push(one),
            Err(why) => refused.push(why),
        }
    }
    refused.extend(twice(&kept, files));
    if !refused.is_empty() {
        return Outcome::unknown(refused.join("\n"));
    }
    if arguments.dry_run {
        let lines =
            kept.iter().map(|one| format!("would publish {} revision {}", one.path, one.rev));
        return Outcome::good(lines.collect::<Vec<_>>().join("\n"));
    }
    if files.len() <= BATCH {
        return seal(&room, kept.into_iter().filter_map(|one| one.ready).collect(), json);
    }
    in_batches(&room, files, json)
}

/// Files that are sealed together; each takes some tens of kilobytes of memory until then.
const BATCH: usize = 1_000;

/// What is kept of a checked file until all are checked.
struct Kept {
    path: String,
    rev: u32,
    /// The whole, unless there are so many that each is read again when its batch is sealed.
    ready: Option<Ready>,
}

impl Kept {
    fn of(files: usize) -> impl Fn(Ready) -> Self {
        move |ready| Self {
            path: ready.path().to_owned(),
            rev: ready.rev(),
            ready: (files <= BATCH).then_some(ready),
        }
    }
}

/// Files that would be read at one address.
fn twice(kept: &[Kept], files: &[PathBuf]) -> Vec<String> {
    let mut first = std::collections::HashMap::new();
    let pairs = kept.iter().zip(files).filter_map(|(one, file)| {
        let before = first.insert(&one.path, file)?;
        let (file, before, path) = (file.display(), before.display(), &one.path);
        Some(format!(
            "{file}: {path} is the address of {before} too; give one of them another slug"
        ))
    });
    pairs.collect()
}

/// Seals files that were all checked, a batch at a time.
fn in_batches(room: &Newsroom, files: &[PathBuf], json: bool) -> Outcome {
    let (mut done, mut values, mut lines) = (0, Vec::new(), Vec::new());
    for batch in files.chunks(BATCH) {
        let ready: Result<Vec<Ready>, String> =
            many::each(batch, |file| check(room, file, None)).into_iter().collect();
        let sealed = ready.and_then(|ready| {
            let asked = asked(&ready);
            let published = publish::publish(room, ready).map_err(|error| error.to_string())?;
            Ok((published, asked))
        });
        match sealed {
            Ok((published, asked)) => {
                let (more, told) = told(room, &published, &asked);
                values.extend(more);
                lines.extend(told);
            }
            Err(why) => {
                let all = files.len();
                return Outcome::unknown(format!(
                    "{why}\n{done} of {all} files are published, those before this one in the list; publish the rest again"
                ));
            }
        }
        done += batch.len();
    }
    Outcome::good(lines.join("\n")).in_json(json, &json!(values))
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

/// How many findings each has, and how many of them it answers.
fn asked(ready: &[Ready]) -> Vec<(usize, usize)> {
    ready.iter().map(|one| (one.report().findings.len(), one.answered())).collect()
}

fn seal(room: &Newsroom, ready: Vec<Ready>, json: bool) -> Outcome {
    let asked = asked(&ready);
    match publish::publish(room, ready) {
        Err(error) => Outcome::unknown(error),
        Ok(published) => {
            let (values, lines) = told(room, &published, &asked);
            Outcome::good(lines.join("\n")).in_json(json, &json!(values))
        }
    }
}

/// What is said of each publication, for programs and for people.
fn told(
    room: &Newsroom,
    published: &[Published],
    asked: &[(usize, usize)],
) -> (Vec<serde_json::Value>, Vec<String>) {
    let url = &room.settings().url;
    let of = |(one, (asked, answered)): (&Published, &(usize, usize))| {
        let value = json!({"address": format!("{url}{}", one.path), "rev": one.rev, "entry": one.entry,
            "archived": one.archived, "asked": asked, "answered": answered});
        let mut line = format!(
            "{url}{} revision {}, sealed as entry {} of the record",
            one.path, one.rev, one.entry
        );
        if one.archived > 0 {
            line.push_str(&format!(", {} sources archived", one.archived));
        }
        line.push_str(&desk(*asked, *answered));
        (value, line)
    };
    published.iter().zip(asked).map(of).unzip()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_at_one_address_are_both_named() {
        let check = |paths: [&str; 3], expected: usize| {
            let kept = paths.map(|path| Kept { path: path.to_owned(), rev: 1, ready: None });
            let files = ["a.md", "b.md", "c.md"].map(PathBuf::from);
            let found = twice(&kept, &files);
            assert_eq!(found.len(), expected);
            found
        };
        check(["/2026/11/x", "/2026/11/y", "/2026/10/x"], 0);
        let found = check(["/2026/11/x", "/2026/11/y", "/2026/11/x"], 1);
        assert!(found.iter().all(|one| one.starts_with("c.md: ") && one.contains("a.md")));
    }
}
