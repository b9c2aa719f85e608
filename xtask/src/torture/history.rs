//! What a newsroom wrote down of its own doing, outside the edition: each publish before and after, each checkpoint that
//! came into the lock, and the durable step it is at.
//!
//! Every line is one append, so that it is there when the process dies after it.

use ovn_press::seal::{Faults, Step, When};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The folder of a newsroom's own lines.
#[derive(Debug)]
pub(super) struct History {
    lines: File,
    seen: File,
    step: File,
    lock: PathBuf,
}

/// One line that [`History`] wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// The newsroom is open, so many milliseconds after it was started.
    Open(u64),
    /// It could not be opened, or stopped.
    Refused(String),
    /// Something is about to be sealed: what, and the address it concerns.
    Try(What, String),
    /// It was acknowledged.
    Ack(Ack),
    /// It was refused.
    No(String),
}

/// What is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A new article.
    Article,
    /// A correction.
    Correction,
    /// A removal of everything.
    Removal,
}

impl What {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Article, "article"), (Self::Correction, "correction"), (Self::Removal, "removal")];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(one, _)| *one == self).map_or("article", |(_, word)| word)
    }

    fn read(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name)| *name == word).map(|(one, _)| *one)
    }
}

/// An acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ack {
    pub(super) what: What,
    /// Where it is read.
    pub(super) path: String,
    pub(super) rev: u32,
    /// Entry number.
    pub(super) entry: u64,
    /// Stands in its text and in no other.
    pub(super) mark: String,
}

impl History {
    /// Opens or makes the folder `home`; `lock` is the file whose checkpoints are noted.
    pub(super) fn open(home: &Path, lock: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(home)?;
        let append = |name: &str| File::options().create(true).append(true).open(home.join(name));
        let (lines, seen) = (append("lines")?, append("seen")?);
        let mut options = File::options();
        let step = options.create(true).write(true).truncate(false).open(home.join("step"))?;
        Ok(Self { lines, seen, step, lock })
    }

    /// Appends a line, stamped with the time in ns since 1970.
    pub(super) fn note(&self, line: &Line) {
        let stamp = UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
        let text = match line {
            Line::Open(took) => format!("open {took}"),
            Line::Refused(why) => format!("refused {}", why.replace('\n', " ")),
            Line::Try(what, slug) => format!("try {} {slug}", what.word()),
            Line::Ack(ack) => {
                let Ack { what, path, rev, entry, mark } = ack;
                format!("ack {} {path} {rev} {entry} {mark}", what.word())
            }
            Line::No(why) => format!("no {}", why.replace('\n', " ")),
        };
        // Without a place to note it, what follows can't be judged: better none of it happens.
        if (&self.lines).write_all(format!("{stamp} {text}\n").as_bytes()).is_err() {
            std::process::abort();
        }
    }
}

impl Faults for History {
    fn at(&self, step: Step, when: When) -> Result<(), String> {
        let place = Step::ALL.iter().position(|one| *one == step).unwrap_or(0);
        let after = u8::from(when == When::After);
        let code = u8::try_from(place * 2).unwrap_or(0) + after;
        let _ = self.step.write_all_at(&[code + 1], 0);
        if (step, when) == (Step::Lock, When::After)
            && let Ok(note) = fs::read_to_string(&self.lock)
        {
            let line = serde_json::Value::from(note).to_string() + "\n";
            let _ = (&self.seen).write_all(line.as_bytes());
        }
        Ok(())
    }
}

/// The last durable step that began or ended, in words; `None` before the first.
pub(super) fn last_step(home: &Path) -> Option<String> {
    let code = usize::from(*fs::read(home.join("step")).ok()?.first()?).checked_sub(1)?;
    let step = Step::ALL.get(code / 2)?;
    Some(if code % 2 == 0 { format!("in {step:?}") } else { format!("after {step:?}") })
}

/// Forgets the step, before a new process.
pub(super) fn clear_step(home: &Path) {
    let _ = fs::write(home.join("step"), [0]);
}

/// How long `name` is by now.
pub(super) fn length(home: &Path, name: &str) -> u64 {
    fs::metadata(home.join(name)).map_or(0, |meta| meta.len())
}

/// The whole lines of the file `name` between two places in it.
fn between(home: &Path, name: &str, from: u64, to: u64) -> Vec<String> {
    let bytes = fs::read(home.join(name)).unwrap_or_default();
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
    let part = bytes.get(place(from)..place(to)).unwrap_or_default();
    let text = String::from_utf8_lossy(part);
    text.split_inclusive('\n')
        .filter_map(|line| line.strip_suffix('\n'))
        .map(str::to_owned)
        .collect()
}

/// The newsroom's lines between two places.
pub(super) fn lines(home: &Path, from: u64, to: u64) -> Vec<Line> {
    between(home, "lines", from, to).iter().filter_map(|line| read(line)).collect()
}

/// The checkpoints that came into the lock, between two places.
pub(super) fn seen(home: &Path, from: u64, to: u64) -> Vec<Vec<u8>> {
    let notes = between(home, "seen", from, to).into_iter();
    notes.filter_map(|line| serde_json::from_str::<String>(&line).ok()).map(Into::into).collect()
}

fn read(line: &str) -> Option<Line> {
    let (_, text) = line.split_once(' ')?;
    let (word, rest) = text.split_once(' ')?;
    match word {
        "open" => rest.parse().ok().map(Line::Open),
        "refused" => Some(Line::Refused(rest.to_owned())),
        "no" => Some(Line::No(rest.to_owned())),
        "try" => {
            let (what, slug) = rest.split_once(' ')?;
            Some(Line::Try(What::read(what)?, slug.to_owned()))
        }
        "ack" => {
            let mut parts = rest.split(' ');
            let what = What::read(parts.next()?)?;
            let path = parts.next()?.to_owned();
            let (rev, entry) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            Some(Line::Ack(Ack { what, path, rev, entry, mark: parts.next()?.to_owned() }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_noted_is_read_again() {
        let home = tempfile::tempdir().unwrap();
        let history = History::open(home.path(), home.path().join("lock")).unwrap();
        let ack = Ack {
            what: What::Correction,
            path: "/2026/11/a".into(),
            rev: 2,
            entry: 7,
            mark: "r1t1n1x".into(),
        };
        let lines = [
            Line::Open(12),
            Line::Try(What::Removal, "a".into()),
            Line::Ack(ack),
            Line::No("why\nnot".into()),
            Line::Refused("no lock".into()),
        ];
        for line in &lines {
            history.note(line);
        }
        let mut expected = lines.to_vec();
        expected[3] = Line::No("why not".into());
        let end = length(home.path(), "lines");
        assert_eq!(super::lines(home.path(), 0, end), expected);
        assert_eq!(super::lines(home.path(), 0, end - 1).len(), 4);
        assert_eq!(last_step(home.path()), None);
        history.at(Step::Stage, When::After).unwrap();
        assert_eq!(last_step(home.path()).unwrap(), "after Stage");
    }
}
