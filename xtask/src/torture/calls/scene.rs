//! The scenes: an edition in some state, a command of the product, and what must hold after it.

use crate::torture::Programs;
use crate::torture::chance::Chance;
use crate::torture::edition::{Edition, copy, said};
use crate::torture::history::{Ack, History, Line, What};
use crate::torture::judge::Judge;
use crate::torture::rounds::ends;
use crate::torture::tally::Tally;
use crate::torture::trace::{self, Call, Fault, Kind, Outcome};
use crate::torture::writer::article;
use std::fs;
use std::path::{Path, PathBuf};

/// An edition, kept as it is in `before`, and a command that is run on a copy of it.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) name: &'static str,
    before: PathBuf,
    edition: Edition,
    words: Vec<String>,
    what: What,
    /// The mark of what the command publishes, or removes.
    mark: &'static str,
    base: Vec<Ack>,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Came {
    /// The call did not come in this run.
    Missed,
    /// It was acknowledged.
    Sealed,
    /// It was refused, in these words.
    Refused(String),
    /// The process died.
    Died,
}

/// The scenes, made below `home`.
pub(super) fn all(programs: &Programs, home: &Path) -> Result<Vec<Scene>, String> {
    let edition = Edition::at(&home.join("now"), home.join("now/edition"), None);
    edition.make(programs)?;
    let texts = home.join("texts");
    write_texts(&texts)?;
    let file = |name: &str| texts.join(format!("{name}.md")).to_string_lossy().into_owned();
    let dir = edition.dir.to_string_lossy().into_owned();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let publish = words(&["publish", "--json", &file("fresh"), "--dir", &dir]);
    let note = "The number of gates was wrong.";
    let correct = [
        "correct",
        "--json",
        &file("again"),
        "--class",
        "correction",
        "--note",
        note,
        "--dir",
        &dir,
    ];
    let mut first = edition.ovn(programs, &["publish", "--json", &file("base"), "--dir", &dir]);
    let base = acknowledged(&said(&mut first)?, What::Article, "markbasex");
    let base: Vec<Ack> = base.into_iter().collect();
    let path = base.first().map(|ack| ack.path.clone()).ok_or("The first article is missing.")?;
    let remove = ["remove", "--json", &path, "--ground", "privacy", "--dir", &dir];
    let scene = |name, words, what, mark| Scene {
        name,
        before: home.join(name),
        edition: Edition::at(&home.join("now"), edition.dir.clone(), None),
        words,
        what,
        mark,
        base: base.clone(),
    };
    let scenes = vec![
        scene("publish", publish.clone(), What::Article, "markfreshx"),
        scene("correct", words(&correct), What::Correction, "markagainx"),
        scene("remove", words(&remove), What::Removal, "markbasex"),
        scene("repair", publish, What::Article, "markfreshx"),
    ];
    for scene in &scenes {
        for (from, to) in scene.copies() {
            copy(&from, &to).map_err(|error| format!("{}: {error}", to.display()))?;
        }
    }
    if let Some(repair) = scenes.last() {
        repair.leave_half_done(programs, &file("between"))?;
    }
    Ok(scenes)
}

/// The article files that the scenes publish, with their sources beside them.
fn write_texts(texts: &Path) -> Result<(), String> {
    let fail = |error: std::io::Error| format!("{}: {error}", texts.display());
    fs::create_dir_all(texts).map_err(fail)?;
    for (name, slug, mark, archives) in [
        ("base", "first", "markbasex", true),
        ("fresh", "fresh", "markfreshx", true),
        ("again", "first", "markagainx", false),
        ("between", "between", "markbetweenx", false),
        ("after", "later", "markafterx", false),
    ] {
        let text = article(slug, mark, archives, 2);
        fs::write(texts.join(format!("{name}.md")), text).map_err(fail)?;
        fs::write(texts.join(format!("{mark}.txt")), format!("Note {mark}.\n")).map_err(fail)?;
    }
    Ok(())
}

impl Scene {
    /// From the edition to where it is kept.
    fn copies(&self) -> [(PathBuf, PathBuf); 2] {
        let Edition { dir, keys, .. } = &self.edition;
        [(dir.clone(), self.before.join("edition")), (keys.clone(), self.before.join("keys"))]
    }

    /// Puts the edition back as it was.
    fn restore(&self) -> Result<(), String> {
        let _ = fs::remove_dir_all(self.edition.history());
        for (to, from) in self.copies() {
            let _ = fs::remove_dir_all(&to);
            copy(&from, &to).map_err(|error| format!("{}: {error}", to.display()))?;
        }
        Ok(())
    }

    /// Kills a publish once its checkpoint is in the lock, so that the scene begins with a repair.
    fn leave_half_done(&self, programs: &Programs, file: &str) -> Result<(), String> {
        let dir = self.edition.dir.to_string_lossy().into_owned();
        let words = ["publish", file, "--dir", &dir].map(str::to_owned);
        let calls = self.trace(programs, &words, None)?.calls;
        let swap = calls.iter().position(|call| call.name == "rename" && call.file == "keys/lock");
        let mut next = calls.iter().skip(swap.ok_or("No checkpoint comes into the lock.")? + 1);
        let next = next.find(|call| call.name == "openat" && call.file.contains("aside"));
        let call = next.cloned().ok_or("Nothing is written after the lock.")?;
        self.restore()?;
        self.trace(programs, &words, Some(Fault { call, kind: Kind::Kill }))?;
        for (from, to) in self.copies() {
            let _ = fs::remove_dir_all(&to);
            copy(&from, &to).map_err(|error| format!("{}: {error}", to.display()))?;
        }
        Ok(())
    }

    fn trace(
        &self,
        programs: &Programs,
        words: &[String],
        fault: Option<Fault>,
    ) -> Result<Outcome, String> {
        let order = trace::Order {
            program: programs.ovn.clone(),
            arguments: words.to_vec(),
            settings: self.edition.settings(),
            watched: vec![
                (self.edition.keys.clone(), "keys".to_owned()),
                (self.edition.dir.clone(), "edition".to_owned()),
            ],
            fault,
        };
        order.run(&programs.writer)
    }

    /// The calls of a run without a fault, which must go well.
    pub(super) fn list(&self, programs: &Programs) -> Result<Vec<Call>, String> {
        self.restore()?;
        let outcome = self.trace(programs, &self.words, None)?;
        // The standard library takes a folder that can't be closed for its own mistake; no file system of Linux does that.
        let listed = |call: &Call| {
            outcome.calls.iter().any(|one| one.name == "getdents64" && one.file == call.file)
        };
        let real = |call: &&Call| call.name != "close" || !listed(call);
        match outcome.code {
            Some(0) => Ok(outcome.calls.iter().filter(real).cloned().collect()),
            _ => Err(format!("{} fails without a fault: {}", self.name, outcome.err)),
        }
    }

    /// Runs the command on a fresh copy, with a fault.
    pub(super) fn play(&self, programs: &Programs, fault: &Fault) -> Result<Came, String> {
        self.restore()?;
        let history = self.history()?;
        for ack in &self.base {
            history.note(&Line::Try(ack.what, ack.path.clone()));
            history.note(&Line::Ack(ack.clone()));
        }
        let concerned = self.base.first().map(|ack| ack.path.clone()).unwrap_or_default();
        history.note(&Line::Try(self.what, concerned));
        let outcome = self.trace(programs, &self.words, Some(fault.clone()))?;
        if !outcome.hit {
            return Ok(Came::Missed);
        }
        let ack = acknowledged(&outcome.out, self.what, self.mark);
        match (outcome.code, ack) {
            (Some(0), Some(ack)) => {
                history.note(&Line::Ack(ack));
                Ok(Came::Sealed)
            }
            (Some(0), None) if self.what == What::Removal => {
                let ack = self.base.first().cloned().ok_or("nothing to remove")?;
                history.note(&Line::Ack(Ack { what: What::Removal, ..ack }));
                Ok(Came::Sealed)
            }
            (Some(2), _) => Ok(Came::Refused(outcome.err)),
            (None, _) => Ok(Came::Died),
            (code, _) => Ok(Came::Refused(format!("panicked, exit {code:?}: {}", outcome.err))),
        }
    }

    fn history(&self) -> Result<History, String> {
        History::open(&self.edition.history(), self.edition.keys.join("lock"))
            .map_err(|error| format!("{}: {error}", self.edition.history().display()))
    }

    /// What does not hold: right after the fault, and after the next start, which must need no hand.
    pub(super) fn judge(&self, programs: &Programs, came: &Came) -> Vec<String> {
        let mut tally = Tally::default();
        let mut judge = match Judge::new(&self.edition, Chance::of(1, 1, 1)) {
            Ok(judge) => judge,
            Err(why) => return vec![why],
        };
        if let Came::Refused(why) = came
            && (why.trim().is_empty() || why.contains("panicked"))
        {
            tally.wrong.push(format!("it gives no reason: {why:?}"));
        }
        judge.listen(&self.edition, ends(&self.edition), &mut tally);
        judge.look(&self.edition, &mut tally);
        let after = self.before.with_file_name("texts").join("after.md");
        let mut publish = self.edition.ovn(programs, &["publish", "--json"]);
        match said(publish.arg(after).arg("--dir").arg(&self.edition.dir)) {
            Err(why) => tally.wrong.push(format!("the next start needs a hand: {why}")),
            Ok(out) => {
                let ack = acknowledged(&out, What::Article, "markafterx");
                if let (Some(ack), Ok(history)) = (ack, self.history()) {
                    history.note(&Line::Try(ack.what, ack.path.clone()));
                    history.note(&Line::Ack(ack));
                }
            }
        }
        judge.listen(&self.edition, ends(&self.edition), &mut tally);
        judge.finish(programs, &self.edition, &mut tally);
        tally.wrong.extend(self.leftovers());
        tally.wrong
    }

    /// Files that were begun and stayed.
    fn leftovers(&self) -> Vec<String> {
        let folders = [&self.edition.dir, &self.edition.keys];
        let found = folders.into_iter().flat_map(|folder| new_files(folder));
        found.map(|path| format!("{} was left behind", path.display())).collect()
    }
}

fn new_files(folder: &Path) -> Vec<PathBuf> {
    let items = fs::read_dir(folder).into_iter().flatten().flatten();
    items
        .flat_map(|item| {
            let path = item.path();
            if path.is_dir() {
                return new_files(&path);
            }
            let new = path.extension().is_some_and(|ending| ending == "new");
            new.then_some(path).into_iter().collect()
        })
        .collect()
}

/// What `ovn publish --json` says was sealed.
fn acknowledged(out: &str, what: What, mark: &str) -> Option<Ack> {
    let value: serde_json::Value = serde_json::from_str(out).ok()?;
    let one = value.as_array().and_then(|all| all.first()).unwrap_or(&value).clone();
    let address = one.get("address")?.as_str()?;
    let path = format!("/{}", address.split_once("//")?.1.split_once('/')?.1);
    let rev = u32::try_from(one.get("rev")?.as_u64()?).ok()?;
    Some(Ack { what, path, rev, entry: one.get("entry")?.as_u64()?, mark: mark.to_owned() })
}
