//! The three-way comparison before a write: what was typed over, what was typed, and what the server has by now.

use crate::{
    app::form::{Draft, FieldName, Kind},
    json,
};

/// One field that differs anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Which.
    pub name: FieldName,
    /// What was typed over.
    pub base: String,
    /// What was typed.
    pub mine: String,
    /// What the server has by now.
    pub theirs: String,
    /// Both together; where they collide, what was typed.
    pub merged: String,
    /// What came of the comparison.
    pub verdict: Verdict,
}

/// Who changed a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Only what was typed.
    Mine,
    /// Only somebody else.
    Theirs,
    /// Both, in places that do not touch, or to the same.
    Both,
    /// Both, to different things.
    Collides,
}

/// Which of the texts is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What was typed, as it was typed.
    Mine,
    /// What the server has.
    Theirs,
    /// Both together.
    Merged,
}

impl Compared {
    /// One of its texts.
    pub fn text(&self, side: Side) -> &str {
        match side {
            Side::Mine => &self.mine,
            Side::Theirs => &self.theirs,
            Side::Merged => &self.merged,
        }
    }
}

/// Compares what was typed with `fresh`, a form over what the server has now. Fields that differ nowhere are left out.
pub fn compare(draft: &Draft, fresh: &Draft) -> Vec<Compared> {
    let fields = draft.fields.iter().filter_map(|field| {
        let theirs = fresh.field(field.name)?.base().to_owned();
        let (base, mine) = (field.base().to_owned(), field.text());
        let (is_mine, is_theirs) = (mine != base, theirs != base);
        let (verdict, merged) = match (is_mine, is_theirs) {
            (false, false) => return None,
            (true, false) => (Verdict::Mine, mine.clone()),
            (false, true) => (Verdict::Theirs, theirs.clone()),
            (true, true) if mine == theirs => (Verdict::Both, mine.clone()),
            (true, true) => match field.kind() {
                Kind::Json { .. } => together(&base, &mine, &theirs),
                Kind::Line { .. } | Kind::Choice { .. } => (Verdict::Collides, mine.clone()),
            },
        };
        Some(Compared { name: field.name, base, mine, theirs, merged, verdict })
    });
    fields.collect()
}

fn together(base: &str, mine: &str, theirs: &str) -> (Verdict, String) {
    let merge = json::merge(base, mine, theirs);
    let verdict = if merge.collisions.is_empty() { Verdict::Both } else { Verdict::Collides };
    (verdict, merge.text)
}

impl Draft {
    /// The same form over what the server has now, each compared field with the text of one side.
    #[must_use]
    pub fn rebased(mut self, compared: &[Compared], side: Side) -> Self {
        for of in compared {
            if let Some(field) = self.fields.iter_mut().find(|field| field.name == of.name) {
                field.rebase(&of.theirs);
                field.put(match of.verdict {
                    Verdict::Theirs => &of.theirs,
                    Verdict::Mine | Verdict::Both | Verdict::Collides => of.text(side),
                });
            }
        }
        Self { changed_elsewhere: false, ..self }
    }
}
