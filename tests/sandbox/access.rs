//! Who comes in, and how a refusal is worded.

use reqwest::Method;
use serde_json::json;

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
    assert_eq!(practice.refusal("/v2/Nowhere").await, (404, 20404));
    assert_eq!(practice.refusal("/").await, (404, 20404));
    let head = practice.request(Method::HEAD, "/v2/Services").send().await.unwrap();
    assert_eq!(head.status(), 405);
    let put = practice.request(Method::PUT, "/v2/Services").send().await.unwrap();
    assert_eq!((put.status().as_u16(), body(put).await["code"].clone()), (405, json!(20004)));
}
