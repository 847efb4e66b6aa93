//! What holds for every call alike.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use futures_util::future::join_all;
use switchboard::api::{Certainty, Client, Error};
use switchboard::sandbox::Options;

use crate::bench::{Bench, Ground, code};
use crate::calls::{CALLS, Call, Deed, Needs, calls};

/// All at once: what they wait for is the same.
async fn each(calls: &[Call], client: &Client, on: Ground) -> Vec<(&'static str, Error)> {
    let outcomes = join_all(calls.iter().map(|call| call.run(client, on))).await;
    let refused = |(call, outcome): (&Call, Result<(), Error>)| match outcome {
        Ok(()) => panic!("{} was not refused", call.name),
        Err(error) => (call.name, error),
    };
    calls.iter().zip(outcomes).map(refused).collect()
}

/// A call that is not in the table is tried by nobody.
#[test]
fn the_table_holds_every_call_there_is() {
    let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api");
    let named: BTreeSet<&str> = CALLS.iter().map(|call| call.name).collect();
    let mut found = 0;
    for (room, prefix) in [("chat", ""), ("flex", "flex ")] {
        for file in fs::read_dir(api.join(room)).unwrap() {
            let path = file.unwrap().path();
            let Ok(text) = fs::read_to_string(&path) else { continue };
            let noun = path.file_stem().unwrap().to_str().unwrap();
            for line in text.lines() {
                let Some(rest) = line.strip_prefix("pub async fn ") else { continue };
                let verb = rest.split(['(', '<']).next().unwrap().replace('_', " ");
                let name = format!("{prefix}{noun} {verb}");
                assert!(named.contains(name.as_str()), "{name}");
                found += 1;
            }
        }
    }
    assert!(found > 20, "{found}");
}

#[tokio::test]
async fn what_is_there_is_answered() {
    for call in CALLS {
        let bench = Bench::new().await;
        let on = bench.ground().await;
        let (outcome, requests) = bench.counted(call.run(&bench.client, on)).await;
        assert!(outcome.is_ok(), "{}: {outcome:?}", call.name);
        assert_eq!(requests, 1, "{}", call.name);
    }
}

#[tokio::test]
async fn what_is_not_there_is_gone() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    for (least, on) in [(Needs::Service, Ground::nowhere()), (Needs::More, on.empty())] {
        let calls = calls(|call| call.needs >= least && call.deed != Deed::Delete);
        for (name, error) in each(&calls, &bench.client, on).await {
            assert!(error.is_gone(), "{name}: {error}");
            assert_eq!(error.code(), Some(20404), "{name}");
            assert_eq!(error.certainty(), Certainty::NotApplied, "{name}");
            let Error::Refused(refusal) = error else { panic!("{name}: {error}") };
            assert!(refusal.message.raw().starts_with("The requested resource /"), "{name}");
            assert!(refusal.message.raw().ends_with(" was not found"), "{name}");
            assert!(refusal.request_id.is_some_and(|id| id.raw().starts_with("RQ")), "{name}");
            assert!(refusal.more_info.is_some_and(|link| link.raw().ends_with("/20404")), "{name}");
        }
    }
}

#[tokio::test]
async fn a_wrong_secret_is_told_at_once() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let stranger = bench.stranger();
    let (refused, requests) = bench.counted(each(CALLS, &stranger, on)).await;
    for (name, error) in refused {
        assert!(error.is_auth(), "{name}: {error}");
        assert_eq!((error.code(), error.certainty()), (Some(20003), Certainty::NotApplied));
    }
    assert_eq!(requests, CALLS.len() as u64, "nobody asks twice");
}

#[tokio::test]
async fn patience_is_tried_four_times() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    bench.faults("429=100%");
    let (refused, requests) = bench.counted(each(CALLS, &bench.client, on)).await;
    for (name, error) in refused {
        assert!(error.is_throttled(), "{name}: {error}");
        assert_eq!((error.code(), error.certainty()), (Some(20429), Certainty::NotApplied));
        assert!(error.to_string().ends_with("(after 4 tries)"), "{name}: {error}");
    }
    assert_eq!(requests, CALLS.len() as u64 * 4);
}

#[tokio::test]
async fn patience_is_rewarded() {
    let rewarded = async |call: &Call| {
        let bench = Bench::new().await;
        let on = bench.ground().await;
        bench.faults("429=100%");
        let client = bench.client_that_heals();
        let (outcome, requests) = bench.counted(call.run(&client, on)).await;
        assert!(outcome.is_ok(), "{}: {outcome:?}", call.name);
        assert_eq!(requests, 2, "{}", call.name);
    };
    join_all(CALLS.iter().map(rewarded)).await;
}

#[tokio::test]
async fn a_page_size_that_no_server_takes_is_told() {
    let bench = Bench::with(Options { max_page_size: 10, ..Options::default() }).await;
    let on = bench.ground().await;
    // Flex takes what it always took.
    for call in calls(|call| call.deed == Deed::List && !call.name.starts_with("flex")) {
        let refusal = code(call.run(&bench.client, on).await);
        assert_eq!(refusal, (400, 20007), "{}", call.name);
    }
}

#[tokio::test]
async fn a_client_that_only_reads_sends_nothing_but_reads() {
    let bench = Bench::new().await;
    let on = bench.ground().await;
    let reader = bench.reader();
    let (writes, reads) = (calls(Call::writes), calls(|call| !call.writes()));
    let (refused, requests) = bench.counted(each(&writes, &reader, on)).await;
    for (name, error) in refused {
        assert!(matches!(error, Error::ReadOnly), "{name}: {error}");
        assert_eq!(error.certainty(), Certainty::NotApplied, "{name}");
    }
    assert_eq!(requests, 0);
    for call in reads {
        assert!(call.run(&reader, on).await.is_ok(), "{}", call.name);
    }
}
