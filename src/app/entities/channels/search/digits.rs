//! Parts of sids, found in the numbers that the sids are.

use super::Bits;

/// Four bits, of all 32 digits the lowest.
const EACH: u128 = 0x1111_1111_1111_1111_1111_1111_1111_1111;
const SEVEN: u128 = EACH * 7;

/// A part of a channel's sid as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Digits {
    /// Part of the two letters: every sid has it.
    All,
    /// Digits anywhere.
    Anywhere(Vec<u8>),
    /// Digits right after the letters: the number they make, and how far it has to be moved down to compare.
    First { number: u128, shift: u32 },
}

/// What a folded word looks for in sids; nothing where no sid can hold it.
pub(super) fn of(word: &str) -> Option<Digits> {
    let digits = |text: &str| -> Option<Vec<u8>> {
        let digit = |letter: char| letter.to_digit(16).and_then(|it| u8::try_from(it).ok());
        (text.len() <= 32).then(|| text.chars().map(digit).collect()).flatten()
    };
    if let Some(rest) = word.strip_prefix("ch").or_else(|| word.strip_prefix('h')) {
        let digits = digits(rest)?;
        if digits.is_empty() {
            return Some(Digits::All);
        }
        let number = digits.iter().fold(0, |number, &digit| number << 4 | u128::from(digit));
        let shift = u32::try_from(4 * (32 - digits.len())).ok()?;
        return Some(Digits::First { number, shift });
    }
    // The first letter is a digit as well.
    if word.is_empty() || word == "c" {
        return Some(Digits::All);
    }
    digits(word).map(Digits::Anywhere)
}

impl Digits {
    /// Adds the rows whose sid holds them.
    pub(super) fn add_to(&self, bits: &mut Bits, sids: &[u128]) {
        for (word, sids) in bits.0.iter_mut().zip(sids.chunks(64)) {
            if *word == u64::MAX {
                continue;
            }
            for (at, &sid) in sids.iter().enumerate() {
                let found = match self {
                    Self::All => true,
                    Self::First { number, shift } => sid >> shift == *number,
                    Self::Anywhere(digits) => *word >> at & 1 == 1 || holds(sid, digits),
                };
                *word |= u64::from(found) << at;
            }
        }
    }
}

/// Whether these digits stand in a number one after the other. Each digit leaves a mark where it can go on from.
fn holds(sid: u128, digits: &[u8]) -> bool {
    let mut ends = EACH;
    for (at, &digit) in digits.iter().enumerate() {
        let differs = sid ^ (EACH * u128::from(digit));
        // The highest bit of each digit that is zero, moved to its lowest.
        let same = !(((differs & SEVEN) + SEVEN) | differs | SEVEN) >> 3;
        ends = if at == 0 { same } else { (ends >> 4) & same };
        if ends == 0 {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_of_sids_are_found_as_in_their_text(
            sid in any::<u128>(), word in "[0-9a-fch]{0,5}", from in 0_usize..34, len in 0_usize..34
        ) {
            let text = format!("ch{sid:032x}");
            let own = text.get(from..(from + len).min(34)).unwrap_or_default();
            for word in [word.as_str(), own] {
                let mut bits = Bits::NONE;
                if let Some(digits) = of(word) {
                    digits.add_to(&mut bits, &[sid]);
                }
                prop_assert_eq!(bits.get(0), text.contains(word), "{} in {}", word, text);
            }
        }
    }
}
