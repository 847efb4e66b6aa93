//! Saved views: keeping them, using them from anywhere, and what becomes of those that mean nothing any more.

use std::collections::BTreeMap;

use super::{channels, open};
use crate::app::{
    effect::Effect,
    keymap::Context,
    list::{Rows, Sort},
    model::{Model, Overlay, Session},
    msg::Msg,
    place::Place,
    prompt::Asks,
    testing::{World, console, console_at, first_run, last_said, on, press, said, sid, write},
    ticket::Lane,
    update::{begin, update},
    views::{self, Deed, Wrong},
};
use crate::state::{SortedBy, View, Views};

fn run(model: &mut Model, command: &str) -> Vec<Effect> {
    press(model, ":");
    write(model, command);
    press(model, "Enter")
}

/// What the disk would tell: this view, under this name.
fn know(model: &mut Model, named: &[(&str, View)]) {
    let of_profile = named.iter().map(|(name, view)| ((*name).to_owned(), view.clone()));
    let of_profile: BTreeMap<String, View> = of_profile.collect();
    let views = Views::from([(views::profile(model).unwrap_or_default(), of_profile)]);
    update(model, Msg::ViewsRecalled(Ok(views)));
}

fn big() -> View {
    View {
        of: "channels".to_owned(),
        filter: "members>1".to_owned(),
        sort: Some(SortedBy { field: "updated".to_owned(), descending: true }),
        columns: vec!["updated".to_owned(), "members".to_owned()],
        service: Some(sid::<crate::api::chat::services::Service>(1).to_string()),
    }
}

fn rows(model: &Model) -> &dyn Rows {
    model.rows(channels()).expect("a list")
}

#[test]
fn what_shows_is_kept_under_a_name_and_told_when_it_is() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    run(&mut model, "columns updated members");
    press(&mut model, "/");
    write(&mut model, "members>1");
    press(&mut model, "Enter s Enter");
    let sort = Some(Sort { field: 5, descending: true });
    let Model { lists, entities, .. } = &mut model;
    lists.rows_mut(channels()).unwrap().set_sort(sort, entities);
    let orders = run(&mut model, "view save my big ones");
    let [Effect::KeepView { profile, name, view: Some(view) }] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    assert_eq!(
        (profile.as_str(), name.as_str(), view.as_ref()),
        ("(practice)", "my big ones", &big())
    );
    let all = Views::from([(profile.clone(), BTreeMap::from([(name.clone(), big())]))]);
    let kept = |result| Msg::ViewKept { name: name.clone(), deed: Deed::Save, result };
    update(&mut model, kept(Err("the disk is full".to_owned())));
    assert_eq!(last_said(&model), "the view my big ones was not saved: the disk is full");
    update(&mut model, kept(Ok(all.clone())));
    assert_eq!(last_said(&model), "saved the view my big ones; :view my big ones brings it back");
    update(&mut model, kept(Ok(all)));
    assert_eq!(last_said(&model), "replaced the view my big ones");
    let orders = run(&mut model, "view delete my big ones");
    assert!(matches!(&orders[..], [Effect::KeepView { view: None, .. }]), "{orders:?}");
    let deleted = Msg::ViewKept {
        name: "my big ones".to_owned(),
        deed: Deed::Delete,
        result: Ok(Views::new()),
    };
    update(&mut model, deleted);
    assert_eq!(last_said(&model), "deleted the view my big ones");
    assert!(views::here(&model).is_none());
}

#[test]
fn names_that_would_not_be_found_again_are_refused() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    for (name, words) in [
        ("", ":view save NAME"),
        ("delete x", "does not begin with delete"),
        ("\u{202e}x", "letters, digits, signs and blanks"),
        ("a234567890123456789012345678901234567890x", "40 characters at most"),
    ] {
        assert_eq!(run(&mut model, &format!("view save {name}")), []);
        assert!(last_said(&model).contains(words), "{name:?}: {}", last_said(&model));
        press(&mut model, "Esc");
    }
    world.press(&mut model, "Enter");
    run(&mut model, "view save x");
    assert_eq!(last_said(&model), "a view is of a list; open one first");
}

#[test]
fn a_view_leads_from_anywhere_to_the_list_that_it_is_of() {
    let mut world = World::of(2, 3, 2);
    let mut model = open(&mut world);
    know(&mut model, &[("big", big())]);
    for keys in ["h", "2", "Enter", "i", "4", "5", "@"] {
        world.press(&mut model, keys);
        let orders = run(&mut model, "view big");
        world.serve(&mut model, orders);
        assert_eq!(model.path.places(), [Place::Services, channels()], "{keys}");
        let sort = Some(Sort { field: 5, descending: true });
        assert_eq!((rows(&model).filter(), rows(&model).sort()), ("members>1", sort));
        assert_eq!(model.columns.of(channels()), ["TYPE", "NAME", "UPDATED", "MBR"]);
        assert_eq!(said(&model)[0], "the view big");
    }
    // In another service it is of that service.
    world.press(&mut model, "h j");
    let orders = run(&mut model, "view big");
    world.serve(&mut model, orders);
    assert_eq!(model.path.focus(), Place::Channels(sid(2)));
}

#[test]
fn a_view_of_what_lies_in_something_needs_that_to_be_pointed_at() {
    let mut world = World::of(1, 3, 2);
    let mut model = console_at(&mut world, (80, 24), &[]);
    let of = |of: &str| View { of: of.to_owned(), ..View::default() };
    know(&mut model, &[("them", of("memberships")), ("who", of("members")), ("odd", of("later"))]);
    run(&mut model, "view who");
    assert_eq!(last_said(&model), "this is a view of members; open a channel first");
    press(&mut model, "Esc");
    run(&mut model, "view them");
    assert_eq!(last_said(&model), "this is a view of memberships; open a user first");
    press(&mut model, "Esc");
    run(&mut model, "view odd");
    assert_eq!(last_said(&model), "the view odd is of a list that is not known here");
    press(&mut model, "Esc");
    world.press(&mut model, "Enter");
    let orders = run(&mut model, "view who");
    world.serve(&mut model, orders);
    assert_eq!(model.path.focus(), Place::Members(sid(1), sid(11)));
    world.press(&mut model, "2");
    let orders = run(&mut model, "view them");
    world.serve(&mut model, orders);
    assert_eq!(model.path.focus(), Place::Memberships(sid(1), sid(11)));
}

#[test]
fn what_means_nothing_any_more_is_told_and_the_rest_holds() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    let old = View {
        filter: "l-1 memers>5".to_owned(),
        sort: Some(SortedBy { field: "colour".to_owned(), descending: false }),
        columns: vec!["size".to_owned(), "updated".to_owned()],
        ..big()
    };
    know(&mut model, &[("old", old)]);
    run(&mut model, "view old");
    let said = said(&model);
    assert!(said[2].starts_with("the view old: channels have no column “size”"), "{said:?}");
    assert_eq!(said[1], "the view old: channels cannot be sorted by “colour”");
    assert!(said[0].starts_with("the view old: its filter: no field “memers”"), "{said:?}");
    assert_eq!(rows(&model).filter(), "l-1", "what is right of it holds");
    assert_eq!(model.columns.of(channels()), ["TYPE", "NAME", "UPDATED"]);
    let prompt = model.prompt.as_ref().expect("it can be mended at once");
    assert_eq!((prompt.asks, prompt.text()), (Asks::Filter, "l-1 memers>5"));
    assert_eq!(prompt.fault.as_ref().map(|fault| fault.span.clone()), Some(4..12));
    press(&mut model, "Esc");
    assert_eq!(rows(&model).filter(), "l-1");
}

#[test]
fn names_that_nobody_typed_are_made_visible_wherever_they_are_told() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    let odd = "\u{1b}[31mred\u{202e}";
    let (gone, wrong) = ("gone".to_owned(), "members>>".to_owned());
    let long = "a".repeat(3_000);
    let of_nothing = View { of: gone, ..big() };
    know(&mut model, &[(odd, of_nothing), (&long, big())]);
    assert!(
        views::apply(&mut model, odd).unwrap_err().starts_with("the view ␛[31mred⟦202E⟧ is of")
    );
    let words = views::apply(&mut model, "none").unwrap_err();
    assert!(
        words.starts_with("there is no view “none”; there are ␛[31mred⟦202E⟧, aaaa"),
        "{words}"
    );
    assert!(words.chars().count() < 120, "{words}");
    know(&mut model, &[(odd, View { filter: wrong, ..big() })]);
    views::apply(&mut model, odd).expect("a list that is there");
    assert!(last_said(&model).starts_with("the view ␛[31mred⟦202E⟧: its filter"));
    views::kept(&mut model, odd, Deed::Delete, Ok(Views::new()));
    assert_eq!(last_said(&model), "deleted the view ␛[31mred⟦202E⟧");
}

#[test]
fn the_list_of_views_is_walked_and_one_of_them_taken() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    assert_eq!(run(&mut model, "view"), [Effect::RecallViews]);
    press(&mut model, "j Enter");
    assert_eq!(last_said(&model), "there are no views yet");
    press(&mut model, "Esc");
    assert!(model.overlay.is_none());
    know(&mut model, &[("a", View { filter: "x".to_owned(), ..big() }), ("big", big())]);
    run(&mut model, "view");
    assert_eq!(model.contexts(), [Context::Views, Context::Always]);
    press(&mut model, "j j j k j");
    assert!(matches!(model.overlay, Some(Overlay::Views { at: 1 })));
    press(&mut model, "Enter");
    assert!(model.overlay.is_none());
    assert_eq!(rows(&model).filter(), "members>1");
    run(&mut model, "view nope");
    assert_eq!(last_said(&model), "there is no view “nope”; there are a, big");
    press(&mut model, "^u");
    write(&mut model, "view b");
    press(&mut model, "Tab");
    assert_eq!(
        model.prompt.as_ref().map(|it| it.text().to_owned()).unwrap_or_default(),
        "view big"
    );
}

#[test]
fn views_that_cannot_be_read_are_told_once_and_keep_nobody_from_working() {
    let mut world = World::of(1, 3, 1);
    let mut model = open(&mut world);
    for _ in 0..2 {
        update(&mut model, Msg::ViewsRecalled(Err("views.json is damaged".to_owned())));
    }
    let told = "the saved views cannot be read: views.json is damaged";
    assert_eq!(said(&model).iter().filter(|words| **words == told).count(), 1);
    assert_eq!(run(&mut model, "view save x"), []);
    assert_eq!(last_said(&model), "not saved: views.json is damaged");
}

#[test]
fn that_nothing_can_be_changed_is_not_covered_by_views_that_cannot_be_read() {
    let mut world = World::of(1, 3, 1);
    let views = || Msg::ViewsRecalled(Err("no directory".to_owned()));
    for views_are_last in [false, true] {
        let mut model = open(&mut world);
        let journal = Msg::JournalOpened(on(Lane::Recall), Err("no directory".to_owned()));
        let facts = if views_are_last { [journal, views()] } else { [views(), journal] };
        for fact in facts {
            update(&mut model, fact);
        }
        assert_eq!(last_said(&model), "no journal, so nothing can be changed: no directory");
        assert_eq!(run(&mut model, "view big"), []);
        assert_eq!(last_said(&model), "no directory");
    }
}

#[test]
fn a_console_can_begin_with_a_view_or_a_filter() {
    let begun = |model: &mut Model, what| {
        let views =
            Views::from([("(practice)".to_owned(), BTreeMap::from([("big".to_owned(), big())]))]);
        views::begin(model, Ok(views), what)
    };
    let mut world = World::of(2, 3, 1);
    let mut model = console(80, 24);
    assert_eq!(begun(&mut model, (Some("big"), None)), Ok(()));
    let orders = begin(&mut model);
    world.serve(&mut model, orders);
    assert_eq!(model.path.places(), [Place::Services, channels()], "where it was saved");
    assert_eq!((rows(&model).filter(), rows(&model).loaded()), ("members>1", 3));

    let mut model = console(80, 24);
    assert_eq!(begun(&mut model, (Some("big"), Some("type:public"))), Ok(()));
    assert_eq!(rows(&model).filter(), "type:public", "in place of the view's");

    let mut model = console(80, 24);
    assert_eq!(begun(&mut model, (None, Some("members>0"))), Ok(()));
    let orders = begin(&mut model);
    assert!(last_said(&model).contains("--filter waits for a list of channels"));
    world.serve(&mut model, orders);
    world.press(&mut model, "j Enter");
    let second = Place::Channels(sid(2));
    assert_eq!(model.rows(second).map(Rows::filter), Some("members>0"));
    world.press(&mut model, "Esc h k Enter");
    assert_eq!(rows(&model).filter(), "", "of the first one alone");

    let mut model = console(80, 24);
    let wrong = begun(&mut model, (None, Some("x memers>0")));
    assert!(matches!(wrong, Err(Wrong::Filter(fault)) if fault.span == (2..10)));
    let wrong = begun(&mut model, (Some("small"), None));
    assert!(matches!(wrong, Err(Wrong::Words(words)) if words.contains("there are big")));
    let wrong = views::begin(&mut model, Err("it is damaged".to_owned()), (Some("big"), None));
    assert!(matches!(wrong, Err(Wrong::Words(words)) if words.contains("it is damaged")));
    let mut model = first_run(80, 24);
    assert!(begun(&mut model, (Some("big"), None)).is_err());
    assert!(matches!(model.session, Session::FirstRun { .. }));
}
