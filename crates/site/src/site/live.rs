//! New settings for a site that is being served: from one answer to the next, with no page of the former ones.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use ovn_press::letterbox::Letterbox;
use ovn_store::{Reader, Settings};

use super::{DISK, Inner, MEMORY, Site};
use crate::cache::Cache;
use crate::counters::Counters;
use crate::needs::Changes;
use crate::serve::Numbers;
use crate::shelf::Shelf;
use crate::tampered::Tampering;
use crate::words::Words;

impl Site {
    /// The same site, whose readers may write letters.
    #[must_use]
    pub fn with_letters(self, letterbox: Option<Letterbox>) -> Self {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(inner) = Arc::get_mut(&mut shown) {
            inner.letterbox = letterbox.map(Arc::new);
        }
        drop(shown);
        self
    }

    /// Takes over what `settings` have of those that may change while a program runs. When this returns, no answer that
    /// begins is made with the former ones, and none of the pages that were kept is given out again: a page that is being
    /// made at this moment goes to whoever asked for it, and into no memory that is asked later.
    pub fn hold(&self, settings: &Settings) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        let mut next = shown.settings.clone();
        next.take_live(settings);
        if next != shown.settings {
            *shown = Arc::new(shown.with(next));
        }
    }
}

impl Inner {
    pub(super) fn new(
        settings: Settings,
        reader: Reader,
        words: Arc<Words>,
        tampering: Option<Arc<Tampering>>,
    ) -> Self {
        let memory = usize::try_from(settings.page_memory.unwrap_or(MEMORY)).unwrap_or(usize::MAX);
        let disk = settings.page_disk.unwrap_or(DISK);
        Self {
            settings,
            reader,
            words,
            tampering,
            letterbox: None,
            counters: Arc::new(Counters::default()),
            numbers: Arc::new(Numbers::default()),
            cache: Cache::new(memory.saturating_mul(1 << 20)),
            generation: AtomicU64::new(0),
            watched: AtomicBool::new(false),
            shelf: Shelf::new(u64::from(disk) << 20),
            changes: Changes::default(),
            ahead: Mutex::new(VecDeque::new()),
            come: Condvar::new(),
            wanted: Mutex::default(),
            tally: Mutex::default(),
        }
    }

    /// The same with other settings and no page. What was counted goes on, and so does the watch over the store, which is
    /// known to have had this generation.
    fn with(&self, settings: Settings) -> Self {
        let (words, tampering) = (Arc::clone(&self.words), self.tampering.clone());
        let watched = self.watched.load(Ordering::Acquire);
        let generation = self.generation.load(Ordering::Acquire);
        Self {
            letterbox: self.letterbox.clone(),
            counters: Arc::clone(&self.counters),
            numbers: Arc::clone(&self.numbers),
            generation: AtomicU64::new(generation),
            watched: AtomicBool::new(watched),
            ..Self::new(settings, self.reader.clone(), words, tampering)
        }
    }
}
