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

impl Drop for Turn {
    fn drop(&mut self) {
        self.making.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.target);
    }
}

impl Crowd {
    /// The turn to make `target`, or the wait for whoever has it.
    pub(super) fn join(
        &self,
        target: &str,
    ) -> Result<Turn, impl Future<Output = ()> + Send + use<>> {
        let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(other) = making.get(target) {
            let mut other = other.clone();
            // An error says that the sender is gone, which is what is waited for.
            return Err(async move { while other.changed().await.is_ok() {} });
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
        let turn = crowd.join("/a").ok().unwrap();
        assert!(crowd.join("/b").is_ok());
        let wait = crowd.join("/a").err().unwrap();
        let waiting = tokio::spawn(wait);
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(turn);
        waiting.await.unwrap();
        assert!(crowd.join("/a").is_ok());
        assert!(crowd.making.lock().unwrap().is_empty());
    }
}
