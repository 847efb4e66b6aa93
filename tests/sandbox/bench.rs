//! A practice server, somebody who may talk to it, and the words to do so.

use std::{collections::BTreeSet, time::Duration};

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use switchboard::sandbox::{Faults, Options, Sandbox, start};

/// A server and someone who may talk to it.
pub(crate) struct Practice {
    pub(crate) server: Sandbox,
    pub(crate) client: Client,
}

impl Practice {
    pub(crate) async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        // The first test to come here installs it, the others find it done.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
        Self { server: start(options).await.unwrap(), client }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.server.url())
        };
        let (user, password) = (self.server.account_sid(), self.server.auth_token());
        self.client.request(method, url).basic_auth(user, Some(password))
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let response = self.request(Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        body(response).await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let response = self.request(Method::POST, path).form(form).send().await.unwrap();
        (response.status().as_u16(), body(response).await)
    }

    /// The status and code of a refused update.
    pub(crate) async fn refused(&self, path: &str, form: &[(&str, &str)]) -> (u16, u64) {
        let (status, body) = self.post(path, form).await;
        assert_eq!(body["status"], status, "{form:?} was taken: {body}");
        (status, body["code"].as_u64().unwrap())
    }

    pub(crate) async fn refusal(&self, path: &str) -> (u16, u64) {
        let response = self.request(Method::GET, path).send().await.unwrap();
        (response.status().as_u16(), body(response).await["code"].as_u64().unwrap())
    }

    /// Every row of a list, page by page.
    pub(crate) async fn all(&self, path: &str) -> Vec<Value> {
        let (mut rows, mut next) = (Vec::new(), Some(path.to_owned()));
        while let Some(path) = next {
            let page = self.get(&path).await;
            let key = page["meta"]["key"].as_str().unwrap();
            rows.extend(page[key].as_array().unwrap().iter().cloned());
            next = page["meta"]["next_page_url"].as_str().map(str::to_owned);
        }
        rows
    }

    pub(crate) async fn service(&self) -> String {
        let services = self.get("/v2/Services").await;
        services["services"][0]["sid"].as_str().unwrap().to_owned()
    }

    /// The path of a channel of the first service.
    pub(crate) async fn channel(&self, name: &str) -> String {
        let service = self.service().await;
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        format!("/v2/Services/{service}/Channels/{}", name.replace('+', "%20"))
    }
}

pub(crate) async fn body(response: Response) -> Value {
    response.json().await.unwrap()
}

pub(crate) fn faults(text: &str) -> Faults {
    text.parse().unwrap()
}

pub(crate) fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The service of a channel's path.
pub(crate) fn root_of(channel: &str) -> &str {
    channel.split_once("/Channels/").unwrap().0
}
