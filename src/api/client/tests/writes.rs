//! Writes: their forms, what they say of webhooks, and what becomes of a delete.

use super::*;
use crate::api::chat::{channels, memberships, migration};
use crate::api::flex;
use crate::api::{
    Certainty, ChannelPatch, Consumed, Error, FlexFlow, MembershipPatch, NewChannel,
    NewFlexChannel, Visibility,
};
use server::Seen;

fn done() -> Reply {
    Reply::with(204, "", "")
}

fn gone() -> Reply {
    Reply::json(404, &error_json(20404))
}

fn channel() -> Reply {
    Reply::json(200, &channel_json())
}

fn told(seen: &Seen) -> Vec<&str> {
    let headers = seen.headers.iter().map(String::as_str);
    headers.filter(|header| header.starts_with("x-twilio-webhook-enabled")).collect()
}

#[tokio::test]
async fn webhooks_are_told_where_the_documents_let_them_and_only_when_asked() {
    let script = || (0..5).map(|number| if number < 3 { channel() } else { done() }).collect();
    for (webhooks, expected) in
        [(Webhooks::Off, &[][..]), (Webhooks::On, &["x-twilio-webhook-enabled: true"][..])]
    {
        let server = Server::following(script());
        let client = client(&server);
        channels::create(&client, home(), &NewChannel::default(), webhooks).await.unwrap();
        let patch = ChannelPatch::default();
        channels::update(&client, home(), room(), &patch, webhooks).await.unwrap();
        migration::migrate(&client, home(), room(), None, webhooks).await.unwrap();
        channels::delete(&client, home(), room(), webhooks).await.unwrap();
        memberships::delete(&client, home(), mia(), room(), webhooks).await.unwrap();
        for seen in server.seen() {
            assert_eq!(told(&seen), expected, "{}", seen.line);
        }
    }
}

#[tokio::test]
async fn the_other_writes_say_nothing_of_webhooks() {
    let membership = Reply::json(200, &format!(r#"{{"channel_sid": "{}"}}"#, room()));
    let server = Server::following(vec![channel(), membership, channel(), done()]);
    let client = client(&server);
    channels::update(&client, home(), room(), &ChannelPatch::default(), Webhooks::Off)
        .await
        .unwrap();
    let patch = MembershipPatch::default();
    memberships::update(&client, home(), mia(), room(), &patch).await.unwrap();
    let new = NewFlexChannel::new(numbered(4), "", "", "");
    flex::channels::create(&client, &new).await.unwrap();
    flex::channels::delete(&client, room()).await.unwrap();
    let seen = server.seen();
    assert!(seen.iter().all(|seen| told(seen).is_empty()), "{seen:?}");
    assert_eq!(seen[3].line, format!("DELETE /v1/Channels/{}", room()));
}

#[tokio::test]
async fn a_new_channel_is_sent_with_all_it_is_made_of() {
    let server = Server::following(vec![channel(), channel()]);
    let client = client(&server);
    let new = NewChannel {
        friendly_name: Some("Berth 8 & 9".to_owned()),
        unique_name: Some("berth/8".to_owned()),
        attributes: Some("{}".to_owned()),
        visibility: Some(Visibility::Private),
        date_created: "2015-12-16T22:18:37Z".parse().ok(),
        date_updated: "2015-12-16T22:18:38Z".parse().ok(),
        created_by: Some("mia".to_owned()),
    };
    channels::create(&client, home(), &new, Webhooks::Off).await.unwrap();
    channels::create(&client, home(), &NewChannel::default(), Webhooks::Off).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].line, format!("POST /v2/Services/{}/Channels", home()));
    assert_eq!(
        seen[0].body,
        "FriendlyName=Berth+8+%26+9&UniqueName=berth%2F8&Attributes=%7B%7D&Type=private\
         &DateCreated=2015-12-16T22%3A18%3A37Z&DateUpdated=2015-12-16T22%3A18%3A38Z&CreatedBy=mia"
    );
    assert_eq!(seen[1].body, "", "nothing is required");
}

#[tokio::test]
async fn a_migration_asks_for_private_and_can_ask_for_nothing_else() {
    let server = Server::following(vec![channel(), channel()]);
    let client = client(&server);
    migration::migrate(&client, home(), room(), None, Webhooks::Off).await.unwrap();
    let messaging = Some(numbered(9));
    migration::migrate(&client, home(), room(), messaging, Webhooks::Off).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].line, format!("POST /v3/Services/{}/Channels/{}", home(), room()));
    assert_eq!(seen[0].body, "Type=private");
    let carried = "Type=private&MessagingServiceSid=MG00000000000000000000000000000009";
    assert_eq!(seen[1].body, carried);
}

#[tokio::test]
async fn a_membership_can_be_unread_again() {
    let body = format!(r#"{{"channel_sid": "{}"}}"#, room());
    let server = Server::following(vec![Reply::json(200, &body)]);
    let patch = MembershipPatch {
        last_consumed_message_index: Some(Consumed::Nothing),
        last_consumption_timestamp: "2016-03-24T21:05:19Z".parse().ok(),
        ..MembershipPatch::default()
    };
    memberships::update(&client(&server), home(), mia(), room(), &patch).await.unwrap();
    let sent = "LastConsumedMessageIndex=&LastConsumptionTimestamp=2016-03-24T21%3A05%3A19Z";
    assert_eq!(server.seen()[0].body, sent);
}

#[tokio::test]
async fn a_flex_channel_is_sent_with_all_ten() {
    let server = Server::following(vec![Reply::json(201, &channel_json())]);
    let flow: Sid<FlexFlow> = numbered(4);
    let new = NewFlexChannel {
        target: Some("+15550100001".to_owned()),
        chat_unique_name: Some("u".to_owned()),
        pre_engagement_data: Some("{}".to_owned()),
        task_sid: Some(numbered(5)),
        task_attributes: Some("[]".to_owned()),
        long_lived: Some(false),
        ..NewFlexChannel::new(flow, "visitor", "Visitor", "A question")
    };
    flex::channels::create(&client(&server), &new).await.unwrap();
    let seen = server.seen().remove(0);
    assert_eq!(seen.line, "POST /v1/Channels");
    assert_eq!(
        seen.body,
        format!(
            "FlexFlowSid={flow}&Identity=visitor&ChatUserFriendlyName=Visitor\
             &ChatFriendlyName=A+question&Target=%2B15550100001&ChatUniqueName=u\
             &PreEngagementData=%7B%7D&TaskSid=WT00000000000000000000000000000005\
             &TaskAttributes=%5B%5D&LongLived=false"
        )
    );
}

async fn deleted(script: Vec<Reply>) -> (Result<Deleted, Error>, usize) {
    let server = Server::following(script);
    let outcome = channels::delete(&client(&server), home(), room(), Webhooks::Off).await;
    (outcome, server.seen().len())
}

#[tokio::test]
async fn a_delete_tells_who_did_it() {
    let busy = || Reply::json(429, &error_json(20429));
    let broken = || Reply::json(500, "{}");
    for (script, tries, expected) in [
        (vec![done()], 1, Deleted::Done),
        (vec![gone()], 1, Deleted::AlreadyGone),
        (vec![Reply::dropped(), gone()], 2, Deleted::Done),
        (vec![Reply::cut(), gone()], 2, Deleted::Done),
        (vec![broken(), gone()], 2, Deleted::Done),
        (vec![broken(), busy(), gone()], 3, Deleted::Done),
        // A throttled request was surely not carried out: what is gone now was gone before.
        (vec![busy(), gone()], 2, Deleted::AlreadyGone),
        (vec![busy(), done()], 2, Deleted::Done),
        (vec![broken(), done()], 2, Deleted::Done),
    ] {
        let (outcome, sent) = deleted(script).await;
        assert_eq!((outcome.unwrap(), sent), (expected, tries));
    }
}

#[tokio::test]
async fn a_delete_that_is_refused_is_no_delete() {
    let (outcome, _) = deleted(vec![Reply::json(403, &error_json(50107))]).await;
    assert_eq!(outcome.unwrap_err().certainty(), Certainty::NotApplied);
    let (outcome, sent) = deleted((0..4).map(|_| Reply::dropped()).collect()).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.certainty(), sent), (Certainty::Unknown, 4), "{error}");
}

#[tokio::test]
async fn a_doubt_does_not_go_away_by_asking_again() {
    let busy = || Reply::json(429, &error_json(20429));
    let (outcome, sent) = deleted(vec![Reply::dropped(), busy(), busy(), busy()]).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, Error::Lost { tries: 4, .. }), "{error}");
    assert_eq!((error.certainty(), sent), (Certainty::Unknown, 4));
}

#[tokio::test]
async fn only_the_vendors_own_words_make_a_delete_done() {
    let answers = [
        Reply::json(200, r#"{"code": 1}"#),
        Reply::with(202, "text/html", "<html>please sign in</html>"),
        Reply::with(404, "text/html", "<html>nginx</html>"),
    ];
    for answer in answers {
        let server = Server::following(vec![answer]);
        let error = channels::delete(&client(&server), home(), room(), Webhooks::Off).await;
        assert_eq!(error.unwrap_err().certainty(), Certainty::Unknown);
    }
}
