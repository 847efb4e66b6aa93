//! Three texts into one: what a person opened, what they made of it, and what the server has by now.

use super::diff::{Diff, diff, diff_documents};
use super::parse;
use std::fmt;
use weave::{Weave, Woven};

mod splice;
#[cfg(test)]
pub(in crate::json) mod tests;
mod weave;

/// A value that both sides changed, to different things. Texts are as written; `None` where there is no such value.
#[derive(Clone, PartialEq, Eq)]
pub struct Collision {
    /// The outermost value that cannot be taken from both.
    pub pointer: String,
    pub base: Option<String>,
    pub mine: Option<String>,
    pub theirs: Option<String>,
}

/// What became of three texts.
#[derive(Clone, PartialEq, Eq)]
pub struct Merge {
    /// My changes in their text; where both collided, mine.
    pub text: String,
    /// The same with theirs where both collided. Without collisions it is `text`.
    pub yielding: String,
    /// What I changed.
    pub mine: Diff,
    /// What they changed.
    pub theirs: Diff,
    /// In the order of their text, none inside another.
    pub collisions: Vec<Collision>,
    /// Whether I changed spacing, order or the layout of values too, and the merged text has theirs.
    pub layout_dropped: bool,
}

/// Puts my changes into their text, in which every byte that I did not change stays as it is.
///
/// If they changed nothing the result is my text, and if I changed nothing it is theirs, byte for byte and whether or
/// not it is JSON. Else my spacing and order are not carried over, as there is no telling where they would go; what I
/// added is indented as its surroundings are. Both sides changing a value to the same is no collision. An array of
/// which both sides changed something is looked into only if it is as long as it was in both, as nothing else tells
/// which item is which; the same goes for objects and repeated names. One text that is not JSON makes all of it one
/// value.
pub fn merge(base: &str, mine: &str, theirs: &str) -> Merge {
    let (text, other) = match (mine == base, theirs == base || theirs == mine) {
        (_, true) => (mine, mine),
        (true, false) => (theirs, theirs),
        (false, false) => return meet(base, mine, theirs),
    };
    Merge {
        text: text.to_owned(),
        yielding: other.to_owned(),
        mine: diff(base, mine),
        theirs: diff(base, theirs),
        collisions: Vec::new(),
        layout_dropped: false,
    }
}

/// Of three texts of which no two are the same.
fn meet(base: &str, mine: &str, theirs: &str) -> Merge {
    let (Ok(old), Ok(left), Ok(right)) = (parse(base), parse(mine), parse(theirs)) else {
        let whole = Collision {
            pointer: String::new(),
            base: Some(base.to_owned()),
            mine: Some(mine.to_owned()),
            theirs: Some(theirs.to_owned()),
        };
        return Merge {
            text: mine.to_owned(),
            yielding: theirs.to_owned(),
            mine: diff(base, mine),
            theirs: diff(base, theirs),
            collisions: vec![whole],
            layout_dropped: false,
        };
    };
    let Woven { text, collisions } = Weave::of(&old, &left, &right, Prefer::Mine);
    let yielding = if collisions.is_empty() {
        text.clone()
    } else {
        Weave::of(&old, &left, &right, Prefer::Theirs).text
    };
    Merge {
        layout_dropped: Weave::of(&old, &left, &old, Prefer::Mine).text != mine,
        mine: diff_documents(&old, &left),
        theirs: diff_documents(&old, &right),
        text,
        yielding,
        collisions,
    }
}

/// Whose value is taken where both collide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prefer {
    Mine,
    Theirs,
}

/// Without the texts: they are personal data, and this ends up in reports.
impl fmt::Debug for Merge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Merge")
            .field("bytes", &self.text.len())
            .field("mine", &self.mine)
            .field("theirs", &self.theirs)
            .field("collisions", &self.collisions)
            .finish_non_exhaustive()
    }
}

/// Without pointer and texts.
impl fmt::Debug for Collision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = |text: &Option<String>| text.as_ref().map(String::len);
        f.debug_struct("Collision")
            .field("base", &bytes(&self.base))
            .field("mine", &bytes(&self.mine))
            .field("theirs", &bytes(&self.theirs))
            .finish_non_exhaustive()
    }
}
