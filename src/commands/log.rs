//! The log: a file in the state directory, or where the command line says. No bodies, names or secrets reach it.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    sync::Mutex,
};

use tracing::Level;
use tracing_subscriber::{Layer, filter::Targets, fmt, layer::SubscriberExt};

use crate::{
    commands::{Exit, Failed},
    paths,
};

/// What it is called in the state directory.
pub(crate) const NAME: &str = "switchboard.log";
const LARGEST: u64 = 5 * 1024 * 1024;

/// Begins to log. Without a place for it the console runs without a log, unless the file was asked for by name.
pub(crate) fn begin(named: Option<&Path>, level: Level) -> Result<(), Failed> {
    let file = match named {
        Some(path) => Some(append(path).map_err(|error| {
            let words = format!("cannot log to {}: {error}", path.display());
            Failed::new(Exit::Failure, words)
        })?),
        None => usual().and_then(|path| append(&path).ok()),
    };
    if let Some(file) = file {
        let lines = fmt::layer().with_writer(Mutex::new(file)).with_ansi(false);
        // Our own words only: what libraries say of a request could hold names.
        let ours = Targets::new().with_target(env!("CARGO_PKG_NAME"), level);
        let subscriber = tracing_subscriber::registry().with(lines.with_filter(ours));
        // Only a second call could fail, and there is none.
        let _ = tracing::subscriber::set_global_default(subscriber);
    }
    Ok(())
}

fn usual() -> Option<PathBuf> {
    let dir = paths::state_dir()?;
    paths::make_private(&dir).ok()?;
    Some(dir.join(NAME))
}

/// Opens a log; one that has grown large is set aside first.
fn append(path: &Path) -> io::Result<File> {
    if fs::metadata(path).is_ok_and(|known| known.len() > LARGEST) {
        fs::rename(path, path.with_extension("log.old"))?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
