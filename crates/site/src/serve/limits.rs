//! What one server takes on, by its edition's settings and by what the process may open.

use std::time::Duration;

use crate::site::Site;

/// What one server takes on before it says 503 or hangs up.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once; one more is told 503 with `Retry-After` and closed.
    pub connections: usize,
    /// Pages in the making at once.
    pub renderings: usize,
    /// Searches at once, which cost the most and whose answers nobody else shares.
    pub searches: usize,
    /// How long a page may wait to be made before it is answered 503.
    pub wait: Duration,
    /// How long a client may take to send a request's head, and how long a kept connection may be idle.
    pub head: Duration,
    /// How long a client may take nothing of an answer.
    pub patience: Duration,
    /// How long the answers under way may take when the server stops.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = cores();
        Self {
            connections: CONNECTIONS,
            renderings: (cores * 4).max(16),
            searches: cores.max(2),
            wait: Duration::from_secs(1),
            head: Duration::from_secs(15),
            patience: Duration::from_secs(60),
            stop: Duration::from_secs(10),
        }
    }
}

/// Connections at once where the settings do not say.
const CONNECTIONS: usize = 12_000;
/// Open files that are left for the store and for everything else.
const OTHER_FILES: usize = 256;

/// Cores that this process may use.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What is asked for, but never more than the process may open: a connection beyond that could not even be told so.
fn connections(wanted: usize) -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let Some(files) = open_files(&limits) else { return wanted };
    let most = files.saturating_sub(OTHER_FILES).max(16);
    if wanted > most {
        tracing::warn!(wanted, most, "fewer connections than asked for: the limit of open files");
    }
    wanted.min(most)
}

/// The soft limit of open files in what Linux says of a process.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The limits that the edition's settings and the process allow.
pub(super) fn configured(site: &Site) -> Limits {
    let wanted = site.now().settings.connections.and_then(|count| usize::try_from(count).ok());
    Limits { connections: connections(wanted.unwrap_or(CONNECTIONS)), ..Limits::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_of_open_files_is_read() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
            Max processes             95000                95000                processes\n\
            Max open files            1024                 524288               files\n";
        assert_eq!(open_files(limits), Some(1024));
        assert_eq!(open_files("Max open files            unlimited  unlimited  files\n"), None);
        assert_eq!(open_files(""), None);
    }
}
