//! The one place of the practice server that knows what time it is.

use jiff::{Timestamp, Unit};

/// Now, as the service writes it: ISO 8601, UTC, whole seconds.
#[expect(clippy::disallowed_methods, reason = "the sandbox is an edge: its documents carry dates")]
pub(super) fn now() -> String {
    written(Timestamp::now())
}

/// A date from a client, in any ISO 8601 form with an offset, as the service writes it.
pub(super) fn read(text: &str) -> Option<String> {
    text.parse().ok().map(written)
}

/// A stored date, moved by some seconds; what is no date stays as it is.
pub(super) fn later(date: &str, seconds: i64) -> String {
    let moved = date.parse::<Timestamp>().ok().and_then(|date| {
        let seconds = jiff::SignedDuration::from_secs(seconds);
        date.checked_add(seconds).ok()
    });
    moved.map_or_else(|| date.to_owned(), written)
}

/// The moment so many seconds after the beginning of 1970.
pub(super) fn at(seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX).to_string()
}

fn written(time: Timestamp) -> String {
    // Rounding can only fail at the far end of the calendar; such a date is written as it came.
    time.round(jiff::TimestampRound::new().smallest(Unit::Second).mode(jiff::RoundMode::Trunc))
        .unwrap_or(time)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_whole_seconds_of_utc() {
        assert_eq!(read("2015-12-16T22:18:37.987Z").as_deref(), Some("2015-12-16T22:18:37Z"));
        assert_eq!(read("2015-12-16T22:18:37+02:00").as_deref(), Some("2015-12-16T20:18:37Z"));
        assert_eq!(read("yesterday"), None);
        assert_eq!(read("2015-13-01T00:00:00Z"), None);
        assert_eq!(later("2015-12-16T22:18:37Z", 83), "2015-12-16T22:20:00Z");
        assert_eq!(at(1_450_304_317), "2015-12-16T22:18:37Z");
        assert_eq!(now().len(), "2015-12-16T22:18:37Z".len());
    }
}
