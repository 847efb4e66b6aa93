//! Lists: what a first page asks for, how the next one is reached, and where it may not lead.

use super::*;
use crate::api::chat::{channels, members, memberships, services, users};
use crate::api::flex;

fn empty_page(next: &str) -> String {
    format!(r#"{{"meta": {{"key": "rows", "next_page_url": {next}}}, "rows": []}}"#)
}

fn last_page() -> Reply {
    Reply::json(200, &empty_page("null"))
}

fn too_large() -> Reply {
    Reply::json(400, &error_json(20007))
}

#[tokio::test]
async fn first_pages_ask_for_everything_there_is() {
    let server = Server::following((0..5).map(|_| last_page()).collect());
    let client = client(&server);
    services::list(&client, None).await.unwrap();
    channels::list(&client, home(), None).await.unwrap();
    users::list(&client, home(), None).await.unwrap();
    members::list(&client, home(), &room().into(), None).await.unwrap();
    memberships::list(&client, home(), &mia().into(), None).await.unwrap();
    let below = |rest: String| format!("GET /v2/Services{rest}PageSize=1000");
    assert_eq!(
        server.lines(),
        [
            below("?".to_owned()),
            below(format!("/{}/Channels?Type=public&Type=private&", home())),
            below(format!("/{}/Users?", home())),
            below(format!("/{}/Channels/{}/Members?", home(), room())),
            below(format!("/{}/Users/{}/Channels?", home(), mia())),
        ]
    );
}

#[tokio::test]
async fn the_next_page_is_asked_of_this_server() {
    let next = r#""https://chat.twilio.com/v2/Services?PageSize=1000&Page=1&PageToken=a%2Fb""#;
    let server = Server::following(vec![Reply::json(200, &empty_page(next)), last_page()]);
    let client = client(&server);
    let first = services::list(&client, None).await.unwrap();
    let second = services::list(&client, first.next.as_ref()).await.unwrap();
    assert_eq!(second.next, None);
    let asked = server.lines().remove(1);
    assert_eq!(asked, "GET /v2/Services?PageSize=1000&Page=1&PageToken=a%2Fb");
}

#[tokio::test]
async fn a_page_elsewhere_is_refused_and_costs_no_row() {
    let next = r#""https://evil.example/v2/Services?PageToken=x""#;
    let server = Server::following(vec![Reply::json(200, &empty_page(next))]);
    let client = client(&server);
    let first = services::list(&client, None).await.unwrap();
    let refused = services::list(&client, first.next.as_ref()).await.unwrap_err();
    assert_eq!(server.lines().len(), 1, "nothing is sent anywhere");
    assert_eq!(
        refused.to_string(),
        "the answer points to https://evil.example, which is not the configured server; it was not followed"
    );
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_read_once() {
    let page = || Reply::json(200, &empty_page(r#""/v2/Services?PageToken=x""#));
    let server = Server::following(vec![page(), page()]);
    let client = client(&server);
    let first = services::list(&client, None).await.unwrap();
    let again = services::list(&client, first.next.as_ref()).await.unwrap();
    let circle = services::list(&client, again.next.as_ref()).await.unwrap_err();
    assert!(matches!(circle, Error::Circle), "{circle}");
}

#[tokio::test]
async fn a_size_that_is_too_large_is_learned_once() {
    let script = vec![
        too_large(),
        last_page(),
        last_page(),
        too_large(),
        too_large(),
        last_page(),
        last_page(),
    ];
    let server = Server::following(script);
    let client = client(&server);
    for _ in 0..2 {
        services::list(&client, None).await.unwrap();
    }
    for _ in 0..2 {
        memberships::list(&client, home(), &mia().into(), None).await.unwrap();
    }
    let lines = server.lines();
    let sizes: Vec<_> = lines.iter().filter_map(|line| line.split("PageSize=").nth(1)).collect();
    assert_eq!(sizes, ["1000", "100", "100", "1000", "100", "50", "50"]);
}

#[tokio::test]
async fn a_server_that_takes_no_size_is_believed() {
    let server = Server::following(vec![too_large(), too_large(), too_large()]);
    let refused = services::list(&client(&server), None).await.unwrap_err();
    assert_eq!(refused.code(), Some(20007));
    assert_eq!(server.lines().len(), 3);
}

#[tokio::test]
async fn a_body_without_a_list_is_not_an_empty_list() {
    let server = Server::following(vec![Reply::json(200, r#"{"meta": {}}"#)]);
    let error = services::list(&client(&server), None).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer (status 200, application/json) was not understood: it holds no list; it begins \
         with: {\"meta\": {}}"
    );
}

#[tokio::test]
async fn flex_is_asked_for_a_thousand_whatever_chat_refused() {
    let server = Server::following(vec![too_large(), last_page(), last_page(), last_page()]);
    let client = client(&server);
    services::list(&client, None).await.unwrap();
    flex::channels::list(&client, None).await.unwrap();
    flex::flows::list(&client, Some("Harbour & quay"), None).await.unwrap();
    let lines = server.lines();
    assert_eq!(lines[1], "GET /v2/Services?PageSize=100");
    assert_eq!(lines[2], "GET /v1/Channels?PageSize=1000");
    assert_eq!(lines[3], "GET /v1/FlexFlows?FriendlyName=Harbour+%26+quay&PageSize=1000");
}
