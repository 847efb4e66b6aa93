//! Paths of requests, one segment at a time, and what of a path may be logged. No segment can leave
//! its place: everything but plain letters and digits is percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::address::Address;
use super::error::Error;
use super::sid::{Kind, Sid};

const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The words of the vendor's paths; anything else but a sid may be a person's name.
const WORDS: &[&str] = &[
    "v1",
    "v2",
    "v3",
    "Services",
    "Channels",
    "Users",
    "Members",
    "Messages",
    "Invites",
    "Roles",
    "Conversations",
    "FlexFlows",
];

/// A path that begins with `/`, encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path(String);

impl Path {
    /// The begin of a path: the version of the product.
    pub(super) fn new(version: &'static str) -> Self {
        Self(format!("/{version}"))
    }

    /// A word of the vendor's.
    pub(super) fn word(mut self, word: &'static str) -> Self {
        self.0.push('/');
        self.0.push_str(word);
        self
    }

    /// A sid.
    pub(super) fn sid<K: Kind>(self, sid: Sid<K>) -> Self {
        Self(format!("{}/{sid}", self.0))
    }

    /// A sid or a name.
    ///
    /// Nothing and dots alone are refused: a URL folds them away, encoded or not, and the request
    /// would go to the resource above.
    pub(super) fn address<K: Kind>(mut self, address: &Address<K>) -> Result<Self, Error> {
        match address {
            Address::Sid(sid) => Ok(self.sid(*sid)),
            Address::Name(name) if matches!(name.as_str(), "" | "." | "..") => {
                Err(Error::Unaddressable { noun: K::NOUN })
            }
            Address::Name(name) => {
                self.0.push('/');
                self.0.extend(utf8_percent_encode(name, SEGMENT));
                Ok(self)
            }
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A path as it may be logged: the vendor's words and sids stay, names do not.
pub(super) fn for_log(path_and_query: &str) -> String {
    let path = path_and_query.split('?').next().unwrap_or_default();
    let known = |segment: &str| segment.is_empty() || WORDS.contains(&segment) || is_sid(segment);
    let segments: Vec<_> =
        path.split('/').map(|segment| if known(segment) { segment } else { "{name}" }).collect();
    segments.join("/")
}

fn is_sid(segment: &str) -> bool {
    segment.len() == 34
        && segment.bytes().take(2).all(|letter| letter.is_ascii_uppercase())
        && segment.bytes().skip(2).all(|digit| digit.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::User;

    fn users_path(name: &str) -> Result<String, Error> {
        let address = Address::<User>::Name(name.to_owned());
        Path::new("v2").word("Users").address(&address).map(|path| path.as_str().to_owned())
    }

    #[test]
    fn a_name_cannot_leave_its_segment() {
        assert_eq!(
            users_path("a/b?c#d%2e é+ ").unwrap(),
            "/v2/Users/a%2Fb%3Fc%23d%252e%20%C3%A9%2B%20"
        );
        assert_eq!(users_path("mia_9-x.~").unwrap(), "/v2/Users/mia_9-x.~");
        for name in ["", ".", ".."] {
            assert!(matches!(users_path(name), Err(Error::Unaddressable { noun: "user" })));
        }
        assert_eq!(users_path("...").unwrap(), "/v2/Users/...");
    }

    #[test]
    fn a_log_holds_no_names() {
        let sid = Sid::<User>::from_bytes([0xaa; 16]);
        assert_eq!(
            for_log(&format!("/v2/Users/{sid}/Channels/my%20room?PageToken=secret")),
            format!("/v2/Users/{sid}/Channels/{{name}}")
        );
        assert_eq!(for_log("/v2/Users/mia"), "/v2/Users/{name}");
    }
}
