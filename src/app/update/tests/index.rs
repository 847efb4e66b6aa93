//! Rows of an earlier run: they stand in, lose against whatever the server says, and are struck where it says nothing.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::channels;
use crate::api::{chat::channels::Channel, page::NextPage, sid::Sid};
use crate::app::{
    effect::Effect,
    index::Recalled,
    list::{Memory, Rows},
    model::{Model, Overlay, Session},
    msg::Msg,
    notice::ProblemKind,
    testing::{
        World, bare, channel, console, fail, is_sound, last_said, listing, named, on, page, press,
        problem, refusal, reply, sid, start, wait, write,
    },
    ticket::{EditKey, Lane},
    update::{begin, update},
};

fn three_hours_ago() -> jiff::Timestamp {
    start() - SignedDuration::from_hours(3)
}

/// Rows as the disk gives them.
fn recalled(numbers: &[u32], of: usize, next: Option<&str>) -> Recalled {
    let items = numbers.iter().map(|&number| named(1, number, &format!("Was {number}")));
    let next = next.map(NextPage::of_our_own);
    let page = page(items.collect(), None);
    Recalled { as_of: three_hours_ago(), of, page: crate::api::Page { next, ..page } }
}

/// An account that is not for practice, at the channels of its first service: what is asked of the disk, and of the
/// server.
fn at_channels() -> (Model, Effect, Effect) {
    let mut model = console(80, 24);
    if let Session::Open(account) = &mut model.session {
        account.practice = false;
    }
    let mut world = World::of(1, 3, 1);
    let begun = begin(&mut model);
    world.serve(&mut model, begun);
    let orders = press(&mut model, "Enter");
    let index =
        Effect::RecallListing { ticket: on(Lane::Index(sid(1))), service: sid(1), next: None };
    assert_eq!(bare(&orders), [index, listing(channels(), None)]);
    let [recall, list] = <[Effect; 2]>::try_from(orders).expect("two orders");
    (model, recall, list)
}

fn tell(model: &mut Model, order: &Effect, what: Option<Recalled>) -> Vec<Effect> {
    update(model, Msg::ListingRecalled(reply(order, what)))
}

fn list(model: &mut Model, order: &Effect, numbers: &[u32], next: Option<&str>) -> Vec<Effect> {
    let items = numbers.iter().map(|&number| channel(1, number)).collect();
    update(model, Msg::ChannelsArrived(reply(order, page(items, next))))
}

fn rows(model: &Model) -> Vec<Sid<Channel>> {
    let rows = model.lists.channels[&sid(1)].first_rows().iter();
    rows.filter_map(|&row| model.entities.channel_sid(row)).collect()
}

fn sids(numbers: &[u32]) -> Vec<Sid<Channel>> {
    numbers.iter().map(|&number| sid(number)).collect()
}

fn name(model: &Model, number: u32) -> String {
    let channel = model.entities.channel(sid(number)).expect("a channel");
    channel.friendly_name.expect("a name").raw().to_owned()
}

fn memory(model: &Model) -> Option<Memory> {
    model.rows(channels()).and_then(Rows::memory)
}

#[test]
fn no_plan_is_made_of_a_filter_over_rows_of_an_earlier_run() {
    let (mut model, recall, _) = at_channels();
    tell(&mut model, &recall, Some(recalled(&[11, 12], 2, None)));
    write(&mut model, "/was");
    press(&mut model, "Enter");
    assert_eq!(press(&mut model, "M"), []);
    assert!(last_said(&model).contains("r reads them anew"), "{}", last_said(&model));
    // Whoever marks rows has looked at each; the plan says how old they are.
    press(&mut model, "* M");
    let Some(Overlay::Plan(plan)) = &model.overlay else { panic!("{:?}", last_said(&model)) };
    let told = plan.unloaded.as_deref().unwrap_or_default();
    assert!(told.contains("an earlier run"), "{told}");
}

#[test]
fn rows_of_an_earlier_run_stand_in_until_the_server_has_told_all() {
    let (mut model, recall, first) = at_channels();
    let more = tell(&mut model, &recall, Some(recalled(&[11, 12], 4, Some("1:2"))));
    assert_eq!(rows(&model), sids(&[11, 12]));
    assert_eq!(memory(&model), Some(Memory { as_of: three_hours_ago(), rows: 4 }));
    let next = Some(NextPage::of_our_own("1:2"));
    let ticket = on(Lane::Index(sid(1)));
    assert_eq!(bare(&more), [Effect::RecallListing { ticket, service: sid(1), next }]);
    assert_eq!(tell(&mut model, &more[0], Some(recalled(&[13, 14], 4, None))), []);
    press(&mut model, "j j");
    assert_eq!(model.channel_at(channels()), Some(sid(13)));
    // The server's first page: what it tells is new in place, the rest stays old, the cursor stays on its sid.
    let more = list(&mut model, &first, &[15, 13], Some("next"));
    assert_eq!(rows(&model), sids(&[11, 12, 13, 14, 15]));
    assert_eq!([name(&model, 13), name(&model, 14)], ["Channel 13", "Was 14"]);
    let old = |model: &Model, number| model.entities.old_since(sid(number));
    assert_eq!([13, 14].map(|number| old(&model, number)), [None, Some(three_hours_ago())]);
    assert!(memory(&model).is_some());
    assert_eq!(model.channel_at(channels()), Some(sid(13)));
    // The last page: 12 is not there any more, and is struck where it stood.
    list(&mut model, &more[0], &[11, 14], None);
    assert_eq!(rows(&model), sids(&[15, 13, 11, 12, 14]));
    let gone = |model: &Model, number| model.entities.is_gone(EditKey::Channel(sid(number)));
    assert_eq!([11, 12, 13, 14, 15].map(|it| gone(&model, it)), [false, true, false, false, false]);
    assert_eq!(memory(&model), None);
    let told = model.rows(channels()).expect("a list");
    assert_eq!((told.loaded(), told.struck(), told.is_complete()), (5, 1, true));
    assert_eq!(model.channel_at(channels()), Some(sid(13)));
    // The next listing does not show it any more.
    let again = press(&mut model, "r");
    list(&mut model, &again[0], &[15, 13, 11, 14], None);
    assert_eq!(rows(&model), sids(&[15, 13, 11, 14]));
    assert_eq!(model.rows(channels()).map(Rows::struck), Some(0));
}

#[test]
fn rows_that_come_after_the_servers_are_too_late() {
    for ends in [None, Some("next")] {
        let (mut model, recall, first) = at_channels();
        list(&mut model, &first, &[11], ends);
        assert_eq!(tell(&mut model, &recall, Some(recalled(&[11, 12], 2, Some("1:2")))), []);
        assert_eq!((rows(&model), name(&model, 11)), (sids(&[11]), "Channel 11".to_owned()));
        assert!(!model.entities.knows_channel(sid(12)));
        assert_eq!(memory(&model), None);
    }
    // Nor do late parts of what had begun in time.
    let (mut model, recall, first) = at_channels();
    let more = tell(&mut model, &recall, Some(recalled(&[11], 2, Some("1:2"))));
    list(&mut model, &first, &[11], None);
    assert_eq!(tell(&mut model, &more[0], Some(recalled(&[12], 2, None))), []);
    assert_eq!(rows(&model), sids(&[11]));
}

#[test]
fn parts_of_an_earlier_run_that_come_between_pages_are_taken_in_where_nothing_newer_is_known() {
    let (mut model, recall, first) = at_channels();
    let rest = tell(&mut model, &recall, Some(recalled(&[11], 3, Some("1:2"))));
    let more = list(&mut model, &first, &[12], Some("next"));
    assert_eq!(tell(&mut model, &rest[0], Some(recalled(&[12, 13], 3, None))), []);
    assert_eq!(rows(&model), sids(&[11, 12, 13]));
    assert_eq!([12, 13].map(|it| name(&model, it)), ["Channel 12", "Was 13"]);
    list(&mut model, &more[0], &[11], None);
    assert_eq!(rows(&model), sids(&[12, 13, 11]));
    assert!(model.entities.is_gone(EditKey::Channel(sid(13))));
}

#[test]
fn what_was_written_meanwhile_is_not_undone() {
    let (mut model, recall, first) = at_channels();
    let rest = tell(&mut model, &recall, Some(recalled(&[11], 3, Some("1:2"))));
    // The person renames a row that an earlier run left: it is read first, as any other, and was called otherwise since.
    let mut world = World::of(1, 3, 1);
    press(&mut model, "e ^u");
    write(&mut model, "Mine");
    world.press(&mut model, "^s");
    wait(&mut model, 500);
    world.press(&mut model, "s");
    let mine = name(&model, 11);
    assert!(mine.contains("Mine"), "{mine}");
    tell(&mut model, &rest[0], Some(recalled(&[11, 12], 3, None)));
    assert_eq!(name(&model, 11), mine);
    // A page that was asked for before is older than the write, too.
    list(&mut model, &first, &[11, 12], None);
    assert_eq!(name(&model, 11), mine);
    assert_eq!(model.entities.old_since(sid(11)), None);
}

#[test]
fn what_is_stopped_or_fails_leaves_the_rows_as_old_and_r_reads_them_anew() {
    for stops in [true, false] {
        let (mut model, recall, first) = at_channels();
        tell(&mut model, &recall, Some(recalled(&[11, 12], 2, None)));
        if stops {
            assert_eq!(press(&mut model, "^c"), [Effect::Abort(Lane::List(channels()))]);
        } else {
            fail(&mut model, &first, refusal(20_403, "Forbidden"));
        }
        assert_eq!(rows(&model), sids(&[11, 12]));
        assert!(memory(&model).is_some());
        assert!(model.entities.old_since(sid(11)).is_some());
        let again = press(&mut model, "r");
        assert_eq!(bare(&again), [listing(channels(), None)]);
        list(&mut model, &again[0], &[12], None);
        assert_eq!(rows(&model), sids(&[11, 12]));
        assert!(model.entities.is_gone(EditKey::Channel(sid(11))));
        assert_eq!(memory(&model), None);
    }
}

#[test]
fn rows_show_although_the_server_is_away() {
    let (mut model, recall, first) = at_channels();
    fail(&mut model, &first, problem(ProblemKind::Offline));
    tell(&mut model, &recall, Some(recalled(&[11], 1, None)));
    assert_eq!(rows(&model), sids(&[11]));
    let retried = wait(&mut model, 2_500);
    assert_eq!(bare(&retried), [listing(channels(), None)]);
    list(&mut model, &retried[0], &[11], None);
    assert_eq!(memory(&model), None);
}

#[test]
fn an_old_row_that_was_read_by_itself_is_not_struck() {
    let (mut model, recall, first) = at_channels();
    tell(&mut model, &recall, Some(recalled(&[11, 12], 2, None)));
    let read = press(&mut model, "Enter");
    let order =
        read.iter().find(|it| matches!(it, Effect::FetchChannel { .. })).expect("a reading");
    update(&mut model, Msg::ChannelArrived(reply(order, channel(1, 11))));
    assert_eq!(model.entities.old_since(sid(11)), None);
    list(&mut model, &first, &[], None);
    let gone = |number| model.entities.is_gone(EditKey::Channel(sid(number)));
    assert_eq!([11, 12].map(gone), [false, true]);
}

#[test]
fn marks_on_rows_that_are_struck_are_taken_off_and_that_is_said() {
    let (mut model, recall, first) = at_channels();
    tell(&mut model, &recall, Some(recalled(&[11, 12], 2, None)));
    press(&mut model, "Space Space");
    list(&mut model, &first, &[12], None);
    assert_eq!(model.rows(channels()).map(Rows::marked), Some(1));
    let said = last_said(&model);
    assert_eq!(said, "1 marked row is gone from the server, and so are the marks");
}

#[test]
fn of_the_practice_account_nothing_is_kept_or_asked_for() {
    let mut world = World::of(1, 3, 1);
    let mut model = console(80, 24);
    let begun = begin(&mut model);
    world.serve(&mut model, begun);
    assert_eq!(bare(&press(&mut model, "Enter")), [listing(channels(), None)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever an earlier run left, in whatever order parts and pages come: in the end there are the server's rows in
    /// the server's order, as the server told them, and among them, struck, what is not there any more.
    #[test]
    fn at_rest_the_rows_are_the_servers_and_what_vanished_is_struck(
        before in prop::collection::btree_set(10_u32..40, 0..20),
        after in prop::collection::btree_set(10_u32..40, 0..20),
        parts in 1_usize..6,
        pages in 1_usize..6,
        turns in prop::collection::vec(any::<bool>(), 24),
        keys in prop::collection::vec(prop::sample::select(vec!["j", "k", "G", "s Enter", "S"]), 24),
    ) {
        let before: Vec<u32> = before.into_iter().rev().collect();
        let after: Vec<u32> = after.into_iter().collect();
        let (mut model, recall, list_order) = at_channels();
        let mut chunks = before.chunks(parts).peekable();
        let mut served = after.chunks(pages).peekable();
        let (mut recall, mut asked) = (Some(recall), Some(list_order));
        for (turn, key) in turns.into_iter().chain(std::iter::repeat(false)).zip(keys.into_iter().cycle()) {
            press(&mut model, key);
            if let Some(order) = recall.take_if(|_| turn) {
                let rows = chunks.next().unwrap_or_default();
                let next = chunks.peek().map(|_| "1:2");
                let came = tell(&mut model, &order, Some(recalled(rows, before.len(), next)));
                recall = came.into_iter().find(|it| matches!(it, Effect::RecallListing { .. }));
            } else if let Some(order) = asked.take() {
                let rows = served.next().unwrap_or_default();
                let next = served.peek().map(|_| "next");
                let came = list(&mut model, &order, rows, next);
                asked = came.into_iter().find(|it| matches!(it, Effect::ListChannels { .. }));
            } else {
                break;
            }
            prop_assert!(is_sound(&model.lists.channels[&sid(1)]));
        }
        let is_gone = |it: &Sid<Channel>| model.entities.is_gone(EditKey::Channel(*it));
        let there: Vec<_> = rows(&model).into_iter().filter(|it| !is_gone(it)).collect();
        prop_assert_eq!(there, sids(&after));
        for number in &after {
            prop_assert_eq!(name(&model, *number), format!("Channel {number}"));
        }
        let gone: Vec<_> = rows(&model).into_iter().filter(is_gone).collect();
        prop_assert!(gone.iter().all(|it| sids(&before).contains(it)));
        prop_assert_eq!(model.rows(channels()).map(Rows::struck), Some(gone.len()));
        prop_assert_eq!(memory(&model), None);
    }
}
