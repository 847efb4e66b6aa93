//! Taking the terminal and giving it back as it was: on quit, on errors, in a panic, when suspended.

use std::{
    fmt,
    io::{self, BufWriter, Stdout, Write, stdout},
    sync::atomic::{AtomicBool, Ordering},
};

use crossterm::{
    Command,
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
use ratatui::layout::Size;

use crate::runtime::{Surface, screen::Frugal};

/// Frames are gathered here and written at once.
pub type Out = BufWriter<Stdout>;

static TAKEN: AtomicBool = AtomicBool::new(false);

/// How many cells the terminal has, where it tells at once.
pub fn size() -> Option<Size> {
    #[cfg(unix)]
    {
        let told = rustix::termios::tcgetwinsize(stdout()).ok()?;
        let is_told = told.ws_col > 0 && told.ws_row > 0;
        is_told.then(|| Size::new(told.ws_col, told.ws_row))
    }
    #[cfg(not(unix))]
    None
}

/// Takes the terminal for drawing.
///
/// # Errors
/// When standard output is not a terminal.
pub fn take() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, EnableFocusChange, Hide)?;
    take_mouse()
}

/// Whether the mouse is wanted for as long as the terminal is ours.
static MOUSE: AtomicBool = AtomicBool::new(false);

/// Asks for the mouse from now on, or for no mouse.
pub(crate) fn want_mouse(wanted: bool) -> io::Result<()> {
    if MOUSE.swap(wanted, Ordering::SeqCst) == wanted || !TAKEN.load(Ordering::SeqCst) {
        return Ok(());
    }
    if wanted { execute!(stdout(), TakeMouse) } else { execute!(stdout(), DropMouse) }
}

/// Asks for the mouse, if it is wanted.
pub(crate) fn take_mouse() -> io::Result<()> {
    if MOUSE.load(Ordering::SeqCst) { execute!(stdout(), TakeMouse) } else { Ok(()) }
}

/// Gives the mouse back, if there was one.
pub(crate) fn drop_mouse() {
    if MOUSE.load(Ordering::SeqCst) {
        // Nothing can be done about a failure here.
        let _ = execute!(stdout(), DropMouse);
    }
}

/// Presses, releases, the wheel, and moves with a button held. The library's own command would ask for every move.
struct TakeMouse;

impl Command for TakeMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        crossterm::event::EnableMouseCapture.is_ansi_code_supported()
    }
}

struct DropMouse;

impl Command for DropMouse {
    fn write_ansi(&self, f: &mut impl fmt::Write) -> fmt::Result {
        f.write_str("\x1b[?1006l\x1b[?1002l\x1b[?1000l")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        DisableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        DisableMouseCapture.is_ansi_code_supported()
    }
}

/// Gives the terminal back as it was. Harmless when it was not taken, or was given back already.
pub fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    drop_mouse();
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
pub fn open() -> io::Result<Surface<Frugal<Out>>> {
    Surface::new(Frugal::new(BufWriter::with_capacity(64 * 1024, stdout())))
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
