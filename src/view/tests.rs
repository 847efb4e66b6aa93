//! What is drawn, as text.

mod hints;
mod pictures;
mod pointing;
mod scenes;
mod screens;
mod sizes;
mod strips;
mod svg;
mod themes;
mod walk;

use ratatui::{
    backend::TestBackend,
    buffer::Buffer,
    layout::{Position, Rect, Size},
};
use unicode_width::UnicodeWidthStr;

use crate::app::{change, model::Model};
use crate::runtime::Surface;
use crate::view::{Frame, render, theme::Theme};

/// A whole frame, and where the terminal's cursor stands in it.
fn frame(model: &Model, theme: &Theme) -> (Buffer, Option<Position>) {
    frame_at(model.size, model, theme)
}

/// The same on a terminal of this size.
fn frame_at(size: Size, model: &Model, theme: &Theme) -> (Buffer, Option<Position>) {
    let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, size)));
    let mut frame = Frame::new(&mut buffer);
    render(model, theme, &mut frame);
    let cursor = frame.cursor;
    (buffer, cursor)
}

/// The screen as lines of text, whatever its colours.
fn drawn(model: &Model) -> String {
    lines(&frame(model, &Theme::mono()).0)
}

/// A terminal in memory.
fn surface(model: &Model) -> Surface<TestBackend> {
    let backend = TestBackend::new(model.size.width, model.size.height);
    Surface::new(backend).expect("memory does not fail")
}

/// Draws a frame, and another one where a step has left ages behind; what then stands on the terminal is what a frame
/// would be that is drawn of nothing but the model.
fn draw_onto(surface: &mut Surface<TestBackend>, model: &mut Model, theme: &Theme) {
    surface.draw(model, theme).expect("memory does not fail");
    if surface.is_behind() {
        // As the loop does it, if no key comes before.
        change::anything(model);
        surface.draw(model, theme).expect("memory does not fail");
        assert!(!surface.is_behind());
    }
    let (whole, _) = frame(model, theme);
    assert_eq!(lines(surface.shown()), lines(&whole));
    assert_eq!(*surface.shown(), whole, "the colours");
}

fn lines(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut covered = 0;
        for x in 0..buffer.area.width {
            if covered > 0 {
                covered -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            covered = symbol.width().saturating_sub(1);
            line.push_str(symbol);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
