//! Writes that meet what somebody else changed: read first, compared, sent together or looked at.

use crate::api::{
    attributes::Attributes,
    chat::{
        channels::{Channel, ChannelPatch, ChannelType},
        services::Service,
    },
    remote_text::RemoteText,
};
use crate::app::{
    effect::Effect,
    form::FieldName,
    model::{Model, Overlay},
    msg::Msg,
    notice::ProblemKind,
    place::Place,
    testing::{
        World, console_at, fail, last_said, membership_key, press, problem, sid, ticket, wait,
        with_level, write, written,
    },
    ticket::{EditKey, Reply},
    update::update,
};
use crate::state::{Entry, Record};

fn at_channels() -> (World, Model) {
    let mut world = World::of(1, 3, 2);
    let model = console_at(&mut world, (80, 24), &[Place::Channels(sid(1))]);
    (world, model)
}

/// Opens the form and types something at the end of the friendly name.
fn type_name(world: &mut World, model: &mut Model) {
    world.press(model, "e");
    write(model, "!");
}

fn patch_of(orders: &[Effect]) -> &ChannelPatch {
    match orders {
        [Effect::SaveChannel { patch, .. }] => patch,
        other => panic!("not one save: {other:?}"),
    }
}

/// Looks at what has come up; a key that is pressed at once was meant for what it covers.
fn look(model: &mut Model) {
    wait(model, 500);
}

fn is_reviewed(model: &Model) -> bool {
    matches!(model.overlay, Some(Overlay::Review(_)))
}

fn named(world: &mut World, name: &str) {
    world.channels[0].friendly_name = Some(RemoteText::new(name));
}

#[test]
fn nothing_is_sent_before_the_resource_was_read() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    let orders = press(&mut model, "^s");
    assert!(matches!(&orders[..], [Effect::RereadChannel { .. }]), "{orders:?}");
    assert_eq!(model.entities.writes_out(), 1, "and it shows as pending meanwhile");
    let why = problem(ProblemKind::Offline);
    assert_eq!(fail(&mut model, &orders[0], why), []);
    let said = "not saved: Channel 11: it could not be read before the change: no connection to \
                chat.twilio.com";
    assert_eq!(last_said(&model), said);
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form is back") };
    assert_eq!(draft.changed(FieldName::FriendlyName).as_deref(), Some("Channel 11!"));
}

#[test]
fn what_somebody_else_changed_in_another_field_is_kept() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    world.channels[0].unique_name = Some(RemoteText::new("elsewhere"));
    let orders = world.send(&mut model, "^s");
    let expected =
        ChannelPatch { friendly_name: Some("Channel 11!".to_owned()), ..ChannelPatch::default() };
    assert_eq!(patch_of(&orders), &expected);
    world.serve(&mut model, orders);
    assert_eq!(last_said(&model), "saved friendly name of Channel 11");
    let channel = model.entities.confirmed_channel(sid(11)).expect("known");
    assert_eq!(channel.unique_name.as_ref().map(RemoteText::raw), Some("elsewhere"));
}

#[test]
fn the_same_field_is_looked_at_and_enter_saves_what_was_typed() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    named(&mut world, "theirs");
    assert_eq!(world.send(&mut model, "^s"), [], "nothing is sent");
    assert!(is_reviewed(&model));
    assert_eq!(model.entities.writes_out(), 0);
    assert_eq!(world.send(&mut model, "Enter s t"), [], "nobody can have looked yet");
    assert!(is_reviewed(&model) && last_said(&model).contains("look first"));
    look(&mut model);
    let orders = world.send(&mut model, "Enter");
    assert_eq!(patch_of(&orders).friendly_name.as_deref(), Some("Channel 11!"));
    world.serve(&mut model, orders);
    assert!(model.overlay.is_none());
}

#[test]
fn a_further_change_during_the_look_is_looked_at_too() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    named(&mut world, "theirs");
    world.send(&mut model, "^s");
    named(&mut world, "theirs again");
    look(&mut model);
    assert_eq!(world.send(&mut model, "s"), []);
    let Some(Overlay::Review(review)) = &model.overlay else { panic!("looked at again") };
    assert_eq!(review.compared[0].theirs, "theirs again");
    assert_eq!(review.compared[0].base, "theirs", "what was looked at last");
    look(&mut model);
    assert_eq!(world.send(&mut model, "s").len(), 1);
}

#[test]
fn taking_theirs_sends_nothing_and_loses_nothing() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    named(&mut world, "theirs");
    world.send(&mut model, "^s");
    look(&mut model);
    assert_eq!(world.press(&mut model, "t"), []);
    assert!(model.overlay.is_none());
    world.press(&mut model, "e");
    let text = |model: &Model| match &model.overlay {
        Some(Overlay::Form(draft)) => draft.fields[0].text(),
        other => panic!("{other:?}"),
    };
    assert_eq!(text(&model), "theirs");
    press(&mut model, "F5");
    assert_eq!(text(&model), "Channel 11!");
}

#[test]
fn leaving_the_look_goes_back_to_the_form() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    named(&mut world, "theirs");
    world.send(&mut model, "^s");
    press(&mut model, "Esc");
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form") };
    assert_eq!(draft.fields[0].text(), "Channel 11!");
    assert!(draft.changed_elsewhere);
    press(&mut model, "^s");
    assert!(!is_reviewed(&model), "read again first");
}

#[test]
fn a_collision_while_something_else_is_open_waits() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    named(&mut world, "theirs");
    let orders = press(&mut model, "^s");
    press(&mut model, "?");
    assert_eq!(world.serve(&mut model, orders), []);
    assert!(matches!(model.overlay, Some(Overlay::Help { .. })));
    assert!(last_said(&model).contains("it was changed elsewhere too; e shows it"));
    let draft = &model.drafts[&EditKey::Channel(sid(11))];
    assert_eq!(draft.fields[0].text(), "Channel 11!");
}

#[test]
fn what_the_server_has_already_is_not_sent() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    named(&mut world, "Channel 11!");
    assert_eq!(world.send(&mut model, "^s"), []);
    assert_eq!(last_said(&model), "Channel 11: the server has that already; nothing was sent");
    assert!(model.overlay.is_none() && model.drafts.is_empty());

    let mut world = World::of(1, 3, 2);
    let places = [Place::Users(sid(1)), Place::Memberships(sid(1), sid(11))];
    let mut model = console_at(&mut world, (80, 24), &places);
    let at = world.memberships.iter().position(|it| it.channel_sid == sid(11)).expect("there");
    let muted = crate::api::chat::memberships::NotificationLevel::Muted;
    world.memberships[at] = with_level(&world.memberships[at], muted.clone());
    assert_eq!(world.send(&mut model, "m"), []);
    let known = model.entities.membership(membership_key(11, 11)).expect("known");
    assert_eq!(known.notification_level, muted);
    assert!(last_said(&model).ends_with("the server has that already; nothing was sent"));

    let (mut world, mut model) = at_channels();
    press(&mut model, "M");
    world.channels[0].kind = ChannelType::Private;
    assert_eq!(world.send(&mut model, "y"), []);
    assert!(last_said(&model).ends_with("the server has that already; nothing was sent"));
}

#[test]
fn a_profile_can_want_every_change_to_be_looked_at() {
    let (mut world, mut model) = at_channels();
    model.review_always = true;
    type_name(&mut world, &mut model);
    assert_eq!(world.send(&mut model, "^s"), []);
    assert!(is_reviewed(&model));
    look(&mut model);
    assert_eq!(world.send(&mut model, "Enter").len(), 1, "once is enough");
}

#[test]
fn quitting_from_the_look_asks_because_text_would_be_lost() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    named(&mut world, "theirs");
    world.send(&mut model, "^s");
    assert_eq!(press(&mut model, "^c ^c"), []);
    assert!(matches!(model.overlay, Some(Overlay::Quit)));
    press(&mut model, "n");
    world.press(&mut model, "e");
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form") };
    assert_eq!(draft.fields[0].text(), "Channel 11!");
}

#[test]
fn what_only_somebody_else_changed_is_never_sent_whatever_its_bytes() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    let theirs = "{\r\n\"a\": 1\r\n}\r\n";
    world.channels[0].attributes = Attributes::from_text(theirs);
    world.channels[0].unique_name = Some(RemoteText::new("two\r\nlines"));
    let orders = world.send(&mut model, "^s");
    let expected =
        ChannelPatch { friendly_name: Some("Channel 11!".to_owned()), ..ChannelPatch::default() };
    assert_eq!(patch_of(&orders), &expected);
}

#[test]
fn text_that_gave_way_to_theirs_is_asked_about_before_quitting() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    named(&mut world, "theirs");
    world.send(&mut model, "^s");
    look(&mut model);
    world.press(&mut model, "t e");
    assert!(last_said(&model).starts_with("this is what is stored; F5 brings back"));
    press(&mut model, "Esc q");
    assert!(matches!(model.overlay, Some(Overlay::Quit)));
    world.press(&mut model, "n e F5");
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form") };
    assert_eq!(draft.fields[0].text(), "Channel 11!");
}

/// A write of the journal: channel 11 was called otherwise before.
fn renaming() -> Entry {
    let named = |name: &str| Some(format!("{{\"FriendlyName\":\"{name}\"}}"));
    let record = Record {
        kind: "channel.update".to_owned(),
        path: format!("/v2/Services/{}/Channels/{}", sid::<Service>(1), sid::<Channel>(11)),
        before: named("Before"),
        after: named("Channel 11"),
        ..Record::default()
    };
    written("7", record)
}

/// Presses `u`, and has this entry found.
fn take_back(world: &mut World, model: &mut Model, entry: Entry) {
    let orders = press(model, "u");
    let found = Reply { ticket: ticket(&orders[0]), result: Ok(Some(Box::new(entry))) };
    let reading = update(model, Msg::UndoableFound(found));
    world.serve(model, reading);
}

#[test]
fn taking_back_never_takes_the_place_of_what_was_typed() {
    let (mut world, mut model) = at_channels();
    type_name(&mut world, &mut model);
    press(&mut model, "Esc");
    take_back(&mut world, &mut model, renaming());
    let orders = world.send(&mut model, "Enter");
    assert_eq!(patch_of(&orders).friendly_name.as_deref(), Some("Before"));
    fail(&mut model, &orders[0], problem(ProblemKind::Refused));
    assert!(model.overlay.is_none());
    let draft = &model.drafts[&EditKey::Channel(sid(11))];
    assert_eq!(draft.fields[0].text(), "Channel 11!");
    take_back(&mut world, &mut model, renaming());
    press(&mut model, "Esc");
    assert_eq!(last_said(&model), "not taken back");
    assert_eq!(model.drafts[&EditKey::Channel(sid(11))].fields[0].text(), "Channel 11!");
}

#[test]
fn what_no_reading_tells_is_not_taken_back_and_not_told_as_taken_back() {
    let (mut world, mut model) = at_channels();
    let moment = Some(r#"{"LastConsumptionTimestamp":"2024"}"#.to_owned());
    let record = Record {
        kind: "membership.update".to_owned(),
        before: moment.clone(),
        after: moment,
        ..renaming().record
    };
    take_back(&mut world, &mut model, Entry { record, ..renaming() });
    assert!(model.overlay.is_none());
    assert!(last_said(&model).contains("does not tell what the last consumption was before"));
}
