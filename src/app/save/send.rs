//! The one way in which a write leaves: it is laid over the resource as pending; what exists already is read first, to
//! see what became of it meanwhile; then one order goes out.

use super::record::record;
use crate::api::{
    chat::{channels::Channel, services::Service},
    client::Webhooks,
    remote_text,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    entities::{Edit, Entities, MembershipKey, Origin, Sent, Stage},
    model::Model,
    places::{channels, memberships, users},
    ticket::{EditKey, Lane, Ticket},
};
use crate::state::Record;

/// Begins a write. Nothing is begun while another write to the same resource is out.
pub(super) fn send(
    model: &mut Model,
    key: EditKey,
    sent: Sent,
    webhooks: Webhooks,
    origin: Origin,
) -> Vec<Effect> {
    let is_new = matches!(key, EditKey::NewChannel(_) | EditKey::NewFlexChannel);
    let lane = if is_new { Lane::Write(key) } else { Lane::Reread(key) };
    let ticket = model.tickets.issue(lane);
    let label = label(&model.entities, key, &sent);
    let (order, stage) = if is_new {
        let record = record(model, key, &sent, &label, None);
        let order = order(&model.entities, ticket, key, sent.clone(), webhooks, record);
        (order, Stage::Sent { merged: false })
    } else {
        (reread(&model.entities, ticket, key, &sent), Stage::Checking)
    };
    let Some(order) = order else { return Vec::new() };
    let edit = Edit { ticket, sent, webhooks, label, origin, stage };
    model.entities.begin(key, edit).map(|()| order).into_iter().collect()
}

/// Sends a write after its resource was read.
pub(super) fn go_on(model: &mut Model, key: EditKey, edit: Edit, merged: bool) -> Vec<Effect> {
    let ticket = model.tickets.issue(Lane::Write(key));
    let record = record(model, key, &edit.sent, &edit.label, edit.undoes());
    let order = order(&model.entities, ticket, key, edit.sent.clone(), edit.webhooks, record);
    let Some(order) = order else { return Vec::new() };
    let edit = Edit { ticket, stage: Stage::Sent { merged }, ..edit };
    model.entities.begin(key, edit).map(|()| order).into_iter().collect()
}

fn order(
    entities: &Entities,
    ticket: Ticket,
    key: EditKey,
    sent: Sent,
    webhooks: Webhooks,
    record: Record,
) -> Option<Effect> {
    let record = Box::new(record);
    Some(match (key, sent) {
        (EditKey::Channel(channel), Sent::Channel(patch)) => {
            let service = service_of(entities, channel)?;
            Effect::SaveChannel { ticket, service, channel, patch, webhooks, record }
        }
        (EditKey::Channel(channel), Sent::Migration(messaging_service)) => {
            let service = service_of(entities, channel)?;
            Effect::MigrateChannel { ticket, service, channel, messaging_service, webhooks, record }
        }
        (EditKey::Channel(channel), Sent::Deletion) => {
            let service = service_of(entities, channel)?;
            Effect::DeleteChannel { ticket, service, channel, webhooks, record }
        }
        (EditKey::Membership(key), Sent::Membership(patch)) => {
            let service = service_of_membership(entities, key)?;
            Effect::SaveMembership { ticket, service, key, patch, record }
        }
        (EditKey::Membership(key), Sent::Deletion) => {
            let service = service_of_membership(entities, key)?;
            Effect::DeleteMembership { ticket, service, key, webhooks, record }
        }
        (EditKey::NewChannel(service), Sent::NewChannel(new)) => {
            Effect::CreateChannel { ticket, service, new, webhooks, record }
        }
        (EditKey::NewFlexChannel, Sent::NewFlexChannel(new)) => {
            Effect::CreateFlexChannel { ticket, new, record }
        }
        (EditKey::FlexChannel(channel), Sent::Deletion) => {
            Effect::DeleteFlexChannel { ticket, channel, record }
        }
        _ => return None,
    })
}

/// The reading before a write, or the one that tells what became of it; `None` where nothing could tell it.
pub(super) fn reread(
    entities: &Entities,
    ticket: Ticket,
    key: EditKey,
    sent: &Sent,
) -> Option<Effect> {
    Some(match key {
        EditKey::Channel(channel) => {
            let service = service_of(entities, channel)?;
            Effect::RereadChannel { ticket, service, channel }
        }
        EditKey::Membership(key) => {
            let service = service_of_membership(entities, key)?;
            Effect::RereadMembership { ticket, service, key }
        }
        EditKey::NewChannel(service) => {
            let Sent::NewChannel(new) = sent else { return None };
            let unique_name = new.unique_name.clone().filter(|name| !name.is_empty())?;
            Effect::RereadCreated { ticket, service, unique_name }
        }
        EditKey::FlexChannel(channel) => Effect::RereadFlexChannel { ticket, channel },
        EditKey::NewFlexChannel => return None,
    })
}

/// The service that a resource is in; Flex channels are in none.
pub(super) fn service_of_key(entities: &Entities, key: EditKey) -> Option<Sid<Service>> {
    match key {
        EditKey::Channel(channel) => service_of(entities, channel),
        EditKey::Membership(key) => service_of_membership(entities, key),
        EditKey::NewChannel(service) => Some(service),
        EditKey::FlexChannel(_) | EditKey::NewFlexChannel => None,
    }
}

fn service_of(entities: &Entities, channel: Sid<Channel>) -> Option<Sid<Service>> {
    Some(entities.confirmed_channel(channel)?.service_sid)
}

fn service_of_membership(entities: &Entities, key: MembershipKey) -> Option<Sid<Service>> {
    let known = entities.confirmed_membership(key).map(|known| known.service_sid);
    known
        .or_else(|| service_of(entities, key.channel))
        .or_else(|| entities.user(key.user).map(|user| user.service_sid))
}

/// What notices call what is written to; safe to show.
pub(super) fn label(entities: &Entities, key: EditKey, sent: &Sent) -> String {
    let typed = |names: [Option<&str>; 2], otherwise: &str| {
        let name = names.into_iter().flatten().find(|name| !name.is_empty());
        name.map_or_else(|| otherwise.to_owned(), |name| remote_text::shown(name).text())
    };
    match (key, sent) {
        (EditKey::Membership(key), Sent::Deletion) => {
            let channel = channels::title_of(entities, key.channel);
            format!("{} from {channel}", users::title(entities, key.user))
        }
        (EditKey::Membership(key), _) => memberships::title(entities, key),
        (EditKey::NewChannel(_), Sent::NewChannel(new)) => {
            typed([new.friendly_name.as_deref(), new.unique_name.as_deref()], "the new channel")
        }
        (_, Sent::NewFlexChannel(new)) => {
            typed([Some(&new.chat_friendly_name), None], "the new Flex channel")
        }
        (EditKey::Channel(channel) | EditKey::FlexChannel(channel), _) => {
            channels::title_of(entities, channel)
        }
        (EditKey::NewChannel(_) | EditKey::NewFlexChannel, _) => String::new(),
    }
}
