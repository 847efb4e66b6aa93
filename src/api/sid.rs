//! Identifiers of the vendor's resources: two letters of kind and 32 hexadecimal digits, parsed once
//! and kept apart by the compiler. Nothing here asks whether the resource exists.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// A kind of resource that has sids of its own.
pub trait Kind {
    /// The two letters that such a sid begins with, for example `CH`.
    const PREFIX: &'static str;
    /// What a person calls such a thing, for example `channel`.
    const NOUN: &'static str;
}

/// The identifier of a resource of kind `K`: 16 bytes, written as 34 characters.
pub struct Sid<K> {
    bytes: [u8; 16],
    kind: PhantomData<fn() -> K>,
}

/// The text is not a sid of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} {noun} sid is {prefix} and 32 hex digits", article(.noun))]
pub struct SidError {
    noun: &'static str,
    prefix: &'static str,
}

impl<K> Sid<K> {
    /// The sid whose 32 digits are these 16 bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self { bytes, kind: PhantomData }
    }

    /// The 16 bytes behind the 32 digits.
    pub const fn bytes(&self) -> [u8; 16] {
        self.bytes
    }
}

impl<K: Kind> Sid<K> {
    /// The prefix, the first four digits and the last four: `CH4b1e…e07c`.
    pub fn short(&self) -> String {
        let [first, second, .., before_last, last] = self.bytes;
        format!("{}{first:02x}{second:02x}…{before_last:02x}{last:02x}", K::PREFIX)
    }

    /// The last four digits, what a person types to confirm.
    pub fn tail(&self) -> String {
        let [.., before_last, last] = self.bytes;
        format!("{before_last:02x}{last:02x}")
    }
}

impl<K: Kind> FromStr for Sid<K> {
    type Err = SidError;

    fn from_str(text: &str) -> Result<Self, SidError> {
        text.strip_prefix(K::PREFIX)
            .and_then(sixteen_bytes)
            .map(Self::from_bytes)
            .ok_or(SidError { noun: K::NOUN, prefix: K::PREFIX })
    }
}

impl<K: Kind> fmt::Display for Sid<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(34);
        text.push_str(K::PREFIX);
        for byte in self.bytes {
            for nibble in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(nibble), 16));
            }
        }
        f.pad(&text)
    }
}

impl<K: Kind> fmt::Debug for Sid<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

// Written out, because a derive would ask the same of `K`, which is only a mark.
impl<K> Copy for Sid<K> {}

impl<K> Clone for Sid<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Eq for Sid<K> {}

impl<K> PartialEq for Sid<K> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<K> Ord for Sid<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes.cmp(&other.bytes)
    }
}

impl<K> PartialOrd for Sid<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Hash for Sid<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

impl<K: Kind> Serialize for Sid<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Kind> Deserialize<'de> for Sid<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(SidText(PhantomData))
    }
}

struct SidText<K>(PhantomData<fn() -> K>);

impl<K: Kind> Visitor<'_> for SidText<K> {
    type Value = Sid<K>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} and 32 hex digits", K::PREFIX)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Sid<K>, E> {
        text.parse().map_err(E::custom)
    }
}

/// 32 hexadecimal digits of either case, and nothing else.
fn sixteen_bytes(digits: &str) -> Option<[u8; 16]> {
    if digits.len() != 32 {
        return None;
    }
    let mut bytes = [0_u8; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        for &digit in pair {
            let value = char::from(digit).to_digit(16)?;
            *byte = (*byte << 4) | u8::try_from(value).ok()?;
        }
    }
    Some(bytes)
}

fn article(noun: &str) -> &'static str {
    let vowel = noun.starts_with(|first: char| "aeioAEIO".contains(first));
    if vowel { "an" } else { "a" }
}

macro_rules! kinds_without_a_noun {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal, $noun:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {}

        impl Kind for $name {
            const PREFIX: &'static str = $prefix;
            const NOUN: &'static str = $noun;
        }
    )*};
}

kinds_without_a_noun! {
    /// The account that everything belongs to.
    Account = "AC", "account";
    /// A key that signs in instead of the account's own token.
    ApiKey = "SK", "API key";
    /// A piece of work that Flex gives to an agent.
    Task = "WT", "task";
    /// The service that carries a conversation to phones.
    MessagingService = "MG", "messaging service";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Channel, Service, User};

    const TEXT: &str = "CH4b1e5f0a2c7d4e8f9a0b1c2d3e4fe07c";

    #[test]
    fn reads_either_case_and_writes_lower() {
        let sid: Sid<Channel> = TEXT.parse().unwrap();
        let upper: Sid<Channel> = "CH4B1E5F0A2C7D4E8F9A0B1C2D3E4FE07C".parse().unwrap();
        assert_eq!(sid, upper);
        assert_eq!(upper.to_string(), TEXT);
        assert_eq!(format!("{upper:?}"), TEXT);
        assert_eq!(Sid::<Channel>::from_bytes(sid.bytes()), sid);
    }

    #[test]
    fn shortens_for_a_person() {
        let sid: Sid<Channel> = TEXT.parse().unwrap();
        assert_eq!(sid.short(), "CH4b1e…e07c");
        assert_eq!(sid.tail(), "e07c");
        assert_eq!(format!("{sid:>36}"), format!("  {TEXT}"));
    }

    #[test]
    fn refuses_what_is_not_one_and_says_what_is() {
        let cases = [
            "",
            "CH",
            "ch4b1e5f0a2c7d4e8f9a0b1c2d3e4fe07c",
            "IS4b1e5f0a2c7d4e8f9a0b1c2d3e4fe07c",
            "CH4b1e5f0a2c7d4e8f9a0b1c2d3e4fe07",
            "CH4b1e5f0a2c7d4e8f9a0b1c2d3e4fe07c0",
            "CH4b1e5f0a2c7d4e8f9a0b1c2d3e4fe07g",
            "CH+b1e5f0a2c7d4e8f9a0b1c2d3e4fe07c",
            "CHéb1e5f0a2c7d4e8f9a0b1c2d3e4fe07c",
        ];
        for text in cases {
            let problem = text.parse::<Sid<Channel>>().unwrap_err();
            assert_eq!(problem.to_string(), "a channel sid is CH and 32 hex digits", "{text}");
        }
        let words = |problem: SidError| problem.to_string();
        let service = "".parse::<Sid<Service>>().unwrap_err();
        assert_eq!(words(service), "a service sid is IS and 32 hex digits");
        let user = "".parse::<Sid<User>>().unwrap_err();
        assert_eq!(words(user), "a user sid is US and 32 hex digits");
        let account = "".parse::<Sid<Account>>().unwrap_err();
        assert_eq!(words(account), "an account sid is AC and 32 hex digits");
    }

    #[test]
    fn goes_through_json() {
        let sid: Sid<Channel> = serde_json::from_str(&format!("\"{TEXT}\"")).unwrap();
        assert_eq!(serde_json::to_string(&sid).unwrap(), format!("\"{TEXT}\""));
        assert!(serde_json::from_str::<Sid<Channel>>("\"CH1\"").is_err());
    }
}
