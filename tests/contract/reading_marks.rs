//! What a user has read of a channel, and leaving it.

use switchboard::api::chat::{members, memberships};
use switchboard::api::{Channel, Consumed, Deleted, Error, Membership, MembershipPatch, Webhooks};

use crate::bench::{Bench, Ground, all, code, home};

/// A user in a channel of 64 messages.
struct Seat {
    bench: Bench,
    on: Ground,
}

impl Seat {
    async fn new() -> Self {
        let bench = Bench::new().await;
        let on = bench.ground().await;
        assert_eq!(bench.channel("all-hands").await.messages_count, Some(64));
        Self { bench, on }
    }

    async fn update(&self, patch: MembershipPatch) -> Result<Membership, Error> {
        let Ground { service, user, channel, .. } = self.on;
        memberships::update(&self.bench.client, service, user, channel, &patch).await
    }

    async fn fetch(&self) -> Result<Membership, Error> {
        let (user, channel) = (self.on.user.into(), self.on.channel.into());
        memberships::fetch(&self.bench.client, home(), &user, &channel).await
    }

    /// The member of that membership, as the channel lists it.
    async fn member(&self) -> Option<members::Member> {
        let channel = self.on.channel.into();
        let list = async |next: Option<&_>| {
            members::list(&self.bench.client, home(), &channel, next).await
        };
        all(list).await.0.into_iter().find(|member| member.identity.raw() == "ana.weiss")
    }
}

fn read(consumed: Consumed) -> MembershipPatch {
    let last_consumed_message_index = Some(consumed);
    MembershipPatch { last_consumed_message_index, ..MembershipPatch::default() }
}

#[tokio::test]
async fn reading_is_counted_and_can_be_taken_back() {
    let seat = Seat::new().await;
    for (consumed, index, unread) in [
        (Consumed::UpTo(10), Some(10), Some(53)),
        (Consumed::UpTo(63), Some(63), Some(0)),
        (Consumed::UpTo(0), Some(0), Some(63)),
        (Consumed::Nothing, None, None),
    ] {
        let after = seat.update(read(consumed)).await.unwrap();
        assert_eq!(after.last_consumed_message_index, index, "{consumed:?}");
        assert_eq!(after.unread_messages_count, unread, "{consumed:?}");
        assert_eq!(seat.fetch().await.unwrap(), after);
        assert_eq!(seat.member().await.unwrap().last_consumed_message_index, index);
    }
}

#[tokio::test]
async fn the_moment_of_reading_is_kept_with_the_member() {
    let seat = Seat::new().await;
    let moment = "2026-01-02T03:04:05Z".parse().ok();
    let patch = MembershipPatch { last_consumption_timestamp: moment, ..read(Consumed::UpTo(7)) };
    seat.update(patch).await.unwrap();
    let member = seat.member().await.unwrap();
    assert_eq!(member.last_consumption_timestamp, moment);
    assert_eq!(member.last_consumed_message_index, Some(7));
}

#[tokio::test]
async fn nobody_reads_what_was_not_said() {
    let seat = Seat::new().await;
    let before = seat.fetch().await.unwrap();
    for index in [64, i64::MAX, -1] {
        let refused = seat.update(read(Consumed::UpTo(index))).await;
        assert_eq!(code(refused), (400, 50406), "{index}");
    }
    assert_eq!(seat.fetch().await.unwrap(), before);
}

#[tokio::test]
async fn who_is_removed_is_on_neither_list() {
    let seat = Seat::new().await;
    let Ground { service, user, channel, .. } = seat.on;
    let members = |channel: &Channel| channel.members_count;
    let before = members(&seat.bench.channel("all-hands").await);
    let client = &seat.bench.client;
    let left = memberships::delete(client, service, user, channel, Webhooks::On).await;
    assert_eq!(left.unwrap(), Deleted::Done);
    assert!(seat.fetch().await.unwrap_err().is_gone());
    assert_eq!(seat.member().await, None);
    let left = members(&seat.bench.channel("all-hands").await);
    assert_eq!(left.map(|left| left + 1), before);
    let gone = seat.update(read(Consumed::UpTo(1))).await;
    assert_eq!(code(gone), (404, 20404));
}
