use super::*;

const fn attempt(method: &Method, failure: Failure) -> Attempt<'_> {
    Attempt { method, failure, number: 1, elapsed: Duration::ZERO, retry_after: None, jitter: 1.0 }
}

fn judge(attempt: &Attempt<'_>) -> Decision {
    decide(&Limits::PATIENT, attempt)
}

fn millis(millis: u64) -> Decision {
    Decision::Retry(Duration::from_millis(millis))
}

#[test]
fn who_may_try_again() {
    use Failure::{Lost, NeverLeft, Settled, Throttled, TimedOut, Unavailable};
    let table = [
        (Throttled, true, true),
        (NeverLeft, true, true),
        (Unavailable, true, false),
        (TimedOut, true, false),
        (Lost, true, false),
        (Settled, false, false),
    ];
    for (failure, harmless, writing) in table {
        let again = |method: &Method| judge(&attempt(method, failure)) != Decision::GiveUp;
        assert_eq!(again(&Method::GET), harmless, "GET {failure:?}");
        assert_eq!(again(&Method::DELETE), harmless, "DELETE {failure:?}");
        assert_eq!(again(&Method::POST), writing, "POST {failure:?}");
    }
}

#[test]
fn waits_double_up_to_the_cap_and_tries_end() {
    let limits = Limits { tries: 9, total: Duration::from_secs(100), ..Limits::PATIENT };
    let waits = [200, 400, 800, 1600, 3200, 5000, 5000, 5000];
    for (number, wait) in (1..).zip(waits) {
        let attempt = Attempt { number, ..attempt(&Method::GET, Failure::Unavailable) };
        assert_eq!(decide(&limits, &attempt), millis(wait));
    }
    let last = Attempt { number: 4, ..attempt(&Method::GET, Failure::Unavailable) };
    assert_eq!(judge(&last), Decision::GiveUp);
}

#[test]
fn jitter_is_a_share_of_the_wait() {
    let with = |jitter| judge(&Attempt { jitter, ..attempt(&Method::GET, Failure::Lost) });
    assert_eq!(with(0.0), millis(0));
    assert_eq!(with(0.5), millis(100));
    assert_eq!(with(7.0), millis(200));
    assert_eq!(with(-1.0), millis(0));
    assert_eq!(with(f64::NAN), millis(200));
}

#[test]
fn the_servers_wish_is_kept_or_the_failure_stands() {
    let asked = |seconds, jitter| {
        let retry_after = Some(Duration::from_secs(seconds));
        judge(&Attempt { retry_after, jitter, ..attempt(&Method::POST, Failure::Throttled) })
    };
    assert_eq!(asked(7, 0.0), millis(7000));
    assert_eq!(asked(7, 1.0), millis(7200));
    assert_eq!(asked(36, 0.0), millis(36_000));
    assert_eq!(asked(37, 0.0), Decision::GiveUp);
    assert_eq!(asked(u64::MAX, 1.0), Decision::GiveUp);
}

#[test]
fn time_runs_out() {
    let late = |seconds| {
        let elapsed = Duration::from_secs(seconds);
        judge(&Attempt { elapsed, jitter: 0.0, ..attempt(&Method::GET, Failure::TimedOut) })
    };
    assert_eq!(late(36), millis(0));
    assert_eq!(late(37), Decision::GiveUp);
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
    let read = |header| retry_after(header, now);
    assert_eq!(read("3"), Some(Duration::from_secs(3)));
    assert_eq!(read(" 0 "), Some(Duration::ZERO));
    assert_eq!(read("Sat, 21 Nov 2026 10:00:09 GMT"), Some(Duration::from_secs(9)));
    assert_eq!(read("Sat, 21 Nov 2026 09:00:00 GMT"), Some(Duration::ZERO));
    for odd in ["", "-1", "1.5", "soon"] {
        assert_eq!(read(odd), None, "{odd}");
    }
}
