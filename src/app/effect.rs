//! Orders to the outside: one variant a call, so that no answer can reach the wrong question.

use crate::api::{
    chat::{
        channels::{Channel, ChannelPatch, NewChannel},
        memberships::MembershipPatch,
        services::Service,
        users::User,
    },
    client::Webhooks,
    flex::channels::NewFlexChannel,
    page::NextPage,
    remote_text::RemoteText,
    sid::{MessagingService, Sid},
};
use crate::app::{
    editor::Handed,
    entities::MembershipKey,
    jobs::{Again, Form, Survey},
    ticket::{Lane, Ticket},
};
use crate::config::NewProfile;
use crate::jobs::{plan::Plan, run::Wish};
use crate::state::{Borders, EntryId, JobId, Record};

/// An order, carried out by the runtime.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Start the practice account and connect to it.
    StartSandbox { ticket: Ticket },
    /// Make a client for this profile, to be adopted.
    Connect { ticket: Ticket, profile: String },
    /// Try these credentials, keep them in the config if that is wished, and make a client, to be adopted.
    SignIn { ticket: Ticket, profile: Box<NewProfile>, keep: bool },
    /// From now on talk to the account that was made for this question.
    Adopt { ticket: Ticket },
    /// A page of services.
    ListServices { ticket: Ticket, next: Option<NextPage> },
    /// A page of channels, public and private.
    ListChannels { ticket: Ticket, service: Sid<Service>, next: Option<NextPage> },
    /// Rows of the last whole listing of a service's channels, from the disk.
    RecallListing { ticket: Ticket, service: Sid<Service>, next: Option<NextPage> },
    /// A page of users.
    ListUsers { ticket: Ticket, service: Sid<Service>, next: Option<NextPage> },
    /// A page of members.
    ListMembers {
        ticket: Ticket,
        service: Sid<Service>,
        channel: Sid<Channel>,
        next: Option<NextPage>,
    },
    /// A page of a user's memberships.
    ListMemberships {
        ticket: Ticket,
        service: Sid<Service>,
        user: Sid<User>,
        next: Option<NextPage>,
    },
    /// One service.
    FetchService { ticket: Ticket, service: Sid<Service> },
    /// One channel.
    FetchChannel { ticket: Ticket, service: Sid<Service>, channel: Sid<Channel> },
    /// One user, by sid.
    FetchUser { ticket: Ticket, service: Sid<Service>, user: Sid<User> },
    /// One user, by identity.
    FetchPerson { ticket: Ticket, service: Sid<Service>, identity: RemoteText },
    /// A channel by its unique name.
    FetchNamed { ticket: Ticket, service: Sid<Service>, unique_name: String },
    /// A page of messages, the newest first.
    ListMessages {
        ticket: Ticket,
        service: Sid<Service>,
        channel: Sid<Channel>,
        next: Option<NextPage>,
    },
    /// A page of invites.
    ListInvites {
        ticket: Ticket,
        service: Sid<Service>,
        channel: Sid<Channel>,
        next: Option<NextPage>,
    },
    /// A page of roles.
    ListRoles { ticket: Ticket, service: Sid<Service>, next: Option<NextPage> },
    /// A page of Flex channels.
    ListFlexChannels { ticket: Ticket, next: Option<NextPage> },
    /// A page of flows.
    ListFlows { ticket: Ticket, next: Option<NextPage> },
    /// One Flex channel.
    FetchFlexChannel { ticket: Ticket, channel: Sid<Channel> },
    /// Write to a channel.
    SaveChannel {
        ticket: Ticket,
        service: Sid<Service>,
        channel: Sid<Channel>,
        patch: ChannelPatch,
        webhooks: Webhooks,
        record: Box<Record>,
    },
    /// Make a channel.
    CreateChannel {
        ticket: Ticket,
        service: Sid<Service>,
        new: NewChannel,
        webhooks: Webhooks,
        record: Box<Record>,
    },
    /// Make a public channel private, for good.
    MigrateChannel {
        ticket: Ticket,
        service: Sid<Service>,
        channel: Sid<Channel>,
        messaging_service: Option<Sid<MessagingService>>,
        webhooks: Webhooks,
        record: Box<Record>,
    },
    /// Delete a channel.
    DeleteChannel {
        ticket: Ticket,
        service: Sid<Service>,
        channel: Sid<Channel>,
        webhooks: Webhooks,
        record: Box<Record>,
    },
    /// Remove a user from a channel.
    DeleteMembership {
        ticket: Ticket,
        service: Sid<Service>,
        key: MembershipKey,
        webhooks: Webhooks,
        record: Box<Record>,
    },
    /// Make a Flex channel.
    CreateFlexChannel { ticket: Ticket, new: NewFlexChannel, record: Box<Record> },
    /// Delete a Flex channel.
    DeleteFlexChannel { ticket: Ticket, channel: Sid<Channel>, record: Box<Record> },
    /// Write to a membership.
    SaveMembership {
        ticket: Ticket,
        service: Sid<Service>,
        key: MembershipKey,
        patch: MembershipPatch,
        record: Box<Record>,
    },
    /// Read a channel again, to learn what became of a write.
    RereadChannel { ticket: Ticket, service: Sid<Service>, channel: Sid<Channel> },
    /// Read a membership again, to learn what became of a write.
    RereadMembership { ticket: Ticket, service: Sid<Service>, key: MembershipKey },
    /// Look a channel up by its unique name, to learn whether it was made.
    RereadCreated { ticket: Ticket, service: Sid<Service>, unique_name: String },
    /// Read a Flex channel, to learn what became of a write.
    RereadFlexChannel { ticket: Ticket, channel: Sid<Channel> },
    /// A page of the journal, the newest first.
    ListJournal { ticket: Ticket, next: Option<NextPage> },
    /// The last write that was not taken back yet.
    FindUndoable { ticket: Ticket },
    /// Open the journal and tell what was left in it.
    RecallJournal { ticket: Ticket },
    /// Write down what a write, whose answer was lost, turned out to be: whether the server has it.
    Settle { written: Ticket, is_done: bool },
    /// The same, of a write of an earlier run.
    SettleEntry { id: EntryId, is_done: bool },
    /// Read what a plan has to know.
    Survey { ticket: Ticket, survey: Survey },
    /// Write a job down, and run it.
    BeginJob { ticket: Ticket, plan: Box<Plan>, label: String },
    /// Go on with a job of the ledger.
    ResumeJob { ticket: Ticket, job: JobId, with: Again },
    /// Tell the running job to pause, to go on, or to stop.
    TellJob(Wish),
    /// A page of the jobs, the newest first.
    ListJobs { ticket: Ticket, next: Option<NextPage> },
    /// A page of a job's rows.
    ListJobRows { ticket: Ticket, job: JobId, next: Option<NextPage> },
    /// Write a plan to a file.
    SavePlan { plan: Box<Plan>, name: String, form: Form },
    /// Write all rows of a job to a file.
    SaveReport { job: JobId, form: Form },
    /// Keep what was typed, for a later run.
    KeepDraft { key: String, text: String },
    /// It is not needed any more.
    DropDraft { key: String },
    /// Nobody waits for this reading any more.
    Abort(Lane),
    /// Come back for the next slice of work as soon as keys are answered and a frame is drawn.
    GoOn,
    /// Give this text to the clipboard; `label` is what people are told of it.
    Copy { text: String, label: String },
    /// Show this text outside the panes, until a key is pressed.
    PrintBelow { text: String },
    /// Let these faults show in the practice account, as they were typed.
    Hurt { faults: String },
    /// Ask the terminal for the mouse, or give it back.
    TakeMouse(bool),
    /// Keep where the borders between panes are, for the next start.
    KeepBorders(Borders),
    /// Paint everything anew.
    Redraw,
    /// Give the terminal back to the shell until resumed.
    Suspend,
    /// Give the terminal and a text to the person's editor until it ends; `file` is what the text is called there.
    OpenEditor { of: Handed, text: String, file: String },
    /// Leave; `print` goes to the shell after the terminal is restored.
    Exit { print: Option<String> },
}
