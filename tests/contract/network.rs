//! What the network does to calls: what is tried again, and how sure one can be of a write.

use futures_util::future::join_all;
use switchboard::api::chat::{channels, memberships, services};
use switchboard::api::{Certainty, Error, NotificationLevel, Webhooks};

use crate::bench::{Bench, home};
use crate::calls::{Call, Deed, calls, muted, renamed};

fn reads() -> Vec<Call> {
    calls(|call| !call.writes())
}

async fn end_as_they_failed(fault: &str, status: Option<u16>) {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    bench.faults(fault);
    let reads = reads();
    let at_once = join_all(reads.iter().map(|call| call.run(&bench.client, on)));
    let (outcomes, requests) = bench.counted(at_once).await;
    assert_eq!(requests, reads.len() as u64 * 4, "{fault}");
    for outcome in outcomes {
        let error = outcome.unwrap_err();
        assert_eq!(error.status(), status, "{fault}: {error}");
        let is_lost = matches!(error, Error::Lost { tries: 4, .. });
        assert_eq!(is_lost, status.is_none(), "{fault}: {error}");
        assert!(error.to_string().ends_with("(after 4 tries)"), "{fault}: {error}");
    }
}

async fn get_over(fault: &str) {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let client = bench.client_that_heals();
    for call in reads() {
        bench.faults(fault);
        let (outcome, requests) = bench.counted(call.run(&client, on)).await;
        assert!(outcome.is_ok(), "{fault}, {}: {outcome:?}", call.name);
        assert_eq!(requests, 2, "{fault}, {}", call.name);
    }
}

#[tokio::test]
async fn reads_are_tried_four_times_and_end_as_they_failed() {
    tokio::join!(
        end_as_they_failed("drop=100%", None),
        end_as_they_failed("cut=100%", None),
        end_as_they_failed("offline", None),
        end_as_they_failed("500=100%", Some(500)),
    );
}

#[tokio::test]
async fn reads_get_over_what_passes() {
    tokio::join!(
        get_over("drop=100%"),
        get_over("cut=100%"),
        get_over("offline"),
        get_over("500=100%"),
    );
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_may_have_worked_and_has() {
    for fault in ["drop=100%", "cut=100%"] {
        let bench = Bench::new().await;
        let on = bench.ground().await;
        for call in calls(|call| call.deed == Deed::Change) {
            bench.faults(fault);
            let (outcome, requests) = bench.counted(call.run(&bench.client, on)).await;
            let error = outcome.unwrap_err();
            assert!(matches!(error, Error::Lost { tries: 1, .. }), "{}: {error}", call.name);
            assert_eq!(error.certainty(), Certainty::Unknown, "{}: {error}", call.name);
            assert_eq!(requests, 1, "{fault}, {}: a write is not sent twice", call.name);
        }
        bench.faults("none");
        let channel = bench.channel("all-hands").await;
        assert_eq!(channel.friendly_name.unwrap().raw(), "Renamed", "{fault}");
        let (user, channel) = (on.user.into(), on.channel.into());
        let membership = memberships::fetch(&bench.client, home(), &user, &channel).await.unwrap();
        assert_eq!(membership.notification_level, NotificationLevel::Muted, "{fault}");
    }
}

#[tokio::test]
async fn a_write_that_the_server_gave_up_may_have_worked_and_has_not() {
    for fault in ["500=100%", "offline"] {
        let bench = Bench::new().await;
        let on = bench.ground().await;
        let before = bench.channel("all-hands").await;
        bench.faults(fault);
        let rename = async {
            channels::update(&bench.client, home(), on.channel, &renamed(), Webhooks::Off).await
        };
        let (outcome, requests) = bench.counted(rename).await;
        let error = outcome.unwrap_err();
        assert_eq!((error.certainty(), requests), (Certainty::Unknown, 1), "{fault}: {error}");
        bench.faults("none");
        assert_eq!(bench.channel("all-hands").await, before, "{fault}");
    }
}

#[tokio::test]
async fn a_throttled_write_surely_did_nothing() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let (user, channel) = (on.user.into(), on.channel.into());
    let fetch = || memberships::fetch(&bench.client, home(), &user, &channel);
    let before = fetch().await.unwrap();
    bench.faults("429=100%");
    let mute = memberships::update(&bench.client, home(), on.user, on.channel, &muted()).await;
    assert_eq!(mute.unwrap_err().certainty(), Certainty::NotApplied);
    bench.faults("none");
    assert_eq!(fetch().await.unwrap(), before);
}

#[tokio::test]
async fn nobody_there_is_offline_and_surely_did_nothing() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let Bench { sandbox, client } = bench;
    let sandbox = std::sync::Arc::into_inner(sandbox).unwrap();
    sandbox.stop().await;
    let both = calls(|call| matches!(call.name, "services list" | "channels update"));
    for outcome in join_all(both.iter().map(|call| call.run(&client, on))).await {
        let error = outcome.unwrap_err();
        assert!(error.is_offline(), "{error}");
        assert_eq!(error.certainty(), Certainty::NotApplied, "{error}");
        assert!(matches!(error, Error::Unreachable { tries: 4, .. }), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_not_waited_for() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let hasty = bench.client(|config| config.timeout = std::time::Duration::from_secs(1));
    bench.faults("latency=3600s");
    let rename =
        channels::update(&hasty, home(), on.channel, &renamed(), Webhooks::Off).await.unwrap_err();
    assert!(matches!(rename, Error::TimedOut { tries: 1, .. }), "{rename}");
    assert_eq!(rename.certainty(), Certainty::Unknown);
    bench.faults("none");
    assert!(services::fetch(&hasty, home()).await.is_ok());
    let renamed = bench.channel("all-hands").await.friendly_name.unwrap();
    assert_eq!(renamed.raw(), "Renamed", "the answer was late, the work was not");
}

#[tokio::test]
async fn a_write_that_is_lost_alone_is_found_by_the_next_reading() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    bench.faults("drop-writes=100%");
    let patch = renamed();
    let rename = channels::update(&bench.client, home(), on.channel, &patch, Webhooks::Off);
    let (outcome, requests) = bench.counted(rename).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, Error::Lost { tries: 1, .. }), "{error}");
    assert_eq!((error.certainty(), requests), (Certainty::Unknown, 1), "{error}");
    let (channel, requests) = bench.counted(bench.channel("all-hands")).await;
    assert_eq!((channel.friendly_name.unwrap().raw(), requests), ("Renamed", 1));
}
