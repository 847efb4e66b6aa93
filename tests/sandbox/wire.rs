//! Connections: when they are kept, when they are closed, and what cannot harm the server.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::Value;
use switchboard::sandbox::{Options, start};

use crate::bench::{Practice, body, faults};

/// A connection of its own, spoken to byte by byte.
struct Line {
    stream: BufReader<TcpStream>,
    authorization: String,
}

struct Said {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Said {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }

    fn code(&self) -> Value {
        serde_json::from_str::<Value>(&self.body).unwrap()["code"].clone()
    }
}

impl Line {
    fn open(practice: &Practice) -> Self {
        let url = practice.server.url();
        let stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let pair = format!("{}:{}", practice.server.account_sid(), practice.server.auth_token());
        let authorization = format!("Authorization: Basic {}\r\n", STANDARD.encode(pair));
        Self { stream: BufReader::new(stream), authorization }
    }

    fn say(&mut self, bytes: &[u8]) {
        self.stream.get_mut().write_all(bytes).unwrap();
    }

    /// Sends a request without a body and reads the answer as far as its length says.
    fn ask(&mut self, line: &str, more: &str) -> Said {
        let authorization = &self.authorization;
        let head = format!("{line} HTTP/1.1\r\nHost: localhost\r\n{authorization}{more}\r\n");
        self.say(head.as_bytes());
        self.read(line.starts_with("HEAD "))
    }

    fn read(&mut self, is_head: bool) -> Said {
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        let status = line.split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).unwrap();
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut said = Said { status, headers, body: String::new() };
        let length = said.header("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; if is_head { 0 } else { length }];
        self.stream.read_exact(&mut body).unwrap();
        said.body = String::from_utf8(body).unwrap();
        said
    }

    /// Whether the other side has closed. Waits until it has, or says something.
    fn is_closed(&mut self) -> bool {
        self.stream.read(&mut [0]).is_ok_and(|length| length == 0)
    }
}

/// Plays on a thread of its own: the server lives on this one.
async fn play<T: Send + 'static>(
    practice: &Practice,
    play: impl FnOnce(Line) -> T + Send + 'static,
) -> T {
    let line = Line::open(practice);
    tokio::task::spawn_blocking(move || play(line)).await.unwrap()
}

#[tokio::test]
async fn a_connection_is_closed_when_that_is_asked_for() {
    let practice = Practice::new().await;
    play(&practice, |mut line| {
        let said = line.ask("GET /v2/Services", "Connection: close\r\n");
        assert_eq!((said.status, said.header("connection")), (200, Some("close")));
        assert!(line.is_closed());
    })
    .await;
    play(&practice, |mut line| {
        line.say(b"GET /v2/Services HTTP/1.0\r\n\r\n");
        assert_eq!(line.read(false).status, 401);
        assert!(line.is_closed(), "the old protocol keeps none");
    })
    .await;
    practice.get("/v2/Services").await;
}

#[tokio::test]
async fn a_connection_is_kept_through_answers_of_every_kind() {
    let practice = Practice::new().await;
    let channel = practice.channel("all-hands").await;
    let lines = [
        ("GET /v2/Services".to_owned(), 200),
        ("HEAD /v2/Services".to_owned(), 405),
        ("HEAD /nowhere".to_owned(), 404),
        ("GET /nowhere".to_owned(), 404),
        ("PUT /v2/Services".to_owned(), 405),
        (format!("DELETE {channel}"), 204),
        (format!("DELETE {channel}"), 404),
        ("GET /v1/FlexFlows".to_owned(), 200),
    ];
    play(&practice, move |mut line| {
        for (request, status) in lines {
            let said = line.ask(&request, "");
            assert_eq!(said.status, status, "{request}");
            assert_eq!(said.header("connection"), None, "{request}");
            let is_empty = request.starts_with("HEAD") || status == 204;
            assert_eq!(said.body.is_empty(), is_empty, "{request}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_too_long_is_refused_and_harms_nobody() {
    let practice = Practice::new().await;
    let long = "x".repeat(70_000);
    let query = format!("GET /v2/Services?X={long}");
    let path = format!("GET /v2/Services/{long}");
    for request in [query, path] {
        let status = play(&practice, move |mut line| line.ask(&request, "").status).await;
        assert_eq!(status, 414);
    }
    let header = format!("X-Long: {}\r\n", "x".repeat(500_000));
    let many = "X-Many: x\r\n".repeat(200);
    for more in [header, many] {
        let status = play(&practice, move |mut line| line.ask("GET /v2/Services", &more).status);
        assert_eq!(status.await, 431);
    }
    let fits = format!("/v2/Services?X={}", "x".repeat(30_000));
    practice.get(&fits).await;
    let garbage = play(&practice, |mut line| {
        line.say(b"\x16\x03\x01\x02\x00 is no request\r\n\r\n");
        line.read(false).status
    });
    assert_eq!(garbage.await, 400);
    practice.get("/v2/Services").await;
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_in_the_vendors_words() {
    let practice = Practice::new().await;
    let channel = practice.channel("all-hands").await;
    let before = practice.get(&channel).await;
    let request = format!("POST {channel}");
    let (status, code) = play(&practice, move |mut line| {
        let body = format!("FriendlyName={}", "x".repeat(1024 * 1024));
        let more = format!(
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let said = line.ask(&request, &more);
        (said.status, said.code())
    })
    .await;
    assert_eq!((status, code), (413, Value::from(20413)));
    assert_eq!(practice.get(&channel).await, before);
}

#[tokio::test]
async fn who_never_finishes_a_request_keeps_nobody_waiting() {
    let practice = Practice::new().await;
    let mut silent = Line::open(&practice);
    silent.say(b"GET /v2/Services HTTP/1.1\r\nHost: local");
    let mut half = Line::open(&practice);
    half.say(b"POST /v2/Services HTTP/1.1\r\nContent-Length: 100\r\n\r\nFriendly");
    practice.get("/v2/Services").await;
    let Practice { server, client: _ } = practice;
    tokio::time::timeout(Duration::from_secs(10), server.stop()).await.unwrap();
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
