//! A full disk while the newsroom publishes: what happens is said, nothing is lost, readers go on, and it goes on when there
//! is room again.

use super::Programs;
use super::chance::Chance;
use super::edition::{Edition, said};
use super::history::{self, Line};
use super::judge::Judge;
use super::options::Options;
use super::rounds::{ends, first_ack, load, once, serve};
use super::tally::Tally;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// Bytes of the disk.
const SIZE: u64 = 24 << 20;
/// The longest that filling up, or going on, may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A small disk in memory.
struct Small<'a>(&'a Path);

impl Drop for Small<'_> {
    fn drop(&mut self) {
        let _ = said(Command::new("umount").arg("-l").arg(self.0));
    }
}

pub(super) fn run(programs: &Programs, options: &Options) -> Result<bool, String> {
    let (seed, threads) = (options.seed(), options.number("--threads", 8)?);
    let home = options.home("full");
    println!("torture full --seed {seed}");
    let (mut tally, mut lived, mut said_so) = (Tally::default(), 0, BTreeMap::new());
    for (place, round) in options.rounds(10)?.into_iter().enumerate() {
        let disk = home.join(format!("full-{place}"));
        fs::create_dir_all(&disk).map_err(|error| format!("{}: {error}.", disk.display()))?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={SIZE}"), "tmpfs"]).arg(&disk);
        said(&mut mount).map_err(|why| {
            format!("This machine does not let this part mount a small disk ({why}): run it as root, or as `unshare -rm`.")
        })?;
        let mounted = Small(&disk);
        let edition = Edition::at(&home.join("notes"), disk.join("edition"), None);
        let before = tally.wrong.len();
        let chance = Chance::of(seed, round, 0);
        lived += u64::from(one(programs, &edition, &disk, chance, threads, &mut tally)?);
        for line in history::lines(&edition.history(), 0, ends(&edition).0) {
            if let Line::No(why) | Line::Refused(why) = line {
                *said_so.entry(why).or_insert(0_u64) += 1;
            }
        }
        for wrong in tally.wrong.iter_mut().skip(before) {
            *wrong = format!("--seed {seed} --round {round}: {wrong}");
        }
        if tally.wrong.len() > before {
            let kept = edition.keep(&home.join(format!("kept-{seed}-{round}-{place}")));
            println!("kept for a look: {}", kept.display());
        }
        let _ = fs::remove_dir_all(&edition.home);
        drop(mounted);
        let _ = fs::remove_dir(&disk);
    }
    for (why, count) in &said_so {
        println!("said {count} times: {why}");
    }
    let good = tally.print("full disks");
    println!("the newsroom that met the full disk went on itself {lived} times");
    if good {
        let _ = fs::remove_dir(&home);
    }
    Ok(good)
}

/// Fills the disk while a newsroom publishes, looks, makes room, looks again; says whether that newsroom itself went on.
fn one(
    programs: &Programs,
    edition: &Edition,
    disk: &Path,
    mut chance: Chance,
    threads: u64,
    tally: &mut Tally,
) -> Result<bool, String> {
    edition.make(programs)?;
    let mut judge = Judge::new(edition, chance.clone())?;
    once(programs, edition, "base", 3)?;
    judge.listen(edition, ends(edition), tally);
    let order = load(&mut chance, threads, "full".to_owned());
    let mut newsroom = edition.write(programs, &order)?;
    let since = Instant::now();
    if let Err(why) = first_ack(edition, &mut newsroom, &judge) {
        tally.wrong.push(why);
    }
    let (from, _) = ends(edition);
    let fill = disk.join("fill");
    let room = free(disk)?.saturating_sub(chance.below(1 << 20));
    fs::write(&fill, vec![b'x'; usize::try_from(room).unwrap_or(0)]).ok();
    wait(edition, &mut newsroom, from, |line| matches!(line, Line::No(_) | Line::Refused(_)))?;
    tally.faults += 1;
    tally.load += since.elapsed();
    // Nothing is left, not even for the files that a start makes.
    fill_up(disk);
    std::thread::sleep(Duration::from_millis(chance.below(200)));
    for line in history::lines(&edition.history(), from, ends(edition).0) {
        if let Line::No(why) | Line::Refused(why) = line
            && !["space", "full"].iter().any(|word| why.contains(word))
            && !why.contains("has stopped")
        {
            tally.wrong.push(format!("does not say that the disk is full: {why}"));
        }
    }
    judge.listen(edition, ends(edition), tally);
    serve(programs, edition, &judge, tally);
    judge.look(edition, tally);
    let _ = fs::remove_file(&fill);
    let _ = fs::remove_file(disk.join("fill-up"));
    let (from, _) = ends(edition);
    let again = wait(edition, &mut newsroom, from, |line| matches!(line, Line::Ack(_)));
    let lived = again.unwrap_or_else(|why| {
        tally.wrong.push(why);
        false
    });
    let _ = newsroom.kill();
    newsroom.wait().map_err(|error| error.to_string())?;
    if let Err(why) = once(programs, edition, "last", 2) {
        tally.wrong.push(why);
    }
    judge.listen(edition, ends(edition), tally);
    judge.finish(programs, edition, tally);
    Ok(lived)
}

/// Bytes that are free on the disk that has this folder.
fn free(folder: &Path) -> Result<u64, String> {
    let told = said(Command::new("df").args(["--output=avail", "-B1"]).arg(folder))?;
    let number = told.lines().last().and_then(|line| line.trim().parse().ok());
    number.ok_or_else(|| format!("df says {told:?}"))
}

/// Takes the last byte of the disk.
fn fill_up(disk: &Path) {
    use std::io::Write as _;
    let Ok(mut file) = fs::File::create(disk.join("fill-up")) else { return };
    while file.write_all(&[b'x'; 4096]).is_ok() {}
}

/// Waits for a line of the newsroom, from a place on; false when it ended before one.
fn wait(
    edition: &Edition,
    newsroom: &mut Child,
    from: u64,
    wanted: impl Fn(&Line) -> bool,
) -> Result<bool, String> {
    let since = Instant::now();
    loop {
        let ended = newsroom.try_wait().map_err(|error| error.to_string())?.is_some();
        let lines = history::lines(&edition.history(), from, ends(edition).0);
        if lines.iter().any(&wanted) {
            return Ok(true);
        }
        if ended {
            return Ok(false);
        }
        if since.elapsed() > PATIENCE {
            return Err("the newsroom neither goes on nor says why".into());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}
