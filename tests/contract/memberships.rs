//! Memberships: a user's channels, seen from the user.

use switchboard::api::chat::memberships;
use switchboard::api::{Error, MembershipPatch, MembershipStatus, NotificationLevel};

use crate::bench::{Bench, code, home, named};

#[tokio::test]
async fn a_membership_is_the_same_by_sids_by_names_and_in_a_list() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let ana = named("ana.weiss");
    let listed = memberships::list(&bench.client, home(), &ana, None).await.unwrap().items;
    for row in &listed {
        let (user, channel) = (row.user_sid.into(), row.channel_sid.into());
        let alone = memberships::fetch(&bench.client, home(), &user, &channel).await.unwrap();
        assert_eq!(&alone, row);
        assert_eq!(row.member_sid.is_some(), row.status == MembershipStatus::Joined);
    }
    let by_names = memberships::fetch(&bench.client, home(), &ana, &named("all-hands")).await;
    let by_names = by_names.unwrap();
    assert_eq!((by_names.user_sid, by_names.channel_sid), (on.user, on.channel));
    assert!(listed.contains(&by_names));
    let hanna = named("hanna.lindqvist");
    let listed = memberships::list(&bench.client, home(), &hanna, None).await.unwrap().items;
    for status in [MembershipStatus::Invited, MembershipStatus::NotParticipating] {
        assert!(listed.iter().any(|row| row.status == status), "{status:?} is among them");
    }
}

#[tokio::test]
async fn a_channel_is_muted_and_unmuted_and_nothing_else_changes() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let (user, channel) = (on.user.into(), on.channel.into());
    let before = memberships::fetch(&bench.client, home(), &user, &channel).await.unwrap();
    for level in [NotificationLevel::Muted, NotificationLevel::Default] {
        let patch =
            MembershipPatch { notification_level: Some(level.clone()), ..Default::default() };
        let after = memberships::update(&bench.client, home(), on.user, on.channel, &patch).await;
        let expected = memberships::Membership { notification_level: level, ..before.clone() };
        assert_eq!(after.unwrap(), expected);
    }
}

#[tokio::test]
async fn an_update_is_refused_in_the_words_of_the_dictionary() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let loud = NotificationLevel::Other(switchboard::api::RemoteText::new("loud"));
    let none = MembershipPatch::default;
    for (patch, expected) in [
        (none(), (400, 20161)),
        (MembershipPatch { notification_level: Some(loud), ..none() }, (400, 50210)),
    ] {
        let refused = memberships::update(&bench.client, home(), on.user, on.channel, &patch).await;
        assert_eq!(code(refused), expected, "{patch:?}");
    }
}

#[tokio::test]
async fn nobody_is_asked_for_by_no_name() {
    let bench = Bench::new().await;
    let (nobody, hall) = (named(""), named("all-hands"));
    let fetch = memberships::fetch(&bench.client, home(), &nobody, &hall);
    let (outcome, requests) = bench.counted(fetch).await;
    assert!(matches!(outcome, Err(Error::Unaddressable { noun: "user" })));
    assert_eq!(requests, 0);
}
