//! What Twilio offers, as Rust: the nouns of Programmable Chat and of Flex, and the calls that read
//! and change them. This room knows nothing of the screen and nothing of the sandbox.
//!
//! Decoding is lenient (a missing, null or odd field never costs the rest of the answer), encoding is
//! strict, and whatever the network sent stays [`RemoteText`] until it has been made visible.

pub mod address;
pub mod attributes;
pub mod chat;
pub mod client;
pub mod credentials;
pub mod error;
pub mod flex;
pub mod hosts;
pub mod page;
mod path;
pub mod remote_text;
mod retry;
pub mod sid;
mod wire;

pub use address::Address;
pub use attributes::Attributes;
pub use chat::channels::{Channel, ChannelPatch, ChannelType, NewChannel, Visibility};
pub use chat::invites::Invite;
pub use chat::members::Member;
pub use chat::memberships::{
    Consumed, Membership, MembershipPatch, MembershipStatus, NotificationLevel,
};
pub use chat::messages::{Media, Message, MessageType};
pub use chat::migration::Migrated;
pub use chat::roles::{Role, RoleType};
pub use chat::services::Service;
pub use chat::users::User;
pub use client::{
    Access, Client, ClientConfig, Deleted, Ended, Observer, Outgoing, ReadAhead, Saying, Traffic,
    Waiting, Webhooks, Witness,
};
pub use credentials::Credentials;
pub use error::{Certainty, Error, Refusal, Setup};
pub use flex::channels::{FlexChannel, NewFlexChannel};
pub use flex::flows::{FlexFlow, IntegrationType};
pub use hosts::{Hosts, HostsError, Product};
pub use page::{NextPage, Page};
pub use remote_text::{Piece, RemoteText, Shown, shown, shown_chars};
pub use sid::{Kind, Sid, SidError};
