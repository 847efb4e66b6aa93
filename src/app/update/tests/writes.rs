//! Writes: laid over at once, true only by the answer.

use crate::api::{
    chat::{
        channels::{Channel, ChannelPatch},
        memberships::{MembershipPatch, NotificationLevel},
    },
    client::Webhooks,
    remote_text::RemoteText,
};
use crate::app::{
    effect::Effect,
    form::FieldName,
    model::{Model, Overlay},
    msg::Msg,
    notice::{ProblemKind, Tone},
    place::Place,
    testing::{
        World, bare, channel, console_at, fail, last_said, membership, membership_key, on, press,
        problem, refusal, reply, sid, with_level, write,
    },
    ticket::{EditKey, Lane},
    update::update,
};

const NARROW: (u16, u16) = (80, 24);
const MUTED: NotificationLevel = NotificationLevel::Muted;
const DEFAULT: NotificationLevel = NotificationLevel::Default;

fn at_memberships() -> (World, Model) {
    let mut world = World::of(1, 3, 2);
    let places = [Place::Users(sid(1)), Place::Memberships(sid(1), sid(11))];
    let model = console_at(&mut world, NARROW, &places);
    (world, model)
}

fn at_channels() -> (World, Model) {
    let mut world = World::of(1, 3, 2);
    let model = console_at(&mut world, NARROW, &[Place::Channels(sid(1))]);
    (world, model)
}

fn level(model: &Model) -> NotificationLevel {
    let known = model.entities.membership(membership_key(11, 11)).expect("known");
    known.notification_level.clone()
}

fn confirmed_level(model: &Model) -> NotificationLevel {
    let known = model.entities.confirmed_membership(membership_key(11, 11)).expect("known");
    known.notification_level.clone()
}

fn edit_key() -> EditKey {
    EditKey::Membership(membership_key(11, 11))
}

fn saving(to: NotificationLevel) -> Effect {
    Effect::SaveMembership {
        ticket: on(Lane::Write(edit_key())),
        service: sid(1),
        key: membership_key(11, 11),
        patch: MembershipPatch { notification_level: Some(to), ..MembershipPatch::default() },
        record: Box::default(),
    }
}

fn name(model: &Model, number: u32) -> String {
    let channel = model.entities.channel(sid(number)).expect("known");
    channel.friendly_name.as_ref().map(|name| name.raw().to_owned()).unwrap_or_default()
}

fn tone(model: &Model) -> Tone {
    model.notices.log().next().expect("a notice").tone
}

/// Renames the channel under the cursor; the order to save it.
fn rename(world: &mut World, model: &mut Model, to: &str) -> Effect {
    press(model, "e ^u Home ^k");
    let orders = [write(model, to), world.send(model, "^s")].concat();
    orders.into_iter().next().expect("an order to save")
}

fn patch(friendly_name: &str) -> ChannelPatch {
    ChannelPatch { friendly_name: Some(friendly_name.to_owned()), ..ChannelPatch::default() }
}

#[test]
fn a_mute_shows_at_once_is_pending_and_then_confirmed() {
    let (mut world, mut model) = at_memberships();
    let orders = world.send(&mut model, "m");
    assert_eq!(bare(&orders), [saving(MUTED)]);
    assert_eq!((level(&model), confirmed_level(&model)), (MUTED, DEFAULT));
    assert_eq!(model.entities.writes_out(), 1);
    assert_eq!(world.serve(&mut model, orders), []);
    assert_eq!((level(&model), confirmed_level(&model)), (MUTED, MUTED));
    assert_eq!(model.entities.writes_out(), 0);
    assert_eq!(last_said(&model), "muted user-11 in Channel 11");
    assert_eq!(bare(&world.send(&mut model, "m")), [saving(DEFAULT)], "and back");
}

#[test]
fn a_refused_mute_goes_back_and_says_why() {
    let (mut world, mut model) = at_memberships();
    let orders = world.send(&mut model, "m");
    assert_eq!(fail(&mut model, &orders[0], refusal(50210, "level not allowed")), []);
    assert_eq!(level(&model), DEFAULT);
    assert_eq!(model.entities.writes_out(), 0);
    let text = "not saved: user-11 in Channel 11: level not allowed (status 400, code 50210)";
    assert_eq!((last_said(&model), tone(&model)), (text, Tone::Bad));
}

#[test]
fn a_second_mute_while_one_is_out_is_refused_with_words() {
    let (_, mut model) = at_memberships();
    press(&mut model, "m");
    assert_eq!(press(&mut model, "m"), []);
    assert_eq!(last_said(&model), "the last change here is still being saved");
    assert_eq!(press(&mut model, "e"), []);
    assert!(model.overlay.is_none(), "nor can it be edited");
    assert_eq!(press(&mut model, "j m").len(), 1, "another row can");
    assert_eq!(model.entities.writes_out(), 2);
}

#[test]
fn a_mute_whose_answer_was_lost_is_read_again_and_told_truly() {
    let truths = [
        (MUTED, MUTED, "muted user-11 in Channel 11 (answer failed: the connection broke off)"),
        (
            DEFAULT,
            DEFAULT,
            "not saved: user-11 in Channel 11: the server does not have the change (the connection broke off)",
        ),
    ];
    for (truth, after, words) in truths {
        let (mut world, mut model) = at_memberships();
        let orders = world.send(&mut model, "m");
        let check = fail(&mut model, &orders[0], problem(ProblemKind::OutcomeUnknown));
        assert_eq!(
            bare(&check),
            [Effect::RereadMembership {
                ticket: on(Lane::Reread(edit_key())),
                service: sid(1),
                key: membership_key(11, 11),
            }]
        );
        let words_meanwhile = "may or may not be saved: user-11 in Channel 11; reading it again (the connection broke off)";
        assert_eq!((last_said(&model), tone(&model)), (words_meanwhile, Tone::Warn));
        assert_eq!((level(&model), model.entities.writes_out()), (MUTED, 1), "still pending");
        let found = with_level(&membership(1, 11, 11), truth);
        let settled = update(&mut model, Msg::MembershipReread(reply(&check[0], found)));
        let written = crate::app::testing::ticket(&orders[0]);
        assert_eq!(settled, [Effect::Settle { written, is_done: words.starts_with("muted") }]);
        assert_eq!((level(&model), confirmed_level(&model)), (after.clone(), after));
        assert_eq!((last_said(&model), model.entities.writes_out()), (words, 0));
    }
}

#[test]
fn a_mute_that_nobody_can_tell_about_says_so() {
    let (mut world, mut model) = at_memberships();
    let orders = world.send(&mut model, "m");
    let check = fail(&mut model, &orders[0], problem(ProblemKind::OutcomeUnknown));
    assert_eq!(fail(&mut model, &check[0], problem(ProblemKind::Refused)), []);
    let words = "unknown whether saved: user-11 in Channel 11; it could not be read again: the server said no; r reads it";
    assert_eq!((last_said(&model), tone(&model)), (words, Tone::Bad));
    assert_eq!((level(&model), model.entities.writes_out()), (DEFAULT, 0));
}

#[test]
fn a_lost_answer_does_not_say_that_the_server_is_back() {
    let (_, mut model) = at_memberships();
    let orders = press(&mut model, "r m");
    fail(&mut model, &orders[0], problem(ProblemKind::Offline));
    assert!(model.contact.away_since.is_some());
    fail(&mut model, &orders[1], problem(ProblemKind::OutcomeUnknown));
    assert!(model.contact.away_since.is_some(), "nobody has heard from it");
    assert!(model.contact.retry_at.is_some(), "so it is tried again");
}

#[test]
fn only_changed_fields_are_sent() {
    let (mut world, mut model) = at_channels();
    let order = rename(&mut world, &mut model, "Lobby");
    let expected = Effect::SaveChannel {
        ticket: on(Lane::Write(EditKey::Channel(sid(11)))),
        service: sid(1),
        channel: sid(11),
        patch: patch("Lobby"),
        webhooks: Webhooks::Off,
        record: Box::default(),
    };
    assert_eq!(bare(std::slice::from_ref(&order)), [expected]);
    assert!(model.overlay.is_none(), "the form closes at once");
    assert_eq!(name(&model, 11), "Lobby", "and the new name shows in every pane");
    world.serve(&mut model, vec![order]);
    assert_eq!(name(&model, 11), "Lobby");
    assert_eq!(last_said(&model), "saved friendly name of Channel 11");
    assert_eq!(model.entities.writes_out(), 0);
}

#[test]
fn untouched_attributes_are_not_sent_however_odd_they_are() {
    let (mut world, mut model) = at_channels();
    world.channels[0].attributes = crate::api::attributes::Attributes::from_text("{\"a\": 1,}");
    world.press(&mut model, "r");
    let Effect::SaveChannel { patch: sent, .. } = rename(&mut world, &mut model, "Lobby") else {
        panic!("not saved")
    };
    assert_eq!(sent, patch("Lobby"));
}

#[test]
fn attributes_that_were_made_invalid_block_the_save() {
    let (_, mut model) = at_channels();
    press(&mut model, "e");
    write(&mut model, "x");
    press(&mut model, "Tab Tab");
    write(&mut model, "[");
    press(&mut model, "S-Tab");
    assert_eq!(press(&mut model, "^s"), []);
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form stays") };
    assert_eq!(draft.fields[draft.at].name, FieldName::Attributes, "the focus goes there");
    assert_eq!(draft.changed(FieldName::FriendlyName).as_deref(), Some("Channel 11x"));
    assert!(last_said(&model).starts_with("not saved: Attributes: "), "{}", last_said(&model));
    assert_eq!(model.entities.writes_out(), 0);
    press(&mut model, "Backspace");
    assert_eq!(press(&mut model, "^s").len(), 1, "mended, it goes");
}

#[test]
fn nothing_changed_sends_nothing() {
    let (_, mut model) = at_channels();
    press(&mut model, "e");
    assert_eq!(press(&mut model, "^s"), []);
    assert!(model.overlay.is_none());
    assert_eq!(last_said(&model), "nothing was changed, nothing was sent");
}

#[test]
fn a_refusal_reopens_the_form_with_what_was_typed_and_blames_the_field() {
    let (mut world, mut model) = at_channels();
    press(&mut model, "e Tab");
    write(&mut model, "-taken");
    let orders = world.send(&mut model, "^s");
    fail(
        &mut model,
        &orders[0],
        refusal(50307, "Channel with provided unique name already exists"),
    );
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form is back") };
    let field = &draft.fields[draft.at];
    assert_eq!((field.name, field.text().as_str()), (FieldName::UniqueName, "channel-11-taken"));
    let why = "Channel with provided unique name already exists (status 400, code 50307)";
    assert_eq!(field.problem.as_deref(), Some(why));
    let confirmed = model.entities.channel(sid(11)).expect("known");
    assert_eq!(confirmed, channel(1, 11), "the row is as it was");
    write(&mut model, "2");
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form stays") };
    assert_eq!(draft.fields[draft.at].problem, None, "typing on takes the blame away");
    assert_eq!(press(&mut model, "^s").len(), 1);
}

#[test]
fn a_refusal_while_something_else_is_open_keeps_the_text_for_later() {
    for busy in ["?", "!", "j e", "/"] {
        let (mut world, mut model) = at_channels();
        let order = rename(&mut world, &mut model, "Lobby");
        press(&mut model, busy);
        fail(&mut model, &order, refusal(50003, "Friendly name is too long"));
        let forms = matches!(&model.overlay, Some(Overlay::Form(draft)) if draft.key == EditKey::Channel(sid(11)));
        assert!(!forms, "{busy}: what is open stays open");
        assert_eq!(
            last_said(&model),
            "not saved: Channel 11: Friendly name is too long (status 400, code 50003)"
        );
        press(&mut model, "Esc g e");
        let Some(Overlay::Form(draft)) = &model.overlay else { panic!("{busy}: e brings it back") };
        assert_eq!(draft.changed(FieldName::FriendlyName).as_deref(), Some("Lobby"), "{busy}");
        assert!(draft.fields[0].problem.is_some(), "{busy}: with the reason");
    }
}

#[test]
fn an_answer_that_differs_from_what_was_sent_is_told() {
    let (mut world, mut model) = at_channels();
    let order = rename(&mut world, &mut model, "  Lobby  ");
    let trimmed = Channel { friendly_name: Some(RemoteText::new("Lobby")), ..channel(1, 11) };
    update(&mut model, Msg::ChannelSaved(reply(&order, trimmed)));
    assert_eq!(
        last_said(&model),
        "Channel 11: the server answered another friendly name than was sent"
    );
    assert_eq!(tone(&model), Tone::Warn);
    assert_eq!(name(&model, 11), "Lobby", "what the server has is shown");
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("what was typed is kept") };
    assert_eq!(draft.changed(FieldName::FriendlyName).as_deref(), Some("  Lobby  "));
}

#[test]
fn a_list_that_was_asked_for_before_the_write_settled_cannot_undo_it() {
    let (mut world, mut model) = at_channels();
    let before = press(&mut model, "r");
    let stale = world.answer(&before[0]).expect("a page");
    let order = rename(&mut world, &mut model, "Lobby");
    let during = press(&mut model, "r");
    let also_stale = world.answer(&during[0]).expect("a page");
    let saved = world.answer(&order).expect("an answer");
    update(&mut model, saved);
    update(&mut model, stale);
    assert_eq!(name(&model, 11), "Lobby");
    update(&mut model, also_stale);
    assert_eq!(name(&model, 11), "Lobby", "asked while the write was out");
    assert_eq!(name(&model, 12), "Channel 12");
    world.channels[0].friendly_name = Some(RemoteText::new("changed elsewhere"));
    world.press(&mut model, "r");
    assert_eq!(name(&model, 11), "changed elsewhere", "what is asked later counts");
}

#[test]
fn a_form_says_when_the_channel_changed_under_it_and_still_sends_only_what_was_typed() {
    let (mut world, mut model) = at_channels();
    let refresh = press(&mut model, "r");
    press(&mut model, "e");
    write(&mut model, "x");
    world.channels[0].unique_name = Some(RemoteText::new("changed-elsewhere"));
    world.serve(&mut model, refresh);
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form stays") };
    assert!(draft.changed_elsewhere);
    let orders = world.send(&mut model, "^s");
    let Effect::SaveChannel { patch: sent, .. } = &orders[0] else { panic!("not saved") };
    assert_eq!(sent, &patch("Channel 11x"));
}

#[test]
fn a_channel_write_whose_answer_was_lost_gives_the_text_back_if_it_did_not_land() {
    let (mut world, mut model) = at_channels();
    let order = rename(&mut world, &mut model, "Lobby");
    let check = fail(&mut model, &order, problem(ProblemKind::OutcomeUnknown));
    assert_eq!(
        bare(&check),
        [Effect::RereadChannel {
            ticket: on(Lane::Reread(EditKey::Channel(sid(11)))),
            service: sid(1),
            channel: sid(11),
        }]
    );
    world.serve(&mut model, check);
    assert_eq!(name(&model, 11), "Channel 11");
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form is back") };
    assert_eq!(draft.changed(FieldName::FriendlyName).as_deref(), Some("Lobby"));
}

#[test]
fn the_membership_form_sends_the_level() {
    let (mut world, mut model) = at_memberships();
    let orders = world.send(&mut model, "e Right ^s");
    assert_eq!(bare(&orders), [saving(MUTED)]);
    world.serve(&mut model, orders);
    assert_eq!(level(&model), MUTED);
}

#[test]
fn a_membership_that_is_gone_is_marked_until_it_is_seen_again() {
    let (mut world, mut model) = at_memberships();
    let orders = world.send(&mut model, "m");
    fail(&mut model, &orders[0], problem(ProblemKind::Gone));
    assert!(model.entities.is_gone(edit_key()));
    world.press(&mut model, "r");
    assert!(!model.entities.is_gone(edit_key()));
}
