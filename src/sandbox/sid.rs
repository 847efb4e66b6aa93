//! Made-up sids.

use std::hash::{DefaultHasher, Hash, Hasher};

/// A made-up sid, the same for the same words, that can be told from a real one by its middle.
pub(super) fn sid(prefix: &str, words: &str) -> String {
    let half = |salt: u64| {
        let mut hasher = DefaultHasher::new();
        (salt, prefix, words).hash(&mut hasher);
        hasher.finish() >> 16
    };
    format!("{prefix}{:012x}5a4db0c5{:012x}", half(1), half(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_sids_look_like_sids_and_like_no_real_ones() {
        let one = sid("CH", "one");
        assert_eq!((one.len(), &one[14..22]), (34, "5a4db0c5"));
        assert_eq!(one, sid("CH", "one"));
        assert_ne!(one, sid("CH", "two"));
        assert_ne!(one[2..], sid("MB", "one")[2..]);
    }
}
