//! Things that are listed as the server tells them.

use super::{Noun, Value};
use crate::{
    api::{
        chat::{channels::Channel, members::Member, services::Service, users::User},
        sid::Sid,
    },
    app::entities::{ChannelRow, Entities},
};

impl Noun for Service {
    type Key = Sid<Self>;
    const COLUMNS: &'static [&'static str] = &[
        "sid",
        "account_sid",
        "friendly_name",
        "read_status_enabled",
        "reachability_enabled",
        "channel_members_limit",
        "user_channels_limit",
        "date_created",
        "date_updated",
    ];
    const TABLE: &'static [(&'static str, &'static str)] = &[
        ("SID", "sid"),
        ("NAME", "friendly_name"),
        ("REACHABILITY", "reachability_enabled"),
        ("CREATED", "date_created"),
    ];

    fn put(self, entities: &mut Entities) -> Self::Key {
        let sid = self.sid;
        entities.put_service(self);
        sid
    }

    fn values(&self) -> Vec<Value> {
        vec![
            self.sid.into(),
            self.account_sid.into(),
            self.friendly_name.as_ref().into(),
            self.read_status_enabled.into(),
            self.reachability_enabled.into(),
            self.channel_members_limit.into(),
            self.user_channels_limit.into(),
            self.date_created.into(),
            self.date_updated.into(),
        ]
    }
}

impl Noun for Channel {
    type Key = ChannelRow;
    const COLUMNS: &'static [&'static str] = &[
        "sid",
        "service_sid",
        "type",
        "friendly_name",
        "unique_name",
        "members_count",
        "messages_count",
        "created_by",
        "date_created",
        "date_updated",
        "attributes",
    ];
    const TABLE: &'static [(&'static str, &'static str)] = &[
        ("SID", "sid"),
        ("TYPE", "type"),
        ("NAME", "friendly_name"),
        ("UNIQUE NAME", "unique_name"),
        ("MBR", "members_count"),
        ("MSG", "messages_count"),
        ("UPDATED", "date_updated"),
    ];

    fn put(self, entities: &mut Entities) -> Self::Key {
        entities.put_channel(self, 0)
    }

    fn values(&self) -> Vec<Value> {
        vec![
            self.sid.into(),
            self.service_sid.into(),
            self.kind.name().into(),
            self.friendly_name.as_ref().into(),
            self.unique_name.as_ref().into(),
            self.members_count.into(),
            self.messages_count.into(),
            self.created_by.as_ref().into(),
            self.date_created.into(),
            self.date_updated.into(),
            (&self.attributes).into(),
        ]
    }
}

impl Noun for User {
    type Key = Sid<Self>;
    const COLUMNS: &'static [&'static str] = &[
        "sid",
        "service_sid",
        "identity",
        "friendly_name",
        "role_sid",
        "is_online",
        "is_notifiable",
        "joined_channels_count",
        "date_created",
        "date_updated",
        "attributes",
    ];
    const TABLE: &'static [(&'static str, &'static str)] = &[
        ("SID", "sid"),
        ("IDENTITY", "identity"),
        ("NAME", "friendly_name"),
        ("CHANNELS", "joined_channels_count"),
        ("UPDATED", "date_updated"),
    ];

    fn put(self, entities: &mut Entities) -> Self::Key {
        let sid = self.sid;
        entities.put_user(self);
        sid
    }

    fn values(&self) -> Vec<Value> {
        vec![
            self.sid.into(),
            self.service_sid.into(),
            (&self.identity).into(),
            self.friendly_name.as_ref().into(),
            self.role_sid.into(),
            self.is_online.into(),
            self.is_notifiable.into(),
            self.joined_channels_count.into(),
            self.date_created.into(),
            self.date_updated.into(),
            (&self.attributes).into(),
        ]
    }
}

impl Noun for Member {
    type Key = Sid<Self>;
    const COLUMNS: &'static [&'static str] = &[
        "sid",
        "service_sid",
        "channel_sid",
        "identity",
        "role_sid",
        "last_consumed_message_index",
        "last_consumption_timestamp",
        "date_created",
        "date_updated",
        "attributes",
    ];
    const TABLE: &'static [(&'static str, &'static str)] = &[
        ("SID", "sid"),
        ("IDENTITY", "identity"),
        ("CHANNEL", "channel_sid"),
        ("CONSUMED", "last_consumed_message_index"),
        ("CONSUMED AT", "last_consumption_timestamp"),
        ("JOINED", "date_created"),
    ];

    fn put(self, entities: &mut Entities) -> Self::Key {
        let sid = self.sid;
        entities.put_member(self);
        sid
    }

    fn values(&self) -> Vec<Value> {
        vec![
            self.sid.into(),
            self.service_sid.into(),
            self.channel_sid.into(),
            (&self.identity).into(),
            self.role_sid.into(),
            self.last_consumed_message_index.into(),
            self.last_consumption_timestamp.into(),
            self.date_created.into(),
            self.date_updated.into(),
            (&self.attributes).into(),
        ]
    }
}
