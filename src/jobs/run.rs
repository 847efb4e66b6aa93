//! A job at work: rows are looked at, written down, sent, and written down again, several at once and no faster than the
//! pace allows. Whatever ends it, the ledger knows how far it came; going on reads everything again.

mod pen;
mod row;
mod slot;

use std::{collections::VecDeque, sync::Arc};

use jiff::Timestamp;
use tokio::{
    sync::{mpsc::UnboundedSender, watch},
    task::JoinSet,
};

use super::{pace::Pace, task::Task};
use crate::{
    api::Client,
    state::{JobId, JobRow, RowEnd, RowState, State, StateError},
};

/// Rows that are at work at the same time.
pub const AT_ONCE: usize = 16;
/// Rows that are read from the ledger at a time.
const BATCH: usize = 256;

/// What a running job is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wish {
    /// Go on.
    #[default]
    Go,
    /// Begin no other row until told otherwise. Requests that are out end.
    Pause,
    /// Begin no other row, and end.
    Stop,
}

/// What a running job tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A request for a row leaves.
    Out {
        /// Which.
        nth: u64,
    },
    /// A row ended.
    Row {
        /// Which.
        nth: u64,
        /// Its sids, as the ledger has them.
        target: String,
        /// How.
        end: RowEnd,
    },
    /// A request was answered by 429 and will be sent again.
    Throttled {
        /// For which row.
        nth: u64,
    },
    /// The pace, in writes a second.
    Pace(f64),
}

/// Why a job ended.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// The credentials were refused: whatever is asked with them is refused too.
    #[error("the server refused the credentials: {0}")]
    Credentials(String),
    /// The server cannot be reached, or does not answer.
    #[error("the server does not answer: {0}")]
    Away(String),
    /// The ledger cannot be written, so nothing may leave.
    #[error("nothing can be written down, so nothing is sent: {0}")]
    Ledger(#[from] StateError),
    /// A bug of ours.
    #[error("a row ended in a bug of Switchboard; see the log")]
    Bug,
}

/// A job, and all it needs.
#[derive(Debug)]
pub struct Run {
    /// Which.
    pub job: JobId,
    /// What is done.
    pub task: Task,
    /// The profile to be named in the journal.
    pub profile: String,
    /// The account to be named in the journal.
    pub account: String,
    /// Who asks.
    pub client: Client,
    /// Where it is written down. The job was taken there.
    pub state: Arc<State>,
    /// Writes a second at most.
    pub ceiling: f64,
    /// Tells the time.
    pub now: fn() -> Timestamp,
}

/// What the rows of a run share.
#[derive(Debug)]
struct Desk {
    run: Run,
    slots: slot::Slots,
    wish: watch::Receiver<Wish>,
    events: UnboundedSender<Event>,
}

impl Run {
    /// Does what is left to be done. The rows that are out when it is told to stop end first.
    ///
    /// # Errors
    /// What made going on senseless. What was done is written down all the same.
    pub async fn go(
        self,
        wish: watch::Receiver<Wish>,
        events: UnboundedSender<Event>,
    ) -> Result<(), Halt> {
        let slots = slot::Slots::new(Pace::new(self.ceiling));
        let client = self.client.sending_writes_once();
        let run = Self { client, ..self };
        let desk = Arc::new(Desk { run, slots, wish: wish.clone(), events });
        let done = desk.clone().rows(wish).await;
        let (state, job, now) = (desk.run.state.clone(), desk.run.job, desk.run.now);
        blocking(move || state.leave_job(job, now())).await?;
        done
    }
}

impl Desk {
    async fn rows(self: Arc<Self>, mut wish: watch::Receiver<Wish>) -> Result<(), Halt> {
        let mut at_work: JoinSet<Result<(), Halt>> = JoinSet::new();
        let mut waiting: VecDeque<JobRow> = VecDeque::new();
        let (mut from, mut is_read, mut halted) = (0, false, None);
        loop {
            if waiting.is_empty() && !is_read && halted.is_none() {
                let rows = self.batch(from).await?;
                is_read = rows.len() < BATCH;
                from = rows.last().map_or(from, |row| row.nth + 1);
                waiting.extend(rows.into_iter().filter(is_left));
                continue;
            }
            let wanted = *wish.borrow_and_update();
            let may_begin = halted.is_none() && wanted == Wish::Go;
            if may_begin
                && at_work.len() < AT_ONCE
                && let Some(row) = waiting.pop_front()
            {
                at_work.spawn(self.clone().row(row));
                continue;
            }
            let is_over = halted.is_some() || wanted == Wish::Stop || waiting.is_empty();
            if at_work.is_empty() && is_over {
                return halted.map_or(Ok(()), Err);
            }
            tokio::select! {
                Some(ended) = at_work.join_next() => {
                    let ended = ended.unwrap_or(Err(Halt::Bug));
                    halted = halted.or_else(|| ended.err());
                }
                changed = wish.changed() => {
                    // Whoever could tell it anything has gone: it stops.
                    if changed.is_err() && halted.is_none() && wanted != Wish::Stop {
                        while let Some(ended) = at_work.join_next().await {
                            ended.unwrap_or(Err(Halt::Bug))?;
                        }
                        return Ok(());
                    }
                }
            }
        }
    }

    async fn batch(&self, from: u64) -> Result<Vec<JobRow>, StateError> {
        let (state, job) = (self.run.state.clone(), self.run.job);
        blocking(move || state.job_rows(job, None, from, BATCH)).await
    }

    fn tell(&self, event: Event) {
        // Nobody may listen any more.
        let _ = self.events.send(event);
    }
}

fn is_left(row: &JobRow) -> bool {
    matches!(row.state, RowState::Todo | RowState::Sent)
}

/// Work that waits for the disk.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StateError> + Send + 'static,
) -> Result<T, StateError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(_) => Err(StateError::Unfit("writing it down ended in a bug; see the log")),
    }
}
