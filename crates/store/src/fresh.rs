//! A folder that comes into being whole or not at all: a backup, a restored edition, a rebuilt database.
//!
//! Everything is written into a hidden sibling, flushed by many threads at once, and renamed into its place. Whoever
//! looks at the place sees nothing, or all of it.

use crate::Error;
use crate::files::{make_folder, sync_folder};
use crate::folder::Folder;
use crate::write::together;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A folder on its way to its place; what is not finished is deleted when it is dropped.
#[derive(Debug)]
pub struct Fresh {
    place: PathBuf,
    aside: PathBuf,
    done: bool,
}

impl Fresh {
    /// Begins a folder that will stand at `place`, where there is nothing yet, or an empty folder.
    ///
    /// # Errors
    /// [`Error::Taken`] when something is there; [`Error::File`].
    pub fn begin(place: &Path) -> Result<Self, Error> {
        let fail = |error| Error::File { path: place.to_owned(), error };
        match fs::read_dir(place) {
            Ok(mut items) => {
                if items.next().is_some() {
                    return Err(Error::Taken(place.to_owned()));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(Error::Taken(place.to_owned()));
            }
            Err(error) => return Err(fail(error)),
        }
        // A relative name of one part has no parent to put the sibling into.
        let place = std::path::absolute(place).map_err(fail)?;
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let aside = place.with_file_name(format!(".{name}.{}.new", std::process::id()));
        if let Some(above) = place.parent() {
            make_folder(above)?;
        }
        match fs::remove_dir_all(&aside) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(fail(error)),
            _ => make_folder(&aside)?,
        }
        Ok(Self { place, aside, done: false })
    }

    /// Where it is written until it is finished.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.aside
    }

    /// The same, for reading and writing by relative paths.
    #[must_use]
    pub fn folder(&self) -> Folder {
        Folder::at(&self.aside)
    }

    /// Writes a file; it lasts once the folder is finished.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Path`] when `path` leaves the folder.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let whole = self.inside(path)?;
        fs::write(&whole, bytes).map_err(|error| Error::File { path: whole, error })
    }

    /// Writes a file that only its owner may read, in folders that only their owner may enter.
    ///
    /// # Errors
    /// As [`Fresh::write`].
    pub fn write_private(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        use std::io::Write as _;
        let whole = self.inside(path)?;
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
            options.mode(0o600);
            if let Some(above) = whole.parent() {
                let only = fs::Permissions::from_mode(0o700);
                let set = fs::set_permissions(above, only);
                set.map_err(|error| Error::File { path: above.to_owned(), error })?;
            }
        }
        let written = options.open(&whole).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| Error::File { path: whole, error })
    }

    /// Lets nobody but its owner into a file or folder that was written.
    ///
    /// # Errors
    /// As [`Fresh::write`].
    pub fn close(&self, path: &str) -> Result<(), Error> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let whole = self.inside(path)?;
            let mode = if whole.is_dir() { 0o700 } else { 0o600 };
            let set = fs::set_permissions(&whole, fs::Permissions::from_mode(mode));
            set.map_err(|error| Error::File { path: whole, error })?;
        }
        Ok(())
    }

    /// Copies the file at `other`, of any length.
    ///
    /// # Errors
    /// As [`Fresh::write`].
    pub fn copy(&self, path: &str, other: &Path) -> Result<(), Error> {
        let copied = fs::copy(other, self.inside(path)?);
        copied.map(|_| ()).map_err(|error| Error::File { path: other.to_owned(), error })
    }

    /// Makes `path` the same file as the one at `other`, which nobody changes; false when the file system can't.
    ///
    /// # Errors
    /// As [`Fresh::write`].
    pub fn link(&self, path: &str, other: &Path) -> Result<bool, Error> {
        Ok(fs::hard_link(other, self.inside(path)?).is_ok())
    }

    /// Makes everything last and puts it in its place.
    ///
    /// # Errors
    /// [`Error::File`]; nothing stands at the place then.
    pub fn finish(mut self) -> Result<(), Error> {
        let (mut files, mut folders) = (Vec::new(), vec![self.aside.clone()]);
        let mut next = 0;
        while let Some(folder) = folders.get(next).cloned() {
            let fail = |error| Error::File { path: folder.clone(), error };
            for item in fs::read_dir(&folder).map_err(fail)? {
                let item = item.map_err(fail)?;
                let kind = item.file_type().map_err(fail)?;
                if kind.is_dir() { folders.push(item.path()) } else { files.push(item.path()) }
            }
            next += 1;
        }
        together(&files, sync)?;
        folders.iter().rev().try_for_each(|folder| sync_folder(folder))?;
        let fail = |error| Error::File { path: self.place.clone(), error };
        match fs::remove_dir(&self.place) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(fail(error)),
            _ => fs::rename(&self.aside, &self.place).map_err(fail)?,
        }
        self.done = true;
        self.place.parent().map_or(Ok(()), sync_folder)
    }

    fn inside(&self, path: &str) -> Result<PathBuf, Error> {
        let whole = self.folder().inside(path).map_err(|_| Error::Path(path.to_owned()))?;
        whole.parent().map_or(Ok(()), |above| {
            fs::create_dir_all(above).map_err(|error| Error::File { path: above.to_owned(), error })
        })?;
        Ok(whole)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_dir_all(&self.aside);
        }
    }
}

fn sync(path: &PathBuf) -> Result<(), Error> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|error| Error::File { path: path.clone(), error })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn it_is_there_whole_or_not_at_all() {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("a/b");
        let fresh = Fresh::begin(&place).unwrap();
        fresh.write("x/y", b"1").unwrap();
        assert!(!place.exists());
        drop(fresh);
        assert_eq!(Folder::at(home.path()).list("").unwrap(), Vec::<String>::new());
        let fresh = Fresh::begin(&place).unwrap();
        fresh.write("x/y", b"2").unwrap();
        assert!(fresh.write("../z", b"").is_err());
        fresh.finish().unwrap();
        assert_eq!(Folder::at(home.path()).list("").unwrap(), ["a/b/x/y"]);
        assert!(matches!(Fresh::begin(&place), Err(Error::Taken(_))));
        assert!(matches!(Fresh::begin(&place.join("x/y")), Err(Error::Taken(_))));
        assert_eq!(Folder::at(&place).read("x/y").unwrap().unwrap(), b"2");
    }

    #[test]
    fn an_empty_folder_may_be_there_already() {
        let home = tempfile::tempdir().unwrap();
        let fresh = Fresh::begin(home.path()).unwrap();
        fresh.write("x", b"1").unwrap();
        fresh.finish().unwrap();
        assert_eq!(Folder::at(home.path()).list("").unwrap(), ["x"]);
    }
}
