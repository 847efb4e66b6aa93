//! Deletes: who did it, when answers are lost and when others are faster.

use switchboard::api::chat::{channels, memberships};
use switchboard::api::{Certainty, Client, Deleted, Error, Webhooks, flex};

use crate::bench::{Bench, Ground, made_up};

async fn each(client: &Client, on: Ground) -> [(&'static str, Result<Deleted, Error>); 3] {
    let Ground { service, user, channel, flex_channel, .. } = on;
    [
        // The membership first: it goes with its channel.
        ("membership", memberships::delete(client, service, user, channel, Webhooks::On).await),
        ("channel", channels::delete(client, service, channel, Webhooks::On).await),
        ("flex channel", flex::channels::delete(client, flex_channel).await),
    ]
}

#[tokio::test]
async fn the_first_removes_it_and_the_second_finds_it_gone() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    for (name, outcome) in each(&bench.client, on).await {
        assert_eq!(outcome.unwrap(), Deleted::Done, "{name}");
    }
    let (outcomes, requests) = bench.counted(each(&bench.client, on)).await;
    for (name, outcome) in outcomes {
        assert_eq!(outcome.unwrap(), Deleted::AlreadyGone, "{name}");
    }
    assert_eq!(requests, 3, "a 404 is no reason to try again");
    for on in [Ground::nowhere(), on.empty()] {
        for (name, outcome) in each(&bench.client, on).await {
            assert_eq!(outcome.unwrap(), Deleted::AlreadyGone, "{name}");
        }
    }
}

#[tokio::test]
async fn a_delete_whose_answer_was_lost_did_it() {
    for fault in ["drop=100%", "cut=100%"] {
        for number in 0..3 {
            let bench = Bench::new().await;
            let on = bench.ground().await;
            bench.faults(fault);
            let client = bench.client_that_heals();
            let (service, webhooks) = (on.service, Webhooks::Off);
            let delete = async {
                match number {
                    0 => memberships::delete(&client, service, on.user, on.channel, webhooks).await,
                    1 => channels::delete(&client, service, on.channel, webhooks).await,
                    _ => flex::channels::delete(&client, on.flex_channel).await,
                }
            };
            let (outcome, requests) = bench.counted(delete).await;
            assert_eq!((outcome.unwrap(), requests), (Deleted::Done, 2), "{fault}, {number}");
        }
    }
}

#[tokio::test]
async fn a_delete_that_was_throttled_did_nothing_before() {
    let bench = Bench::new().await;
    bench.faults("429=100%");
    let client = bench.client_that_heals();
    let nobody = flex::channels::delete(&client, made_up()).await;
    assert_eq!(nobody.unwrap(), Deleted::AlreadyGone);
}

#[tokio::test]
async fn a_delete_that_never_gets_an_answer_may_have_worked_and_has() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    bench.faults("drop=100%");
    let delete = channels::delete(&bench.client, on.service, on.channel, Webhooks::Off);
    let (outcome, requests) = bench.counted(delete).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.certainty(), requests), (Certainty::Unknown, 4), "{error}");
    bench.faults("none");
    let gone = channels::fetch(&bench.client, on.service, &on.channel.into()).await;
    assert!(gone.unwrap_err().is_gone());
}
