//! Renderings kept in memory: bounded by bytes, each made once for what it shows, thrown away when nobody asks.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockWriteGuard};

use crate::respond::Entry;

/// Parts of the map with a lock each.
const SHARDS: usize = 16;
/// Locks under which pages are made; two pages share one seldom.
const MAKERS: usize = 512;

type Map = HashMap<Box<str>, Arc<Entry>>;

/// Entries by canonical address.
#[derive(Debug)]
pub(crate) struct Cache {
    shards: [RwLock<Map>; SHARDS],
    making: Box<[Mutex<()>]>,
    hasher: RandomState,
    budget: usize,
    weight: AtomicUsize,
    /// The part of the map where eviction goes on.
    hand: AtomicUsize,
}

impl Cache {
    /// A cache of about `budget` bytes; of 0 it keeps nothing.
    pub(crate) fn new(budget: usize) -> Self {
        let making = std::iter::repeat_with(Mutex::default).take(MAKERS).collect();
        let (shards, hasher, weight, hand) = Default::default();
        Self { shards, making, hasher, budget, weight, hand }
    }

    /// The entry at `key`, whatever it is right for.
    pub(crate) fn get(&self, key: &str) -> Option<Arc<Entry>> {
        let shard = self.shards.get(self.place(key, SHARDS))?;
        let map = shard.read().unwrap_or_else(PoisonError::into_inner);
        map.get(key).cloned()
    }

    /// Held while the page at `key` is made, so that a crowd waits for one rendering instead of making many.
    pub(crate) fn making(&self, key: &str) -> Option<MutexGuard<'_, ()>> {
        let lock = self.making.get(self.place(key, MAKERS))?;
        Some(lock.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps `entry`, unless it alone would take an eighth of the budget; what has to go for it.
    pub(crate) fn put(&self, key: &str, entry: Arc<Entry>) -> Vec<(Box<str>, Arc<Entry>)> {
        if entry.weight() > self.budget / 8 {
            return Vec::new();
        }
        if let Some(mut map) = self.shard(key) {
            self.insert(&mut map, key, entry);
        }
        if self.weight.load(Ordering::Relaxed) > self.budget { self.evict() } else { Vec::new() }
    }

    /// Puts `new` in the place of `old`, unless another one has come meanwhile.
    pub(crate) fn replace(&self, key: &str, old: &Arc<Entry>, new: Arc<Entry>) {
        let Some(mut map) = self.shard(key) else { return };
        if map.get(key).is_some_and(|there| Arc::ptr_eq(there, old)) {
            self.insert(&mut map, key, new);
        }
    }

    /// The addresses of all entries.
    pub(crate) fn keys(&self) -> Vec<Box<str>> {
        let mut all = Vec::new();
        for shard in &self.shards {
            all.extend(shard.read().unwrap_or_else(PoisonError::into_inner).keys().cloned());
        }
        all
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        let count =
            |shard: &RwLock<Map>| shard.read().unwrap_or_else(PoisonError::into_inner).len();
        self.shards.iter().map(count).sum()
    }

    /// How many bytes the entries take, about.
    pub(crate) fn weight(&self) -> usize {
        self.weight.load(Ordering::Relaxed)
    }

    fn insert(&self, map: &mut Map, key: &str, entry: Arc<Entry>) {
        self.weight.fetch_add(entry.weight(), Ordering::Relaxed);
        if let Some(old) = map.insert(key.into(), entry) {
            self.weight.fetch_sub(old.weight(), Ordering::Relaxed);
        }
    }

    /// Takes out what nobody asked for since the last time, down to a little below the budget; on a second round
    /// everything counts as not asked for. Each time goes on with the part where the last one ended.
    fn evict(&self) -> Vec<(Box<str>, Arc<Entry>)> {
        let goal = self.budget / 32 * 31;
        let mut gone = Vec::new();
        for _ in 0..2 * SHARDS {
            if self.weight.load(Ordering::Relaxed) <= goal {
                break;
            }
            let place = self.hand.load(Ordering::Relaxed) % SHARDS;
            let Some(shard) = self.shards.get(place) else { break };
            let mut map = shard.write().unwrap_or_else(PoisonError::into_inner);
            gone.extend(map.extract_if(|_, entry| {
                let goes = self.weight.load(Ordering::Relaxed) > goal
                    && !entry.used.swap(false, Ordering::Relaxed);
                if goes {
                    self.weight.fetch_sub(entry.weight(), Ordering::Relaxed);
                }
                goes
            }));
            drop(map);
            if self.weight.load(Ordering::Relaxed) > goal {
                self.hand.store(place + 1, Ordering::Relaxed);
            }
        }
        gone
    }

    fn shard(&self, key: &str) -> Option<RwLockWriteGuard<'_, Map>> {
        let shard = self.shards.get(self.place(key, SHARDS))?;
        Some(shard.write().unwrap_or_else(PoisonError::into_inner))
    }

    fn place(&self, key: &str, of: usize) -> usize {
        usize::try_from(self.hasher.hash_one(key) % of as u64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::respond::Page;

    fn entry(bytes: usize) -> Arc<Entry> {
        let page = Page::data("application/octet-stream", vec![0; bytes]);
        Arc::new(Entry::new(page, false, 1))
    }

    #[test]
    fn memory_is_bounded_and_what_is_read_stays() {
        let cache = Cache::new(1 << 20);
        cache.put("/read", entry(1000));
        let mut gone = 0;
        for number in 0..10_000 {
            gone += cache.put(&format!("/{number}"), entry(1000)).len();
            assert!(cache.weight() <= 1 << 20);
            let read = cache.get("/read");
            read.unwrap_or_else(|| unreachable!("{number}")).used.store(true, Ordering::Relaxed);
        }
        cache.put("/big", entry(1 << 20));
        assert!(cache.get("/big").is_none());
        assert!(cache.keys().len() > 100);
        assert_eq!(cache.keys().len() + gone, 10_001);
    }

    #[test]
    fn replacing_does_not_count_twice() {
        let cache = Cache::new(1 << 20);
        (0..1000).for_each(|_| drop(cache.put("/", entry(1000))));
        assert_eq!(cache.weight(), entry(0).weight() + 1000);
        let (old, other, new) = (cache.get("/").unwrap(), entry(10), entry(20));
        cache.replace("/", &other, Arc::clone(&new));
        assert!(Arc::ptr_eq(&cache.get("/").unwrap(), &old));
        cache.replace("/", &old, Arc::clone(&new));
        assert!(Arc::ptr_eq(&cache.get("/").unwrap(), &new));
        assert_eq!(cache.weight(), new.weight());
    }

    #[test]
    fn a_cache_of_nothing_keeps_nothing() {
        let cache = Cache::new(0);
        cache.put("/", entry(1));
        assert!(cache.get("/").is_none());
        assert_eq!(cache.weight(), 0);
    }
}
