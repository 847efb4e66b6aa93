//! Who comes in, and how a refusal is worded.

use reqwest::Method;
use serde_json::{Value, json};

use crate::bench::{Practice, body};

#[tokio::test]
async fn only_the_practice_account_comes_in() {
    let practice = Practice::new().await;
    let url = format!("{}/v2/Services", practice.server.url());
    for (user, password) in [("AC0", "x"), (practice.server.account_sid(), "x")] {
        let request = practice.client.get(&url).basic_auth(user, Some(password));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 401);
        assert!(response.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic"));
        assert_eq!(body(response).await["code"], 20003);
    }
    assert_eq!(practice.client.get(&url).send().await.unwrap().status(), 401);
    practice.get("/v2/Services").await;
    assert_eq!(practice.server.requests(), 4);
}

#[tokio::test]
async fn refusals_have_exactly_the_four_keys_and_a_request_id() {
    let practice = Practice::new().await;
    let request = practice.request(Method::GET, "/v2/Services/ISnone/Channels");
    let response = request.send().await.unwrap();
    let id = response.headers()["twilio-request-id"].to_str().unwrap().to_owned();
    assert!(id.starts_with("RQ") && id.len() == 34, "{id}");
    assert_eq!(
        body(response).await,
        json!({
            "code": 20404,
            "message": "The requested resource /Services/ISnone/Channels was not found",
            "more_info": "https://www.twilio.com/docs/errors/20404",
            "status": 404,
        })
    );
    for path in ["/", "/v2", "/v2/Nowhere", "/v2/Services/", "/v4/Services", "/v2/Services/%FF"] {
        assert_eq!(practice.refusal(path).await, (404, 20404), "{path}");
    }
}

#[tokio::test]
async fn what_a_path_does_not_do_is_told_in_the_same_four_keys() {
    let practice = Practice::new().await;
    let channel = practice.channel("all-hands").await;
    let before = practice.get(&channel).await;
    for (method, path) in [
        (Method::PUT, "/v2/Services"),
        (Method::PATCH, channel.as_str()),
        (Method::OPTIONS, channel.as_str()),
        (Method::DELETE, "/v2/Services"),
        (Method::DELETE, "/v1/FlexFlows"),
        (Method::GET, &channel.replace("/v2/", "/v3/").replace("all-hands", &sid_of(&before))),
    ] {
        let response = practice.request(method.clone(), path).send().await.unwrap();
        assert_eq!(response.status(), 405, "{method} {path}");
        assert_eq!(response.headers()["content-type"], "application/json;charset=utf-8");
        let expected = json!({
            "code": 20004,
            "message": "Method not allowed",
            "more_info": "https://www.twilio.com/docs/errors/20004",
            "status": 405,
        });
        assert_eq!(body(response).await, expected, "{method} {path}");
    }
    let head = practice.request(Method::HEAD, &channel).send().await.unwrap();
    assert_eq!(head.status(), 405);
    assert_eq!(head.bytes().await.unwrap().len(), 0);
    assert_eq!(practice.get(&channel).await, before);
}

fn sid_of(channel: &Value) -> String {
    channel["sid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_key_of_the_account_opens_as_its_token_does() {
    let practice = Practice::new().await;
    let url = format!("{}/v1/FlexFlows", practice.server.url());
    let (key, secret) =
        ("SK81ab7190da6d5a4db0c5874e290b4641", "practice-only-key-not-a-secret-000");
    for (user, password, status) in [
        (key, secret, 200),
        (key, practice.server.auth_token(), 401),
        (practice.server.account_sid(), secret, 401),
        (key, "", 401),
    ] {
        let request = practice.client.get(&url).basic_auth(user, Some(password));
        assert_eq!(request.send().await.unwrap().status(), status, "{user}");
    }
}
