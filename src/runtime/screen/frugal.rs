//! The terminal with few bytes: over a slow line each of them is waited for.

use std::io::{self, Write};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor::{Hide, MoveTo, Show},
    execute, queue,
    terminal::{
        BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    },
};
use ratatui::{
    backend::{Backend, ClearType, CrosstermBackend, WindowSize},
    buffer::Cell,
    layout::{Position, Size},
    style::Modifier,
};

use super::Screen;
use crate::{
    api::remote_text,
    runtime::terminal::{self, Modes},
};

/// Draws as the library's backend does, but writes a frame at once, hides a hidden cursor only once, and changes no
/// colour for blanks that would look the same in another.
#[derive(Debug)]
pub struct Frugal<W: Write> {
    inner: CrosstermBackend<W>,
    frame: Frame,
    is_cursor_hidden: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// What is written goes out at once.
    None,
    /// Nothing is to be written yet.
    Empty,
    Begun,
}

impl<W: Write> Frugal<W> {
    /// Draws to this.
    pub fn new(out: W) -> Self {
        Self { inner: CrosstermBackend::new(out), frame: Frame::None, is_cursor_hidden: false }
    }

    /// Something is about to be written.
    fn begin(&mut self) -> io::Result<()> {
        if self.frame == Frame::Empty {
            queue!(self.inner, BeginSynchronizedUpdate)?;
            self.frame = Frame::Begun;
        }
        Ok(())
    }

    fn unless_in_frame(&mut self) -> io::Result<()> {
        if self.frame == Frame::None { Write::flush(&mut self.inner) } else { Ok(()) }
    }
}

/// What a blank shows nothing of.
const UNSEEN: Modifier = Modifier::BOLD.union(Modifier::DIM).union(Modifier::ITALIC);

fn is_bare(cell: &Cell) -> bool {
    UNSEEN.contains(cell.modifier)
}

/// The cells to write, blanks in whatever the cell before them is written in.
fn borrowed<'a>(content: impl Iterator<Item = (u16, u16, &'a Cell)>) -> Vec<(u16, u16, Cell)> {
    let mut pen = Cell::EMPTY;
    let dress = |(x, y, cell): (u16, u16, &Cell)| {
        let mut cell = cell.clone();
        if cell.symbol() == " " && cell.bg == pen.bg && is_bare(&cell) && is_bare(&pen) {
            (cell.fg, cell.modifier) = (pen.fg, pen.modifier);
        }
        pen = cell.clone();
        (x, y, cell)
    };
    content.map(dress).collect()
}

impl<W: Write> Backend for Frugal<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells = borrowed(content);
        if cells.is_empty() {
            return Ok(());
        }
        self.begin()?;
        self.inner.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell)))
    }

    fn append_lines(&mut self, count: u16) -> io::Result<()> {
        self.inner.append_lines(count)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_cursor_hidden, true) {
            self.begin()?;
            queue!(self.inner, Hide)?;
        }
        self.unless_in_frame()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.is_cursor_hidden, false) {
            self.begin()?;
            queue!(self.inner, Show)?;
        }
        self.unless_in_frame()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.begin()?;
        queue!(self.inner, MoveTo(x, y))?;
        self.unless_in_frame()
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        // Asked before each frame: without opening the terminal anew, as the library does.
        terminal::size().map_or_else(|| self.inner.size(), Ok)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_in_frame()
    }
}

impl<W: Write> Screen for Frugal<W> {
    fn begin_frame(&mut self) -> io::Result<()> {
        self.frame = Frame::Empty;
        Ok(())
    }

    fn end_frame(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.frame, Frame::None) == Frame::Begun {
            queue!(self.inner, EndSynchronizedUpdate)?;
        }
        Write::flush(&mut self.inner)
    }

    fn take_mouse(&mut self, wanted: bool) -> io::Result<()> {
        terminal::want_mouse(wanted)
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.inner, CopyToClipboard::to_clipboard_from(text))
    }

    fn step_aside(&mut self, text: &str) -> io::Result<()> {
        self.is_cursor_hidden = false;
        terminal::drop_mouse();
        execute!(self.inner, LeaveAlternateScreen, Show)?;
        for line in text.split('\n') {
            // The terminal's driver is still ours: it makes no new line of a line feed alone.
            write!(self.inner, "\r{}\x1b[K\r\n", remote_text::shown(line).text())?;
        }
        Write::flush(&mut self.inner)
    }

    fn step_back(&mut self) -> io::Result<()> {
        self.is_cursor_hidden = true;
        execute!(self.inner, EnterAlternateScreen, Hide)?;
        terminal::take_mouse()
    }

    fn suspend(&mut self) -> io::Result<()> {
        terminal::restore();
        terminal::stop_until_resumed()?;
        // Taking it hides the cursor.
        self.is_cursor_hidden = true;
        terminal::take()
    }

    fn lend(&mut self) -> Modes {
        terminal::lend()
    }

    fn take_back(&mut self, modes: &Modes) -> io::Result<()> {
        self.is_cursor_hidden = true;
        terminal::take_back(modes)
    }

    fn tidy(&mut self, modes: &Modes) {
        terminal::tidy(modes);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use ratatui::{
        Terminal, TerminalOptions, Viewport,
        layout::Rect,
        style::{Color, Style},
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Wire(Arc<Mutex<(Vec<u8>, usize)>>);

    impl Write for Wire {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().0.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            self.0.lock().unwrap().1 += 1;
            Ok(())
        }
    }

    #[test]
    fn a_frame_is_written_at_once_and_blanks_change_no_colour() {
        let wire = Wire::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, 20, 1));
        let options = TerminalOptions { viewport };
        let mut terminal = Terminal::with_options(Frugal::new(wire.clone()), options).unwrap();
        let mut frame = |words: [&str; 2]| {
            terminal.backend_mut().begin_frame().unwrap();
            let draw = |frame: &mut ratatui::Frame| {
                let buffer = frame.buffer_mut();
                buffer.set_string(0, 0, words[0], Style::new().fg(Color::Red));
                buffer.set_string(10, 0, words[1], Style::new());
                buffer.set_string(18, 0, " ", Style::new().bg(Color::Blue));
            };
            terminal.draw(draw).unwrap();
            terminal.backend_mut().end_frame().unwrap();
            let (written, flushes) = std::mem::take(&mut *wire.0.lock().unwrap());
            (String::from_utf8(written).unwrap(), flushes)
        };
        let (first, flushes) = frame(["0123456789", "01234567"]);
        assert_eq!(flushes, 1, "{first:?}");
        assert!(first.contains("\u{1b}[?25l"), "{first:?}");
        let (second, flushes) = frame(["one", "two"]);
        assert!(flushes == 1 && !second.contains("[?25l"), "{second:?}");
        assert!(second.contains("one       \u{1b}[39;49mtwo     \u{1b}"), "{second:?}");
        assert_eq!(frame(["one", "two"]).0, "", "nothing changed, nothing is written");
    }
}
