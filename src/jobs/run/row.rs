//! One row: looked at, sent, and looked at again whenever nobody knows.

use std::{sync::Arc, time::Duration};

use super::{
    Desk, Event, Halt, Wish, blocking,
    pen::{Page, Pen},
};
use crate::{
    api::{Certainty, Error},
    jobs::task::{Deed, Fields, Seen, Target},
    state::{
        EntryId, JobRow, Outcome, Record, RowEnd, RowState, Settlement, StateError, fields_text,
    },
};

/// Of a row that is not there: it was deleted, or never was in this service.
const ABSENT: &str = "not found in this service";
/// How often a request whose end is not known is sent again, after looking.
const DOUBTS: u32 = 5;
/// How often a request is sent again that was answered by 429.
const THROTTLES: u32 = 60;

/// What one request led to.
enum Sent {
    /// The answer says how the row is.
    Seen(Seen),
    /// It was never processed: it may be sent again.
    Throttled,
    /// Nobody knows.
    Unknown(Error),
    /// The answer says no.
    Refused(Error),
    /// It was not its turn any more.
    Held,
}

/// What sending came to.
enum Turn {
    /// The row has ended.
    Over,
    /// Nobody knows: the row is to be looked at again.
    Doubtful,
    /// Nothing was sent: the job was paused or stopped. What was seen of the row will be old.
    Held,
}

/// A request of which nobody knows yet what became of it: its line, and how it ended, where that was told at all.
type Open = (EntryId, Option<Outcome>);

/// One row at work.
struct Work {
    desk: Arc<Desk>,
    row: JobRow,
    target: Target,
    /// The last request in doubt: of this run or, after a crash, of the one before.
    open: Option<Open>,
    tries: u32,
    doubts: u32,
    throttles: u32,
}

impl Desk {
    /// Brings one row to its end.
    pub(super) async fn row(self: Arc<Self>, row: JobRow) -> Result<(), Halt> {
        let Ok(target) = row.target.parse::<Target>() else {
            let note = "its sids cannot be read".to_owned();
            return self.end(&row, failed(0, None, note), None).await;
        };
        let was_sent = row.state == RowState::Sent;
        let open = was_sent.then_some(row.entry).flatten().map(|entry| (entry, None));
        let desk = self;
        let mut work = Work { desk, row, target, open, tries: 0, doubts: 0, throttles: 0 };
        while let Some(change) = work.look().await? {
            match work.send(&change).await? {
                // A server that just failed is given a moment.
                Turn::Doubtful => {
                    tokio::time::sleep(Duration::from_millis(100 * u64::from(work.doubts))).await;
                }
                Turn::Held if work.desk.goes_on().await => {}
                Turn::Over | Turn::Held => break,
            }
        }
        Ok(())
    }

    /// Waits for a turn, and tells when it came; nothing if the job is stopped before.
    async fn turn(&self) -> Option<Duration> {
        let mut wish = self.wish.clone();
        let stopped = async {
            // Whoever could tell it has gone: what is at work ends.
            if wish.wait_for(|wish| *wish == Wish::Stop).await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            left = self.slots.turn() => Some(left),
            () = stopped => None,
        }
    }

    /// Waits while the job is paused; false if it is stopped.
    async fn goes_on(&self) -> bool {
        let mut wish = self.wish.clone();
        let told = wish.wait_for(|wish| *wish != Wish::Pause).await;
        told.is_ok_and(|wish| *wish == Wish::Go)
    }
}

impl Work {
    /// Looks at the row: what there is to do. Nothing if it has ended.
    async fn look(&mut self) -> Result<Option<(Fields, Fields)>, Halt> {
        let seen = match self.seen().await {
            Some(Ok(seen)) => seen,
            None => {
                self.stays_sent().await?;
                return Ok(None);
            }
            Some(Err(error)) => {
                if let Some(halt) = halt(&error) {
                    self.stays_sent().await?;
                    return Err(halt);
                }
                let end = failed(self.tries, error.code(), error.to_string());
                let request = self.open.take();
                let request = request.and_then(|(entry, outcome)| Some((entry, outcome?)));
                self.desk.end(&self.row, end, request).await?;
                return Ok(None);
            }
        };
        let open = self.open.take();
        match self.judged(seen, open.is_some()) {
            Ok(change) => {
                self.settle(open, &Settlement::NotDone).await?;
                Ok(Some(change))
            }
            Err(end) => {
                let is_done = end.state == RowState::Done;
                let found =
                    if is_done { Settlement::Done { made: None } } else { Settlement::NotDone };
                self.settle(open, &found).await?;
                self.desk.end(&self.row, end, None).await?;
                Ok(None)
            }
        }
    }

    /// Reads the row. Where the server asks for patience the next reading waits for a turn, as a write does. Nothing if the
    /// job was stopped meanwhile.
    async fn seen(&mut self) -> Option<Result<Seen, Error>> {
        loop {
            let Desk { run, slots, .. } = &*self.desk;
            let left = slots.now();
            match run.task.look(&run.client, self.target).await {
                Err(error) if error.is_throttled() && self.throttles < THROTTLES => {
                    self.throttles += 1;
                    self.desk.tell(Event::Throttled { nth: self.row.nth });
                    let rate = slots.throttled(left, error.retry_after());
                    self.desk.tell(Event::Pace(rate));
                    if self.desk.turn().await.is_none() || !self.desk.goes_on().await {
                        return None;
                    }
                }
                seen => return Some(seen),
            }
        }
    }

    /// A row whose last request is in doubt, and that cannot be looked at now: its answer is written, and it stays as one
    /// that was sent.
    async fn stays_sent(&mut self) -> Result<(), Halt> {
        match self.open.take() {
            Some((entry, Some(outcome))) => self.desk.finish(entry, outcome).await,
            _ => Ok(()),
        }
    }

    /// What there is to do, or how the row has ended already.
    fn judged(&self, seen: Seen, was_sent: bool) -> Result<(Fields, Fields), RowEnd> {
        let deed = &self.desk.run.task.deed;
        let end = |state, note: Option<&str>| RowEnd {
            state,
            tries: self.tries,
            code: None,
            note: note.map(str::to_owned),
        };
        match seen {
            Seen::Todo { before, after } => Ok((before, after)),
            Seen::Done if was_sent => Err(end(RowState::Done, None)),
            Seen::Gone if was_sent && *deed == Deed::Delete => Err(end(RowState::Done, None)),
            Seen::Done => Err(end(RowState::Skipped, Some(deed.already()))),
            Seen::Gone => Err(end(RowState::Skipped, Some(ABSENT))),
            Seen::Unfit(why) => Err(end(RowState::Skipped, Some(&why))),
        }
    }

    /// Sends until the answer tells something.
    async fn send(&mut self, change: &(Fields, Fields)) -> Result<Turn, Halt> {
        loop {
            let (sent, told) = self.desk.send(&self.row, self.target, change).await?;
            if matches!(sent, Sent::Held) {
                return Ok(Turn::Held);
            }
            self.tries += 1;
            let end = match sent {
                Sent::Held => return Ok(Turn::Held),
                Sent::Seen(Seen::Done) => self.ended(RowState::Done, None),
                // Somebody was quicker.
                Sent::Seen(Seen::Gone) => self.ended(RowState::Skipped, Some(ABSENT.to_owned())),
                Sent::Seen(_) => self.failed("the answer says that it is not so"),
                Sent::Throttled if self.throttles < THROTTLES => {
                    self.throttles += 1;
                    self.desk.tell(Event::Throttled { nth: self.row.nth });
                    let again = self.ended(RowState::Todo, None);
                    self.desk.write(&self.row, again, told).await?;
                    continue;
                }
                Sent::Throttled => self.failed("the server asked for patience too often"),
                // Somebody was quicker, or something else is not there: looking tells.
                Sent::Refused(error) if error.is_gone() && self.doubts < DOUBTS => {
                    self.doubts += 1;
                    let again = self.ended(RowState::Todo, None);
                    self.desk.write(&self.row, again, told).await?;
                    return Ok(Turn::Doubtful);
                }
                Sent::Unknown(_) if self.doubts < DOUBTS => {
                    self.doubts += 1;
                    self.open = told.map(|(entry, outcome)| (entry, Some(outcome)));
                    return Ok(Turn::Doubtful);
                }
                Sent::Unknown(error) | Sent::Refused(error) => {
                    let halts = halt(&error);
                    let state = match &halts {
                        None => RowState::Failed,
                        Some(_) if error.certainty() == Certainty::Unknown => RowState::Sent,
                        Some(_) => RowState::Todo,
                    };
                    let note = halts.is_none().then(|| error.to_string());
                    let end = RowEnd { code: error.code(), ..self.ended(state, note) };
                    self.desk.end(&self.row, end, told).await?;
                    return halts.map_or(Ok(Turn::Over), Err);
                }
            };
            self.desk.end(&self.row, end, told).await?;
            return Ok(Turn::Over);
        }
    }

    fn ended(&self, state: RowState, note: Option<String>) -> RowEnd {
        RowEnd { state, tries: self.tries, code: None, note }
    }

    fn failed(&self, note: &str) -> RowEnd {
        failed(self.tries, None, note.to_owned())
    }

    /// Tells the journal what became of a request whose answer was lost or never written.
    async fn settle(&self, open: Option<Open>, found: &Settlement) -> Result<(), Halt> {
        let Some((entry, outcome)) = open else { return Ok(()) };
        if let Some(outcome) = outcome {
            self.desk.finish(entry, outcome).await?;
        }
        let run = &self.desk.run;
        let (state, now, found) = (run.state.clone(), run.now, found.clone());
        blocking(move || match state.settle(entry, &found, now()) {
            // Its answer was written after all.
            Err(StateError::Ended(_)) => Ok(()),
            settled => settled,
        })
        .await?;
        Ok(())
    }
}

impl Desk {
    /// Waits for a turn, and sends.
    async fn send(
        &self,
        row: &JobRow,
        target: Target,
        (before, after): &(Fields, Fields),
    ) -> Result<(Sent, Option<(EntryId, Outcome)>), Halt> {
        let left = match self.turn().await {
            Some(left) if *self.wish.borrow() == Wish::Go => left,
            _ => return Ok((Sent::Held, None)),
        };
        self.tell(Event::Out { nth: row.nth });
        let task = &self.run.task;
        let record = Record {
            profile: self.run.profile.clone(),
            account: self.run.account.clone(),
            kind: task.deed.kind().to_owned(),
            label: row.label.clone(),
            before: Some(fields_text(before)),
            after: Some(fields_text(after)),
            ..Record::default()
        };
        let page = Arc::new(Page::default());
        let (state, page_of) = (self.run.state.clone(), page.clone());
        let pen = Pen {
            state,
            job: self.run.job,
            nth: row.nth,
            record,
            now: self.run.now,
            page: page_of,
        };
        let client = self.run.client.witnessed_by(Arc::new(pen));
        let answered = task.act(&client, target, after).await;
        let told = page.told();
        let rate = match &answered {
            Err(error) if error.is_throttled() => self.slots.throttled(left, error.retry_after()),
            _ => self.slots.clean(),
        };
        self.tell(Event::Pace(rate));
        let sent = match answered {
            Ok(seen) => Sent::Seen(seen),
            Err(Error::NotWitnessed { why }) => return Err(Halt::Ledger(StateError::Refused(why))),
            Err(error) if error.is_throttled() => Sent::Throttled,
            Err(error) if error.certainty() == Certainty::Unknown => Sent::Unknown(error),
            Err(error) => Sent::Refused(error),
        };
        Ok((sent, told))
    }

    /// Ends a row, and with it the request that led to its end.
    async fn end(
        &self,
        row: &JobRow,
        end: RowEnd,
        request: Option<(EntryId, Outcome)>,
    ) -> Result<(), Halt> {
        self.write(row, end.clone(), request).await?;
        self.tell(Event::Row { nth: row.nth, target: row.target.clone(), end });
        Ok(())
    }

    async fn write(
        &self,
        row: &JobRow,
        end: RowEnd,
        request: Option<(EntryId, Outcome)>,
    ) -> Result<(), Halt> {
        let (state, job, nth, now) = (self.run.state.clone(), self.run.job, row.nth, self.run.now);
        blocking(move || {
            let request = request.as_ref().map(|(entry, outcome)| (*entry, outcome));
            state.end_row(job, nth, &end, request, now())
        })
        .await?;
        Ok(())
    }

    async fn finish(&self, entry: EntryId, outcome: Outcome) -> Result<(), Halt> {
        let (state, now) = (self.run.state.clone(), self.run.now);
        Ok(blocking(move || state.finish(entry, &outcome, now())).await?)
    }
}

fn failed(tries: u32, code: Option<u32>, note: String) -> RowEnd {
    RowEnd { state: RowState::Failed, tries, code, note: Some(note) }
}

/// What makes going on senseless.
fn halt(error: &Error) -> Option<Halt> {
    match error {
        error if error.is_auth() => Some(Halt::Credentials(error.to_string())),
        Error::Unreachable { .. } | Error::TimedOut { .. } => Some(Halt::Away(error.to_string())),
        _ => None,
    }
}
