//! Taking the terminal and giving it back as it was: on quit, on errors, in a panic, when suspended.

use std::{
    io::{self, BufWriter, Stdout, Write, stdout},
    sync::atomic::{AtomicBool, Ordering},
};

use crossterm::{
    cursor::{Hide, Show},
    event::{DisableBracketedPaste, EnableBracketedPaste},
    execute,
    terminal::{
        EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
        enable_raw_mode,
    },
};
use ratatui::{Terminal, backend::CrosstermBackend};

/// Frames are gathered here and written at once.
pub type Out = BufWriter<Stdout>;

static TAKEN: AtomicBool = AtomicBool::new(false);

/// Takes the terminal for drawing.
///
/// # Errors
/// When standard output is not a terminal.
pub fn take() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide)
}

/// Gives the terminal back as it was. Harmless when it was not taken, or was given back already.
pub fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // Nothing can be done about a failure here: there is no terminal left to tell it to.
    let _ = execute!(
        stdout(),
        EndSynchronizedUpdate,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
    let _ = stdout().flush();
}

/// A terminal to draw to.
///
/// # Errors
/// When its size cannot be told.
pub fn open() -> io::Result<Terminal<CrosstermBackend<Out>>> {
    Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(64 * 1024, stdout())))
}

/// Stops this job, as `^Z` does, until the shell resumes it.
#[cfg(unix)]
pub(crate) fn stop_until_resumed() -> io::Result<()> {
    use rustix::process::{Signal, kill_current_process_group};
    kill_current_process_group(Signal::TSTP).map_err(io::Error::from)
}

/// There is no such thing here: the console goes on.
#[cfg(not(unix))]
pub(crate) fn stop_until_resumed() -> io::Result<()> {
    Ok(())
}

/// Gives the terminal back when dropped.
#[derive(Debug)]
pub struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}
