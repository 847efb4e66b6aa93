//! The mouse, stroke by stroke; and how the panes are arranged.

use jiff::{SignedDuration, Timestamp};
use ratatui::layout::{Position, Rect, Size};

use super::channels;
use crate::app::{
    action::Action,
    columns,
    effect::Effect,
    hints,
    layout::{self, Class, NARROWEST, Pane},
    list::{Rows, Sort},
    model::{Model, Overlay},
    mouse::{Begun, Mouse, Pointed, Stroke},
    msg::Msg,
    place::{Place, Subject},
    testing::{World, console_at, first_run, is_sound, last_said, press, sid, start, wait},
    update::update,
};
use crate::state::Borders;

fn channel(number: u32) -> Place {
    Place::Channel(sid(1), sid(number))
}

/// A console with a mouse, at the channels of the first service.
fn open(world: &mut World, size: (u16, u16)) -> Model {
    let mut model = console_at(world, size, &[channels()]);
    model.mouse = Mouse::begun(Begun::On);
    assert_eq!(wait(&mut model, 1), [Effect::TakeMouse(true)]);
    model
}

fn stroke_at(model: &mut Model, stroke: Stroke, at: Position, when: Timestamp) -> Vec<Effect> {
    update(model, Msg::Pointed(Pointed { stroke, at, when }))
}

fn stroke(model: &mut Model, stroke: Stroke, at: Position) -> Vec<Effect> {
    stroke_at(model, stroke, at, start())
}

fn click(model: &mut Model, at: Position) -> Vec<Effect> {
    let mut effects = stroke(model, Stroke::Pressed, at);
    effects.extend(stroke(model, Stroke::Released, at));
    effects
}

fn pane(model: &Model, place: Place) -> Pane {
    let panes = layout::screen(model).panes;
    panes.into_iter().find(|pane| pane.place == place).expect("a pane")
}

/// A cell of the nth row of a list's window.
fn row(model: &Model, place: Place, nth: u16) -> Position {
    let rows = layout::table(model, &pane(model, place)).rows;
    Position::new(rows.x + 6, rows.y + nth)
}

/// A cell of the head of a column.
fn head(model: &Model, place: Place, title: &str) -> Position {
    let table = layout::table(model, &pane(model, place));
    let column = table.placed.iter().find(|it| table.columns[it.at].title == title);
    Position::new(column.expect("a column").x, table.head.y)
}

fn list(model: &Model, place: Place) -> &dyn Rows {
    model.rows(place).expect("a list")
}

#[test]
fn a_click_selects_a_row_where_it_stands_and_a_second_opens_it() {
    let mut world = World::of(1, 60, 1);
    let mut model = open(&mut world, (80, 24));
    let at = row(&model, channels(), 1);
    for late in [401, 100_000] {
        assert_eq!(click(&mut model, at), []);
        assert_eq!((list(&model, channels()).at(), list(&model, channels()).top()), (1, 0));
        let later = start() + SignedDuration::from_millis(late);
        assert_eq!(stroke_at(&mut model, Stroke::Pressed, at, later), [], "too late");
        assert_eq!(model.path.focus(), channels());
        model.mouse = Mouse::begun(Begun::On);
        update(&mut model, Msg::Tick(start()));
    }
    click(&mut model, at);
    let elsewhere = row(&model, channels(), 2);
    click(&mut model, elsewhere);
    assert_eq!(model.path.focus(), channels(), "two clicks on different rows");
    let later = start() + SignedDuration::from_millis(400);
    stroke_at(&mut model, Stroke::Pressed, elsewhere, later);
    assert_eq!(model.path.focus(), channel(1003));
}

#[test]
fn a_click_that_moves_the_panes_is_still_the_first_of_two() {
    let mut world = World::of(1, 9, 3);
    let mut model = open(&mut world, (120, 40));
    let orders = press(&mut model, "Enter 3");
    world.serve(&mut model, orders);
    let places: Vec<Place> = layout::screen(&model).panes.iter().map(|it| it.place).collect();
    let members = Place::Members(sid(1), sid(11));
    assert_eq!(places, [channel(11), members]);
    let preview = Place::Memberships(sid(1), sid(13));
    press(&mut model, "j j");
    let orders = wait(&mut model, 200);
    world.serve(&mut model, orders);
    // Back to the channels, whose pane comes from the left as soon as the channel has the focus.
    press(&mut model, "h h");
    let orders = wait(&mut model, 200);
    world.serve(&mut model, orders);
    assert_eq!(model.path.focus(), channels());
    assert!(!model.previews.contains(&preview));
    let at = row(&model, channels(), 4);
    click(&mut model, at);
    let orders = stroke(&mut model, Stroke::Pressed, at);
    assert_eq!(model.path.focus(), channel(15), "{orders:?}");
}

#[test]
fn a_click_goes_to_the_pane_and_the_row() {
    let mut world = World::of(3, 9, 3);
    let mut model = open(&mut world, (200, 50));
    let at = row(&model, Place::Members(sid(1), sid(11)), 2);
    click(&mut model, at);
    let members = Place::Members(sid(1), sid(11));
    assert_eq!(model.path.places(), [Place::Services, channels(), channel(11), members]);
    assert_eq!(list(&model, members).at(), 2);
    let at = row(&model, Place::Services, 1);
    click(&mut model, at);
    assert_eq!(model.path.places(), [Place::Services]);
    let orders = wait(&mut model, 200);
    world.serve(&mut model, orders);
    assert_eq!(model.previews.first(), Some(&Place::Channels(sid(2))), "the panes follow");
}

#[test]
fn a_click_on_a_head_sorts_and_again_the_other_way_round() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world, (80, 24));
    let sorted = |model: &Model| list(model, channels()).sort();
    let fields = list(&model, channels()).fields();
    let at = head(&model, channels(), "NAME");
    let field = fields.iter().position(|field| field.title == "NAME").expect("a field");
    click(&mut model, at);
    assert_eq!(sorted(&model), Some(Sort { field, descending: false }));
    click(&mut model, at);
    assert_eq!(sorted(&model), Some(Sort { field, descending: true }));
    let at = head(&model, channels(), "MSG");
    click(&mut model, at);
    let field = fields.iter().position(|field| field.title == "MSG").expect("a field");
    assert_eq!(sorted(&model), Some(Sort { field, descending: true }), "the most first");
}

#[test]
fn a_sort_is_picked_by_a_double_click_and_members_are_opened_by_one() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world, (120, 40));
    press(&mut model, "s");
    let count = columns::sortable(&model, channels()).len() + 1;
    let inner = layout::inside(layout::picker(model.size, count, 0).0);
    let at = Position::new(inner.x + 3, inner.y + 2);
    click(&mut model, at);
    assert!(matches!(model.overlay, Some(Overlay::Sort { at: 2 })));
    click(&mut model, at);
    let field = columns::sortable(&model, channels())[1].0;
    assert_eq!(list(&model, channels()).sort().map(|sort| sort.field), Some(field));
    assert!(model.overlay.is_none());
    let place = pane(&model, channel(11)).area;
    let at = Position::new(place.x + 5, place.bottom() - 3);
    click(&mut model, at);
    click(&mut model, at);
    assert_eq!(model.path.focus(), Place::Members(sid(1), sid(11)));
}

#[test]
fn the_wheel_moves_the_window_under_it_and_takes_the_cursor_along() {
    let mut world = World::of(1, 60, 60);
    let mut model = open(&mut world, (120, 24));
    let at = row(&model, channels(), 3);
    let stands = |model: &Model| (list(model, channels()).top(), list(model, channels()).at());
    let height = list(&model, channels()).height();
    stroke(&mut model, Stroke::Wheel(3), at);
    assert_eq!(stands(&model), (3, 6), "it keeps away from the edge");
    stroke(&mut model, Stroke::Wheel(1_000), at);
    assert_eq!(stands(&model), (60 - height, 59), "at the end the cursor goes on alone");
    stroke(&mut model, Stroke::Wheel(-1_000), at);
    assert_eq!(stands(&model), (0, 0));
    assert!(is_sound(&model.lists.channels[&sid(1)]));
    let tree = layout::tree_area(&model, &layout::screen(&model), &pane(&model, channel(1001)));
    let tree = tree.expect("a tree");
    stroke(&mut model, Stroke::Wheel(3), Position::new(tree.x + 2, tree.y));
    assert_eq!(model.path.focus(), channels(), "the focus stays");
    assert_eq!(model.trees[&Subject::Channel(sid(1001))].cursor_row(), 3, "all of it is seen");
}

#[test]
fn a_click_in_a_tree_folds_and_unfolds() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world, (120, 40));
    let area = |model: &Model| {
        let pane = pane(model, channel(11));
        layout::tree_area(model, &layout::screen(model), &pane).expect("a tree")
    };
    let rows = |model: &Model| model.trees[&Subject::Channel(sid(11))].rows().len();
    assert_eq!(rows(&model), 4);
    let Rect { x, y, .. } = area(&model);
    click(&mut model, Position::new(x + 4, y + 2));
    assert_eq!((model.path.focus(), rows(&model)), (channel(11), 3), "the tags");
    let Rect { x, y, .. } = area(&model);
    click(&mut model, Position::new(x + 4, y + 2));
    assert_eq!(rows(&model), 4);
    click(&mut model, Position::new(x + 4, y + 1));
    assert_eq!(model.trees[&Subject::Channel(sid(11))].cursor_row(), 1, "a value is pointed at");
}

#[test]
fn a_click_on_the_path_leads_back_along_it() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world, (120, 40));
    let orders = press(&mut model, "j Enter 3");
    world.serve(&mut model, orders);
    let header = crate::app::header::header(&model, 120);
    let crumb = header.crumbs.iter().find(|crumb| crumb.word == "Channels").expect("a word");
    click(&mut model, Position::new(crumb.x, 0));
    assert_eq!(model.path.places(), [Place::Services, channels()]);
    assert_eq!(list(&model, channels()).at(), 1);
}

#[test]
fn a_click_on_a_hint_is_its_key_unless_that_changes_or_ends_anything() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world, (300, 40));
    let hint_at = |model: &Model, words: &str| {
        let hints = hints::placed(model, model.size.width);
        let hint = hints.into_iter().find(|hint| hint.words == words);
        Position::new(hint.unwrap_or_else(|| panic!("no {words}")).x, model.size.height - 2)
    };
    let at = hint_at(&model, "copy");
    click(&mut model, at);
    assert_eq!(model.prefix.as_deref(), Some("y"), "the first key of a pair");
    click(&mut model, Position::new(10, 10));
    assert_eq!(model.prefix, None);
    let at = hint_at(&model, "quit");
    assert_eq!(click(&mut model, at), []);
    assert!(last_said(&model).starts_with("press q for that"), "{}", last_said(&model));
    let at = hint_at(&model, "edit");
    click(&mut model, at);
    assert!(matches!(model.overlay, Some(Overlay::Form(_))));
    press(&mut model, "x");
    let at = hint_at(&model, "save");
    assert_eq!(click(&mut model, at), [], "nothing is saved");
    assert!(matches!(model.overlay, Some(Overlay::Form(_))));
}

#[test]
fn no_click_anywhere_writes() {
    let mut world = World::of(1, 9, 2);
    let ways = ["", "e x", "2 Enter", "3", "M", "Space j Space M", "e x ^s", ": d e l", "/ x", "!"];
    for way in ways {
        for (width, height) in [(80, 24), (120, 40)] {
            let mut model = open(&mut world, (width, height));
            world.press(&mut model, way);
            for y in 0..height {
                for x in (0..width).step_by(3) {
                    let orders = click(&mut model, Position::new(x, y));
                    let is_write = |order: &&Effect| {
                        matches!(
                            order,
                            Effect::SaveChannel { .. }
                                | Effect::SaveMembership { .. }
                                | Effect::MigrateChannel { .. }
                                | Effect::DeleteChannel { .. }
                                | Effect::DeleteMembership { .. }
                                | Effect::BeginJob { .. }
                                | Effect::Exit { .. }
                        )
                    };
                    assert!(!orders.iter().any(|order| is_write(&order)), "{way:?} {x},{y}");
                }
            }
        }
    }
}

#[test]
fn a_click_in_a_form_goes_to_the_field() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world, (80, 24));
    press(&mut model, "e");
    let Some(Overlay::Form(draft)) = &model.overlay else { panic!("a form") };
    let rows = layout::form(model.size, draft).rows;
    for (field, row) in rows.into_iter().rev() {
        click(&mut model, row.as_position());
        let Some(Overlay::Form(draft)) = &model.overlay else { panic!("a form") };
        let is_off = draft.fields[field].off.is_some();
        assert!(draft.at == field || is_off, "{field}");
    }
}

#[test]
fn the_terminal_has_its_mouse_back_where_there_is_text_to_mark() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world, (80, 24));
    assert_eq!(press(&mut model, "?"), [Effect::TakeMouse(false)]);
    assert_eq!(press(&mut model, "Esc"), [Effect::TakeMouse(true)]);
    assert_eq!(press(&mut model, "%"), [Effect::TakeMouse(false)]);
    assert!(last_said(&model).starts_with("the mouse is off"), "{}", last_said(&model));
    assert_eq!(press(&mut model, "! Esc"), []);
    assert_eq!(press(&mut model, "%"), [Effect::TakeMouse(true)]);
    let mut orders = world.press(&mut model, "6 Enter");
    orders.retain(|order| matches!(order, Effect::TakeMouse(_)));
    assert_eq!(orders, [Effect::TakeMouse(false)], "a message is read");
    let small = update(&mut model, Msg::Resized(Size::new(20, 5)));
    assert_eq!(small, []);
    let mut far = console_at(&mut world, (80, 24), &[]);
    far.mouse = Mouse::begun(Begun::OffOverSsh);
    assert_eq!(press(&mut far, "%"), [Effect::TakeMouse(true)]);
    assert!(last_said(&far).contains("over SSH it begins off"), "{}", last_said(&far));
    assert_eq!(press(&mut first_run(80, 24), "%"), [Effect::TakeMouse(true)]);
}

#[test]
fn the_focused_pane_can_have_the_whole_body_and_keeps_it_on_the_way() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world, (200, 50));
    let shown = |model: &Model| -> Vec<Place> {
        layout::screen(model).panes.iter().map(|pane| pane.place).collect()
    };
    world.press(&mut model, "f");
    assert_eq!(shown(&model), [channels()]);
    world.press(&mut model, "Enter");
    assert_eq!(shown(&model), [channel(11)]);
    assert_eq!(pane(&model, channel(11)).area.width, 200);
    world.press(&mut model, "h f");
    assert_eq!(shown(&model).len(), 4);
    let mut narrow = open(&mut world, (80, 24));
    press(&mut narrow, "f");
    assert_eq!(last_said(&narrow), "one pane is all that fits here");
}

#[test]
fn a_wide_list_has_all_columns_and_shifts_to_those_that_do_not_fit() {
    let mut world = World::of(1, 9, 1);
    let mut model = open(&mut world, (120, 24));
    let titles = |model: &Model| -> Vec<&str> {
        let table = layout::table(model, &pane(model, channels()));
        table.placed.iter().map(|it| table.columns[it.at].title).collect()
    };
    assert!(!titles(&model).contains(&"UNIQUE NAME"), "{:?}", titles(&model));
    world.press(&mut model, "w");
    let all = ["TYPE", "NAME", "UNIQUE NAME", "MBR", "MSG", "UPDATED", "CREATED", "BY", "SID", ""];
    assert_eq!(titles(&model), all);
    press(&mut model, ">");
    assert_eq!(last_said(&model), "this is the last column");
    update(&mut model, Msg::Resized(Size::new(60, 24)));
    assert_eq!(titles(&model), all[..4]);
    press(&mut model, "> >");
    assert_eq!(titles(&model), ["NAME", "MBR", "MSG", "UPDATED", "CREATED"]);
    press(&mut model, "> > > > >");
    assert_eq!(titles(&model), ["NAME", "BY", "SID", ""], "no further than needed");
    press(&mut model, "< < < < <");
    assert_eq!(titles(&model)[..2], ["NAME", "UNIQUE NAME"]);
    world.press(&mut model, "Enter");
    assert_eq!(model.path.focus(), channel(11));
    world.press(&mut model, "h w");
    assert!(!titles(&model).contains(&"UNIQUE NAME"), "narrow again");
}

#[test]
fn borders_are_moved_by_key_and_hand_and_put_back() {
    let mut world = World::of(1, 9, 1);
    for (size, class) in [((120, 40), Class::Two), ((200, 50), Class::Four)] {
        let mut model = open(&mut world, size);
        assert_eq!(layout::class(&model), class);
        let width = |model: &Model| pane(model, channels()).area.width;
        let before = width(&model);
        let orders = press(&mut model, "}");
        assert_eq!(width(&model), before + 4);
        assert_eq!(orders, [Effect::KeepBorders(model.arrangement.borders)]);
        press(&mut model, "{ {");
        assert_eq!(width(&model), before - 4);
        // The last pane has its border to the left.
        let last = layout::screen(&model).panes.last().copied().expect("a pane");
        let orders = click(&mut model, Position::new(last.area.x + 5, last.area.y + 1));
        world.serve(&mut model, orders);
        let focused = |model: &Model| {
            let panes = layout::screen(model).panes;
            panes.into_iter().find(|pane| pane.focused).expect("a pane").area
        };
        let at = focused(&model);
        press(&mut model, "}");
        assert_eq!(focused(&model).width, at.width + 4);

        let border = layout::screen(&model).borders()[0];
        let from = Position::new(border.x, 10);
        stroke(&mut model, Stroke::Pressed, from);
        assert_eq!(stroke(&mut model, Stroke::Dragged, Position::new(0, 11)), []);
        assert_eq!(layout::screen(&model).panes[0].area.width, NARROWEST);
        let x = NARROWEST + 6;
        stroke(&mut model, Stroke::Dragged, Position::new(x, 3));
        let orders = stroke(&mut model, Stroke::Released, Position::new(x, 3));
        assert_eq!(orders, [Effect::KeepBorders(model.arrangement.borders)]);
        assert_eq!(layout::screen(&model).panes[0].area.width, x);
        let at = Position::new(x, 20);
        assert_eq!(click(&mut model, at), []);
        let orders = stroke(&mut model, Stroke::Pressed, at);
        assert_eq!(orders, [Effect::KeepBorders(Borders::default())]);
    }
}

#[test]
fn what_lies_over_the_panes_is_not_pressed_through() {
    let mut world = World::of(1, 60, 1);
    let mut model = open(&mut world, (80, 24));
    let at = row(&model, channels(), 5);
    for keys in ["e", "M", "s", ":"] {
        press(&mut model, keys);
        click(&mut model, at);
        stroke(&mut model, Stroke::Wheel(9), at);
        if keys != ":" {
            assert_eq!((list(&model, channels()).at(), list(&model, channels()).top()), (0, 0));
        }
        press(&mut model, "Esc");
    }
    press(&mut model, "g / 1");
    click(&mut model, at);
    assert!(model.prompt.is_none(), "the filter is kept");
    assert_eq!((list(&model, channels()).filter(), list(&model, channels()).at()), ("1", 5));
}

#[test]
fn no_hint_of_what_is_written_or_ended_is_a_clicks() {
    let mut world = World::of(1, 9, 2);
    for keys in ["", "e", "2 Enter", "Space j Space M"] {
        let mut model = open(&mut world, (300, 40));
        world.press(&mut model, keys);
        for hint in hints::placed(&model, 300) {
            let action = hint.action;
            let is_odd = matches!(
                action,
                Action::Save
                    | Action::Mute
                    | Action::Start
                    | Action::Quit
                    | Action::SwitchWebhooks
                    | Action::ExportTable
            );
            let mut model = open(&mut world, (300, 40));
            world.press(&mut model, keys);
            let at = Position::new(hint.x, model.size.height - 2);
            click(&mut model, at);
            let is_refused = last_said(&model).starts_with("press ");
            assert_eq!(is_refused, is_odd, "{keys:?} {action:?}: {}", last_said(&model));
        }
    }
}
