//! Times in words. A moment in full says in which zone it is told.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// How long ago, in the largest whole unit.
pub fn age(now: Timestamp, then: Timestamp) -> String {
    let seconds = now.duration_since(then).as_secs().max(0);
    let (count, unit) = match seconds {
        0..60 => (seconds, "s"),
        60..3_600 => (seconds / 60, "m"),
        3_600..172_800 => (seconds / 3_600, "h"),
        172_800..5_184_000 => (seconds / 86_400, "d"),
        5_184_000..63_072_000 => (seconds / 2_592_000, "mo"),
        _ => (seconds / 31_536_000, "y"),
    };
    format!("{count} {unit}")
}

/// A wait: `0.4 s`, `12 s`.
pub fn wait(duration: SignedDuration) -> String {
    let millis = duration.as_millis().max(0);
    if millis < 10_000 {
        format!("{}.{} s", millis / 1000, millis % 1000 / 100)
    } else {
        format!("{} s", millis / 1000)
    }
}

/// A moment of today's kind: `14:02:11`.
pub fn clock(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string()
}

/// A date: `2019-03-02`.
pub fn date(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string()
}

/// A moment in full: `2019-03-02 14:02Z`, or elsewhere `2019-03-02 16:02+02:00`.
pub fn moment(at: Timestamp, zone: &TimeZone) -> String {
    let told = at.to_zoned(zone.clone());
    let form = if told.offset().is_zero() { "%Y-%m-%d %H:%MZ" } else { "%Y-%m-%d %H:%M%:z" };
    told.strftime(form).to_string()
}

/// How many cells a moment in full takes in this zone, at any time of the year.
pub fn width(zone: &TimeZone) -> u16 {
    if *zone == TimeZone::UTC { 17 } else { 22 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_read_well() {
        let now = Timestamp::from_second(100_000_000).unwrap();
        let ago = |seconds: i64| age(now, now - SignedDuration::from_secs(seconds));
        let told = [5, 120, 7_200, 432_000, 7_776_000, 95_000_000].map(ago);
        assert_eq!(told, ["5 s", "2 m", "2 h", "5 d", "3 mo", "3 y"]);
    }

    #[test]
    fn a_moment_in_full_says_in_which_zone_it_is_told() {
        let at: Timestamp = "2019-03-02T14:02:11Z".parse().unwrap();
        let east = TimeZone::fixed(jiff::tz::offset(2));
        let west = TimeZone::fixed(jiff::tz::Offset::from_seconds(-12_600).unwrap());
        assert_eq!(moment(at, &TimeZone::UTC), "2019-03-02 14:02Z");
        assert_eq!(moment(at, &east), "2019-03-02 16:02+02:00");
        assert_eq!(moment(at, &west), "2019-03-02 10:32-03:30");
        for zone in [TimeZone::UTC, east, west] {
            assert!(moment(at, &zone).len() <= usize::from(width(&zone)));
        }
    }
}
