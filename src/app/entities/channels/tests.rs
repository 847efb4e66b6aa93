use proptest::prelude::*;

use super::*;
use crate::app::{
    query::Query,
    testing::{channel, sid},
};

fn text() -> impl Strategy<Value = Option<RemoteText>> {
    prop_oneof![
        Just(None),
        Just(Some(RemoteText::new(""))),
        ".{0,12}".prop_map(|text| Some(RemoteText::new(text))),
        "[a-z-]{1,20}".prop_map(|text| Some(RemoteText::new(text))),
        Just(Some(RemoteText::new("É".repeat(10_000)))),
    ]
}

fn moment() -> impl Strategy<Value = Option<Timestamp>> {
    prop_oneof![
        Just(None),
        (-4_000_000_000_i64..4_000_000_000).prop_map(|it| Timestamp::from_second(it).ok()),
        (0_i128..2_000_000_000_000_000_000).prop_map(|it| Timestamp::from_nanosecond(it).ok()),
        Just(Some(Timestamp::MIN)),
        Just(Some(Timestamp::MAX)),
    ]
}

fn count() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![Just(None), (0_u64..100).prop_map(Some), any::<u64>().prop_map(Some)]
}

fn attributes() -> impl Strategy<Value = Attributes> {
    prop_oneof![
        Just(Attributes::absent()),
        Just(Attributes::from_text("")),
        ".{0,40}".prop_map(Attributes::from_text),
        Just(Attributes::from_text("[".repeat(20_000))),
    ]
}

fn kind() -> impl Strategy<Value = ChannelType> {
    prop_oneof![
        Just(ChannelType::Public),
        Just(ChannelType::Private),
        ".{0,3}".prop_map(|word| ChannelType::Other(RemoteText::new(word))),
    ]
}

fn made() -> impl Strategy<Value = Channel> {
    let texts = (text(), text(), text(), attributes(), kind());
    let numbers = (moment(), moment(), count(), count());
    (0_u32..40, 0_u32..3, texts, numbers).prop_map(|(number, service, texts, numbers)| Channel {
        friendly_name: texts.0,
        unique_name: texts.1,
        created_by: texts.2,
        attributes: texts.3,
        kind: texts.4,
        date_created: numbers.0,
        date_updated: numbers.1,
        members_count: numbers.2,
        messages_count: numbers.3,
        ..channel(service, number)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_in_comes_out_the_same(made in prop::collection::vec(made(), 1..120)) {
        let mut channels = Channels::default();
        let mut plain: HashMap<Sid<Channel>, Channel> = HashMap::new();
        for channel in made {
            plain.insert(channel.sid, channel.clone());
            let row = channels.put(channel.clone());
            prop_assert_eq!(channels.row(channel.sid), Some(row));
            prop_assert_eq!(channels.sid(row), Some(channel.sid));
        }
        prop_assert_eq!(channels.len(), plain.len());
        for (sid, channel) in &plain {
            let kept = channels.row(*sid).and_then(|row| channels.get(row));
            prop_assert_eq!(kept.as_ref(), Some(channel));
            let face = channels.row(*sid).and_then(|row| channels.face(row));
            let bare = Channel { attributes: Attributes::absent(), ..channel.clone() };
            prop_assert_eq!(face, Some(bare));
        }
    }
}

#[test]
fn rows_keep_their_numbers_over_many_chunks() {
    let mut channels = Channels::default();
    let many = u32::try_from(CHUNK).expect("small") * 2 + 7;
    for number in 0..many {
        assert_eq!(channels.put(channel(1, number)), ChannelRow(number));
    }
    for number in (0..many).step_by(97) {
        assert_eq!(channels.put(channel(2, number)), ChannelRow(number));
        assert_eq!(channels.get(ChannelRow(number)), Some(channel(2, number)));
    }
    assert_eq!(channels.row(sid(many)), None);
}

#[test]
fn what_changes_again_and_again_takes_no_more_room() {
    let mut channels = Channels::default();
    let version = |number: u32, of: usize| Channel {
        friendly_name: Some(RemoteText::new("Né".repeat(of % 7))),
        attributes: Attributes::from_text("x".repeat(of % 90)),
        ..channel(1, number)
    };
    let size = |channels: &Channels| channels.chunks.iter().map(Chunk::text_size).sum::<usize>();
    let mut largest = 0;
    for of in 0..2_000 {
        for number in 0..10 {
            channels.put(version(number, of));
        }
        largest = largest.max(size(&channels));
    }
    assert_eq!(channels.get(ChannelRow(3)), Some(version(3, 1_999)));
    assert!(largest < 10 * 400, "{largest} bytes");
}

#[test]
fn a_letter_is_found_in_what_the_name_is_now() {
    let mut channels = Channels::default();
    let named =
        |name: &str| Channel { friendly_name: Some(RemoteText::new(name)), ..channel(1, 1) };
    let found = |channels: &Channels, letter: &str| {
        let found = channels.search(&Query::holding(letter), |_| None);
        found.holds(ChannelRow(0))
    };
    channels.put(named("Oslo"));
    assert!(found(&channels, "o") && !found(&channels, "x"));
    channels.put(named("Xyz"));
    assert!(found(&channels, "x") && !found(&channels, "o"));
}
