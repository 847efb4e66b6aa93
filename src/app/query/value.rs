//! What stands after a field's sign: numbers, days, ages.

use jiff::{SignedDuration, Timestamp, ToSpan, civil};

use super::{Check, Reader};

/// The sign between a field and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Colon,
    Tilde,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// The whole numbers that compare so to what lies between these two.
pub(super) fn range(sign: Sign, first: i64, last: i64) -> Check {
    let (low, high) = match sign {
        Sign::Less => (i64::MIN, first.saturating_sub(1)),
        Sign::AtMost => (i64::MIN, last),
        Sign::Greater => (last.saturating_add(1), i64::MAX),
        Sign::AtLeast => (first, i64::MAX),
        Sign::Colon | Sign::Tilde | Sign::Equal | Sign::Unequal => (first, last),
    };
    Check::Range { low, high, inside: sign != Sign::Unequal }
}

pub(super) fn number(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, '_' | ',')).collect();
    digits.parse().ok()
}

pub(super) fn flag(text: &str) -> Option<bool> {
    match text {
        "yes" | "true" | "on" | "y" | "1" => Some(true),
        "no" | "false" | "off" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// The moments that compare so to a day (a month, a year, a minute) or to an age.
pub(super) fn moment(sign: Sign, text: &str, reader: Reader) -> Option<Check> {
    if let Some((first, last)) = calendar(text, reader) {
        return Some(range(sign, first.as_microsecond(), last.as_microsecond() - 1));
    }
    // The greater the age, the earlier the moment.
    let (age, unit) = age(text)?;
    let before = |age| reader.now.checked_sub(age).ok().map(Timestamp::as_microsecond);
    let (then, earlier) = (before(age)?, before(age.checked_add(unit)?)?);
    let (low, high, inside) = match sign {
        Sign::Greater => (i64::MIN, then - 1, true),
        Sign::AtLeast => (i64::MIN, then, true),
        Sign::Less => (then + 1, i64::MAX, true),
        Sign::AtMost => (then, i64::MAX, true),
        Sign::Unequal => (earlier + 1, then, false),
        Sign::Colon | Sign::Tilde | Sign::Equal => (earlier + 1, then, true),
    };
    Some(Check::Range { low, high, inside })
}

/// When what is named begins, and when it is over.
fn calendar(text: &str, reader: Reader) -> Option<(Timestamp, Timestamp)> {
    let instant =
        |at: civil::DateTime| at.to_zoned(reader.zone.clone()).ok().map(|zoned| zoned.timestamp());
    let days = |first: civil::Date, span: jiff::Span| {
        let last = first.checked_add(span).ok()?;
        Some((instant(first.at(0, 0, 0, 0))?, instant(last.at(0, 0, 0, 0))?))
    };
    let today = || reader.now.to_zoned(reader.zone.clone()).date();
    match text {
        "today" => return days(today(), 1.days()),
        "yesterday" => return days(today().yesterday().ok()?, 1.days()),
        _ => {}
    }
    let is_shape = |shape: &str| {
        shape.len() == text.len()
            && shape.bytes().zip(text.bytes()).all(|(shape, byte)| match shape {
                b'0' => byte.is_ascii_digit(),
                sign => byte == sign,
            })
    };
    if is_shape("0000-00-00") {
        return days(text.parse().ok()?, 1.days());
    }
    if is_shape("0000-00") {
        return days(format!("{text}-01").parse().ok()?, 1.month());
    }
    if is_shape("0000") {
        return days(format!("{text}-01-01").parse().ok()?, 1.year());
    }
    if is_shape("0000-00-00t00:00") {
        let minute = text.to_ascii_uppercase().parse::<civil::DateTime>().ok()?;
        let begin = instant(minute)?;
        return Some((begin, begin.checked_add(SignedDuration::from_mins(1)).ok()?));
    }
    None
}

/// How long ago, and the unit it was told in.
fn age(text: &str) -> Option<(SignedDuration, SignedDuration)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (count, unit) = text.split_at(end);
    let seconds: i64 = match unit {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        "mo" => 30 * 86_400,
        "y" => 365 * 86_400,
        _ => return None,
    };
    let age = count.parse::<i64>().ok()?.checked_mul(seconds)?;
    Some((SignedDuration::from_secs(age), SignedDuration::from_secs(seconds)))
}
