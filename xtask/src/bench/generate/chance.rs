//! Chance that repeats itself, begun anew for each article.

use crate::splitmix::SplitMix;

/// A stream of draws.
pub(super) struct Chance(SplitMix);

impl Chance {
    /// The stream of this seed and article.
    pub(super) fn of(seed: u64, number: u64) -> Self {
        let mut first = SplitMix::of(seed ^ 0x6f76_6e5f_6172_7469);
        Self(SplitMix::of(first.next() ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// A number below `end`, each as likely as the other; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        u64::try_from((u128::from(self.0.next()) * u128::from(end)) >> 64).unwrap_or(0)
    }

    /// A number below `end` of which the low ones come far more often: the fourth power of an even draw.
    pub(super) fn uneven(&mut self, end: u64) -> u64 {
        let draw = u128::from(self.0.next() >> 32);
        let square = (draw * draw) >> 32;
        let fourth = (square * square) >> 32;
        u64::try_from((fourth * u128::from(end)) >> 32).unwrap_or(0)
    }

    /// Whether this time of `of` times.
    pub(super) fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    /// One of these.
    pub(super) fn pick(&mut self, from: &[&'static str]) -> &'static str {
        let index = self.below(from.len() as u64);
        usize::try_from(index).ok().and_then(|index| from.get(index)).copied().unwrap_or_default()
    }

    /// A name put together of one part of each list; low combinations come often, high ones hardly ever. The names of
    /// the lists' parts go together, so that one name can be written in two ways.
    pub(super) fn name<const N: usize>(&mut self, lists: [&[[&'static str; 2]]; N]) -> [String; 2] {
        let all = lists.iter().map(|list| list.len() as u64).product();
        // Spread over the lists, so that neighbours in number are not neighbours in letters.
        let mut number = self.uneven(all).wrapping_mul(7919) % all.max(1);
        let mut out = [String::new(), String::new()];
        for list in lists {
            let length = list.len() as u64;
            let part = usize::try_from(number % length.max(1)).ok().and_then(|at| list.get(at));
            number /= length.max(1);
            for (out, part) in out.iter_mut().zip(part.copied().unwrap_or_default()) {
                out.push_str(part);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_in_their_range_and_low_ones_come_often() {
        let mut chance = Chance::of(1, 1);
        let even: Vec<u64> = (0..1000).map(|_| chance.below(10)).collect();
        assert!((0..10).all(|one| even.contains(&one)) && even.iter().all(|one| *one < 10));
        let uneven: Vec<u64> = (0..1000).map(|_| chance.uneven(10_000)).collect();
        let low = uneven.iter().filter(|one| **one < 10).count();
        assert!(low > 100 && uneven.iter().any(|one| *one > 5_000), "{low}");
        assert_eq!(chance.below(0), 0);
    }
}
