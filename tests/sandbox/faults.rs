//! What can be made to go wrong.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use switchboard::sandbox::Faults;

use crate::bench::{Practice, body, faults};

#[tokio::test]
async fn refusing_faults_are_answered_and_nothing_is_done() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    let before = practice.get(&path).await;
    for (fault, refusal) in [("429=100%", (429, 20429)), ("500=100%", (500, 20500))] {
        practice.server.set_faults(faults(fault));
        assert_eq!(practice.server.faults().to_string(), fault);
        let response = practice.request(Method::POST, &path).form(&[("FriendlyName", "x")]);
        let response = response.send().await.unwrap();
        assert!(!response.headers().contains_key("retry-after"), "none is documented");
        let status = response.status().as_u16();
        assert_eq!((status, body(response).await["code"].as_u64().unwrap()), refusal);
        practice.server.set_faults(Faults::default());
        assert_eq!(practice.get(&path).await, before);
    }
    let done = practice.server.requests();
    practice.server.set_faults(faults("offline"));
    let lost = practice.request(Method::POST, &path).form(&[("FriendlyName", "x")]).send().await;
    assert!(lost.unwrap_err().is_request());
    assert_eq!(practice.server.requests(), done + 1);
    practice.server.set_faults(Faults::default());
    assert_eq!(practice.get(&path).await, before);
}

#[tokio::test]
async fn spoiling_faults_strike_when_the_work_is_done() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    practice.server.set_faults(faults("drop=100%"));
    let lost = practice.request(Method::POST, &path).form(&[("FriendlyName", "dropped")]);
    assert!(lost.send().await.unwrap_err().is_request());
    practice.server.set_faults(faults("cut=100%"));
    let cut = practice.request(Method::POST, &path).form(&[("CreatedBy", "cut")]);
    let mut cut = cut.send().await.unwrap();
    assert_eq!(cut.status(), 200);
    let promised = usize::try_from(cut.content_length().unwrap()).unwrap();
    let mut came = Vec::new();
    let end = loop {
        match cut.chunk().await {
            Ok(Some(bytes)) => came.extend(bytes),
            end => break end,
        }
    };
    assert!(end.is_err(), "the end of a cut body must not look like its end");
    assert_eq!(came.len(), promised / 2);
    practice.server.set_faults(Faults::default());
    let now = practice.get(&path).await;
    assert_eq!((&now["friendly_name"], &now["created_by"]), (&json!("dropped"), &json!("cut")));
}

#[tokio::test]
async fn latency_delays_the_answer_and_not_the_work() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    practice.server.set_faults(faults("latency=3600s"));
    let slow = practice.request(Method::POST, &path).form(&[("FriendlyName", "late")]);
    let slow = slow.timeout(Duration::from_millis(500)).send().await;
    assert!(slow.unwrap_err().is_timeout());
    practice.server.set_faults(faults("latency=5ms"));
    assert_eq!(practice.get(&path).await["friendly_name"], "late");
}

#[tokio::test]
async fn a_write_can_be_lost_alone() {
    let practice = Practice::new().await;
    let path = practice.channel("all-hands").await;
    practice.server.set_faults(faults("drop-writes=100%"));
    let lost = practice.request(Method::POST, &path).form(&[("FriendlyName", "lost")]);
    assert!(lost.send().await.unwrap_err().is_request());
    let now = practice.get(&path).await;
    assert_eq!(now["friendly_name"], "lost", "reads are answered, and the work was done");
    let lost = practice.request(Method::DELETE, &path);
    assert!(lost.send().await.unwrap_err().is_request());
    assert_eq!(practice.refusal(&path).await, (404, 20404));
}
