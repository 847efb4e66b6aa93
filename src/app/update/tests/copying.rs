//! Copying: every key in every place, marks, what is said of it.

use crate::api::{attributes::Attributes, chat::channels::Channel, remote_text::RemoteText};
use crate::app::{
    effect::Effect,
    model::Model,
    msg::Msg,
    notice::Tone,
    place::{Place, Subject},
    testing::{World, channel, console_at, last_said, press, sid, write},
    update::update,
};

const NARROW: (u16, u16) = (80, 24);
const KEYS: [&str; 9] = ["y y", "y n", "y u", "y a", "y p", "y j", "y r", "y l", "y c"];

/// What the keys copy, or what is said instead.
fn copied(model: &mut Model, keys: &str) -> Result<String, String> {
    let orders = press(model, keys);
    let found = orders.into_iter().find_map(|order| match order {
        Effect::Copy { text, .. } => Some(text),
        _ => None,
    });
    found.ok_or_else(|| last_said(model).to_owned())
}

fn at(world: &mut World, places: &[Place]) -> Model {
    let mut model = console_at(world, NARROW, places);
    model.origins = ["https://chat.example.com/", "https://flex.example.com"].map(str::to_owned);
    model
}

fn all(model: &mut Model) -> [Result<String, String>; 9] {
    KEYS.map(|keys| copied(model, keys))
}

#[test]
fn every_key_copies_what_it_is_named_after() {
    let mut world = World::of(1, 3, 1);
    let attributes = "{ \"a\":\n 18446744073709551616, \"a\": 1.0 }";
    let first = &mut world.channels[0];
    first.attributes = Attributes::from_text(attributes);
    first.friendly_name = Some(RemoteText::new("Ops \u{1b}[31mroom"));
    let (service, channel) = (sid(1), first.sid);
    let mut model = at(&mut world, &[Place::Channels(service)]);
    let url = format!("https://chat.example.com/v2/Services/{service}/Channels/{channel}");
    let no_tree = || Err("a pointer leads into attributes; i inspects them".to_owned());
    let [the_sid, name, unique, stored, pointer, jq, row, link, curl] = all(&mut model);
    assert_eq!(the_sid, Ok(channel.to_string()));
    assert_eq!(copied(&mut model, "c"), the_sid);
    assert_eq!(name.as_deref(), Ok("Ops \u{1b}[31mroom"), "as it is");
    assert!(unique.is_ok_and(|unique| unique.starts_with("channel-")));
    assert_eq!(stored.as_deref(), Ok(attributes), "byte for byte");
    assert_eq!((pointer, jq), (no_tree(), no_tree()));
    assert_eq!(row.as_ref().map(|row| row.matches('\t').count()), Ok(8));
    assert_eq!(link.as_ref(), Ok(&url));
    assert_eq!(curl, Ok(format!("curl -X GET {url} -u \"$TWILIO_ACCOUNT_SID\"")));
    world.press(&mut model, "Enter");
    press(&mut model, "j");
    assert_eq!(copied(&mut model, "y p").as_deref(), Ok("/a"));
    assert_eq!(copied(&mut model, "y j").as_deref(), Ok(".a"));
    assert_eq!(copied(&mut model, "y a").as_deref(), Ok(attributes));
    assert_eq!(copied(&mut model, "y l"), Ok(url));
}

#[test]
fn every_place_has_something_to_copy_and_says_what_it_has_not() {
    let (service, channel) = (sid(1), sid(11));
    for place in [
        Place::Services,
        Place::Users(service),
        Place::Members(service, channel),
        Place::Channel(service, channel),
        Place::Memberships(service, sid(1)),
        Place::Messages(service, channel),
        Place::Invites(service, channel),
        Place::Roles(service),
        Place::Attributes(service, Subject::Channel(channel)),
        Place::Flex,
        Place::Flows,
        Place::Journal,
        Place::Jobs,
    ] {
        let mut world = World::of(1, 3, 2);
        let mut model = at(&mut world, &[place]);
        let told = all(&mut model);
        let is_empty = model.rows(place).is_some_and(|rows| rows.shown() == 0);
        assert!(is_empty || told.iter().any(Result::is_ok), "{place:?}: {told:?}");
        let reasons = told.iter().filter_map(|it| it.as_ref().err());
        assert!(reasons.clone().all(|why| !why.is_empty()), "{place:?}: {told:?}");
    }
}

#[test]
fn marked_rows_are_copied_a_line_each_in_the_order_in_which_they_show() {
    let mut world = World::of(1, 0, 1);
    let odd = |number, name: &str, attributes: &str| Channel {
        friendly_name: Some(RemoteText::new(name)),
        attributes: Attributes::from_text(attributes),
        unique_name: None,
        ..channel(1, number)
    };
    world.channels = vec![
        odd(11, "one\ntwo\tthree", "{\n \"a\": 1\n}"),
        odd(12, "=1+1", "{not\njson"),
        odd(13, "c", ""),
    ];
    let mut model = at(&mut world, &[Place::Channels(sid(1))]);
    press(&mut model, "j j Space g Space Space");
    press(&mut model, "/");
    let orders = write(&mut model, "!c");
    world.serve(&mut model, orders);
    press(&mut model, "Esc");
    let sids = [11, 12, 13].map(|number| format!("{}\n", sid::<Channel>(number))).concat();
    assert_eq!(copied(&mut model, "c"), Ok(sids));
    assert_eq!(copied(&mut model, "y n").as_deref(), Ok("one two\tthree\n=1+1\nc\n"));
    assert_eq!(copied(&mut model, "y a").as_deref(), Ok("{\"a\":1}\n{not json\n\n"));
    let told = Err("it has no unique name".to_owned());
    assert_eq!(copied(&mut model, "y u"), told);
    let rows = copied(&mut model, "y r").expect("rows");
    let cells: Vec<Vec<&str>> = rows.lines().map(|row| row.split('\t').collect()).collect();
    assert_eq!(cells.iter().map(Vec::len).collect::<Vec<_>>(), [9, 9, 9]);
    assert_eq!(cells.iter().map(|row| row[1]).collect::<Vec<_>>(), ["one two three", "'=1+1", "c"]);
}

#[test]
fn what_went_out_is_told_with_its_road_and_never_raw() {
    let mut world = World::of(1, 1, 1);
    world.channels[0].friendly_name = Some(RemoteText::new("a\u{1b}]52;c;eA==\u{7}\u{202e}b"));
    let mut model = at(&mut world, &[Place::Channels(sid(1))]);
    let orders = press(&mut model, "y n");
    let [Effect::Copy { label, .. }] = orders.as_slice() else { panic!("{orders:?}") };
    let (label, result) = (label.clone(), Ok("by tmux".to_owned()));
    update(&mut model, Msg::Copied { label: label.clone(), result });
    assert_eq!(last_said(&model), "copied name “a␛]52;c;eA==␇⟦202E⟧b”, 15 characters, by tmux");
    update(&mut model, Msg::Copied { label, result: Err("tmux is not found".to_owned()) });
    assert_eq!(last_said(&model), "not copied: tmux is not found; p prints it instead");
    assert_eq!(model.notices.current(model.now).map(|it| it.tone), Some(Tone::Bad));
}

#[test]
fn p_prints_what_there_is_to_copy() {
    let mut world = World::of(1, 2, 1);
    let mut model = at(&mut world, &[Place::Channels(sid(1))]);
    let orders = press(&mut model, "p");
    let [Effect::PrintBelow { text }] = orders.as_slice() else { panic!("{orders:?}") };
    for part in ["name:", "unique name:", "sid:", "URL:", "curl command:", "attributes:\n{"] {
        assert!(text.contains(part), "{text}");
    }
    press(&mut model, "*");
    let orders = press(&mut model, "p");
    let [Effect::PrintBelow { text }] = orders.as_slice() else { panic!("{orders:?}") };
    assert_eq!(text.lines().count(), 2, "{text}");
}

#[test]
fn too_many_rows_are_for_a_file() {
    let mut world = World::of(1, 10_001, 1);
    let mut model = at(&mut world, &[Place::Channels(sid(1))]);
    press(&mut model, "*");
    let told = copied(&mut model, "c").expect_err("too many");
    assert!(told.starts_with("10001 rows are too many to copy"), "{told}");
}
