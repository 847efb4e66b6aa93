//! What goes wrong on the way: answers that are no answers, connections that die, and who tries again.

use super::*;
use crate::api::chat::{channels, services};
use crate::api::{Certainty, ChannelPatch, Waiting};

async fn rename(client: &Client) -> Result<Channel, Error> {
    let patch = ChannelPatch { friendly_name: Some("Berth 8".to_owned()), ..Default::default() };
    channels::update(client, home(), room(), &patch, Webhooks::Off).await
}

fn good() -> Reply {
    Reply::json(200, &service_json())
}

#[tokio::test]
async fn reads_are_tried_again_whatever_happened() {
    for trouble in [
        Reply::dropped(),
        Reply::cut(),
        Reply::json(500, "{}"),
        Reply::html(502, "<html>"),
        Reply::with(429, "Retry-After: 0", ""),
    ] {
        let server = Server::following(vec![trouble, good()]);
        assert!(services::fetch(&client(&server), home()).await.is_ok());
        assert_eq!(server.seen().len(), 2);
    }
}

#[tokio::test]
async fn a_throttled_write_is_tried_again_and_told() {
    let throttled = Reply::json(429, &error_json(20429));
    let server = Server::following(vec![throttled, Reply::json(200, &channel_json())]);
    let (client, told) = observed(&server);
    assert_eq!(rename(&client).await.unwrap().sid, room());
    let seen = server.seen();
    assert_eq!((seen.len(), &seen[0].body), (2, &seen[1].body));
    let told = told.lock().unwrap().clone();
    let expected = matches!(
        told.as_slice(),
        [
            Traffic::Answered { status: 429, .. },
            Traffic::Waiting { why: Waiting::Throttled, attempt: 1, .. },
            Traffic::Answered { status: 200, .. },
        ]
    );
    assert!(expected, "{told:?}");
}

#[tokio::test]
async fn a_write_that_may_have_worked_is_not_sent_twice() {
    for trouble in
        [Reply::json(500, "{}"), Reply::html(503, "busy"), Reply::dropped(), Reply::cut()]
    {
        let server = Server::following(vec![trouble, Reply::json(200, &channel_json())]);
        let error = rename(&client(&server)).await.unwrap_err();
        assert_eq!(error.certainty(), Certainty::Unknown, "{error}");
        assert_eq!(server.seen().len(), 1, "{error}");
    }
}

#[tokio::test]
async fn a_refused_write_surely_changed_nothing() {
    let headers = "Content-Type: application/json\r\nTwilio-Request-Id: RQ17";
    let server = Server::following(vec![Reply::with(409, headers, &error_json(50307))]);
    let error = rename(&client(&server)).await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(409), Some(50307)));
    assert_eq!(error.certainty(), Certainty::NotApplied);
    let Error::Refused(refusal) = error else { panic!("{error}") };
    assert_eq!(refusal.request_id.unwrap().raw(), "RQ17");
}

#[tokio::test]
async fn tries_end_and_are_counted() {
    let server = Server::following((0..4).map(|_| Reply::html(502, "<html>bad\u{1b}")).collect());
    let error = services::fetch(&client(&server), home()).await.unwrap_err();
    assert_eq!(error.to_string(), "refused with status 502: <html>bad␛ (after 4 tries)");
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_server_that_asks_for_an_hour_is_not_waited_for() {
    let server = Server::following(vec![Reply::with(429, "Retry-After: 3600", ""), good()]);
    let error = services::fetch(&client(&server), home()).await.unwrap_err();
    assert!(error.is_throttled());
    assert_eq!(error.to_string(), "refused with status 429: Too Many Requests");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn silence_ends_in_time() {
    let server = Server::following(vec![Reply::Silence, Reply::Silence]);
    let client = hurried(ClientConfig { timeout: Duration::from_millis(200), ..config(&server) });
    let error = rename(&client).await.unwrap_err();
    assert!(matches!(error, Error::TimedOut { tries: 1, .. }), "{error}");
    assert_eq!(error.certainty(), Certainty::Unknown);
}

#[tokio::test]
async fn nobody_there_is_told_apart() {
    let server = Server::following(vec![]);
    // The listener goes with its thread; until then a connection is accepted and dropped.
    let client = client(&server);
    let error = loop {
        match rename(&client).await.unwrap_err() {
            Error::Lost { .. } => {}
            error => break error,
        }
    };
    assert!(error.is_offline());
    assert_eq!(error.certainty(), Certainty::NotApplied);
    let words = error.to_string();
    assert!(words.ends_with("(after 4 tries)"), "a write that never left is tried again: {words}");
    assert!(!words.contains("Channels") && !format!("{error:?}").contains("Channels"), "{words}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = Server::following(vec![Reply::with(302, "Location: /v2/Elsewhere", ""), good()]);
    let error = services::fetch(&client(&server), home()).await.unwrap_err();
    assert!(matches!(error, Error::NotUnderstood { status: 302, .. }), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn what_is_not_json_is_shown_as_it_begins() {
    let body = format!("<html>{}", "é".repeat(300));
    let server = Server::following(vec![Reply::html(200, &body)]);
    let error = services::fetch(&client(&server), home()).await.unwrap_err();
    let Error::NotUnderstood { status, content_type, excerpt, why } = error else {
        panic!("{error}")
    };
    assert_eq!((status, content_type.unwrap().raw()), (200, "text/html"));
    assert_eq!(excerpt.raw(), format!("<html>{}", "é".repeat(97)));
    assert_eq!(why, "it is not a JSON object: expected value at line 1 column 1");
}

#[tokio::test]
async fn an_endless_answer_is_left() {
    let long = format!(r#"{{"sid": "{}", "friendly_name": "{}"}}"#, home(), "x".repeat(5000));
    let server = Server::following(vec![Reply::json(200, &long)]);
    let error = services::fetch(&client(&server), home()).await.unwrap_err();
    let Error::NotUnderstood { why, .. } = error else { panic!("{error}") };
    assert_eq!(why, "it is larger than any answer should be");
}

#[tokio::test]
async fn a_resource_without_a_sid_is_no_resource() {
    let server = Server::following(vec![Reply::json(200, r#"{"friendly_name": "x"}"#)]);
    let error = services::fetch(&client(&server), home()).await.unwrap_err();
    assert!(error.to_string().contains("it has no usable sid"), "{error}");
}

#[tokio::test]
async fn wrong_credentials_are_told() {
    let server = Server::following(vec![Reply::json(401, &error_json(20003))]);
    let error = services::fetch(&client(&server), home()).await.unwrap_err();
    assert!(error.is_auth());
    assert_eq!(server.seen().len(), 1);
}

/// Runs only inside [`certificates_are_needed_for_https_only`], with nothing to trust.
#[cfg(target_os = "linux")]
#[tokio::test]
#[ignore = "needs an environment of its own"]
async fn without_certificates() {
    let server = Server::following(vec![good()]);
    assert!(services::fetch(&client(&server), home()).await.is_ok());
    let vendor = ClientConfig { hosts: Hosts::vendor(None, None).unwrap(), ..config(&server) };
    let error = Client::new(vendor).unwrap_err();
    assert!(matches!(error, Error::Setup(Setup::Trust { .. })), "{error}");
    assert!(error.to_string().contains("ca-certificates"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn certificates_are_needed_for_https_only() {
    let name = "api::client::tests::failures::without_certificates";
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", name])
        .env("SSL_CERT_FILE", "/nonexistent")
        .env("SSL_CERT_DIR", "/nonexistent")
        // A proxy that is not there: what stays on this machine must not be sent to it.
        .envs(["HTTP_PROXY", "http_proxy", "ALL_PROXY"].map(|name| (name, "http://127.0.0.1:1")))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}
