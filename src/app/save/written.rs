//! What the answer to a write says: whether it equals what was sent, and what was done, in words.

use jiff::{SignedDuration, Timestamp};

use crate::api::{
    chat::{
        channels::{Channel, ChannelType},
        memberships::{Membership, MembershipStatus, NotificationLevel},
        migration::Migrated,
    },
    client::Deleted,
    flex::channels::FlexChannel,
    remote_text::RemoteText,
};
use crate::app::{
    effect::Effect,
    entities::{Edit, Entities, FlexKey, Origin, Sent},
    list::Ask,
    model::Model,
    place::Place,
    places::{self, channel},
    ticket::EditKey,
};

/// An answer to a write.
pub trait Written {
    /// Takes the server's value in.
    fn put(&self, entities: &mut Entities, key: EditKey, serial: u64);
    /// The documented names of sent fields that the server answered otherwise.
    fn differing(&self, sent: &Sent) -> Vec<&'static str>;
    /// What was done, in words, for the notice.
    fn done(&self, key: EditKey, edit: &Edit) -> String;
    /// Whether a reading of this tells at all what became of what was sent.
    fn can_tell(&self, sent: &Sent) -> bool {
        let _ = sent;
        true
    }
    /// Whether it tells of a user who is not in the channel any more.
    fn is_left(&self) -> bool {
        false
    }
    /// Whether it was there before what was sent could have made it.
    fn was_there(&self, entities: &Entities, edit: &Edit) -> bool {
        let _ = (entities, edit);
        false
    }
    /// What has to be read or shown now, because the write changed more than its own resource.
    fn follow(&self, model: &mut Model, key: EditKey) -> Vec<Effect> {
        let _ = (model, key);
        Vec::new()
    }
}

/// A write in one word: it was, or was not, …
pub(super) fn participle(key: EditKey, sent: &Sent) -> &'static str {
    match (key, sent) {
        (EditKey::Membership(_), Sent::Deletion) => "removed",
        (_, Sent::Deletion) => "deleted",
        (_, Sent::Migration(_)) => "migrated",
        (_, Sent::NewChannel(_) | Sent::NewFlexChannel(_)) => "created",
        (_, Sent::Channel(_) | Sent::Membership(_)) => "saved",
    }
}

/// The server keeps whole seconds.
fn same_second(sent: Timestamp, now: Option<Timestamp>) -> bool {
    now.is_some_and(|now| now.as_second() == sent.as_second())
}

impl Written for Channel {
    fn put(&self, entities: &mut Entities, _: EditKey, serial: u64) {
        entities.put_channel(self.clone(), serial);
    }

    fn differing(&self, sent: &Sent) -> Vec<&'static str> {
        let (texts, moments) = match sent {
            Sent::Channel(sent) => (
                [&sent.friendly_name, &sent.unique_name, &sent.attributes, &sent.created_by],
                [sent.date_created, sent.date_updated],
            ),
            Sent::NewChannel(sent) => (
                [&sent.friendly_name, &sent.unique_name, &sent.attributes, &sent.created_by],
                [sent.date_created, sent.date_updated],
            ),
            Sent::Migration(_) => {
                let is_private = self.kind == ChannelType::Private;
                return if is_private { Vec::new() } else { vec!["type"] };
            }
            Sent::Membership(_) | Sent::NewFlexChannel(_) | Sent::Deletion => return Vec::new(),
        };
        let raw = |text: &Option<RemoteText>| text.as_ref().map_or("", RemoteText::raw).to_owned();
        let now = [
            raw(&self.friendly_name),
            raw(&self.unique_name),
            self.attributes.text().to_owned(),
            raw(&self.created_by),
        ];
        let names = ["friendly name", "unique name", "attributes", "created by"];
        let texts = names.into_iter().zip(texts.into_iter().zip(now));
        let texts = texts.filter(|(_, (sent, now))| sent.as_ref().is_some_and(|sent| sent != now));
        let moments = [
            ("date created", moments[0], self.date_created),
            ("date updated", moments[1], self.date_updated),
        ];
        let moments = moments
            .into_iter()
            .filter(|(_, sent, now)| sent.is_some_and(|sent| !same_second(sent, *now)));
        let mut names: Vec<&str> = texts.map(|(name, _)| name).collect();
        names.extend(moments.map(|(name, ..)| name));
        if let Sent::NewChannel(new) = sent
            && new.visibility.is_some_and(|sent| sent.name() != self.kind.name())
        {
            names.push("type");
        }
        names
    }

    fn was_there(&self, entities: &Entities, edit: &Edit) -> bool {
        let Sent::NewChannel(new) = &edit.sent else { return false };
        let Origin::Form(draft) = &edit.origin else { return false };
        // Clocks differ; but not by more than this.
        let earliest = draft.opened_at - SignedDuration::from_mins(10);
        entities.knows_channel(self.sid)
            || new.date_created.is_none() && self.date_created.is_some_and(|made| made < earliest)
    }

    fn done(&self, key: EditKey, edit: &Edit) -> String {
        let sent = match &edit.sent {
            Sent::Channel(sent) => sent,
            Sent::Migration(Some(_)) => {
                let label = &edit.label;
                return format!(
                    "{label} is private now; whether it has the messaging service cannot be read"
                );
            }
            other => {
                let done = participle(key, other);
                return format!("{done} {} {}", edit.label, self.sid.short());
            }
        };
        let fields: Vec<&str> = [
            sent.friendly_name.as_ref().map(|_| "friendly name"),
            sent.unique_name.as_ref().map(|_| "unique name"),
            sent.attributes.as_ref().map(|_| "attributes"),
            sent.created_by.as_ref().map(|_| "created by"),
            sent.date_created.as_ref().map(|_| "date created"),
            sent.date_updated.as_ref().map(|_| "date updated"),
        ]
        .into_iter()
        .flatten()
        .collect();
        format!("saved {} of {}", fields.join(", "), edit.label)
    }

    fn follow(&self, model: &mut Model, key: EditKey) -> Vec<Effect> {
        if let EditKey::NewChannel(service) = key
            && let Some(list) = model.lists.channels.get_mut(&service)
        {
            if let Some(row) = model.entities.channel_row(self.sid) {
                list.add(row, &model.entities);
            }
            model.moved_at = Some(model.now);
        }
        Vec::new()
    }
}

impl Written for Migrated {
    fn put(&self, entities: &mut Entities, key: EditKey, serial: u64) {
        self.channel.put(entities, key, serial);
    }

    fn differing(&self, sent: &Sent) -> Vec<&'static str> {
        let mut names = self.channel.differing(sent);
        if let Sent::Migration(Some(named)) = sent
            && self.messaging_service_sid != Some(*named)
        {
            names.push("messaging service");
        }
        names
    }

    fn done(&self, _: EditKey, edit: &Edit) -> String {
        format!("migrated {}: it is private now, for good", edit.label)
    }
}

impl Written for Membership {
    fn put(&self, entities: &mut Entities, _: EditKey, serial: u64) {
        entities.put_membership(self.clone(), serial);
    }

    fn differing(&self, sent: &Sent) -> Vec<&'static str> {
        let Sent::Membership(sent) = sent else { return Vec::new() };
        let level = sent.notification_level.as_ref();
        let index = sent.last_consumed_message_index;
        // The answer does not tell the time of the last consumption.
        [
            level
                .is_some_and(|sent| *sent != self.notification_level)
                .then_some("notification level"),
            index
                .is_some_and(|sent| sent.index() != self.last_consumed_message_index)
                .then_some("last consumed index"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn is_left(&self) -> bool {
        self.status == MembershipStatus::NotParticipating
    }

    fn can_tell(&self, sent: &Sent) -> bool {
        match sent {
            Sent::Membership(sent) => {
                sent.notification_level.is_some() || sent.last_consumed_message_index.is_some()
            }
            _ => true,
        }
    }

    fn done(&self, _: EditKey, edit: &Edit) -> String {
        let Sent::Membership(sent) = &edit.sent else { return String::new() };
        let only_level =
            sent.last_consumed_message_index.is_none() && sent.last_consumption_timestamp.is_none();
        match sent.notification_level.as_ref().map(NotificationLevel::name) {
            Some("muted") if only_level => return format!("muted {}", edit.label),
            Some("default") if only_level => return format!("unmuted {}", edit.label),
            _ => {}
        }
        let fields: Vec<&str> = [
            sent.notification_level.as_ref().map(|_| "notification level"),
            sent.last_consumed_message_index.map(|_| "last consumed index"),
            sent.last_consumption_timestamp.map(|_| "last consumption (which no answer tells)"),
        ]
        .into_iter()
        .flatten()
        .collect();
        format!("saved {} of {}", fields.join(", "), edit.label)
    }
}

impl Written for Deleted {
    fn put(&self, entities: &mut Entities, key: EditKey, _: u64) {
        entities.mark_gone(key);
    }

    fn differing(&self, _: &Sent) -> Vec<&'static str> {
        Vec::new()
    }

    fn done(&self, key: EditKey, edit: &Edit) -> String {
        match self {
            Self::AlreadyGone => {
                format!("{}: it was gone already, so there was nothing left to do", edit.label)
            }
            Self::Done => format!("{} {}", participle(key, &edit.sent), edit.label),
        }
    }

    fn follow(&self, model: &mut Model, key: EditKey) -> Vec<Effect> {
        let EditKey::Membership(key) = key else { return Vec::new() };
        // One member less: the channel's counts are told anew.
        let service = model.entities.confirmed_channel(key.channel).map(|it| it.service_sid);
        service.map(|service| channel::ask(model, service, key.channel)).unwrap_or_default()
    }
}

impl Written for FlexChannel {
    fn put(&self, entities: &mut Entities, _: EditKey, serial: u64) {
        entities.put_flex_channel(self.clone(), serial);
    }

    fn differing(&self, sent: &Sent) -> Vec<&'static str> {
        let Sent::NewFlexChannel(sent) = sent else { return Vec::new() };
        let flow = self.flow_sid.is_some_and(|flow| flow != sent.flow);
        let task = sent.task_sid.is_some_and(|task| self.task_sid.is_some_and(|it| it != task));
        [flow.then_some("flow"), task.then_some("task")].into_iter().flatten().collect()
    }

    fn done(&self, _: EditKey, edit: &Edit) -> String {
        format!("created {} {}", edit.label, self.sid.short())
    }

    fn follow(&self, model: &mut Model, key: EditKey) -> Vec<Effect> {
        if key == EditKey::NewFlexChannel {
            model.lists.flex.add(FlexKey(self.sid), &model.entities);
            model.moved_at = Some(model.now);
        }
        Vec::new()
    }
}

/// Reads the list anew in which a write of unknown outcome would show.
pub(super) fn look_where_it_would_be(model: &mut Model, key: EditKey) -> Vec<Effect> {
    match key {
        EditKey::NewChannel(service) => places::ask(model, Place::Channels(service), Ask::First),
        EditKey::NewFlexChannel => places::ask(model, Place::Flex, Ask::First),
        _ => Vec::new(),
    }
}
