//! Filter, sort and marks against a plain model: all rows in one vector, looked at one by one.

use std::cmp::Ordering;

use jiff::{SignedDuration, tz::TimeZone};
use proptest::prelude::*;

use super::*;
use crate::api::{
    attributes::Attributes,
    chat::channels::{Channel, ChannelType},
    remote_text::RemoteText,
};
use crate::app::{
    entities::ChannelRow,
    query::{Kind, Reader, Verdict, fold},
    testing::{channel, is_sound, start},
    ticket::{Lane, Tickets},
};

/// A list of channels that is fed page by page.
struct Fed {
    entities: Entities,
    list: List<ChannelRow>,
    tickets: Tickets,
}

impl Fed {
    fn new() -> Self {
        Self { entities: Entities::default(), list: List::default(), tickets: Tickets::default() }
    }

    /// A whole listing, so many rows a page, with other work going on between the pages.
    fn listing(
        &mut self,
        channels: &[Channel],
        per_page: usize,
        mut between: impl FnMut(&mut Self),
    ) {
        let lane = Lane::List(crate::app::place::Place::Services);
        let pages: Vec<&[Channel]> = channels.chunks(per_page.max(1)).collect();
        let last = pages.len().saturating_sub(1);
        let empty: &[Channel] = &[];
        let pages = if pages.is_empty() { vec![empty] } else { pages };
        for (at, page) in pages.into_iter().enumerate() {
            let how = if at == 0 { Ask::First } else { Ask::More };
            let (ticket, _) =
                self.list.begin(how, &mut self.tickets, lane, start()).expect("a question");
            let items = page.iter().map(|it| self.entities.put_channel(it.clone(), ticket.serial));
            let next = (at < last).then(|| NextPage::made_up("next"));
            let page = Page { items: items.collect(), next, unreadable: 0 };
            self.list.settle(Reply { ticket, result: Ok(page) }, start(), &self.entities);
            between(self);
        }
    }

    fn filter(&mut self, typed: &str) {
        let ground = Ground { entities: &self.entities, now: start(), zone: &TimeZone::UTC };
        self.list.set_filter(typed, ground).expect("a filter");
    }

    fn finish(&mut self) {
        while Rows::is_at_work(&self.list) {
            Rows::go_on(&mut self.list, &self.entities);
        }
    }

    fn shown(&mut self) -> Vec<Sid<Channel>> {
        self.list.set_height(100_000);
        self.list.window().iter().filter_map(|&row| self.entities.channel_sid(row)).collect()
    }
}

use crate::api::sid::Sid;

/// The plain model: one row at a time, from the nouns alone.
fn plainly(channels: &[Channel], typed: &str, sort: Option<Sort>) -> Vec<Sid<Channel>> {
    let reader = Reader { fields: ChannelRow::FIELDS, now: start(), zone: &TimeZone::UTC };
    let query = Query::parse(typed, reader).expect("a filter");
    let raw = |text: &Option<RemoteText>| text.as_ref().map(|text| text.raw().to_owned());
    let cell = |it: &Channel, at: usize| match ChannelRow::FIELDS[at].name {
        "type" => Cell::owned(Some(it.kind.name().to_owned())),
        "name" => Cell::owned(raw(&it.friendly_name)),
        "unique" => Cell::owned(raw(&it.unique_name)),
        "by" => Cell::owned(raw(&it.created_by)),
        "members" => Cell::count(it.members_count),
        "messages" => Cell::count(it.messages_count),
        "updated" => Cell::moment(it.date_updated),
        "created" => Cell::moment(it.date_created),
        "sid" => Cell::owned(Some(it.sid.to_string())),
        _ => Cell::Nothing,
    };
    let passes = |it: &&Channel| {
        let text = |text: &Option<RemoteText>| raw(text).unwrap_or_default();
        let (name, unique) = (text(&it.friendly_name), text(&it.unique_name));
        query.passes(|| fold(&format!("{name}\n{unique}\n{}", it.sid)), |at| cell(it, at))
            && query.judge(it.attributes.text()) == Verdict::Passes
    };
    let mut shown: Vec<&Channel> = channels.iter().filter(passes).collect();
    if let Some(Sort { field, descending }) = sort {
        let folded = |it: &Channel| match cell(it, field) {
            Cell::Text(text) if text.is_empty() => Cell::Nothing,
            Cell::Text(text) => Cell::owned(Some(fold(&text))),
            cell => cell,
        };
        shown.sort_by(|one, other| match (folded(one), folded(other)) {
            (Cell::Nothing, Cell::Nothing) => Ordering::Equal,
            (Cell::Nothing, _) => Ordering::Greater,
            (_, Cell::Nothing) => Ordering::Less,
            (Cell::Number(one), Cell::Number(other)) if descending => other.cmp(&one),
            (Cell::Number(one), Cell::Number(other)) => one.cmp(&other),
            (Cell::Text(one), Cell::Text(other)) if descending => other.cmp(&one),
            (Cell::Text(one), Cell::Text(other)) => one.cmp(&other),
            _ => Ordering::Equal,
        });
    }
    shown.iter().map(|it| it.sid).collect()
}

fn name() -> impl Strategy<Value = Option<RemoteText>> {
    let words = prop::sample::select(vec![
        "Support EU",
        "support eu",
        "Support EU 2",
        "Support",
        "Sales 日本",
        "ÉQUIPE",
        "équipe",
        "a",
        "",
        "Lobby \u{1b}[31m",
        "Support EU with a long tail",
        "ΟΔΟΣ",
        "οδος",
        "a\0",
        "c0ffee",
    ]);
    prop_oneof![
        1 => Just(None),
        4 => words.prop_map(|word| Some(RemoteText::new(word))),
        2 => "[a-zA-ZÉ ]{0,14}".prop_map(|word| Some(RemoteText::new(word))),
    ]
}

fn made(number: u32) -> impl Strategy<Value = Channel> {
    let attributes = prop::sample::select(vec![
        r#"{"routing": {"queue": "tier-1"}, "n": 5}"#,
        r#"{"routing": {"queue": "tier-2"}}"#,
        "{not json",
        "",
        "{}",
    ]);
    let count = || prop_oneof![Just(None), (0_u64..60).prop_map(Some), Just(Some(u64::MAX))];
    let days = || prop_oneof![Just(None), (0_i64..60).prop_map(Some)];
    let kind = prop::sample::select(vec![
        ChannelType::Public,
        ChannelType::Private,
        ChannelType::Other(RemoteText::new("odd")),
    ]);
    (name(), name(), name(), attributes, kind, (count(), count(), days(), days())).prop_map(
        move |(friendly_name, unique_name, created_by, attributes, kind, numbers)| {
            let ago = |days: Option<i64>| Some(start() - SignedDuration::from_hours(24 * days?));
            Channel {
                friendly_name,
                unique_name,
                created_by,
                attributes: Attributes::from_text(attributes),
                kind,
                members_count: numbers.0,
                messages_count: numbers.1,
                date_created: ago(numbers.2),
                date_updated: ago(numbers.3),
                ..channel(1, number)
            }
        },
    )
}

fn channels() -> impl Strategy<Value = Vec<Channel>> {
    (0_u32..60).prop_flat_map(|count| (0..count).map(made).collect::<Vec<_>>())
}

fn term() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "support",
        "EU",
        "é",
        "c0",
        "ch4b",
        "ch",
        "!a",
        "type:public",
        "type=private",
        "!type:odd",
        "members>50",
        "members=0",
        "members!=3",
        "messages<=20",
        "updated<2026-02-10",
        "created>30d",
        "created<=5d",
        "by:system",
        "by=a",
        "name:port",
        "name=support",
        "unique!=a",
        "sid:4b",
        "sid=x",
        "attr:/routing/queue=tier-1",
        "!attr:/n",
        "attr:/routing",
        "attr:/n>4",
        "\"support eu\"",
        "日",
        "οδο",
        "\u{1b}",
    ]);
    prop_oneof![4 => fixed.prop_map(str::to_owned), 1 => "[a-z0-9]{1,3}"]
}

fn query() -> impl Strategy<Value = String> {
    prop::collection::vec(term(), 0..4).prop_map(|terms| terms.join(" "))
}

fn sort() -> impl Strategy<Value = Option<Sort>> {
    let fields = ChannelRow::FIELDS.iter().filter(|field| field.kind != Kind::Json).count();
    prop::option::of(
        (0..fields, any::<bool>()).prop_map(|(field, descending)| Sort { field, descending }),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_what_a_plain_look_shows(
        channels in channels(), first in query(), then in query(), sort in sort(), per_page in 1_usize..30, early: bool,
    ) {
        let mut fed = Fed::new();
        fed.filter(&first);
        if early {
            fed.list.set_sort(sort, &fed.entities);
        }
        fed.listing(&channels, per_page, |fed| {
            if !early {
                fed.list.set_sort(sort, &fed.entities);
            }
        });
        fed.finish();
        // An empty list has nothing to sort yet, and keeps the wish.
        prop_assert_eq!(fed.shown(), plainly(&channels, &first, sort));
        fed.filter(&then);
        fed.finish();
        prop_assert_eq!(fed.shown(), plainly(&channels, &then, sort));
        prop_assert!(is_sound(&fed.list));
    }

    #[test]
    fn columns_tell_what_each_row_tells(channels in channels(), query in query()) {
        let mut fed = Fed::new();
        fed.listing(&channels, 100, |_| {});
        let reader = Reader { fields: ChannelRow::FIELDS, now: start(), zone: &TimeZone::UTC };
        let query = Query::parse(&query, reader).expect("a filter");
        // As often as it takes to look at columns instead of rows.
        let rows: Vec<ChannelRow> = fed.list.first_rows().iter().copied().cycle().take(
            if channels.is_empty() { 0 } else { 2_400 }
        ).collect();
        let mut sifted = Vec::new();
        ChannelRow::sift(&query, &rows, &fed.entities, &mut sifted);
        prop_assert_eq!(sifted, one_by_one(&query, &rows, &fed.entities));
    }

    #[test]
    fn a_refresh_keeps_order_filter_and_marks(
        before in channels(), after in channels(), query in query(), sort in sort(), marks in any::<u64>(),
    ) {
        let mut fed = Fed::new();
        fed.listing(&before, 7, |_| {});
        fed.list.set_sort(sort, &fed.entities);
        for (at, channel) in before.iter().enumerate().filter(|(at, _)| marks >> (at % 64) & 1 == 1) {
            let row = fed.entities.channel_row(channel.sid).expect("known");
            fed.list.point_at(row);
            fed.list.toggle_mark();
            prop_assert!(at < before.len());
        }
        let marked: Vec<_> = fed.list.marks().filter_map(|row| fed.entities.channel_sid(row)).collect();
        fed.filter(&query);
        fed.listing(&after, 9, |_| {});
        fed.finish();
        prop_assert_eq!(fed.shown(), plainly(&after, &query, sort));
        let kept = marked.iter().filter(|sid| after.iter().any(|it| it.sid == **sid)).count();
        prop_assert_eq!(Rows::marked(&fed.list), kept);
        prop_assert_eq!(fed.list.take_lost_marks(), marked.len() - kept);
        let shown = fed.shown();
        let hidden = fed.list.marks().filter(|row| !shown.contains(&fed.entities.channel_sid(*row).expect("known")));
        prop_assert_eq!(fed.list.marked_hidden(), hidden.count());
    }
}

#[test]
fn many_rows_sort_as_few_do_and_stay_in_order_where_they_are_equal() {
    let mut fed = Fed::new();
    let named = |number: u32| Channel {
        friendly_name: Some(RemoteText::new(format!("Support of region {}", number * 7_919 % 500))),
        ..channel(1, number)
    };
    let channels: Vec<Channel> = (0..70_000).map(named).collect();
    fed.listing(&channels, 1_000, |_| {});
    for descending in [false, true] {
        let sort = Some(Sort { field: 1, descending });
        fed.list.set_sort(sort, &fed.entities);
        fed.finish();
        assert!(fed.shown() == plainly(&channels, "", sort));
    }
}

proptest! {
    #[test]
    fn the_window_goes_as_far_in_one_turn_of_the_wheel_as_in_many(
        rows in 0..80_u32,
        height in 1..30_usize,
        at in 0..80_usize,
        by in 0..200_isize,
        down in any::<bool>(),
    ) {
        let scrolled = |turns: &[isize]| {
            let mut fed = Fed::new();
            let channels: Vec<Channel> = (1..=rows).map(|number| channel(1, number)).collect();
            fed.listing(&channels, 100, |_| {});
            fed.list.set_height(height);
            Rows::step(&mut fed.list, isize::try_from(at).unwrap_or(0));
            for turn in turns {
                Rows::scroll(&mut fed.list, if down { *turn } else { -turn });
                assert!(is_sound(&fed.list), "{:?}", fed.list);
            }
            (fed.list.top(), fed.list.at())
        };
        let one = scrolled(&[by]);
        prop_assert_eq!(one, scrolled(&vec![1; by.unsigned_abs()]));
        prop_assert_eq!(one, scrolled(&[by / 3, by - by / 3]));
    }
}
