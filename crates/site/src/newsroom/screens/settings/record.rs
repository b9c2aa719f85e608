//! How the record's keys and copies stand, each with what to do about it as a command to copy.

use super::PATH;
use crate::newsroom::answer::{Answer, Fail};
use crate::newsroom::screen::Screen;
use crate::newsroom::visit::Visit;
use askama::Template;
use ovn_press::managing::{Backup, Standing};

#[derive(Template)]
#[template(path = "newsroom/settings/record.html", whitespace = "minimize")]
struct Page<'a> {
    s: Screen<'a>,
    one: Standing,
    origin: String,
    dir: String,
    keys: String,
    size: String,
    sealed: String,
    backup: String,
    stale: bool,
    free: String,
    doctor: Vec<(&'static str, &'static str, String, String)>,
}

/// The page.
pub(in crate::newsroom) fn show(visit: &Visit<'_>) -> Result<Answer, Fail> {
    let one = visit.people().standing(visit.caller()?)?;
    let s = Screen::new(visit, "set-record", PATH);
    let free = one.free.map_or_else(String::new, |(mib, percent)| {
        let percent = s.number(percent);
        format!("{} MiB ({percent} %)", s.number(mib))
    });
    let doctor = one
        .doctor
        .iter()
        .map(|line| (line.part, line.level.word(), line.sentence.clone(), line.advice.clone()))
        .collect();
    let page = Page {
        origin: visit.settings.origin.clone(),
        dir: quoted(&one.dir.to_string_lossy()),
        keys: one.keys.display().to_string(),
        size: s.number(one.size),
        sealed: if one.at == 0 { String::new() } else { s.moment(one.at) },
        backup: backup(&s, &one.backup),
        stale: !matches!(one.backup, Backup::Fresh(_)),
        free,
        doctor,
        one,
        s,
    };
    Ok(Answer::page(page.render()?))
}

/// When the last backup was made and what it holds, in words.
pub(in crate::newsroom::screens) fn backup(s: &Screen<'_>, backup: &Backup) -> String {
    match backup {
        Backup::None => s.say("backup-none"),
        Backup::Fresh(stamp) => s.with("backup-fresh", &s.moment(stamp.at)),
        Backup::Stale(stamp) => s.with("backup-stale", &s.moment(stamp.at)),
    }
}

/// A path as a shell reads it.
pub(super) fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}
