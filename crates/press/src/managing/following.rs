//! `ovn.toml` followed while the program runs: what somebody changed by hand, or on another node, is taken up too.

use crate::people::Env;
use ovn_store::Settings;
use ovn_store::settings::Written;
use std::path::{Path, PathBuf};

/// What is known of the file.
pub struct Following {
    dir: PathBuf,
    env: Env,
    seen: Option<[u8; 32]>,
}

impl std::fmt::Debug for Following {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Following").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Following {
    /// Begins with the file in `dir` as it is now.
    #[must_use]
    pub fn start(dir: &Path, env: Env) -> Self {
        let seen = Written::read(dir).ok().map(|written| written.hash);
        Self { dir: dir.to_owned(), env, seen }
    }

    /// The settings, if the file is another than the last time. One that is wrong is told once and passed over: what was
    /// good before goes on.
    pub fn changed(&mut self) -> Option<Settings> {
        let told = |error: &dyn std::fmt::Display| {
            tracing::error!(%error, "ovn.toml was changed and can't be used; the settings before it go on");
        };
        let written = match Written::read(&self.dir) {
            Ok(written) => written,
            Err(error) => {
                if self.seen.take().is_some() {
                    told(&error);
                }
                return None;
            }
        };
        if self.seen.replace(written.hash) == Some(written.hash) {
            return None;
        }
        Settings::of(&written.text, &*self.env).map_err(|error| told(&error)).ok()
    }
}
