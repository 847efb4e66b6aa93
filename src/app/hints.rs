//! The keys that are told at the foot: what does something here, the most useful first, as many as fit.

use unicode_width::UnicodeWidthStr;

use crate::api::chat::memberships::NotificationLevel;
use crate::app::{act, action::Action, keymap::Bound, model::Model};

/// One hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The key, or the first of a pair.
    pub key: String,
    /// What it does, in a word or two.
    pub words: &'static str,
    /// What is wished for.
    pub action: Action,
    /// Whether another key has to follow.
    pub begins: bool,
    /// Its first cell.
    pub x: u16,
}

impl Hint {
    /// How many cells it takes, the gap behind it left out.
    pub fn width(&self) -> u16 {
        u16::try_from(self.key.width() + 1 + self.words.width()).unwrap_or(u16::MAX)
    }
}

/// The hints in a line of so many cells.
pub fn placed(model: &Model, width: u16) -> Vec<Hint> {
    let contexts = model.contexts();
    let mut live: Vec<&Bound> = model
        .keymap
        .within(&contexts)
        .filter(|row| !row.hint.is_empty())
        .filter(|row| act::is_live(model, row))
        .collect();
    live.sort_by_key(|row| std::cmp::Reverse(row.rank));
    let mut x = 1;
    let mut hints = Vec::new();
    for row in live {
        let Some((key, begins)) = model.keymap.hint_key(&contexts, row) else { continue };
        let words = if row.action == Action::Mute { mute(model) } else { row.hint };
        let hint = Hint { key: key.to_owned(), words, action: row.action, begins, x };
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
