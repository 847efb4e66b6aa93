//! Paces against servers that are made up: what is let through, and what is refused.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use proptest::prelude::*;

use super::*;

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A bucket of tokens: a write takes one, and so many flow in each second.
struct Bucket {
    tokens: f64,
    size: f64,
    filled: Duration,
}

impl Bucket {
    fn new(size: f64) -> Self {
        Self { tokens: size, size, filled: Duration::ZERO }
    }

    fn takes(&mut self, now: Duration, flow: f64) -> bool {
        let since = now.saturating_sub(self.filled).as_secs_f64();
        self.tokens = (self.tokens + since * flow).min(self.size);
        self.filled = now;
        let takes = self.tokens >= 1.0;
        if takes {
            self.tokens -= 1.0;
        }
        takes
    }
}

/// What came of a run.
#[derive(Debug, Default)]
struct Told {
    done: f64,
    refused: f64,
    /// When each write left.
    left: Vec<Duration>,
}

/// Runs a pace for so long against a server whose answers take a while; `flow` tells what it allows at a moment, and
/// what it names as a wait.
fn run(
    mut pace: Pace,
    until: Duration,
    mut bucket: Bucket,
    flow: impl Fn(Duration) -> (f64, Option<Duration>),
) -> Told {
    const LATENCY: Duration = Duration::from_millis(80);
    const AT_ONCE: usize = 16;
    let mut told = Told::default();
    let mut answers: BinaryHeap<Reverse<(Duration, Duration, bool)>> = BinaryHeap::new();
    let mut now = Duration::ZERO;
    while now < until {
        while let Some(Reverse((at, left, is_done))) = answers.peek().copied() {
            if at > now {
                break;
            }
            answers.pop();
            if is_done {
                told.done += 1.0;
                pace.clean(now);
            } else {
                told.refused += 1.0;
                pace.throttled(now, left, flow(now).1);
            }
        }
        if answers.len() < AT_ONCE && pace.leave(now).is_ok() {
            told.left.push(now);
            let is_done = bucket.takes(now + LATENCY / 2, flow(now).0);
            answers.push(Reverse((now + LATENCY, now, is_done)));
        } else {
            now += ms(1);
        }
    }
    told
}

#[test]
fn at_the_documented_limit_nearly_everything_goes_through() {
    let told = run(Pace::new(DOCUMENTED), ms(300_000), Bucket::new(30.0), |_| (30.0, None));
    assert!(told.done >= 0.95 * 30.0 * 300.0, "{} done", told.done);
    assert!(told.refused <= 0.02 * told.done, "{} refused", told.refused);
}

#[test]
fn a_limit_that_nobody_told_of_is_found_and_kept_near() {
    for limit in [3.0, 12.0, 25.0, 80.0] {
        let told = run(Pace::new(200.0), ms(300_000), Bucket::new(limit), |_| (limit, None));
        assert!(told.done >= 0.93 * limit * 300.0, "{limit}: {} done", told.done);
        // Finding it costs some, keeping it nearly none.
        assert!(told.refused <= 20.0 + 0.02 * told.done, "{limit}: {} refused", told.refused);
    }
}

#[test]
fn a_sudden_drop_is_followed_and_so_is_the_recovery() {
    let flow = |now: Duration| if (ms(60_000)..ms(120_000)).contains(&now) { 4.0 } else { 30.0 };
    let told = run(Pace::new(DOCUMENTED), ms(240_000), Bucket::new(30.0), |now| (flow(now), None));
    let between = |from, to| {
        let left = told.left.iter().filter(|left| (ms(from)..ms(to)).contains(*left)).count();
        u32::try_from(left).map(f64::from).unwrap()
    };
    assert!(between(80_000, 120_000) <= 1.15 * 4.0 * 40.0, "it slows down to what is allowed");
    assert!(between(180_000, 240_000) >= 0.95 * 30.0 * 60.0, "it comes back");
    assert!(told.refused <= 0.03 * told.done, "{} of {}", told.refused, told.done);
}

#[test]
fn a_burst_that_is_allowed_is_no_licence() {
    let told = run(Pace::new(100.0), ms(200_000), Bucket::new(200.0), |_| (20.0, None));
    assert!(told.done >= 0.93 * 20.0 * 200.0, "{} done", told.done);
    assert!(told.refused <= 0.04 * told.done, "{} refused", told.refused);
}

#[test]
fn what_the_server_asks_for_is_waited_for() {
    let mut pace = Pace::new(DOCUMENTED);
    assert_eq!(pace.leave(ms(0)), Ok(()));
    pace.throttled(ms(80), ms(0), Some(ms(7_000)));
    assert_eq!(pace.leave(ms(100)), Err(ms(6_980)));
    assert_eq!(pace.leave(ms(7_080)), Ok(()));
    assert!(pace.rate() <= FIRST / 2.0);
    pace.throttled(ms(7_100), ms(7_080), Some(Duration::MAX));
    assert_eq!(pace.leave(ms(7_100)), Err(LONGEST), "but not for ever");
}

#[test]
fn refusals_of_one_pace_halve_it_once() {
    let mut pace = Pace::new(DOCUMENTED);
    for left in [0, 10, 20] {
        pace.throttled(ms(90 + left), ms(left), None);
    }
    assert!((pace.rate() - FIRST / 2.0).abs() < f64::EPSILON, "{}", pace.rate());
    pace.throttled(ms(900), ms(800), None);
    assert!((pace.rate() - FIRST / 4.0).abs() < f64::EPSILON, "{}", pace.rate());
}

proptest! {
    /// Whatever answers, no second holds more writes than the ceiling allows, and there is always a next one.
    #[test]
    fn the_ceiling_holds(ceiling in 0.5_f64..60.0, limit in 0.5_f64..100.0, size in 1.0_f64..100.0) {
        let told = run(Pace::new(ceiling), ms(30_000), Bucket::new(size), |_| (limit, Some(ms(500))));
        for (nth, left) in told.left.iter().enumerate() {
            let second = told.left[nth..].iter().take_while(|later| **later < *left + ms(1_000));
            let second = u32::try_from(second.count()).map(f64::from).unwrap();
            prop_assert!(second <= ceiling + LATE + 1.0, "{second} writes in a second");
        }
        let last = told.left.last().copied().unwrap_or_default();
        prop_assert!(last >= ms(20_000), "the last one left at {last:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever a server allows, however large a burst, whatever wait it names: most of what is allowed is used, and
    /// little is refused.
    #[test]
    fn a_steady_limit_is_used_whatever_it_is(
        limit in 2.0_f64..60.0,
        burst in 1.0_f64..3.0,
        asked in proptest::option::of(100_u64..2_000),
    ) {
        let asked = asked.map(ms);
        let told = run(Pace::new(100.0), ms(300_000), Bucket::new((limit * burst).max(1.0)), |_| (limit, asked));
        let allowed = limit * 300.0;
        prop_assert!(told.done >= 0.8 * allowed, "{} of {allowed} done", told.done);
        prop_assert!(told.refused <= 30.0 + 0.03 * told.done, "{} refused, {} done", told.refused, told.done);
    }

    /// A limit that falls and rises again at any moment, to anything, is followed both ways.
    #[test]
    fn a_limit_that_changes_is_followed(low in 1.0_f64..20.0, high in 20.0_f64..60.0, at in 10_000_u64..90_000) {
        let fallen = ms(at)..ms(at + 60_000);
        let flow = |now: Duration| if fallen.contains(&now) { low } else { high };
        let told = run(Pace::new(60.0), ms(at + 240_000), Bucket::new(high), |now| (flow(now), None));
        let last = told.left.iter().filter(|left| **left >= ms(at + 180_000)).count();
        let last = u32::try_from(last).map(f64::from).unwrap();
        prop_assert!(last >= 0.85 * high * 60.0, "{last} in the last minute of {high} a second");
        prop_assert!(told.refused <= 40.0 + 0.04 * told.done, "{} refused, {} done", told.refused, told.done);
    }
}
