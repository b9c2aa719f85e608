//! Figures from many measurements: medians and percentiles.

use std::time::Duration;

/// The value below or at which `share` of 100 of the values lie; 0 when there are none.
#[must_use]
pub fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (share / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or_default()
}

/// The middle value.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    percentile(values, 50.0)
}

/// How many a second.
#[must_use]
pub fn rate(count: u64, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64().max(f64::EPSILON)
}

/// Whether a goal is met, as a word at the end of a line.
#[must_use]
pub fn verdict(met: bool) -> &'static str {
    if met { "met" } else { "NOT MET" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let check = |values: &[f64], share: f64, expected: f64| {
            assert!((percentile(values, share) - expected).abs() < 1e-9, "{values:?} {share}");
        };
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        check(&hundred, 99.0, 99.0);
        check(&hundred, 50.0, 50.0);
        check(&hundred, 100.0, 100.0);
        check(&[3.0, 1.0, 2.0], 50.0, 2.0);
        check(&[], 99.0, 0.0);
    }
}
