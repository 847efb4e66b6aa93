//! After a run: what was done is read once more, and the ledger told what is so in fact.

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt, stream};
use rand::seq::SliceRandom;

use super::{
    run::AT_ONCE,
    task::{Seen, Target, Task},
};
use crate::{
    api::{Client, Error},
    state::{JobId, JobRow, RowState, State, StateError},
};

/// Above so many rows a sample of as many is read, unless all were asked for.
pub const SAMPLE: usize = 1_000;

/// How often a row is read anew of a server that asks for patience, and how long it is waited for that: so long where it
/// does not say, and never longer than so.
const WAITS: u32 = 20;
const WAIT: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(60);

/// What reading again found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// Rows that were read.
    pub read: usize,
    /// Rows of those that are as they shall be.
    pub so: usize,
    /// Rows that were done, all together.
    pub done: usize,
}

/// Why it could not be found out.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The ledger cannot be read or written.
    #[error(transparent)]
    Ledger(#[from] StateError),
    /// The server cannot be asked.
    #[error(transparent)]
    Server(#[from] Error),
}

/// Reads rows of a job again that were done: all, or a sample where there are many.
///
/// # Errors
/// When the server or the ledger cannot be asked.
pub async fn verify(
    client: &Client,
    state: &Arc<State>,
    job: JobId,
    task: &Task,
    all: bool,
) -> Result<Found, VerifyError> {
    let mut rows = state.job_rows(job, Some(RowState::Done), 0, usize::MAX)?;
    let done = rows.len();
    if !all && done > SAMPLE {
        rows.shuffle(&mut rand::rng());
        rows.truncate(SAMPLE);
    }
    let looks = rows.into_iter().map(|row| look(client, task, row));
    let mut looks = stream::iter(looks).buffer_unordered(AT_ONCE);
    let (mut found, mut failed) = (Vec::new(), None);
    while let Some(look) = looks.next().await {
        match look {
            Ok(row) => found.extend(row),
            Err(error) => {
                failed = Some(error);
                break;
            }
        }
    }
    // What was read is so, even if the rest could not be.
    state.found_rows(job, &found)?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    let so = found.iter().filter(|(_, is_so)| *is_so).count();
    Ok(Found { read: found.len(), so, done })
}

async fn look(client: &Client, task: &Task, row: JobRow) -> Result<Option<(u64, bool)>, Error> {
    let Ok(target) = row.target.parse::<Target>() else { return Ok(None) };
    let mut waits = 0;
    let seen = loop {
        match task.look(client, target).await {
            Err(error) if error.is_throttled() && waits < WAITS => {
                waits += 1;
                tokio::time::sleep(error.retry_after().unwrap_or(WAIT).min(LONGEST)).await;
            }
            seen => break seen?,
        }
    };
    let is_so = match seen {
        Seen::Done => true,
        Seen::Gone => task.deed == super::task::Deed::Delete,
        Seen::Todo { .. } | Seen::Unfit(_) => false,
    };
    Ok(Some((row.nth, is_so)))
}
