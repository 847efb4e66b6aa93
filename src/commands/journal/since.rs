//! `--since`: a span back from now, a day, or a moment.

use jiff::{Span, Timestamp, civil, tz::TimeZone};

/// The moment that somebody typed; days and times without an offset are those of the zone.
///
/// # Errors
/// In words, when it is none.
pub(super) fn moment(typed: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, String> {
    let typed = typed.trim();
    let known = span(typed, now, zone)
        .or_else(|| typed.parse().ok())
        .or_else(|| local(typed.parse::<civil::DateTime>().ok()?, zone));
    known.ok_or_else(|| {
        "--since: expected a span (2d, 12h, 1w), a day (2026-11-01) or a time (2026-11-01T09:30Z)"
            .to_owned()
    })
}

fn span(typed: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let span: Span = typed.parse().ok()?;
    // "2d ago" means the same.
    let back = now.to_zoned(zone.clone()).checked_sub(span.abs()).ok()?;
    Some(back.timestamp())
}

fn local(time: civil::DateTime, zone: &TimeZone) -> Option<Timestamp> {
    Some(time.to_zoned(zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(typed: &str) -> Result<String, String> {
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        moment(typed, now, &zone).map(|moment| moment.to_string())
    }

    #[test]
    fn spans_days_and_times_are_moments() {
        for (typed, moment) in [
            ("2d", "2026-11-19T12:00:00Z"),
            ("12h", "2026-11-21T00:00:00Z"),
            ("1w", "2026-11-14T12:00:00Z"),
            (" 90m ", "2026-11-21T10:30:00Z"),
            ("1 day 2 hours ago", "2026-11-20T10:00:00Z"),
            ("P1D", "2026-11-20T12:00:00Z"),
            ("2026-11-01", "2026-10-31T22:00:00Z"),
            ("2026-11-01T09:30", "2026-11-01T07:30:00Z"),
            ("2026-11-01 09:30:15", "2026-11-01T07:30:15Z"),
            ("2026-11-01T09:30Z", "2026-11-01T09:30:00Z"),
            ("2026-11-01T09:30:00+01:00", "2026-11-01T08:30:00Z"),
        ] {
            assert_eq!(told(typed).as_deref(), Ok(moment), "{typed}");
        }
    }

    #[test]
    fn anything_else_says_what_was_expected() {
        for typed in ["", "yesterday", "2", "2026-13-01", "9999999999y", "2026-11-31", "d"] {
            assert!(told(typed).unwrap_err().contains("2026-11-01"), "{typed}");
        }
    }
}
