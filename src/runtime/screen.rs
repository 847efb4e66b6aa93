//! What a backend must offer beyond drawing: frames that appear at once, and giving the terminal back for a while.

use std::io::{self, Write};

use crossterm::{
    queue,
    terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate},
};
use ratatui::backend::{Backend, CrosstermBackend, TestBackend};

use crate::runtime::terminal;

/// A backend that the loop can run on.
pub trait Screen: Backend<Error: std::error::Error + Send + Sync + 'static> {
    /// A frame begins; nothing shows until it ends.
    fn begin_frame(&mut self) -> io::Result<()>;
    /// A frame ends.
    fn end_frame(&mut self) -> io::Result<()>;
    /// Gives the terminal to the shell and comes back when resumed.
    fn suspend(&mut self) -> io::Result<()>;
}

impl<W: Write> Screen for CrosstermBackend<W> {
    fn begin_frame(&mut self) -> io::Result<()> {
        queue!(self, BeginSynchronizedUpdate)
    }

    fn end_frame(&mut self) -> io::Result<()> {
        queue!(self, EndSynchronizedUpdate)?;
        Write::flush(self)
    }

    fn suspend(&mut self) -> io::Result<()> {
        terminal::restore();
        terminal::stop_until_resumed()?;
        terminal::take()
    }
}

impl Screen for TestBackend {
    fn begin_frame(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn end_frame(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }
}
