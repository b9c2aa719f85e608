//! Bits flipped at random in everything that an edition keeps, one a round: each is found, none is shown as sealed, all
//! are mended from a mirror.
//!
//! A flip is *harmless* when the deep look finds nothing, every row of every table is what it was, and every page has the
//! bytes that it had: a free page, an unused byte, a counter that nobody shows.

mod scene;

use super::chance::Chance;
use super::options::Options;
use ovn_press::scrub;
use scene::{Answers, Scene};
use std::collections::BTreeMap;
use std::path::Path;

/// Short articles beside the demonstration, so that there are more than 256 entries.
const SHORT: usize = 240;

/// What is flipped, in turn.
const KINDS: [&str; 6] = ["database", "journal", "tile", "document", "blob", "note"];

/// What became of the flips of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    rounds: u64,
    /// Found when a page was asked for: the database could not be opened, or a page was refused.
    at_read: u64,
    /// Found by the deep look.
    deep: u64,
    harmless: u64,
    /// The journal's end was lost, so that the edition was an older one, whole and signed, until the deep look said so.
    older: u64,
    /// Pages told from rows that differed before the deep look: lists, history beside an article.
    rows: u64,
    mended: u64,
}

/// Flips bits, `--count` of them, and prints what became of them.
pub(super) fn run(options: &Options) -> Result<bool, String> {
    let seed = options.seed();
    let rounds = options.rounds(1000)?;
    let home = options.home("flips");
    let failed = flip(&home, SHORT, seed, &rounds)?;
    if failed == 0 {
        let _ = std::fs::remove_dir_all(&home);
    }
    Ok(failed == 0)
}

/// Does these rounds in the folder `home`; gives how many did not hold.
fn flip(home: &Path, short: usize, seed: u64, rounds: &[u64]) -> Result<u64, String> {
    let scene = Scene::make(home, short)?;
    println!("flips: seed {seed}, {} rounds, an edition of {}", rounds.len(), scene.size());
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut failed = 0;
    for round in rounds {
        let index = usize::try_from(round % KINDS.len() as u64).unwrap_or(0);
        let kind = KINDS.get(index).copied().unwrap_or("database");
        let mut chance = Chance::of(seed, *round, 0);
        let tally = tallies.entry(kind).or_default();
        tally.rounds += 1;
        let (path, place, bit) = scene.choose(kind, &mut chance)?;
        scene.flip(&path, place, bit)?;
        if let Err(why) = judge(&scene, &path, tally) {
            failed += 1;
            println!("✗ round {round}: {path}, byte {place}, bit {bit}: {why}");
        }
        scene.reset(&path)?;
    }
    for (kind, tally) in &tallies {
        println!(
            "{kind:9} {:4} flips: {:4} found at read, {:4} by the deep look, {:4} harmless, {:3} an older edition until \
             then, {:4} pages told from rows differed, {:4} mended",
            tally.rounds,
            tally.at_read,
            tally.deep,
            tally.harmless,
            tally.older,
            tally.rows,
            tally.mended
        );
    }
    let all = |count: fn(&Tally) -> u64| tallies.values().map(count).sum::<u64>();
    println!(
        "all       {:4} flips: {} harmless, {} found, {} mended to the same bytes and the same root, 0 shown as sealed, {failed} \
         that did not hold",
        all(|tally| tally.rounds),
        all(|tally| tally.harmless),
        all(|tally| tally.rounds - tally.harmless) - failed,
        all(|tally| tally.mended)
    );
    Ok(failed)
}

/// What one flip does: to readers, to the deep look, and to the repair.
fn judge(scene: &Scene, path: &str, tally: &mut Tally) -> Result<(), String> {
    let answers = scene.ask(path);
    let older = matches!(answers, Answers::Older);
    let (refused, rows) = match &answers {
        Answers::None => (1, 0),
        Answers::Older => (0, 0),
        Answers::Given { refused, rows, sealed } => {
            if let Some(address) = sealed.first() {
                return Err(format!("{address} was served with other bytes"));
            }
            (*refused, *rows)
        }
    };
    tally.at_read += u64::from(refused > 0);
    tally.rows += rows;
    tally.older += u64::from(older);
    let found = scrub::scrub(&scene.dir, &scene.settings, &scrub::Order::default(), &mut |_, _| {});
    if found.as_ref().is_ok_and(scrub::Found::well) {
        if refused > 0 || rows > 0 || older || !scene.same_rows(false)? || !scene.same_file(path)? {
            return Err("the deep look found nothing, and it is not harmless".into());
        }
        tally.harmless += 1;
        return Ok(());
    }
    tally.deep += 1;
    let found = scrub::scrub(&scene.dir, &scene.settings, &scene.mending(), &mut |_, _| {});
    let found = found.map_err(|error| format!("it was not mended: {error}"))?;
    if let Some(fault) = found.faults.iter().find(|fault| !fault.mended) {
        return Err(format!("it was not mended: {}: {}", fault.place, fault.sentence));
    }
    let again = scrub::scrub(&scene.dir, &scene.settings, &scrub::Order::default(), &mut |_, _| {});
    let again = again.map_err(|error| error.to_string())?;
    if let Some(fault) = again.faults.first() {
        return Err(format!("after the repair: {}: {}", fault.place, fault.sentence));
    }
    if again.root != scene.root || !scene.same_rows(true)? || !scene.same_record()? {
        return Err("it was mended to other bytes".into());
    }
    tally.mended += 1;
    Ok(())
}

/// As [`run`], for a test: `count` rounds from `seed` in the folder `home`, on a smaller edition.
///
/// # Errors
/// As [`run`].
pub fn few(home: &Path, seed: u64, count: u64) -> Result<bool, String> {
    Ok(flip(home, 30, seed, &(0..count).collect::<Vec<_>>())? == 0)
}
