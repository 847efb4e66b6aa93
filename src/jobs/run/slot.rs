//! Whose turn it is to write.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::{Duration, Instant, sleep};

use crate::jobs::pace::Pace;

/// The pace, shared by all rows of a run.
#[derive(Debug)]
pub(super) struct Slots {
    begun: Instant,
    pace: Mutex<Pace>,
}

impl Slots {
    pub(super) fn new(pace: Pace) -> Self {
        Self { begun: Instant::now(), pace: Mutex::new(pace) }
    }

    /// The time since the run began.
    pub(super) fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Waits for a turn, and tells when it came.
    pub(super) async fn turn(&self) -> Duration {
        loop {
            let now = self.now();
            let wait = match self.pace().leave(now) {
                Ok(()) => return now,
                Err(wait) => wait,
            };
            sleep(wait).await;
        }
    }

    /// A write was answered, and not by 429. Tells the pace.
    pub(super) fn clean(&self) -> f64 {
        let now = self.now();
        let mut pace = self.pace();
        pace.clean(now);
        pace.rate()
    }

    /// A write whose turn had come at `left` was answered by 429. Tells the pace.
    pub(super) fn throttled(&self, left: Duration, asked: Option<Duration>) -> f64 {
        let now = self.now();
        let mut pace = self.pace();
        pace.throttled(now, left, asked);
        pace.rate()
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
