//! ptrace(2) on x86-64 Linux: each thread stops before and after each call.

use super::{Call, Fault, Kind, Order, Outcome};
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::Signal;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Waits for a line, then becomes the program: so that nothing of it is missed.
const GATE: &str = "read -r _; exec \"$@\"";
/// `op` of PTRACE_GET_SYSCALL_INFO before a call.
const ENTRY: u8 = 1;

/// Which argument names the file.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// A descriptor.
    Fd(usize),
    /// A path.
    Path(usize),
    /// A descriptor of a folder, and a path in it.
    At(usize, usize),
}

/// The calls that are looked at: number, name, file.
const CALLS: [(u64, &str, Place); 32] = [
    (0, "read", Place::Fd(0)),
    (1, "write", Place::Fd(0)),
    (2, "open", Place::Path(0)),
    (3, "close", Place::Fd(0)),
    (5, "fstat", Place::Fd(0)),
    (8, "lseek", Place::Fd(0)),
    (9, "mmap", Place::Fd(4)),
    (17, "pread64", Place::Fd(0)),
    (18, "pwrite64", Place::Fd(0)),
    (20, "writev", Place::Fd(0)),
    (72, "fcntl", Place::Fd(0)),
    (73, "flock", Place::Fd(0)),
    (74, "fsync", Place::Fd(0)),
    (75, "fdatasync", Place::Fd(0)),
    (77, "ftruncate", Place::Fd(0)),
    (82, "rename", Place::Path(1)),
    (83, "mkdir", Place::Path(0)),
    (84, "rmdir", Place::Path(0)),
    (86, "link", Place::Path(1)),
    (87, "unlink", Place::Path(0)),
    (217, "getdents64", Place::Fd(0)),
    (257, "openat", Place::At(0, 1)),
    (262, "newfstatat", Place::At(0, 1)),
    (263, "unlinkat", Place::At(0, 1)),
    (264, "renameat", Place::At(2, 3)),
    (265, "linkat", Place::At(2, 3)),
    (277, "sync_file_range", Place::Fd(0)),
    (285, "fallocate", Place::Fd(0)),
    (296, "pwritev", Place::Fd(0)),
    (306, "syncfs", Place::Fd(0)),
    (316, "renameat2", Place::At(2, 3)),
    (332, "statx", Place::At(0, 1)),
];

/// A traced program.
struct Trace<'a> {
    order: &'a Order,
    calls: Vec<Call>,
    counts: BTreeMap<(String, String), u64>,
    /// Threads whose call was taken out, and the error that it gets.
    denied: BTreeMap<i32, i64>,
    hit: bool,
}

pub(super) fn follow(order: &Order) -> Result<Outcome, String> {
    let fail = |error: std::io::Error| format!("{}: {error}.", order.program.display());
    let mut command = Command::new("sh");
    command.args(["-c", GATE, "sh"]).arg(&order.program).args(&order.arguments);
    command.env_remove("OVN_DATABASE").env_remove("OVN_KEYS").env_remove(super::ORDER);
    command.envs(order.settings.iter().cloned());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(fail)?;
    let main = Pid::from_raw(i32::try_from(child.id()).unwrap_or(0));
    let options = Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_TRACEFORK
        | Options::PTRACE_O_TRACEVFORK
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_EXITKILL;
    ptrace::seize(main, options)
        .map_err(|error| format!("ptrace is not allowed here: {error}."))?;
    ptrace::interrupt(main).map_err(|error| error.to_string())?;
    child.stdin.take().ok_or("no input")?.write_all(b"\n").map_err(fail)?;
    let (calls, counts, denied) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    let mut trace = Trace { order, calls, counts, denied, hit: false };
    let code = trace.follow(main)?;
    let (mut out, mut err) = (String::new(), String::new());
    child.stdout.take().ok_or("no output")?.read_to_string(&mut out).map_err(fail)?;
    child.stderr.take().ok_or("no output")?.read_to_string(&mut err).map_err(fail)?;
    Ok(Outcome { code, calls: trace.calls, hit: trace.hit, out, err })
}

impl Trace<'_> {
    /// Goes on from stop to stop until the program and all of its threads have ended.
    fn follow(&mut self, main: Pid) -> Result<Option<i32>, String> {
        let mut code = None;
        loop {
            let status = match waitpid(None, Some(WaitPidFlag::__WALL)) {
                Ok(status) => status,
                Err(nix::errno::Errno::ECHILD) => return Ok(code),
                Err(error) => return Err(error.to_string()),
            };
            let (pid, signal) = match status {
                WaitStatus::Exited(pid, found) => {
                    if pid == main {
                        code = Some(found);
                    }
                    continue;
                }
                WaitStatus::PtraceSyscall(pid) => {
                    self.stop(pid);
                    (pid, None)
                }
                WaitStatus::PtraceEvent(pid, ..) => (pid, None),
                WaitStatus::Stopped(pid, signal) => (pid, Some(signal)),
                _ => continue,
            };
            // A thread that was killed meanwhile can't go on.
            let _ = ptrace::syscall(pid, signal);
        }
    }

    /// A thread is before or after a call. What can't be read is a thread that was killed.
    fn stop(&mut self, pid: Pid) {
        let Ok(mut regs) = ptrace::getregs(pid) else { return };
        let entry = ptrace::syscall_info(pid).is_ok_and(|info| info.op == ENTRY);
        if !entry {
            if let Some(error) = self.denied.remove(&pid.as_raw()) {
                regs.rax = error.cast_unsigned();
                let _ = ptrace::setregs(pid, regs);
            }
            return;
        }
        let arguments = [regs.rdi, regs.rsi, regs.rdx, regs.r10, regs.r8];
        let known = CALLS.iter().find(|(number, ..)| *number == regs.orig_rax);
        let Some((_, name, place)) = known else { return };
        let Some(file) = self.watched(pid, *place, &arguments) else { return };
        let key = ((*name).to_owned(), file.clone());
        let count = self.counts.entry(key).or_default();
        let call = Call { name: (*name).to_owned(), file, nth: *count };
        *count += 1;
        let kind = self.order.fault.as_ref().filter(|Fault { call: one, .. }| *one == call);
        let kind = kind.map(|fault| fault.kind);
        self.calls.push(call);
        let Some(kind) = kind else { return };
        let error = match kind {
            Kind::Eio => 5,
            Kind::Enospc => 28,
            Kind::Eintr => 4,
            Kind::Short => {
                self.hit = regs.rdx > 1;
                regs.rdx = regs.rdx.div_ceil(2);
                let _ = ptrace::setregs(pid, regs);
                return;
            }
            Kind::Kill => {
                self.hit = true;
                let _ = nix::sys::signal::kill(group(pid), Signal::SIGKILL);
                return;
            }
        };
        self.hit = true;
        // No call has this number: the system does nothing.
        regs.orig_rax = u64::MAX;
        if ptrace::setregs(pid, regs).is_ok() {
            self.denied.insert(pid.as_raw(), -error);
        }
    }

    /// The call's file, in the form that is the same in every run, if it is a watched one.
    fn watched(&self, pid: Pid, place: Place, arguments: &[u64]) -> Option<String> {
        let argument = |index: usize| arguments.get(index).copied();
        let path = match place {
            Place::Fd(index) => descriptor(pid, argument(index)?)?,
            Place::Path(index) => inside(pid, None, &text(pid, argument(index)?)?)?,
            Place::At(folder, index) => {
                let words = text(pid, argument(index)?)?;
                inside(pid, argument(folder), &words)?
            }
        };
        self.order.watched.iter().find_map(|(folder, name)| {
            let rest = path.strip_prefix(folder).ok()?;
            Some(steady(&format!("{name}/{}", rest.display())))
        })
    }
}

/// The process of a thread.
fn group(pid: Pid) -> Pid {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let found = status.lines().find_map(|line| line.strip_prefix("Tgid:")?.trim().parse().ok());
    found.map_or(pid, Pid::from_raw)
}

fn descriptor(pid: Pid, number: u64) -> Option<PathBuf> {
    let number = u32::try_from(number).ok()?;
    fs::read_link(format!("/proc/{pid}/fd/{number}")).ok()
}

/// The whole path that `words` mean, from the folder that a descriptor names or from the working one.
fn inside(pid: Pid, folder: Option<u64>, words: &str) -> Option<PathBuf> {
    if Path::new(words).is_absolute() {
        return Some(PathBuf::from(words));
    }
    let from = folder.and_then(|number| descriptor(pid, number));
    let from = from.or_else(|| fs::read_link(format!("/proc/{pid}/cwd")).ok())?;
    Some(if words.is_empty() { from } else { from.join(words) })
}

/// The text that ends with a zero at this address of the program's memory.
fn text(pid: Pid, address: u64) -> Option<String> {
    let mut bytes = vec![0; 4096];
    let length = File::open(format!("/proc/{pid}/mem")).ok()?.read_at(&mut bytes, address).ok()?;
    bytes.truncate(length);
    let end = bytes.iter().position(|byte| *byte == 0)?;
    bytes.truncate(end);
    String::from_utf8(bytes).ok()
}

/// A path without what differs from run to run: process numbers and hashes of what is salted.
fn steady(path: &str) -> String {
    let path = path.strip_suffix(" (deleted)").unwrap_or(path);
    let part = |part: &str| {
        let number = !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == '-');
        let last = part.rsplit('/').next().unwrap_or_default();
        if number {
            return "N".to_owned();
        }
        if last.len() >= 64 && last.chars().all(|c| c.is_ascii_hexdigit()) {
            return part.replace(last, "#");
        }
        part.to_owned()
    };
    path.split('.').map(part).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_the_same_in_every_run() {
        let check = |path: &str, expected: &str| assert_eq!(steady(path), expected);
        let hash = "0123456789abcdef".repeat(4);
        check("edition/aside/3.412-7.new", "edition/aside/3.N.new");
        check("keys/lock.412-7.new", "keys/lock.N.new");
        check("edition/record/tile/0/000.p/3", "edition/record/tile/0/000.p/3");
        check(&format!("edition/record/document/{hash}.json"), "edition/record/document/#.json");
        check("edition/edition.sqlite-wal (deleted)", "edition/edition.sqlite-wal");
    }
}
