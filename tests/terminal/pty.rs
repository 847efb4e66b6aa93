//! A console in a pseudo-terminal, with an emulator that reads along.

use std::{
    ffi::OsString,
    io::{ErrorKind, Read, Write},
    num::NonZeroU16,
    path::Path,
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        mpsc::{Receiver, TryRecvError, channel},
    },
    thread,
    time::{Duration, Instant},
};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// Long enough for a busy machine; a test that waits this long has failed.
pub(crate) const DEADLINE: Duration = Duration::from_secs(10);

const BINARY: &str = env!("CARGO_BIN_EXE_switchboard");

/// What is to be started, and how.
pub(crate) struct Start {
    command: CommandBuilder,
    state: TempDir,
}

/// The smallest usual terminal: columns, rows.
const SIZE: (u16, u16) = (80, 24);

impl Start {
    /// The console with these arguments, in an environment that holds nothing but what every shell has.
    pub(crate) fn console(arguments: &[&str]) -> Self {
        let mut start = Self::program(BINARY);
        start.command.args(arguments);
        start
    }

    /// A shell that runs jobs; it calls the console `switchboard`.
    pub(crate) fn shell() -> Self {
        let mut start = Self::program("/bin/sh");
        start.command.arg("-i");
        let home = Path::new(BINARY).parent().expect("the binary lies in a directory");
        let mut path = OsString::from(home);
        path.push(":/usr/bin:/bin");
        start.command.env("PATH", path);
        start.env("PS1", "shell> ")
    }

    /// A line for a shell, which ends with it.
    pub(crate) fn shell_line(line: &str) -> Self {
        let mut start = Self::program("/bin/sh");
        start.command.args(["-c", line]);
        start
    }

    fn program(program: &str) -> Self {
        let state = TempDir::new().unwrap();
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("PATH", "/usr/bin:/bin");
        command.env("HOME", state.path());
        command.env("SWITCHBOARD_STATE_DIR", state.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("TZ", "UTC");
        command.cwd(state.path());
        Self { command, state }
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// It keeps its state there, beside other consoles or after them.
    pub(crate) fn in_state(self, directory: &Path) -> Self {
        let directory = directory.to_str().expect("a temporary directory is plain text");
        self.env("SWITCHBOARD_STATE_DIR", directory)
    }

    /// The directory in which it will keep its state.
    pub(crate) fn state(&self) -> &Path {
        self.state.path()
    }

    pub(crate) fn open(self) -> Console {
        let pty = native_pty_system().openpty(pty_size(SIZE)).unwrap();
        let modes = modes(pty.master.as_ref());
        let mut child = pty.slave.spawn_command(self.command).unwrap();
        let pid = child.process_id().and_then(|id| Pid::from_raw(id.cast_signed())).unwrap();
        let (told, exited) = channel();
        thread::spawn(move || told.send(child.wait().unwrap()));
        let seen = Arc::new((Mutex::new(Seen::new(SIZE)), Condvar::new()));
        let mut reader = pty.master.try_clone_reader().unwrap();
        let reading = Arc::clone(&seen);
        thread::spawn(move || {
            let (lock, news) = &*reading;
            let mut bytes = [0; 8 * 1024];
            loop {
                let count = match reader.read(&mut bytes) {
                    Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                    // Linux tells the end of a terminal as an error.
                    Err(_) => 0,
                    Ok(count) => count,
                };
                lock.lock().unwrap().take_in(&bytes[..count]);
                news.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        let writer = pty.master.take_writer().unwrap();
        Console { seen, writer, master: pty.master, exited, pid, modes, state: self.state }
    }
}

/// Starts a console, and closes its terminal once that shows this: a window closed, a connection lost.
pub(crate) fn hang_up_after(start: Start, text: &'static str) -> ExitStatus {
    let pty = native_pty_system().openpty(pty_size(SIZE)).unwrap();
    let mut child = pty.slave.spawn_command(start.command).unwrap();
    drop(pty.slave);
    let mut killer = child.clone_killer();
    let mut reader = pty.master.try_clone_reader().unwrap();
    let (told, shown) = channel();
    thread::spawn(move || {
        let (mut raw, mut bytes) = (Vec::new(), [0; 8 * 1024]);
        while rfind(&raw, text.as_bytes()).is_none() {
            match reader.read(&mut bytes) {
                Ok(count) if count > 0 => raw.extend(&bytes[..count]),
                _ => return,
            }
        }
        // A reader would keep the terminal open.
        drop(reader);
        told.send(()).unwrap();
    });
    shown.recv_timeout(DEADLINE).expect("it shows the text");
    drop(pty.master);
    let (told, exited) = channel();
    thread::spawn(move || told.send(child.wait().unwrap()));
    let status = exited.recv_timeout(DEADLINE);
    // A console that outlives its terminal must not outlive this test.
    status.unwrap_or_else(|_| panic!("it does not end; killing it: {:?}", killer.kill()))
}

/// What has come out so far.
pub(crate) struct Seen {
    parser: vt100::Parser,
    /// Every byte.
    pub(crate) raw: Vec<u8>,
    ended: bool,
}

impl Seen {
    fn new((columns, rows): (u16, u16)) -> Self {
        let parser = vt100::Parser::new(side(rows), side(columns), 200);
        Self { parser, raw: Vec::new(), ended: false }
    }

    fn take_in(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.raw.extend(bytes);
        self.ended = bytes.is_empty();
    }

    /// Whether no frame is only half here.
    fn is_whole(&self) -> bool {
        rfind(&self.raw, b"\x1b[?2026h") <= rfind(&self.raw, b"\x1b[?2026l")
    }

    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The text of the screen, one line a row.
    pub(crate) fn text(&self) -> String {
        let (_, columns) = self.screen().size();
        self.screen().rows(0, columns.get()).map(|row| row + "\n").collect()
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// The row that bears the cursor's mark, without its frame.
    pub(crate) fn marked(&self) -> String {
        let text = self.text();
        let row = text.lines().find_map(|line| Some(line.split_once('▶')?.1));
        row.unwrap_or_default().trim_end_matches(['│', ' ']).trim().to_owned()
    }
}

fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|window| window == needle)
}

/// A running console.
pub(crate) struct Console {
    seen: Arc<(Mutex<Seen>, Condvar)>,
    writer: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    exited: Receiver<ExitStatus>,
    pid: Pid,
    modes: String,
    state: TempDir,
}

impl Console {
    /// Presses keys, written as words: `Enter`, `^s`, `F5` are keys, `Space` is a blank, any other word is typed.
    ///
    /// What follows `Esc` must wait for its effect, or a terminal reads both as one key.
    pub(crate) fn press(&mut self, keys: &str) {
        let bytes: Vec<u8> = keys.split_whitespace().flat_map(bytes_of).collect();
        self.send(&bytes);
    }

    /// Types text as it is.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    /// Pastes text as terminals do.
    pub(crate) fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    /// Waits until a whole frame fulfils the condition.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, holds: impl Fn(&Seen) -> bool) {
        let (lock, news) = &*self.seen;
        let fulfilled = |seen: &Seen| seen.is_whole() && holds(seen);
        let waiting = |seen: &mut Seen| !(seen.ended || fulfilled(seen));
        let waited = news.wait_timeout_while(lock.lock().unwrap(), DEADLINE, waiting);
        let (seen, late) = waited.unwrap();
        let (is_fulfilled, text) = (fulfilled(&seen), seen.text());
        // Let go before failing, or the reader fails too.
        drop(seen);
        let why = if late.timed_out() { "waited in vain for" } else { "it ended before" };
        assert!(is_fulfilled, "{why} {what}; the screen is\n{text}");
    }

    /// The same of a console that may be killed meanwhile, in the middle of a frame.
    #[track_caller]
    pub(crate) fn until_or_killed(&self, what: &str, holds: impl Fn(&Seen) -> bool) {
        let (lock, news) = &*self.seen;
        let waiting = |seen: &mut Seen| !(seen.ended || holds(seen));
        let waited = news.wait_timeout_while(lock.lock().unwrap(), DEADLINE, waiting);
        let (seen, late) = waited.unwrap();
        let text = seen.text();
        drop(seen);
        assert!(!late.timed_out(), "waited in vain for {what}; the screen is\n{text}");
    }

    #[track_caller]
    pub(crate) fn sees(&self, text: &str) {
        self.until(&format!("{text:?}"), |seen| seen.has(text));
    }

    #[track_caller]
    pub(crate) fn sees_no_more(&self, text: &str) {
        self.until(&format!("{text:?} to go"), |seen| !seen.has(text));
    }

    /// Waits until the cursor's row holds this.
    #[track_caller]
    pub(crate) fn points_at(&self, text: &str) {
        self.until(&format!("the cursor on {text:?}"), |seen| seen.marked().contains(text));
    }

    pub(crate) fn now(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    pub(crate) fn state(&self) -> &Path {
        self.state.path()
    }

    /// What stands in the files of the state directory, and of those in it.
    pub(crate) fn files(&self) -> String {
        fn read(path: &Path) -> String {
            if path.is_dir() {
                let inside = std::fs::read_dir(path).unwrap();
                return inside.map(|entry| read(&entry.unwrap().path())).collect();
            }
            String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()
        }
        read(self.state())
    }

    /// What stands in the log.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.state().join("switchboard.log")).unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.seen.0.lock().unwrap().parser.set_size(side(rows), side(columns));
        self.master.resize(pty_size((columns, rows))).unwrap();
    }

    /// Whether the terminal reads lines and echoes them, as it did before.
    pub(crate) fn is_cooked(&self) -> bool {
        modes(self.master.as_ref()) == self.modes
    }

    /// Goes from the services to the one channel of "Chat EU" that a filter shows.
    #[track_caller]
    pub(crate) fn goes_to(&mut self, channel: &str) {
        self.points_at("Chat EU");
        self.press("Enter");
        self.sees("Channels 144, all loaded");
        self.press(&format!("/{channel} Enter"));
        self.sees("1 of 144");
    }

    /// Waits until something is so that no frame tells of.
    #[track_caller]
    #[expect(clippy::disallowed_methods, reason = "a deadline needs a clock")]
    pub(crate) fn comes_true(&self, what: &str, is_so: impl Fn() -> bool) {
        let since = Instant::now();
        while !is_so() {
            let text = self.now().text();
            assert!(since.elapsed() < DEADLINE, "waited in vain for {what}; the screen is\n{text}");
            thread::yield_now();
        }
    }

    /// The process, to be ended by whoever watches it.
    pub(crate) fn pid(&self) -> Pid {
        self.pid
    }

    /// Waits until it was killed.
    #[track_caller]
    pub(crate) fn is_killed(&self) {
        let status = self.exited.recv_timeout(DEADLINE).expect("it ends");
        assert!(status.signal().is_some(), "it ended by itself: {status}");
    }

    /// Waits for the end and checks that the terminal is as it was.
    #[track_caller]
    pub(crate) fn ends(&self) -> u32 {
        let status = self.exited.recv_timeout(DEADLINE);
        let status = status
            .unwrap_or_else(|_| panic!("it does not end; the screen is\n{}", self.now().text()));
        let (lock, news) = &*self.seen;
        let rest = news.wait_timeout_while(lock.lock().unwrap(), DEADLINE, |seen| !seen.ended);
        let (seen, _) = rest.unwrap();
        assert!(!seen.screen().alternate_screen(), "the alternate screen is left");
        assert!(!seen.screen().hide_cursor(), "the cursor is shown");
        assert!(!seen.screen().bracketed_paste(), "bracketed paste is off");
        let mouse = seen.screen().mouse_protocol_mode();
        assert_eq!(mouse, vt100::MouseProtocolMode::None, "the mouse is given back");
        assert!(seen.is_whole(), "no frame is left half drawn");
        assert!(self.is_cooked(), "the terminal's modes are as they were");
        assert_eq!(status.signal(), None);
        status.exit_code()
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        if matches!(self.exited.try_recv(), Err(TryRecvError::Empty)) {
            // Only a test that failed leaves it running; it may end at this very moment.
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

fn bytes_of(word: &str) -> Vec<u8> {
    match word {
        "Enter" => b"\r".to_vec(),
        "Esc" => b"\x1b".to_vec(),
        "Tab" => b"\t".to_vec(),
        "Space" => b" ".to_vec(),
        "Backspace" => b"\x7f".to_vec(),
        "Up" => b"\x1b[A".to_vec(),
        "Down" => b"\x1b[B".to_vec(),
        "Right" => b"\x1b[C".to_vec(),
        "Left" => b"\x1b[D".to_vec(),
        "PgDn" => b"\x1b[6~".to_vec(),
        "F5" => b"\x1b[15~".to_vec(),
        _ => match word.strip_prefix('^').map(str::as_bytes) {
            Some(&[letter]) => vec![letter & 0x1f],
            _ => word.as_bytes().to_vec(),
        },
    }
}

/// The modes in words: the type that holds them is not ours to name.
fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios();
    format!("{:?}", modes.map(|m| (m.input_flags, m.output_flags, m.control_flags, m.local_flags)))
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn side(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).expect("a terminal has a size")
}
