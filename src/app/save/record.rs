//! What the journal is told of a write before it leaves: which fields change, what they were and what they shall be.

use super::blank;
use crate::{
    app::{
        entities::{Entities, Sent},
        form::FieldName,
        model::Model,
        ticket::EditKey,
    },
    state::{EntryId, Fields, Record, fields_text},
};

/// The record of a write; who makes it, and by which request, is filled in where it leaves.
pub(super) fn record(
    model: &Model,
    key: EditKey,
    sent: &Sent,
    label: &str,
    undoes: Option<EntryId>,
) -> Record {
    let after = after(sent);
    let before = match (sent, key) {
        (Sent::NewChannel(_) | Sent::NewFlexChannel(_), _) => Vec::new(),
        (Sent::Migration(_), _) => {
            vec![(FieldName::Type.parameter().to_owned(), Some("public".to_owned()))]
        }
        // Of what is deleted everything is worth keeping that a form could show.
        (Sent::Deletion, _) => was(model, key, |_| true),
        (Sent::Channel(_) | Sent::Membership(_), _) => {
            was(model, key, |name| after.iter().any(|(sent, _)| *sent == name))
        }
    };
    let named = after.into_iter().map(|(name, value)| (name.parameter().to_owned(), value));
    let named: Fields = named.collect();
    Record {
        kind: kind(key, sent).to_owned(),
        label: label.to_owned(),
        before: Some(fields_text(&before)),
        after: Some(fields_text(&named)),
        undoes,
        ..Record::default()
    }
}

fn kind(key: EditKey, sent: &Sent) -> &'static str {
    match (key, sent) {
        (EditKey::Membership(_), Sent::Deletion) => "membership.delete",
        (EditKey::Membership(_), _) => "membership.update",
        (EditKey::FlexChannel(_), _) => "flex_channel.delete",
        (EditKey::NewFlexChannel, _) => "flex_channel.create",
        (EditKey::NewChannel(_), _) => "channel.create",
        (EditKey::Channel(_), Sent::Deletion) => "channel.delete",
        (EditKey::Channel(_), Sent::Migration(_)) => "channel.migrate",
        (EditKey::Channel(_), _) => "channel.update",
    }
}

/// The resource as the documents' paths name it.
pub fn resource(entities: &Entities, key: EditKey) -> String {
    let service = super::send::service_of_key(entities, key);
    let service = service.map(|sid| format!("Services/{sid}/")).unwrap_or_default();
    match key {
        EditKey::Channel(channel) => format!("{service}Channels/{channel}"),
        EditKey::Membership(key) => format!("{service}Users/{}/Channels/{}", key.user, key.channel),
        EditKey::NewChannel(_) => format!("{service}Channels"),
        EditKey::FlexChannel(channel) => format!("FlexChannels/{channel}"),
        EditKey::NewFlexChannel => "FlexChannels".to_owned(),
    }
}

/// What a form over the resource would show.
fn was(model: &Model, key: EditKey, of: impl Fn(FieldName) -> bool) -> Fields {
    let Some(draft) = blank(model, key) else { return Vec::new() };
    let fields = draft.fields.iter().filter(|field| of(field.name));
    fields.map(|field| (field.name.parameter().to_owned(), Some(field.base().to_owned()))).collect()
}

/// The fields that are sent.
fn after(sent: &Sent) -> Vec<(FieldName, Option<String>)> {
    let moment = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
    let fields = match sent {
        Sent::Deletion => Vec::new(),
        Sent::Migration(service) => {
            return vec![
                (FieldName::Type, Some("private".to_owned())),
                (FieldName::MessagingServiceSid, service.map(|sid| sid.to_string())),
            ];
        }
        Sent::Channel(patch) => vec![
            (FieldName::FriendlyName, patch.friendly_name.clone()),
            (FieldName::UniqueName, patch.unique_name.clone()),
            (FieldName::Attributes, patch.attributes.clone()),
            (FieldName::CreatedBy, patch.created_by.clone()),
            (FieldName::DateCreated, moment(patch.date_created)),
            (FieldName::DateUpdated, moment(patch.date_updated)),
        ],
        Sent::NewChannel(new) => vec![
            (FieldName::FriendlyName, new.friendly_name.clone()),
            (FieldName::UniqueName, new.unique_name.clone()),
            (FieldName::Type, new.visibility.map(|it| it.name().to_owned())),
            (FieldName::Attributes, new.attributes.clone()),
            (FieldName::CreatedBy, new.created_by.clone()),
            (FieldName::DateCreated, moment(new.date_created)),
            (FieldName::DateUpdated, moment(new.date_updated)),
        ],
        Sent::Membership(patch) => vec![
            (
                FieldName::NotificationLevel,
                patch.notification_level.as_ref().map(|level| level.name().to_owned()),
            ),
            (
                FieldName::LastConsumedMessageIndex,
                patch.last_consumed_message_index.map(|consumed| {
                    consumed.index().map(|index| index.to_string()).unwrap_or_default()
                }),
            ),
            (FieldName::LastConsumptionTimestamp, moment(patch.last_consumption_timestamp)),
        ],
        Sent::NewFlexChannel(new) => vec![
            (FieldName::FlexFlowSid, Some(new.flow.to_string())),
            (FieldName::Identity, Some(new.identity.clone())),
            (FieldName::ChatUserFriendlyName, Some(new.chat_user_friendly_name.clone())),
            (FieldName::ChatFriendlyName, Some(new.chat_friendly_name.clone())),
            (FieldName::ChatUniqueName, new.chat_unique_name.clone()),
            (FieldName::Target, new.target.clone()),
            (FieldName::PreEngagementData, new.pre_engagement_data.clone()),
            (FieldName::TaskSid, new.task_sid.map(|sid| sid.to_string())),
            (FieldName::TaskAttributes, new.task_attributes.clone()),
            (FieldName::LongLived, new.long_lived.map(|it| it.to_string())),
        ],
    };
    fields.into_iter().filter(|(_, value)| value.is_some()).collect()
}
