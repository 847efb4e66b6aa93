//! Contact with the server: refused, away, back; and what the clock has to do with it.

use jiff::SignedDuration;

use super::channels;
use crate::api::client::{Traffic, Waiting};
use crate::app::{
    contact::next_tick,
    effect::Effect,
    model::{Model, Session},
    msg::Msg,
    notice::ProblemKind,
    place::Place,
    testing::{
        World, bare, console_at, fail, first_run, last_said, listing, on, press, problem, reply,
        said, sid, wait,
    },
    ticket::Lane,
    update::{begin, update},
};

const NARROW: (u16, u16) = (80, 24);

fn at(size: (u16, u16), place: Place) -> (World, Model) {
    let mut world = World::of(2, 6, 6);
    let model = console_at(&mut world, size, &[place]);
    (world, model)
}

fn seconds(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

#[test]
fn refused_credentials_stop_all_asking_until_r() {
    let memberships = Place::Memberships(sid(1), sid(11));
    for (size, place) in [
        (NARROW, channels()),
        ((120, 40), channels()),
        ((200, 50), Place::Users(sid(1))),
        (NARROW, memberships),
        ((120, 40), Place::Members(sid(1), sid(11))),
    ] {
        let (mut world, mut model) = at(size, place);
        let orders = press(&mut model, "r");
        fail(&mut model, &orders[0], problem(ProblemKind::Auth));
        assert!(model.contact.refused.is_some());
        for keys in [
            "j j Enter",
            "Esc 2 j",
            "j Enter",
            "3 j Enter",
            "m",
            "1 j Enter",
            "e x ^s",
            "Esc Esc j Enter",
            "2 Enter",
        ] {
            let asked = [press(&mut model, keys), wait(&mut model, 60_000)].concat();
            assert_eq!(asked, [], "{place:?} {keys}");
        }
        press(&mut model, "Esc");
        let again = press(&mut model, "r");
        assert!(!again.is_empty() && model.contact.refused.is_none());
        assert_eq!(world.serve(&mut model, again), []);
    }
}

#[test]
fn nothing_can_be_changed_while_the_credentials_are_refused() {
    let (_, mut model) = at(NARROW, Place::Memberships(sid(1), sid(11)));
    let orders = press(&mut model, "r");
    fail(&mut model, &orders[0], problem(ProblemKind::Auth));
    assert_eq!(press(&mut model, "m"), []);
    assert_eq!(last_said(&model), "the credentials were refused; r tries once more");
    assert_eq!(model.entities.writes_out(), 0);
}

#[test]
fn away_is_tried_again_ever_more_slowly_and_told_once() {
    let (mut world, mut model) = at(NARROW, channels());
    let mut orders = press(&mut model, "r");
    for pause in [2, 4, 8, 16, 30, 30, 30] {
        assert_eq!(fail(&mut model, &orders[0], problem(ProblemKind::Offline)), []);
        assert_eq!(wait(&mut model, pause * 1_000 - 100), [], "not before {pause} s");
        orders = wait(&mut model, 100);
        assert_eq!(bare(&orders), [listing(channels(), None)], "after {pause} s");
    }
    assert_eq!(said(&model).len(), 1, "one notice, not one a try");
    assert!(last_said(&model).starts_with("the server is away: "));
    assert_eq!(model.lists.channels[&sid(1)].first_rows().len(), 6, "the rows stay");
    world.serve(&mut model, orders);
    assert_eq!(last_said(&model), "the server answers again");
    assert_eq!(
        (model.contact.away_since, model.contact.retry_at, model.contact.tries),
        (None, None, 0)
    );
}

#[test]
fn every_pane_that_failed_offline_is_tried_again_even_if_another_answer_came() {
    let (mut world, mut model) = at((120, 40), channels());
    // The pane beside the list follows, its members fail; then the list itself is read well.
    press(&mut model, "j");
    let followed = wait(&mut model, 200);
    assert_eq!(bare(&followed), [listing(Place::Members(sid(1), sid(12)), None)]);
    fail(&mut model, &followed[0], problem(ProblemKind::Offline));
    world.press(&mut model, "r");
    let retried = [wait(&mut model, 10_000), wait(&mut model, 30_000)].concat();
    assert_eq!(bare(&retried), [listing(Place::Members(sid(1), sid(12)), None)]);
}

#[test]
fn a_place_that_failed_offline_is_tried_again_when_the_person_comes_back_to_it() {
    let (mut world, mut model) = at(NARROW, channels());
    let orders = press(&mut model, "2");
    press(&mut model, "1");
    fail(&mut model, &orders[0], problem(ProblemKind::Offline));
    world.press(&mut model, "r");
    assert_eq!(model.contact.away_since, None);
    let mut retried = press(&mut model, "2");
    retried.extend(wait(&mut model, 30_000));
    assert_eq!(bare(&retried), [listing(Place::Users(sid(1)), None)]);
}

#[test]
fn names_that_could_not_be_read_offline_are_asked_for_again() {
    let mut world = World::of(1, 2, 1);
    let mut model = console_at(&mut world, NARROW, &[Place::Users(sid(1))]);
    let orders = press(&mut model, "Enter");
    let names = update(&mut model, world.answer(&orders[0]).expect("a page"));
    assert_eq!(names.len(), 2);
    for name in &names {
        fail(&mut model, name, problem(ProblemKind::Offline));
    }
    let mut retried = wait(&mut model, 30_000);
    let focus = world.serve(&mut model, retried.clone());
    retried.extend(wait(&mut model, 30_000));
    assert_eq!(focus, []);
    assert_eq!(model.entities.confirmed_channel(sid(11)).map(|it| it.sid), Some(sid(11)));
    assert_eq!(model.entities.confirmed_channel(sid(12)).map(|it| it.sid), Some(sid(12)));
}

#[test]
fn r_tries_at_once_while_away() {
    let (_, mut model) = at(NARROW, channels());
    let orders = press(&mut model, "r");
    fail(&mut model, &orders[0], problem(ProblemKind::Offline));
    assert_eq!(bare(&press(&mut model, "r")), [listing(channels(), None)]);
    assert_eq!(wait(&mut model, 60_000), [], "and the retry that was due is off");
}

#[test]
fn an_idle_console_sleeps() {
    let (_, mut model) = at(NARROW, channels());
    assert_eq!(next_tick(&model), seconds(60));
    press(&mut model, "j");
    assert_eq!(next_tick(&model), SignedDuration::from_millis(120), "until the panes follow");
    wait(&mut model, 120);
    assert_eq!(next_tick(&model), seconds(60));
    press(&mut model, "r");
    assert_eq!(next_tick(&model), SignedDuration::from_millis(120), "while it reads");
    press(&mut model, "^c");
    assert_eq!(next_tick(&model), seconds(8), "until the notice leaves");
    wait(&mut model, 8_000);
    assert_eq!(next_tick(&model), seconds(60));
}

#[test]
fn waits_count_down_by_the_second() {
    let (_, mut model) = at(NARROW, channels());
    let waiting = Traffic::Waiting { millis: 4_500, why: Waiting::Throttled, attempt: 1 };
    update(&mut model, Msg::Traffic(waiting));
    assert_eq!(next_tick(&model), seconds(1));
    wait(&mut model, 4_500);
    assert_eq!((model.contact.waiting, next_tick(&model)), (None, seconds(60)));
    update(&mut model, Msg::Traffic(waiting));
    update(&mut model, Msg::Traffic(Traffic::Answered { status: 200, millis: 48 }));
    assert_eq!(model.contact.answered, Some((model.now, 48)));
    assert_eq!(model.contact.waiting, None);
}

#[test]
fn the_clock_never_goes_back() {
    let (_, mut model) = at(NARROW, channels());
    let before = model.now;
    wait(&mut model, -5_000);
    assert_eq!(model.now, before);
}

#[test]
fn without_credentials_nothing_is_asked_until_the_sandbox_is_wanted() {
    let mut model = first_run(80, 24);
    assert_eq!(begin(&mut model), []);
    assert_eq!(press(&mut model, "j r e m /"), []);
    let start = press(&mut model, "1");
    assert_eq!(bare(&start), [Effect::StartSandbox { ticket: on(Lane::Connect) }]);
    assert_eq!(press(&mut model, "1 Enter"), [], "once is enough");
    let failed = fail(&mut model, &start[0], problem(ProblemKind::Bug));
    assert_eq!(failed, []);
    assert_eq!(last_said(&model), "the sandbox could not be started: a bug");
    let start = press(&mut model, "1");
    let account = crate::runtime::executor::practice_account();
    let first = update(&mut model, Msg::Connected(reply(&start[0], account)));
    assert_eq!(
        bare(&first),
        [
            listing(Place::Services, None),
            Effect::RecallJournal { ticket: on(Lane::Recall) },
            Effect::RecallViews
        ]
    );
    assert!(matches!(model.session, Session::Open(_)));
}

#[test]
fn the_variables_are_printed_on_the_way_out() {
    let orders = press(&mut first_run(80, 24), "3");
    let [Effect::Exit { print: Some(text) }] = &orders[..] else { panic!("{orders:?}") };
    assert!(text.contains("TWILIO_ACCOUNT_SID"));
}
