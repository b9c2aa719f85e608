//! Chance that a seed and a round give again: SplitMix64 (Steele, Lea, Flood 2014).

/// A sequence of numbers.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    /// The sequence of one round of a run; `part` sets several apart in it.
    pub(super) fn of(seed: u64, round: u64, part: u64) -> Self {
        let mut mixed = Self(seed);
        mixed.0 = mixed.next() ^ round;
        mixed.0 = mixed.next() ^ part;
        mixed
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
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
