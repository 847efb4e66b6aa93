//! What a backend must offer beyond drawing: frames that appear at once, and giving the terminal back for a while.

mod frugal;

use std::io;

use ratatui::backend::{Backend, TestBackend};

pub use self::frugal::Frugal;
use crate::runtime::terminal::Modes;

/// A backend that the loop can run on.
pub trait Screen: Backend<Error: std::error::Error + Send + Sync + 'static> {
    /// A frame begins; nothing shows until it ends.
    fn begin_frame(&mut self) -> io::Result<()>;
    /// A frame ends.
    fn end_frame(&mut self) -> io::Result<()>;
    /// Asks for the mouse, or gives it back. Whoever has the terminal for a while does not get it.
    fn take_mouse(&mut self, wanted: bool) -> io::Result<()>;
    /// Gives a text to the clipboard of whoever sits before the terminal.
    fn copy(&mut self, text: &str) -> io::Result<()>;
    /// Leaves the panes and writes a text below what the shell has there.
    fn step_aside(&mut self, text: &str) -> io::Result<()>;
    /// Comes back to the panes.
    fn step_back(&mut self) -> io::Result<()>;
    /// Gives the terminal to the shell and comes back when resumed.
    fn suspend(&mut self) -> io::Result<()>;
    /// Gives the terminal to another program.
    fn lend(&mut self) -> Modes;
    /// Takes it back.
    fn take_back(&mut self, modes: &Modes) -> io::Result<()>;
    /// Leaves it in order, for nothing will be drawn any more.
    fn tidy(&mut self, modes: &Modes);
}

impl Screen for TestBackend {
    fn begin_frame(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn end_frame(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn take_mouse(&mut self, _wanted: bool) -> io::Result<()> {
        Ok(())
    }

    fn copy(&mut self, _text: &str) -> io::Result<()> {
        Ok(())
    }

    fn step_aside(&mut self, _text: &str) -> io::Result<()> {
        Ok(())
    }

    fn step_back(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn lend(&mut self) -> Modes {
        Modes::default()
    }

    fn take_back(&mut self, _modes: &Modes) -> io::Result<()> {
        Ok(())
    }

    fn tidy(&mut self, _modes: &Modes) {}
}
