//! A text goes to the person's editor from a form and comes back into it, whatever became of it meanwhile.

use crate::api::remote_text::RemoteText;
use crate::app::{
    editor::Handed,
    effect::Effect,
    form::{Draft, FieldName},
    model::{Model, Overlay},
    msg::Msg,
    notice::Tone,
    place::Place,
    testing::{World, console_at, last_said, press, sid, write},
    ticket::EditKey,
    update::update,
};

fn at_channels() -> (World, Model) {
    let mut world = World::of(1, 3, 2);
    let model = console_at(&mut world, (80, 24), &[Place::Channels(sid(1))]);
    (world, model)
}

fn form(model: &Model) -> &Draft {
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("no form is open") };
    draft
}

/// What went to the editor: for whom, the text, and its file.
fn handed(orders: &[Effect]) -> (Handed, &str, &str) {
    let Some(Effect::OpenEditor { of, text, file }) = orders.last() else { panic!("{orders:?}") };
    (*of, text, file)
}

fn comes_back(model: &mut Model, of: Handed, result: Result<&str, &str>) {
    let result = result.map(str::to_owned).map_err(str::to_owned);
    assert_eq!(update(model, Msg::EditorClosed { of, result }), []);
}

#[test]
fn attributes_go_from_a_list_and_a_changed_text_waits_in_the_form() {
    let (_, mut model) = at_channels();
    let orders = press(&mut model, "E");
    assert!(matches!(&orders[0], Effect::FetchChannel { channel, .. } if *channel == sid(11)));
    let (of, text, file) = handed(&orders);
    assert_eq!(of.key, EditKey::Channel(sid(11)));
    let stored = form(&model).field(FieldName::Attributes).unwrap().text();
    assert_eq!((text, file), (stored.as_str(), "attributes.json"));
    comes_back(&mut model, of, Ok("{\"b\": 1,\r\n\"b\": 2}\n"));
    let draft = form(&model);
    assert_eq!(draft.fields[draft.at].name, FieldName::Attributes);
    assert_eq!(draft.changed(FieldName::Attributes).as_deref(), Some("{\"b\": 1,\r\n\"b\": 2}"));
    assert_eq!(last_said(&model), "what the editor wrote is in the form; ^s saves it");
    assert!(!press(&mut model, "^s").is_empty(), "it is saved as anything that was typed");
}

#[test]
fn nothing_new_leads_back_to_where_it_went_from() {
    for (failed, told, tone) in [
        (None, "the editor changed nothing", Tone::Info),
        (Some("the editor failed"), "the editor failed", Tone::Bad),
    ] {
        let (_, mut model) = at_channels();
        let orders = press(&mut model, "E");
        let (of, text, _) = handed(&orders);
        let as_it_was = format!("{text}\n");
        let result = failed.map_or(Ok(as_it_was.as_str()), Err);
        comes_back(&mut model, of, result);
        assert!(model.overlay.is_none() && model.drafts.is_empty());
        let notice = model.notices.log().next().unwrap();
        assert_eq!((notice.text.as_str(), notice.tone), (told, tone));

        let orders = press(&mut model, "e Tab Tab F4");
        comes_back(&mut model, handed(&orders).0, result);
        assert!(!form(&model).is_dirty(), "a form that was open stays open");
    }
}

#[test]
fn what_was_typed_before_goes_along_and_stays() {
    let (_, mut model) = at_channels();
    press(&mut model, "e Tab Tab");
    write(&mut model, "[");
    press(&mut model, "Esc");
    let orders = press(&mut model, "E");
    let (of, text, _) = handed(&orders);
    assert!(text.starts_with('['), "{text}");
    comes_back(&mut model, of, Err("the editor failed"));
    assert!(form(&model).is_dirty());
}

#[test]
fn a_text_that_is_no_json_shows_its_error_and_is_not_sent() {
    let (_, mut model) = at_channels();
    let orders = press(&mut model, "E");
    let (of, ..) = handed(&orders);
    comes_back(&mut model, of, Ok("{\"a\": "));
    assert!(form(&model).field(FieldName::Attributes).unwrap().syntax_error().is_some());
    assert_eq!(press(&mut model, "^s"), []);
}

#[test]
fn the_text_that_has_the_focus_goes_if_it_is_one() {
    let (_, mut model) = at_channels();
    press(&mut model, "e");
    let orders = press(&mut model, "^o");
    let (of, text, file) = handed(&orders);
    assert_eq!(
        (text, file, of.field),
        ("Channel 11", "friendly-name.txt", FieldName::FriendlyName)
    );
    comes_back(&mut model, of, Ok("Two\nlines\n"));
    let typed = form(&model).changed(FieldName::FriendlyName);
    assert_eq!(typed.as_deref(), Some("Two\nlines"), "as it was written");
    press(&mut model, "Esc a Tab Tab");
    assert_eq!(press(&mut model, "F4"), []);
    assert_eq!(last_said(&model), "this is chosen, not written; ← → chooses");
}

#[test]
fn where_there_are_no_attributes_to_edit_the_key_says_so() {
    let mut world = World::of(1, 2, 1);
    let memberships = Place::Memberships(sid(1), sid(11));
    let mut model = console_at(&mut world, (80, 24), &[Place::Users(sid(1)), memberships]);
    assert_eq!(press(&mut model, "E"), []);
    assert_eq!(last_said(&model), "a membership has no attributes; e edits what it has");
    let mut model = console_at(&mut world, (80, 24), &[Place::Users(sid(1))]);
    assert_eq!(press(&mut model, "E"), []);
    assert!(last_said(&model).starts_with("channels and memberships can be edited"));
}

#[test]
fn a_change_elsewhere_while_the_editor_ran_is_warned_of() {
    let (mut world, mut model) = at_channels();
    let orders = press(&mut model, "E");
    let (of, ..) = handed(&orders);
    comes_back(&mut model, of, Ok("[]"));
    let channel = world.channels.iter_mut().find(|channel| channel.sid == sid(11)).unwrap();
    channel.friendly_name = Some(RemoteText::new("Renamed"));
    let answer = world.answer(&orders[0]).unwrap();
    update(&mut model, answer);
    let draft = form(&model);
    assert!(draft.changed_elsewhere);
    assert_eq!(draft.changed(FieldName::Attributes).as_deref(), Some("[]"));
}

#[test]
fn a_text_whose_form_was_left_waits_with_what_was_typed_there() {
    let (_, mut model) = at_channels();
    let orders = press(&mut model, "E");
    let (of, ..) = handed(&orders);
    press(&mut model, "Esc");
    comes_back(&mut model, of, Ok("[1]"));
    assert!(model.overlay.is_none());
    press(&mut model, "e");
    assert_eq!(form(&model).changed(FieldName::Attributes).as_deref(), Some("[1]"));
    let orders = press(&mut model, "F4");
    let (of, text, _) = handed(&orders);
    assert_eq!(text, "[1]");
    press(&mut model, "F1");
    comes_back(&mut model, of, Ok("[2]"));
    press(&mut model, "Esc");
    assert_eq!(form(&model).changed(FieldName::Attributes).as_deref(), Some("[2]"));
}
