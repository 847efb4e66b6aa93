//! Files that a person asks for: plans and reports. Only this person can read them, and none is ever overwritten.

use std::{
    fs::OpenOptions,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use super::Executor;
use crate::{
    api::remote_text,
    app::{jobs::Form, msg::Msg},
    jobs::{plan, plan::Plan, report},
    state::JobId,
};

/// So many names are tried for one file.
const NAMES: u32 = 1_000;

impl Executor {
    pub(super) fn save_plan(&self, plan: Box<Plan>, name: String, form: Form) {
        let state = self.journal.directory();
        let tx = self.tx.clone();
        tokio::task::spawn_blocking(move || {
            let text = match form {
                Form::Csv => plan::csv(&plan),
                Form::Json => plan::json(&plan),
            };
            let saved = text.map_err(|error| error.to_string());
            let saved = saved.and_then(|text| save(&name, &text, state));
            let _ = tx.send(Msg::FileSaved(saved));
        });
    }

    pub(super) fn save_report(&self, job: JobId, form: Form) {
        let (journal, tx) = (self.journal.clone(), self.tx.clone());
        tokio::spawn(async move {
            let saved = async {
                let rows =
                    journal.on_disk(move |state| state.job_rows(job, None, 0, usize::MAX)).await?;
                let directory = journal.directory();
                let written = tokio::task::spawn_blocking(move || {
                    let (text, extension) = match form {
                        Form::Csv => (report::csv(&rows), "csv"),
                        Form::Json => (report::json(&rows), "json"),
                    };
                    let text = text.map_err(|error| error.to_string())?;
                    save(&format!("job-{job}.{extension}"), &text, directory)
                });
                written.await.unwrap_or_else(|_| Err("it ended in a bug; see the log".to_owned()))
            };
            let _ = tx.send(Msg::FileSaved(saved.await));
        });
    }
}

/// Writes a file where the person started the console, or, where nothing can be written there, beside the journal.
/// Tells its whole path, safe to show.
fn save(name: &str, text: &str, state: Option<PathBuf>) -> Result<String, String> {
    let here = std::env::current_dir().ok();
    let mut failed = "there is no directory to write to".to_owned();
    for dir in here.into_iter().chain(state) {
        match write(&dir, name, text) {
            Ok(path) => return Ok(remote_text::shown(&path.display().to_string()).text()),
            Err(error) => failed = format!("{}: {error}", dir.display()),
        }
    }
    Err(remote_text::shown(&failed).text())
}

/// Writes a new file under this name, or under one with a number where that is taken.
fn write(dir: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    for number in 1..=NAMES {
        let name =
            if number == 1 { name.to_owned() } else { format!("{stem}-{number}.{extension}") };
        let path = dir.join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                file.sync_all()?;
                return Ok(path);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(ErrorKind::AlreadyExists, format!("{name} and {NAMES} more are there")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_overwritten_and_only_its_owner_can_read_it() {
        let dir = tempfile::TempDir::new().expect("a directory");
        let first = write(dir.path(), "plan.csv", "a").expect("a file");
        let second = write(dir.path(), "plan.csv", "b").expect("another");
        assert_eq!(
            [&first, &second].map(|path| path.file_name().unwrap().to_str().unwrap()),
            ["plan.csv", "plan-2.csv"]
        );
        assert_eq!(std::fs::read_to_string(&first).unwrap(), "a");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&second).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let missing = dir.path().join("none");
        assert!(write(&missing, "plan.csv", "a").is_err());
        let saved = save("x.json", "[]", None).unwrap();
        assert!(Path::new(&saved).is_absolute());
        std::fs::remove_file(saved).unwrap();
    }
}
