//! Users, and the members of channels.

use switchboard::api::chat::{members, users};
use switchboard::api::{Error, User};

use crate::bench::{Bench, NASTY_PEOPLE, home, named};

/// A user as lists show it: without the two marks of presence.
fn as_listed(user: User) -> User {
    User { is_online: None, is_notifiable: None, ..user }
}

#[tokio::test]
async fn a_user_is_the_same_by_sid_by_identity_and_in_a_list() {
    let bench = Bench::new().await;
    let listed = users::list(&bench.client, home(), None).await.unwrap().items;
    for user in &listed {
        assert_eq!((user.is_online, user.is_notifiable), (None, None), "lists do not tell");
        let by_sid = users::fetch(&bench.client, home(), &user.sid.into()).await.unwrap();
        assert_eq!(&as_listed(by_sid), user);
    }
    let ana = bench.user("ana.weiss").await;
    assert_eq!((ana.is_online, ana.is_notifiable), (Some(true), Some(true)));
    for identity in NASTY_PEOPLE {
        let by_name = users::fetch(&bench.client, home(), &named(identity)).await.unwrap();
        assert_eq!(by_name.identity.raw(), identity);
        assert!(listed.contains(&as_listed(by_name)), "{identity:?}");
    }
}

#[tokio::test]
async fn a_user_of_no_name_is_not_asked_for() {
    let bench = Bench::new().await;
    let fetch = async { users::fetch(&bench.client, home(), &named("..")).await };
    let (outcome, requests) = bench.counted(fetch).await;
    assert!(matches!(outcome, Err(Error::Unaddressable { noun: "user" })));
    assert_eq!(requests, 0);
}

#[tokio::test]
async fn members_are_the_same_by_sid_and_by_name_of_their_channel() {
    let bench = Bench::new().await;
    let channel = bench.channel("all-hands").await;
    let by_sid = members::list(&bench.client, home(), &channel.sid.into(), None).await.unwrap();
    let by_name = members::list(&bench.client, home(), &named("all-hands"), None).await.unwrap();
    assert_eq!(by_sid, by_name);
    assert_eq!(Some(by_sid.items.len() as u64), channel.members_count);
    assert!(by_sid.items.iter().all(|member| member.channel_sid == channel.sid));
}
