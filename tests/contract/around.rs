//! What is around channels: messages, invites, roles.

use switchboard::api::chat::{invites, memberships, messages, roles, services};
use switchboard::api::{Deleted, MembershipStatus, MessageType, RemoteText, RoleType, Webhooks};

use crate::bench::{Bench, all, home, named};

#[tokio::test]
async fn messages_come_newest_first_and_all_of_them() {
    let bench = Bench::new().await;
    let channel = bench.channel("all-hands").await;
    let (by_sid, hall) = (channel.sid.into(), named("all-hands"));
    let list = async |next: Option<&_>| messages::list(&bench.client, home(), &by_sid, next).await;
    let (whole, pages) = all(list).await;
    assert_eq!((Some(whole.len() as u64), pages), (channel.messages_count, 1));
    let indices: Vec<_> = whole.iter().filter_map(|message| message.index).collect();
    assert_eq!(indices, (0..64).rev().collect::<Vec<_>>());
    let three = bench.client(|config| config.page_size = 30);
    let in_three = all(async |next| messages::list(&three, home(), &hall, next).await).await;
    assert_eq!(in_three, (whole, 3));
}

#[tokio::test]
async fn a_message_is_read_as_it_was_said() {
    let bench = Bench::new().await;
    let form = [("Body", "Hi\u{1b}[2J\n日本"), ("From", "ana.weiss"), ("Attributes", "[1,  2]")];
    assert_eq!(bench.post("/Channels/all-hands/Messages", &form).await.0, 201);
    let page = messages::list(&bench.client, home(), &named("all-hands"), None).await.unwrap();
    let newest = page.items.first().unwrap();
    assert_eq!(newest.body.as_ref().unwrap().raw(), "Hi\u{1b}[2J\n日本");
    assert_eq!(newest.from.as_ref().unwrap().raw(), "ana.weiss");
    assert_eq!((newest.attributes.text(), newest.index), ("[1,  2]", Some(64)));
    assert_eq!((&newest.kind, &newest.media), (&MessageType::Text, &None));
    assert_eq!((newest.was_edited, newest.service_sid), (Some(false), home()));
    assert_eq!(newest.channel_sid, bench.channel("all-hands").await.sid);
}

#[tokio::test]
async fn a_message_more_makes_the_next_page_stale() {
    let bench = Bench::new().await;
    let client = bench.client(|config| config.page_size = 30);
    let hall = named("all-hands");
    let first = messages::list(&client, home(), &hall, None).await.unwrap();
    bench.post("/Channels/all-hands/Messages", &[("Body", "more")]).await;
    let stale = messages::list(&client, home(), &hall, first.next.as_ref()).await;
    assert_eq!(crate::bench::code(stale), (400, 21481));
}

#[tokio::test]
async fn an_invite_is_listed_until_it_is_taken_back() {
    let bench = Bench::new().await;
    let room = named("empty-room");
    let list =
        async || all(async |next| invites::list(&bench.client, home(), &room, next).await).await.0;
    assert_eq!(list().await, []);
    let form = [("Identity", "lonely.newcomer")];
    assert_eq!(bench.post("/Channels/empty-room/Invites", &form).await.0, 201);
    let listed = list().await;
    let invite = listed.first().unwrap();
    let channel = bench.channel("empty-room").await.sid;
    assert_eq!((invite.identity.raw(), invite.channel_sid), ("lonely.newcomer", channel));
    assert_eq!((listed.len(), invite.service_sid), (1, home()));
    assert!(invite.role_sid.is_some() && invite.date_created.is_some());
    assert_eq!(invite.created_by.as_ref().unwrap().raw(), "system");
    let user = bench.user("lonely.newcomer").await.sid;
    let seat = memberships::fetch(&bench.client, home(), &user.into(), &channel.into()).await;
    assert_eq!(seat.unwrap().status, MembershipStatus::Invited);
    let back = memberships::delete(&bench.client, home(), user, channel, Webhooks::Off).await;
    assert_eq!(back.unwrap(), Deleted::Done);
    assert_eq!(list().await, []);
}

#[tokio::test]
async fn roles_are_listed_with_what_they_allow() {
    let bench = Bench::new().await;
    let (whole, pages) = all(async |next| roles::list(&bench.client, home(), next).await).await;
    assert_eq!((whole.len(), pages), (4, 1));
    let client = bench.client(|config| config.page_size = 2);
    assert_eq!(
        all(async |next| roles::list(&client, home(), next).await).await,
        (whole.clone(), 2)
    );
    for kind in [RoleType::Channel, RoleType::Deployment] {
        assert_eq!(whole.iter().filter(|role| role.kind == kind).count(), 2, "{kind:?}");
    }
    let admin = whole
        .iter()
        .find(|role| role.friendly_name.as_ref().is_some_and(|name| name.raw() == "service admin"));
    let allowed: Vec<_> = admin.unwrap().permissions.iter().map(RemoteText::raw).collect();
    assert!(allowed.contains(&"destroyChannel"), "{allowed:?}");
    let ana = bench.user("ana.weiss").await.role_sid.unwrap();
    assert!(whole.iter().any(|role| role.sid == ana));
    assert_eq!(services::fetch(&bench.client, home()).await.unwrap().sid, whole[0].service_sid);
}
