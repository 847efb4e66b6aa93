//! What has happened: keys, the clock, and answers. Named in the past tense; they decide nothing.

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui::layout::Size;

use crate::api::{
    chat::{
        channels::Channel, invites::Invite, members::Member, memberships::Membership,
        messages::Message, migration::Migrated, roles::Role, services::Service, users::User,
    },
    client::{Deleted, Traffic},
    flex::{channels::FlexChannel, flows::FlexFlow},
    page::Page,
};
use crate::app::{
    account::SignedIn,
    editor::Handed,
    index::Recalled,
    jobs::{End, News, Surveyed},
    model::Account,
    mouse::Pointed,
    ticket::{Reply, Ticket},
    views,
};
use crate::state::{Draft as KeptDraft, Entry, Job, JobId, JobRow, Views};

/// What was left from before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remembered {
    /// How URLs of the server begin, of chat and of Flex.
    pub origins: [String; 2],
    /// That a file could not be used, and where it was put.
    pub set_aside: Option<String>,
    /// Writes of this account of which nobody knows what the server made of them.
    pub open: Vec<Entry>,
    /// Whether the journal keeps values, without which nothing can be taken back.
    pub keeps_values: bool,
    /// Whether texts that were typed can be kept.
    pub keeps_drafts: bool,
    /// Texts that were typed and not saved.
    pub drafts: Vec<KeptDraft>,
    /// Jobs of this account that were left before their end, the newest first.
    pub stopped: Vec<Job>,
}

/// A fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was used.
    Pointed(Pointed),
    /// Text was pasted.
    Pasted(String),
    /// The terminal has this size now.
    Resized(Size),
    /// Somebody looks at the terminal again, as it tells.
    FocusGained,
    /// Nobody does any more.
    FocusLost,
    /// It is this late. Told before every batch of facts, and while something moves.
    Tick(Timestamp),
    /// A request was answered, or is being held back.
    Traffic(Traffic),
    /// The practice account is there.
    Connected(Reply<Account>),
    /// Another account is there.
    Switched(Reply<Account>),
    /// Credentials that were typed were tried.
    SignedIn(Reply<SignedIn>),
    /// A page of services came.
    ServicesArrived(Reply<Page<Service>>),
    /// A page of channels came.
    ChannelsArrived(Reply<Page<Channel>>),
    /// Rows of an earlier listing came from the disk, or there are none.
    ListingRecalled(Reply<Option<Recalled>>),
    /// A page of users came.
    UsersArrived(Reply<Page<User>>),
    /// A page of members came.
    MembersArrived(Reply<Page<Member>>),
    /// A page of memberships came.
    MembershipsArrived(Reply<Page<Membership>>),
    /// A page of messages came.
    MessagesArrived(Reply<Page<Message>>),
    /// A page of invites came.
    InvitesArrived(Reply<Page<Invite>>),
    /// A page of roles came.
    RolesArrived(Reply<Page<Role>>),
    /// A page of Flex channels came.
    FlexChannelsArrived(Reply<Page<FlexChannel>>),
    /// A page of flows came.
    FlowsArrived(Reply<Page<FlexFlow>>),
    /// A Flex channel came.
    FlexChannelArrived(Reply<FlexChannel>),
    /// A service came.
    ServiceArrived(Reply<Service>),
    /// A channel came.
    ChannelArrived(Reply<Channel>),
    /// A user came, asked for by sid.
    UserArrived(Reply<User>),
    /// A user came, asked for by identity.
    PersonArrived(Reply<User>),
    /// A write to a channel was answered.
    ChannelSaved(Reply<Channel>),
    /// A write to a membership was answered.
    MembershipSaved(Reply<Membership>),
    /// A channel was made.
    ChannelCreated(Reply<Channel>),
    /// A channel was migrated.
    ChannelMigrated(Reply<Migrated>),
    /// A channel was deleted.
    ChannelDeleted(Reply<Deleted>),
    /// A user was removed from a channel.
    MembershipDeleted(Reply<Deleted>),
    /// A Flex channel was made.
    FlexChannelCreated(Reply<FlexChannel>),
    /// A Flex channel was deleted.
    FlexChannelDeleted(Reply<Deleted>),
    /// A channel was read again after a write whose answer was lost.
    ChannelReread(Reply<Channel>),
    /// A membership was read again after a write whose answer was lost.
    MembershipReread(Reply<Membership>),
    /// A channel was looked up by its unique name after the answer to its making was lost.
    CreatedReread(Reply<Channel>),
    /// A Flex channel was read after a write whose answer was lost.
    FlexChannelReread(Reply<FlexChannel>),
    /// A page of the journal came.
    JournalArrived(Reply<Page<Entry>>),
    /// The last write that was not taken back came, if there is one.
    UndoableFound(Reply<Option<Box<Entry>>>),
    /// The journal was opened, or why it cannot be; then nothing can be written.
    JournalOpened(Ticket, Result<Remembered, String>),
    /// So many things came of what a plan has to know.
    Surveying(Ticket, usize),
    /// What a plan has to know came.
    Surveyed(Reply<Surveyed>),
    /// A job runs, or why it does not.
    JobBegan(Reply<Box<Job>>),
    /// Rows of the running job began and ended.
    JobWent(JobId, News),
    /// What the job did is being read again.
    JobVerifies(JobId),
    /// The job ended, or was stopped.
    JobEnded(JobId, Box<End>),
    /// A page of the jobs came.
    JobsArrived(Reply<Page<Job>>),
    /// A page of a job's rows came.
    JobRowsArrived(Reply<Page<JobRow>>),
    /// A file was written, or why not, in words that are safe to show.
    FileSaved(Result<String, String>),
    /// A text went to the clipboard, by which road, or why not; in words that are safe to show.
    Copied { label: String, result: Result<String, String> },
    /// The saved views came, or why not, in words that are safe to show.
    ViewsRecalled(Result<Views, String>),
    /// A view was kept or deleted; all views then, or why not.
    ViewKept { name: String, deed: views::Deed, result: Result<Views, String> },
    /// The journal could not be told of the end of a write.
    JournalFailed(String),
    /// The editor ended: with the text as it left it, or why there is none, in words that are safe to show.
    EditorClosed { of: Handed, result: Result<String, String> },
    /// Keys are answered: the next slice of work can be done.
    WentOn,
    /// The faults that show in the practice account now, or why they do not.
    Hurt(Result<String, String>),
    /// The system asked us to stop (SIGTERM, SIGHUP).
    Terminated,
}
