//! Forms as they are before anything is typed: which fields, over what, with which limits.

use jiff::Timestamp;

use super::{Choice, Draft, Field, FieldName, Rule};
use crate::api::{
    chat::{channels::Channel, memberships::Membership, services::Service},
    client::Webhooks,
    flex::flows::{FlexFlow, IntegrationType},
    remote_text::RemoteText,
    sid::Sid,
};
use crate::app::{entities::MembershipKey, places::channels, ticket::EditKey};

/// What the documents name as the longest name of a channel that is being made.
const NEW_NAME: usize = 64;
/// The same for a channel that exists.
const NAME: usize = 256;

const NO_TASK: &str = "only where the flow's integration is task";
const NOW: &str = "now";

impl Draft {
    /// A form over a channel: all that can be changed of it.
    pub fn channel(channel: &Channel, webhooks: Webhooks, now: Timestamp) -> Self {
        let raw = |text: &Option<RemoteText>| text.as_ref().map_or("", RemoteText::raw).to_owned();
        let moment = |name, at: Option<Timestamp>| {
            let at = at.map(|at| at.to_string()).unwrap_or_default();
            Field::line(name, &at).ruled(Rule::Moment)
        };
        let title = format!("Edit channel {}", channels::title(channel));
        let fields = vec![
            Field::line(FieldName::FriendlyName, &raw(&channel.friendly_name)).limited(NAME),
            Field::line(FieldName::UniqueName, &raw(&channel.unique_name)).limited(NAME),
            Field::json(FieldName::Attributes, channel.attributes.text()),
            Field::line(FieldName::CreatedBy, &raw(&channel.created_by)),
            moment(FieldName::DateCreated, channel.date_created),
            moment(FieldName::DateUpdated, channel.date_updated),
        ];
        Self::over(EditKey::Channel(channel.sid), title, fields, Some(webhooks), now)
    }

    /// A form for a channel that does not exist yet; `title` is safe to show.
    pub fn new_channel(
        service: Sid<Service>,
        title: String,
        webhooks: Webhooks,
        now: Timestamp,
    ) -> Self {
        let moment = |name| Field::line(name, "").ruled(Rule::Moment).hinted(NOW);
        let fields = vec![
            Field::line(FieldName::FriendlyName, "").limited(NEW_NAME),
            Field::line(FieldName::UniqueName, "").limited(NEW_NAME),
            Field::choice(FieldName::Type, ["public", "private"], "public"),
            Field::json(FieldName::Attributes, "{}"),
            Field::line(FieldName::CreatedBy, "").hinted("system"),
            moment(FieldName::DateCreated),
            moment(FieldName::DateUpdated),
        ];
        Self::over(EditKey::NewChannel(service), title, fields, Some(webhooks), now)
    }

    /// A form over a membership; `title` is safe to show.
    pub fn membership(membership: &Membership, title: String, now: Timestamp) -> Self {
        let key = MembershipKey { user: membership.user_sid, channel: membership.channel_sid };
        let index = membership.last_consumed_message_index;
        let index = index.map(|index| index.to_string()).unwrap_or_default();
        let level = membership.notification_level.name();
        let fields = vec![
            Field::choice(FieldName::NotificationLevel, ["default", "muted"], level),
            Field::line(FieldName::LastConsumedMessageIndex, &index)
                .ruled(Rule::Index)
                .hinted("nothing read"),
            Field::line(FieldName::LastConsumptionTimestamp, "")
                .ruled(Rule::Moment)
                .hinted("the API does not tell it; it can be set"),
        ];
        Self::over(EditKey::Membership(key), title, fields, None, now)
    }

    /// A form for a Flex channel that does not exist yet; it needs a flow to choose.
    pub fn new_flex_channel(
        flows: &[&FlexFlow],
        pointed_at: Option<Sid<FlexFlow>>,
        now: Timestamp,
    ) -> Option<Self> {
        let first = pointed_at.or_else(|| flows.first().map(|flow| flow.sid))?.to_string();
        let choice = |flow: &&FlexFlow| {
            let name = flow.friendly_name.as_ref().map_or("", RemoteText::raw);
            let label = format!("{name} · {}", flow.integration_type.name());
            Choice { value: flow.sid.to_string(), label: Some(label) }
        };
        let optional = |name| Field::line(name, "");
        let required = |name| Field::line(name, "").required().hinted("required");
        let fields = vec![
            Field::choice(FieldName::FlexFlowSid, flows.iter().map(choice), &first),
            required(FieldName::Identity),
            required(FieldName::ChatUserFriendlyName),
            required(FieldName::ChatFriendlyName),
            optional(FieldName::ChatUniqueName),
            optional(FieldName::Target).hinted("how the customer is reached, as +15005550006"),
            Field::choice(
                FieldName::LongLived,
                [
                    Choice { value: String::new(), label: Some("as the flow says".to_owned()) },
                    "true".into(),
                    "false".into(),
                ],
                "",
            ),
            Field::json(FieldName::PreEngagementData, ""),
            optional(FieldName::TaskSid).ruled(Rule::Task),
            Field::json(FieldName::TaskAttributes, ""),
        ];
        let title = "New Flex channel".to_owned();
        Some(Self::over(EditKey::NewFlexChannel, title, fields, None, now))
    }

    /// Asks for a task only where the chosen flow gives the customer's words to one.
    pub fn follow_flow(&mut self, integration: impl Fn(&str) -> Option<IntegrationType>) {
        let Some(flow) = self.field(FieldName::FlexFlowSid).map(Field::text) else { return };
        let is_task = integration(&flow).is_none_or(|it| it == IntegrationType::Task);
        let task = self.fields.iter_mut().find(|field| field.name == FieldName::TaskSid);
        if let Some(task) = task {
            task.off = (!is_task).then_some(NO_TASK);
        }
    }

    fn over(
        key: EditKey,
        title: String,
        fields: Vec<Field>,
        webhooks: Option<Webhooks>,
        now: Timestamp,
    ) -> Self {
        Self {
            key,
            title,
            fields,
            at: 0,
            opened_at: now,
            problem: None,
            set_aside: None,
            keeps_aside: false,
            changed_elsewhere: false,
            webhooks,
            reviewed: false,
            undoes: None,
        }
    }
}
