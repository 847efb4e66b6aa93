//! Everything the practice account holds: one table a collection, and what can be counted from them.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{
    places::{ACCOUNT_SCOPE, is_joined, places, waiting_room},
    route::Step,
    row::Row,
    schema::Kind,
    sid::sid,
    table::{Doc, Table, text},
    talk,
};

/// Who may come in. Every value is made up.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) sid: String,
    pub(super) auth_token: String,
    pub(super) key_sid: String,
    pub(super) key_secret: String,
    pub(super) messaging_services: Vec<String>,
}

/// The state of the practice server.
#[derive(Debug)]
pub(super) struct World {
    pub(super) account: Account,
    tables: [Table; Kind::ALL.len()],
    /// Channels whose messages are stored one by one, with the index of the next. All others have only a number of
    /// messages, which [`talk`] words when somebody looks.
    told: HashMap<String, u64>,
    made: u64,
    /// The service whose channels and users are grown.
    pub(super) grown_in: Option<String>,
}

/// Where a path ended: the document, and the scope for what lies below.
#[derive(Debug, Default)]
pub(super) struct Spot {
    pub(super) service: String,
    pub(super) scope: String,
    pub(super) seq: u64,
}

impl World {
    pub(super) fn new(account: Account) -> Self {
        let tables = Kind::ALL.map(|kind| Table::new(places(kind)));
        Self { account, tables, told: HashMap::new(), made: 0, grown_in: None }
    }

    pub(super) fn table(&self, kind: Kind) -> &Table {
        &self.tables[kind as usize]
    }

    pub(super) fn table_mut(&mut self, kind: Kind) -> &mut Table {
        &mut self.tables[kind as usize]
    }

    /// Walks from the account to the document that a path names.
    pub(super) fn walk(&mut self, steps: &[Step]) -> Option<Spot> {
        let mut spot = Spot { scope: ACCOUNT_SCOPE.to_owned(), ..Spot::default() };
        for step in steps {
            let (kind, seq) = match step {
                Step::Into(kind, name) => {
                    if *kind == Kind::Message {
                        self.tell(&spot);
                    }
                    (*kind, self.table(*kind).find(&spot.scope, name)?)
                }
                Step::Across(name) => {
                    let channel = self.table(Kind::Channel).row_named(&spot.service, name)?;
                    let channel = channel.text("sid");
                    let memberships = self.table(Kind::Membership);
                    (Kind::Membership, memberships.find(&spot.scope, &channel)?)
                }
            };
            let sid = self.table(kind).row(seq)?.text("sid").into_owned();
            let service = if kind == Kind::Service { sid.clone() } else { spot.service };
            spot = Spot { service, scope: sid, seq };
        }
        Some(spot)
    }

    /// Stores the messages of the channel at this spot one by one.
    pub(super) fn tell(&mut self, channel: &Spot) {
        if self.told.contains_key(&channel.scope) {
            return;
        }
        let members = self.table(Kind::Membership).all(&channel.scope).take(5);
        let voices = members.map(|(_, doc)| text(&doc, "identity").to_owned()).collect::<Vec<_>>();
        let Some(doc) = self.table(Kind::Channel).get(channel.seq) else { return };
        let count = messages_count(&doc);
        let messages: Vec<Doc> =
            (0..count).map(|index| talk::message(&doc, &voices, index)).collect();
        for message in messages {
            self.table_mut(Kind::Message).insert(message);
        }
        self.told.insert(channel.scope.clone(), count);
    }

    /// The index that the next message of a channel will have. There is none above it.
    pub(super) fn next_index(&self, service: &str, channel: &str) -> u64 {
        self.told.get(channel).copied().unwrap_or_else(|| {
            let channel = self.table(Kind::Channel).row_named(service, channel);
            channel.and_then(|row| row.number("messages_count")).unwrap_or(0)
        })
    }

    /// Notes that a channel has a message more.
    pub(super) fn heard(&mut self, service: &str, channel: &str) {
        *self.told.entry(channel.to_owned()).or_default() += 1;
        self.count_messages(service, channel, 1);
    }

    fn count_messages(&mut self, service: &str, channel: &str, change: i64) {
        let channels = self.table_mut(Kind::Channel);
        let Some(seq) = channels.find(service, channel) else { return };
        let count = channels.get(seq).map_or(0, |doc| messages_count(&doc));
        let count = count.saturating_add_signed(change);
        channels.update(seq, Doc::from_iter([("messages_count".to_owned(), json!(count))]));
    }

    /// How many messages lie beyond what this member has read.
    pub(super) fn unread(&self, membership: Row<'_>, read: u64) -> u64 {
        let (service, channel) = (membership.text("service_sid"), membership.text("channel_sid"));
        if !self.told.contains_key(&*channel) {
            return self.next_index(&service, &channel).saturating_sub(read + 1);
        }
        let newest_first = self.table(Kind::Message).all(&channel).rev();
        let index = |doc: &Doc| doc.get("index").and_then(Value::as_u64).unwrap_or(0);
        newest_first.take_while(|(_, doc)| index(doc) > read).count() as u64
    }

    pub(super) fn last_message(&self, channel: Row<'_>, sid: &str) -> Option<String> {
        if self.told.contains_key(sid) {
            let last = self.table(Kind::Message).all(sid).next_back()?;
            return Some(text(&last.1, "sid").to_owned());
        }
        let count = channel.number("messages_count").unwrap_or(0);
        Some(talk::message_sid(sid, count.checked_sub(1)?))
    }

    pub(super) fn joined_channels(&self, user: &str) -> usize {
        let seats = self.table(Kind::Membership).rows(user, 0..u64::MAX);
        seats.filter(|(_, row)| row.text("status") == "joined").count()
    }

    /// Removes a document and what cannot be without it.
    pub(super) fn remove(&mut self, kind: Kind, seq: u64) {
        let Some(doc) = self.table_mut(kind).remove(seq) else { return };
        let sid = text(&doc, "sid");
        match kind {
            Kind::Channel => {
                for (kind, scope) in [
                    (Kind::Membership, waiting_room(sid).as_str()),
                    (Kind::Membership, sid),
                    (Kind::Invite, sid),
                    (Kind::Message, sid),
                    (Kind::Webhook, sid),
                ] {
                    self.clear(kind, scope);
                }
                self.told.remove(sid);
            }
            Kind::Service => {
                if self.grown_in.as_deref() == Some(sid) {
                    self.tables.iter_mut().for_each(Table::fell);
                }
                for kind in [Kind::Channel, Kind::User, Kind::Role] {
                    for seq in self.seqs(kind, sid) {
                        self.remove(kind, seq);
                    }
                }
            }
            Kind::User => {
                // One by one, so that an invite does not outlive the invited.
                for seq in self.seqs(Kind::Membership, sid) {
                    self.remove(Kind::Membership, seq);
                }
            }
            Kind::Membership if !is_joined(&doc) => {
                self.leave_waiting_room(text(&doc, "channel_sid"), text(&doc, "identity"));
            }
            Kind::Message => {
                self.count_messages(text(&doc, "service_sid"), text(&doc, "channel_sid"), -1);
            }
            Kind::Invite => {
                self.leave_waiting_room(text(&doc, "channel_sid"), text(&doc, "identity"));
            }
            _ => {}
        }
    }

    fn clear(&mut self, kind: Kind, scope: &str) {
        for seq in self.seqs(kind, scope) {
            self.table_mut(kind).remove(seq);
        }
    }

    fn seqs(&self, kind: Kind, scope: &str) -> Vec<u64> {
        self.table(kind).rows(scope, 0..u64::MAX).map(|(seq, _)| seq).collect()
    }

    /// A number from the limits of a service.
    fn limit(&self, service: &str, name: &str) -> Option<u64> {
        let service = self.table(Kind::Service).named(ACCOUNT_SCOPE, service)?;
        service.get("limits")?.get(name)?.as_u64()
    }

    /// Whether the channel has room for a member more.
    pub(super) fn has_room(&self, service: &str, channel: &str) -> bool {
        let members = self.table(Kind::Membership).count(channel) as u64;
        self.limit(service, "channel_members").is_none_or(|limit| members < limit)
    }

    /// Whether whoever bears this identity may join a channel more.
    pub(super) fn may_join(&self, service: &str, identity: &str) -> bool {
        let user = self.table(Kind::User).row_named(service, identity);
        let joined = user.map_or(0, |user| self.joined_channels(&user.text("sid"))) as u64;
        self.limit(service, "user_channels").is_none_or(|limit| joined < limit)
    }

    /// Forgets that somebody was invited to a channel or had left it.
    pub(super) fn leave_waiting_room(&mut self, channel: &str, identity: &str) {
        for (kind, scope) in
            [(Kind::Membership, waiting_room(channel).as_str()), (Kind::Invite, channel)]
        {
            let rows = self.table(kind).rows(scope, 0..u64::MAX);
            let found = rows.filter(|(_, row)| row.text("identity") == identity).map(|row| row.0);
            let found = found.collect::<Vec<_>>();
            if let Some(&seq) = found.first() {
                self.table_mut(kind).remove(seq);
            }
        }
    }

    /// A sid that was not there before.
    pub(super) fn new_sid(&mut self, prefix: &str) -> String {
        self.made += 1;
        sid(prefix, &format!("made here, number {}", self.made))
    }
}

fn messages_count(channel: &Doc) -> u64 {
    channel.get("messages_count").and_then(Value::as_u64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_the_table_of_its_number() {
        for (number, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, number);
        }
    }
}
