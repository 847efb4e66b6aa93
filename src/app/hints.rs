//! The keys that are told at the foot: what does something here, the most useful first, as many as fit.

use unicode_width::UnicodeWidthStr;

use crate::api::chat::memberships::NotificationLevel;
use crate::app::{
    act,
    action::Action,
    keymap::{self, Bound},
    model::Model,
};

/// One hint.
#[derive(Debug, Clone, Copy)]
pub struct Hint<'a> {
    /// The key, or the first of a pair.
    pub key: &'a str,
    /// What it does, in a word or two.
    pub words: &'static str,
    /// Its row of the table.
    pub binding: &'a Bound,
    /// Its first cell.
    pub x: u16,
}

impl Hint<'_> {
    /// Whether the key is the first of a pair.
    pub fn is_first(&self) -> bool {
        !self.binding.keys.iter().any(|key| keymap::spelled(key) == self.key)
    }

    /// How many cells it takes, the gap behind it left out.
    pub fn width(&self) -> u16 {
        u16::try_from(self.key.width() + 1 + self.words.width()).unwrap_or(u16::MAX)
    }
}

/// The hints in a line of so many cells.
pub fn placed(model: &Model, width: u16) -> Vec<Hint<'_>> {
    let contexts = model.contexts();
    let keymap = &model.keymap;
    let mut live: Vec<&Bound> = keymap
        .within(&contexts)
        .filter(|row| !row.hint.is_empty())
        .filter(|row| act::is_live(model, row))
        .collect();
    live.sort_by_key(|row| std::cmp::Reverse(row.rank));
    let mut x = 1;
    let mut hints = Vec::new();
    for binding in live {
        let Some(key) = keymap.hint_key(&contexts, binding) else { continue };
        let words = if binding.action == Action::Mute { mute(model) } else { binding.hint };
        let hint = Hint { key, words, binding, x };
        let end = x.saturating_add(hint.width()).saturating_add(GAP);
        if end > width {
            break;
        }
        x = end;
        hints.push(hint);
    }
    hints
}

/// Cells between two hints.
const GAP: u16 = 2;

/// What `m` would do to the membership under the cursor.
fn mute(model: &Model) -> &'static str {
    let key = model.membership_at(model.path.focus());
    let membership = key.and_then(|key| model.entities.membership(key));
    let muted = membership.is_some_and(|it| it.notification_level == NotificationLevel::Muted);
    if muted { "unmute" } else { "mute" }
}
