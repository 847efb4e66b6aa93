//! The one-way step from public to private.

use switchboard::api::chat::{channels, migration};
use switchboard::api::sid::MessagingService;
use switchboard::api::{Certainty, Channel, ChannelType, Sid, Visibility, Webhooks};

use crate::bench::{Bench, all, code, home, made_up};
use crate::calls::renamed;

/// The messaging service of the practice account.
fn messaging() -> Sid<MessagingService> {
    "MG6168eb413c855a4db0c5e363ecc0c991".parse().unwrap()
}

async fn is_public(bench: &Bench, channel: Sid<Channel>) -> bool {
    let list = async |next: Option<&_>| {
        channels::list_of(&bench.client, home(), Visibility::Public, next).await
    };
    all(list).await.0.iter().any(|row| row.sid == channel)
}

#[tokio::test]
async fn a_migrated_channel_is_private_and_otherwise_the_same() {
    let bench = Bench::new().await;
    let before = bench.channel("all-hands").await;
    assert!(is_public(&bench, before.sid).await);
    let migrate = migration::migrate(&bench.client, home(), before.sid, None, Webhooks::Off).await;
    let migrated = migrate.unwrap();
    assert_eq!(migrated.messaging_service_sid, None);
    let expected = Channel {
        kind: ChannelType::Private,
        date_updated: migrated.channel.date_updated,
        ..before.clone()
    };
    assert_eq!(migrated.channel, expected);
    assert!(migrated.channel.date_updated > before.date_updated);
    assert_eq!(bench.channel("all-hands").await, expected);
    assert!(!is_public(&bench, before.sid).await);
}

#[tokio::test]
async fn a_migrated_channel_stays_private_whatever_is_done() {
    let bench = Bench::new().await;
    let sid = bench.channel("all-hands").await.sid;
    let migrate = async |messaging| {
        migration::migrate(&bench.client, home(), sid, messaging, Webhooks::On).await.unwrap()
    };
    migrate(None).await;
    let again = migrate(Some(messaging())).await;
    assert_eq!(again.channel.kind, ChannelType::Private);
    assert_eq!(again.messaging_service_sid, Some(messaging()));
    assert_eq!(
        migrate(None).await.messaging_service_sid,
        Some(messaging()),
        "once named, it stays"
    );
    let after =
        channels::update(&bench.client, home(), sid, &renamed(), Webhooks::Off).await.unwrap();
    assert_eq!(after.kind, ChannelType::Private);
    // What the client has no words for, said by hand.
    let path = format!("/v3/Services/{}/Channels/{sid}", home());
    let (status, refused) = bench.post_to(&path, &[("Type", "public")]).await;
    assert_eq!((status, refused["code"].as_u64()), (400, Some(50393)));
    let (status, refused) = bench.post(&format!("/Channels/{sid}"), &[("Type", "public")]).await;
    assert_eq!((status, refused["code"].as_u64()), (400, Some(50347)));
    assert_eq!(bench.channel("all-hands").await.kind, ChannelType::Private);
}

#[tokio::test]
async fn a_private_channel_can_be_migrated_too() {
    let bench = Bench::new().await;
    let before = bench.channel("team-orders").await;
    assert_eq!(before.kind, ChannelType::Private);
    let messaging = Some(messaging());
    let migrate = migration::migrate(&bench.client, home(), before.sid, messaging, Webhooks::Off);
    let migrated = migrate.await.unwrap();
    assert_eq!((migrated.channel.kind, migrated.messaging_service_sid), (before.kind, messaging));
}

#[tokio::test]
async fn a_migration_whose_answer_is_lost_has_happened() {
    let bench = Bench::new().await;
    let sid = bench.channel("all-hands").await.sid;
    bench.faults("drop=100%");
    let lost = migration::migrate(&bench.client, home(), sid, None, Webhooks::Off).await;
    assert_eq!(lost.unwrap_err().certainty(), Certainty::Unknown);
    bench.faults("none");
    assert_eq!(bench.channel("all-hands").await.kind, ChannelType::Private);
}

#[tokio::test]
async fn a_messaging_service_of_somebody_else_is_refused() {
    let bench = Bench::new().await;
    let before = bench.channel("all-hands").await;
    let foreign = Some(made_up());
    let refused = migration::migrate(&bench.client, home(), before.sid, foreign, Webhooks::Off);
    assert_eq!(code(refused.await), (400, 50342));
    assert_eq!(bench.channel("all-hands").await, before);
}
