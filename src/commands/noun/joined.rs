//! Things of which the server tells sids alone: what those are called is asked for, and put beside them.

use super::{Noun, Value};
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
    const COLUMNS: &'static [&'static str] = &[
        "sid",
        "service_sid",
        "user_sid",
        "channel_sid",
        "channel_name",
        "status",
        "unread_messages_count",
        "last_consumed_message_index",
        "notification_level",
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

    fn values(&self) -> Vec<Value> {
        let it = &self.membership;
        vec![
            // As jobs name it: a file of these can be given to `mute --from`.
            Value::Text(Target::Membership(it.user_sid, it.channel_sid).to_string()),
            it.service_sid.into(),
            it.user_sid.into(),
            it.channel_sid.into(),
            name(self.channel.as_ref()).map_or(Value::Nothing, Value::Text),
            it.status.name().into(),
            it.unread_messages_count.into(),
            it.last_consumed_message_index.into(),
            it.notification_level.name().into(),
        ]
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
    const COLUMNS: &'static [&'static str] = &[
        "sid",
        "channel_name",
        "service_sid",
        "flex_flow_sid",
        "flow_name",
        "user_sid",
        "identity",
        "task_sid",
        "date_created",
        "date_updated",
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

    fn values(&self) -> Vec<Value> {
        let (it, flow) = (&self.flex, self.flow.as_ref());
        vec![
            it.sid.into(),
            name(self.channel.as_ref()).map_or(Value::Nothing, Value::Text),
            flow.and_then(|flow| flow.chat_service_sid).into(),
            it.flow_sid.into(),
            flow.and_then(|flow| flow.friendly_name.as_ref()).into(),
            it.user_sid.into(),
            self.user.as_ref().map(|user| &user.identity).into(),
            it.task_sid.into(),
            it.date_created.into(),
            it.date_updated.into(),
        ]
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
