//! A crowd that asks for one page: the first has it made, the others wait for that without taking a thread.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

/// What is in the making, by target. The sender is gone when it is done.
type Making = HashMap<Box<str>, watch::Receiver<()>>;

/// Who waits for what.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    making: Arc<Mutex<Making>>,
}

/// The right to make a page; dropping it tells those who wait.
#[derive(Debug)]
pub(super) struct Turn {
    making: Arc<Mutex<Making>>,
    target: Box<str>,
    _done: watch::Sender<()>,
}

/// The wait for another's turn to end.
#[derive(Debug)]
pub(super) struct Wait(watch::Receiver<()>);

impl Wait {
    /// Returns when the page is made, or nobody makes it any more.
    pub(super) async fn over(mut self) {
        // An error says that the sender is gone, which is what is waited for.
        while self.0.changed().await.is_ok() {}
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.making.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.target);
    }
}

impl Crowd {
    /// The turn to make `target`, or the wait for whoever has it.
    pub(super) fn join(&self, target: &str) -> Result<Turn, Wait> {
        let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(other) = making.get(target) {
            return Err(Wait(other.clone()));
        }
        let (done, wait) = watch::channel(());
        making.insert(target.into(), wait);
        Ok(Turn { making: Arc::clone(&self.making), target: target.into(), _done: done })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn one_makes_and_the_others_wait() {
        let crowd = Crowd::default();
        let turn = crowd.join("/a").unwrap();
        assert!(crowd.join("/b").is_ok());
        let wait = crowd.join("/a").unwrap_err();
        let waiting = tokio::spawn(wait.over());
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(turn);
        waiting.await.unwrap();
        assert!(crowd.join("/a").is_ok());
        assert!(crowd.making.lock().unwrap().is_empty());
    }
}
