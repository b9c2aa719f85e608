//! Matching two lists: exactly while that is cheap, between landmarks where it is not.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::{collections::HashMap, ops::Range};

/// A stretch of two lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// Equal, item by item.
    Same { old: Range<usize>, new: Range<usize> },
    /// What was there and what is there instead; one of them may be empty.
    Replaced { old: Range<usize>, new: Range<usize> },
}

/// Lists shorter than this together are compared exactly.
const EXACT: usize = 3_000;
/// Steps that exact comparisons may take in all; then whole stretches count as replaced.
const BUDGET: usize = 60_000_000;
/// Landmarks inside landmarks, no deeper than this.
const DEPTH: usize = 8;

/// The runs of two lists in order; together they cover both.
pub(super) fn runs(old: &[u32], new: &[u32]) -> Vec<Run> {
    let mut aligner = Aligner { old, new, budget: BUDGET, out: Vec::new() };
    aligner.stretch(0..old.len(), 0..new.len(), 0);
    aligner.out
}

struct Aligner<'a> {
    old: &'a [u32],
    new: &'a [u32],
    budget: usize,
    out: Vec<Run>,
}

impl Aligner<'_> {
    fn stretch(&mut self, old: Range<usize>, new: Range<usize>, depth: usize) {
        let (a, b) = (self.slice(&old), self.new.get(new.clone()).unwrap_or_default());
        let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
        let left = a.len().min(b.len()) - start;
        let end = a.iter().rev().zip(b.iter().rev()).take(left).take_while(|(a, b)| a == b).count();
        self.same(old.start, new.start, start);
        self.middle(old.start + start..old.end - end, new.start + start..new.end - end, depth);
        self.same(old.end - end, new.end - end, end);
    }

    fn slice(&self, range: &Range<usize>) -> &[u32] {
        self.old.get(range.clone()).unwrap_or_default()
    }

    fn middle(&mut self, old: Range<usize>, new: Range<usize>, depth: usize) {
        let size = old.len() + new.len();
        let cost = size.saturating_mul(size);
        if old.is_empty() || new.is_empty() {
            self.replaced(old, new);
        } else if size <= EXACT && cost <= self.budget {
            self.budget -= cost;
            self.exact(&old, &new);
        } else if depth < DEPTH {
            self.between_landmarks(old, new, depth);
        } else {
            self.replaced(old, new);
        }
    }

    fn exact(&mut self, old: &Range<usize>, new: &Range<usize>) {
        let (a, b) = (self.slice(old), self.new.get(new.clone()).unwrap_or_default());
        for op in capture_diff_slices(Algorithm::Myers, a, b) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                self.same(old.start + old_index, new.start + new_index, len);
            } else {
                let (from, to) = (op.old_range(), op.new_range());
                self.replaced(
                    old.start + from.start..old.start + from.end,
                    new.start + to.start..new.start + to.end,
                );
            }
        }
    }

    /// Items that stand once in either list, in the longest order that both share, part the rest.
    fn between_landmarks(&mut self, old: Range<usize>, new: Range<usize>, depth: usize) {
        let mut places: HashMap<u32, (Place, Place)> = HashMap::new();
        for (at, item) in old.clone().zip(self.slice(&old)) {
            places.entry(*item).or_default().0.add(at);
        }
        for (at, item) in new.clone().zip(self.new.get(new.clone()).unwrap_or_default()) {
            places.entry(*item).or_default().1.add(at);
        }
        let mut pairs: Vec<(usize, usize)> =
            places.values().filter_map(|(a, b)| Some((a.once()?, b.once()?))).collect();
        pairs.sort_unstable();
        let chosen = rising(&pairs);
        if chosen.is_empty() {
            self.replaced(old, new);
            return;
        }
        let (mut from, mut to) = (old.start, new.start);
        for (a, b) in chosen {
            self.stretch(from..a, to..b, depth + 1);
            self.same(a, b, 1);
            (from, to) = (a + 1, b + 1);
        }
        self.stretch(from..old.end, to..new.end, depth + 1);
    }

    fn same(&mut self, old: usize, new: usize, length: usize) {
        if length == 0 {
            return;
        }
        if let Some(Run::Same { old: a, new: b }) = self.out.last_mut() {
            (a.end, b.end) = (old + length, new + length);
            return;
        }
        self.out.push(Run::Same { old: old..old + length, new: new..new + length });
    }

    fn replaced(&mut self, old: Range<usize>, new: Range<usize>) {
        if old.is_empty() && new.is_empty() {
            return;
        }
        if let Some(Run::Replaced { old: a, new: b }) = self.out.last_mut() {
            (a.end, b.end) = (old.end, new.end);
            return;
        }
        self.out.push(Run::Replaced { old, new });
    }
}

/// Where an item stands, if only once.
#[derive(Default, Clone, Copy)]
struct Place {
    at: usize,
    count: usize,
}

impl Place {
    fn add(&mut self, at: usize) {
        self.at = at;
        self.count += 1;
    }

    fn once(self) -> Option<usize> {
        (self.count == 1).then_some(self.at)
    }
}

/// The longest part of `pairs` (sorted by their first number) whose second numbers rise.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length, the pair that ends the lowest chain of it; each pair remembers the one before.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |at: usize| pairs.get(at).map_or(0, |pair| pair.1);
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(*end) < pair.1);
        before.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(place) = at {
        chain.extend(pairs.get(place).copied());
        at = before.get(place).copied().flatten();
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rising_part() {
        let check = |pairs: &[(usize, usize)], expected: &[(usize, usize)]| {
            assert_eq!(rising(pairs), expected);
        };
        check(&[(0, 5), (1, 1), (2, 2), (3, 0), (4, 3)], &[(1, 1), (2, 2), (4, 3)]);
        check(&[], &[]);
    }
}
