//! The journal at the edge: every write is written down before it leaves, and its end when it has come. The file is
//! opened beside the first readings; a write waits for it.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use jiff::Timestamp;
use tokio::{
    sync::{
        OnceCell,
        mpsc::{UnboundedSender, unbounded_channel},
    },
    task::JoinHandle,
};

use crate::{
    api::{Client, Ended, Outgoing, Product, Saying, Webhooks, Witness},
    app::{
        msg::{Msg, Remembered},
        ticket::Ticket,
    },
    jobs::outcome::outcome,
    state::{self, Bodies, End, EntryId, Job, Keeping, Record, Settlement, State, StateError},
};

/// How often a console that stays open wipes what is too old.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Where the journal is, and whose writes it is told of.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    inner: Option<Arc<Inner>>,
    profile: String,
}

#[derive(Debug)]
struct Inner {
    directory: Option<PathBuf>,
    keeping: Keeping,
    opened: OnceCell<Result<Open, String>>,
    /// The lines of writes whose end is not known yet.
    lines: Mutex<HashMap<Ticket, EntryId>>,
    /// What is typed, on its way to the disk in the order it was typed.
    scribe: Mutex<Option<(UnboundedSender<Typed>, JoinHandle<()>)>>,
}

/// A text that was typed: what it is about, and itself; nothing to drop it.
#[derive(Debug)]
struct Typed {
    account: String,
    key: String,
    text: Option<String>,
}

#[derive(Debug, Clone)]
struct Open {
    state: Arc<State>,
    set_aside: Option<String>,
}

impl Journal {
    /// A journal in a directory; without one no write can leave.
    pub fn in_directory(directory: Option<PathBuf>, keeping: Keeping, profile: String) -> Self {
        Self {
            inner: Some(Arc::new(Inner {
                directory,
                keeping,
                opened: OnceCell::new(),
                lines: Mutex::default(),
                scribe: Mutex::default(),
            })),
            profile,
        }
    }

    /// The same journal, told of the writes of another profile.
    #[must_use]
    pub(super) fn of_profile(&self, profile: String) -> Self {
        Self { inner: self.inner.clone(), profile }
    }

    /// No journal: writes leave without one.
    pub fn none() -> Self {
        Self::default()
    }

    /// Opens the file and tells what was left from before.
    pub(super) fn recall(&self, ticket: Ticket, client: &Client, tx: UnboundedSender<Msg>) {
        let Some(inner) = self.inner.clone() else { return };
        let account = account_of(client);
        let origin = |product| client.hosts().base(product).origin().ascii_serialization();
        let origins = [origin(Product::Chat), origin(Product::Flex)];
        tokio::spawn(async move {
            let remembered = inner.remembered(account, origins).await;
            // The console may have quit meanwhile.
            let _ = tx.send(Msg::JournalOpened(ticket, remembered));
        });
    }

    /// A client whose next write is written down in this record.
    pub(super) fn witness(
        &self,
        client: &Client,
        ticket: Ticket,
        record: Record,
        tx: UnboundedSender<Msg>,
    ) -> Client {
        let Some(inner) = self.inner.clone() else { return client.clone() };
        let account = account_of(client);
        let record = Record { account, profile: self.profile.clone(), ..record };
        client.witnessed_by(Arc::new(Pen { inner, ticket, record, tx }))
    }

    /// Keeps a text that was typed, or drops it.
    pub(super) fn keep(&self, client: &Client, key: String, text: Option<String>) {
        let Some(inner) = self.inner.clone() else { return };
        let typed = Typed { account: account_of(client), key, text };
        let mut scribe = inner.scribe.lock().unwrap_or_else(PoisonError::into_inner);
        let (tx, _) = scribe.get_or_insert_with(|| Arc::clone(&inner).scribe_at_work());
        // It ends only when nothing is to be kept any more.
        let _ = tx.send(typed);
    }

    /// Waits until everything that was typed is on the disk.
    pub(super) async fn finish(&self) {
        let Some(inner) = &self.inner else { return };
        let scribe = inner.scribe.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((tx, scribe)) = scribe else { return };
        drop(tx);
        // A disk that hangs must not keep the terminal.
        let _ = tokio::time::timeout(Duration::from_secs(2), scribe).await;
    }

    /// Writes down what a write turned out to be.
    pub(super) fn settle(&self, written: Ticket, is_done: bool, tx: UnboundedSender<Msg>) {
        let Some(inner) = self.inner.clone() else { return };
        let Some(id) = inner.lines(|lines| lines.remove(&written)) else { return };
        self.settle_line(id, is_done, tx);
    }

    /// The same, of a line from before.
    pub(super) fn settle_line(&self, id: EntryId, is_done: bool, tx: UnboundedSender<Msg>) {
        let Some(inner) = self.inner.clone() else { return };
        tokio::spawn(async move {
            let settled = inner.on_disk(move |state| settle(state, id, is_done)).await;
            told(settled, &tx);
        });
    }

    /// The open file, for work that goes on for long.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub(super) async fn state(&self) -> Result<Arc<State>, String> {
        match &self.inner {
            Some(inner) => inner.open().await.map(|open| open.state),
            None => Err("there is no journal here".to_owned()),
        }
    }

    /// The directory that it lies in.
    pub(super) fn directory(&self) -> Option<PathBuf> {
        self.inner.as_ref()?.directory.clone()
    }

    /// The profile whose writes it is told of.
    pub(super) fn profile(&self) -> &str {
        &self.profile
    }

    /// Does something with the open file, away from the console's own threads.
    pub(super) async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&State) -> Result<T, StateError> + Send + 'static,
    ) -> Result<T, String> {
        match &self.inner {
            Some(inner) => inner.on_disk(work).await,
            None => Err("there is no journal here".to_owned()),
        }
    }
}

/// Who a client writes as: the account, or the key where only that is known.
pub(crate) fn account_of(client: &Client) -> String {
    let credentials = client.credentials();
    let account = credentials.account_sid().map(|sid| sid.to_string());
    account.unwrap_or_else(|| credentials.username().to_owned())
}

fn told(result: Result<(), String>, tx: &UnboundedSender<Msg>) {
    if let Err(why) = result {
        let _ = tx.send(Msg::JournalFailed(why));
    }
}

impl Inner {
    fn lines<T>(&self, with: impl FnOnce(&mut HashMap<Ticket, EntryId>) -> T) -> T {
        with(&mut self.lines.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn open(&self) -> Result<Open, String> {
        let opening = || async {
            let Some(directory) = self.directory.clone() else {
                return Err(
                    "this user has no home; name a place in SWITCHBOARD_STATE_DIR".to_owned()
                );
            };
            let keeping = self.keeping;
            let opened =
                tokio::task::spawn_blocking(move || State::open(&directory, keeping, now()));
            match opened.await {
                Ok(Ok(opened)) => {
                    let state = Arc::new(opened.state);
                    tokio::spawn(purge_daily(Arc::downgrade(&state)));
                    Ok(Open { state, set_aside: opened.set_aside.map(|it| it.to_string()) })
                }
                Ok(Err(error)) => Err(error.to_string()),
                Err(_) => Err("opening it ended in a bug of Switchboard; see the log".to_owned()),
            }
        };
        self.opened.get_or_init(opening).await.clone()
    }

    async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&State) -> Result<T, StateError> + Send + 'static,
    ) -> Result<T, String> {
        let open = self.open().await?;
        match tokio::task::spawn_blocking(move || work(&open.state)).await {
            Ok(result) => result.map_err(|error| error.to_string()),
            Err(_) => Err("it ended in a bug of Switchboard; see the log".to_owned()),
        }
    }

    fn scribe_at_work(self: Arc<Self>) -> (UnboundedSender<Typed>, JoinHandle<()>) {
        let (tx, mut rx) = unbounded_channel::<Typed>();
        let scribe = tokio::spawn(async move {
            while let Some(Typed { account, key, text }) = rx.recv().await {
                let kept = self
                    .on_disk(move |state| match text {
                        Some(text) => state.put_draft(&account, &key, &text, now()),
                        None => state.drop_draft(&account, &key),
                    })
                    .await;
                if let Err(why) = kept {
                    tracing::warn!(why, "what was typed could not be kept");
                }
            }
        });
        (tx, scribe)
    }

    async fn remembered(
        &self,
        account: String,
        origins: [String; 2],
    ) -> Result<Remembered, String> {
        let set_aside = self.open().await?.set_aside;
        let (open, drafts, stopped) = self
            .on_disk(move |state| {
                let open = state.unfinished(&account)?;
                let drafts = state.take_over_drafts(&account)?;
                let is_left = |job: &Job| !job.is_running && job.counts.left() > 0;
                let stopped = state.jobs(&account)?.into_iter().filter(is_left).collect();
                Ok((open, drafts, stopped))
            })
            .await?;
        let keeps_drafts = self.keeping.days > 0;
        let keeps_values = keeps_drafts && self.keeping.bodies == Bodies::Full;
        Ok(Remembered { origins, set_aside, open, keeps_values, keeps_drafts, drafts, stopped })
    }
}

/// Writes one line: before the write leaves, and when it has ended.
#[derive(Debug)]
struct Pen {
    inner: Arc<Inner>,
    ticket: Ticket,
    record: Record,
    tx: UnboundedSender<Msg>,
}

impl Witness for Pen {
    fn before(&self, write: Outgoing) -> Saying<Result<(), String>> {
        let sids = state::sids_of(&write.path);
        let record = Record {
            method: write.method,
            path: write.path,
            webhooks: write.webhooks == Webhooks::On,
            form: write.form,
            sids,
            ..self.record.clone()
        };
        let (inner, ticket) = (Arc::clone(&self.inner), self.ticket);
        Box::pin(async move {
            let id = inner.on_disk(move |state| state.begin(&record, now())).await?;
            inner.lines(|lines| lines.insert(ticket, id));
            Ok(())
        })
    }

    fn after(&self, ended: Ended) -> Saying<()> {
        let (inner, ticket, tx) = (Arc::clone(&self.inner), self.ticket, self.tx.clone());
        Box::pin(async move {
            let outcome = outcome(ended);
            let is_lost = outcome.end == End::Lost;
            let id = inner.lines(|lines| {
                if is_lost { lines.get(&ticket).copied() } else { lines.remove(&ticket) }
            });
            let Some(id) = id else { return };
            told(inner.on_disk(move |state| state.finish(id, &outcome, now())).await, &tx);
        })
    }
}

/// What was found settles a line, unless its answer came meanwhile or another console found it too.
fn settle(state: &State, id: EntryId, is_done: bool) -> Result<(), StateError> {
    let found = if is_done { Settlement::Done { made: None } } else { Settlement::NotDone };
    match state.settle(id, &found, now()) {
        Err(StateError::Ended(_) | StateError::StillOut(_)) => Ok(()),
        settled => settled,
    }
}

/// Every open console wipes what has become too old, as long as it runs.
async fn purge_daily(state: Weak<State>) {
    loop {
        tokio::time::sleep(DAY).await;
        let Some(state) = state.upgrade() else { return };
        let purged = tokio::task::spawn_blocking(move || state.purge(now())).await;
        if let Ok(Err(why)) = purged {
            tracing::warn!(%why, "what is too old could not be wiped");
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the edge is where the clock is read")]
fn now() -> Timestamp {
    Timestamp::now()
}
