//! One role: what it allows, line by line.

use crate::api::{chat::roles::Role, remote_text::RemoteText};
use crate::app::prose::{self, Line};

/// How many lines its properties take.
pub const FACTS: u16 = 2;

/// The permissions, one a line where they fit.
pub fn lines(role: &Role, width: u16) -> Vec<Line> {
    let words = role.permissions.iter().map(RemoteText::raw);
    words.flat_map(|word| prose::wrapped(word, usize::from(width))).collect()
}
