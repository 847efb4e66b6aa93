//! Places: opening, pages, refreshing, filtering, coming back.

use super::channels;
use crate::api::{chat::channels::Channel, page::NextPage, sid::Sid};
use crate::app::{
    effect::Effect,
    list::Rows,
    model::Model,
    msg::Msg,
    notice::ProblemKind,
    place::{Place, Subject},
    testing::{
        World, bare, channel, console, console_at, fail, is_sound, last_said, listing, named, on,
        page, press, problem, refusal, reply, service, sid, wait, write,
    },
    ticket::Lane,
    update::{begin, update},
};

const NARROW: (u16, u16) = (80, 24);

fn channel_place() -> Place {
    Place::Channel(sid(1), sid(11))
}

/// The loaded channels of a service, whatever the filter says.
fn channel_rows(model: &Model, of: u32) -> Vec<Sid<Channel>> {
    let rows = model.lists.channels[&sid(of)].first_rows().iter();
    rows.filter_map(|&row| model.entities.channel_sid(row)).collect()
}

fn numbers(model: &Model, place: Place) -> (usize, usize, usize) {
    let rows = model.rows(place).expect("a list");
    (rows.shown(), rows.loaded(), rows.at())
}

#[test]
fn a_console_begins_with_the_services() {
    let mut model = console(80, 24);
    let orders = begin(&mut model);
    assert_eq!(
        bare(&orders),
        [
            listing(Place::Services, None),
            Effect::RecallJournal { ticket: on(Lane::Recall) },
            Effect::RecallViews
        ]
    );
    let page = page(vec![service(1), service(2)], None);
    assert_eq!(update(&mut model, Msg::ServicesArrived(reply(&orders[0], page))), []);
    assert_eq!(numbers(&model, Place::Services), (2, 2, 0));
    assert_eq!(model.lists.services.cursor(), Some(sid(1)));
    assert!(model.lists.services.is_complete());
}

#[test]
fn every_place_asks_for_what_it_shows_once_and_again_on_refresh() {
    let (service, user) = (sid(1), sid(11));
    let fetch_channel =
        Effect::FetchChannel { ticket: on(Lane::Channel(sid(11))), service, channel: sid(11) };
    let fetch_user = Effect::FetchUser { ticket: on(Lane::User(user)), service, user };
    let members = Place::Members(service, sid(11));
    let memberships = Place::Memberships(service, user);
    let attributes = Place::Attributes(service, Subject::Channel(sid(11)));
    let of_user = Place::Attributes(service, Subject::User(user));
    // The keys that lead there from the services, what is asked on the way in, and what on `r`.
    let cases: [(&str, Place, Vec<Effect>, Vec<Effect>); 7] = [
        ("Enter", channels(), vec![listing(channels(), None)], vec![listing(channels(), None)]),
        (
            "2",
            Place::Users(service),
            vec![listing(Place::Users(service), None)],
            vec![listing(Place::Users(service), None)],
        ),
        (
            "Enter Enter",
            channel_place(),
            vec![fetch_channel.clone(), listing(members, None)],
            vec![fetch_channel.clone(), listing(members, None)],
        ),
        ("Enter 3", members, vec![listing(members, None)], vec![listing(members, None)]),
        (
            "2 Enter",
            memberships,
            vec![
                listing(memberships, None),
                Effect::FetchChannel {
                    ticket: on(Lane::Channel(sid(11))),
                    service,
                    channel: sid(11),
                },
                Effect::FetchChannel {
                    ticket: on(Lane::Channel(sid(12))),
                    service,
                    channel: sid(12),
                },
            ],
            vec![listing(memberships, None)],
        ),
        ("Enter i", attributes, vec![], vec![fetch_channel]),
        ("2 i", of_user, vec![], vec![fetch_user]),
    ];
    for (keys, place, opening, refreshing) in cases {
        let mut world = World::of(1, 2, 2);
        let mut model = console_at(&mut world, NARROW, &[]);
        let (way, last) = keys.rsplit_once(' ').unwrap_or(("", keys));
        world.press(&mut model, way);
        let mut asked = Vec::new();
        let mut orders = press(&mut model, last);
        while !orders.is_empty() {
            asked.extend(bare(&orders));
            let answers: Vec<Msg> = orders.iter().filter_map(|order| world.answer(order)).collect();
            orders = answers.into_iter().flat_map(|it| update(&mut model, it)).collect();
        }
        assert_eq!((model.path.focus(), asked), (place, opening), "{keys}");
        assert_eq!(wait(&mut model, 5_000), [], "{keys}: nothing more is asked by itself");
        assert_eq!(bare(&press(&mut model, "r")), refreshing, "{keys} r");
    }
}

#[test]
fn back_asks_nothing_and_shows_the_same_row_and_filter() {
    let mut world = World::of(1, 9, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "Enter / c h a n Enter j j j");
    assert_eq!(model.channel_at(channels()), Some(sid(14)));
    world.press(&mut model, "Enter");
    assert_eq!(model.path.focus(), Place::Channel(sid(1), sid(14)));
    for (away, back) in [("", "Backspace"), ("", "h"), ("", "Esc"), ("Esc 2", "1"), ("3", "h h")] {
        world.press(&mut model, away);
        assert_eq!(press(&mut model, back), [], "{back}");
        assert_eq!(model.path.focus(), channels(), "{back}");
        assert_eq!(model.channel_at(channels()), Some(sid(14)));
        assert_eq!(model.rows(channels()).map(Rows::filter), Some("chan"));
        world.press(&mut model, "Enter");
    }
}

#[test]
fn esc_peels_the_filter_first_then_the_place_and_never_quits() {
    let mut world = World::of(1, 9, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "Enter / l - 1 7 Enter");
    assert_eq!(numbers(&model, channels()), (1, 9, 0));
    assert_eq!(press(&mut model, "Esc"), []);
    assert_eq!((model.path.focus(), numbers(&model, channels())), (channels(), (9, 9, 6)));
    assert_eq!(press(&mut model, "Esc"), []);
    assert_eq!(model.path.focus(), Place::Services);
    assert_eq!(press(&mut model, "Esc Esc Esc h Backspace Left"), []);
    assert_eq!(model.path.focus(), Place::Services);
}

#[test]
fn a_filter_keeps_the_cursor_by_sid_and_leaving_the_prompt_restores_the_old_one() {
    let mut world = World::of(1, 9, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "Enter j j j j");
    press(&mut model, "/");
    write(&mut model, "!l-11 !l-12");
    assert_eq!(model.channel_at(channels()), Some(sid(15)), "its row passes, so it stays");
    assert_eq!(numbers(&model, channels()), (7, 9, 2));
    press(&mut model, "Enter /");
    write(&mut model, " nothing has this");
    assert_eq!(numbers(&model, channels()), (0, 9, 0));
    assert_eq!(model.channel_at(channels()), None);
    press(&mut model, "Esc");
    assert_eq!(model.rows(channels()).map(Rows::filter), Some("!l-11 !l-12"));
    assert_eq!(numbers(&model, channels()).0, 7);
    assert!(is_sound(&model.lists.channels[&sid(1)]));
}

#[test]
fn the_next_page_is_asked_for_only_when_the_former_is_in() {
    let mut world = World::of(1, 7, 1).paged(3);
    let mut model = console_at(&mut world, NARROW, &[]);
    let first = press(&mut model, "Enter");
    assert_eq!(bare(&first), [listing(channels(), None)]);
    assert_eq!(press(&mut model, "j k"), [], "keys ask for no page");
    let second = update(&mut model, world.answer(&first[0]).expect("a page"));
    assert_eq!(bare(&second), [listing(channels(), Some(&NextPage::made_up("3@0")))]);
    assert_eq!(numbers(&model, channels()), (3, 3, 0), "rows show before the second page");
    assert!(!model.lists.channels[&sid(1)].is_complete());
    press(&mut model, "j j");
    let third = update(&mut model, world.answer(&second[0]).expect("a page"));
    assert_eq!(bare(&third), [listing(channels(), Some(&NextPage::made_up("6@0")))]);
    assert_eq!(update(&mut model, world.answer(&third[0]).expect("a page")), []);
    assert_eq!(numbers(&model, channels()), (7, 7, 2));
    assert!(model.lists.channels[&sid(1)].is_complete());
}

#[test]
fn pages_wait_while_the_person_is_elsewhere_and_go_on_when_they_return() {
    let mut world = World::of(2, 7, 1).paged(3);
    let mut model = console_at(&mut world, NARROW, &[]);
    let first = press(&mut model, "Enter");
    press(&mut model, "h");
    assert_eq!(update(&mut model, world.answer(&first[0]).expect("a page")), []);
    let on_return = press(&mut model, "Enter");
    assert_eq!(bare(&on_return), [listing(channels(), Some(&NextPage::made_up("3@0")))]);
}

#[test]
fn a_failed_page_keeps_the_rows_and_r_reads_on() {
    let mut world = World::of(1, 7, 1).paged(3);
    let mut model = console_at(&mut world, NARROW, &[]);
    let first = press(&mut model, "Enter");
    let second = update(&mut model, world.answer(&first[0]).expect("a page"));
    assert_eq!(fail(&mut model, &second[0], problem(ProblemKind::Refused)), []);
    assert_eq!(numbers(&model, channels()), (3, 3, 0));
    assert!(!model.lists.channels[&sid(1)].is_complete());
    assert_eq!(
        last_said(&model),
        "channels could not be read to the end: the server said no; what is loaded stays, r reads on"
    );
    assert_eq!(press(&mut model, "j k"), [], "it is not asked again by itself");
    let again = press(&mut model, "r");
    assert_eq!(bare(&again), [listing(channels(), Some(&NextPage::made_up("3@0")))]);
    assert_eq!(world.serve(&mut model, again), []);
    assert_eq!(numbers(&model, channels()), (7, 7, 0));
}

#[test]
fn a_page_token_gone_stale_restarts_the_listing_and_keeps_the_cursor_by_sid() {
    let mut world = World::of(1, 7, 1).paged(3);
    let mut model = console_at(&mut world, NARROW, &[]);
    let first = press(&mut model, "Enter");
    let second = update(&mut model, world.answer(&first[0]).expect("a page"));
    press(&mut model, "j j");
    let restart = fail(&mut model, &second[0], refusal(21481, "Invalid page token"));
    assert_eq!(bare(&restart), [listing(channels(), None)]);
    assert!(last_said(&model).contains("reading it again from the start"));
    world.channels.swap(0, 2);
    world.serve(&mut model, restart);
    assert_eq!(model.channel_at(channels()), Some(sid(13)), "now the first row");
    assert_eq!(numbers(&model, channels()), (7, 7, 0));
}

#[test]
fn a_refresh_drops_what_is_gone_only_when_it_is_complete() {
    let mut world = World::of(1, 7, 1).paged(3);
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "Enter j");
    world.channels.remove(0);
    world.channels.push(channel(1, 18));
    let first = press(&mut model, "r");
    let second = update(&mut model, world.answer(&first[0]).expect("a page"));
    assert_eq!(numbers(&model, channels()), (7, 7, 1), "the old rows stay meanwhile");
    world.serve(&mut model, second);
    let truth: Vec<Sid<Channel>> = world.channels.iter().map(|it| it.sid).collect();
    assert_eq!(channel_rows(&model, 1), truth);
    assert_eq!(model.channel_at(channels()), Some(sid(12)));
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let mut world = World::of(1, 2, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    let old = press(&mut model, "Enter");
    let new = press(&mut model, "r");
    assert_ne!(old, new);
    let stale = page(vec![channel(1, 19)], Some("19"));
    assert_eq!(update(&mut model, Msg::ChannelsArrived(reply(&old[0], stale))), []);
    assert_eq!(numbers(&model, channels()), (0, 0, 0));
    assert_eq!(model.entities.confirmed_channel(sid(19)), None);
    world.serve(&mut model, new);
    assert_eq!(numbers(&model, channels()), (2, 2, 0));
}

#[test]
fn an_answer_lands_in_the_list_it_was_asked_for_whatever_is_open_now() {
    let mut world = World::of(2, 2, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    let of_first = press(&mut model, "Enter");
    let of_second = press(&mut model, "h j Enter");
    assert_eq!(bare(&of_second), [listing(Place::Channels(sid(2)), None)]);
    world.serve(&mut model, of_first);
    assert_eq!(numbers(&model, Place::Channels(sid(2))), (0, 0, 0));
    world.serve(&mut model, of_second);
    assert_eq!(channel_rows(&model, 1), [sid(11), sid(12)]);
    assert_eq!(channel_rows(&model, 2), [sid(21), sid(22)]);
}

#[test]
fn a_refresh_keeps_the_cursor_by_sid() {
    let mut world = World::of(1, 9, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "Enter j j j");
    world.channels.insert(0, named(1, 19, "a new one"));
    world.press(&mut model, "r");
    assert_eq!(model.channel_at(channels()), Some(sid(14)));
    assert_eq!(numbers(&model, channels()).2, 4);
    world.channels.retain(|it| it.sid != sid(14));
    world.press(&mut model, "r");
    assert_eq!(model.channel_at(channels()), Some(sid(15)), "its row is gone: the nearest");
}

#[test]
fn a_refresh_that_failed_offline_is_begun_anew_and_loses_no_row() {
    let mut world = World::of(1, 7, 1).paged(3);
    let mut model = console_at(&mut world, NARROW, &[]);
    let first = press(&mut model, "Enter");
    let second = update(&mut model, world.answer(&first[0]).expect("a page"));
    assert_eq!(second.len(), 1);
    // The first page is in and names a second; now everything is asked again, in vain.
    let refresh = press(&mut model, "r");
    fail(&mut model, &refresh[0], problem(ProblemKind::Offline));
    let retry = wait(&mut model, 2_000);
    assert_eq!(bare(&retry), [listing(channels(), None)], "from the start, not from the middle");
    world.serve(&mut model, retry);
    assert_eq!(numbers(&model, channels()), (7, 7, 0));
}

#[test]
fn a_list_can_be_stopped_and_says_so() {
    let mut world = World::of(1, 7, 1).paged(3);
    let mut model = console_at(&mut world, NARROW, &[]);
    let first = press(&mut model, "Enter");
    let second = update(&mut model, world.answer(&first[0]).expect("a page"));
    assert_eq!(press(&mut model, "^c"), [Effect::Abort(Lane::List(channels()))]);
    let late = world.answer(&second[0]).expect("a page");
    assert_eq!(update(&mut model, late), [], "what comes late is not wanted");
    assert_eq!(wait(&mut model, 10_000), []);
    let list = &model.lists.channels[&sid(1)];
    assert!((list.is_stopped(), list.is_complete(), list.loaded()) == (true, false, 3));
    let on = press(&mut model, "r");
    assert_eq!(bare(&on), [listing(channels(), Some(&NextPage::made_up("3@0")))], "r reads on");
    world.serve(&mut model, on);
    assert_eq!(numbers(&model, channels()), (7, 7, 0));
    assert_eq!(bare(&press(&mut model, "r")), [listing(channels(), None)], "now from the start");
}

#[test]
fn a_list_that_changes_all_the_time_is_begun_anew_three_times_and_r_tries_again() {
    let mut world = World::of(1, 7, 1).paged(3);
    let mut model = console_at(&mut world, NARROW, &[]);
    let mut orders = press(&mut model, "Enter");
    let mut begun = 0;
    while !orders.is_empty() {
        begun += 1;
        let second = update(&mut model, world.answer(&orders[0]).expect("a page"));
        orders = fail(&mut model, &second[0], refusal(21481, "Invalid page token"));
        assert_eq!(numbers(&model, channels()), (3, 3, 0), "no row is lost");
    }
    assert_eq!(begun, 4);
    assert!(last_said(&model).contains("could not be read to the end: Invalid page token"));
    let again = press(&mut model, "r");
    let restart = fail(&mut model, &again[0], refusal(21481, "Invalid page token"));
    world.serve(&mut model, restart);
    assert!(model.lists.channels[&sid(1)].is_complete());
}

#[test]
fn pages_without_a_new_row_are_not_followed_for_ever() {
    let mut world = World::of(1, 7, 1).paged(3);
    let mut model = console_at(&mut world, NARROW, &[]);
    let mut orders = press(&mut model, "Enter");
    let mut asked = 0;
    while let Some(order) = orders.first() {
        asked += 1;
        assert!(asked < 50, "it is followed for ever");
        // Every page is the first one, and names a new way on.
        let again = page(vec![channel(1, 11), channel(1, 12)], Some(&format!("{asked}")));
        orders = update(&mut model, Msg::ChannelsArrived(reply(order, again)));
    }
    assert_eq!(asked, 6);
    assert_eq!(numbers(&model, channels()), (2, 2, 0));
    assert!(!model.lists.channels[&sid(1)].is_complete());
    assert!(last_said(&model).contains("keeps sending pages without a new row"));
    let on = press(&mut model, "r");
    assert_eq!(bare(&on), [listing(channels(), Some(&NextPage::made_up("6")))]);
}

#[test]
fn a_channel_that_is_gone_is_struck_and_stays() {
    let mut world = World::of(1, 2, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "Enter Enter");
    let orders = press(&mut model, "r");
    fail(&mut model, &orders[0], problem(ProblemKind::Gone));
    let key = crate::app::ticket::EditKey::Channel(sid(11));
    assert!(model.entities.is_gone(key));
    assert_eq!(last_said(&model), "Channel 11 is gone: the server no longer knows it");
    assert_eq!(numbers(&model, channels()).0, 2, "the row stays");
    world.press(&mut model, "r");
    assert!(!model.entities.is_gone(key), "the server has it after all");
}

#[test]
fn pasted_text_goes_to_the_prompt_and_nowhere_else() {
    let mut world = World::of(1, 2, 1);
    let mut model = console_at(&mut world, NARROW, &[]);
    world.press(&mut model, "Enter");
    assert_eq!(update(&mut model, Msg::Pasted("q r e".to_owned())), []);
    assert_eq!(
        last_said(&model),
        "nothing here takes text; / filters, e edits, and a sid leads to what it names"
    );
    press(&mut model, "/");
    update(&mut model, Msg::Pasted("channel-12\nq\n".to_owned()));
    assert_eq!(model.rows(channels()).map(Rows::filter), Some("channel-12 q"));
    press(&mut model, "Backspace Backspace");
    assert_eq!(numbers(&model, channels()), (1, 2, 0));
}
