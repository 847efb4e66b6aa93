//! What was typed is never lost, and nothing is left behind unasked.

use crate::api::remote_text::RemoteText;
use crate::app::{
    effect::Effect,
    form::FieldName,
    model::{Model, Overlay},
    msg::Msg,
    notice::{ProblemKind, Tone},
    place::Place,
    testing::{World, console_at, fail, last_said, press, problem, sid, wait, write},
    update::update,
};

const EXIT: Effect = Effect::Exit { print: None };

fn at_channels() -> (World, Model) {
    let mut world = World::of(1, 3, 2);
    let model = console_at(&mut world, (80, 24), &[Place::Channels(sid(1))]);
    (world, model)
}

/// The friendly name in the open form, if it was changed.
fn typed(model: &Model) -> Option<String> {
    match &model.overlay {
        Some(Overlay::Form(draft)) => draft.changed(FieldName::FriendlyName),
        _ => None,
    }
}

fn type_into_form(model: &mut Model) {
    press(model, "e");
    write(model, " EU");
}

#[test]
fn esc_keeps_a_draft_e_restores_it_and_f5_starts_over() {
    let (_, mut model) = at_channels();
    type_into_form(&mut model);
    assert_eq!(press(&mut model, "Esc"), []);
    assert!(model.overlay.is_none());
    assert_eq!(last_said(&model), "not saved; e brings back what was typed");
    press(&mut model, "j e");
    assert_eq!(typed(&model), None, "another channel has a form of its own");
    press(&mut model, "Esc k e");
    assert_eq!(typed(&model).as_deref(), Some("Channel 11 EU"));
    assert_eq!(last_said(&model), "typed at 14:02, not saved, back · F3 changes · F5 starts over");
    press(&mut model, "F5");
    assert!(matches!(&model.overlay, Some(Overlay::Form(draft)) if !draft.is_dirty()));
    press(&mut model, "F5");
    assert_eq!(typed(&model).as_deref(), Some("Channel 11 EU"), "one key loses nothing");
    press(&mut model, "F5");
    press(&mut model, "Esc");
    assert!(model.drafts.is_empty(), "a form without changes leaves nothing behind");
}

#[test]
fn a_draft_belongs_to_its_sid_whatever_the_cursor_does() {
    let (mut world, mut model) = at_channels();
    type_into_form(&mut model);
    world.channels.rotate_left(1);
    let refresh =
        crate::app::places::ask(&mut model, Place::Channels(sid(1)), crate::app::list::Ask::First);
    world.serve(&mut model, refresh);
    let orders = world.send(&mut model, "^s");
    assert!(matches!(&orders[0], Effect::SaveChannel { channel, .. } if *channel == sid(11)));
}

#[test]
fn json_is_written_in_another_shape_and_undone() {
    let (mut world, mut model) = at_channels();
    world.press(&mut model, "e");
    press(&mut model, "F6");
    assert_eq!(last_said(&model), "there is no JSON here to shape; Tab goes to the attributes");
    let text = |model: &Model| match &model.overlay {
        Some(Overlay::Form(draft)) => draft.fields[2].text(),
        other => panic!("{other:?}"),
    };
    let before = text(&model);
    press(&mut model, "Tab Tab F6");
    assert_eq!(text(&model), crate::json::pretty(&before).unwrap());
    press(&mut model, "F7");
    assert_eq!(text(&model), crate::json::minify(&before).unwrap());
    press(&mut model, "^u");
    assert_eq!(text(&model), crate::json::pretty(&before).unwrap(), "one undo, one shape");
    press(&mut model, "^u");
    assert_eq!(text(&model), before, "the editor's undo");
    press(&mut model, "^u");
    assert_eq!(text(&model), before);
    write(&mut model, "{");
    press(&mut model, "F6");
    assert!(last_said(&model).starts_with("left as it is: "), "{}", last_said(&model));
}

#[test]
fn quitting_with_typed_text_asks() {
    let (_, mut model) = at_channels();
    type_into_form(&mut model);
    assert_eq!(press(&mut model, "Esc q"), []);
    assert!(matches!(model.overlay, Some(Overlay::Quit)));
    assert_eq!(press(&mut model, "n"), []);
    assert!(model.overlay.is_none());
    press(&mut model, "e");
    assert_eq!(typed(&model).as_deref(), Some("Channel 11 EU"), "staying loses nothing");
    press(&mut model, "Esc q");
    assert_eq!(press(&mut model, "q"), [], "a repeated key drops nothing");
    press(&mut model, "q");
    assert_eq!(press(&mut model, "y"), [EXIT]);
}

#[test]
fn quitting_without_typed_text_does_not_ask() {
    let (_, mut model) = at_channels();
    press(&mut model, "e");
    assert_eq!(press(&mut model, "Esc q"), [EXIT]);
}

#[test]
fn a_channel_is_read_again_when_its_form_opens_and_an_untouched_form_follows() {
    let (mut world, mut model) = at_channels();
    let orders = press(&mut model, "e Tab");
    assert!(matches!(&orders[..], [Effect::FetchChannel { channel, .. }] if *channel == sid(11)));
    let channel = world.channels.iter_mut().find(|channel| channel.sid == sid(11)).unwrap();
    channel.friendly_name = Some(RemoteText::new("Renamed"));
    let answer = world.answer(&orders[0]).unwrap();
    update(&mut model, answer);
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form stays") };
    assert_eq!((draft.fields[0].text().as_str(), draft.at), ("Renamed", 1));
    assert!(!draft.changed_elsewhere && !draft.is_dirty());
}

#[test]
fn being_ended_in_the_middle_of_a_save_says_what_is_in_doubt() {
    for (is_out, expected) in [(true, "may or may not be saved"), (false, "not saved")] {
        let (mut world, mut model) = at_channels();
        assert_eq!(update(&mut model, Msg::Terminated), [EXIT]);
        type_into_form(&mut model);
        if is_out {
            world.send(&mut model, "^s");
        } else {
            press(&mut model, "^s");
        }
        let [Effect::Exit { print: Some(words) }] = &update(&mut model, Msg::Terminated)[..] else {
            panic!("it exits at once, with words");
        };
        assert_eq!(words, &format!("switchboard was ended while saving; {expected}: Channel 11\n"));
    }
}

#[test]
fn quitting_waits_for_writes_that_are_out() {
    let (mut world, mut model) = at_channels();
    type_into_form(&mut model);
    let orders = press(&mut model, "^s");
    assert_eq!(press(&mut model, "q"), []);
    assert_eq!(last_said(&model), "finishing 1 save; ^c twice drops them");
    assert_eq!(world.serve(&mut model, orders), [EXIT]);
}

#[test]
fn a_refusal_calls_the_quitting_off() {
    let (_, mut model) = at_channels();
    type_into_form(&mut model);
    let orders = press(&mut model, "^s");
    press(&mut model, "q");
    assert_eq!(fail(&mut model, &orders[0], problem(ProblemKind::Refused)), []);
    assert_eq!(wait(&mut model, 1_000), [], "it stays");
    press(&mut model, "e");
    assert_eq!(typed(&model).as_deref(), Some("Channel 11 EU"));
}

#[test]
fn a_refused_mute_calls_the_quitting_off_too() {
    let mut world = World::of(1, 2, 1);
    let memberships = Place::Memberships(sid(1), sid(11));
    let mut model = console_at(&mut world, (80, 24), &[Place::Users(sid(1)), memberships]);
    let orders = press(&mut model, "m q");
    assert_eq!(fail(&mut model, &orders[0], problem(ProblemKind::Refused)), []);
    assert_eq!(model.notices.log().next().map(|notice| notice.tone), Some(Tone::Bad));
    assert_eq!(wait(&mut model, 1_000), [], "or nobody would have seen the refusal");
}

#[test]
fn cancel_gives_up_a_reading_first_and_quits_the_second_time_after_that() {
    let (_, mut model) = at_channels();
    press(&mut model, "r");
    let aborted = press(&mut model, "^c");
    assert!(matches!(aborted[..], [Effect::Abort(_)]));
    assert_eq!(press(&mut model, "^c"), []);
    assert_eq!(last_said(&model), "^c again within 2 s quits");
    wait(&mut model, 2_500);
    assert_eq!(press(&mut model, "^c"), [], "too late for that");
    assert_eq!(press(&mut model, "^c"), [EXIT]);
}

#[test]
fn cancel_twice_with_typed_text_asks_and_twice_more_quits() {
    let (_, mut model) = at_channels();
    type_into_form(&mut model);
    assert_eq!(press(&mut model, "^c ^c"), []);
    assert!(matches!(model.overlay, Some(Overlay::Quit)));
    assert_eq!(model.drafts.len(), 1, "the form's text is safe meanwhile");
    assert_eq!(press(&mut model, "^c"), [EXIT]);
}

#[test]
fn cancel_twice_drops_writes_that_are_out() {
    let (_, mut model) = at_channels();
    type_into_form(&mut model);
    press(&mut model, "^s q");
    let words = "switchboard was ended while saving; not saved: Channel 11\n".to_owned();
    assert_eq!(press(&mut model, "^c ^c"), [Effect::Exit { print: Some(words) }]);
}

#[test]
fn help_over_a_form_gives_the_form_back() {
    for keys in
        ["F1 Esc", "F1 ?", "F1 F1 Esc", "F1 q Esc Esc", "F1 Down PgDn Esc", "F1 j G Esc Esc"]
    {
        let (_, mut model) = at_channels();
        type_into_form(&mut model);
        press(&mut model, keys);
        assert_eq!(typed(&model).as_deref(), Some("Channel 11 EU"), "{keys}");
    }
}

#[test]
fn text_under_help_counts_as_unsaved() {
    let (_, mut model) = at_channels();
    type_into_form(&mut model);
    assert_eq!(press(&mut model, "F1 ^c ^c"), []);
    assert!(matches!(model.overlay, Some(Overlay::Quit)));
    press(&mut model, "Esc e");
    assert_eq!(typed(&model).as_deref(), Some("Channel 11 EU"));
}

#[test]
fn help_over_a_prompt_takes_the_keys_and_gives_the_prompt_back() {
    let (_, mut model) = at_channels();
    press(&mut model, "/ 1 F1 Down");
    assert_eq!(model.prompt.as_ref().map(crate::app::prompt::Prompt::text), Some("1"));
    press(&mut model, "Esc");
    assert!(model.overlay.is_none() && model.prompt.is_some());
    press(&mut model, "2");
    assert_eq!(model.prompt.as_ref().map(crate::app::prompt::Prompt::text), Some("12"));
}

#[test]
fn a_name_stays_one_line_whatever_key_is_pressed() {
    let (_, mut model) = at_channels();
    type_into_form(&mut model);
    press(&mut model, "^m x");
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form stays") };
    assert!(!draft.fields[0].text().contains('\n'));
}

#[test]
fn the_system_can_end_it_at_any_time() {
    let (_, mut model) = at_channels();
    type_into_form(&mut model);
    assert_eq!(update(&mut model, Msg::Terminated), [EXIT]);
}
