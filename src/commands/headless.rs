//! What commands without a screen share: an account, the state file, and a job that is run to its end.

mod report;
mod watch;

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use jiff::Timestamp;
use tokio::task::AbortHandle;

pub(crate) use self::report::{plan_text, rows_text};
use crate::{
    api::{Access, Client, Error, Webhooks},
    cli::{Account, Output},
    commands::{Exit, Failed, accounts, print, signals},
    jobs::{
        run::{Halt, Run},
        task::Task,
        verify::{VerifyError, verify},
    },
    paths,
    runtime::{connect::Accounts, journal::account_of},
    state::{JobId, JobRow, Keeping, RowState, State, StateError},
};

/// An account to work on, and where the work is written down, once there is any.
pub(crate) struct Desk {
    pub(crate) client: Client,
    pub(crate) profile: String,
    pub(crate) account: String,
    pub(crate) webhooks: bool,
    state: OnceLock<Arc<State>>,
    keeping: Keeping,
    /// Ends the process at once when somebody wants that and no job runs.
    leaver: Mutex<Option<AbortHandle>>,
}

impl Desk {
    /// The account that command line, environment and files name.
    pub(crate) async fn open(account: &Account) -> Result<Self, Failed> {
        let (config, overrides) = (accounts::read()?, accounts::overrides(account));
        let chosen = config.choose(&overrides);
        let chosen = chosen.map_err(|error| Failed::new(Exit::Usage, error.to_string()))?;
        let looked_at = config.looked_at();
        let chosen = chosen.ok_or_else(|| {
            Failed::new(Exit::Usage, format!("no account is known; looked at {looked_at}"))
        })?;
        let keeping = accounts::keeping(config.settings);
        let known = Accounts::new(config, overrides);
        let connected = accounts::patiently(known.begin(chosen, None)).await;
        let connected =
            connected.ok_or_else(|| Failed::new(Exit::Interrupted, "given up waiting"))?;
        let (client, account) = connected.map_err(|words| Failed::new(Exit::Failure, words))?;
        Ok(Self {
            account: account_of(&client),
            profile: account.profile.unwrap_or_default(),
            webhooks: account.webhooks == Webhooks::On,
            client,
            state: OnceLock::new(),
            keeping,
            leaver: Mutex::new(Some(leaver())),
        })
    }

    /// Where the work is written down.
    pub(crate) fn state(&self) -> Result<Arc<State>, Failed> {
        if let Some(state) = self.state.get() {
            return Ok(state.clone());
        }
        let dir = paths::state_dir().ok_or_else(|| {
            let words = "there is no home directory: name a place in SWITCHBOARD_STATE_DIR";
            Failed::new(Exit::Failure, words)
        })?;
        let opened = State::open(&dir, self.keeping, now())?;
        if let Some(aside) = opened.set_aside {
            tell(&aside.to_string());
        }
        Ok(self.state.get_or_init(|| Arc::new(opened.state)).clone())
    }

    /// Who listens for the wish to end, while `leaver` does not.
    fn set_leaver(&self, leaver: Option<AbortHandle>) {
        let mut now = self.leaver.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = std::mem::replace(&mut *now, leaver) {
            before.abort();
        }
    }

    /// Refuses where the account is read-only, before anything is written down.
    pub(crate) fn may_write(&self) -> Result<(), Failed> {
        match self.client.access() {
            Access::ReadWrite => Ok(()),
            Access::ReadOnly => Err(Error::ReadOnly.into()),
        }
    }

    /// Runs a job that was planned or cut off, reads again what it did, and prints how its rows ended.
    pub(crate) async fn run(
        &self,
        job: JobId,
        task: Task,
        verify_all: bool,
        output: Output,
    ) -> Result<Exit, Failed> {
        self.may_write()?;
        let state = self.state()?;
        state.take_job(job)?;
        let run = Run {
            job,
            task: task.clone(),
            profile: self.profile.clone(),
            account: self.account.clone(),
            client: self.client.clone(),
            state: state.clone(),
            ceiling: task.ceiling(),
            now,
        };
        let counts = state.job(job)?.map(|job| job.counts).unwrap_or_default();
        self.set_leaver(None);
        let (ended, was_interrupted) = watch::over(run, counts).await;
        self.set_leaver(Some(leaver()));
        let counts = state.job(job)?.map(|job| job.counts).unwrap_or_default();
        let is_over = counts.done > 0 && ended.is_ok() && !was_interrupted;
        let verified = if is_over { self.read_again(job, &task, verify_all).await } else { Ok(()) };
        let rows = self.rows(job)?;
        let printed = print(&rows_text(output, &rows)?);
        let end = format!(
            "job {job}: done {}, skipped {}, failed {}, left {}",
            counts.done,
            counts.skipped,
            counts.failed,
            counts.left()
        );
        tell(&end);
        if counts.left() > 0 {
            tell(&format!("switchboard jobs resume {job} goes on with it"));
        }
        ended?;
        verified?;
        printed?;
        let is_odd = |row: &JobRow| row.state == RowState::Failed || row.found == Some(false);
        Ok(if was_interrupted && counts.left() > 0 {
            Exit::Interrupted
        } else if rows.iter().any(is_odd) {
            Exit::Partly
        } else {
            Exit::Ok
        })
    }

    /// Reads what was done once more, and tells what was found.
    async fn read_again(&self, job: JobId, task: &Task, all: bool) -> Result<(), Failed> {
        let found = verify(&self.client, &self.state()?, job, task, all).await?;
        let sample = if found.read < found.done { " (a sample)" } else { "" };
        let so = match found.read - found.so {
            0 => "all are so in fact".to_owned(),
            not => format!("{not} are not so"),
        };
        tell(&format!("read again {} of {}{sample}: {so}", found.read, found.done));
        Ok(())
    }

    /// All rows of a job.
    pub(crate) fn rows(&self, job: JobId) -> Result<Vec<JobRow>, Failed> {
        Ok(self.state()?.job_rows(job, None, 0, usize::MAX)?)
    }
}

/// Ends the process at the first wish: nothing is out that would have to end first.
fn leaver() -> AbortHandle {
    let leaving = tokio::spawn(async {
        signals::interrupted().await;
        std::process::exit(Exit::Interrupted as i32);
    });
    leaving.abort_handle()
}

/// Words for a person; nobody may listen.
pub(crate) fn tell(words: &str) {
    let _ = writeln!(io::stderr(), "{words}");
}

/// Runs what waits for a server.
pub(crate) fn wait<T>(work: impl Future<Output = Result<T, Failed>>) -> Result<T, Failed> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(work)
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        let exit = match &error {
            error if error.is_auth() => Exit::Credentials,
            error if error.is_gone() => Exit::NotFound,
            Error::ReadOnly => Exit::Usage,
            error if error.is_offline() || error.is_throttled() => Exit::Unavailable,
            Error::TimedOut { .. } | Error::Lost { .. } => Exit::Unavailable,
            Error::Refused(refusal) if refusal.status >= 500 => Exit::Unavailable,
            _ => Exit::Failure,
        };
        Self::new(exit, error.to_string())
    }
}

impl From<StateError> for Failed {
    fn from(error: StateError) -> Self {
        let exit =
            if matches!(error, StateError::NoJob(_)) { Exit::NotFound } else { Exit::Failure };
        Self::new(exit, error.to_string())
    }
}

impl From<VerifyError> for Failed {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::Ledger(error) => error.into(),
            VerifyError::Server(error) => error.into(),
        }
    }
}

impl From<Halt> for Failed {
    fn from(halt: Halt) -> Self {
        let exit = match &halt {
            Halt::Credentials(_) => Exit::Credentials,
            Halt::Away(_) => Exit::Unavailable,
            Halt::Ledger(_) => Exit::Failure,
            Halt::Bug => Exit::Internal,
        };
        Self::new(exit, halt.to_string())
    }
}

#[expect(clippy::disallowed_methods, reason = "a command is an edge: the clock is read here")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
