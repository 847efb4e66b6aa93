//! Taking the terminal and giving it back as it was: on quit, on errors, in a panic, when suspended.

use std::{
    io::{self, BufWriter, Stdout, Write, stdout},
    sync::atomic::{AtomicBool, Ordering},
};

use crossterm::{
    cursor::{Hide, Show},
    event::{
        DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
        EnableFocusChange,
    },
    execute,
    terminal::{
        EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
        enable_raw_mode,
    },
};
use ratatui::Terminal;

use crate::runtime::screen::Frugal;

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
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, Hide)
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
        DisableFocusChange,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
    let _ = stdout().flush();
}

/// How the terminal's driver treats keys and lines, to be set again after a program that may leave it otherwise.
#[derive(Debug, Default)]
pub struct Modes {
    #[cfg(unix)]
    driver: Option<rustix::termios::Termios>,
}

impl Modes {
    fn now() -> Self {
        Self {
            #[cfg(unix)]
            driver: rustix::termios::tcgetattr(io::stdin()).ok(),
        }
    }

    fn set(&self) {
        #[cfg(unix)]
        if let Some(driver) = &self.driver {
            use rustix::termios::{OptionalActions, tcsetattr};
            // A terminal that is gone needs no modes.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, driver);
        }
    }
}

/// Gives the terminal to another program; what it should be set back to then.
pub(crate) fn lend() -> Modes {
    restore();
    Modes::now()
}

/// Takes the terminal back from another program, whatever state it left it in.
pub(crate) fn take_back(modes: &Modes) -> io::Result<()> {
    modes.set();
    execute!(stdout(), DisableMouseCapture)?;
    take()
}

/// Puts the terminal in order after another program, when nobody will draw any more.
pub(crate) fn tidy(modes: &Modes) {
    TAKEN.store(true, Ordering::SeqCst);
    restore();
    modes.set();
}

/// A terminal to draw to.
///
/// # Errors
/// When its size cannot be told.
pub fn open() -> io::Result<Terminal<Frugal<Out>>> {
    Terminal::new(Frugal::new(BufWriter::with_capacity(64 * 1024, stdout())))
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
