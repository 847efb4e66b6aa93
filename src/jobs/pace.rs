//! How fast writes may leave: a pure decision. Nothing here waits or reads a clock; moments are spans since the job began.
//!
//! The pace grows while answers are clean, halves when the server says 429, waits as long as it is asked to, and then
//! comes back to just below what was too fast, from where it feels its way up; less near when that was soon too fast as
//! well. It never exceeds its ceiling.

use std::time::Duration;

/// Writes a second that the documents allow in one service (Chat Limits: 30 actions a second).
pub const DOCUMENTED: f64 = 30.0;

/// Where a pace begins.
const FIRST: f64 = 10.0;
/// The slowest pace: a job that is always refused asks once in five seconds.
const SLOWEST: f64 = 0.2;
/// How near it comes back to what was too fast, as a part of it.
const NEAR: f64 = 0.97;
/// A 429 after fewer clean answers tells that it came back too near; then it keeps its distance so many times, at most.
const SOON: u32 = 100;
const DISTANCES: i32 = 4;
/// How it feels its way up from there in a second, as a part of it.
const FEELING: f64 = 0.001;
/// After so many clean answers, and so long, what was too fast is so no more.
const FORGOTTEN: u32 = 200;
const FRESH: Duration = Duration::from_secs(20);
/// At a slow pace there are few answers: after so long it is doubtful, and the pace doubles in so many seconds.
const STALE: Duration = Duration::from_secs(60);
const GENTLE: f64 = 8.0;
/// How long nothing leaves after a 429 that names no time.
const PAUSE: Duration = Duration::from_millis(250);
/// The longest wait that is honoured: a server cannot stop a job for good.
const LONGEST: Duration = Duration::from_secs(300);
/// How many writes that are late may follow at once: timers are coarse.
const LATE: f64 = 2.0;

/// A pace of writes.
#[derive(Debug, Clone, PartialEq)]
pub struct Pace {
    ceiling: f64,
    rate: f64,
    too_fast: Option<TooFast>,
    /// When the next write may leave.
    next: Duration,
    /// Until when the growth is reckoned.
    grown: Duration,
    /// What left before this moment left at a pace that was given up already.
    slowed: Duration,
}

/// What a server refused.
#[derive(Debug, Clone, PartialEq)]
struct TooFast {
    rate: f64,
    /// How many answers were clean since.
    clean: u32,
    /// How many times the distance is kept.
    distances: i32,
}

impl TooFast {
    /// How fast it goes again at once.
    fn near(&self) -> f64 {
        self.rate * NEAR.powi(self.distances)
    }
}

impl Pace {
    /// A pace that never exceeds so many writes a second.
    pub fn new(ceiling: f64) -> Self {
        let ceiling = if ceiling.is_finite() { ceiling.max(SLOWEST) } else { DOCUMENTED };
        Self {
            ceiling,
            rate: FIRST.min(ceiling),
            too_fast: None,
            next: Duration::ZERO,
            grown: Duration::ZERO,
            slowed: Duration::ZERO,
        }
    }

    /// Writes a second, now.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// Lets a write leave now, or says how long it has to wait.
    ///
    /// # Errors
    /// The wait.
    pub fn leave(&mut self, now: Duration) -> Result<(), Duration> {
        let wait = self.next.saturating_sub(now);
        if !wait.is_zero() {
            return Err(wait);
        }
        let gap = Duration::from_secs_f64(1.0 / self.rate);
        self.next = self.next.max(now.saturating_sub(gap.mul_f64(LATE))) + gap;
        Ok(())
    }

    /// A write was answered, and not by 429.
    pub fn clean(&mut self, now: Duration) {
        let since = now.saturating_sub(self.grown).as_secs_f64();
        self.grown = self.grown.max(now);
        let doubled = self.rate * since.min(1.0).exp2();
        let age = now.saturating_sub(self.slowed);
        self.rate = match &mut self.too_fast {
            Some(it) if it.clean < FORGOTTEN || age < FRESH => {
                it.clean += 1;
                let near = it.near();
                if doubled < near {
                    doubled
                } else if age > STALE {
                    self.rate * (since.min(1.0) / GENTLE).exp2()
                } else {
                    self.rate.max(near) + it.rate * FEELING * since.min(1.0)
                }
            }
            _ => doubled,
        }
        .min(self.ceiling);
    }

    /// A write that had left at `left` was answered by 429; the server may have named a wait.
    pub fn throttled(&mut self, now: Duration, left: Duration, asked: Option<Duration>) {
        let pause = asked.unwrap_or(PAUSE).min(LONGEST);
        self.next = self.next.max(now + pause);
        self.grown = self.grown.max(now + pause);
        // Several are on their way when the first is refused; they tell of the same pace.
        if left < self.slowed {
            return;
        }
        let soon = self.too_fast.as_ref().filter(|before| before.clean < SOON);
        let distances = soon.map_or(1, |before| (before.distances + 1).min(DISTANCES));
        self.too_fast = Some(TooFast { rate: self.rate, clean: 0, distances });
        self.rate = (self.rate / 2.0).max(SLOWEST.min(self.ceiling));
        self.slowed = now;
    }
}

#[cfg(test)]
mod tests;
