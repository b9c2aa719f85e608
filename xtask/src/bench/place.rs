//! Where a benchmark keeps its editions: a folder on the disk that is measured, gone when it ends.

use std::path::{Path, PathBuf};

/// A new folder that is removed with everything in it when this is dropped.
#[derive(Debug)]
pub struct Place(PathBuf);

impl Place {
    /// A folder of its own under `home`, or under `target/bench` when none is named.
    ///
    /// # Errors
    /// A sentence when it can't be made.
    pub fn new(home: Option<&str>, what: &str) -> Result<Self, String> {
        let home = home.map_or_else(|| PathBuf::from("target/bench"), PathBuf::from);
        let path = home.join(format!("{what}-{}", std::process::id()));
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        // Other programs take a relative path from a folder of their own.
        let path = std::path::absolute(&path).map_err(failed)?;
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self(path))
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{} is left: {error}", self.0.display());
        }
    }
}

/// What the figures were measured on, in one line.
#[must_use]
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown");
    let model = model.trim_start_matches([' ', '\t', ':']).trim();
    let kernel = read("/proc/sys/kernel/osrelease");
    let build = if cfg!(debug_assertions) { "debug build" } else { "release build" };
    format!("{cores} cores, {model}, Linux {}, {build}", kernel.trim())
}
