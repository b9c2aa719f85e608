//! Whether results stay right while publishing goes on: each answer is compared with a plain scan of the articles that were
//! published when it was given.

use super::asked::{Mix, words};
use super::{Home, database};
use crate::bench::generate::{Generator, room};
use ovn_edition::fold::{self, Term};
use ovn_store::Reader;
use std::sync::atomic::{AtomicU64, Ordering};

/// Articles, and how many are published together.
const ARTICLES: u64 = 3_000;
const BATCH: usize = 60;

/// What is asked while articles are published, and how far the publishing is.
struct Judge {
    reader: Reader,
    /// The folded words of each article.
    texts: Vec<Vec<String>>,
    queries: Vec<String>,
    begun: AtomicU64,
    done: AtomicU64,
    asked: AtomicU64,
    during: AtomicU64,
}

/// Publishes and asks at the same time; says whether every answer was right.
pub(super) fn run(engine: &str) -> Result<bool, String> {
    let home = Home::new(None);
    let room = room(&home.edition(), database(engine)?.as_deref())?;
    let generator = Generator::new(2);
    let mix = Mix::of(&generator, ARTICLES);
    let judge = Judge {
        reader: room.reader().clone(),
        texts: (0..ARTICLES).map(|number| words(&generator, number)).collect(),
        queries: mix.classes.into_iter().flat_map(|class| class.queries).collect(),
        begun: AtomicU64::new(0),
        done: AtomicU64::new(0),
        asked: AtomicU64::new(0),
        during: AtomicU64::new(0),
    };
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| judge.ask());
        for next in (0..ARTICLES).step_by(BATCH) {
            let end = next + BATCH as u64;
            judge.begun.store(end, Ordering::SeqCst);
            generator.publish(&room, next..end, &mut |_| ())?;
            judge.done.store(end, Ordering::SeqCst);
            if asking.is_finished() {
                break;
            }
        }
        asking.join().map_err(|_| "the judge fell".to_owned())?
    })?;
    println!(
        "Search, {engine}: {} answers while {ARTICLES} articles were published, {} of them during a seal: each is what a plain \
         scan finds.",
        judge.asked.into_inner(),
        judge.during.into_inner()
    );
    Ok(true)
}

impl Judge {
    /// Asks until everything is published, and everything once more after that.
    fn ask(&self) -> Result<(), String> {
        loop {
            let last = self.done.load(Ordering::SeqCst) == ARTICLES;
            self.queries.iter().try_for_each(|query| self.check(query))?;
            if last {
                return Ok(());
            }
        }
    }

    fn check(&self, query: &str) -> Result<(), String> {
        let terms = fold::query(query);
        let before = self.done.load(Ordering::SeqCst);
        let found = self.reader.search(&terms, None, 0, 40);
        let after = self.begun.load(Ordering::SeqCst);
        let (total, hits) = found.map_err(|error| error.to_string())?;
        let shown = hits.len() as u64;
        // A batch is seen whole or not at all.
        let scanned: Vec<u64> =
            (before..=after).step_by(BATCH).map(|size| scan(&self.texts, &terms, size)).collect();
        if !scanned.contains(&total) || shown != total.min(40) {
            return Err(format!("{query}: {total} found, {shown} shown, a scan finds {scanned:?}"));
        }
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.during.fetch_add(u64::from(after > before), Ordering::SeqCst);
        Ok(())
    }
}

/// How many of the first `size` articles hold all terms.
fn scan(texts: &[Vec<String>], terms: &[Term], size: u64) -> u64 {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    texts.iter().take(size).filter(|words| fold::matches(words, terms)).count() as u64
}
