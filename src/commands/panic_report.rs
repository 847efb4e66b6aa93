//! When Switchboard itself fails: the terminal is given back, a report is left, the person is told where.

use std::{
    fs,
    io::Write,
    panic::{self, PanicHookInfo},
    path::PathBuf,
    thread,
};

use crate::{paths, runtime::terminal};

/// From now on a panic of the main thread restores the terminal and leaves a report. Panics of tasks are answered as
/// problems on the screen; they only leave a report.
pub(crate) fn prepare() {
    panic::set_hook(Box::new(|info| {
        let report = report(info);
        tracing::error!(at = %place(info), "panic");
        if thread::current().name() != Some("main") {
            return;
        }
        terminal::restore();
        let mut stderr = std::io::stderr();
        let _ = writeln!(stderr, "Switchboard hit a bug of its own at {}.", place(info));
        if let Some(path) = report {
            let _ = writeln!(stderr, "A report is in {}.", path.display());
        }
    }));
}

fn place(info: &PanicHookInfo) -> String {
    info.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string)
}

/// The place and the calls, without the message: that could hold remote text.
fn report(info: &PanicHookInfo) -> Option<PathBuf> {
    let path = paths::state_dir()?.join("panic.txt");
    let calls = std::backtrace::Backtrace::force_capture();
    let version = env!("CARGO_PKG_VERSION");
    let text = format!("switchboard {version}\npanicked at {}\n\n{calls}\n", place(info));
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path).and_then(|mut file| file.write_all(text.as_bytes())).ok()?;
    Some(path)
}
