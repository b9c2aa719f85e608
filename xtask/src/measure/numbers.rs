//! How a list of lengths is spread.

/// Median, 90th percentile and longest of some lengths; all 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spread {
    pub(super) median: usize,
    pub(super) ninetieth: usize,
    pub(super) longest: usize,
}

impl Spread {
    pub(super) fn of(mut lengths: Vec<usize>) -> Self {
        lengths.sort_unstable();
        let at = |hundredths: usize| {
            let last = lengths.len().saturating_sub(1);
            lengths.get(last * hundredths / 100).copied().unwrap_or(0)
        };
        Self { median: at(50), ninetieth: at(90), longest: at(100) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lengths: &[usize], expected: (usize, usize, usize)) {
        let Spread { median, ninetieth, longest } = Spread::of(lengths.to_vec());
        assert_eq!((median, ninetieth, longest), expected);
    }

    #[test]
    fn lengths_are_spread() {
        check(&[], (0, 0, 0));
        check(&[7], (7, 7, 7));
        check(&[3, 1, 2], (2, 2, 3));
        check(&(0..=100).collect::<Vec<_>>(), (50, 90, 100));
    }
}
