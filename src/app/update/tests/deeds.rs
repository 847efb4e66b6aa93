//! Making, migrating, deleting and removing: asked first, sent once, told as what they turned out to be.

use crate::api::{
    chat::channels::{ChannelType, NewChannel, Visibility},
    client::Webhooks,
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    model::{Model, Overlay},
    msg::Msg,
    notice::{ProblemKind, Tone},
    place::Place,
    testing::{
        World, bare, console_at, fail, last_said, membership_key, on, press, problem, refusal,
        said, sid, wait, write,
    },
    ticket::{EditKey, Lane},
    update::update,
};

fn at_channels() -> (World, Model) {
    let mut world = World::of(1, 3, 2);
    let model = console_at(&mut world, (80, 24), &[Place::Channels(sid(1))]);
    (world, model)
}

fn at_memberships() -> (World, Model) {
    let mut world = World::of(1, 3, 2);
    let places = [Place::Users(sid(1)), Place::Memberships(sid(1), sid(11))];
    let model = console_at(&mut world, (80, 24), &places);
    (world, model)
}

/// Types a command and runs it.
fn command(model: &mut Model, text: &str) -> Vec<Effect> {
    press(model, ":");
    write(model, text);
    press(model, "Enter")
}

fn is_asked(model: &Model) -> bool {
    matches!(model.overlay, Some(Overlay::Confirm(_)))
}

fn deletion(webhooks: Webhooks) -> Effect {
    let ticket = on(Lane::Write(EditKey::Channel(sid(11))));
    Effect::DeleteChannel {
        ticket,
        service: sid(1),
        channel: sid(11),
        webhooks,
        record: Box::default(),
    }
}

fn is_gone(model: &Model) -> bool {
    model.entities.is_gone(EditKey::Channel(sid(11)))
}

#[test]
fn delete_has_no_key_and_wants_the_end_of_the_sid() {
    let (mut world, mut model) = at_channels();
    let reading = command(&mut model, "delete");
    assert!(matches!(&reading[..], [Effect::FetchChannel { .. }]), "its counts may be old");
    world.serve(&mut model, reading);
    assert!(is_asked(&model), "it asks first");
    assert_eq!(press(&mut model, "Enter"), [], "Enter alone does nothing");
    assert_eq!(last_said(&model), "nothing was sent: the sid ends in 000b");
    write(&mut model, "000c");
    assert_eq!(press(&mut model, "Enter"), [], "nor does another's end");
    press(&mut model, "Backspace");
    write(&mut model, "B");
    let orders = world.send(&mut model, "Enter");
    assert_eq!(bare(&orders), [deletion(Webhooks::Off)]);
    assert!(!is_gone(&model) && !is_asked(&model), "the row waits for the answer");
    assert_eq!(world.serve(&mut model, orders), []);
    assert!(is_gone(&model));
    assert_eq!(last_said(&model), "deleted Channel 11");
    assert_eq!(world.channels.len(), 2);
    let rows = model.rows(Place::Channels(sid(1))).expect("rows");
    assert_eq!((rows.loaded(), rows.at()), (3, 0), "the row is struck, not taken away");
    world.press(&mut model, "r");
    assert_eq!(model.rows(Place::Channels(sid(1))).expect("rows").loaded(), 2);
}

#[test]
fn the_end_can_be_typed_with_the_command_and_webhooks_are_switched_in_the_question() {
    let (mut world, mut model) = at_channels();
    command(&mut model, "del 000b");
    assert!(is_asked(&model));
    assert_eq!(bare(&world.send(&mut model, "w Enter")), [deletion(Webhooks::On)]);
}

#[test]
fn the_session_can_tell_webhooks_of_every_write() {
    let (mut world, mut model) = at_channels();
    command(&mut model, "webhooks on");
    command(&mut model, "delete 000b");
    let orders = world.send(&mut model, "Enter");
    assert_eq!(bare(&orders), [deletion(Webhooks::On)]);
    world.serve(&mut model, orders);
    assert_eq!(last_said(&model), "deleted Channel 11 · webhooks told");
}

#[test]
fn leaving_the_question_does_nothing() {
    let (_, mut model) = at_channels();
    command(&mut model, "delete 000b");
    assert_eq!(press(&mut model, "Esc"), []);
    assert!(model.overlay.is_none() && model.entities.writes_out() == 0);
}

#[test]
fn what_is_gone_already_counts_as_deleted_and_says_so() {
    let (mut world, mut model) = at_channels();
    world.channels.remove(0);
    command(&mut model, "delete 000b");
    let orders = press(&mut model, "Enter");
    world.serve(&mut model, orders);
    assert!(is_gone(&model));
    let text = "Channel 11: it was gone already, so there was nothing left to do";
    assert_eq!(last_said(&model), text);
    command(&mut model, "delete 000b");
    assert_eq!(last_said(&model), "it is gone already");
}

#[test]
fn what_turns_out_to_be_gone_while_the_question_is_read_counts_as_deleted_too() {
    let (mut world, mut model) = at_channels();
    world.channels.remove(0);
    let reading = command(&mut model, "delete 000b");
    world.serve(&mut model, reading);
    assert_eq!(press(&mut model, "Enter"), []);
    let text = "Channel 11: it was gone already, so there was nothing left to do";
    assert_eq!(last_said(&model), text);
    assert!(is_gone(&model) && !is_asked(&model));
}

#[test]
fn a_delete_whose_answer_was_lost_is_read_again_and_told_truly() {
    for was_applied in [true, false] {
        let (mut world, mut model) = at_channels();
        command(&mut model, "delete 000b");
        let orders = world.send(&mut model, "Enter");
        if was_applied {
            world.answer(&orders[0]);
        }
        let check = fail(&mut model, &orders[0], problem(ProblemKind::OutcomeUnknown));
        assert!(last_said(&model).starts_with("may or may not be deleted: Channel 11"));
        world.serve(&mut model, check);
        assert_eq!(is_gone(&model), was_applied);
        let text = if was_applied {
            "deleted Channel 11 (answer failed: the connection broke off)"
        } else {
            "not deleted: Channel 11: the server still has it (the connection broke off)"
        };
        assert_eq!(last_said(&model), text);
    }
}

#[test]
fn a_refused_delete_leaves_the_row_and_says_why() {
    let (mut world, mut model) = at_channels();
    command(&mut model, "delete 000b");
    let orders = world.send(&mut model, "Enter");
    fail(&mut model, &orders[0], refusal(50_107, "not authorized"));
    assert!(!is_gone(&model) && model.overlay.is_none());
    assert_eq!(
        last_said(&model),
        "not deleted: Channel 11: not authorized (status 400, code 50107)"
    );
}

#[test]
fn a_user_is_removed_from_a_channel_where_the_membership_is() {
    let (mut world, mut model) = at_memberships();
    command(&mut model, "delete 000b");
    let orders = world.send(&mut model, "Enter");
    let key = membership_key(11, 11);
    let ticket = on(Lane::Write(EditKey::Membership(key)));
    let webhooks = Webhooks::Off;
    assert_eq!(
        bare(&orders),
        [Effect::DeleteMembership {
            ticket,
            service: sid(1),
            key,
            webhooks,
            record: Box::default()
        }]
    );
    let before = world.memberships.len();
    world.serve(&mut model, orders);
    assert_eq!(world.memberships.len(), before - 1);
    assert!(model.entities.is_gone(EditKey::Membership(key)));
    assert_eq!(last_said(&model), "removed user-11 from Channel 11");
    assert_eq!(press(&mut model, "m"), [], "what is gone is not muted");
}

#[test]
fn a_member_is_removed_once_its_user_is_known() {
    let mut world = World::of(1, 3, 2);
    let places = [Place::Channels(sid(1)), Place::Members(sid(1), sid(11))];
    let mut model = console_at(&mut world, (80, 24), &places);
    command(&mut model, "delete");
    assert!(!is_asked(&model));
    assert!(last_said(&model).starts_with("the member's user has not been read yet"));
    world.press(&mut model, "Enter Esc");
    command(&mut model, "delete 000b");
    let orders = world.send(&mut model, "Enter");
    assert!(matches!(&orders[..], [Effect::DeleteMembership { .. }]));
}

#[test]
fn migrating_says_one_way_and_is_confirmed_by_y_alone() {
    let (mut world, mut model) = at_channels();
    assert_eq!(world.press(&mut model, "M"), []);
    assert!(is_asked(&model));
    assert_eq!(press(&mut model, "Enter"), [], "only y goes on");
    let orders = world.send(&mut model, "y");
    let ticket = on(Lane::Write(EditKey::Channel(sid(11))));
    let expected = Effect::MigrateChannel {
        ticket,
        service: sid(1),
        channel: sid(11),
        messaging_service: None,
        webhooks: Webhooks::Off,
        record: Box::default(),
    };
    assert_eq!(bare(&orders), [expected]);
    let kind = |model: &Model| model.entities.channel(sid(11)).expect("known").kind;
    assert_eq!(kind(&model), ChannelType::Public, "nothing is shown before it is true");
    world.serve(&mut model, orders);
    assert_eq!(kind(&model), ChannelType::Private);
    assert_eq!(last_said(&model), "migrated Channel 11: it is private now, for good");
    press(&mut model, "M");
    assert!(!is_asked(&model));
    assert_eq!(last_said(&model), "it is private already");
}

#[test]
fn a_messaging_service_is_named_checked_and_kept_when_it_is_refused() {
    let (mut world, mut model) = at_channels();
    press(&mut model, "M g");
    write(&mut model, "MG1");
    assert_eq!(press(&mut model, "Enter y"), [], "not a sid");
    let Some(Overlay::Confirm(question)) = &model.overlay else { panic!("still asked") };
    assert!(question.problem.as_ref().is_some_and(|it| it.why.contains("messaging service")));
    press(&mut model, "g Backspace Backspace Backspace");
    let service = format!("MG{}", "0".repeat(32));
    write(&mut model, &service);
    let orders = world.send(&mut model, "Enter y");
    let named = match &orders[0] {
        Effect::MigrateChannel { messaging_service, .. } => *messaging_service,
        other => panic!("{other:?}"),
    };
    assert_eq!(named.map(|sid: Sid<_>| sid.to_string()).as_deref(), Some(service.as_str()));
    fail(&mut model, &orders[0], refusal(50_342, "does not belong to the account"));
    let Some(Overlay::Confirm(question)) = &model.overlay else { panic!("it comes back") };
    assert_eq!(question.entry.text(), service);
    assert!(question.problem.as_ref().is_some_and(|it| it.code == Some(50_342)));
}

#[test]
fn a_lost_migration_is_read_again() {
    let (mut world, mut model) = at_channels();
    world.press(&mut model, "M");
    let orders = world.send(&mut model, "y");
    world.answer(&orders[0]);
    let check = fail(&mut model, &orders[0], problem(ProblemKind::OutcomeUnknown));
    world.serve(&mut model, check);
    assert!(last_said(&model).starts_with("migrated Channel 11"), "{}", last_said(&model));
}

/// Opens the form for a new channel and types a name.
fn new_channel(model: &mut Model, name: &str) {
    press(model, "a");
    write(model, name);
}

#[test]
fn a_channel_is_made_of_what_was_typed_and_nothing_else() {
    let (mut world, mut model) = at_channels();
    new_channel(&mut model, "Night shift");
    press(&mut model, "Tab Tab Right Tab Tab Tab");
    write(&mut model, "2024-05-17T09:30:00Z");
    let orders = press(&mut model, "^s");
    let new = NewChannel {
        friendly_name: Some("Night shift".to_owned()),
        visibility: Some(Visibility::Private),
        date_created: "2024-05-17T09:30:00Z".parse().ok(),
        ..NewChannel::default()
    };
    let ticket = on(Lane::Write(EditKey::NewChannel(sid(1))));
    let expected = Effect::CreateChannel {
        ticket,
        service: sid(1),
        new,
        webhooks: Webhooks::Off,
        record: Box::default(),
    };
    assert_eq!(bare(&orders), [expected]);
    world.serve(&mut model, orders);
    let made = world.channels.last().expect("one more").sid;
    assert_eq!(last_said(&model), format!("created Night shift {}", made.short()));
    let cursor = model.lists.channels[&sid(1)].cursor();
    assert_eq!(cursor, model.entities.channel_row(made), "the cursor is on it");
}

#[test]
fn a_date_that_is_none_is_told_with_an_example_and_nothing_is_sent() {
    let (_, mut model) = at_channels();
    new_channel(&mut model, "x");
    press(&mut model, "S-Tab");
    write(&mut model, "yesterday");
    press(&mut model, "Tab");
    assert_eq!(press(&mut model, "^s"), []);
    assert_eq!(
        last_said(&model),
        "not saved: Date updated: not a moment in ISO 8601; write it like 2024-05-17T09:30:00Z"
    );
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form stays") };
    assert_eq!(draft.at, 6, "the focus goes there");
}

#[test]
fn a_refused_new_channel_comes_back_to_its_field() {
    let (_, mut model) = at_channels();
    new_channel(&mut model, "x");
    press(&mut model, "Tab");
    write(&mut model, "channel-11");
    let orders = press(&mut model, "^s");
    fail(&mut model, &orders[0], refusal(50_307, "unique name exists"));
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form comes back") };
    assert_eq!(draft.at, 1);
    assert!(draft.fields[1].problem.as_ref().is_some_and(|it| it.contains("50307")));
    press(&mut model, "Esc");
    press(&mut model, "a");
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("a brings it back") };
    assert_eq!(draft.fields[0].text(), "x");
}

#[test]
fn a_new_channel_whose_answer_was_lost_is_looked_up_by_its_unique_name() {
    for was_applied in [true, false] {
        let (mut world, mut model) = at_channels();
        new_channel(&mut model, "Night shift");
        press(&mut model, "Tab");
        write(&mut model, "night");
        let orders = press(&mut model, "^s");
        if was_applied {
            world.answer(&orders[0]);
        }
        let check = fail(&mut model, &orders[0], problem(ProblemKind::OutcomeUnknown));
        assert!(
            matches!(&check[..], [Effect::RereadCreated { unique_name, .. }] if unique_name == "night")
        );
        world.serve(&mut model, check);
        let begins = if was_applied { "created Night shift" } else { "not created: Night shift" };
        assert!(last_said(&model).starts_with(begins), "{}", last_said(&model));
        assert_eq!(model.overlay.is_none(), was_applied, "what was not made can be tried again");
    }
}

#[test]
fn without_a_unique_name_nothing_can_tell_so_the_list_is_read_and_nothing_is_sent_again() {
    let (mut world, mut model) = at_channels();
    new_channel(&mut model, "Night shift");
    let orders = press(&mut model, "^s");
    world.answer(&orders[0]);
    let reading = fail(&mut model, &orders[0], problem(ProblemKind::OutcomeUnknown));
    assert!(matches!(&reading[..], [Effect::ListChannels { next: None, .. }]));
    assert!(last_said(&model).contains("may or may not be created: Night shift"));
    assert!(last_said(&model).ends_with("look for it before you try again"));
    world.serve(&mut model, reading);
    assert_eq!(model.rows(Place::Channels(sid(1))).expect("rows").loaded(), 4);
}

#[test]
fn an_update_can_set_all_six_parameters() {
    let (mut world, mut model) = at_channels();
    press(&mut model, "e");
    write(&mut model, "!");
    press(&mut model, "Tab");
    write(&mut model, "!");
    press(&mut model, "Tab Space Tab");
    write(&mut model, "!");
    press(&mut model, "Tab ^u");
    write(&mut model, "2024-05-17T09:30:00Z");
    press(&mut model, "Tab ^u");
    write(&mut model, "2024-05-18T09:30:00Z");
    let orders = world.send(&mut model, "F8 ^s");
    let Effect::SaveChannel { patch, webhooks, .. } = &orders[0] else { panic!("a save") };
    assert_eq!(*webhooks, Webhooks::On);
    assert!(patch.friendly_name.is_some() && patch.unique_name.is_some());
    assert!(patch.attributes.is_some() && patch.created_by.is_some());
    assert!(patch.date_created.is_some() && patch.date_updated.is_some());
    world.serve(&mut model, orders);
    assert_eq!(
        last_said(&model),
        "saved friendly name, unique name, attributes, created by, date created, date updated of \
         Channel 11 · webhooks told"
    );
}

#[test]
fn a_membership_can_be_marked_read_up_to_an_index_or_not_at_all() {
    for (typed, after) in [("12", Some(12)), ("", None)] {
        let (mut world, mut model) = at_memberships();
        press(&mut model, "e Tab ^u");
        write(&mut model, typed);
        let orders = press(&mut model, "^s");
        world.serve(&mut model, orders);
        let known = model.entities.confirmed_membership(membership_key(11, 11)).expect("known");
        assert_eq!(known.last_consumed_message_index, after);
        assert_eq!(last_said(&model), "saved last consumed index of user-11 in Channel 11");
    }
}

#[test]
fn a_command_that_does_not_exist_stays_to_be_mended() {
    let (_, mut model) = at_channels();
    assert_eq!(command(&mut model, "dwlete"), []);
    assert_eq!(model.prompt.as_ref().map(|it| it.text().to_owned()).as_deref(), Some("dwlete"));
    assert!(said(&model)[0].contains("there is no command"));
    press(&mut model, "Esc");
    assert!(model.prompt.is_none());
    assert_eq!(command(&mut model, "q"), [Effect::Exit { print: None }]);
}

#[test]
fn the_world_may_have_moved_on_while_the_question_was_read() {
    let (mut world, mut model) = at_channels();
    let reading = press(&mut model, "r");
    press(&mut model, "M");
    world.channels[0].kind = ChannelType::Private;
    world.serve(&mut model, reading);
    assert_eq!(press(&mut model, "y"), []);
    assert_eq!(last_said(&model), "nothing was sent: it is private already");
    let tone = model.notices.log().next().map(|it| it.tone);
    assert_eq!(tone, Some(Tone::Warn));
}

#[test]
fn nothing_waits_for_a_question_and_time_goes_on() {
    let (mut world, mut model) = at_channels();
    command(&mut model, "delete");
    assert_eq!(wait(&mut model, 60_000), []);
    assert_eq!(update(&mut model, Msg::Pasted("000b".to_owned())), []);
    assert_eq!(bare(&world.send(&mut model, "Enter")), [deletion(Webhooks::Off)]);
}

#[test]
fn a_channel_that_was_there_is_not_told_as_made() {
    let (mut world, mut model) = at_channels();
    new_channel(&mut model, "");
    press(&mut model, "Tab");
    write(&mut model, "channel-12");
    let orders = press(&mut model, "^s");
    let check = fail(&mut model, &orders[0], problem(ProblemKind::OutcomeUnknown));
    world.serve(&mut model, check);
    assert!(last_said(&model).contains("another channel has this unique name"));
    assert!(matches!(model.overlay, Some(Overlay::Form(_))), "what was typed is back");
}

#[test]
fn what_no_reading_tells_stays_unknown() {
    let (mut world, mut model) = at_memberships();
    press(&mut model, "e Tab Tab");
    write(&mut model, "2024-05-17T09:30:00Z");
    let orders = world.send(&mut model, "^s");
    let check = fail(&mut model, &orders[0], problem(ProblemKind::OutcomeUnknown));
    world.serve(&mut model, check);
    assert!(last_said(&model).starts_with("unknown whether saved"), "{}", last_said(&model));

    let (mut world, mut model) = at_channels();
    press(&mut model, "M g");
    write(&mut model, &format!("MG{}", "0".repeat(32)));
    press(&mut model, "Enter");
    let orders = world.send(&mut model, "y");
    world.answer(&orders[0]);
    let check = fail(&mut model, &orders[0], problem(ProblemKind::OutcomeUnknown));
    world.serve(&mut model, check);
    let words = "Channel 11 is private now; whether it has the messaging service cannot be read";
    assert!(last_said(&model).starts_with(words), "{}", last_said(&model));
}

#[test]
fn webhooks_were_not_told_of_what_was_not_sent() {
    let (mut world, mut model) = at_channels();
    command(&mut model, "webhooks on");
    world.channels.remove(0);
    command(&mut model, "delete 000b");
    world.send(&mut model, "Enter");
    let text = "Channel 11: it was gone already, so there was nothing left to do";
    assert_eq!(last_said(&model), text);
}

#[test]
fn among_members_the_end_of_the_users_sid_is_typed() {
    let mut world = World::of(1, 3, 2);
    let places = [Place::Channels(sid(1)), Place::Members(sid(1), sid(12))];
    let mut model = console_at(&mut world, (80, 24), &places);
    world.press(&mut model, "Enter Esc");
    command(&mut model, "delete 000c");
    assert_eq!(world.send(&mut model, "Enter"), [], "that is the channel's");
    press(&mut model, "Backspace");
    write(&mut model, "b");
    assert!(matches!(&world.send(&mut model, "Enter")[..], [Effect::DeleteMembership { .. }]));
}

#[test]
fn a_messaging_service_that_was_typed_is_kept_when_the_question_is_left() {
    let (_, mut model) = at_channels();
    press(&mut model, "M g M G 1 Esc Esc");
    assert!(model.overlay.is_none());
    press(&mut model, "M");
    let Some(Overlay::Confirm(question)) = &model.overlay else { panic!("asked again") };
    assert_eq!(question.entry.text(), "MG1");
}
