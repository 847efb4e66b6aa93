//! Things that are listed as the server tells them.

use super::{Field, Noun};
use crate::{
    api::{
        chat::{channels::Channel, members::Member, services::Service, users::User},
        sid::Sid,
    },
    app::entities::{ChannelRow, Entities},
};

impl Noun for Service {
    type Key = Sid<Self>;
    const FIELDS: &'static [Field<Self>] = &[
        ("sid", |it| it.sid.into()),
        ("account_sid", |it| it.account_sid.into()),
        ("friendly_name", |it| it.friendly_name.as_ref().into()),
        ("read_status_enabled", |it| it.read_status_enabled.into()),
        ("reachability_enabled", |it| it.reachability_enabled.into()),
        ("channel_members_limit", |it| it.channel_members_limit.into()),
        ("user_channels_limit", |it| it.user_channels_limit.into()),
        ("date_created", |it| it.date_created.into()),
        ("date_updated", |it| it.date_updated.into()),
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
}

impl Noun for Channel {
    type Key = ChannelRow;
    const FIELDS: &'static [Field<Self>] = &[
        ("sid", |it| it.sid.into()),
        ("service_sid", |it| it.service_sid.into()),
        ("type", |it| it.kind.name().into()),
        ("friendly_name", |it| it.friendly_name.as_ref().into()),
        ("unique_name", |it| it.unique_name.as_ref().into()),
        ("members_count", |it| it.members_count.into()),
        ("messages_count", |it| it.messages_count.into()),
        ("created_by", |it| it.created_by.as_ref().into()),
        ("date_created", |it| it.date_created.into()),
        ("date_updated", |it| it.date_updated.into()),
        ("attributes", |it| (&it.attributes).into()),
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
}

impl Noun for User {
    type Key = Sid<Self>;
    const FIELDS: &'static [Field<Self>] = &[
        ("sid", |it| it.sid.into()),
        ("service_sid", |it| it.service_sid.into()),
        ("identity", |it| (&it.identity).into()),
        ("friendly_name", |it| it.friendly_name.as_ref().into()),
        ("role_sid", |it| it.role_sid.into()),
        ("is_online", |it| it.is_online.into()),
        ("is_notifiable", |it| it.is_notifiable.into()),
        ("joined_channels_count", |it| it.joined_channels_count.into()),
        ("date_created", |it| it.date_created.into()),
        ("date_updated", |it| it.date_updated.into()),
        ("attributes", |it| (&it.attributes).into()),
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
}

impl Noun for Member {
    type Key = Sid<Self>;
    const FIELDS: &'static [Field<Self>] = &[
        ("sid", |it| it.sid.into()),
        ("service_sid", |it| it.service_sid.into()),
        ("channel_sid", |it| it.channel_sid.into()),
        ("identity", |it| (&it.identity).into()),
        ("role_sid", |it| it.role_sid.into()),
        ("last_consumed_message_index", |it| it.last_consumed_message_index.into()),
        ("last_consumption_timestamp", |it| it.last_consumption_timestamp.into()),
        ("date_created", |it| it.date_created.into()),
        ("date_updated", |it| it.date_updated.into()),
        ("attributes", |it| (&it.attributes).into()),
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
}
