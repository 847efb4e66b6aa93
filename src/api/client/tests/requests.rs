//! What is sent: paths, headers, forms, and what is kept out of the logs.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::api::chat::{channels, memberships, services, users};
use crate::api::{Address, ChannelPatch, Consumed, MembershipPatch, NotificationLevel};

#[tokio::test]
async fn a_read_signs_in_and_asks_for_json() {
    let server = Server::following(vec![Reply::json(200, &service_json())]);
    let service = services::fetch(&client(&server), home()).await.unwrap();
    assert_eq!(service.sid, home());
    let seen = server.seen().remove(0);
    assert_eq!(seen.line, format!("GET /v2/Services/{}", home()));
    let account = numbered::<crate::api::sid::Account>(0);
    let basic = STANDARD.encode(format!("{account}:{SECRET}"));
    for header in [format!("authorization: Basic {basic}"), "accept: application/json".to_owned()] {
        assert!(seen.headers.contains(&header), "{header} is not in {:?}", seen.headers);
    }
}

#[tokio::test]
async fn names_stay_inside_their_segment() {
    let server = Server::following(vec![Reply::json(200, &channel_json())]);
    let client = client(&server);
    let named = |name: &str| Address::<Channel>::Name(name.to_owned());
    channels::fetch(&client, home(), &named("a/../b?c d")).await.unwrap();
    let line = format!("GET /v2/Services/{}/Channels/a%2F..%2Fb%3Fc%20d", home());
    assert_eq!(server.lines(), [line.as_str()]);
    for name in ["", ".", ".."] {
        let refused = channels::fetch(&client, home(), &named(name)).await.unwrap_err();
        assert!(matches!(refused, Error::Unaddressable { noun: "channel" }), "{refused}");
    }
    assert_eq!(server.lines(), [line], "nothing more was sent");
}

#[tokio::test]
async fn a_patch_sends_what_it_gives_and_nothing_else() {
    let server = Server::following(vec![Reply::json(200, &channel_json())]);
    let patch = ChannelPatch {
        friendly_name: Some("Berth 7 & 8".to_owned()),
        unique_name: Some(String::new()),
        attributes: Some(r#"{"é": 1.50}"#.to_owned()),
        date_updated: "2015-12-16T22:18:37Z".parse().ok(),
        ..ChannelPatch::default()
    };
    channels::update(&client(&server), home(), room(), &patch, Webhooks::Off).await.unwrap();
    let seen = server.seen().remove(0);
    assert_eq!(seen.line, format!("POST /v2/Services/{}/Channels/{}", home(), room()));
    assert_eq!(
        seen.body,
        "FriendlyName=Berth+7+%26+8&UniqueName=&Attributes=%7B%22%C3%A9%22%3A+1.50%7D\
         &DateUpdated=2015-12-16T22%3A18%3A37Z"
    );
    let kind = "content-type: application/x-www-form-urlencoded".to_owned();
    assert!(seen.headers.contains(&kind), "{:?}", seen.headers);
}

#[tokio::test]
async fn a_membership_is_muted() {
    let body = format!(r#"{{"channel_sid": "{}", "notification_level": "muted"}}"#, room());
    let server = Server::following(vec![Reply::json(200, &body)]);
    let patch = MembershipPatch {
        notification_level: Some(NotificationLevel::Muted),
        last_consumed_message_index: Some(Consumed::UpTo(7)),
        ..MembershipPatch::default()
    };
    let changed =
        memberships::update(&client(&server), home(), mia(), room(), &patch).await.unwrap();
    assert_eq!(changed.notification_level, NotificationLevel::Muted);
    let seen = server.seen().remove(0);
    assert_eq!(
        seen.line,
        format!("POST /v2/Services/{}/Users/{}/Channels/{}", home(), mia(), room())
    );
    assert_eq!(seen.body, "NotificationLevel=muted&LastConsumedMessageIndex=7");
}

#[tokio::test]
async fn a_client_that_only_reads_sends_no_write() {
    let server = Server::following(vec![Reply::json(200, &channel_json())]);
    let client = hurried(ClientConfig { access: Access::ReadOnly, ..config(&server) });
    let patch = ChannelPatch { friendly_name: Some("x".to_owned()), ..ChannelPatch::default() };
    let refused =
        channels::update(&client, home(), room(), &patch, Webhooks::Off).await.unwrap_err();
    assert!(matches!(refused, Error::ReadOnly), "{refused}");
    let level = MembershipPatch::default();
    let refused = memberships::update(&client, home(), mia(), room(), &level).await.unwrap_err();
    assert!(matches!(refused, Error::ReadOnly), "{refused}");
    assert_eq!(server.seen(), []);
    assert!(channels::fetch(&client, home(), &room().into()).await.is_ok(), "reads still work");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn logs_hold_the_shape_of_a_request_only() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let body = format!(r#"{{"sid": "{}", "identity": "mia.harbour"}}"#, mia());
    let script = || vec![Reply::dropped(), Reply::json(200, &body)];
    let server = Server::following(script().into_iter().chain(script()).collect());
    let client = client(&server);
    let name = Address::Name("mia.harbour".to_owned());
    let fetch = || users::fetch(&client, home(), &name);
    // Whether a place in the code logs at all is settled for every thread at once, when it is first passed: another
    // test may be passing it just now, without a log.
    fetch().await.unwrap();
    tracing::callsite::rebuild_interest_cache();
    log.0.lock().unwrap().clear();
    fetch().await.unwrap();
    drop(guard);
    let written = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let ours: Vec<_> = written.lines().filter(|line| line.contains("switchboard::")).collect();
    assert_eq!(ours.len(), 2, "{written}");
    assert!(ours[0].contains("failure=Lost") && ours[0].contains("attempt=1"), "{}", ours[0]);
    let path = format!("path=\"/v2/Services/{}/Users/{{name}}\"", home());
    for part in [path.as_str(), "method=\"GET\"", "status=200", "attempt=2"] {
        assert!(ours[1].contains(part), "{part} is not in {}", ours[1]);
    }
    for line in ours {
        assert!(!line.contains("mia"), "{line}");
    }
    // The libraries below may say more at this level, but not this.
    let basic = STANDARD.encode(format!("{}:{SECRET}", client.credentials().username()));
    assert!(!written.contains(SECRET) && !written.contains(&basic), "{written}");
    assert!(!format!("{client:?}").contains(SECRET));
}

#[test]
fn calls_can_run_in_tasks_of_their_own() {
    fn sendable<T: Send>(_: &T) {}
    let server = Server::following(vec![]);
    let client = client(&server);
    let (channel, user) = (Address::from(room()), Address::from(mia()));
    sendable(&client);
    sendable(&services::list(&client, None));
    sendable(&channels::update(&client, home(), room(), &ChannelPatch::default(), Webhooks::Off));
    sendable(&memberships::fetch(&client, home(), &user, &channel));
    sendable(&crate::api::chat::members::list(&client, home(), &channel, None));
}
