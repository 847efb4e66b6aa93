//! Whether to try again, and when: a pure decision. Nothing here waits or reads a clock.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::Method;

/// How far trying again may go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limits {
    /// Requests at most, the first one counted.
    pub(super) tries: u32,
    /// The longest wait after the first failure; it doubles with each.
    pub(super) base: Duration,
    /// The longest wait of all, unless the server asks for more.
    pub(super) cap: Duration,
    /// No request begins later than this after the first one began.
    pub(super) total: Duration,
}

impl Limits {
    /// No second try.
    pub(super) const ONCE: Self =
        Self { tries: 1, base: Duration::ZERO, cap: Duration::ZERO, total: Duration::ZERO };

    /// What a person at the screen is willing to wait for.
    pub(super) const PATIENT: Self = Self {
        tries: 4,
        base: Duration::from_millis(200),
        cap: Duration::from_secs(5),
        total: Duration::from_secs(36),
    };
}

/// How a request failed, as far as trying again is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// 429: documented as never processed.
    Throttled,
    /// Any 5xx: it may have been processed.
    Unavailable,
    /// No connection, so it never left.
    NeverLeft,
    /// It left, and the answer did not come in time.
    TimedOut,
    /// It left, and the connection died before a whole answer.
    Lost,
    /// An answer that another try will not change.
    Settled,
}

/// A failed request, when it is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt<'a> {
    pub(super) method: &'a Method,
    pub(super) failure: Failure,
    /// Which one it was, from 1.
    pub(super) number: u32,
    /// Since the first one began.
    pub(super) elapsed: Duration,
    /// What the server asked for.
    pub(super) retry_after: Option<Duration>,
    /// Where in the range of the wait this one falls, 0 to 1.
    pub(super) jitter: f64,
}

/// What to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// Send it again after this long.
    Retry(Duration),
    /// Let the failure stand.
    GiveUp,
}

/// Reads and deletes may be sent twice; anything else only when the first one surely did nothing.
pub(super) fn decide(limits: &Limits, attempt: &Attempt<'_>) -> Decision {
    let harmless = matches!(*attempt.method, Method::GET | Method::DELETE);
    let again = match attempt.failure {
        Failure::Throttled | Failure::NeverLeft => true,
        Failure::Unavailable | Failure::TimedOut | Failure::Lost => harmless,
        Failure::Settled => false,
    };
    if !again || attempt.number >= limits.tries {
        return Decision::GiveUp;
    }
    let wait = wait(limits, attempt);
    if attempt.elapsed.saturating_add(wait) > limits.total {
        return Decision::GiveUp;
    }
    Decision::Retry(wait)
}

/// Full jitter: anywhere between nothing and the doubled base, so that many clients do not come back
/// at once. What the server asked for is never undercut.
fn wait(limits: &Limits, attempt: &Attempt<'_>) -> Duration {
    let doublings = attempt.number.saturating_sub(1).min(16);
    let longest = limits.base.saturating_mul(1 << doublings).min(limits.cap);
    match attempt.retry_after {
        Some(asked) => asked.saturating_add(limits.base.mul_f64(share(attempt.jitter))),
        None => longest.mul_f64(share(attempt.jitter)),
    }
}

fn share(jitter: f64) -> f64 {
    if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 1.0 }
}

/// The wait that a `Retry-After` header asks for: seconds, or a date (RFC 9110, 10.2.3).
pub(super) fn retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    if let Ok(seconds) = header.parse() {
        return Some(Duration::from_secs(seconds));
    }
    Some(Duration::try_from(moment(header)?.duration_since(now)).unwrap_or_default())
}

/// The moment that a header names (RFC 9110, 5.6.7).
pub(super) fn moment(header: &str) -> Option<Timestamp> {
    rfc2822::DateTimeParser::new().parse_timestamp(header).ok()
}

#[cfg(test)]
mod tests;
