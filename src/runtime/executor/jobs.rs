//! Jobs: what a plan has to know, the ledger, and the one job that runs here. Its events are many; they are told in
//! handfuls.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
        watch,
    },
    task::JoinHandle,
    time::{Instant, sleep_until, timeout},
};

use super::Executor;
use crate::{
    api::{
        Address, Client,
        page::{NextPage, Page},
    },
    app::{
        jobs::{Again, End, News, RowNews, Survey, Surveyed},
        msg::Msg,
        notice::{Problem, ProblemKind},
        ticket::{Reply, Ticket},
    },
    jobs::{
        plan::Plan,
        run::{Event, Halt, Run, Wish},
        survey,
        task::Task,
        verify::{VerifyError, verify},
    },
    runtime::{journal::account_of, now, problem},
    state::{Job, JobId, State, StateError},
};

/// How often a running job is told of.
const OFTEN: Duration = Duration::from_millis(100);
/// Rows of a page of the ledger.
const PAGE: usize = 1_000;
/// How long the console waits at its end for requests that are out.
const PATIENCE: Duration = Duration::from_secs(10);

/// The one job that runs here.
#[derive(Debug, Default)]
pub(super) struct Slot(Mutex<Option<(watch::Sender<Wish>, JoinHandle<()>)>>);

impl Slot {
    /// Tells it what is wished.
    pub(super) fn tell(&self, wish: Wish) {
        if let Some((wishes, _)) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            // It may have ended.
            let _ = wishes.send(wish);
        }
    }

    fn put(&self, wishes: watch::Sender<Wish>, task: JoinHandle<()>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((wishes, task));
    }

    /// Stops it, and waits for what is out.
    pub(super) async fn finish(&self) {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some((wishes, task)) = running else { return };
        let _ = wishes.send(Wish::Stop);
        // A server that does not answer must not keep the terminal; the ledger knows that it was asked.
        let _ = timeout(PATIENCE, task).await;
    }
}

/// What a job needs besides its task.
struct Ground {
    client: Client,
    state: Arc<State>,
    profile: String,
    tx: UnboundedSender<Msg>,
}

/// Where the job comes from.
enum Origin {
    New(Box<Plan>, String),
    Ledger(JobId, Again),
}

impl Executor {
    pub(super) fn survey(&mut self, ticket: Ticket, survey: Survey) {
        let tx = self.tx.clone();
        self.read(ticket, Msg::Surveyed, async move |client: Client| {
            let told = |read| {
                let _ = tx.send(Msg::Surveying(ticket, read));
            };
            match survey {
                Survey::OfFlex => {
                    let channels = survey::of_flex(&client, told).await?;
                    Ok(Surveyed::OfFlex(channels.into_iter().collect()))
                }
                Survey::OfUser(service, user) => {
                    let user = Address::Sid(user);
                    let listed = survey::of_user(&client, service, &user, told).await?;
                    Ok(Surveyed::OfUser(listed.items, listed.unreadable))
                }
            }
        });
    }

    pub(super) fn begin_job(&mut self, ticket: Ticket, plan: Box<Plan>, label: String) {
        self.run_job(ticket, Origin::New(plan, label));
    }

    pub(super) fn resume_job(&mut self, ticket: Ticket, job: JobId, with: Again) {
        self.run_job(ticket, Origin::Ledger(job, with));
    }

    fn run_job(&mut self, ticket: Ticket, origin: Origin) {
        let (wishes, wish) = watch::channel(Wish::Go);
        let (journal, tx) = (self.journal.clone(), self.tx.clone());
        let client = self.client();
        let task = tokio::spawn(async move {
            let taken = async {
                let client = client.ok_or("there is no account to work on")?;
                let state = journal.state().await?;
                let profile = journal.profile().to_owned();
                let ground = Ground { client: client.unobserved(), state, profile, tx: tx.clone() };
                let (job, task) = ground.taken(origin).await?;
                Ok::<_, String>((ground, job, task))
            };
            match taken.await {
                Ok((ground, job, task)) => {
                    let result = Ok(Box::new(job.clone()));
                    let _ = tx.send(Msg::JobBegan(Reply { ticket, result }));
                    ground.run(job, task, wish).await;
                }
                Err(why) => {
                    let result = Err(Problem::new(ProblemKind::Refused, why));
                    let _ = tx.send(Msg::JobBegan(Reply { ticket, result }));
                }
            }
        });
        self.job.put(wishes, task);
    }

    pub(super) fn list_jobs(&self, ticket: Ticket) {
        let account = self.client().map(|client| account_of(&client)).unwrap_or_default();
        let read = move |state: &State| {
            let items = state.jobs(&account)?;
            Ok(Page { items, next: None, unreadable: 0 })
        };
        self.told_by_ledger(ticket, read, Msg::JobsArrived);
    }

    pub(super) fn list_job_rows(&self, ticket: Ticket, job: JobId, next: Option<NextPage>) {
        let from = next.and_then(|next| next.token().parse().ok()).unwrap_or(0);
        let read = move |state: &State| {
            let items = state.job_rows(job, None, from, PAGE)?;
            let is_full = items.len() == PAGE;
            let next = items.last().filter(|_| is_full).map(|row| (row.nth + 1).to_string());
            Ok(Page { items, next: next.map(NextPage::of_our_own), unreadable: 0 })
        };
        self.told_by_ledger(ticket, read, Msg::JobRowsArrived);
    }

    fn told_by_ledger<T: Send + 'static>(
        &self,
        ticket: Ticket,
        read: impl FnOnce(&State) -> Result<T, StateError> + Send + 'static,
        wrap: fn(Reply<T>) -> Msg,
    ) {
        let (journal, tx) = (self.journal.clone(), self.tx.clone());
        tokio::spawn(async move {
            let result = journal.on_disk(read).await;
            let result = result.map_err(|why| Problem::new(ProblemKind::Refused, why));
            // The console may have quit meanwhile.
            let _ = tx.send(wrap(Reply { ticket, result }));
        });
    }
}

impl Ground {
    /// Writes the job down or finds it, and takes it.
    async fn taken(&self, origin: Origin) -> Result<(Job, Task), String> {
        let (state, profile) = (self.state.clone(), self.profile.clone());
        let account = account_of(&self.client);
        let work = move || -> Result<(Job, Task), String> {
            let said = |error: StateError| error.to_string();
            let id = match origin {
                Origin::New(plan, label) => {
                    let new = plan.job(profile, account, label);
                    let id = state.plan_job(&new, now()).map_err(said)?;
                    state.take_job(id).map_err(said)?;
                    id
                }
                Origin::Ledger(id, with) => {
                    state.take_job(id).map_err(said)?;
                    if with == Again::Failures {
                        state.retry_rows(id, None).map_err(said)?;
                    }
                    id
                }
            };
            let job = state.job(id).map_err(said)?.ok_or("it is in the ledger no more")?;
            Task::read(&job.task).map_or_else(
                |error| {
                    let _ = state.leave_job(id, now());
                    Err(format!("job {id}: {error}"))
                },
                |task| Ok((job.clone(), task)),
            )
        };
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or_else(|_| Err("it ended in a bug of Switchboard; see the log".to_owned()))
    }

    async fn run(self, job: Job, task: Task, mut wish: watch::Receiver<Wish>) {
        let id = job.id;
        let run = Run {
            job: id,
            task: task.clone(),
            profile: self.profile.clone(),
            account: account_of(&self.client),
            client: self.client.clone(),
            state: self.state.clone(),
            ceiling: task.ceiling(),
            now,
        };
        let (events, heard) = unbounded_channel();
        let running = tokio::spawn(run.go(wish.clone(), events));
        self.follow(id, heard).await;
        let halt = running.await.unwrap_or(Err(Halt::Bug)).err();
        let counts = self.counts(id).await;
        let is_over = halt.is_none() && counts.is_some_and(|it| it.left() == 0 && it.done > 0);
        let found = if is_over && *wish.borrow_and_update() != Wish::Stop {
            let _ = self.tx.send(Msg::JobVerifies(id));
            tokio::select! {
                found = verify(&self.client, &self.state, id, &task, false) => {
                    Some(found.map_err(|error| words_of(&error)))
                }
                // Whoever wants to leave does not wait for it.
                _ = wish.wait_for(|wish| *wish == Wish::Stop) => None,
            }
        } else {
            None
        };
        let counts = self.counts(id).await;
        let end = End { counts, halt: halt.as_ref().map(told), found };
        let _ = self.tx.send(Msg::JobEnded(id, Box::new(end)));
    }

    async fn counts(&self, id: JobId) -> Option<crate::state::Counts> {
        let state = self.state.clone();
        let job = tokio::task::spawn_blocking(move || state.job(id)).await;
        Some(job.ok()?.ok()??.counts)
    }

    /// Tells of a running job: at once, and then not more often than a person could follow.
    async fn follow(&self, id: JobId, mut events: UnboundedReceiver<Event>) {
        let mut news = News::default();
        let mut due: Option<Instant> = None;
        loop {
            let later = due.unwrap_or_else(|| Instant::now() + OFTEN);
            tokio::select! {
                event = events.recv() => match event {
                    Some(event) => {
                        take_in(&mut news, event);
                        due.get_or_insert_with(|| Instant::now() + OFTEN);
                    }
                    None => break,
                },
                () = sleep_until(later), if due.is_some() => {
                    let _ = self.tx.send(Msg::JobWent(id, std::mem::take(&mut news)));
                    due = None;
                }
            }
        }
        if due.is_some() {
            let _ = self.tx.send(Msg::JobWent(id, news));
        }
    }
}

fn take_in(news: &mut News, event: Event) {
    match event {
        Event::Out { nth } => news.rows.push(RowNews { nth, target: None, end: None }),
        Event::Row { nth, target, end } => {
            let target = target.parse().ok();
            news.rows.push(RowNews { nth, target, end: Some(end) });
        }
        Event::Throttled { .. } => news.throttled += 1,
        Event::Pace(rate) => news.rate = Some(rate),
    }
}

fn told(halt: &Halt) -> Problem {
    let kind = match halt {
        Halt::Credentials(_) => ProblemKind::Auth,
        Halt::Away(_) => ProblemKind::Offline,
        Halt::Ledger(_) | Halt::Bug => ProblemKind::Bug,
    };
    Problem::new(kind, halt.to_string())
}

fn words_of(error: &VerifyError) -> String {
    match error {
        VerifyError::Ledger(error) => error.to_string(),
        VerifyError::Server(error) => problem::of_read(error).sentence(),
    }
}
