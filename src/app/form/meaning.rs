//! What a filled-in form stands for: the fields a write sends. Only what was changed is sent.

use super::{Draft, Field, FieldName, rule};
use crate::api::{
    chat::{
        channels::{ChannelPatch, NewChannel, Visibility},
        memberships::{Consumed, MembershipPatch, NotificationLevel},
    },
    flex::channels::NewFlexChannel,
};
use crate::app::{entities::Sent, ticket::EditKey};

impl Draft {
    /// What the form's write sends; `None` for a form whose texts are not what they must be.
    pub fn sent(&self) -> Option<Sent> {
        if self.first_error().is_some() {
            return None;
        }
        Some(match self.key {
            EditKey::Channel(_) => Sent::Channel(self.channel_patch()),
            EditKey::Membership(_) => Sent::Membership(self.membership_patch()),
            EditKey::NewChannel(_) => Sent::NewChannel(self.channel_to_make()),
            EditKey::NewFlexChannel => Sent::NewFlexChannel(self.flex_channel_to_make()?),
            EditKey::FlexChannel(_) => return None,
        })
    }

    fn moment(&self, name: FieldName) -> Option<jiff::Timestamp> {
        rule::moment(&self.changed(name)?)
    }

    fn channel_patch(&self) -> ChannelPatch {
        ChannelPatch {
            friendly_name: self.changed(FieldName::FriendlyName),
            unique_name: self.changed(FieldName::UniqueName),
            attributes: self.changed(FieldName::Attributes),
            date_created: self.moment(FieldName::DateCreated),
            date_updated: self.moment(FieldName::DateUpdated),
            created_by: self.changed(FieldName::CreatedBy),
        }
    }

    fn channel_to_make(&self) -> NewChannel {
        let visibility = self.changed(FieldName::Type).map(|word| match word.as_str() {
            "private" => Visibility::Private,
            _ => Visibility::Public,
        });
        NewChannel {
            friendly_name: self.changed(FieldName::FriendlyName),
            unique_name: self.changed(FieldName::UniqueName),
            attributes: self.changed(FieldName::Attributes),
            visibility,
            date_created: self.moment(FieldName::DateCreated),
            date_updated: self.moment(FieldName::DateUpdated),
            created_by: self.changed(FieldName::CreatedBy),
        }
    }

    fn membership_patch(&self) -> MembershipPatch {
        let level = self.changed(FieldName::NotificationLevel).map(|word| match word.as_str() {
            "muted" => NotificationLevel::Muted,
            _ => NotificationLevel::Default,
        });
        let consumed = self.changed(FieldName::LastConsumedMessageIndex);
        MembershipPatch {
            notification_level: level,
            last_consumed_message_index: consumed
                .map(|text| rule::index(&text).map_or(Consumed::Nothing, Consumed::UpTo)),
            last_consumption_timestamp: self.moment(FieldName::LastConsumptionTimestamp),
        }
    }

    fn flex_channel_to_make(&self) -> Option<NewFlexChannel> {
        let text = |name| self.field(name).map(Field::text).unwrap_or_default();
        let changed = |name| self.changed(name);
        let new = NewFlexChannel::new(
            text(FieldName::FlexFlowSid).parse().ok()?,
            text(FieldName::Identity),
            text(FieldName::ChatUserFriendlyName),
            text(FieldName::ChatFriendlyName),
        );
        Some(NewFlexChannel {
            target: changed(FieldName::Target),
            chat_unique_name: changed(FieldName::ChatUniqueName),
            pre_engagement_data: changed(FieldName::PreEngagementData),
            task_sid: changed(FieldName::TaskSid).and_then(|sid| sid.trim().parse().ok()),
            task_attributes: changed(FieldName::TaskAttributes),
            long_lived: changed(FieldName::LongLived).and_then(|word| word.parse().ok()),
            ..new
        })
    }
}
