//! How many items a page may have. The documents say 1000 in one place and 100 or 50 in another, so
//! the server is asked, once for each family of lists, and its no is remembered.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::api::error::Error;

/// Lists that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::api) enum Family {
    /// The lists of Programmable Chat.
    Chat,
    /// A user's memberships, which have a smaller limit of their own.
    Memberships,
    /// The lists of Flex, for which the documents agree on 1000.
    Flex,
}

/// What to fall to, in turn.
const SMALLER: [u32; 2] = [100, 50];

/// The vendor's code for a page size that is too large.
const TOO_LARGE: u32 = 20007;

pub(super) struct PageSizes {
    chat: AtomicU32,
    memberships: AtomicU32,
    flex: AtomicU32,
}

impl PageSizes {
    pub(super) fn starting_at(size: u32) -> Self {
        let size = size.max(1);
        let [chat, memberships, flex] = [size; 3].map(AtomicU32::new);
        Self { chat, memberships, flex }
    }

    pub(super) fn current(&self, family: Family) -> u32 {
        self.of(family).load(Ordering::Relaxed)
    }

    /// Remembers that `refused` is too large; false when there is nothing smaller to ask for.
    pub(super) fn shrink(&self, family: Family, refused: u32) -> bool {
        let Some(&smaller) = SMALLER.iter().find(|&&size| size < refused) else { return false };
        // Two lists may learn this at once: the smaller lesson stays.
        self.of(family).fetch_min(smaller, Ordering::Relaxed);
        true
    }

    const fn of(&self, family: Family) -> &AtomicU32 {
        match family {
            Family::Chat => &self.chat,
            Family::Memberships => &self.memberships,
            Family::Flex => &self.flex,
        }
    }
}

/// Whether the server refused the size of the page. Its status is not documented, so only the code
/// counts.
pub(super) fn is_too_large(error: &Error) -> bool {
    error.code() == Some(TOO_LARGE)
}
