//! What is drawn on: the whole screen, or a strip of it.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    widgets::Widget,
};

/// Cells to draw to, and where the terminal's cursor is to stand. Unlike the library's it can be a strip alone.
#[derive(Debug)]
pub struct Frame<'a> {
    buffer: &'a mut Buffer,
    /// Where the cursor of the terminal stands; it is hidden otherwise.
    pub cursor: Option<Position>,
}

impl<'a> Frame<'a> {
    /// Draws to these cells.
    pub fn new(buffer: &'a mut Buffer) -> Self {
        Self { buffer, cursor: None }
    }

    /// What can be drawn to.
    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// The cells.
    pub fn buffer_mut(&mut self) -> &mut Buffer {
        self.buffer
    }

    /// Draws a widget, as far as it lies within the area.
    pub fn render_widget(&mut self, widget: impl Widget, area: Rect) {
        widget.render(area, self.buffer);
    }

    /// Shows the cursor of the terminal here.
    pub fn set_cursor_position(&mut self, position: Position) {
        self.cursor = Some(position);
    }
}
