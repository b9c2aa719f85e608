//! Which files `ovn desk` reads: named ones, standard input, and the articles in a folder.

use crate::command::{LONGEST, read};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A text to look at.
pub(super) struct Source {
    /// What it is called in what is printed.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// The folder it lies in; `None` for standard input.
    pub(super) folder: Option<PathBuf>,
}

/// The sources, and a sentence for each that could not be read.
///
/// In a folder, Markdown files that begin with a metadata block are articles; other files are passed over.
pub(super) fn gather(names: &[PathBuf]) -> (Vec<Source>, Vec<String>) {
    let (mut sources, mut refused) = (Vec::new(), Vec::new());
    for name in names {
        if name.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let read = std::io::stdin().take(LONGEST).read_to_end(&mut bytes);
            match read {
                Ok(_) => {
                    sources.push(Source { name: "standard input".into(), bytes, folder: None })
                }
                Err(error) => refused.push(format!("standard input: {error}")),
            }
        } else if name.is_dir() {
            folder(name, &mut sources, &mut refused);
        } else {
            match read(name) {
                Ok(bytes) => sources.push(source(name, bytes)),
                Err(error) => refused.push(format!(
                    "{}: {error}; check the path and its permissions",
                    name.display()
                )),
            }
        }
    }
    (sources, refused)
}

fn source(path: &Path, bytes: Vec<u8>) -> Source {
    let folder = path.parent().map(Path::to_owned);
    Source { name: path.display().to_string(), bytes, folder }
}

fn folder(dir: &Path, sources: &mut Vec<Source>, refused: &mut Vec<String>) {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            refused.push(format!("{}: {error}", dir.display()));
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|one| one.path()).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        // A link could lead round in a ring.
        if hidden || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            folder(&path, sources, refused);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            match read(&path) {
                Ok(bytes) if is_article(&bytes) => sources.push(source(&path, bytes)),
                Ok(_) => {}
                Err(error) => refused.push(format!("{}: {error}", path.display())),
            }
        }
    }
}

/// Whether a file in a folder is meant as an article: it begins with a metadata block.
fn is_article(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.starts_with(b"---\n") || bytes.starts_with(b"---\r\n")
}

/// The nearest `desk.toml` in `folder` or above it.
pub(super) fn nearest_house(folder: Option<&Path>) -> Option<PathBuf> {
    let start = std::path::absolute(folder.unwrap_or(Path::new("."))).ok()?;
    start.ancestors().map(|dir| dir.join("desk.toml")).find(|path| path.is_file())
}
