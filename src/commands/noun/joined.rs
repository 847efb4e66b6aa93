//! Things of which the server tells sids alone: what those are called is asked for, and put beside them.

use super::{Field, Noun, Value};
use crate::{
    api::{
        chat::{channels::Channel, memberships::Membership, users::User},
        flex::{channels::FlexChannel, flows::FlexFlow},
    },
    app::entities::{Entities, FlexKey, MembershipKey},
    jobs::task::Target,
};

/// A membership and its channel.
#[derive(Debug, Clone)]
pub(crate) struct NamedMembership {
    pub(crate) membership: Membership,
    /// Nothing where it could not be read, or nobody asked.
    pub(crate) channel: Option<Channel>,
}

impl NamedMembership {
    /// What people call its channel.
    pub(crate) fn name(&self) -> Option<String> {
        name(self.channel.as_ref())
    }
}

impl Noun for NamedMembership {
    type Key = MembershipKey;
    const FIELDS: &'static [Field<Self>] = &[
        // As jobs name it: a file of these can be given to `mute --from`.
        ("sid", |it| {
            Value::Text(
                Target::Membership(it.membership.user_sid, it.membership.channel_sid).to_string(),
            )
        }),
        ("service_sid", |it| it.membership.service_sid.into()),
        ("user_sid", |it| it.membership.user_sid.into()),
        ("channel_sid", |it| it.membership.channel_sid.into()),
        ("channel_name", |it| name(it.channel.as_ref()).map_or(Value::Nothing, Value::Text)),
        ("status", |it| it.membership.status.name().into()),
        ("unread_messages_count", |it| it.membership.unread_messages_count.into()),
        ("last_consumed_message_index", |it| it.membership.last_consumed_message_index.into()),
        ("notification_level", |it| it.membership.notification_level.name().into()),
    ];
    const TABLE: &'static [(&'static str, &'static str)] = &[
        ("CHANNEL SID", "channel_sid"),
        ("CHANNEL", "channel_name"),
        ("STATUS", "status"),
        ("UNREAD", "unread_messages_count"),
        ("LEVEL", "notification_level"),
        ("USER", "user_sid"),
    ];

    fn put(self, entities: &mut Entities) -> Self::Key {
        let Membership { user_sid: user, channel_sid: channel, .. } = self.membership;
        entities.put_membership(self.membership, 0);
        if let Some(channel) = self.channel {
            entities.put_channel(channel, 0);
        }
        MembershipKey { user, channel }
    }
}

/// A Flex channel, its flow, its chat channel and its customer.
#[derive(Debug, Clone)]
pub(crate) struct NamedFlex {
    pub(crate) flex: FlexChannel,
    pub(crate) flow: Option<FlexFlow>,
    pub(crate) channel: Option<Channel>,
    pub(crate) user: Option<User>,
}

impl Noun for NamedFlex {
    type Key = FlexKey;
    const FIELDS: &'static [Field<Self>] = &[
        ("sid", |it| it.flex.sid.into()),
        ("channel_name", |it| name(it.channel.as_ref()).map_or(Value::Nothing, Value::Text)),
        ("service_sid", |it| it.flow.as_ref().and_then(|flow| flow.chat_service_sid).into()),
        ("flex_flow_sid", |it| it.flex.flow_sid.into()),
        ("flow_name", |it| it.flow.as_ref().and_then(|flow| flow.friendly_name.as_ref()).into()),
        ("user_sid", |it| it.flex.user_sid.into()),
        ("identity", |it| it.user.as_ref().map(|user| &user.identity).into()),
        ("task_sid", |it| it.flex.task_sid.into()),
        ("date_created", |it| it.flex.date_created.into()),
        ("date_updated", |it| it.flex.date_updated.into()),
    ];
    const TABLE: &'static [(&'static str, &'static str)] = &[
        ("SID", "sid"),
        ("NAME", "channel_name"),
        ("FLOW", "flow_name"),
        ("USER", "identity"),
        ("CREATED", "date_created"),
        ("TASK", "task_sid"),
    ];

    fn put(self, entities: &mut Entities) -> Self::Key {
        let key = FlexKey(self.flex.sid);
        entities.put_flex_channel(self.flex, 0);
        if let Some(flow) = self.flow {
            entities.put_flow(flow);
        }
        if let Some(channel) = self.channel {
            entities.put_channel(channel, 0);
        }
        if let Some(user) = self.user {
            entities.put_user(user);
        }
        key
    }
}

/// What people call a channel.
fn name(channel: Option<&Channel>) -> Option<String> {
    let filled = |name: Option<&crate::api::RemoteText>| {
        name.filter(|name| !name.is_empty()).map(|name| name.raw().to_owned())
    };
    let channel = channel?;
    filled(channel.friendly_name.as_ref()).or_else(|| filled(channel.unique_name.as_ref()))
}
