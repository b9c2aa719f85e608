//! A flag that is set however a test ends, so that its threads end too and its failure is told.

use std::sync::atomic::{AtomicBool, Ordering};

/// Sets the flag when it goes out of scope. A thread that goes on until the flag is set would otherwise keep a failed
/// test waiting without end.
pub struct Ends<'a>(pub &'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
