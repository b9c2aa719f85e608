//! A file system of its own in a file, whose power can be cut: everything that was not made durable is gone.

use super::edition::said;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Bytes of the file; XFS wants 300 MB and more.
const SIZE: u64 = 400 << 20;
/// Waits for a line, says how long the newsroom's two files are, and shuts the file systems down at once, their journals
/// unflushed: the request FS_IOC_SHUTDOWN with the flag for that.
const PLUG: &str = "import fcntl,os,struct,sys
points=[os.open(p,os.O_RDONLY) for p in sys.argv[3:]]
flag=struct.pack('I',2)
print('ready',flush=True)
sys.stdin.readline()
lines,seen=os.stat(sys.argv[1]).st_size,os.stat(sys.argv[2]).st_size
for p in points: fcntl.ioctl(p,0x8004587D,flag)
print(lines,seen,flush=True)
";

/// Why this machine can't.
const ROOT: &str = "This part mounts file systems, which only root may: run it as root.";

/// A mounted file system.
#[derive(Debug)]
pub(super) struct Disk {
    image: PathBuf,
    pub(super) point: PathBuf,
    kind: String,
}

impl Drop for Disk {
    fn drop(&mut self) {
        if said(Command::new("umount").arg(&self.point)).is_err() {
            let _ = said(Command::new("umount").arg("-l").arg(&self.point));
        }
        let _ = fs::remove_file(&self.image);
        let _ = fs::remove_dir(&self.point);
    }
}

impl Disk {
    /// Makes and mounts the file system `kind` with this name in the folder `home`.
    pub(super) fn make(home: &Path, name: &str, kind: &str) -> Result<Self, String> {
        if said(Command::new("id").arg("-u"))? != "0" {
            return Err(ROOT.to_owned());
        }
        let (image, point) = (home.join(format!("{name}.image")), home.join(name));
        fs::create_dir_all(&point)
            .and_then(|()| File::create(&image))
            .and_then(|file| file.set_len(SIZE))
            .map_err(|error| format!("{}: {error}.", image.display()))?;
        let force = match kind {
            "ext4" => "-F",
            "xfs" => "-f",
            _ => return Err(format!("--fs takes ext4 or xfs, not {kind:?}.")),
        };
        said(Command::new(format!("mkfs.{kind}")).args(["-q", force]).arg(&image))
            .map_err(|why| format!("{why} (Debian: e2fsprogs, xfsprogs)"))?;
        let disk = Self { image, point, kind: kind.to_owned() };
        disk.mount()?;
        Ok(disk)
    }

    fn mount(&self) -> Result<(), String> {
        let mut mount = Command::new("mount");
        mount.args(["-t", &self.kind, "-o", "loop"]).arg(&self.image).arg(&self.point);
        said(&mut mount).map(drop)
    }

    /// Takes it away and mounts it again, as a machine that starts does.
    pub(super) fn start_again(&self) -> Result<(), String> {
        said(Command::new("umount").arg(&self.point))?;
        self.mount()
    }
}

/// A hand on the plug.
#[derive(Debug)]
pub(super) struct Plug {
    child: Child,
    order: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Plug {
    /// Takes hold of the disks' plug; `history` is where the newsroom notes what it does.
    pub(super) fn hold(disks: &[&Disk], history: &Path) -> Result<Self, String> {
        let mut command = Command::new("python3");
        command.args(["-c", PLUG]).arg(history.join("lines")).arg(history.join("seen"));
        command.args(disks.iter().map(|disk| &disk.point));
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| format!("python3: {error}."))?;
        let order = child.stdin.take().ok_or("python3 has no input")?;
        let mut answer = BufReader::new(child.stdout.take().ok_or("python3 has no output")?);
        let mut ready = String::new();
        answer.read_line(&mut ready).map_err(|error| format!("python3: {error}."))?;
        Ok(Self { child, order, answer })
    }

    /// Pulls it, and says how far the newsroom's two files went right before.
    pub(super) fn pull(mut self) -> Result<(u64, u64), String> {
        self.order.write_all(b"now\n").map_err(|error| format!("python3: {error}."))?;
        let mut said = String::new();
        self.answer.read_to_string(&mut said).map_err(|error| format!("python3: {error}."))?;
        self.child.wait().map_err(|error| format!("python3: {error}."))?;
        let mut numbers = said.split_whitespace().filter_map(|word| word.parse().ok());
        let both = numbers.next().zip(numbers.next());
        both.ok_or_else(|| {
            "The file system could not be shut down: does this kernel know FS_IOC_SHUTDOWN?"
                .to_owned()
        })
    }
}
