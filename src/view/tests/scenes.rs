//! Consoles in every state that a person can meet, by name.

mod accounts;
mod arranged;
mod deeds;
mod found;
mod index;
mod jobs;
mod journal;
mod reading;

use std::collections::VecDeque;

pub(super) use self::{
    accounts::{ACCOUNTS, of_account},
    arranged::{ARRANGED, arranged},
    deeds::{DEEDS, deed},
    found::{FOUND, found},
    index::{REMEMBERED, remembered},
    jobs::{JOBS, of_jobs},
    journal::{JOURNAL, of_journal},
    reading::{FLEX, TEXTS, of_flex, of_text},
};
use crate::api::{
    attributes::Attributes,
    chat::memberships::{MembershipStatus, NotificationLevel},
    remote_text::RemoteText,
};
use crate::app::{
    effect::Effect,
    model::{Model, Overlay},
    msg::Msg,
    notice::ProblemKind,
    place::{Place, Subject},
    testing::{
        World, console, console_at, fail, first_run, press, problem, refusal, sid, ticket_of, wait,
        write,
    },
    ticket::Lane,
    update::{begin, update},
};

/// A size of the terminal.
pub(super) type Extent = (u16, u16);

/// What a place can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Empty,
    Loading,
    One,
    Many,
    Partly,
    Failed,
    Offline,
    Pending,
    Filtered,
    Nothing,
}

impl State {
    pub(super) const ALL: [Self; 10] = [
        Self::Empty,
        Self::Loading,
        Self::One,
        Self::Many,
        Self::Partly,
        Self::Failed,
        Self::Offline,
        Self::Pending,
        Self::Filtered,
        Self::Nothing,
    ];
}

/// The lists, by name: where each is, and the keys that lead there.
pub(super) fn lists() -> [(&'static str, Place, &'static str); 10] {
    let service = sid(1);
    [
        ("services", Place::Services, ""),
        ("channels", Place::Channels(service), "Enter"),
        ("users", Place::Users(service), "2"),
        ("members", Place::Members(service, sid(1_001)), "Enter 3"),
        ("memberships", Place::Memberships(service, sid(1_001)), "2 Enter"),
        ("messages", Place::Messages(service, sid(1_001)), "Enter 6"),
        ("invites", Place::Invites(service, sid(1_001)), "Enter 7"),
        ("roles", Place::Roles(service), "8"),
        ("flex", Place::Flex, "4"),
        ("flows", Place::Flows, "9"),
    ]
}

/// A console that was walked by keys, everything answered but the listing of one place.
fn walked(
    world: &mut World,
    size: Extent,
    keys: &str,
    held: Option<Place>,
) -> (Model, Vec<Effect>) {
    let mut model = console(size.0, size.1);
    let begun = begin(&mut model);
    let mut waiting = serve(&mut model, world, begun, held);
    for key in keys.split_whitespace() {
        let orders = press(&mut model, key);
        waiting.extend(serve(&mut model, world, orders, held));
    }
    (model, waiting)
}

/// Answers orders and what comes of them; gives back those for the place that is held.
fn serve(
    model: &mut Model,
    world: &mut World,
    orders: Vec<Effect>,
    held: Option<Place>,
) -> Vec<Effect> {
    let lane = held.map(Lane::List);
    let is_held = |order: &Effect| ticket_of(order).map(|ticket| ticket.lane) == lane;
    let mut waiting = VecDeque::from(orders);
    let mut kept = Vec::new();
    while let Some(order) = waiting.pop_front() {
        if lane.is_some() && is_held(&order) {
            kept.push(order);
        } else if let Some(answer) = world.answer(&order) {
            waiting.extend(update(model, answer));
        }
    }
    kept
}

const NAMES: [&str; 12] = [
    "Support EU",
    "Billing · Ana",
    "Lobby",
    "Sales 日本",
    "Returns and complaints, northern region, second line",
    "Night shift",
    "VIP",
    "Onboarding",
    "Fraud desk",
    "Partners",
    "Logistics",
    "Events",
];

const PEOPLE: [&str; 6] = ["ana", "bo@example.com", "chidi", "dörte", "emre", "fumiko.tanaka"];

pub(super) const ROUTING: &str = r#"{"routing": {"queue": "tier-2", "owner": "ana", "hops": [1, 2, 3]}, "tags": ["vip", "eu"], "ticket": 18446744073709551616, "open": true, "note": null}"#;

/// A believable account; in its first service so many channels and users.
pub(super) fn account(channels: u32, users: u32) -> World {
    let mut world = World::of(3, channels, users);
    for (service, name) in world.services.iter_mut().zip(["Chat EU", "Chat US", "Staging"]) {
        service.friendly_name = Some(RemoteText::new(name));
    }
    for (at, channel) in world.channels.iter_mut().enumerate() {
        let name = NAMES[at % NAMES.len()];
        let unique = name.split([' ', ',']).next().unwrap_or_default().to_lowercase();
        channel.friendly_name = Some(RemoteText::new(name));
        channel.unique_name = (at % 5 != 4).then(|| RemoteText::new(format!("{unique}-{at}")));
        channel.attributes = Attributes::from_text(ROUTING);
        channel.members_count = Some(u64::from(users));
    }
    let person = |number: u32| PEOPLE[(number as usize % 1_000 - 1) % PEOPLE.len()];
    for (at, user) in world.users.iter_mut().enumerate() {
        let number = u32::try_from(at).unwrap_or(0) % users.max(1) + 1;
        let tail = if number > 6 { format!("-{number}") } else { String::new() };
        user.identity = RemoteText::new(format!("{}{tail}", person(number)));
        user.friendly_name = (at % 4 != 3).then(|| RemoteText::new("Agent"));
        user.is_online = [Some(true), Some(false), None][at % 3];
    }
    for (at, member) in world.members.iter_mut().enumerate() {
        let number = u32::try_from(at).unwrap_or(0) / channels % users.max(1) + 1;
        let tail = if number > 6 { format!("-{number}") } else { String::new() };
        member.identity = RemoteText::new(format!("{}{tail}", person(number)));
    }
    for (at, membership) in world.memberships.iter_mut().enumerate() {
        if at % 4 == 1 {
            membership.notification_level = NotificationLevel::Muted;
        }
        if at % 7 == 2 {
            membership.status = MembershipStatus::NotParticipating;
            membership.unread_messages_count = None;
        }
    }
    reading::fill(&mut world, users);
    world
}

/// A list in a state.
pub(super) fn list(place: Place, keys: &str, state: State, size: Extent) -> Model {
    let few = matches!(state, State::Empty | State::One | State::Offline | State::Failed);
    let mut world = if few { account(12, 6) } else { account(60, 34) };
    match state {
        State::Empty => keep(&mut world, place, 0),
        State::One => keep(&mut world, place, 1),
        State::Partly => {
            world.page = match place {
                Place::Services | Place::Flows => 2,
                Place::Roles(_) => 1,
                _ => 20,
            }
        }
        _ => {}
    }
    let held = matches!(state, State::Loading | State::Failed | State::Partly).then_some(place);
    let (mut model, waiting) = walked(&mut world, size, keys, held);
    match (state, waiting.first()) {
        (State::Failed, Some(order)) => {
            let why = refusal(20_403, "Forbidden: the key may not read this");
            let then = fail(&mut model, order, why);
            serve(&mut model, &mut world, then, held);
        }
        (State::Partly, Some(order)) => {
            let then = update(&mut model, world.answer(order).expect("a page"));
            serve(&mut model, &mut world, then, held);
        }
        (State::Loading, _) => {}
        _ => finish(&mut model, &mut world, state),
    }
    if state != State::Offline {
        let rested = wait(&mut model, 2_600);
        serve(&mut model, &mut world, rested, held);
    }
    model
}

fn finish(model: &mut Model, world: &mut World, state: State) {
    match state {
        State::Offline => {
            let asked = press(model, "r");
            wait(model, 12_000);
            for order in &asked {
                fail(model, order, problem(ProblemKind::Offline));
            }
            wait(model, 700);
        }
        State::Pending => match model.path.focus() {
            Place::Memberships(..) => {
                press(model, "j m");
                wait(model, 300);
            }
            Place::Channels(_) => {
                press(model, "j e");
                write(model, " and Bo");
                press(model, "^s");
                wait(model, 300);
            }
            _ => {
                world.press(model, "j j");
                wait(model, 300);
            }
        },
        State::Filtered => {
            world.press(model, "/");
            let typed = match model.path.focus() {
                Place::Services => "chat",
                Place::Channels(_) | Place::Memberships(..) | Place::Flex => "support",
                Place::Messages(..) => "invoice",
                Place::Roles(_) => "admin",
                Place::Flows => "web",
                _ => "ana",
            };
            write(model, typed);
            world.press(model, "Enter");
        }
        State::Nothing => {
            press(model, "/");
            write(model, "zebra");
        }
        _ => {}
    }
    let rested = wait(model, 200);
    world.serve(model, rested);
}

fn keep(world: &mut World, place: Place, rows: usize) {
    fn cut<T>(all: &mut Vec<T>, rows: usize, here: impl Fn(&T) -> bool) {
        let mut left = rows;
        all.retain(|it| {
            if !here(it) {
                return true;
            }
            let kept = left > 0;
            left = left.saturating_sub(1);
            kept
        });
    }
    match place {
        Place::Services => cut(&mut world.services, rows, |_| true),
        Place::Channels(service) => cut(&mut world.channels, rows, |it| it.service_sid == service),
        Place::Users(service) => cut(&mut world.users, rows, |it| it.service_sid == service),
        Place::Members(_, channel) => {
            for it in world.channels.iter_mut().filter(|it| it.sid == channel) {
                it.members_count = Some(rows as u64);
            }
            cut(&mut world.members, rows, |it| it.channel_sid == channel);
        }
        Place::Memberships(_, user) => {
            cut(&mut world.memberships, rows, |it| it.user_sid == user);
        }
        Place::Messages(_, channel) => {
            cut(&mut world.messages, rows, |it| it.channel_sid == channel);
        }
        Place::Invites(_, channel) => cut(&mut world.invites, rows, |it| it.channel_sid == channel),
        Place::Roles(service) => cut(&mut world.roles, rows, |it| it.service_sid == service),
        Place::Flex => cut(&mut world.flex, rows, |_| true),
        Place::Flows => cut(&mut world.flows, rows, |_| true),
        _ => {}
    }
}

/// What one channel can be in.
pub(super) fn of_channel(name: &str, size: Extent) -> Model {
    let service = sid(1);
    let mut world = account(12, 6);
    let places = [Place::Channels(service), Place::Channel(service, sid(1_001))];
    let attributes = match name {
        "no_attributes" => Attributes::absent(),
        "empty_text" => Attributes::from_text(""),
        "not_json" => {
            Attributes::from_text("{\n  \"queue\": \"tier-1\",\n  \"owner\": \"ana\",\n}")
        }
        "an_array" => Attributes::from_text("[1, {\"a\": 1, \"a\": 2}, \"x\"]"),
        _ => Attributes::from_text(ROUTING),
    };
    world.channels[0].attributes = attributes;
    match name {
        "loading" | "failed" => {
            let mut model = console(size.0, size.1);
            for place in places {
                model.path.enter(place);
            }
            let asked = begin(&mut model);
            for order in &asked {
                let is_channel = matches!(order, Effect::FetchChannel { .. });
                if is_channel && name == "failed" {
                    fail(
                        &mut model,
                        order,
                        refusal(20_404, "The requested resource was not found"),
                    );
                } else if !is_channel {
                    world.serve(&mut model, vec![order.clone()]);
                }
            }
            wait(&mut model, 2_600);
            return model;
        }
        _ => {}
    }
    let mut model = console_at(&mut world, size, &places);
    match name {
        "pending" => {
            press(&mut model, "e");
            write(&mut model, " (closed)");
            press(&mut model, "^s");
            wait(&mut model, 300);
        }
        "gone" => {
            let asked = press(&mut model, "r");
            fail(&mut model, &asked[0], problem(ProblemKind::Gone));
        }
        "searched" => {
            press(&mut model, "z R j j /");
            write(&mut model, "tier");
        }
        "attributes" => {
            world.press(&mut model, "i z R j j");
        }
        "attributes_not_json" => {
            world.channels[0].attributes = Attributes::from_text("{\n  \"queue\": \"tier-1\",\n}");
            world.press(&mut model, "r i");
        }
        _ => {}
    }
    model
}

/// What a user's attributes look like.
pub(super) fn of_user(size: Extent) -> Model {
    let mut world = account(12, 6);
    world.users[0].attributes =
        Attributes::from_text(r#"{"skills": ["billing", "refunds"], "seat": 4}"#);
    let places = [Place::Users(sid(1)), Place::Attributes(sid(1), Subject::User(sid(1_001)))];
    console_at(&mut world, size, &places)
}

/// The names of [`overlay`].
pub(super) const OVERLAYS: [&str; 30] = [
    "help",
    "help_filtered",
    "menu",
    "menu_of_marks",
    "palette",
    "palette_argument",
    "palette_refused",
    "help_in_a_form",
    "messages",
    "messages_none",
    "form",
    "form_invalid",
    "form_shaped",
    "form_refused",
    "form_refused_for_another_reason",
    "review",
    "review_attributes",
    "review_always",
    "form_changed_elsewhere",
    "form_malformed_as_stored",
    "form_membership",
    "form_membership_refused",
    "quit",
    "refused_credentials",
    "first_run",
    "first_run_starting",
    "waiting",
    "prompt",
    "prefix",
    "finding_the_user",
];

/// Overlays that a few keys lead to.
const PRESSED: &[(&str, &str)] = &[
    ("help", "?"),
    ("help_filtered", "? c o p y Down"),
    ("menu", "j x Down"),
    ("menu_of_marks", "Space Space x"),
    ("palette", ": m i g"),
    ("palette_argument", ": c h a n n e l Space s u p"),
    ("palette_refused", ": m u t e"),
];

/// What lies over the panes.
pub(super) fn overlay(name: &str, size: Extent) -> Model {
    let mut world = account(12, 6);
    let service = sid(1);
    let places = match name {
        "form_membership" | "form_membership_refused" => {
            vec![Place::Users(service), Place::Memberships(service, sid(1_001))]
        }
        _ => vec![Place::Channels(service)],
    };
    if name == "form_shaped" {
        let text = r#"{"id":18446744073709551616,"z":1,"a":2, "z":3}"#;
        world.channels[0].attributes = Attributes::from_text(text);
    }
    if name == "form_malformed_as_stored" {
        world.channels[0].attributes = Attributes::from_text("{\"queue\": \"tier-1\",}");
    }
    let mut model = console_at(&mut world, size, &places);
    if let Some((_, keys)) = PRESSED.iter().find(|(it, _)| *it == name) {
        press(&mut model, keys);
        return model;
    }
    match name {
        "messages_none" => drop(press(&mut model, "!")),
        "messages" => {
            press(&mut model, "m");
            wait(&mut model, 4_000);
            press(&mut model, "e x ^s");
            let asked = press(&mut model, "r");
            wait(&mut model, 3_000);
            fail(&mut model, &asked[0], problem(ProblemKind::Offline));
            press(&mut model, "!");
        }
        "first_run" | "first_run_starting" => {
            model = first_run(size.0, size.1);
            if name == "first_run_starting" {
                press(&mut model, "1");
            }
        }
        "refused_credentials" => {
            let asked = press(&mut model, "r");
            let mut refused = refusal(20_003, "Authenticate");
            refused.kind = ProblemKind::Auth;
            fail(&mut model, &asked[0], refused);
        }
        "waiting" => {
            press(&mut model, "r");
            let why = crate::api::client::Waiting::Throttled;
            let waits = crate::api::client::Traffic::Waiting { millis: 2_400, why, attempt: 1 };
            update(&mut model, Msg::Traffic(waits));
            wait(&mut model, 400);
        }
        "prompt" => {
            press(&mut model, "/");
            write(&mut model, "eu !vip");
        }
        "prefix" => {
            world.press(&mut model, "Enter z");
        }
        "finding_the_user" => {
            world.press(&mut model, "3");
            press(&mut model, "Enter");
            wait(&mut model, 2_600);
        }
        "form_membership" => drop(press(&mut model, "e Right")),
        "form_membership_refused" => {
            let asked = world.send(&mut model, "e Right ^s");
            fail(&mut model, &asked[0], refusal(50_210, "Invalid notification level"));
        }
        _ => form(name, &mut model, &mut world),
    }
    model
}

fn form(name: &str, model: &mut Model, world: &mut World) {
    if name == "form_changed_elsewhere" {
        let asked = press(model, "r");
        press(model, "e");
        write(model, "!");
        world.channels[0].friendly_name = Some(RemoteText::new("Support EMEA"));
        world.serve(model, asked);
        return;
    }
    press(model, "e");
    write(model, " and Africa");
    if name.starts_with("review") {
        review(name, model, world);
        return;
    }
    match name {
        "help_in_a_form" => drop(press(model, "F1")),
        "quit" => drop(press(model, "Esc j e x Esc q")),
        "form_invalid" => drop(press(model, "Tab Tab x ^s")),
        "form_shaped" => drop(press(model, "Tab Tab F6")),
        "form_refused" => {
            let asked = world.send(model, "^s");
            let why = "Channel with provided unique name already exists";
            fail(model, &asked[0], refusal(50_307, why));
        }
        "form_refused_for_another_reason" => {
            let asked = world.send(model, "^s");
            let why = "Access forbidden for identity; the role of this key does not hold the permission editChannelName in this service";
            fail(model, &asked[0], refusal(50_403, why));
        }
        _ => {}
    }
}

/// Names that strangers chose to hurt.
pub(super) const NASTY: [&str; 9] = [
    "Ops \u{1b}[31mroom",
    "txt.exe \u{202e}gnp",
    "家族 👩‍👩‍👧‍👦 チャット",
    "wide 日本語日本語日本語日本語日本語日本語日本語日本語",
    "zero\u{200b}width\u{feff}",
    "line\nfeed\ttab\r",
    "مرحبا بالعالم",
    "e\u{301}\u{301}\u{301}clair 🇩🇪",
    "\u{9b}2J\u{7f}\u{0}",
];

/// A list of such names, and the first of them opened.
pub(super) fn nasty(opened: bool, size: Extent) -> Model {
    let (mut model, mut world) = nasty_world(size);
    if opened {
        world.press(&mut model, "Enter");
    }
    model
}

/// The same, not opened, with its server.
pub(super) fn nasty_world(size: Extent) -> (Model, World) {
    let mut world = account(12, 6);
    world.channels.truncate(NASTY.len());
    for (channel, name) in world.channels.iter_mut().zip(NASTY) {
        channel.friendly_name = Some(RemoteText::new(name));
        channel.unique_name = Some(RemoteText::new(name));
        let text = format!("{{\"{}\": \"\u{202e}{}\"}}", "key\\u001b", "日本 👩‍👩‍👧‍👦");
        channel.attributes = Attributes::from_text(text);
    }
    for (user, name) in world.users.iter_mut().zip(NASTY) {
        user.identity = RemoteText::new(name);
    }
    for (member, name) in world.members.iter_mut().zip(NASTY) {
        member.identity = RemoteText::new(name);
    }
    reading::spoil(&mut world);
    let model = console_at(&mut world, size, &[Place::Channels(sid(1))]);
    (model, world)
}

/// Everything, with a name for each.
pub(super) fn all(size: Extent) -> Vec<(String, Model)> {
    let mut scenes = Vec::new();
    for (name, place, keys) in lists() {
        for state in State::ALL {
            scenes.push((format!("{name} {state:?}"), list(place, keys, state, size)));
        }
    }
    for name in CHANNEL {
        scenes.push((format!("channel {name}"), of_channel(name, size)));
    }
    for name in OVERLAYS {
        scenes.push((name.to_owned(), overlay(name, size)));
    }
    for name in TEXTS {
        scenes.push((name.to_owned(), of_text(name, size)));
    }
    for name in FLEX {
        scenes.push((format!("Flex channel {name}"), of_flex(name, size)));
    }
    for name in DEEDS {
        scenes.push((name.to_owned(), deed(name, size)));
    }
    for name in JOURNAL {
        scenes.push((format!("journal {name}"), of_journal(name, size)));
    }
    for name in JOBS {
        scenes.push((format!("jobs {name}"), of_jobs(name, size)));
    }
    for name in ARRANGED {
        scenes.push((name.to_owned(), arranged(name, size)));
    }
    for name in FOUND {
        scenes.push((name.to_owned(), found(name, size)));
    }
    for name in REMEMBERED {
        scenes.push((name.to_owned(), remembered(name, size)));
    }
    for name in ACCOUNTS {
        scenes.push((name.to_owned(), of_account(name, size)));
    }
    scenes.push(("user's attributes".to_owned(), of_user(size)));
    scenes.push(("nasty names".to_owned(), nasty(false, size)));
    scenes.push(("a nasty channel".to_owned(), nasty(true, size)));
    scenes
}

/// The names of [`of_channel`].
pub(super) const CHANNEL: [&str; 12] = [
    "loading",
    "failed",
    "plain",
    "no_attributes",
    "empty_text",
    "not_json",
    "an_array",
    "pending",
    "gone",
    "searched",
    "attributes",
    "attributes_not_json",
];

/// Somebody else changed the channel while a form was open.
fn review(name: &str, model: &mut Model, world: &mut World) {
    let channel = &mut world.channels[0];
    channel.created_by = Some(RemoteText::new("ana"));
    match name {
        "review_always" => model.review_always = true,
        _ => channel.friendly_name = Some(RemoteText::new("Support EMEA")),
    }
    if name == "review_attributes" {
        let stored = channel.attributes.text().to_owned();
        let theirs = stored.replace("tier-2", "tier-3").replace("vip", "gold");
        channel.attributes = Attributes::from_text(theirs);
        press(model, "Tab Tab");
        let typed = stored.replace("tier-2", "tier-1").replacen('{', "{\"owner\":\"ana\",", 1);
        let Some(Overlay::Form(draft)) = &mut model.overlay else { return };
        draft.focused().into_iter().for_each(|field| field.put(&typed));
    }
    world.send(model, "^s");
}
