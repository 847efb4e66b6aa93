//! A list of channels that is read as two streams: whoever migrates what while it is read, it is told whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::api::chat::channels::{ChannelType, list_in_streams};
use crate::api::page::NextPage;

/// The first channel's year.
const BEGIN: i64 = 1_500_000_000;

/// A channel of the server: its number, when it was made, and whether it is public.
#[derive(Debug, Clone)]
struct Row {
    number: u8,
    made: i64,
    is_public: bool,
}

/// The server's channels, in its order.
#[derive(Debug, Clone)]
struct World {
    rows: Vec<Row>,
    page: usize,
    /// What is migrated before which request.
    moves: BTreeMap<usize, Vec<usize>>,
    /// Which requests are answered in part.
    cuts: BTreeSet<usize>,
    /// Whether it lists both kinds, whichever is asked for.
    is_deaf: bool,
}

impl World {
    /// The page that is asked for by a path like `/v2/..?Type=public&PageSize=5&After=7`.
    fn page(&self, line: &str) -> String {
        let asks = |what: &str| self.is_deaf || line.contains(what);
        let after = line.split_once("After=").map_or(0, |(_, after)| after.parse().unwrap());
        let kept = |row: &Row| asks(if row.is_public { "Type=public" } else { "Type=private" });
        let mut rows = self.rows.iter().enumerate().skip(after).filter(|(_, row)| kept(row));
        let page: Vec<_> = rows.by_ref().take(self.page).collect();
        let (path, _) = line.strip_prefix("GET ").unwrap().split_once("PageSize").unwrap();
        let next = page.last().filter(|_| rows.next().is_some());
        let next = next.map_or_else(
            || "null".to_owned(),
            |(at, _)| format!("\"{path}PageSize={}&After={}\"", self.page, at + 1),
        );
        let mut items = String::new();
        for (_, row) in page {
            let sid = numbered::<Channel>(row.number);
            let kind = if row.is_public { "public" } else { "private" };
            let made = Timestamp::from_second(BEGIN + row.made).unwrap();
            let comma = if items.is_empty() { "" } else { "," };
            write!(items, r#"{comma}{{"sid":"{sid}","type":"{kind}","date_created":"{made}"}}"#)
                .unwrap();
        }
        format!(r#"{{"meta":{{"key":"channels","next_page_url":{next}}},"channels":[{items}]}}"#)
    }
}

fn serve(mut world: World) -> server::Answering {
    let mut requests = 0;
    Server::answering(move |line| {
        for at in world.moves.remove(&requests).into_iter().flatten() {
            let count = world.rows.len();
            world.rows[at % count].is_public = false;
        }
        let page = world.page(line);
        requests += 1;
        if world.cuts.contains(&requests) {
            // The way on is told, and some of the rows.
            return Reply::cut_after(&page, page.len() * 2 / 3);
        }
        Reply::json(200, &page)
    })
}

fn numbers(rows: &[Channel]) -> Vec<u8> {
    rows.iter().map(|row| row.sid.bytes()[15]).collect()
}

async fn whole(server: &Server, losses: &[usize]) -> Vec<Channel> {
    whole_of(&client(server), losses).await
}

/// Reads a list to its end; before some of its pages what was read ahead is lost.
async fn whole_of(fresh: &Client, losses: &[usize]) -> Vec<Channel> {
    let mut reader = fresh.reading_ahead(Arc::default());
    let (mut rows, mut next): (Vec<Channel>, Option<NextPage>) = (Vec::new(), None);
    for number in 0.. {
        if losses.contains(&number) {
            reader = fresh.reading_ahead(Arc::default());
        }
        let page = list_in_streams(&reader, home(), next.as_ref()).await.unwrap();
        rows.extend(page.items);
        next = page.next;
        if next.is_none() {
            break;
        }
        assert!(number < 1000, "it comes to an end");
    }
    rows
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

/// Channels in runs of a kind, each made some while after the one before it.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let gap = prop_oneof![4 => 1..50_i64, 1 => Just(0), 1 => 1..5000_i64];
    let run = (1..40_usize, prop_oneof![Just(0.3), Just(0.5), Just(0.9), Just(0.02)]);
    let runs = prop::collection::vec(run, 1..5);
    (runs, prop::collection::vec((gap, 0.0..1.0_f64), 160)).prop_map(|(runs, draws)| {
        let shares = runs.into_iter().flat_map(|(rows, share)| std::iter::repeat_n(share, rows));
        let mut made = 0;
        let rows = shares.zip(draws).zip(0..).map(|((share, (gap, draw)), number)| {
            made += gap;
            Row { number, made, is_public: draw < share }
        });
        rows.collect()
    })
}

#[derive(Debug, Clone, Copy)]
enum Order {
    OldestFirst,
    NewestFirst,
    None,
}

fn world() -> impl Strategy<Value = World> {
    let one = (2..30_usize, 0..160_usize, prop_oneof![3 => Just(1_usize), 1 => 1..20_usize]);
    let moves = prop::collection::vec(one, 0..40);
    let order = prop_oneof![
        5 => Just(Order::OldestFirst),
        3 => Just(Order::NewestFirst),
        1 => Just(Order::None),
    ];
    let cuts = prop_oneof![
        1 => Just(BTreeSet::new()),
        1 => prop::collection::btree_set((1..60_usize).prop_map(|it| it * 2), 0..20),
    ];
    let odd = prop_oneof![Just(0), 0..4_usize, 0..20_usize];
    (rows(), 2..9_usize, moves, order, prop::bool::weighted(0.1), (odd, cuts)).prop_map(
        |(mut rows, page, moved, order, is_deaf, (odd, cuts))| {
            match order {
                Order::OldestFirst => {}
                Order::NewestFirst => rows.reverse(),
                Order::None => rows.sort_by_key(|row| row.number.wrapping_mul(37)),
            }
            for (row, made) in
                rows.iter_mut().take(odd).zip([7_000, 200_000, 1, 50_000].iter().cycle())
            {
                row.made = *made;
            }
            let mut moves = BTreeMap::new();
            for (when, from, count) in moved {
                moves.entry(when).or_insert_with(Vec::new).extend(from..from + count);
            }
            World { rows, page, moves, cuts, is_deaf }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_migrated_meanwhile_every_channel_is_told(
        world in world(),
        losses in prop::collection::vec(1..12_usize, 0..4),
    ) {
        let mut there: Vec<u8> = world.rows.iter().map(|row| row.number).collect();
        let told = run(async {
            let server = serve(world);
            whole(&server, &losses).await
        });
        let mut told = numbers(&told);
        told.sort_unstable();
        told.dedup();
        there.sort_unstable();
        prop_assert_eq!(told, there);
    }

    #[test]
    fn what_nobody_touches_is_told_once_and_in_the_servers_order(mut world in world()) {
        world.moves.clear();
        world.cuts.clear();
        world.is_deaf = false;
        // The first page may begin in any order.
        if !is_ordered(world.rows.get(world.page / 2..).unwrap_or_default()) {
            world.rows.sort_by_key(|row| row.made);
        }
        let all_ordered = is_ordered(&world.rows);
        let made: BTreeMap<u8, i64> = world.rows.iter().map(|row| (row.number, row.made)).collect();
        let there: Vec<i64> = world.rows.iter().map(|row| row.made).collect();
        let (pages, rows) = (world.rows.len().div_ceil(world.page), world.rows.len());
        let (told, asked) = run(async {
            let server = serve(world);
            (whole(&server, &[]).await, server.lines())
        });
        let as_one = |line: &String| line.contains("Type=public&Type=private");
        let (is_split, asked) = (!asked[1..].iter().all(as_one), asked);
        let was_put_together = is_split && as_one(asked.last().unwrap());
        prop_assert!(!was_put_together || !all_ordered, "an order is not lost");
        // What stands in no order may look like the other one.
        prop_assume!(!was_put_together);
        let (told, asked) = (numbers(&told), asked.len());
        prop_assert_eq!(told.len(), rows, "each is told once");
        prop_assert_eq!(told.iter().map(|it| made[it]).collect::<Vec<_>>(), there);
        prop_assert!(asked <= 2 * pages + 4, "{asked} requests for {pages} pages");
    }
}

fn is_ordered(rows: &[Row]) -> bool {
    rows.is_sorted_by_key(|row| row.made) || rows.is_sorted_by_key(|row| -row.made)
}

fn half_and_half(rows: u8, page: usize) -> World {
    let row = |number| Row { number, made: i64::from(number) * 60, is_public: number % 2 == 0 };
    World {
        rows: (0..rows).map(row).collect(),
        page,
        moves: BTreeMap::new(),
        cuts: BTreeSet::new(),
        is_deaf: false,
    }
}

#[test]
fn both_kinds_are_asked_for_from_the_second_page_on() {
    let server = serve(half_and_half(200, 20));
    let rows = run(whole(&server, &[]));
    assert_eq!(numbers(&rows), (0..200).collect::<Vec<_>>());
    let lines = server.lines();
    let both = "GET /v2/Services/IS00000000000000000000000000000001/Channels?Type=public&Type=private&PageSize=1000";
    assert_eq!(lines[0], both);
    let of = |kind: &str| lines[1..].iter().filter(|line| line.contains(kind)).count();
    assert!(lines[1..].iter().all(|line| !line.contains("Type=public&Type=private")));
    assert_eq!(of("Type=public"), 5, "{lines:#?}");
    // The last of the private ones is asked for once more when the public ones have ended.
    assert!((5..=6).contains(&of("Type=private")), "{lines:#?}");
}

#[test]
fn a_list_of_one_kind_or_of_one_page_is_read_as_one() {
    for (rows, page, kind) in [(15, 20, None), (60, 20, Some(false)), (60, 20, Some(true))] {
        let mut world = half_and_half(rows, page);
        for row in &mut world.rows {
            row.is_public = kind.unwrap_or(row.is_public);
        }
        let server = serve(world);
        assert_eq!(run(whole(&server, &[])).len(), usize::from(rows));
        let lines = server.lines();
        assert_eq!(lines.len(), usize::from(rows).div_ceil(page));
        assert!(lines.iter().all(|line| line.contains("Type=public&Type=private")));
    }
}

#[test]
fn where_the_order_breaks_the_list_is_read_on_as_one() {
    let mut world = half_and_half(120, 20);
    world.rows.swap(70, 90);
    let there: Vec<u8> = world.rows.iter().map(|row| row.number).collect();
    let server = serve(world);
    let client = client(&server);
    let mut seen = BTreeSet::new();
    let mut told = numbers(&run(whole_of(&client, &[])));
    told.retain(|number| seen.insert(*number));
    assert_eq!(told, there, "in the server's order, as they come first");
    let as_one = |lines: &[String]| {
        let is_one = |line: &&String| line.contains("Type=public&Type=private");
        lines.iter().filter(is_one).count()
    };
    assert_eq!(as_one(&server.lines()), 6, "all of its pages, the first once");
    let before = server.lines().len();
    assert_eq!(run(whole_of(&client, &[])).len(), 120);
    assert_eq!(as_one(&server.lines()[before..]), 6, "the next time at once");
    assert_eq!(server.lines().len(), before + 6);
}

#[test]
fn a_channel_that_is_migrated_between_the_streams_is_told_as_what_it_is() {
    // Public ones come first and then none, so that nobody can tell how far a private page goes.
    let mut world = half_and_half(160, 20);
    for (at, row) in world.rows.iter_mut().enumerate().skip(40) {
        row.is_public = at < 100;
    }
    world.moves = (2..12).map(|request| (request, vec![100 - 5 * request])).collect();
    let moved: Vec<usize> = world.moves.values().flatten().copied().collect();
    let server = serve(world);
    let rows = run(whole(&server, &[]));
    let kinds: BTreeMap<u8, ChannelType> =
        numbers(&rows).into_iter().zip(rows.iter().map(|row| row.kind.clone())).collect();
    assert_eq!(kinds.len(), 160);
    let private =
        moved.iter().filter(|at| kinds[&u8::try_from(**at).unwrap()] == ChannelType::Private);
    assert!(private.count() > 0, "some are seen as what they have become");
}

#[test]
fn what_was_migrated_since_the_first_page_is_told_anew() {
    let mut world = half_and_half(120, 20);
    world.moves = BTreeMap::from([(1, vec![0, 18])]);
    let server = serve(world);
    let rows = run(whole(&server, &[]));
    let kinds = |number| {
        let told = rows.iter().filter(move |row| row.sid.bytes()[15] == number);
        told.map(|row| row.kind.clone()).collect::<Vec<_>>()
    };
    for number in [0, 18] {
        assert_eq!(kinds(number), [ChannelType::Public, ChannelType::Private]);
    }
    assert_eq!(rows.len(), 122, "and nothing else twice");
    assert!(server.lines()[1..].iter().all(|line| !line.contains("Type=public&Type=private")));
}

#[test]
fn rows_that_stand_closer_than_before_are_told_as_they_come() {
    let mut world = half_and_half(240, 4);
    for (at, row) in (0..).zip(&mut world.rows) {
        row.made = if at < 4 { at * 1_000_000 } else { 4_000_000 + at };
    }
    let server = serve(world);
    assert_eq!(run(whole(&server, &[])).len(), 240);
    let lines = server.lines();
    let before = lines.iter().position(|line| line.contains("?Type=private"));
    assert!(before.unwrap() < 15, "the public ones are not kept until they end: {lines:#?}");
}

#[test]
fn what_is_in_is_told_before_why_the_rest_cannot_be_had() {
    let world = half_and_half(120, 20);
    let mut public = 0;
    let server = Server::answering(move |line| {
        let is_public = line.contains("?Type=public&P");
        public += usize::from(is_public);
        if is_public && public > 2 {
            return Reply::json(400, &error_json(21481));
        }
        Reply::json(200, &world.page(line))
    });
    let (rows, failure) = run(async {
        let reader = client(&server).reading_ahead(Arc::default());
        let (mut rows, mut next) = (Vec::new(), None);
        loop {
            match list_in_streams(&reader, home(), next.as_ref()).await {
                Ok(page) => (rows, next) = ([rows, page.items].concat(), page.next),
                Err(failure) => return (rows, failure),
            }
        }
    });
    assert!(matches!(failure, Error::Refused(_)), "{failure}");
    assert!(rows.len() >= 60, "{} rows", rows.len());
}
