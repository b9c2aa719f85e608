//! An edition that is tortured: made by the product, in a folder that is kept when something did not hold.

use super::writer::{ORDER, Order};
use super::{Programs, history};
use ovn_store::{Reader, keys_folder};
use ovn_tests::postgres::Database;
use ovn_tlog::VerifierKey;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a database that starts again is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// An edition, its key folder, its newsroom's own lines.
#[derive(Debug)]
pub(super) struct Edition {
    /// Everything of it that lies on this machine's own disk.
    pub(super) home: PathBuf,
    pub(super) dir: PathBuf,
    pub(super) keys: PathBuf,
    pub(super) database: Option<Database>,
}

impl Edition {
    /// The edition in `dir`, with its keys in `keys` or beside it, and `home` for what is noted of it.
    pub(super) fn at(home: &Path, dir: PathBuf, keys: Option<PathBuf>) -> Self {
        let keys = keys.unwrap_or_else(|| keys_folder(&dir));
        Self { home: home.to_owned(), dir, keys, database: None }
    }

    /// Lets the product make it.
    pub(super) fn make(&self, programs: &Programs) -> Result<(), String> {
        fs::create_dir_all(&self.home)
            .map_err(|error| format!("{}: {error}", self.home.display()))?;
        let mut init = self.ovn(programs, &["init"]);
        init.arg(&self.dir).args([
            "--origin",
            "torture.example",
            "--url",
            "http://torture.example",
        ]);
        said(&mut init).map(drop)
    }

    /// What wins over the settings of `ovn.toml`.
    pub(super) fn settings(&self) -> Vec<(String, String)> {
        let mut settings = Vec::new();
        if let Some(database) = &self.database {
            settings.push(("OVN_DATABASE".to_owned(), database.address()));
        }
        if self.keys != keys_folder(&self.dir) {
            settings.push(("OVN_KEYS".to_owned(), self.keys.to_string_lossy().into_owned()));
        }
        settings
    }

    /// The product, with these words, for this edition.
    pub(super) fn ovn(&self, programs: &Programs, words: &[&str]) -> Command {
        let mut command = Command::new(&programs.ovn);
        command.args(words).env_remove("OVN_DATABASE").env_remove("OVN_KEYS");
        command.envs(self.settings()).stdin(Stdio::null());
        command
    }

    /// Starts the newsroom.
    pub(super) fn write(&self, programs: &Programs, order: &Order) -> Result<Child, String> {
        let order = Order {
            dir: self.dir.clone(),
            settings: self.settings().into_iter().chain(order.settings.iter().cloned()).collect(),
            history: self.history(),
            ..order.clone()
        };
        let text = serde_json::to_string(&order).map_err(|error| error.to_string())?;
        let (program, arguments) = programs.writer.split_first().ok_or("There is no writer.")?;
        history::clear_step(&order.history);
        if self.database.is_some() {
            // A server that was killed takes a while to start, and says so to whoever asks meanwhile.
            self.reader()?;
        }
        let mut command = Command::new(program);
        command.args(arguments).env(ORDER, text).stdin(Stdio::null()).stdout(Stdio::null());
        let errors = fs::File::options().create(true).append(true).open(self.home.join("stderr"));
        command.stderr(errors.map_or_else(|_| Stdio::null(), Stdio::from));
        command.spawn().map_err(|error| format!("The newsroom does not start: {error}."))
    }

    /// The folder of what the newsroom notes.
    pub(super) fn history(&self) -> PathBuf {
        self.home.join("history")
    }

    /// The key that readers know.
    pub(super) fn key(&self) -> Result<VerifierKey, String> {
        let path = self.dir.join("record/vkey");
        let text =
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        text.trim().parse().map_err(|error| format!("{}: {error}", path.display()))
    }

    /// What readers see, once the database answers.
    pub(super) fn reader(&self) -> Result<Reader, String> {
        let address = self.database.as_ref().map(Database::address);
        let since = Instant::now();
        loop {
            let opened = Reader::open(&self.dir, address.as_deref())
                .and_then(|reader| reader.state().map(|_| reader));
            match opened {
                Err(_) if address.is_some() && since.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                other => return other.map_err(|error| error.to_string()),
            }
        }
    }

    /// Copies everything that says what happened into the folder `name`, and gives it.
    pub(super) fn keep(&self, name: &Path) -> PathBuf {
        for (from, to) in [(&self.dir, "edition"), (&self.keys, "edition.keys")] {
            let _ = copy(from, &name.join(to));
        }
        let _ = copy(&self.history(), &name.join("history"));
        let _ = fs::copy(self.home.join("stderr"), name.join("stderr"));
        name.to_owned()
    }
}

/// Runs a command to its end and gives what it printed; its complaint when it fails.
pub(super) fn said(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name}: {error}."))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let told = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let found = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Err(format!("{name}, {}: {told} {found}", output.status))
}

/// Copies a folder with everything in it.
pub(super) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for item in fs::read_dir(from)? {
        let item = item?;
        let target = to.join(item.file_name());
        if item.file_type()?.is_dir() {
            copy(&item.path(), &target)?;
        } else {
            fs::copy(item.path(), target)?;
        }
    }
    Ok(())
}
