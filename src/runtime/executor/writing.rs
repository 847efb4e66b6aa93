//! Calls that change something. Each is written down in the journal before it leaves.

use super::{AsyncCall, Executor};
use crate::{
    api::{
        chat::{channels, memberships, migration},
        flex,
    },
    app::{
        effect::Effect,
        msg::Msg,
        ticket::{Reply, Ticket},
    },
    runtime::problem,
    state::Record,
};

impl Executor {
    pub(super) fn change(&self, effect: Effect) {
        match effect {
            Effect::SaveChannel { ticket, service, channel, patch, webhooks, record } => {
                self.write(ticket, record, Msg::ChannelSaved, async move |client| {
                    channels::update(&client, service, channel, &patch, webhooks).await
                });
            }
            Effect::SaveMembership { ticket, service, key, patch, record } => {
                self.write(ticket, record, Msg::MembershipSaved, async move |client| {
                    memberships::update(&client, service, key.user, key.channel, &patch).await
                });
            }
            Effect::CreateChannel { ticket, service, new, webhooks, record } => {
                self.write(ticket, record, Msg::ChannelCreated, async move |client| {
                    channels::create(&client, service, &new, webhooks).await
                });
            }
            Effect::MigrateChannel {
                ticket,
                service,
                channel,
                messaging_service,
                webhooks,
                record,
            } => {
                self.write(ticket, record, Msg::ChannelMigrated, async move |client| {
                    migration::migrate(&client, service, channel, messaging_service, webhooks).await
                });
            }
            Effect::CreateFlexChannel { ticket, new, record } => {
                self.write(ticket, record, Msg::FlexChannelCreated, async move |client| {
                    flex::channels::create(&client, &new).await
                });
            }
            Effect::DeleteChannel { ticket, service, channel, webhooks, record } => {
                self.write(ticket, record, Msg::ChannelDeleted, async move |client| {
                    channels::delete(&client, service, channel, webhooks).await
                });
            }
            Effect::DeleteMembership { ticket, service, key, webhooks, record } => {
                self.write(ticket, record, Msg::MembershipDeleted, async move |client| {
                    memberships::delete(&client, service, key.user, key.channel, webhooks).await
                });
            }
            Effect::DeleteFlexChannel { ticket, channel, record } => {
                self.write(ticket, record, Msg::FlexChannelDeleted, async move |client| {
                    flex::channels::delete(&client, channel).await
                });
            }
            _ => {}
        }
    }

    fn write<T: Send + 'static>(
        &self,
        ticket: Ticket,
        record: Box<Record>,
        wrap: fn(Reply<T>) -> Msg,
        call: impl AsyncCall<T>,
    ) {
        let (journal, tx) = (self.journal.clone(), self.tx.clone());
        let task = self.task(async move |client| {
            let client = journal.witness(&client, ticket, *record, tx);
            call.on(client).await
        });
        self.answer(ticket, task, problem::of_write, wrap);
    }
}
