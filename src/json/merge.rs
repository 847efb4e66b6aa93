//! Two changes to one document, put together. What is written is the other side's text with this side's changes in it:
//! no byte moves that neither side touched.

use super::parse;
use std::fmt;
use weave::Weave;

mod splice;
#[cfg(test)]
pub(in crate::json) mod tests;
mod weave;

/// Two changes to one document, together.
#[derive(Clone, PartialEq, Eq)]
pub struct Merge {
    /// Both; where they collide, this side's.
    pub text: String,
    /// JSON pointers of what both sides changed, to different things, in the order of the other side's text; none is
    /// inside another.
    pub collisions: Vec<String>,
}

/// Puts together what `mine` and `theirs` made of `base`.
///
/// If one side changed nothing the result is the other's text, byte for byte and whether or not it is JSON. Else it is
/// their text with my changes in it: what I added goes behind the member that it follows in mine, indented as its
/// surroundings are, and the rest of my spacing and order is not carried over. Both changing a value to the same is no
/// collision. An array of which both sides changed something is looked into only if it is as long as it was in both,
/// as nothing else tells which item is which; the same goes for objects and names that are there more than once.
///
/// Texts that are no JSON, and a change of spacing or order on this side that meets a change on the other, cannot be put
/// together: they collide as a whole.
pub fn merge(base: &str, mine: &str, theirs: &str) -> Merge {
    let whole = |text: &str, collisions| Merge { text: text.to_owned(), collisions };
    if base == theirs || mine == theirs {
        return whole(mine, Vec::new());
    }
    if base == mine {
        return whole(theirs, Vec::new());
    }
    let (Ok(base), Ok(left), Ok(right)) = (parse(base), parse(mine), parse(theirs)) else {
        return whole(mine, vec![String::new()]);
    };
    Weave::of(&base, &left, &right).unwrap_or_else(|| whole(mine, vec![String::new()]))
}

/// Without pointers and text: both are personal data, and this ends up in reports.
impl fmt::Debug for Merge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Merge")
            .field("bytes", &self.text.len())
            .field("collisions", &self.collisions.len())
            .finish_non_exhaustive()
    }
}
