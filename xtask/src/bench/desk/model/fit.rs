//! A sparse linear model of sentences: logistic regression on weighted words, whose weights are its explanation.

use std::collections::BTreeMap;

/// Passes over the sentences.
const PASSES: usize = 30;
/// Length of a step at the start.
const STEP: f64 = 1.0;
/// How strongly weights are drawn to nothing (L1, in one step for each pass).
const SHRINK: f64 = 0.002;
/// Traits in fewer sentences than this are left out.
const LEAST: u32 = 2;

/// The traits of a sentence: number of the trait and its weight, of unit length.
pub(super) type Vector = Vec<(usize, f64)>;

/// The traits known, each with how much its being seen says.
#[derive(Debug)]
pub(super) struct Traits {
    known: BTreeMap<String, (usize, f64)>,
}

impl Traits {
    /// The traits of these sentences.
    pub(super) fn of<'a>(sentences: impl Iterator<Item = &'a Vec<String>>) -> Self {
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        let mut all = 0_u32;
        for sentence in sentences {
            all += 1;
            let mut own: Vec<&str> = sentence.iter().map(String::as_str).collect();
            own.sort_unstable();
            own.dedup();
            for one in own {
                *seen.entry(one).or_default() += 1;
            }
        }
        let kept = seen.into_iter().filter(|(_, count)| *count >= LEAST).enumerate();
        let weight = |count: u32| (f64::from(1 + all) / f64::from(1 + count)).ln() + 1.0;
        let known = kept.map(|(at, (one, count))| (one.to_owned(), (at, weight(count)))).collect();
        Self { known }
    }

    /// A sentence as its known traits.
    pub(super) fn vector(&self, sentence: &[String]) -> Vector {
        let mut by: BTreeMap<usize, f64> = BTreeMap::new();
        for (at, weight) in sentence.iter().filter_map(|one| self.known.get(one)) {
            *by.entry(*at).or_default() += weight;
        }
        let length = by.values().map(|value| value * value).sum::<f64>().sqrt().max(1e-9);
        by.into_iter().map(|(at, value)| (at, value / length)).collect()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }
}

/// A sentence to learn from.
#[derive(Debug)]
pub(super) struct Row {
    /// Its traits.
    pub(super) vector: Vector,
    /// Whether it was called biased.
    pub(super) truth: bool,
    /// How much it counts.
    pub(super) counts: f64,
}

/// A weight for each trait, and one for every sentence.
#[derive(Debug)]
pub(super) struct Model {
    weights: Vec<f64>,
    always: f64,
}

impl Model {
    /// The model that fits these sentences, the same on every machine: no chance in it.
    pub(super) fn fit(rows: &[Row], traits: usize) -> Self {
        let mut model = Self { weights: vec![0.0; traits], always: 0.0 };
        for pass in 0..PASSES {
            let step = STEP / (1.0 + 0.3 * pass as f64);
            // Another order in every pass, by a stride that has no factor in common with the length.
            let stride = stride(rows.len(), pass);
            for turn in 0..rows.len() {
                if let Some(Row { vector, truth, counts }) = rows.get(turn * stride % rows.len()) {
                    let error = counts * (f64::from(u8::from(*truth)) - model.share(vector));
                    model.always += 0.1 * step * error;
                    for (at, value) in vector {
                        if let Some(weight) = model.weights.get_mut(*at) {
                            *weight += step * error * value;
                        }
                    }
                }
            }
            for weight in &mut model.weights {
                *weight = weight.signum() * (weight.abs() - SHRINK).max(0.0);
            }
        }
        model
    }

    /// How likely the model holds it that the sentence was called biased.
    pub(super) fn share(&self, vector: &Vector) -> f64 {
        let weight = |at: &usize| self.weights.get(*at).copied().unwrap_or_default();
        let sum: f64 = vector.iter().map(|(at, value)| weight(at) * value).sum();
        1.0 / (1.0 + (-(sum + self.always)).exp())
    }

    /// How many traits have a weight.
    pub(super) fn size(&self) -> usize {
        self.weights.iter().filter(|weight| **weight != 0.0).count()
    }
}

/// A number without a factor in common with `length`, another for every pass.
fn stride(length: usize, pass: usize) -> usize {
    let common = |mut a: usize, mut b: usize| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    (pass * 37 + 101..).find(|stride| common(*stride, length) == 1).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_word_is_learnt_and_a_common_one_is_not() {
        let sentences: Vec<(Vec<String>, bool)> = (0..40)
            .map(|at| {
                let word = if at % 2 == 0 { "odd" } else { "plain" };
                (vec![word.to_owned(), "the".to_owned()], at % 2 == 0)
            })
            .collect();
        let traits = Traits::of(sentences.iter().map(|(words, _)| words));
        let rows: Vec<Row> = sentences
            .iter()
            .map(|(words, truth)| Row { vector: traits.vector(words), truth: *truth, counts: 1.0 })
            .collect();
        let model = Model::fit(&rows, traits.len());
        assert!(model.share(&traits.vector(&["odd".to_owned(), "the".to_owned()])) > 0.9);
        assert!(model.share(&traits.vector(&["plain".to_owned(), "the".to_owned()])) < 0.1);
        assert_eq!(traits.vector(&["unknown".to_owned()]), []);
    }
}
