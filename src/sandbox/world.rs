//! Everything the practice account holds: one table a collection, and what can be counted from them.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use super::{
    route::Step,
    schema::Kind,
    table::{Doc, Place, Table, text},
};

/// The scope of what belongs to the account itself.
pub(super) const ACCOUNT_SCOPE: &str = "";

/// Who may come in. Every value is made up.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) sid: String,
    pub(super) auth_token: String,
    pub(super) key_sid: String,
    pub(super) key_secret: String,
}

/// The state of the practice server.
#[derive(Debug)]
pub(super) struct World {
    pub(super) account: Account,
    services: Table,
    roles: Table,
    users: Table,
    channels: Table,
    memberships: Table,
    made: u64,
}

/// Where a path ended: the scope for what lies below, and the document itself.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) scope: String,
    pub(super) seq: u64,
}

impl World {
    pub(super) fn new(account: Account) -> Self {
        Self {
            account,
            services: Table::new(|doc| vec![place(ACCOUNT_SCOPE, [text(doc, "sid")])]),
            roles: Table::new(|doc| vec![place(text(doc, "service_sid"), [text(doc, "sid")])]),
            users: Table::new(|doc| {
                vec![place(text(doc, "service_sid"), [text(doc, "sid"), text(doc, "identity")])]
            }),
            channels: Table::new(|doc| {
                vec![place(text(doc, "service_sid"), [text(doc, "sid"), text(doc, "unique_name")])]
            }),
            memberships: Table::new(membership_places),
            made: 0,
        }
    }

    pub(super) fn table(&self, kind: Kind) -> &Table {
        match kind {
            Kind::Service => &self.services,
            Kind::Role => &self.roles,
            Kind::User => &self.users,
            Kind::Channel => &self.channels,
            Kind::Membership => &self.memberships,
        }
    }

    pub(super) fn table_mut(&mut self, kind: Kind) -> &mut Table {
        match kind {
            Kind::Service => &mut self.services,
            Kind::Role => &mut self.roles,
            Kind::User => &mut self.users,
            Kind::Channel => &mut self.channels,
            Kind::Membership => &mut self.memberships,
        }
    }

    /// Walks from the account to the document that a path names.
    pub(super) fn walk(&self, steps: &[Step]) -> Option<Spot> {
        let mut spot = Spot { scope: ACCOUNT_SCOPE.to_owned(), seq: 0 };
        let mut service = String::new();
        for step in steps {
            let (kind, seq) = match step {
                Step::Into(kind, name) => (*kind, self.table(*kind).find(&spot.scope, name)?),
                Step::Across(name) => {
                    let channel = self.channels.named(&service, name)?;
                    (Kind::Membership, self.memberships.find(&spot.scope, text(channel, "sid"))?)
                }
            };
            let sid = text(self.table(kind).get(seq)?, "sid").to_owned();
            if kind == Kind::Service {
                service.clone_from(&sid);
            }
            spot = Spot { scope: sid, seq };
        }
        Some(spot)
    }

    /// How many messages the channel of a membership holds.
    pub(super) fn messages_of(&self, membership: &Doc) -> u64 {
        let (service, channel) = (text(membership, "service_sid"), text(membership, "channel_sid"));
        let channel = self.channels.named(service, channel);
        channel.and_then(|doc| doc.get("messages_count")).and_then(Value::as_u64).unwrap_or(0)
    }

    pub(super) fn joined_channels(&self, user: &str) -> usize {
        self.memberships.all(user).filter(|(_, doc)| is_joined(doc)).count()
    }

    /// Removes a document and what cannot be without it.
    pub(super) fn remove(&mut self, kind: Kind, seq: u64) {
        if kind == Kind::Channel {
            let sid =
                self.channels.get(seq).map(|doc| text(doc, "sid").to_owned()).unwrap_or_default();
            let scopes = [waiting_room(&sid), sid];
            let gone: Vec<u64> = scopes
                .iter()
                .flat_map(|scope| self.memberships.all(scope))
                .map(|(seq, _)| seq)
                .collect();
            for seq in gone {
                self.memberships.remove(seq);
            }
        }
        self.table_mut(kind).remove(seq);
    }

    /// A sid that was not there before.
    pub(super) fn new_sid(&mut self, prefix: &str) -> String {
        self.made += 1;
        sid(prefix, &format!("made here, number {}", self.made))
    }
}

/// A made-up sid, the same for the same words.
pub(super) fn sid(prefix: &str, words: &str) -> String {
    let half = |salt: u64| {
        let mut hasher = DefaultHasher::new();
        (salt, prefix, words).hash(&mut hasher);
        hasher.finish()
    };
    format!("{prefix}{:016x}{:016x}", half(1), half(2))
}

pub(super) fn is_joined(membership: &Doc) -> bool {
    matches!(membership.get("status").and_then(Value::as_str), None | Some("joined"))
}

/// Who is invited or has left is on the user's list, not on the channel's; here the channel finds them when it goes.
fn waiting_room(channel: &str) -> String {
    format!("{channel}/waiting")
}

fn membership_places(doc: &Doc) -> Vec<Place> {
    let channel = text(doc, "channel_sid");
    let of_user = place(text(doc, "user_sid"), [channel]);
    if is_joined(doc) {
        vec![place(channel, [text(doc, "sid"), text(doc, "identity")]), of_user]
    } else {
        vec![place(&waiting_room(channel), []), of_user]
    }
}

fn place<const N: usize>(scope: &str, names: [&str; N]) -> Place {
    let names = names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned);
    Place { scope: scope.to_owned(), names: names.collect() }
}
