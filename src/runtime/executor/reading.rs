//! Calls for what is only read: messages, invites, roles, and what Flex has.

use super::Executor;
use crate::{
    api::{
        Address,
        chat::{invites, messages, roles},
        flex,
    },
    app::{effect::Effect, msg::Msg},
};

impl Executor {
    pub(super) fn read_only(&mut self, effect: Effect) {
        match effect {
            Effect::ListMessages { ticket, service, channel, next } => {
                self.page(ticket, Msg::MessagesArrived, async move |client| {
                    messages::list(&client, service, &Address::Sid(channel), next.as_ref()).await
                });
            }
            Effect::ListInvites { ticket, service, channel, next } => {
                self.page(ticket, Msg::InvitesArrived, async move |client| {
                    invites::list(&client, service, &Address::Sid(channel), next.as_ref()).await
                });
            }
            Effect::ListRoles { ticket, service, next } => {
                self.page(ticket, Msg::RolesArrived, async move |client| {
                    roles::list(&client, service, next.as_ref()).await
                });
            }
            Effect::ListFlexChannels { ticket, next } => {
                self.page(ticket, Msg::FlexChannelsArrived, async move |client| {
                    flex::channels::list(&client, next.as_ref()).await
                });
            }
            Effect::ListFlows { ticket, next } => {
                self.page(ticket, Msg::FlowsArrived, async move |client| {
                    flex::flows::list(&client, None, next.as_ref()).await
                });
            }
            Effect::FetchFlexChannel { ticket, channel } => {
                self.read(ticket, Msg::FlexChannelArrived, async move |client| {
                    flex::channels::fetch(&client, channel).await
                });
            }
            _ => {}
        }
    }
}
