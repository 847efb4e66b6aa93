//! Orders become tasks, their results become facts. A read on a lane aborts the older one there, which only saves
//! work: tickets make late answers harmless. A task that panics is answered too.

mod accounts;
mod borders;
mod copying;
mod files;
mod index;
mod jobs;
mod journal;
mod practice;
mod reading;
mod views;
mod writing;

use std::{collections::HashMap, future::Future, sync::Arc};

use tokio::{
    runtime::Handle,
    sync::mpsc::UnboundedSender,
    task::{AbortHandle, JoinHandle},
};

use crate::{
    api::{
        Access, Address, Client, Error, Observer, Page, ReadAhead,
        chat::{channels, members, memberships, services, users},
        flex,
    },
    app::{
        effect::Effect,
        model::Account,
        msg::Msg,
        notice::Problem,
        ticket::{Lane, Reply, Ticket},
    },
    runtime::{
        clipboard::Clipboard,
        connect::{self, Accounts},
        index::Index,
        journal::Journal,
        problem,
    },
    sandbox::{self, Sandbox, Switches},
};
use accounts::Aside;

/// Carries out orders.
#[derive(Debug)]
pub struct Executor {
    client: Option<Client>,
    sandbox: sandbox::Options,
    running: Arc<tokio::sync::Mutex<Option<Sandbox>>>,
    switches: Arc<std::sync::Mutex<Option<Switches>>>,
    tx: UnboundedSender<Msg>,
    lanes: HashMap<Lane, AbortHandle>,
    ahead: Vec<(Lane, Arc<ReadAhead>)>,
    later: Arc<std::sync::Mutex<Option<Client>>>,
    accounts: Option<Arc<Accounts>>,
    practice: Access,
    aside: Arc<std::sync::Mutex<Option<Aside>>>,
    journal: Journal,
    index: Index,
    job: jobs::Slot,
    clipboard: Clipboard,
    copying: Option<AbortHandle>,
    borders: borders::Keeper,
    /// Whose threads carry orders out, where it is not the caller's runtime.
    works_on: Option<Handle>,
}

/// So many lists may have a page on its way that nobody waits for yet.
const LISTS_AHEAD: usize = 3;

/// Makes the observer that tells the console of every answer and wait.
pub fn observer(tx: UnboundedSender<Msg>) -> Observer {
    Arc::new(move |traffic| {
        // The console may be gone already; then nobody wants to know.
        let _ = tx.send(Msg::Traffic(traffic));
    })
}

/// A client for a running practice account.
///
/// # Errors
/// Never in practice: the sandbox speaks plain HTTP on loopback.
pub fn practice_client(sandbox: &Sandbox, observer: Option<Observer>) -> Result<Client, String> {
    connect::practise(sandbox, observer, Access::ReadWrite).map(|(client, _)| client)
}

/// How the console calls the practice account.
pub fn practice_account() -> Account {
    Account::practice(None)
}

impl Executor {
    /// An executor that answers to `tx`.
    pub fn new(
        client: Option<Client>,
        sandbox: sandbox::Options,
        journal: Journal,
        tx: UnboundedSender<Msg>,
    ) -> Self {
        Self {
            client,
            sandbox,
            running: Arc::default(),
            switches: Arc::default(),
            tx,
            lanes: HashMap::new(),
            ahead: Vec::new(),
            later: Arc::default(),
            accounts: None,
            practice: Access::ReadWrite,
            aside: Arc::default(),
            journal,
            index: Index::default(),
            job: jobs::Slot::default(),
            clipboard: Clipboard::default(),
            copying: None,
            borders: borders::Keeper::default(),
            works_on: None,
        }
    }

    /// The same, with its orders carried out by the threads of this runtime.
    #[must_use]
    pub fn working_on(mut self, runtime: Handle) -> Self {
        self.works_on = Some(runtime);
        self
    }

    /// Waits for what must not be lost when the console ends.
    pub async fn finish(&self) {
        self.job.finish().await;
        self.journal.finish().await;
        self.index.finish().await;
        self.borders.finish().await;
    }

    /// Begins to carry out an order; its answer comes as a fact.
    pub fn call(&mut self, effect: Effect) {
        tracing::debug!(effect = name(&effect), "order");
        let runtime = self.works_on.clone();
        let _working = runtime.as_ref().map(Handle::enter);
        match effect {
            Effect::StartSandbox { ticket } => self.start_sandbox(ticket),
            Effect::Connect { ticket, profile } => self.connect(ticket, profile),
            Effect::SignIn { ticket, profile, keep } => self.sign_in(ticket, *profile, keep),
            Effect::Adopt { ticket } => self.adopt(ticket),
            Effect::Abort(lane) => self.abort(lane),
            Effect::GoOn => {
                // The console may have quit meanwhile.
                let _ = self.tx.send(Msg::WentOn);
            }
            Effect::Copy { text, label } => self.copy(text, label),
            Effect::KeepBorders(borders) => {
                self.borders.keep(borders, self.journal.directory());
            }
            Effect::Hurt { faults } => self.hurt(&faults),
            Effect::TakeMouse(_)
            | Effect::Redraw
            | Effect::Suspend
            | Effect::PrintBelow { .. }
            | Effect::OpenEditor { .. }
            | Effect::Exit { .. } => {}
            write @ (Effect::SaveChannel { .. }
            | Effect::SaveMembership { .. }
            | Effect::CreateChannel { .. }
            | Effect::MigrateChannel { .. }
            | Effect::CreateFlexChannel { .. }
            | Effect::DeleteChannel { .. }
            | Effect::DeleteMembership { .. }
            | Effect::DeleteFlexChannel { .. }) => self.change(write),
            Effect::RecallJournal { ticket } => self.recall_journal(ticket),
            Effect::RecallListing { ticket, service, next } => {
                self.recall_listing(ticket, service, next);
            }
            Effect::ListJournal { ticket, next } => {
                self.journal_page(ticket, next);
            }
            Effect::FindUndoable { ticket } => self.find_undoable(ticket),
            Effect::Survey { ticket, survey } => self.survey(ticket, survey),
            Effect::BeginJob { ticket, plan, label } => self.begin_job(ticket, plan, label),
            Effect::ResumeJob { ticket, job, with } => self.resume_job(ticket, job, with),
            Effect::TellJob(wish) => self.job.tell(wish),
            Effect::ListJobs { ticket, .. } => self.list_jobs(ticket),
            Effect::ListJobRows { ticket, job, next } => self.list_job_rows(ticket, job, next),
            Effect::SavePlan { plan, name, form } => self.save_plan(plan, name, form),
            Effect::SaveReport { job, form } => self.save_report(job, form),
            Effect::KeepDraft { key, text } => self.keep(key, Some(text)),
            Effect::DropDraft { key } => self.keep(key, None),
            Effect::RecallViews => self.recall_views(),
            Effect::KeepView { profile, name, view } => self.keep_view(profile, name, view),
            Effect::SettleEntry { id, is_done } => {
                self.journal.settle_line(id, is_done, self.tx.clone());
            }
            Effect::Settle { written, is_done } => {
                self.journal.settle(written, is_done, self.tx.clone());
            }
            listing @ (Effect::ListServices { .. }
            | Effect::ListChannels { .. }
            | Effect::ListUsers { .. }
            | Effect::ListMembers { .. }
            | Effect::ListMemberships { .. }) => self.list(listing),
            only_read @ (Effect::ListMessages { .. }
            | Effect::ListInvites { .. }
            | Effect::ListRoles { .. }
            | Effect::ListFlexChannels { .. }
            | Effect::ListFlows { .. }
            | Effect::FetchFlexChannel { .. }) => self.read_only(only_read),
            reading => self.fetch(reading),
        }
    }

    /// Gives up what is asked in a lane.
    fn abort(&mut self, lane: Lane) {
        if lane == Lane::Switch {
            self.drop_aside();
        }
        if let Some(task) = self.lanes.remove(&lane) {
            task.abort();
        }
        self.ahead.retain(|(of, _)| *of != lane);
    }

    fn list(&mut self, effect: Effect) {
        match effect {
            Effect::ListServices { ticket, next } => {
                self.page(ticket, Msg::ServicesArrived, async move |client| {
                    services::list(&client, next.as_ref()).await
                });
            }
            Effect::ListChannels { ticket, service, next } => {
                self.list_channels(ticket, service, next);
            }
            Effect::ListUsers { ticket, service, next } => {
                self.stream(ticket, Msg::UsersArrived, async move |client| {
                    users::list(&client, service, next.as_ref()).await
                });
            }
            Effect::ListMembers { ticket, service, channel, next } => {
                self.page(ticket, Msg::MembersArrived, async move |client| {
                    members::list(&client, service, &Address::Sid(channel), next.as_ref()).await
                });
            }
            Effect::ListMemberships { ticket, service, user, next } => {
                self.page(ticket, Msg::MembershipsArrived, async move |client| {
                    memberships::list(&client, service, &Address::Sid(user), next.as_ref()).await
                });
            }
            _ => {}
        }
    }

    fn fetch(&mut self, effect: Effect) {
        match effect {
            Effect::FetchService { ticket, service } => {
                self.read(ticket, Msg::ServiceArrived, async move |client| {
                    services::fetch(&client, service).await
                });
            }
            Effect::FetchChannel { ticket, service, channel } => {
                self.read(ticket, Msg::ChannelArrived, async move |client| {
                    channels::fetch(&client, service, &Address::Sid(channel)).await
                });
            }
            Effect::FetchUser { ticket, service, user } => {
                self.read(ticket, Msg::UserArrived, async move |client| {
                    users::fetch(&client, service, &Address::Sid(user)).await
                });
            }
            Effect::FetchPerson { ticket, service, identity } => {
                self.read(ticket, Msg::PersonArrived, async move |client| {
                    let person = Address::Name(identity.raw().to_owned());
                    users::fetch(&client, service, &person).await
                });
            }
            Effect::FetchNamed { ticket, service, unique_name } => {
                self.read(ticket, Msg::ChannelArrived, async move |client| {
                    channels::fetch(&client, service, &Address::Name(unique_name)).await
                });
            }
            Effect::RereadChannel { ticket, service, channel } => {
                self.read(ticket, Msg::ChannelReread, async move |client| {
                    channels::fetch(&client, service, &Address::Sid(channel)).await
                });
            }
            Effect::RereadMembership { ticket, service, key } => {
                self.read(ticket, Msg::MembershipReread, async move |client| {
                    let (user, channel) = (Address::Sid(key.user), Address::Sid(key.channel));
                    memberships::fetch(&client, service, &user, &channel).await
                });
            }
            Effect::RereadCreated { ticket, service, unique_name } => {
                self.read(ticket, Msg::CreatedReread, async move |client| {
                    channels::fetch(&client, service, &Address::Name(unique_name)).await
                });
            }
            Effect::RereadFlexChannel { ticket, channel } => {
                self.read(ticket, Msg::FlexChannelReread, async move |client| {
                    flex::channels::fetch(&client, channel).await
                });
            }
            _ => {}
        }
    }

    fn page<T, C>(&mut self, ticket: Ticket, wrap: fn(Reply<Page<T>>) -> Msg, call: C)
    where
        T: Send + 'static,
        C: AsyncCall<Page<T>>,
    {
        self.read(ticket, wrap, call);
    }

    /// A page of a list that is read to its end: the next one is asked for while this one is taken in.
    fn stream<T, C>(&mut self, ticket: Ticket, wrap: fn(Reply<Page<T>>) -> Msg, call: C)
    where
        T: Send + 'static,
        C: AsyncCall<Page<T>>,
    {
        let at = self.ahead.iter().position(|(lane, _)| *lane == ticket.lane);
        let slot = at.map(|at| self.ahead.remove(at).1).unwrap_or_default();
        // The lists that were read last come first; of those that were left long ago nothing is kept.
        self.ahead.insert(0, (ticket.lane, Arc::clone(&slot)));
        self.ahead.truncate(LISTS_AHEAD);
        self.page(ticket, wrap, async move |client: Client| {
            call.on(client.reading_ahead(slot)).await
        });
    }

    fn read<T: Send + 'static>(
        &mut self,
        ticket: Ticket,
        wrap: fn(Reply<T>) -> Msg,
        call: impl AsyncCall<T>,
    ) {
        let task = self.task(call);
        if let Some(older) = self.lanes.insert(ticket.lane, task.abort_handle()) {
            older.abort();
        }
        self.answer(ticket, task, problem::of_read, wrap);
    }

    fn task<T: Send + 'static>(
        &self,
        call: impl AsyncCall<T>,
    ) -> JoinHandle<Option<Result<T, Error>>> {
        let client = self.client();
        tokio::spawn(async move {
            let client = client?;
            Some(call.on(client).await)
        })
    }

    fn client(&self) -> Option<Client> {
        let later = self.later.lock().ok().and_then(|client| client.clone());
        self.client.clone().or(later)
    }

    /// Waits for a task and tells what came of it. Only an aborted task stays silent: nobody waits for it.
    fn answer<T: Send + 'static>(
        &self,
        ticket: Ticket,
        task: JoinHandle<Option<Result<T, Error>>>,
        tell: fn(&Error) -> Problem,
        wrap: fn(Reply<T>) -> Msg,
    ) {
        let tx = self.tx.clone();
        tokio::spawn(async move {
            let result = match task.await {
                Ok(Some(result)) => result.map_err(|error| tell(&error)),
                Ok(None) => Err(Problem::bug("there is no account to ask")),
                Err(ended) if ended.is_cancelled() => return,
                Err(_) => Err(Problem::bug("a request ended in a bug of Switchboard; see the log")),
            };
            // The console may have quit meanwhile.
            let _ = tx.send(wrap(Reply { ticket, result }));
        });
    }
}

/// One call to the API, ready to be made with a client.
trait AsyncCall<T>: Send + 'static {
    fn on(self, client: Client) -> impl Future<Output = Result<T, Error>> + Send;
}

impl<T, F, R> AsyncCall<T> for F
where
    F: FnOnce(Client) -> R + Send + 'static,
    R: Future<Output = Result<T, Error>> + Send,
{
    fn on(self, client: Client) -> impl Future<Output = Result<T, Error>> + Send {
        self(client)
    }
}

/// An order's name without what it carries: the log holds no personal data.
fn name(effect: &Effect) -> String {
    let told = format!("{effect:?}");
    told.split([' ', '(', '{']).next().unwrap_or_default().to_owned()
}
