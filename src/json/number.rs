//! Whether a number survives being read as a 64-bit float, as browsers and most clients read it.

/// Above this, neighbouring integers fall together.
const EXACT: u64 = 1 << 53;

/// An integer beyond ±2^53, or a number that comes back with other digits.
pub(super) fn is_lossy(raw: &str) -> bool {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        return digits.parse::<u64>().map_or(true, |n| n > EXACT);
    }
    let Ok(float) = raw.parse::<f64>() else { return true };
    !float.is_finite() || Scientific::of(digits) != Scientific::of(&format!("{:e}", float.abs()))
}

/// Digits without zeros at either end, and the power of ten of the first one.
#[derive(PartialEq)]
struct Scientific {
    digits: String,
    exponent: i64,
}

impl Scientific {
    /// `None` for an exponent that no number needs; it equals nothing a float can print.
    fn of(raw: &str) -> Option<Self> {
        let (mantissa, exponent) = raw.split_once(['e', 'E']).unwrap_or((raw, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all: String = [whole, fraction].concat();
        let significant = all.trim_start_matches('0');
        if significant.is_empty() {
            return Some(Self { digits: String::new(), exponent: 0 });
        }
        let leading = i64::try_from(all.len() - significant.len()).ok()?;
        let point = i64::try_from(whole.len()).ok()?;
        let exponent = exponent.parse::<i64>().ok()?.checked_add(point - leading)?;
        Some(Self { digits: significant.trim_end_matches('0').to_owned(), exponent })
    }
}

#[cfg(test)]
mod tests {
    use super::is_lossy;

    #[test]
    fn numbers_that_survive() {
        for raw in [
            "0",
            "-0",
            "1",
            "-1",
            "9007199254740992",
            "-9007199254740992",
            "0.1",
            "1.50",
            "-0.0",
            "1e5",
            "1E+5",
            "100e-2",
            "0.30000000000000004",
            "1e300",
            "0e99999999999999999999",
            "0.000",
            "5e-324",
            "1e20",
        ] {
            assert!(!is_lossy(raw), "{raw}");
        }
    }

    #[test]
    fn numbers_that_do_not() {
        for raw in [
            "9007199254740993",
            "-9007199254740993",
            "18446744073709551616",
            "123456789012345678901234567890",
            "1e400",
            "-1e400",
            "1e-400",
            "3.141592653589793238",
            "1e99999999999999999999",
            "0.1000000000000000000001",
        ] {
            assert!(is_lossy(raw), "{raw}");
        }
    }

    #[test]
    fn a_megabyte_of_digits_is_no_trouble() {
        assert!(is_lossy(&format!("0.{}", "7".repeat(1_000_000))));
        assert!(is_lossy(&"7".repeat(1_000_000)));
    }
}
