//! Services and their channels.

use switchboard::api::chat::{channels, services};
use switchboard::api::{Attributes, ChannelPatch, Error, Webhooks};

use crate::bench::{Bench, NASTY_CHANNELS, code, home, made_up, named};

#[tokio::test]
async fn a_service_is_the_same_alone_and_in_a_list() {
    let bench = Bench::new().await;
    let listed = services::list(&bench.client, None).await.unwrap().items;
    for service in &listed {
        assert_eq!(&services::fetch(&bench.client, service.sid).await.unwrap(), service);
        assert_eq!(service.account_sid.unwrap().to_string(), bench.sandbox.account_sid());
    }
    let first = listed.first().unwrap();
    assert_eq!((first.sid, first.channel_members_limit), (home(), Some(250)));
    assert_eq!(first.friendly_name.as_ref().unwrap().raw(), "Chat EU");
}

#[tokio::test]
async fn a_channel_is_the_same_by_sid_by_name_and_in_a_list() {
    let bench = Bench::new().await;
    let listed = channels::list(&bench.client, home(), None).await.unwrap().items;
    for channel in &listed {
        let by_sid = channels::fetch(&bench.client, home(), &channel.sid.into()).await.unwrap();
        assert_eq!(&by_sid, channel);
        assert_eq!(channel.service_sid, home());
    }
    for name in NASTY_CHANNELS {
        let by_name = bench.channel(name).await;
        assert_eq!(by_name.unique_name.as_ref().unwrap().raw(), name);
        assert!(listed.contains(&by_name), "{name}");
    }
}

#[tokio::test]
async fn a_name_that_no_path_can_carry_is_not_asked_for() {
    let bench = Bench::new().await;
    for name in ["", ".", ".."] {
        let fetch = async { channels::fetch(&bench.client, home(), &named(name)).await };
        let (outcome, requests) = bench.counted(fetch).await;
        assert!(matches!(outcome, Err(Error::Unaddressable { noun: "channel" })), "{name}");
        assert_eq!(requests, 0, "{name}");
    }
}

#[tokio::test]
async fn an_update_changes_all_six_and_nothing_else() {
    let bench = Bench::new().await;
    let before = bench.channel("ticket #42?").await;
    let attributes = "{ \"b\": 18446744073709551616,\n \"a\": 1.50, \"a\": \"é+%&\" }";
    let patch = ChannelPatch {
        friendly_name: Some("Tous & all + 日本".to_owned()),
        unique_name: Some("100% / new #1?".to_owned()),
        attributes: Some(attributes.to_owned()),
        date_created: "2020-02-29T01:00:00Z".parse().ok(),
        date_updated: "2021-02-28T01:00:00Z".parse().ok(),
        created_by: Some("ana.weiss".to_owned()),
    };
    let after =
        channels::update(&bench.client, home(), before.sid, &patch, Webhooks::Off).await.unwrap();
    assert_eq!(after.attributes, Attributes::from_text(attributes), "byte for byte");
    assert_eq!(after.friendly_name.as_ref().unwrap().raw(), "Tous & all + 日本");
    assert_eq!((after.date_created, after.date_updated), (patch.date_created, patch.date_updated));
    assert_eq!(after.created_by.as_ref().unwrap().raw(), "ana.weiss");
    assert_eq!(bench.channel("100% / new #1?").await, after);
    let old = channels::fetch(&bench.client, home(), &named("ticket #42?")).await;
    assert!(old.unwrap_err().is_gone(), "the old name is free");
    let counts = |channel: &channels::Channel| (channel.members_count, channel.messages_count);
    assert_eq!((counts(&after), &after.kind), (counts(&before), &before.kind));
}

#[tokio::test]
async fn what_is_not_in_the_patch_stays() {
    let bench = Bench::new().await;
    let before = bench.channel("all-hands").await;
    let patch = ChannelPatch { friendly_name: Some("Halle".to_owned()), ..Default::default() };
    let after =
        channels::update(&bench.client, home(), before.sid, &patch, Webhooks::Off).await.unwrap();
    assert!(after.date_updated > before.date_updated);
    let expected = channels::Channel {
        friendly_name: after.friendly_name.clone(),
        date_updated: after.date_updated,
        ..before
    };
    assert_eq!(after, expected);
}

#[tokio::test]
async fn an_update_is_refused_in_the_words_of_the_dictionary() {
    let bench = Bench::new().await;
    let before = bench.channel("all-hands").await;
    let long = || Some("x".repeat(257));
    let (none, like_a_sid) = (ChannelPatch::default, before.sid.to_string());
    for (patch, expected) in [
        (none(), (400, 50347)),
        (ChannelPatch { friendly_name: long(), ..none() }, (400, 50003)),
        (ChannelPatch { unique_name: long(), ..none() }, (400, 50004)),
        (ChannelPatch { unique_name: Some(like_a_sid), ..none() }, (400, 50306)),
        (ChannelPatch { unique_name: Some("team-orders".to_owned()), ..none() }, (409, 50307)),
        (ChannelPatch { attributes: Some("{\"a\":1,}".to_owned()), ..none() }, (400, 50304)),
        (ChannelPatch { attributes: Some(String::new()), ..none() }, (400, 50304)),
        (ChannelPatch { attributes: Some(" ".repeat(16_385)), ..none() }, (400, 50303)),
        (ChannelPatch { created_by: long(), ..none() }, (400, 50310)),
    ] {
        let refused =
            channels::update(&bench.client, home(), before.sid, &patch, Webhooks::Off).await;
        assert_eq!(code(refused), expected, "{patch:?}");
    }
    assert_eq!(bench.channel("all-hands").await, before);
    let gone = channels::update(&bench.client, home(), made_up(), &none(), Webhooks::Off).await;
    assert_eq!(code(gone), (404, 20404));
}

#[tokio::test]
async fn an_empty_name_is_no_name() {
    let bench = Bench::new().await;
    let sid = bench.channel("all-hands").await.sid;
    let empty = Some(String::new());
    let patch =
        ChannelPatch { friendly_name: empty.clone(), unique_name: empty, ..Default::default() };
    let after = channels::update(&bench.client, home(), sid, &patch, Webhooks::Off).await.unwrap();
    assert_eq!((after.friendly_name, after.unique_name), (None, None));
}
