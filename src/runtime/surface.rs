//! What is on the terminal, and how the next frame gets there: the cells that differ are written, and after a step of
//! the cursor only the strips are looked at that it can have changed. The library's own terminal draws and compares
//! every cell for every key.

use std::{io, ops::Range};

use ratatui::{
    backend::Backend,
    buffer::{Buffer, Cell},
    layout::{Position, Rect, Size},
};

use crate::{
    app::{
        change,
        layout::{self, Screen},
        model::Model,
    },
    view::{self, Frame, theme::Theme},
};

/// A terminal and what it shows.
#[derive(Debug)]
pub struct Surface<B> {
    backend: B,
    shown: Buffer,
    /// The next frame, while it is drawn.
    next: Buffer,
    /// What the last whole frame was drawn of.
    drawn: Option<Drawn>,
    /// The second of the steps that were drawn since, if it is a later one than that of the whole frame.
    behind: Option<i64>,
}

#[derive(Debug)]
struct Drawn {
    screen: Screen,
    /// Until it is over no age looks different.
    second: i64,
}

/// How much is drawn of a frame.
enum Extent {
    /// What a step from one row of the window to another changes.
    Step(usize, usize),
    Whole,
}

impl<B: Backend<Error: std::error::Error + Send + Sync + 'static>> Surface<B> {
    /// Draws to this, whose cells are taken to be empty.
    ///
    /// # Errors
    /// When its size cannot be told.
    pub fn new(backend: B) -> io::Result<Self> {
        let area = Rect::from((Position::ORIGIN, backend.size().map_err(io::Error::other)?));
        let (shown, next) = (Buffer::empty(area), Buffer::empty(area));
        Ok(Self { backend, shown, next, drawn: None, behind: None })
    }

    /// What is drawn to.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// What is drawn to.
    pub fn backend_mut(&mut self) -> &mut B {
        &mut self.backend
    }

    /// What stands on the terminal.
    pub fn shown(&self) -> &Buffer {
        &self.shown
    }

    /// How large the terminal is by now.
    ///
    /// # Errors
    /// When that cannot be told.
    pub fn size(&self) -> io::Result<Size> {
        self.backend.size().map_err(io::Error::other)
    }

    /// Clears the terminal, so that the next frame paints every cell; how large it is by now.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn clear(&mut self) -> io::Result<Size> {
        let size = self.size()?;
        self.backend.clear().map_err(io::Error::other)?;
        let area = Rect::from((Position::ORIGIN, size));
        self.shown = Buffer::empty(area);
        self.next = Buffer::empty(area);
        self.drawn = None;
        Ok(size)
    }

    /// Whether ages may look as they did some seconds ago, because a step did not wait for them. A whole frame is to
    /// follow.
    pub fn is_behind(&self) -> bool {
        self.behind.is_some()
    }

    /// Draws one frame, from which on it is noted what changes.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn draw(&mut self, model: &mut Model, theme: &Theme) -> io::Result<()> {
        if self.size()? != self.shown.area.as_size() {
            self.clear()?;
        }
        let screen = layout::screen(model);
        let cursor = match self.extent(model, &screen) {
            Extent::Step(from, to) => self.draw_step(model, theme, &screen, (from, to))?,
            Extent::Whole => {
                self.drawn = Some(Drawn { screen, second: model.now.as_second() });
                self.behind = None;
                self.draw_whole(model, theme)?
            }
        };
        change::drawn(model);
        self.finish(cursor)
    }

    /// How much of the next frame is to be drawn.
    fn extent(&mut self, model: &Model, screen: &Screen) -> Extent {
        let Some(last) = self.drawn.as_ref().filter(|last| last.screen == *screen) else {
            return Extent::Whole;
        };
        let Some((from, to)) = change::step(model, screen) else { return Extent::Whole };
        let second = model.now.as_second();
        let is_too_late = self.behind.is_some_and(|behind| behind != second);
        if is_too_late || model.size != self.shown.area.as_size() {
            return Extent::Whole;
        }
        self.behind = (last.second != second).then_some(second);
        Extent::Step(from, to)
    }

    /// Draws everything; where the cursor of the terminal is to stand.
    fn draw_whole(&mut self, model: &Model, theme: &Theme) -> io::Result<Option<Position>> {
        self.next.reset();
        let mut frame = Frame::new(&mut self.next);
        view::render(model, theme, &mut frame);
        let cursor = frame.cursor;
        let updates = self.shown.diff_iter(&self.next);
        self.backend.draw(updates).map_err(io::Error::other)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(cursor)
    }

    /// Draws what a step has changed. The cursor of the terminal stands nowhere: there is no text to type.
    fn draw_step(
        &mut self,
        model: &Model,
        theme: &Theme,
        screen: &Screen,
        step: (usize, usize),
    ) -> io::Result<Option<Position>> {
        let strips = view::strips(model, theme, screen, step);
        let updates = strips.iter().flat_map(|strip| self.updates(strip));
        let updates: Vec<_> = updates.collect();
        self.backend.draw(updates.into_iter()).map_err(io::Error::other)?;
        for strip in &strips {
            for (line, cells) in strip.content.chunks(usize::from(strip.area.width)).enumerate() {
                let at = self.line(strip, line);
                self.shown.content[at].clone_from_slice(cells);
            }
        }
        Ok(None)
    }

    /// The cells of a strip that are to be written.
    fn updates<'strip>(&self, strip: &'strip Buffer) -> Vec<(u16, u16, &'strip Cell)> {
        let lines = 0..usize::from(strip.area.height);
        let content = lines.flat_map(|line| &self.shown.content[self.line(strip, line)]).cloned();
        let shown = Buffer { area: strip.area, content: content.collect() };
        shown.diff_iter(strip).collect()
    }

    /// Where the cells of a line of a strip stand among all.
    fn line(&self, strip: &Buffer, line: usize) -> Range<usize> {
        let Rect { x, y, width, .. } = strip.area;
        let start = (usize::from(y) + line) * usize::from(self.shown.area.width) + usize::from(x);
        start..start + usize::from(width)
    }

    fn finish(&mut self, cursor: Option<Position>) -> io::Result<()> {
        match cursor {
            Some(cursor) => {
                self.backend.show_cursor().map_err(io::Error::other)?;
                self.backend.set_cursor_position(cursor).map_err(io::Error::other)?;
            }
            None => self.backend.hide_cursor().map_err(io::Error::other)?,
        }
        self.backend.flush().map_err(io::Error::other)
    }
}
