//! How a call names a resource: by its sid, or by the name that the documents allow in its place
//! (a channel's `unique_name`, a user's `identity`). Nothing is encoded here.

use std::fmt;

use super::sid::{Kind, Sid};

/// A resource of kind `K`, by sid or by name.
pub enum Address<K> {
    /// The resource with this sid.
    Sid(Sid<K>),
    /// The resource with this `unique_name` or `identity`, as a person writes it.
    Name(String),
}

impl<K: Kind> Address<K> {
    /// What a person typed: a sid if it reads as one, a name otherwise.
    pub fn from_text(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Name(text.to_owned()), Self::Sid)
    }
}

impl<K> Address<K> {
    /// The sid, when that is what was given.
    pub fn sid(&self) -> Option<Sid<K>> {
        match self {
            Self::Sid(sid) => Some(*sid),
            Self::Name(_) => None,
        }
    }
}

impl<K> From<Sid<K>> for Address<K> {
    fn from(sid: Sid<K>) -> Self {
        Self::Sid(sid)
    }
}

impl<K> Clone for Address<K> {
    fn clone(&self) -> Self {
        match self {
            Self::Sid(sid) => Self::Sid(*sid),
            Self::Name(name) => Self::Name(name.clone()),
        }
    }
}

impl<K> Eq for Address<K> {}

impl<K> PartialEq for Address<K> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Sid(mine), Self::Sid(theirs)) => mine == theirs,
            (Self::Name(mine), Self::Name(theirs)) => mine == theirs,
            _ => false,
        }
    }
}

impl<K: Kind> fmt::Debug for Address<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sid(sid) => f.debug_tuple("Sid").field(sid).finish(),
            Self::Name(name) => f.debug_tuple("Name").field(name).finish(),
        }
    }
}
