//! Reading ahead: what is asked for when, and when it is not good any more.

use super::*;
use crate::api::chat::{services, users};
use crate::api::page::{NextPage, Page};

/// A page that leads to this one.
fn leading_to(page: u8) -> Reply {
    let next = format!("/v2/Users?Page={page}");
    Reply::json(
        200,
        &format!(r#"{{"meta": {{"key": "users", "next_page_url": "{next}"}}, "users": []}}"#),
    )
}

fn last() -> Reply {
    Reply::json(200, r#"{"meta": {"key": "users", "next_page_url": null}, "users": []}"#)
}

fn page(page: u8) -> String {
    format!("GET /v2/Users?Page={page}")
}

async fn read(client: &Client, next: Option<&NextPage>) -> Page<User> {
    users::list(client, home(), next).await.unwrap()
}

/// Waits until the server has seen so many requests.
async fn until_seen(server: &Server, count: usize) {
    let seen = async {
        while server.lines().len() < count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), seen).await.unwrap();
}

fn ahead(server: &Server) -> Client {
    client(server).reading_ahead(Arc::default())
}

#[tokio::test]
async fn from_the_second_page_on_three_more_are_under_way() {
    let mut script: Vec<Reply> = (1..=6).map(leading_to).collect();
    script.push(last());
    let server = Server::following(script);
    let client = ahead(&server);
    let first = read(&client, None).await;
    assert_eq!(server.lines().len(), 1, "the first page is shown before more is asked for");
    let mut next = read(&client, first.next.as_ref()).await.next;
    for seen in [5, 6, 7] {
        until_seen(&server, seen).await;
        let runs = client.ahead.as_ref().unwrap();
        assert!(runs.is_full(), "no more is asked for until one is taken");
        next = read(&client, next.as_ref()).await.next;
    }
    while next.is_some() {
        next = read(&client, next.as_ref()).await.next;
    }
    let asked: Vec<String> = (1..=6).map(page).collect();
    assert_eq!(server.lines()[1..], asked, "nothing is asked for twice");
}

#[tokio::test]
async fn the_way_on_is_gone_while_the_rest_of_a_page_is_on_its_way() {
    let begin = r#"{"meta": {"key": "users", "next_page_url": "/v2/Users?Page=3"}, "us"#;
    let slow = Reply::in_parts(begin, r#"ers": []}"#);
    let server = Server::following(vec![leading_to(1), leading_to(2), slow, last()]);
    let client = ahead(&server);
    let first = read(&client, None).await;
    let second = read(&client, first.next.as_ref()).await;
    // The server sends the rest of the second only when it was asked for the third.
    let third = read(&client, second.next.as_ref()).await;
    assert_eq!(read(&client, third.next.as_ref()).await.next, None);
    let asked: Vec<String> = (1..=3).map(page).collect();
    assert_eq!(server.lines()[1..], asked);
}

#[tokio::test]
async fn what_was_asked_for_before_anything_else_is_asked_for_again() {
    let script = vec![
        leading_to(1),
        leading_to(2),
        last(),
        Reply::json(200, &service_json()),
        leading_to(3),
        last(),
    ];
    let server = Server::following(script);
    let client = ahead(&server);
    let first = read(&client, None).await;
    let second = read(&client, first.next.as_ref()).await;
    until_seen(&server, 3).await;
    services::fetch(&client, home()).await.unwrap();
    let third = read(&client, second.next.as_ref()).await;
    assert!(third.next.is_some(), "the newer answer counts");
    let asked: Vec<String> = server.lines().into_iter().take(5).collect();
    assert_eq!(asked[1..3], [page(1), page(2)]);
    assert_eq!(asked[4], page(2));
}

#[tokio::test]
async fn a_failure_of_before_is_not_told_but_tried_again() {
    let failure = || Reply::json(400, &error_json(20404));
    let server = Server::following(vec![leading_to(1), leading_to(2), failure(), last()]);
    let client = ahead(&server);
    let first = read(&client, None).await;
    let second = read(&client, first.next.as_ref()).await;
    // Its answer comes in while nobody waits for it.
    let slot = client.ahead.clone().unwrap();
    let arrived = async {
        while !slot.has_one() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), arrived).await.unwrap();
    assert_eq!(read(&client, second.next.as_ref()).await.next, None);
}

#[tokio::test]
async fn another_way_on_is_gone_by_itself_and_a_foreign_one_not_at_all() {
    let foreign = r#"{"meta": {"key": "users", "next_page_url": "https://evil.example/"},
        "users": []}"#;
    let script = vec![leading_to(1), leading_to(2), last(), Reply::json(200, foreign)];
    let server = Server::following(script);
    let client = ahead(&server);
    let first = read(&client, None).await;
    read(&client, first.next.as_ref()).await;
    until_seen(&server, 3).await;
    let elsewhere = read(&client, Some(&NextPage::made_up("/v2/Users?Page=7"))).await;
    assert_eq!(server.lines().last(), Some(&page(7)));
    let refused = users::list(&client, home(), elsewhere.next.as_ref()).await.unwrap_err();
    assert!(matches!(refused, Error::ForeignHost { .. }), "{refused}");
    assert_eq!(server.lines().len(), 4);
}

#[tokio::test]
async fn a_list_that_is_given_up_asks_for_no_more() {
    let server = Server::following(vec![leading_to(1), leading_to(2), Reply::Silence, last()]);
    let client = ahead(&server);
    let first = read(&client, None).await;
    read(&client, first.next.as_ref()).await;
    until_seen(&server, 3).await;
    // The script goes on only when the request that is met with silence is given up.
    drop(client);
    let other = super::client(&server);
    assert_eq!(read(&other, None).await.next, None);
}
