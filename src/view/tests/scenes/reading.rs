//! What is only read, in every state: messages, invites, roles, and what Flex has.

use super::{Extent, NASTY, account};
use crate::api::{
    attributes::Attributes,
    chat::messages::{Media, MessageType},
    remote_text::RemoteText,
};
use crate::app::{
    effect::Effect,
    model::Model,
    notice::ProblemKind,
    place::Place,
    testing::{self, World, console_at, fail, press, problem, refusal, sid, wait},
    update::begin,
};

const SAID: [&str; 6] = [
    "Where is my parcel? It was promised for Tuesday, and I have been at home all day.",
    "Two things:\n1. the lamp is broken\n2. the invoice is wrong",
    "お世話になっております。返品をお願いしたいのですが。",
    "Done, you will get a mail.",
    "",
    "https://shop.example.com/returns?order=4711&lang=de#step-2",
];

const PERMISSIONS: [&str; 8] = [
    "sendMessage",
    "sendMediaMessage",
    "leaveChannel",
    "inviteMember",
    "removeMember",
    "editChannelName",
    "editChannelAttributes",
    "deleteAnyMessage",
];

/// Gives a believable account something to read.
pub(super) fn fill(world: &mut World, users: u32) {
    let text = |text: &str| Some(RemoteText::new(text));
    let channels = world.channels.iter().filter(|it| it.service_sid == sid(1)).count();
    world.messages = (0..60).rev().map(|index| testing::message(1, 1_001, index)).collect();
    for (at, message) in world.messages.iter_mut().enumerate() {
        message.body = text(SAID[at % SAID.len()]);
        message.from = text(super::PEOPLE[at % super::PEOPLE.len()]);
        message.was_edited = Some(at % 7 == 3);
        message.last_updated_by = (at % 7 == 3).then(|| RemoteText::new("system"));
        if at % SAID.len() == 4 {
            message.kind = MessageType::Media;
            message.media = Some(Media {
                sid: None,
                size: Some(18_422),
                content_type: text("image/png"),
                filename: text("label of the parcel.png"),
            });
        }
    }
    world.invites =
        (1..=users.min(30)).map(|user| testing::invite(1, 1_001, 1_000 + user)).collect();
    for (invite, user) in world.invites.iter_mut().zip(&world.users) {
        invite.identity = user.identity.clone();
    }
    let names = ["service user", "service admin", "channel user", "channel admin"];
    world.roles = (11..15).map(|number| testing::role(1, number)).collect();
    for (at, (role, name)) in world.roles.iter_mut().zip(names).enumerate() {
        role.friendly_name = text(name);
        role.permissions =
            PERMISSIONS.iter().take(3 + at * 2).map(|word| RemoteText::new(*word)).collect();
    }
    for (flow, name) in world.flows.iter_mut().zip(["Web chat", "Text messages", "Old web chat"]) {
        flow.friendly_name = text(name);
    }
    // Each customer wrote once; the last three came by a flow that is gone.
    world.flex.truncate(channels);
    let last = channels.saturating_sub(3);
    for (at, flex) in world.flex.iter_mut().enumerate() {
        let number = u32::try_from(at).unwrap_or(0);
        flex.user_sid = Some(sid(1_001 + number % users.max(1)));
        if at >= last {
            flex.flow_sid = Some(sid(999));
        }
    }
}

/// Names and words that strangers chose to hurt.
pub(super) fn spoil(world: &mut World) {
    let all = NASTY.into_iter().map(RemoteText::new);
    for (message, name) in world.messages.iter_mut().zip(all.clone()) {
        message.from = Some(name.clone());
        message.body = Some(name);
    }
    for (invite, name) in world.invites.iter_mut().zip(all.clone()) {
        invite.identity = name.clone();
        invite.created_by = Some(name);
    }
    for (role, name) in world.roles.iter_mut().zip(all.clone()) {
        role.friendly_name = Some(name.clone());
        role.permissions = vec![name];
    }
    for (flow, name) in world.flows.iter_mut().zip(all) {
        flow.friendly_name = Some(name.clone());
        flow.channel_type = Some(name);
    }
}

/// The names of [`of_text`].
pub(in crate::view::tests) const TEXTS: [&str; 8] = [
    "message",
    "message_long",
    "message_file",
    "message_gone",
    "message_attributes",
    "role",
    "messages_filtered_in_vain",
    "nasty_message",
];

/// A message or a role, opened.
pub(in crate::view::tests) fn of_text(name: &str, size: Extent) -> Model {
    let mut world = account(12, 6);
    let messages = [Place::Channels(sid(1)), Place::Messages(sid(1), sid(1_001))];
    let attributes = "{\"intent\": \"return\", \"order\": {\"id\": 4711, \"lines\": [1, 2]}}";
    for message in &mut world.messages {
        message.attributes = Attributes::from_text(attributes);
    }
    match name {
        "role" => {
            let mut model = console_at(&mut world, size, &[Place::Roles(sid(1))]);
            world.press(&mut model, "G Enter");
            return model;
        }
        "message_long" => {
            let body: Vec<&str> = SAID.iter().copied().cycle().take(40).collect();
            world.messages[0].body = Some(RemoteText::new(body.join("\n")));
        }
        "messages_filtered_in_vain" => world.page = 20,
        "nasty_message" => {
            spoil(&mut world);
            let body = NASTY.join(" ");
            world.messages[0].body = Some(RemoteText::new(body));
        }
        _ => {}
    }
    let mut model = console_at(&mut world, size, &messages);
    match name {
        "messages_filtered_in_vain" => {
            world.press(&mut model, "/ z e b r a Enter");
        }
        "message_file" => {
            world.press(&mut model, "j j j j Enter");
        }
        "message_gone" => {
            world.press(&mut model, "j j j Enter");
            world.messages.remove(3);
            world.press(&mut model, "r");
        }
        "message_attributes" => {
            world.press(&mut model, "i j");
        }
        _ => {
            world.press(&mut model, "Enter j j");
        }
    }
    model
}

/// The names of [`of_flex`].
pub(in crate::view::tests) const FLEX: [&str; 7] =
    ["whole", "loading", "failed", "gone", "parts_gone", "flow_gone", "parts_failed"];

/// A Flex channel, opened.
pub(in crate::view::tests) fn of_flex(name: &str, size: Extent) -> Model {
    let mut world = account(12, 6);
    let places = [Place::Flex, Place::FlexChannel(sid(1_001))];
    match name {
        "parts_gone" => {
            world.channels.retain(|it| it.sid != sid(1_001));
            world.users.retain(|it| it.sid != sid(1_001));
        }
        "flow_gone" => world.flows.clear(),
        _ => {}
    }
    if matches!(name, "loading" | "failed" | "parts_failed") {
        let mut model = testing::console(size.0, size.1);
        for place in places {
            model.path.enter(place);
        }
        let asked = begin(&mut model);
        for order in asked {
            match (&order, name) {
                (Effect::FetchFlexChannel { .. }, "loading")
                | (Effect::ListFlexChannels { .. }, "loading" | "failed") => {}
                (Effect::FetchFlexChannel { .. }, "failed") => {
                    fail(&mut model, &order, refusal(20_404, "The resource was not found"));
                }
                (Effect::ListFlows { .. }, "parts_failed") => {
                    fail(&mut model, &order, problem(ProblemKind::Throttled));
                }
                _ => drop(world.serve(&mut model, vec![order])),
            }
        }
        wait(&mut model, 2_600);
        return model;
    }
    let mut model = console_at(&mut world, size, &places);
    if name == "gone" {
        let asked = press(&mut model, "r");
        fail(&mut model, &asked[0], problem(ProblemKind::Gone));
        world.serve(&mut model, asked[1..].to_vec());
    }
    model
}
