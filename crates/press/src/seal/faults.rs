//! Where tests make sealing fail: before and after each durable step.

use super::Error;

/// The durable steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Entries and files are staged in the database.
    Stage,
    /// What was staged is read back and computed again.
    Reread,
    /// The checkpoint is signed.
    Sign,
    /// The signed checkpoint is swapped into the lock.
    Lock,
    /// Tiles, entry bundles, sealed documents and blobs are written.
    Files,
    /// The checkpoint file is written.
    Checkpoint,
    /// Readers see the entries.
    Publish,
    /// Removed text is overwritten.
    Erase,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 8] = [
        Self::Stage,
        Self::Reread,
        Self::Sign,
        Self::Lock,
        Self::Files,
        Self::Checkpoint,
        Self::Publish,
        Self::Erase,
    ];
}

/// On which side of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Nothing of the step has happened.
    Before,
    /// All of the step has happened, and nobody was told.
    After,
}

/// Decides whether a step fails. In production none does.
pub trait Faults: Send + Sync {
    /// An error makes the step fail on this side.
    ///
    /// # Errors
    /// The fault's sentence.
    fn at(&self, step: Step, when: When) -> Result<(), String>;
}

/// No faults.
#[derive(Debug, Clone, Copy)]
pub struct NoFaults;

impl Faults for NoFaults {
    fn at(&self, _: Step, _: When) -> Result<(), String> {
        Ok(())
    }
}

/// Runs one step between its two faults.
pub(super) fn step<T>(
    faults: &dyn Faults,
    step: Step,
    work: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    faults.at(step, When::Before).map_err(Error::Fault)?;
    let done = work()?;
    faults.at(step, When::After).map_err(Error::Fault)?;
    Ok(done)
}
