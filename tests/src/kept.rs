//! What stands in the files of a folder.

use std::path::{Path, PathBuf};

/// The first file below `dir` in which these words stand; files whose names begin with `except` are not looked at.
///
/// # Panics
/// When something can't be read.
#[must_use]
#[allow(clippy::unwrap_used)]
pub fn holds(dir: &Path, except: &str, words: &str) -> Option<PathBuf> {
    let mut left = vec![dir.to_owned()];
    while let Some(folder) = left.pop() {
        for item in std::fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else if !path.file_name().unwrap().to_string_lossy().starts_with(except) {
                let bytes = std::fs::read(&path).unwrap();
                if bytes.windows(words.len()).any(|part| part == words.as_bytes()) {
                    return Some(path);
                }
            }
        }
    }
    None
}
