//! All that the console knows at one moment. Only `update` changes it, only `view` shows it.

mod pointing;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use jiff::{Timestamp, tz::TimeZone};
use ratatui::layout::Size;

use crate::api::{
    chat::{
        channels::Channel, invites::Invite, members::Member, messages::Message, roles::Role,
        services::Service, users::User,
    },
    client::Webhooks,
    flex::flows::FlexFlow,
    page::NextPage,
    sid::Sid,
};
pub use crate::app::account::Account;
use crate::app::{
    action::Action,
    auto::Auto,
    change::Changes,
    columns::Chosen,
    confirm::{Confirm, Deed},
    course::Course,
    drafts::Drafts,
    entities::{ChannelRow, Entities, FlexKey, MembershipKey},
    find::Search,
    form::{Draft, line::Entry},
    goto::Going,
    history::History,
    jobs::{After, Jobs, Proposal},
    journal::{Awaited, Values},
    keymap::{Context, Keymap},
    layout::Arrangement,
    list::{Ask, Ground, List, Rows},
    mouse::Mouse,
    notice::{Notices, Problem},
    palette::Palette,
    place::{Path, Place, Subject},
    places::{
        flex, flows,
        found::{self, Hit},
        job::RowKey,
    },
    profiles::Profiles,
    prompt::{Asks, Prompt},
    query::Fault,
    remote::Remote,
    review::Review,
    sign_in::SignIn,
    ticket::{EditKey, Lane, Person, Ticket, Tickets},
    tree::Tree,
    views::Saved,
    work::Work,
};
use crate::state::{EntryId, JobId};

/// Whether there is an account.
#[derive(Debug)]
pub enum Session {
    /// No credentials were found; these places were looked at.
    FirstRun {
        /// Where credentials were looked for, in words.
        looked_at: String,
        /// The practice account that is being started.
        starting: Remote<()>,
        /// Whether the walk through it begins then.
        tour: bool,
    },
    /// Connected.
    Open(Account),
}

/// What lies over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// The keys of these contexts that hold what is typed, scrolled by so many lines, one of them chosen; over a form
    /// that comes back.
    Help {
        contexts: Vec<Context>,
        top: usize,
        at: usize,
        sought: Box<Entry>,
        form: Option<Box<Draft>>,
    },
    /// What can be done to the row, one of it chosen.
    Menu { at: usize },
    /// All messages so far.
    Messages { top: usize },
    /// A form.
    Form(Box<Draft>),
    /// A question before what cannot be undone.
    Confirm(Box<Confirm>),
    /// The last look before a write.
    Review(Box<Review>),
    /// Typed text would be lost by leaving.
    Quit,
    /// Typed text would be lost by switching to this profile.
    Switch { name: String },
    /// What the list can be sorted by, the cursor on this one; the first is the server's order.
    Sort { at: usize },
    /// The saved views, the cursor on this one.
    Views { at: usize },
    /// A sid or an address was pasted, which leads to these places.
    Offer { places: Vec<Place> },
    /// Credentials being typed.
    SignIn(Box<SignIn>),
    /// The walk through the practice account, at this stop.
    Tour { at: usize },
    /// The profiles, the cursor on this one.
    Profiles { at: usize },
    /// What is known of the account and of who said so.
    Info { top: usize },
    /// What many writes would do, before they begin.
    Plan(Box<Proposal>),
    /// A job is at work, and the person wants to leave.
    Leaving { then: After },
}

impl Overlay {
    /// The form that lies there, be it under the help.
    pub fn form(&self) -> Option<&Draft> {
        match self {
            Self::Form(draft) | Self::Help { form: Some(draft), .. } => Some(draft),
            Self::Review(review) => Some(&review.draft),
            Self::Help { form: None, .. }
            | Self::Messages { .. }
            | Self::Menu { .. }
            | Self::Confirm(_)
            | Self::Quit
            | Self::Switch { .. }
            | Self::Profiles { .. }
            | Self::Sort { .. }
            | Self::Views { .. }
            | Self::Offer { .. }
            | Self::SignIn(_)
            | Self::Tour { .. }
            | Self::Plan(_)
            | Self::Leaving { .. }
            | Self::Info { .. } => None,
        }
    }
}

/// What every place remembers.
#[derive(Debug, Default)]
pub struct Lists {
    /// The services.
    pub services: List<Sid<Service>>,
    /// Channels by service.
    pub channels: HashMap<Sid<Service>, List<ChannelRow>>,
    /// Users by service.
    pub users: HashMap<Sid<Service>, List<Sid<User>>>,
    /// Members by channel.
    pub members: HashMap<Sid<Channel>, List<Sid<Member>>>,
    /// Memberships by user.
    pub memberships: HashMap<Sid<User>, List<MembershipKey>>,
    /// Messages by channel.
    pub messages: HashMap<Sid<Channel>, List<Sid<Message>>>,
    /// Invites by channel.
    pub invites: HashMap<Sid<Channel>, List<Sid<Invite>>>,
    /// Roles by service.
    pub roles: HashMap<Sid<Service>, List<Sid<Role>>>,
    /// The Flex channels.
    pub flex: List<FlexKey>,
    /// The flows.
    pub flows: List<Sid<FlexFlow>>,
    /// The journal.
    pub journal: List<EntryId>,
    /// What was found in all services.
    pub found: List<Hit>,
    /// The jobs.
    pub jobs: List<JobId>,
    /// Rows by job.
    pub job_rows: HashMap<JobId, List<RowKey>>,
}

impl Lists {
    /// The list of a place, if it is one and has been opened.
    pub fn rows(&self, place: Place) -> Option<&dyn Rows> {
        match place {
            Place::Services => Some(&self.services),
            Place::Channels(service) => self.channels.get(&service).map(|list| list as &dyn Rows),
            Place::Users(service) => self.users.get(&service).map(|list| list as &dyn Rows),
            Place::Members(_, channel) => self.members.get(&channel).map(|list| list as &dyn Rows),
            Place::Memberships(_, user) => {
                self.memberships.get(&user).map(|list| list as &dyn Rows)
            }
            Place::Messages(_, channel) => {
                self.messages.get(&channel).map(|list| list as &dyn Rows)
            }
            Place::Invites(_, channel) => self.invites.get(&channel).map(|list| list as &dyn Rows),
            Place::Roles(service) => self.roles.get(&service).map(|list| list as &dyn Rows),
            Place::Flex => Some(&self.flex),
            Place::Flows => Some(&self.flows),
            Place::Journal => Some(&self.journal),
            Place::Found => Some(&self.found),
            Place::Jobs => Some(&self.jobs),
            Place::Job(job) => self.job_rows.get(&job).map(|list| list as &dyn Rows),
            Place::Channel(..)
            | Place::Attributes(..)
            | Place::Message(..)
            | Place::Role(..)
            | Place::FlexChannel(_)
            | Place::JournalEntry(_) => None,
        }
    }

    /// The list of a place, made if need be.
    pub fn rows_mut(&mut self, place: Place) -> Option<&mut dyn Rows> {
        Some(match place {
            Place::Services => &mut self.services,
            Place::Channels(service) => self.channels.entry(service).or_default(),
            Place::Users(service) => self.users.entry(service).or_default(),
            Place::Members(_, channel) => self.members.entry(channel).or_default(),
            Place::Memberships(_, user) => self.memberships.entry(user).or_default(),
            Place::Messages(_, channel) => self.messages.entry(channel).or_default(),
            Place::Invites(_, channel) => self.invites.entry(channel).or_default(),
            Place::Roles(service) => self.roles.entry(service).or_default(),
            Place::Flex => &mut self.flex,
            Place::Flows => &mut self.flows,
            Place::Journal => &mut self.journal,
            Place::Found => &mut self.found,
            Place::Jobs => &mut self.jobs,
            Place::Job(job) => self.job_rows.entry(job).or_default(),
            Place::Channel(..)
            | Place::Attributes(..)
            | Place::Message(..)
            | Place::Role(..)
            | Place::FlexChannel(_)
            | Place::JournalEntry(_) => return None,
        })
    }
}

/// Contact with the server.
#[derive(Debug, Default)]
pub struct Contact {
    /// When the last answer came, and how long it took in milliseconds.
    pub answered: Option<(Timestamp, u64)>,
    /// Since when the server has been away.
    pub away_since: Option<Timestamp>,
    /// How often it was tried again since then.
    pub tries: u32,
    /// When it will be tried again.
    pub retry_at: Option<Timestamp>,
    /// Until when requests are held back, and why.
    pub waiting: Option<(Timestamp, &'static str)>,
    /// The credentials were refused: nothing is asked until the person says so.
    pub refused: Option<Problem>,
}

/// The whole state.
#[derive(Debug)]
pub struct Model {
    /// The clock as last told.
    pub now: Timestamp,
    /// The zone for absolute times.
    pub zone: TimeZone,
    /// The terminal's size.
    pub size: Size,
    /// Whether there is an account.
    pub session: Session,
    /// The keys that are in force.
    pub keymap: Arc<Keymap>,
    /// The accounts that can be switched to.
    pub profiles: Profiles,
    /// Gives every question its identity.
    pub tickets: Tickets,
    /// All resources known.
    pub entities: Entities,
    /// The rows of every place.
    pub lists: Lists,
    /// How the reading of each list goes.
    pub courses: HashMap<Place, Course>,
    /// Which of them are read again by themselves.
    pub auto: Auto,
    /// The views that were saved.
    pub views: Saved,
    /// Which columns they show.
    pub columns: Chosen,
    /// The attribute trees.
    pub trees: HashMap<Subject, Tree>,
    /// Single resources being asked for.
    pub fetches: HashMap<Lane, Remote<()>>,
    /// Where the person is.
    pub path: Path,
    /// Where they were before.
    pub history: History,
    /// What the panes beyond the focus show.
    pub previews: Vec<Place>,
    /// When the cursor last moved, until it has rested.
    pub moved_at: Option<Timestamp>,
    /// Who was pointed at in a place, to be opened as soon as their user is known.
    pub opening: Option<(Place, Person)>,
    /// The line that a text is scrolled to, or the part of a Flex channel that has the cursor.
    pub stands: HashMap<Place, usize>,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// The prompt at the foot.
    pub prompt: Option<Prompt>,
    /// What its list shows while a command is typed.
    pub palette: Palette,
    /// Who or what is being looked up, to be gone to.
    pub going: Option<Going>,
    /// Typed text of forms that were left.
    pub drafts: BTreeMap<EditKey, Draft>,
    /// What of it stands on disk.
    pub kept: Drafts,
    /// A question that failed, with what was typed into it, until it is asked again.
    pub parked: Vec<Confirm>,
    /// Whether writes tell the service's webhooks, unless a form or question says otherwise.
    pub webhooks: Webhooks,
    /// Whether every form's write is looked at before it is sent, not only one that collides.
    pub review_always: bool,
    /// How URLs of the server begin, of chat and of Flex; for commands that are shown.
    pub origins: [String; 2],
    /// Readings that settle or take back a write.
    pub awaited: HashMap<Ticket, Awaited>,
    /// Whether the journal keeps what it takes to take a write back.
    pub values: Values,
    /// Why the journal cannot be written; then nothing can be changed.
    pub no_journal: Option<String>,
    /// What was said.
    pub notices: Notices,
    /// Contact with the server.
    pub contact: Contact,
    /// What is looked for in all services.
    pub search: Option<Search>,
    /// Work that is done in slices.
    pub work: Work,
    /// Many writes as one.
    pub jobs: Jobs,
    /// The first key of a pair.
    pub prefix: Option<String>,
    /// Times are shown in full.
    pub absolute_times: bool,
    /// How the panes are arranged.
    pub arrangement: Arrangement,
    /// The mouse.
    pub mouse: Mouse,
    /// When `^c` was last pressed with nothing to cancel.
    pub cancelled_at: Option<Timestamp>,
    /// Leaving as soon as the writes that are out are answered.
    pub closing: bool,
    /// Single resources that were asked for to label rows, so that each is asked once.
    pub named: HashSet<Lane>,
    /// What may look different since the screen was drawn last.
    pub changes: Changes,
}

impl Model {
    /// A console that has just been opened.
    pub fn new(session: Session, size: Size, now: Timestamp, zone: TimeZone) -> Self {
        let (webhooks, review_always) = match &session {
            Session::Open(account) => (account.webhooks, account.review),
            Session::FirstRun { .. } => (Webhooks::Off, false),
        };
        Self {
            now,
            zone,
            size,
            session,
            keymap: Arc::default(),
            profiles: Profiles::default(),
            tickets: Tickets::default(),
            entities: Entities::default(),
            lists: Lists::default(),
            courses: HashMap::new(),
            auto: Auto::default(),
            views: Saved::default(),
            columns: Chosen::default(),
            trees: HashMap::new(),
            fetches: HashMap::new(),
            path: Path::default(),
            history: History::default(),
            previews: Vec::new(),
            moved_at: None,
            opening: None,
            stands: HashMap::new(),
            overlay: None,
            prompt: None,
            palette: Palette::default(),
            going: None,
            drafts: BTreeMap::new(),
            kept: Drafts::default(),
            parked: Vec::new(),
            webhooks,
            review_always,
            values: Values::default(),
            no_journal: None,
            awaited: HashMap::new(),
            origins: [String::new(), String::new()],
            notices: Notices::default(),
            contact: Contact::default(),
            search: None,
            work: Work::default(),
            jobs: Jobs::default(),
            prefix: None,
            absolute_times: false,
            arrangement: Arrangement::default(),
            mouse: Mouse::default(),
            cancelled_at: None,
            closing: false,
            named: HashSet::new(),
            changes: Changes::default(),
        }
    }

    /// The contexts in which the next key is read, the topmost first.
    pub fn contexts(&self) -> Vec<Context> {
        match &self.overlay {
            Some(Overlay::Form(_)) => return vec![Context::Form, Context::Always],
            Some(Overlay::Quit) => return vec![Context::Quit, Context::Always],
            Some(Overlay::Review(review)) => {
                let undoes = review.draft.undoes.is_some();
                return vec![if undoes { Context::Undo } else { Context::Review }, Context::Always];
            }
            Some(Overlay::Confirm(confirm)) => {
                let context = match confirm.deed {
                    Deed::Migrate(..) if confirm.typing => Context::Entry,
                    Deed::Migrate(..) => Context::Migrate,
                    _ => Context::Delete,
                };
                return vec![context, Context::Always];
            }
            Some(Overlay::Plan(proposal)) => {
                return vec![proposal.context(), Context::Always];
            }
            Some(Overlay::Leaving { .. }) => return vec![Context::Leaving, Context::Always],
            Some(Overlay::Switch { .. }) => return vec![Context::Switch, Context::Always],
            Some(Overlay::Offer { .. }) => return vec![Context::Offer, Context::Always],
            Some(Overlay::SignIn(_)) => return vec![Context::SignIn, Context::Always],
            Some(Overlay::Tour { .. }) => return vec![Context::Tour, Context::Always],
            Some(Overlay::Sort { .. }) => return vec![Context::Sort, Context::Always],
            Some(Overlay::Views { .. }) => return vec![Context::Views, Context::Always],
            Some(Overlay::Profiles { .. }) => return vec![Context::Profiles, Context::Always],
            Some(Overlay::Help { .. }) => return vec![Context::Help, Context::Always],
            Some(Overlay::Menu { .. }) => {
                return [&[Context::Menu][..], &self.ground()].concat();
            }
            Some(Overlay::Messages { .. } | Overlay::Info { .. }) => {
                return vec![Context::Overlay, Context::Always];
            }
            None => {}
        }
        if let Some(prompt) = &self.prompt {
            let is_command = prompt.asks == Asks::Command;
            let context = if is_command { Context::Command } else { Context::Prompt };
            return vec![context, Context::Always];
        }
        self.ground()
    }

    /// The key in force for something, as people read it; without one what is typed after `:`.
    pub fn key(&self, action: Action) -> String {
        self.keymap.way_to(&self.ground(), action)
    }

    /// The contexts of the place itself, whatever lies over it.
    pub fn ground(&self) -> Vec<Context> {
        if matches!(self.session, Session::FirstRun { .. }) {
            return vec![Context::FirstRun, Context::Always];
        }
        let mut contexts = match self.path.focus() {
            Place::Services => vec![Context::Services, Context::List],
            Place::Channels(_) => vec![Context::Channels, Context::List],
            Place::Users(_) => vec![Context::Users, Context::List],
            Place::Members(..) => vec![Context::Members, Context::List],
            Place::Memberships(..) => vec![Context::Memberships, Context::List],
            Place::Channel(..) => vec![Context::Channel, Context::Tree],
            Place::Attributes(..) => vec![Context::Tree],
            Place::Messages(..) => vec![Context::Messages, Context::List],
            Place::Invites(..) => vec![Context::Invites, Context::List],
            Place::Roles(_) => vec![Context::Roles, Context::List],
            Place::Flex => vec![Context::Flex, Context::List],
            Place::Flows => vec![Context::Flows, Context::List],
            Place::FlexChannel(_) => vec![Context::FlexChannel],
            Place::Journal => vec![Context::Journal, Context::List],
            Place::Found => vec![Context::List],
            Place::JournalEntry(_) => vec![Context::Journal, Context::Text],
            Place::Jobs => vec![Context::Jobs, Context::List],
            Place::Job(_) => vec![Context::Job, Context::List],
            Place::Message(..) | Place::Role(..) => vec![Context::Text],
        };
        contexts.extend([Context::Global, Context::Always]);
        contexts
    }

    /// The list of a place, if it is one and has been opened.
    pub fn rows(&self, place: Place) -> Option<&dyn Rows> {
        self.lists.rows(place)
    }

    /// Filters a list by what was typed. What is wrong with it is told; what is right besides holds.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn filter(&mut self, place: Place, typed: &str) -> Result<(), Fault> {
        let Self { lists, entities, now, zone, .. } = self;
        let ground = Ground { entities, now: *now, zone };
        lists.rows_mut(place).map_or(Ok(()), |rows| rows.set_filter(typed, ground))
    }

    /// Begins to ask for the rows of a place.
    pub fn begin(&mut self, place: Place, how: Ask) -> Option<(Ticket, Option<NextPage>)> {
        let Self { tickets, lists, courses, now, .. } = self;
        let begun = lists.rows_mut(place)?.begin(how, tickets, Lane::List(place), *now)?;
        if begun.1.is_none() {
            courses.entry(place).or_default().begin();
        }
        Some(begun)
    }

    /// Begins to ask for a single resource; `None` while it is being asked for, or nothing may be asked.
    pub fn fetch(&mut self, lane: Lane) -> Option<Ticket> {
        if self.contact.refused.is_some() {
            return None;
        }
        let remote = self.fetches.entry(lane).or_default();
        (!remote.is_loading()).then(|| remote.ask(&mut self.tickets, lane, self.now))
    }

    /// Whose attributes a place shows as a tree.
    pub fn subject(place: Place) -> Option<Subject> {
        match place {
            Place::Channel(_, channel) => Some(Subject::Channel(channel)),
            Place::Attributes(_, subject) => Some(subject),
            Place::Message(_, _, message) => Some(Subject::Message(message)),
            _ => None,
        }
    }

    /// The channel that a place, or the row under its cursor, is about.
    pub fn channel_at(&self, place: Place) -> Option<Sid<Channel>> {
        match place {
            Place::Channels(service) => {
                self.entities.channel_sid(self.lists.channels.get(&service)?.cursor()?)
            }
            Place::Channel(_, channel)
            | Place::Members(_, channel)
            | Place::Messages(_, channel)
            | Place::Message(_, channel, _)
            | Place::Invites(_, channel)
            | Place::Attributes(_, Subject::Channel(channel)) => Some(channel),
            Place::Attributes(_, Subject::Message(message)) => {
                Some(self.entities.message(message)?.channel_sid)
            }
            Place::Memberships(_, user) => {
                Some(self.lists.memberships.get(&user)?.cursor()?.channel)
            }
            Place::Services
            | Place::Users(_)
            | Place::Attributes(_, Subject::User(_))
            | Place::Roles(_)
            | Place::Role(..)
            | Place::Flex
            | Place::FlexChannel(_)
            | Place::Journal
            | Place::JournalEntry(_)
            | Place::Found
            | Place::Jobs
            | Place::Job(_)
            | Place::Flows => None,
        }
    }

    /// The membership under the cursor.
    pub fn membership_at(&self, place: Place) -> Option<MembershipKey> {
        match place {
            Place::Memberships(_, user) => self.lists.memberships.get(&user)?.cursor(),
            _ => None,
        }
    }

    /// The user that a place, or the row under its cursor, is about.
    pub fn user_at(&self, place: Place) -> Option<Sid<User>> {
        match place {
            Place::Users(service) => self.lists.users.get(&service)?.cursor(),
            Place::Memberships(_, user) | Place::Attributes(_, Subject::User(user)) => Some(user),
            Place::Members(service, _) | Place::Invites(service, _) => {
                let identity = self.entities.identity(self.person_at(place)?)?;
                self.entities.user_by_identity(service, identity)
            }
            _ => None,
        }
    }

    /// The service that a place lies in, or the one under the cursor.
    pub fn service_at(&self, place: Place) -> Option<Sid<Service>> {
        let joined = match place {
            Place::Flex => self.chat_channel_at(place).map(|(service, _)| service),
            Place::FlexChannel(channel) => flex::service_of(self, channel),
            Place::Flows => flows::service_at_cursor(self),
            Place::Found => found::at_cursor(self).and_then(|hit| hit.service(&self.entities)),
            _ => place.service(),
        };
        joined.or_else(|| self.lists.services.cursor())
    }

    /// Whether a place, or what it stands for, waits for an answer.
    pub fn loading_since(&self, place: Place) -> Option<Timestamp> {
        let lane = match place {
            Place::Channel(_, channel) | Place::Attributes(_, Subject::Channel(channel)) => {
                Lane::Channel(channel)
            }
            Place::Attributes(_, Subject::User(user)) => Lane::User(user),
            Place::FlexChannel(channel) => Lane::FlexChannel(channel),
            Place::Message(service, channel, _) => {
                return self.loading_since(Place::Messages(service, channel));
            }
            Place::Role(service, _) => return self.loading_since(Place::Roles(service)),
            Place::JournalEntry(_) => return self.loading_since(Place::Journal),
            _ => return self.rows(place)?.extent().loading_since(),
        };
        self.fetches.get(&lane)?.loading_since()
    }

    /// Whether any list waits for a page.
    pub fn lists_loading(&self) -> bool {
        let lists = &self.lists;
        lists.services.listing().is_loading()
            || lists.channels.values().any(|list| list.listing().is_loading())
            || lists.users.values().any(|list| list.listing().is_loading())
            || lists.members.values().any(|list| list.listing().is_loading())
            || lists.memberships.values().any(|list| list.listing().is_loading())
            || lists.messages.values().any(|list| list.listing().is_loading())
            || lists.invites.values().any(|list| list.listing().is_loading())
            || lists.roles.values().any(|list| list.listing().is_loading())
            || lists.flex.listing().is_loading()
            || lists.flows.listing().is_loading()
            || lists.journal.listing().is_loading()
            || lists.jobs.listing().is_loading()
            || lists.job_rows.values().any(|list| list.listing().is_loading())
    }

    /// What the filter prompt would start with here.
    pub fn asks(&self) -> Asks {
        if self.path.focus().is_list() { Asks::Filter } else { Asks::Search }
    }
}
