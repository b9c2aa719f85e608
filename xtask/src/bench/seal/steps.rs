//! Where a batch's time goes: the sealer's own steps, watched where tests make them fail.

use ovn_press::seal::{Faults, Step, When};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Time spent in each step since the last look.
#[derive(Default)]
pub(super) struct Steps(Mutex<Watched>);

#[derive(Default)]
struct Watched {
    begun: Option<Instant>,
    /// By the step's place in their order.
    took: BTreeMap<usize, Duration>,
}

impl Steps {
    /// Milliseconds a batch in each step of which there were `batches`, and forgets them.
    pub(super) fn take(&self, batches: u64) -> String {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let each = std::mem::take(&mut watched.took).into_iter().map(|(place, took)| {
            let name = Step::ALL.get(place).map_or_else(String::new, |step| format!("{step:?}"));
            let ms = took.as_secs_f64() * 1000.0 / batches.max(1) as f64;
            format!("{} {ms:.1}", name.to_lowercase())
        });
        each.collect::<Vec<_>>().join(", ")
    }
}

impl Faults for Steps {
    fn at(&self, step: Step, when: When) -> Result<(), String> {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match when {
            When::Before => watched.begun = Some(Instant::now()),
            When::After => {
                let took = watched.begun.take().map_or(Duration::ZERO, |begun| begun.elapsed());
                let place = Step::ALL.iter().position(|one| *one == step).unwrap_or_default();
                *watched.took.entry(place).or_default() += took;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_step_is_named_once_in_the_sealers_order() {
        let steps = Steps::default();
        for step in [Step::Publish, Step::Stage, Step::Publish] {
            steps.at(step, When::Before).unwrap();
            steps.at(step, When::After).unwrap();
        }
        assert_eq!(steps.take(2), "stage 0.0, publish 0.0");
        assert_eq!(steps.take(0), "");
    }
}
