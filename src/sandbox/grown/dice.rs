//! Numbers that look drawn and are always the same.

/// A draw for a row; another `salt` is another draw.
pub(super) fn draw(number: u64, salt: u64) -> u64 {
    // The finisher of SplitMix64.
    let bits = number.wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// A draw from 0 to below `limit`.
pub(super) fn below(limit: u64, number: u64, salt: u64) -> u64 {
    draw(number, salt) % limit.max(1)
}

/// One of a list.
pub(super) fn pick<T: Copy + Default>(list: &[T], number: u64, salt: u64) -> T {
    let index = below(list.len() as u64, number, salt);
    let index = usize::try_from(index).unwrap_or_default();
    list.get(index).copied().unwrap_or_default()
}
