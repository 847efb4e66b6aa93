//! Connections, and the end of the server.

use std::time::Duration;

use reqwest::Method;
use switchboard::sandbox::{Options, start};

use crate::bench::{Practice, body, faults};

#[tokio::test]
async fn a_client_that_wants_the_connection_closed_is_told_so() {
    let practice = Practice::new().await;
    let request = practice.request(Method::GET, "/v2/Services").header("Connection", "close");
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["connection"], "close");
    practice.get("/v2/Services").await;
}

#[tokio::test]
async fn links_keep_to_the_host_the_client_used_if_it_is_this_machine() {
    let practice = Practice::new().await;
    let url = |host: &str| {
        let request = practice.request(Method::GET, "/v2/Services").header("Host", host.to_owned());
        async {
            body(request.send().await.unwrap()).await["meta"]["url"].as_str().unwrap().to_owned()
        }
    };
    assert!(url("localhost:4010").await.starts_with("http://localhost:4010/v2/"));
    assert!(url("evil.example").await.starts_with(&practice.server.url()));
}

#[tokio::test]
async fn a_stopped_server_is_gone() {
    let practice = Practice::new().await;
    practice.get("/v2/Services").await;
    let url = practice.server.url();
    practice.server.stop().await;
    let refused = practice.client.get(format!("{url}/v2/Services")).send().await.unwrap_err();
    assert!(refused.is_connect(), "{refused:?}");
    let first = start(Options::default()).await.unwrap();
    let port = first.url().rsplit_once(':').unwrap().1.parse().unwrap();
    let second = start(Options { port, ..Options::default() }).await.unwrap_err();
    assert_eq!(second.to_string(), format!("cannot listen on 127.0.0.1:{port}"));
}

#[tokio::test]
async fn a_late_answer_does_not_hold_up_the_end() {
    let practice = Practice::new().await;
    practice.server.set_faults(faults("latency=3600s"));
    let request = practice.request(Method::GET, "/v2/Services").send();
    let waiting = tokio::spawn(request);
    while practice.server.requests() == 0 {
        tokio::task::yield_now().await;
    }
    let Practice { server, client: _ } = practice;
    tokio::time::timeout(Duration::from_secs(10), server.stop()).await.unwrap();
    assert_eq!(waiting.await.unwrap().unwrap().status(), 200);
}
