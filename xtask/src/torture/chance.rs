//! Chance that a seed and a round give again.

use crate::splitmix::SplitMix;

/// A sequence of numbers.
#[derive(Debug, Clone)]
pub(super) struct Chance(SplitMix);

impl Chance {
    /// The sequence of one round of a run; `part` sets several apart in it.
    pub(super) fn of(seed: u64, round: u64, part: u64) -> Self {
        let mut mixed = SplitMix::of(seed);
        for with in [round, part] {
            mixed = SplitMix::of(mixed.next() ^ with);
        }
        Self(mixed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0.next()
    }

    /// A number under `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    /// One of the items.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let index = self.below(items.len() as u64);
        items.get(usize::try_from(index).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same() {
        let take = |seed, round, part| {
            let mut chance = Chance::of(seed, round, part);
            (0..4).map(|_| chance.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(take(1, 2, 3), take(1, 2, 3));
        assert_ne!(take(1, 2, 3), take(1, 2, 4));
        assert_ne!(take(1, 2, 3), take(1, 3, 3));
        assert_ne!(take(1, 2, 3), take(2, 2, 3));
    }
}
