//! Accounts that only read, and switching from one to another.

use crate::app::{
    account::{Account, Choice, SignedIn},
    effect::Effect,
    keymap::Keymap,
    list::Rows,
    model::{Model, Overlay, Session},
    msg::{Msg, Remembered},
    notice::ProblemKind,
    permit,
    place::Place,
    profiles::Profiles,
    testing::{
        World, console, console_at, fail, last_said, press, problem, reply, said, sid, write,
    },
    ticket::Lane,
    update::{begin, update},
};
use crate::config::{Rebinding, Spot};

const SERVICE: u32 = 1;

fn choice(name: &str) -> Choice {
    Choice {
        name: name.to_owned(),
        label: name.to_owned(),
        source: "in config.toml".to_owned(),
        production: false,
        reads_only: false,
        colour: None,
        lacks: None,
    }
}

fn account(name: &str) -> Account {
    Account { label: name.to_owned(), profile: Some(name.to_owned()), ..Account::default() }
}

/// In the account `first`, at the channels of a service; `second`, `secure` and one without credentials are there too.
fn at_channels() -> (World, Model) {
    let mut world = World::of(2, 3, 2);
    let mut model = console_at(&mut world, (120, 40), &[Place::Channels(sid(SERVICE))]);
    model.session = Session::Open(account("first"));
    let bare = Choice { lacks: Some("it has no credentials".to_owned()), ..choice("third") };
    let choices = vec![choice("first"), choice("second"), bare, choice("secure")];
    model.profiles = Profiles::of(choices, None);
    (world, model)
}

fn reads_only(model: &mut Model) {
    let why = Some("--read-only was given".to_owned());
    model.session = Session::Open(Account { reads_only: why, ..account("first") });
}

fn command(model: &mut Model, typed: &str) -> Vec<Effect> {
    press(model, ":");
    write(model, typed);
    press(model, "Enter")
}

/// Orders a switch and has it answered.
fn switched(model: &mut Model, name: &str) -> Vec<Effect> {
    let orders = command(model, &format!("profile {name}"));
    let [order @ Effect::Connect { profile, .. }] = &orders[..] else { panic!("{orders:?}") };
    assert_eq!(profile, name);
    update(model, Msg::Switched(reply(order, account(name))))
}

#[test]
fn in_a_read_only_account_no_key_and_no_command_changes_anything() {
    let (mut world, mut model) = at_channels();
    reads_only(&mut model);
    let ways = [
        (Place::Channels(sid(SERVICE)), "e"),
        (Place::Channels(sid(SERVICE)), "a"),
        (Place::Channels(sid(SERVICE)), "M"),
        (Place::Channels(sid(SERVICE)), "E"),
        (Place::Channels(sid(SERVICE)), "u"),
        (Place::Channels(sid(SERVICE)), ": n e w Enter"),
        (Place::Channels(sid(SERVICE)), ": e d i t Enter"),
        (Place::Channels(sid(SERVICE)), ": m i g r a t e Enter"),
        (Place::Channels(sid(SERVICE)), ": d e l e t e Enter"),
        (Place::Memberships(sid(SERVICE), sid(11)), "m"),
        (Place::Memberships(sid(SERVICE), sid(11)), "e"),
        (Place::Memberships(sid(SERVICE), sid(11)), ": m u t e Enter"),
        (Place::Memberships(sid(SERVICE), sid(11)), ": d e l e t e Space 0 0 0 b Enter"),
        (Place::Flex, "a"),
    ];
    for (place, keys) in ways {
        model.path.enter(place);
        let asked = crate::app::places::ask(&mut model, place, crate::app::list::Ask::First);
        world.serve(&mut model, asked);
        model.notices = crate::app::notice::Notices::default();
        assert_eq!(press(&mut model, keys), [], "{place:?} {keys}");
        assert_eq!(last_said(&model), "read-only: --read-only was given", "{place:?} {keys}");
        assert!(model.overlay.is_none(), "{place:?} {keys} opens nothing");
        assert_eq!(model.entities.writes_out(), 0);
    }
}

#[test]
fn the_same_keys_work_where_writing_is_allowed() {
    let (_, mut model) = at_channels();
    press(&mut model, "e");
    assert!(matches!(model.overlay, Some(Overlay::Form(_))));
    for binding in crate::app::keymap::BINDINGS {
        let reason = permit::refusal(&model, binding.action).unwrap_or_default();
        assert!(!reason.contains("read-only"), "{reason}");
    }
}

#[test]
fn a_switch_begins_anew_and_keeps_nothing_of_the_account_before() {
    let (mut world, mut model) = at_channels();
    press(&mut model, "T /");
    write(&mut model, "chan");
    let walked = press(&mut model, "Enter Enter");
    world.serve(&mut model, walked);
    let effects = switched(&mut model, "second");
    assert!(matches!(effects[0], Effect::Adopt { .. }), "{effects:?}");
    assert!(matches!(effects[1], Effect::ListServices { next: None, .. }), "{effects:?}");
    assert!(matches!(effects[2], Effect::RecallJournal { .. }), "{effects:?}");
    assert_eq!(effects[3..], [Effect::RecallViews], "{effects:?}");
    // Compared with a console that never saw another account.
    let mut fresh = console(120, 40);
    fresh.session = Session::Open(account("second"));
    begin(&mut fresh);
    let told = |model: &Model| {
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            model.session,
            model.entities,
            model.trees.len(),
            model.path,
            model.previews,
            model.stands,
            model.drafts.len(),
            model.parked.len(),
            model.fetches.len(),
            model.overlay.is_none(),
        )
    };
    assert_eq!(told(&model), told(&fresh));
    assert_eq!(model.lists.services.loaded(), 0);
    assert!(model.lists.channels.is_empty() && model.lists.users.is_empty());
    assert!(model.absolute_times, "how times are shown is the person's own");
    assert_eq!(said(&model), ["this is second now; nothing of the account before is kept"]);
}

#[test]
fn an_answer_that_was_asked_of_the_account_before_is_not_heard() {
    let (world, mut model) = at_channels();
    let mut late = press(&mut model, "r 2");
    assert!(late.len() > 1, "{late:?}");
    switched(&mut model, "second");
    late.retain(|order| !matches!(order, Effect::Abort(_)));
    for order in &late {
        let answer = world.clone().answer(order).expect("an answer");
        update(&mut model, answer);
        fail(&mut model, order, problem(ProblemKind::Auth));
        fail(&mut model, order, problem(ProblemKind::Offline));
    }
    assert!(model.contact.refused.is_none(), "the new account was not refused");
    assert!(model.contact.away_since.is_none());
    assert!(model.entities.channel(sid(11)).is_none());
    assert!(model.lists.channels.is_empty() && model.lists.users.is_empty());
    assert!(model.lists.services.listing().is_loading(), "its own question is still out");
}

#[test]
fn what_the_journal_kept_of_the_account_before_is_not_heard() {
    let (_, mut model) = at_channels();
    let asked = begin(&mut model);
    let recalls = |order: &&Effect| matches!(order, Effect::RecallJournal { .. });
    let late = crate::app::testing::ticket(asked.iter().find(recalls).unwrap());
    let effects = switched(&mut model, "second");
    let origin = |name: &str| {
        let origins = [name.to_owned(), name.to_owned()];
        Remembered { origins, ..Remembered::default() }
    };
    let failed = Err("the disk is full".to_owned());
    assert_eq!(update(&mut model, Msg::JournalOpened(late, failed)), []);
    assert!(model.no_journal.is_none());
    update(&mut model, Msg::JournalOpened(late, Ok(origin("https://first.example"))));
    assert_eq!(model.origins, [String::new(), String::new()]);
    let now = crate::app::testing::ticket(effects.iter().find(recalls).unwrap());
    update(&mut model, Msg::JournalOpened(now, Ok(origin("https://second.example"))));
    assert_eq!(model.origins, origin("https://second.example").origins);
}

#[test]
fn the_list_of_profiles_switches_by_enter() {
    let (_, mut model) = at_channels();
    assert_eq!(command(&mut model, "profile"), []);
    assert!(matches!(model.overlay, Some(Overlay::Profiles { at: 0 })), "where the person is");
    let orders = press(&mut model, "j Enter");
    assert!(matches!(&orders[..], [Effect::Connect { profile, .. }] if profile == "second"));
    assert_eq!(press(&mut model, "e a x : /"), [], "nothing is done meanwhile");
    assert!(model.prompt.is_none());
    let aborted = press(&mut model, "^c");
    assert!(matches!(aborted[..], [Effect::Abort(_)]), "{aborted:?}");
    assert!(model.overlay.is_none());
    let late = update(&mut model, Msg::Switched(reply(&orders[0], account("second"))));
    assert_eq!(late, [], "it was given up");
    assert!(matches!(&model.session, Session::Open(of) if of.label == "first"));
    press(&mut model, ":");
    write(&mut model, "profile");
    press(&mut model, "Enter G j j");
    assert!(matches!(model.overlay, Some(Overlay::Profiles { at: 3 })));
    press(&mut model, "g k q");
    assert!(model.overlay.is_none());
}

#[test]
fn a_profile_that_does_not_work_leaves_everything_as_it_is() {
    let (_, mut model) = at_channels();
    let orders = command(&mut model, "profile second");
    let why = crate::app::notice::Problem::new(ProblemKind::Refused, "the variable T is not set");
    assert_eq!(fail(&mut model, &orders[0], why), []);
    assert_eq!(last_said(&model), "not switched to second: the variable T is not set");
    assert!(matches!(&model.session, Session::Open(of) if of.label == "first"));
    assert!(model.entities.channel(sid(11)).is_some());
    assert!(matches!(model.overlay, Some(Overlay::Profiles { at: 1 })), "to choose another");
}

#[test]
fn what_cannot_be_switched_to_is_said_and_the_command_stays() {
    for (typed, words) in [
        ("profile nope", "there is no profile “nope”; :profile lists them"),
        ("profile first", "first is the profile you are in"),
        ("profile third", "it has no credentials"),
    ] {
        let (_, mut model) = at_channels();
        assert_eq!(command(&mut model, typed), []);
        assert_eq!(last_said(&model), words);
        assert!(model.prompt.is_some(), "to be mended");
    }
    let (_, mut model) = at_channels();
    model.profiles = Profiles::of(vec![choice("second")], Some("started with --base-url"));
    assert_eq!(command(&mut model, "profile second"), []);
    assert_eq!(last_said(&model), "started with --base-url");
}

#[test]
fn a_write_that_is_out_keeps_the_account() {
    let (mut world, mut model) = at_channels();
    press(&mut model, "e");
    write(&mut model, "!");
    let saving = press(&mut model, "^s");
    assert_eq!(command(&mut model, "profile second"), []);
    assert_eq!(last_said(&model), "1 save is still out; switch when that is answered");
    press(&mut model, "Esc");
    world.serve(&mut model, saving);
    assert!(matches!(switched(&mut model, "second")[0], Effect::Adopt { .. }));
}

#[test]
fn typed_text_is_not_dropped_without_asking() {
    let (_, mut model) = at_channels();
    press(&mut model, "e");
    write(&mut model, " and more");
    press(&mut model, "Esc");
    assert_eq!(command(&mut model, "profile second"), []);
    assert!(matches!(&model.overlay, Some(Overlay::Switch { name }) if name == "second"));
    press(&mut model, "n");
    assert!(model.overlay.is_none());
    assert_eq!(model.drafts.len(), 1, "staying loses nothing");
    command(&mut model, "profile second");
    let orders = press(&mut model, "y");
    assert!(matches!(orders[..], [Effect::Connect { .. }]), "{orders:?}");
    update(&mut model, Msg::Switched(reply(&orders[0], account("second"))));
    assert!(matches!(&model.session, Session::Open(of) if of.label == "second"));
    assert!(model.drafts.is_empty());
}

#[test]
fn a_switch_that_fails_after_the_question_keeps_what_was_typed() {
    let (_, mut model) = at_channels();
    press(&mut model, "e");
    write(&mut model, " and more");
    press(&mut model, "Esc");
    command(&mut model, "profile second");
    let orders = press(&mut model, "y");
    fail(&mut model, &orders[0], problem(ProblemKind::Refused));
    assert_eq!(model.drafts.len(), 1);
}

#[test]
fn tab_completes_the_name_of_a_profile() {
    let (_, mut model) = at_channels();
    press(&mut model, ":");
    write(&mut model, "prof");
    press(&mut model, "Tab");
    write(&mut model, "seco");
    press(&mut model, "Tab");
    assert_eq!(model.prompt.as_ref().unwrap().text(), "profile second");
    for typed in ["profile zz", "delete se", "zz se"] {
        press(&mut model, "Esc :");
        write(&mut model, typed);
        press(&mut model, "Tab");
        assert_eq!(model.prompt.as_ref().unwrap().text(), typed);
    }
}

#[test]
fn the_webhooks_of_the_new_account_hold_after_a_switch() {
    let (_, mut model) = at_channels();
    let orders = command(&mut model, "profile second");
    let on = crate::api::client::Webhooks::On;
    let told = Account { webhooks: on, ..account("second") };
    update(&mut model, Msg::Switched(reply(&orders[0], told)));
    assert_eq!(model.webhooks, on);
    switched(&mut model, "first");
    assert_eq!(model.webhooks, crate::api::client::Webhooks::Off);
}

#[test]
fn without_credentials_a_profile_can_be_chosen() {
    let mut model = crate::app::testing::first_run(80, 24);
    press(&mut model, "4");
    assert!(model.overlay.is_none(), "there are none");
    model.profiles = Profiles::of(vec![choice("first"), choice("second")], None);
    let orders = press(&mut model, "4 Enter");
    assert!(matches!(&orders[..], [Effect::Connect { profile, .. }] if profile == "first"));
    update(&mut model, Msg::Switched(reply(&orders[0], account("first"))));
    assert!(matches!(&model.session, Session::Open(of) if of.label == "first"));
}

#[test]
fn what_was_odd_in_the_files_is_said_once() {
    let mut model = console(80, 24);
    model.profiles.warnings = vec!["config.toml, line 2, column 1: later is not known".to_owned()];
    begin(&mut model);
    assert_eq!(said(&model), ["config.toml, line 2, column 1: later is not known"]);
    begin(&mut model);
    assert_eq!(said(&model).len(), 1);
}

#[test]
fn the_tour_moves_along_and_is_left_at_any_key() {
    let mut model = crate::app::testing::first_run(80, 24);
    let start = press(&mut model, "t");
    let account = crate::runtime::executor::practice_account();
    let first = update(&mut model, Msg::Connected(reply(&start[0], account)));
    assert!(matches!(model.overlay, Some(Overlay::Tour { at: 0 })));
    let mut world = World::of(2, 3, 1);
    assert_eq!(press(&mut model, "Enter"), []);
    assert!(matches!(model.overlay, Some(Overlay::Tour { at: 0 })), "nothing to open is there yet");
    assert!(last_said(&model).starts_with("still reading"));
    world.serve(&mut model, first);
    world.press(&mut model, "Enter Enter");
    assert!(matches!(model.overlay, Some(Overlay::Tour { at: 2 })));
    assert!(matches!(model.path.focus(), Place::Channel(..)));
    // Who goes back and on again does not go deeper.
    world.press(&mut model, "h Enter");
    assert_eq!(model.path.places().len(), 3);
    world.press(&mut model, "Enter Enter Enter Enter Enter");
    assert!(model.overlay.is_none(), "it has an end");
    command(&mut model, "tour");
    assert_eq!(model.path.places(), [Place::Services], "it begins where its words are true");
    world.press(&mut model, "z");
    assert!(model.overlay.is_none(), "any key leaves");
    assert_eq!(model.path.places(), [Place::Services]);
}

#[test]
fn a_new_profile_is_proposed_a_name_that_is_free() {
    let mut model = crate::app::testing::first_run(80, 24);
    model.profiles = Profiles::of(vec![choice("main"), choice("main-2")], None);
    press(&mut model, "2");
    let Some(Overlay::SignIn(form)) = &model.overlay else { panic!("the form") };
    assert_eq!(form.shown(crate::app::sign_in::Line::Name), "main-3");
}

#[test]
fn the_tour_tells_the_keys_in_force() {
    let mut model = console(80, 24);
    let stops = |model: &Model| -> Vec<String> {
        crate::app::tour::STOPS.iter().map(|stop| stop.told(model)).collect()
    };
    let usual = stops(&model);
    assert!(usual[0].ends_with("j and k move, Enter goes in, h comes back."), "{}", usual[0]);
    assert!(usual[2].contains("y copies what the cursor is on, i shows"), "{}", usual[2]);
    assert!(usual[3].starts_with("e opens a form, E your editor. Nothing is sent before ^s."));
    assert!(usual.iter().all(|words| !words.contains("{}")), "each key has its action: {usual:?}");
    let spot = |text: &str| Spot { text: text.to_owned(), line: 1, column: 1 };
    let open = Rebinding { context: None, action: spot("open"), keys: vec![spot("F9")] };
    model.keymap = std::sync::Arc::new(Keymap::rebound(&[open]).expect("keys").0);
    assert!(stops(&model)[0].contains("F9 goes in"));
}

#[test]
fn credentials_that_are_wrong_are_told_before_anything_is_asked() {
    let mut model = crate::app::testing::first_run(80, 24);
    press(&mut model, "2");
    write(&mut model, "CH01");
    assert_eq!(press(&mut model, "^s"), []);
    let problem = |model: &Model| match &model.overlay {
        Some(Overlay::SignIn(form)) => form.problem.clone().unwrap_or_default(),
        other => panic!("{other:?}"),
    };
    assert!(problem(&model).contains("begins with SK"), "{}", problem(&model));
    press(&mut model, "^u");
    write(&mut model, "SK0000000000000000000000000000000f");
    assert_eq!(press(&mut model, "Enter"), []);
    write(&mut model, "made-up");
    let orders = press(&mut model, "^t");
    let [order @ Effect::SignIn { keep: false, .. }] = &orders[..] else { panic!("{orders:?}") };
    assert!(!format!("{model:?} {orders:?}").contains("made-up"), "secrets do not print");
    assert_eq!(press(&mut model, "x ^s"), [], "it is being tried");
    assert_eq!(press(&mut model, "Esc"), [Effect::Abort(Lane::Switch)]);
    let late = reply(
        order,
        SignedIn { account: account("main"), choices: vec![choice("main")], kept: None },
    );
    assert_eq!(update(&mut model, Msg::SignedIn(late)), []);
    assert!(matches!(model.session, Session::FirstRun { .. }), "it was given up");
}
