//! Made-up sids.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Tells a made-up sid from a real one, at a place where nobody looks for it.
const MARK: &str = "5a4db0c5";

/// A made-up sid, the same for the same words, that can be told from a real one by its middle.
pub(super) fn sid(prefix: &str, words: &str) -> String {
    let half = |salt: u64| half(salt, prefix, &words);
    format!("{prefix}{:012x}{MARK}{:012x}", half(1), half(2))
}

/// A made-up sid that bears a number, though it does not look so: [`number`] finds it again.
pub(super) fn numbered(prefix: &str, number: u64) -> String {
    let bearing = scattered(number);
    format!("{prefix}{bearing:012x}{MARK}{:012x}", half(3, prefix, &bearing))
}

/// The number that a sid bears, if it was made by [`numbered`].
pub(super) fn number(prefix: &str, sid: &str) -> Option<u64> {
    let digits = sid.strip_prefix(prefix).filter(|digits| digits.is_ascii())?;
    let bearing = u64::from_str_radix(digits.get(..12)?, 16).ok()?;
    let number = gathered(bearing);
    (numbered(prefix, number) == sid).then_some(number)
}

fn half(salt: u64, prefix: &str, words: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    (salt, prefix).hash(&mut hasher);
    words.hash(&mut hasher);
    hasher.finish() >> 16
}

/// All arithmetic is on the 48 bits that half a sid has.
const MASK: u64 = (1 << 48) - 1;
const FACTOR: u64 = 0x9e37_79b9_7f4b;

/// What undoes a multiplication by an odd number: each round of Newton's method gets twice as many bits right.
const fn inverse(odd: u64) -> u64 {
    let (mut inverse, mut round) = (odd, 0);
    while round < 5 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
        round += 1;
    }
    inverse
}

fn scattered(number: u64) -> u64 {
    let bits = number.wrapping_mul(FACTOR) & MASK;
    // Its own inverse, being half of the bits.
    let bits = bits ^ (bits >> 24);
    bits.wrapping_mul(FACTOR) & MASK
}

fn gathered(bits: u64) -> u64 {
    let bits = bits.wrapping_mul(const { inverse(FACTOR) }) & MASK;
    let bits = bits ^ (bits >> 24);
    bits.wrapping_mul(const { inverse(FACTOR) }) & MASK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_sids_look_like_sids_and_like_no_real_ones() {
        for one in [sid("CH", "one"), numbered("CH", 1), numbered("CH", 1_000_000)] {
            assert_eq!((one.len(), &one[14..22]), (34, "5a4db0c5"));
        }
        assert_eq!(sid("CH", "one"), sid("CH", "one"));
        assert_ne!(sid("CH", "one"), sid("CH", "two"));
        assert_ne!(sid("CH", "one")[2..], sid("MB", "one")[2..]);
    }

    #[test]
    fn a_number_is_found_again_in_its_own_sid_only() {
        for number in (0..100).chain([999_999, 1_000_000, MASK]) {
            assert_eq!(super::number("CH", &numbered("CH", number)), Some(number));
        }
        let one = numbered("CH", 1);
        assert_eq!(number("US", &one), None);
        assert_eq!(number("CH", &one.replace("CH", "US")), None);
        assert_eq!(number("US", &one.replace("CH", "US")), None);
        assert_eq!(number("CH", &sid("CH", "one")), None);
        for text in
            ["", "CH", "CHé34567890123", &one[..33], &format!("{one}0"), &one.to_uppercase()]
        {
            assert_eq!(number("CH", text), None, "{text}");
        }
    }
}
