//! The lives of channels: how they come to be, what they are called, and what goes with them.

use std::collections::BTreeSet;

use switchboard::api::chat::{channels, members, memberships, messages};
use switchboard::api::{
    Attributes, ChannelPatch, ChannelType, Deleted, NewChannel, Visibility, Webhooks,
};

use crate::bench::{Bench, all, code, home, named};

fn new(unique_name: &str) -> NewChannel {
    NewChannel { unique_name: Some(unique_name.to_owned()), ..NewChannel::default() }
}

#[tokio::test]
async fn a_channel_is_made_of_all_seven() {
    let bench = Bench::new().await;
    let attributes = "{ \"b\": 18446744073709551616,\n \"a\": \"é+%&\" }";
    let new = NewChannel {
        friendly_name: Some("Berth 8 & 9 + 日本".to_owned()),
        unique_name: Some("berth / #8?".to_owned()),
        attributes: Some(attributes.to_owned()),
        visibility: Some(Visibility::Private),
        date_created: "2020-02-29T01:00:00Z".parse().ok(),
        date_updated: "2021-02-28T01:00:00Z".parse().ok(),
        created_by: Some("ana.weiss".to_owned()),
    };
    let made = channels::create(&bench.client, home(), &new, Webhooks::On).await.unwrap();
    assert_eq!(made.friendly_name.as_ref().unwrap().raw(), "Berth 8 & 9 + 日本");
    assert_eq!(made.attributes, Attributes::from_text(attributes), "byte for byte");
    assert_eq!((&made.kind, made.service_sid), (&ChannelType::Private, home()));
    assert_eq!((made.date_created, made.date_updated), (new.date_created, new.date_updated));
    assert_eq!(made.created_by.as_ref().unwrap().raw(), "ana.weiss");
    assert_eq!((made.members_count, made.messages_count), (Some(0), Some(0)));
    assert_eq!(bench.channel("berth / #8?").await, made);
}

#[tokio::test]
async fn a_channel_of_nothing_has_the_documented_defaults() {
    let bench = Bench::new().await;
    let nothing = NewChannel::default();
    let made = channels::create(&bench.client, home(), &nothing, Webhooks::Off).await.unwrap();
    assert_eq!((&made.friendly_name, &made.unique_name), (&None, &None));
    assert_eq!((&made.kind, made.attributes.text()), (&ChannelType::Public, "{}"));
    assert_eq!(made.created_by.as_ref().unwrap().raw(), "system");
    assert!(made.date_created.is_some() && made.date_created == made.date_updated);
    let empty = Some(String::new());
    let empty = NewChannel { friendly_name: empty.clone(), unique_name: empty, ..nothing };
    let made = channels::create(&bench.client, home(), &empty, Webhooks::Off).await.unwrap();
    assert_eq!((made.friendly_name, made.unique_name), (None, None), "an empty name is none");
}

#[tokio::test]
async fn a_create_is_refused_in_the_words_of_the_dictionary() {
    let bench = Bench::new().await;
    let long = |length| Some("x".repeat(length));
    let (none, like_a_sid) = (NewChannel::default, format!("CH{}", "0".repeat(32)));
    for (new, expected) in [
        (NewChannel { friendly_name: long(65), ..none() }, (400, 50003)),
        (new(&"x".repeat(65)), (400, 50004)),
        (new(&like_a_sid), (400, 50306)),
        (new("team-orders"), (409, 50307)),
        (NewChannel { attributes: Some("{".to_owned()), ..none() }, (400, 50304)),
        (NewChannel { attributes: Some(String::new()), ..none() }, (400, 50304)),
        (NewChannel { attributes: long(16_385), ..none() }, (400, 50303)),
        (NewChannel { created_by: long(257), ..none() }, (400, 50310)),
    ] {
        let refused = channels::create(&bench.client, home(), &new, Webhooks::Off).await;
        assert_eq!(code(refused), expected, "{new:?}");
    }
    let (rows, _) = all(async |next| channels::list(&bench.client, home(), next).await).await;
    assert_eq!(rows.len(), 144, "nothing was made");
}

#[tokio::test]
async fn each_kind_of_channel_is_listed_alone() {
    let bench = Bench::new().await;
    let client = bench.client(|config| config.page_size = 30);
    let (both, _) = all(async |next| channels::list(&client, home(), next).await).await;
    let of = async |visibility| {
        all(async |next| channels::list_of(&client, home(), visibility, next).await).await
    };
    let (public, pages) = of(Visibility::Public).await;
    assert_eq!((public.len(), pages), (75, 3));
    let (private, pages) = of(Visibility::Private).await;
    assert_eq!((private.len(), pages), (69, 3));
    assert!(public.iter().all(|channel| channel.kind == ChannelType::Public));
    assert!(private.iter().all(|channel| channel.kind == ChannelType::Private));
    let sids = |rows: &[channels::Channel]| rows.iter().map(|row| row.sid).collect::<BTreeSet<_>>();
    assert_eq!(&sids(&public) | &sids(&private), sids(&both));
}

#[tokio::test]
async fn a_unique_name_is_one_channels_own_whatever_it_was_before() {
    let bench = Bench::new().await;
    let create = async |name| {
        channels::create(&bench.client, home(), &new(name), Webhooks::Off).await.map(|it| it.sid)
    };
    let rename = async |channel, name: &str| {
        let patch = ChannelPatch { unique_name: Some(name.to_owned()), ..Default::default() };
        channels::update(&bench.client, home(), channel, &patch, Webhooks::On).await
    };
    let (first, second) = (create("first").await.unwrap(), create("second").await.unwrap());
    assert_eq!(code(create("first").await), (409, 50307));
    assert_eq!(code(rename(second, "first").await), (409, 50307));
    assert!(rename(first, "first").await.is_ok(), "its own name is no one else's");
    rename(first, "third").await.unwrap();
    assert_eq!(code(create("third").await), (409, 50307));
    rename(second, "first").await.unwrap();
    assert_eq!(bench.channel("first").await.sid, second);
    rename(second, "").await.unwrap();
    let third = create("first").await.unwrap();
    assert_eq!(bench.channel("first").await.sid, third, "a name given up is free");
}

#[tokio::test]
async fn counts_follow_who_comes_and_what_is_said() {
    let bench = Bench::new().await;
    let made = channels::create(&bench.client, home(), &new("quay"), Webhooks::Off).await.unwrap();
    let ana = bench.user("ana.weiss").await;
    let counts = async || {
        let channel = bench.channel("quay").await;
        (channel.members_count, channel.messages_count)
    };
    let join = [("Identity", "ana.weiss")];
    let say = [("From", "ana.weiss"), ("Body", "Berth 7 is free")];
    assert_eq!(bench.post("/Channels/quay/Members", &join).await.0, 201);
    assert_eq!(bench.post("/Channels/quay/Messages", &say).await.0, 201);
    assert_eq!(bench.post("/Channels/quay/Messages", &say).await.0, 201);
    assert_eq!(counts().await, (Some(1), Some(2)));
    let joined = bench.user("ana.weiss").await.joined_channels_count;
    assert_eq!(joined, ana.joined_channels_count.map(|before| before + 1));
    let left = memberships::delete(&bench.client, home(), ana.sid, made.sid, Webhooks::Off).await;
    assert_eq!(left.unwrap(), Deleted::Done);
    assert_eq!(counts().await, (Some(0), Some(2)));
    assert_eq!(bench.user("ana.weiss").await.joined_channels_count, ana.joined_channels_count);
}

#[tokio::test]
async fn with_a_channel_goes_all_that_is_in_it() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let ana = bench.user("ana.weiss").await;
    let own = || async {
        let user = on.user.into();
        all(async |next| memberships::list(&bench.client, home(), &user, next).await).await.0
    };
    let before = own().await;
    assert!(before.iter().any(|row| row.channel_sid == on.channel));
    let gone = channels::delete(&bench.client, home(), on.channel, Webhooks::On).await.unwrap();
    assert_eq!(gone, Deleted::Done);
    let after = own().await;
    assert_eq!(after.len() + 1, before.len());
    assert!(after.iter().all(|row| row.channel_sid != on.channel));
    let joined = bench.user("ana.weiss").await.joined_channels_count;
    assert_eq!(joined.map(|after| after + 1), ana.joined_channels_count);
    let (user, channel) = (on.user.into(), on.channel.into());
    let seat = memberships::fetch(&bench.client, home(), &user, &channel).await;
    assert!(seat.unwrap_err().is_gone());
    assert!(members::list(&bench.client, home(), &channel, None).await.unwrap_err().is_gone());
    assert!(messages::list(&bench.client, home(), &channel, None).await.unwrap_err().is_gone());
    let by_name = channels::fetch(&bench.client, home(), &named("all-hands")).await;
    assert!(by_name.unwrap_err().is_gone());
    let again = new("all-hands");
    let again = channels::create(&bench.client, home(), &again, Webhooks::Off).await.unwrap();
    assert_eq!(
        (again.members_count, again.messages_count),
        (Some(0), Some(0)),
        "another one of that name"
    );
}

#[tokio::test]
async fn a_create_whose_answer_is_lost_has_made_a_channel() {
    for fault in ["drop=100%", "cut=100%"] {
        let bench = Bench::new().await;
        bench.faults(fault);
        let lost = channels::create(&bench.client, home(), &new("once"), Webhooks::Off).await;
        let error = lost.unwrap_err();
        assert_eq!(error.certainty(), switchboard::api::Certainty::Unknown, "{fault}: {error}");
        bench.faults("none");
        assert!(bench.channel("once").await.date_created.is_some(), "{fault}");
        let again = channels::create(&bench.client, home(), &new("once"), Webhooks::Off).await;
        assert_eq!(code(again), (409, 50307), "a unique name keeps a second one away");
    }
}
