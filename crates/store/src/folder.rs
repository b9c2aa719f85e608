//! A folder of files with strict relative names: a record, a mirror, a static site.

use crate::write::{self, Lasts};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Component, Path, PathBuf},
};

/// A folder that is read and written by slash-separated relative paths only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at `root`, which need not exist yet.
    #[must_use]
    pub fn at(root: impl AsRef<Path>) -> Self {
        Self { root: root.as_ref().to_owned() }
    }

    /// Where it is.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The bytes at `path`; `None` when there is no such file.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or the path leaves the folder.
    pub fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.inside(path)?) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The same, at most `limit` bytes of a plain file: what a stranger's folder holds may be longer, or a device that
    /// never ends.
    ///
    /// # Errors
    /// As [`Folder::read`]; also when it is longer or no plain file.
    pub fn read_within(&self, path: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let whole = self.inside(path)?;
        match fs::metadata(&whole) {
            Ok(found) if found.is_file() => read_file(&whole, limit).map(Some),
            Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no plain file")),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(None),
                _ => Err(error),
            },
        }
    }

    /// Length and SHA-256 of the file at `path`, read in small parts; `None` when there is no such file.
    ///
    /// # Errors
    /// As [`Folder::read`].
    pub fn digest(&self, path: &str) -> io::Result<Option<(u64, [u8; 32])>> {
        let mut file = match File::open(self.inside(path)?) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let (mut hash, mut length, mut part) = (Sha256::new(), 0, vec![0; 1 << 16]);
        loop {
            let count = file.read(&mut part)?;
            if count == 0 {
                return Ok(Some((length, hash.finalize().into())));
            }
            hash.update(part.get(..count).unwrap_or_default());
            length += count as u64;
        }
    }

    /// Writes `bytes` at `path` so that a reader, or a power cut, finds the old bytes or the new ones whole: a new file,
    /// flushed, renamed over the old one, and the folder flushed.
    ///
    /// # Errors
    /// When any step fails; the old bytes are then still there, or the new ones already.
    pub fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(path, bytes, Lasts::Now)
    }

    /// The same without any sync: a power cut may leave a file empty. For copies that can be made again.
    ///
    /// # Errors
    /// As [`Folder::replace`].
    pub fn copy_in(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(path, bytes, Lasts::Later)
    }

    fn put(&self, path: &str, bytes: &[u8], lasts: Lasts) -> io::Result<()> {
        let path = self.inside(path)?;
        let parent = path.parent().unwrap_or(&self.root);
        match lasts {
            Lasts::Now => write::make_folder(parent)?,
            Lasts::Later => fs::create_dir_all(parent)?,
        }
        write::replace(&path, bytes, parent, lasts)
    }

    /// Takes the file at `path` away; one that is not there is none.
    ///
    /// # Errors
    /// When it stays.
    pub fn remove(&self, path: &str) -> io::Result<()> {
        match fs::remove_file(self.inside(path)?) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    /// Length in bytes of the file at `path`, and when it was written last, in ms since 1970; `None` when there is none.
    ///
    /// # Errors
    /// When the file is there and can't be asked.
    pub fn written(&self, path: &str) -> io::Result<Option<(u64, u64)>> {
        let Some(found) = there(fs::metadata(self.inside(path)?))? else { return Ok(None) };
        let since = found.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Ok(Some((found.len(), u64::try_from(since.as_millis()).unwrap_or(u64::MAX))))
    }

    /// Every file below `path`, as relative paths in order. A folder inside it that goes while it is looked at, as
    /// those in which a seal is prepared do, has no files.
    ///
    /// # Errors
    /// When a folder cannot be listed, or there is none at `path`.
    pub fn list(&self, path: &str) -> io::Result<Vec<String>> {
        let mut out = Vec::new();
        let top = if path.is_empty() { self.root.clone() } else { self.inside(path)? };
        let mut left = vec![top.clone()];
        while let Some(folder) = left.pop() {
            let items = fs::read_dir(&folder);
            let items = if folder == top { Some(items?) } else { there(items)? };
            for item in items.into_iter().flatten() {
                let item = item?;
                // Some file systems have to look at the file itself to tell, which may be gone.
                let Some(kind) = there(item.file_type())? else { continue };
                if kind.is_dir() {
                    left.push(item.path());
                } else if let Ok(inside) = item.path().strip_prefix(&self.root) {
                    out.push(inside.to_string_lossy().into_owned());
                }
            }
        }
        out.sort();
        Ok(out)
    }

    pub(crate) fn inside(&self, path: &str) -> io::Result<PathBuf> {
        let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || path.is_empty() || path.contains('\0') {
            let why = format!("{path:?} is not a path inside the folder");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        Ok(self.root.join(path))
    }
}

/// `None` for what is not there any more.
fn there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

/// What the file, or whatever can be read at `path`, holds; at most `limit` bytes are read.
///
/// # Errors
/// When it cannot be read or is longer.
pub fn read_file(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let why = format!("it is longer than {limit} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_written_is_read_and_listed() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path());
        assert_eq!(folder.read("a/b").unwrap(), None);
        folder.replace("a/b", b"1").unwrap();
        folder.replace("a/b", b"2").unwrap();
        folder.copy_in("c", b"1").unwrap();
        folder.copy_in("c", b"").unwrap();
        assert_eq!(folder.read("a/b").unwrap().unwrap(), b"2");
        assert_eq!(folder.list("").unwrap(), ["a/b", "c"]);
        assert_eq!(folder.read("c/d").unwrap(), None);
    }

    #[test]
    fn what_has_no_end_is_not_read_to_its_end() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path());
        folder.replace("ten", b"0123456789").unwrap();
        assert_eq!(folder.read_within("ten", 10).unwrap().unwrap().len(), 10);
        assert_eq!(folder.read_within("none", 10).unwrap(), None);
        assert_eq!(folder.read_within("ten/none", 10).unwrap(), None);
        let why = folder.read_within("ten", 9).unwrap_err().to_string();
        assert!(why.contains("longer than 9 bytes"), "{why}");
        std::os::unix::fs::symlink("/dev/zero", home.path().join("zero")).unwrap();
        let why = folder.read_within("zero", 9).unwrap_err().to_string();
        assert!(why.contains("no plain file"), "{why}");
        assert!(read_file(Path::new("/dev/zero"), 1 << 20).is_err());
    }

    #[test]
    fn no_path_leaves_the_folder() {
        let folder = Folder::at("/nowhere");
        for path in ["", "../x", "/etc/passwd", "a/../../x", ".", "a\0b"] {
            assert!(folder.read(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn folders_that_go_while_they_are_listed_have_no_files() {
        let home = tempfile::tempdir().unwrap();
        let folder = Folder::at(home.path());
        folder.replace("stays/file", b"x").unwrap();
        std::thread::scope(|scope| {
            let comes_and_goes = scope.spawn(|| {
                for _ in 0..2000 {
                    fs::create_dir_all(home.path().join("goes/deep/down")).unwrap();
                    fs::remove_dir_all(home.path().join("goes")).unwrap();
                }
            });
            while !comes_and_goes.is_finished() {
                let found = folder.list("").unwrap();
                assert!(found.contains(&"stays/file".to_owned()), "{found:?}");
            }
        });
        assert!(folder.list("never").is_err());
    }
}
