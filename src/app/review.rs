//! The last look before a write: what will be changed, and what was changed elsewhere meanwhile. It does nothing
//! itself; `save` does.

use jiff::Timestamp;
use ratatui::layout::{Rect, Size};

use crate::app::{
    form::Draft,
    layout,
    merge::{Compared, Verdict},
    prose,
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

/// What a line of the review says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// Which field the lines below are about.
    Field,
    /// What needs attention.
    Warning,
    /// What it was.
    Was,
    /// What it will be.
    Becomes,
    /// What it was made elsewhere.
    Theirs,
    /// Something changed elsewhere that stays.
    Kept,
    /// Nothing.
    Blank,
}

/// One line of the review, in so many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub tells: Tells,
    /// What stands before the words; not repeated where they go on in a further line.
    pub sign: &'static str,
    /// The words.
    pub words: prose::Line,
}

/// Cells before the words.
pub const SIGN: usize = 10;

impl Review {
    /// Everything there is to look at, in lines of so many cells.
    pub fn lines(&self, width: usize) -> Vec<Line> {
        let mut sheet = Sheet { lines: Vec::new(), width: width.saturating_sub(SIGN) };
        for of in self.compared.iter().filter(|of| of.verdict == Verdict::Collides) {
            sheet.say(Tells::Warning, "✖", &format!("{}: changed on both sides", of.name.label()));
            sheet.say(Tells::Was, "was", &of.base);
            sheet.say(Tells::Theirs, "theirs", &of.theirs);
            sheet.say(Tells::Becomes, "yours", &of.mine);
            sheet.blank();
        }
        let mine = |of: &&Compared| matches!(of.verdict, Verdict::Mine | Verdict::Both);
        for of in self.compared.iter().filter(mine) {
            sheet.say(Tells::Field, "", of.name.label());
            sheet.say(Tells::Was, "-", &of.theirs);
            sheet.say(Tells::Becomes, "+", &of.merged);
            sheet.blank();
        }
        let theirs = self.compared.iter().filter(|of| of.verdict == Verdict::Theirs);
        for (at, of) in theirs.enumerate() {
            if at == 0 {
                sheet.say(Tells::Warning, "⚠", "changed elsewhere since you opened it, and kept:");
            }
            sheet.say(Tells::Field, "", of.name.label());
            sheet.say(Tells::Was, "-", &of.base);
            sheet.say(Tells::Kept, "+", &of.theirs);
        }
        while sheet.lines.last().is_some_and(|line| line.tells == Tells::Blank) {
            sheet.lines.pop();
        }
        sheet.lines
    }

    /// The furthest that it can be scrolled on a screen of this size.
    pub fn end(&self, size: Size) -> usize {
        let (_, area, lines) = self.laid_out(size);
        lines.len().saturating_sub(usize::from(area.height))
    }

    /// The frame, the room inside it, and the lines for that room.
    pub fn laid_out(&self, size: Size) -> (Rect, Rect, Vec<Line>) {
        let width = size.width.min(WIDEST);
        let lines = self.lines(usize::from(width.saturating_sub(4)));
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

struct Sheet {
    lines: Vec<Line>,
    width: usize,
}

impl Sheet {
    fn say(&mut self, tells: Tells, sign: &'static str, raw: &str) {
        let words = if raw.is_empty() { "—" } else { raw };
        for (at, words) in prose::wrapped(words, self.width).into_iter().enumerate() {
            self.lines.push(Line { tells, sign: if at == 0 { sign } else { "" }, words });
        }
    }

    fn blank(&mut self) {
        self.lines.push(Line { tells: Tells::Blank, sign: "", words: Vec::new() });
    }
}
