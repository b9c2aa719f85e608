//! The edition's keys: the log's seed, the next key and the recovery key, each a file that only its owner may read.
//!
//! The genesis entry commits to the hashes of the next and the recovery key, so that a change of keys can be checked
//! against a promise made on the first day.

use crate::seal::Chance;
use ovn_edition::{commit, hex};
use ovn_tlog::{Signer, VerifierKey};
use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// The names of the three seeds.
const FILES: [&str; 3] = ["log.key", "next.key", "recovery.key"];

/// Why keys cannot be made or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeysError {
    /// There is no key.
    #[error(
        "{0} is missing: this folder is a copy without its keys, or was never set up; it can be read and served, not \
         sealed"
    )]
    Missing(PathBuf),
    /// Keys are there already.
    #[error("{0} exists: keys are never overwritten; move the folder away if it is to begin anew")]
    Exists(PathBuf),
    /// Others may read it.
    #[error("{path} can be read by other users (mode {mode:o}): run chmod 600 on it")]
    Open {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// It is no seed.
    #[error("{0} is not a key: it holds 64 lowercase hexadecimal digits and a line end")]
    Form(PathBuf),
    /// The system refused.
    #[error("{path}: {sentence}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        sentence: String,
    },
    /// No chance to be had.
    #[error("the system gives no randomness: {0}")]
    Chance(String),
    /// The origin cannot name a key.
    #[error("the origin cannot name a key: {0}")]
    Origin(String),
}

/// The log's key as `bytes`, the record's own file `vkey`, state it; a sentence when they state none.
pub(crate) fn stated(bytes: Option<&[u8]>) -> Result<VerifierKey, String> {
    let bytes = bytes.ok_or("record/vkey is missing")?;
    String::from_utf8_lossy(bytes).trim().parse().map_err(|error| format!("record/vkey: {error}"))
}

/// The key that signs, and the hashes that the genesis entry commits to.
#[derive(Debug, Clone)]
pub struct Keys {
    /// Signs checkpoints.
    pub signer: Signer,
    /// SHA-256 of the next key's 32 public bytes.
    pub next: [u8; 32],
    /// SHA-256 of the recovery key's 32 public bytes.
    pub recovery: [u8; 32],
}

impl Keys {
    /// Makes the three keys in the folder `keys` for the log `origin`, and the hashes beside them, so that `next.key`
    /// and above all `recovery.key` can be taken off the machine.
    ///
    /// # Errors
    /// [`KeysError::Exists`] when any of them is there; [`KeysError`].
    pub fn generate(keys: &Path, origin: &str, chance: &Chance) -> Result<Self, KeysError> {
        make_folder(keys)?;
        if let Some(path) = FILES.iter().map(|name| keys.join(name)).find(|path| path.exists()) {
            return Err(KeysError::Exists(path));
        }
        for name in FILES {
            let mut seed = [0; 32];
            chance(&mut seed).map_err(KeysError::Chance)?;
            let hash = public_hash(origin, &seed)?;
            write(&keys.join(name), &seed)?;
            write(&keys.join(format!("{name}.sha256")), &hash)?;
        }
        Self::read(keys, origin)
    }

    /// Reads the log's key, and the hashes of the other two, which need not be there.
    ///
    /// # Errors
    /// [`KeysError::Open`] when others may read the key; [`KeysError`].
    pub fn read(keys: &Path, origin: &str) -> Result<Self, KeysError> {
        let seed = read(&keys.join("log.key"))?;
        let signer = Signer::from_seed(origin, &seed).map_err(origin_error)?;
        let next = read(&keys.join("next.key.sha256"))?;
        let recovery = read(&keys.join("recovery.key.sha256"))?;
        Ok(Self { signer, next, recovery })
    }

    /// The key that checks what is signed.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        self.signer.verifier()
    }
}

fn origin_error(error: ovn_tlog::KeyError) -> KeysError {
    KeysError::Origin(error.to_string())
}

fn public_hash(origin: &str, seed: &[u8; 32]) -> Result<[u8; 32], KeysError> {
    let signer = Signer::from_seed(origin, seed).map_err(origin_error)?;
    Ok(commit::sha256(signer.verifier().public()))
}

fn fail(path: &Path) -> impl Fn(std::io::Error) -> KeysError {
    let path = path.to_owned();
    move |error| match error.kind() {
        ErrorKind::NotFound => KeysError::Missing(path.clone()),
        ErrorKind::AlreadyExists => KeysError::Exists(path.clone()),
        _ => KeysError::File { path: path.clone(), sentence: error.to_string() },
    }
}

fn make_folder(keys: &Path) -> Result<(), KeysError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(keys).map_err(fail(keys))
}

fn write(path: &Path, bytes: &[u8; 32]) -> Result<(), KeysError> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(fail(path))?;
    let text = format!("{}\n", hex::encode(bytes));
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(fail(path))?;
    let folder = path.parent().unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(fail(folder))
}

fn read(path: &Path) -> Result<[u8; 32], KeysError> {
    let file = File::open(path).map_err(fail(path))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = file.metadata().map_err(fail(path))?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeysError::Open { path: path.to_owned(), mode });
        }
    }
    let mut text = String::new();
    let form = |_| KeysError::Form(path.to_owned());
    file.take(100).read_to_string(&mut text).map_err(form)?;
    let digits = text.strip_suffix('\n').unwrap_or(&text);
    hex::decode(digits).ok_or_else(|| KeysError::Form(path.to_owned()))
}
