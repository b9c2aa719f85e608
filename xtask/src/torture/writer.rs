//! The newsroom under torture: opens the edition as the product does, and publishes from several threads as fast as it can.

use super::chance::Chance;
use super::history::{Ack, History, Line, What};
use ovn_edition::model::{Change, Class};
use ovn_press::newsroom::{self, Newsroom};
use ovn_press::publish::{self, Published};
use ovn_press::remove::{self, Order as RemovalOrder};
use ovn_press::seal::{self, Clock, Faults, system_clock};
use ovn_store::{Folder, keys_folder};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// The variable that holds the order.
pub(super) const ORDER: &str = "OVN_TORTURE_ORDER";

/// What to publish, and where.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) dir: PathBuf,
    /// Settings that win over the edition's own, by the names of their variables.
    pub(super) settings: Vec<(String, String)>,
    /// Where it writes down what it does.
    pub(super) history: PathBuf,
    pub(super) seed: u64,
    /// Stands in every address, with what sets two runs of one round apart.
    pub(super) name: String,
    pub(super) threads: u64,
    /// Publishes of each thread.
    pub(super) most: u64,
    /// Whether it removes too.
    pub(super) removes: bool,
    /// What the clock adds to the machine's, ms: before each publish of the first thread the next of these, then the last.
    pub(super) shifts: Vec<i64>,
    /// Paragraphs in an article, beside the one that has its mark.
    pub(super) paragraphs: u64,
}

/// A thread's own articles: slug and address.
type Own = Vec<(String, String)>;

pub(super) fn run() -> Result<(), String> {
    let Ok(text) = std::env::var(ORDER) else { return Ok(()) };
    follow(&serde_json::from_str(&text).map_err(|error| format!("{ORDER}: {error}."))?)
}

/// Does what the order says; the error says why sealing is impossible or has stopped.
pub(super) fn follow(order: &Order) -> Result<(), String> {
    let since = Instant::now();
    let setting = |name: &str| {
        let found = order.settings.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.clone())
    };
    let keys = setting("OVN_KEYS").map_or_else(|| keys_folder(&order.dir), PathBuf::from);
    let history = History::open(&order.history, keys.join("lock"))
        .map_err(|error| format!("{}: {error}.", order.history.display()))?;
    let history = Arc::new(history);
    let watch: Arc<dyn Faults> = history.clone();
    let shift = Arc::new(AtomicI64::new(order.shifts.first().copied().unwrap_or(0)));
    let room = match Newsroom::open_with(&order.dir, &setting, shifted(&shift), watch) {
        Ok(room) => room,
        Err(error) => {
            history.note(&Line::Refused(error.to_string()));
            return Err(error.to_string());
        }
    };
    history.note(&Line::Open(u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)));
    let stopped = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..order.threads)
            .map(|thread| {
                let (room, history, shift) = (&room, &history, &shift);
                scope.spawn(move || publish_all(room, order, thread, history, shift))
            })
            .collect();
        let ends = threads.into_iter().map(|thread| thread.join().ok().flatten());
        ends.fold(None, Option::or)
    });
    match stopped {
        None => Ok(()),
        Some(why) => {
            history.note(&Line::Refused(why.clone()));
            Err(why)
        }
    }
}

/// Publishes one after the other; gives the reason when all sealing has stopped.
fn publish_all(
    room: &Newsroom,
    order: &Order,
    thread: u64,
    history: &History,
    shift: &AtomicI64,
) -> Option<String> {
    let mut chance = Chance::of(order.seed, 0, thread + 1);
    let mut own = Own::new();
    let shared = room.settings().database.is_some();
    for number in 0..order.most {
        let next = usize::try_from(number).ok().and_then(|place| order.shifts.get(place));
        if let Some(next) = next.filter(|_| thread == 0) {
            shift.store(*next, Ordering::SeqCst);
        }
        let new = (format!("{}-t{thread}-n{number}", order.name), String::new());
        let what = match chance.below(100) {
            0..3 if order.removes => What::Removal,
            3..30 => What::Correction,
            _ => What::Article,
        };
        let old = chance.pick(&own).cloned().filter(|_| what != What::Article);
        let (what, (slug, path)) = old.map_or((What::Article, new), |old| (what, old));
        let concerned = if path.is_empty() { &slug } else { &path };
        history.note(&Line::Try(what, concerned.clone()));
        let mark = format!("{}t{thread}n{number}x", order.name);
        let done = match what {
            What::Removal => take_out(room, &path),
            _ => put(room, order, what, &slug, &mark, chance.below(10) == 0),
        };
        // One that could not be taken out may be gone all the same: it is left alone from now on.
        own.retain(|(_, known)| what != What::Removal || *known != path);
        match done {
            Ok(done) => {
                if what == What::Article {
                    own.push((slug.clone(), done.path.clone()));
                }
                let (path, rev, entry) = (done.path, done.rev, done.entry);
                history.note(&Line::Ack(Ack { what, path, rev, entry, mark }));
            }
            // A node of several asks for another turn.
            Err((why, true)) if !shared => return Some(why),
            Err((why, _)) => {
                history.note(&Line::No(why));
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }
    None
}

/// Publishes an article file as `ovn publish` does; the error says whether all sealing has stopped.
fn put(
    room: &Newsroom,
    order: &Order,
    what: What,
    slug: &str,
    mark: &str,
    archives: bool,
) -> Result<Published, (String, bool)> {
    let beside = order.history.join("beside");
    if archives {
        let note = format!("Note of the works office, {mark}.\n");
        let written = fs::create_dir_all(&beside)
            .and_then(|()| fs::write(beside.join(format!("{mark}.txt")), note));
        written.map_err(|error| (error.to_string(), false))?;
    }
    let text = article(slug, mark, archives, order.paragraphs);
    let change = (what == What::Correction).then(|| Change {
        class: Class::Correction,
        note: Some("The number of gates was wrong.".into()),
        asked_by: None,
    });
    let told = |error: publish::Error| {
        let stopped = matches!(&error, publish::Error::Newsroom(inner) if is_stop(inner));
        (error.to_string(), stopped)
    };
    let ready =
        publish::check(room, text.as_bytes(), &Folder::at(&beside), change).map_err(told)?;
    let mut done = publish::publish(room, vec![ready]).map_err(told)?;
    done.pop().ok_or_else(|| ("nothing was published".to_owned(), false))
}

fn take_out(room: &Newsroom, path: &str) -> Result<Published, (String, bool)> {
    let order = RemovalOrder {
        path: path.to_owned(),
        ground: "privacy".into(),
        note: Some("Taken out on request.".into()),
        blocks: None,
    };
    let told = |error: remove::Error| {
        let stopped = matches!(&error, remove::Error::Newsroom(inner) if is_stop(inner));
        (error.to_string(), stopped)
    };
    let entries = remove::remove(room, &order).map_err(told)?;
    let entry = entries.last().copied().unwrap_or(0);
    let rev = u32::try_from(entries.len()).unwrap_or(0);
    Ok(Published { path: path.to_owned(), rev, entry, archived: 0 })
}

/// The machine's clock, and what is added to it.
fn shifted(shift: &Arc<AtomicI64>) -> Clock {
    let (clock, shift) = (system_clock(), shift.clone());
    Arc::new(move || clock().saturating_add_signed(shift.load(Ordering::SeqCst)))
}

/// Whether nothing more is sealed by this process.
fn is_stop(error: &newsroom::Error) -> bool {
    matches!(error, newsroom::Error::Seal(seal::Error::Stopped(_)))
}

/// An article of its own, with the mark in its text.
pub(super) fn article(slug: &str, mark: &str, archives: bool, paragraphs: u64) -> String {
    let mut text = format!(
        "---\nheadline: The works report {mark}\nlang: en\nslug: {slug}\nsections: [News]\n\
         standfirst: Gates and pumps, counted again.\nbyline: [Works desk]\n"
    );
    if archives {
        let source = format!(
            "references:\n  - id: note\n    type: document\n    title: Note of the works office\n    \
             custom:\n      kind: document\n      file: {mark}.txt\n"
        );
        text.push_str(&source);
    }
    text.push_str("---\n");
    let cited = if archives { " [@note]" } else { "" };
    text.push_str(&format!("The office counted the gates of the canal{cited}. Mark {mark}.\n"));
    for number in 0..paragraphs {
        text.push_str(&format!("\nGate {number} was open when the inspector of {mark} came by.\n"));
    }
    text
}
