//! The person's own editor: a text goes out in a private file, the editor has the terminal until it ends, and what it
//! left comes back. The file is readable by its owner alone and gone afterwards, with whatever the editor put beside
//! it; only a text that cannot be taken in is kept, and its place told.

mod choice;
mod wait;

use std::{
    ffi::OsString,
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
    process::ExitStatus,
    time::{Duration, SystemTime},
};

use tempfile::TempDir;

pub(super) use self::wait::{End, until_ended};
use crate::{api::remote_text, app::editor::as_meant, paths};

/// Which editor, where its files lie, and what it must not be told.
#[derive(Debug, Clone)]
pub struct Editor {
    state: Option<PathBuf>,
    named: [(&'static str, Option<OsString>); 2],
    path: Option<OsString>,
    withheld: Vec<String>,
}

/// Larger texts are not taken in; in bytes.
const LARGEST: u64 = 1024 * 1024;
const PREFIX: &str = "edit-";
/// How long a file is kept that could not be taken in, or that a crash has left.
const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

impl Editor {
    /// The editor that the environment names, its files in the state directory. The variables that are `withheld` (those
    /// that hold secrets) are not passed on to it.
    pub fn new(
        state: Option<PathBuf>,
        env: impl Fn(&str) -> Option<OsString>,
        withheld: impl IntoIterator<Item = String>,
    ) -> Self {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        Self {
            state,
            named: ["VISUAL", "EDITOR"].map(|name| (name, set(name))),
            path: set("PATH"),
            withheld: withheld.into_iter().collect(),
        }
    }

    /// Puts a text into a file of its own.
    ///
    /// # Errors
    /// Why that is not possible, in words.
    pub(super) fn lay_out(&self, name: &str, text: &str) -> Result<Sheet, String> {
        let Some(state) = &self.state else {
            return Err(
                "there is no directory for the editor's file; set SWITCHBOARD_STATE_DIR".to_owned()
            );
        };
        Sheet::new(state, name, text)
            .map_err(|error| format!("the editor's file cannot be written: {error}"))
    }
}

/// A text as it lies in a file.
#[derive(Debug)]
pub(super) struct Sheet {
    dir: TempDir,
    path: PathBuf,
    text: String,
}

impl Sheet {
    fn new(state: &Path, name: &str, text: &str) -> io::Result<Self> {
        paths::make_private(state)?;
        // A directory of its own: editors put copies and swap files beside what they edit.
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).rand_bytes(12);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let dir = builder.tempdir_in(state)?;
        let path = dir.path().join(name);
        let mut options = OpenOptions::new();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path)?.write_all(text.as_bytes())?;
        Ok(Self { dir, path, text: text.to_owned() })
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What the editor made of it.
    ///
    /// # Errors
    /// Why it cannot be taken in, in words.
    pub(super) fn take_in(self, ended: io::Result<End>) -> Result<String, String> {
        let status = match ended {
            Ok(End::Editor(status)) => status,
            Ok(End::Terminated) => return Err(self.kept("not taken in")),
            Err(error) => return Err(self.kept(&format!("the editor is lost: {error}"))),
        };
        if !status.success() {
            return Err(self.failed(status));
        }
        let bytes = match read(&self.path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let words = format!("more than {} MiB", LARGEST / 1024 / 1024);
                return Err(self.kept(&format!("not taken in: {words}")));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Err("the editor took its file away; nothing is changed".to_owned());
            }
            Err(error) => {
                return Err(self.kept(&format!("not taken in: {error}")));
            }
        };
        String::from_utf8(bytes).map_err(|error| {
            let line = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
            let line = line.filter(|&&byte| byte == b'\n').count() + 1;
            self.kept(&format!("not taken in: no UTF-8 in line {line}"))
        })
    }

    /// The console is being ended: a text that was changed is kept, and its place told.
    pub(super) fn abandon(self) -> Option<String> {
        self.is_changed().then(|| {
            let path = keep(self.dir, &self.path);
            format!("what the editor had saved is in {path}\n")
        })
    }

    fn failed(self, status: ExitStatus) -> String {
        let ended = status.code().map(|code| format!("the editor failed with status {code}"));
        let ended = ended.unwrap_or_else(|| format!("the editor was ended by a {status}"));
        // Whoever leaves an editor with a status means it; a signal is an accident.
        if status.code().is_none() && self.is_changed() {
            return self.kept(&format!("{ended}; what it had saved is not taken in"));
        }
        format!("{ended}; nothing is changed")
    }

    fn kept(self, why: &str) -> String {
        format!("{why}; kept as {}", keep(self.dir, &self.path))
    }

    fn is_changed(&self) -> bool {
        match read(&self.path) {
            Ok(Some(bytes)) => std::str::from_utf8(&bytes)
                .map_or(true, |text| as_meant(&self.text, text) != self.text),
            Ok(None) => true,
            Err(_) => false,
        }
    }
}

fn keep(dir: TempDir, path: &Path) -> String {
    // From here on it is the person's file.
    let _ = dir.keep();
    remote_text::shown(&path.display().to_string()).text()
}

/// The bytes of a file, `None` when they are too many.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    // A pipe or a device would keep us waiting.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file any more"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LARGEST).then_some(bytes))
}

/// Removes what lies in the state directory from editing that is 30 days old.
pub fn purge(state: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(state) else { return };
    let ours = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(PREFIX);
    for entry in entries.flatten().filter(ours) {
        let path = entry.path();
        let is_old = newest(&path)
            .is_some_and(|newest| now.duration_since(newest).is_ok_and(|age| age >= KEPT_FOR));
        if is_old && let Err(error) = fs::remove_dir_all(&path) {
            tracing::warn!(%error, "an old file of the editor cannot be removed");
        }
    }
}

/// When a directory of ours, or a file in it, was last written to.
fn newest(dir: &Path) -> Option<SystemTime> {
    let about = fs::symlink_metadata(dir).ok().filter(fs::Metadata::is_dir)?;
    let files = fs::read_dir(dir).ok()?.flatten();
    let files = files.filter_map(|file| file.metadata().ok()?.modified().ok());
    files.chain(about.modified().ok()).max()
}

#[cfg(all(test, unix))]
mod tests;
