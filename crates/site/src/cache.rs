//! Renderings kept in memory: made once for a state of the store, thrown away when there are too many.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use crate::respond::Entry;

const SHARDS: usize = 16;

type Shard = RwLock<HashMap<Box<str>, Arc<Entry>>>;

/// Entries by canonical address. An entry is right for one generation of the store; a new generation makes all of
/// them be looked at again, and those whose bytes did not change keep their encodings.
#[derive(Debug)]
pub(crate) struct Cache {
    shards: [Shard; SHARDS],
    making: [Mutex<()>; SHARDS],
    hasher: RandomState,
    budget: usize,
    weight: AtomicUsize,
}

impl Cache {
    /// A cache of about `budget` bytes.
    pub(crate) fn new(budget: usize) -> Self {
        let (shards, making) = Default::default();
        Self { shards, making, hasher: RandomState::new(), budget, weight: AtomicUsize::new(0) }
    }

    /// The entry at `key`, if it is right for `generation`.
    pub(crate) fn get(&self, key: &str, generation: u64) -> Option<Arc<Entry>> {
        let entry = self.any(key)?;
        if entry.generation.load(Ordering::Acquire) != generation {
            return None;
        }
        if !entry.used.load(Ordering::Relaxed) {
            entry.used.store(true, Ordering::Relaxed);
        }
        Some(entry)
    }

    /// The entry at `key`, right or not.
    pub(crate) fn any(&self, key: &str) -> Option<Arc<Entry>> {
        let shard = self.shards.get(self.place(key))?;
        let map = shard.read().unwrap_or_else(PoisonError::into_inner);
        map.get(key).cloned()
    }

    /// Held while the page at `key` is made, so that a crowd waits for one rendering instead of making many.
    pub(crate) fn making(&self, key: &str) -> Option<MutexGuard<'_, ()>> {
        let lock = self.making.get(self.place(key))?;
        Some(lock.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps `entry`, unless it alone would take an eighth of the budget.
    pub(crate) fn put(&self, key: &str, entry: Arc<Entry>) {
        let weight = entry.weight();
        if weight > self.budget / 8 {
            return;
        }
        let Some(shard) = self.shards.get(self.place(key)) else { return };
        let mut map = shard.write().unwrap_or_else(PoisonError::into_inner);
        let old = map.insert(key.into(), entry).map_or(0, |old| old.weight());
        drop(map);
        self.weight.fetch_add(weight, Ordering::Relaxed);
        self.weight.fetch_sub(old, Ordering::Relaxed);
        if self.weight.load(Ordering::Relaxed) > self.budget {
            self.evict();
        }
    }

    /// Every entry.
    pub(crate) fn all(&self) -> Vec<Arc<Entry>> {
        let mut all = Vec::new();
        for shard in &self.shards {
            all.extend(shard.read().unwrap_or_else(PoisonError::into_inner).values().cloned());
        }
        all
    }

    /// How many bytes the entries take, about.
    #[cfg(test)]
    pub(crate) fn weight(&self) -> usize {
        self.weight.load(Ordering::Relaxed)
    }

    /// Drops what nobody asked for since the last time, down to three quarters of the budget; on a second pass
    /// everything counts as not asked for.
    fn evict(&self) {
        let goal = self.budget / 4 * 3;
        for _ in 0..2 {
            for shard in &self.shards {
                let mut map = shard.write().unwrap_or_else(PoisonError::into_inner);
                map.retain(|_, entry| {
                    let keep = self.weight.load(Ordering::Relaxed) <= goal
                        || entry.used.swap(false, Ordering::Relaxed);
                    if !keep {
                        self.weight.fetch_sub(entry.weight(), Ordering::Relaxed);
                    }
                    keep
                });
            }
        }
    }

    fn place(&self, key: &str) -> usize {
        usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::respond::Page;

    fn entry(bytes: usize, generation: u64) -> Arc<Entry> {
        let page = Page::data("application/octet-stream", vec![0; bytes]);
        Arc::new(Entry::new(page, false, generation))
    }

    #[test]
    fn an_entry_is_right_for_one_generation() {
        let cache = Cache::new(1 << 20);
        cache.put("/", entry(10, 7));
        assert!(cache.get("/", 7).is_some());
        assert!(cache.get("/", 8).is_none());
        assert!(cache.any("/").is_some());
        assert!(cache.get("/other", 7).is_none());
    }

    #[test]
    fn memory_is_bounded_and_what_is_read_stays() {
        let cache = Cache::new(1 << 20);
        cache.put("/read", entry(1000, 1));
        for number in 0..10_000 {
            cache.put(&format!("/{number}"), entry(1000, 1));
            assert!(cache.weight() <= 1 << 20);
            assert!(cache.get("/read", 1).is_some(), "{number}");
        }
        cache.put("/big", entry(1 << 20, 1));
        assert!(cache.any("/big").is_none());
    }

    #[test]
    fn replacing_does_not_count_twice() {
        let cache = Cache::new(1 << 20);
        (0..1000).for_each(|generation| cache.put("/", entry(1000, generation)));
        assert_eq!(cache.weight(), entry(1000, 0).weight());
    }
}
