//! Power cuts: the file system below the edition stops at a random moment, with nothing written that was not made durable.
//!
//! What is acknowledged counts up to the moment before the cut: a sync that races it may be reported as done.

use super::Programs;
use super::chance::Chance;
use super::disk::{Disk, Plug};
use super::edition::Edition;
use super::history;
use super::judge::Judge;
use super::options::Options;
use super::rounds::{Rounds, ends, load, once, serve, until_fault};
use super::tally::Tally;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

/// Where the keys are: on the edition's disk; on one that keeps its power; on one that loses it too.
const KEYS: [&str; 3] = ["same", "apart", "both"];

struct Run<'a> {
    programs: &'a Programs,
    seed: u64,
    threads: u64,
    fs: String,
}

/// An edition and the disks it is on.
struct Machine {
    edition: Edition,
    disk: Disk,
    keys: Option<Disk>,
    /// Whether the keys' disk is cut too.
    both: bool,
    /// Acknowledgements that came while the power went.
    raced: u64,
    /// Files that nobody synced, and how many of them were gone after the cut: a cut that takes nothing is none.
    unsynced: u64,
    gone: u64,
}

pub(super) fn run(programs: &Programs, options: &Options) -> Result<bool, String> {
    let seed = options.seed();
    let fs = options.one("--fs").unwrap_or("ext4").to_owned();
    let run = Run { programs, seed, threads: options.number("--threads", 8)?, fs };
    let each = usize::try_from(options.number("--each", 10)?.max(1)).unwrap_or(1);
    let home = options.home("power");
    println!("torture power --seed {seed} --fs {}", run.fs);
    let (mut tally, mut raced, mut unsynced, mut gone) = (Tally::default(), 0, 0, 0);
    for rounds in options.rounds(20)?.chunks(each) {
        let first = rounds.first().copied().unwrap_or(0);
        let place = usize::try_from(first / each as u64).unwrap_or(0) % KEYS.len();
        let keys = options.one("--keys").or_else(|| KEYS.get(place).copied()).unwrap_or("same");
        let mut machine = run.machine(&home.join(format!("power-{first}")), keys)?;
        let before = tally.wrong.len();
        let all = Rounds { programs, seed, numbers: rounds };
        let cut = |machine: &mut Machine, judge: &mut Judge, round, tally: &mut Tally| {
            run.round(machine, judge, round, tally)
        };
        let done = all.each(&mut machine, |machine| &machine.edition, &mut tally, cut);
        raced += machine.raced;
        (unsynced, gone) = (unsynced + machine.unsynced, gone + machine.gone);
        for wrong in tally.wrong.iter_mut().skip(before) {
            *wrong = format!("--keys {keys} --each {each}: {wrong}");
        }
        if tally.wrong.len() > before || done.is_err() {
            let kept = machine.edition.keep(&home.join(format!("kept-{seed}-{first}")));
            println!("kept for a look: {}", kept.display());
        }
        let folder = machine.edition.home.clone();
        drop(machine);
        let _ = std::fs::remove_dir_all(folder);
        done?;
        println!("{} cuts, keys {keys}, {} did not hold", tally.faults, tally.wrong.len());
    }
    if gone == 0 {
        tally.wrong.push("no cut took anything: this machine's cuts show nothing".into());
    }
    let good = tally.print(&format!("power cuts on {}", run.fs));
    println!("acknowledged while the power went, and not judged: {raced}");
    println!("files that nobody synced: {gone} of {unsynced} were gone after their cut");
    if good {
        let _ = std::fs::remove_dir(&home);
    }
    Ok(good)
}

impl Run<'_> {
    fn machine(&self, home: &Path, keys: &str) -> Result<Machine, String> {
        if !KEYS.contains(&keys) {
            return Err(format!("--keys takes one of {}.", KEYS.join(", ")));
        }
        let disk = Disk::make(home, "disk", &self.fs)?;
        let other = (keys != "same").then(|| Disk::make(home, "keys", &self.fs)).transpose()?;
        let folder = other.as_ref().map(|disk| disk.point.join("edition.keys"));
        let edition = Edition::at(home, disk.point.join("edition"), folder);
        edition.make(self.programs)?;
        Ok(Machine {
            edition,
            disk,
            keys: other,
            both: keys == "both",
            raced: 0,
            unsynced: 0,
            gone: 0,
        })
    }

    fn round(
        &self,
        machine: &mut Machine,
        judge: &mut Judge,
        (round, place): (u64, usize),
        tally: &mut Tally,
    ) -> Result<(), String> {
        let mut chance = Chance::of(self.seed, round, 0);
        let order = load(&mut chance, self.threads, format!("r{round}p{place}"));
        let edition = &machine.edition;
        let mut disks = vec![&machine.disk];
        disks.extend(machine.keys.as_ref().filter(|_| machine.both));
        if chance.below(2) == 0 {
            disks.reverse();
        }
        let plug = Plug::hold(&disks, &edition.history())?;
        let mut newsroom = edition.write(self.programs, &order)?;
        let since = Instant::now();
        let early = chance.below(4) == 0;
        until_fault(&mut chance, early, edition, &mut newsroom, judge, tally);
        let unsynced = machine.disk.point.join("unsynced");
        std::fs::write(&unsynced, "lost").map_err(|error| format!("{error}"))?;
        if machine.both {
            hold_still(&newsroom);
        }
        let before = plug.pull()?;
        tally.load += since.elapsed();
        let _ = newsroom.kill();
        newsroom.wait().map_err(|error| error.to_string())?;
        tally.faults += 1;
        let step = history::last_step(&edition.history()).unwrap_or_else(|| "before any".into());
        *tally.steps.entry(step).or_default() += 1;
        for disk in [Some(&machine.disk), machine.keys.as_ref()].into_iter().flatten() {
            disk.start_again()?;
        }
        let there = std::fs::read(&unsynced).is_ok_and(|bytes| bytes == b"lost");
        (machine.unsynced, machine.gone) = (machine.unsynced + 1, machine.gone + u64::from(!there));
        let _ = std::fs::remove_file(&unsynced);
        judge.listen(edition, before, tally);
        machine.raced += judge.skip(edition, ends(edition));
        if chance.below(2) == 0
            && let Err(why) = once(self.programs, edition, &format!("r{round}p{place}after"), 1)
        {
            tally.wrong.push(why);
        }
        judge.listen(edition, ends(edition), tally);
        serve(self.programs, edition, judge, tally);
        judge.look(edition, tally);
        Ok(())
    }
}

/// Stops a newsroom whose two disks are cut one after the other: with the one gone, nothing more may reach the other.
fn hold_still(newsroom: &Child) {
    use nix::sys::signal::{Signal, kill};
    if let Ok(number) = i32::try_from(newsroom.id()) {
        let _ = kill(nix::unistd::Pid::from_raw(number), Signal::SIGSTOP);
    }
    // A call that is under way comes to its end.
    std::thread::sleep(Duration::from_millis(20));
}
