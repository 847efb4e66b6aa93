//! The last look before a write: what will be changed, and what was changed elsewhere meanwhile. It does nothing
//! itself; `save` does.

mod lines;

use jiff::Timestamp;
use ratatui::layout::{Rect, Size};

pub use self::lines::{Line, SIGN, Tells, lines};
use crate::app::{
    form::Draft,
    layout,
    merge::{Compared, Verdict},
};

/// What is looked at.
#[derive(Debug, Clone)]
pub struct Review {
    /// The form as it was typed.
    pub draft: Box<Draft>,
    /// Every field that differs anywhere.
    pub compared: Vec<Compared>,
    /// When the server was asked.
    pub read_at: Timestamp,
    /// How many lines are scrolled away.
    pub top: usize,
}

impl Review {
    /// Whether both sides changed the same thing.
    pub fn collides(&self) -> bool {
        self.compared.iter().any(|of| of.verdict == Verdict::Collides)
    }

    /// Whether anything was changed elsewhere.
    pub fn has_theirs(&self) -> bool {
        self.compared.iter().any(|of| of.theirs != of.base)
    }
}

impl Review {
    /// The furthest that it can be scrolled on a screen of this size.
    pub fn end(&self, size: Size) -> usize {
        let (_, area, lines) = self.laid_out(size);
        lines.len().saturating_sub(usize::from(area.height))
    }

    /// The frame, the room inside it, and the lines for that room.
    pub fn laid_out(&self, size: Size) -> (Rect, Rect, Vec<Line>) {
        let width = size.width.min(WIDEST);
        let lines = lines(self, usize::from(width.saturating_sub(4)));
        let height = u16::try_from(lines.len() + 4).unwrap_or(u16::MAX);
        let frame = layout::centred(size, width, height);
        let inner = layout::inside(frame);
        // A blank line above and below, where there is room for all.
        let blank = u16::from(frame.height >= height);
        let area = Rect {
            x: inner.x + 1,
            y: inner.y + blank,
            width: inner.width.saturating_sub(2),
            height: inner.height.saturating_sub(2 * blank),
        };
        (frame, area, lines)
    }
}

const WIDEST: u16 = 110;
