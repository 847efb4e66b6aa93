//! One request, sent as often as it takes: the loop around `retry`, with the clock and the dice that
//! the decision needs. Logs tell the shape of a request, never what is in it.

use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Method, Response, header};
use secrecy::ExposeSecret;
use tokio::time::Instant;
use url::Url;

use super::answer::Answer;
use super::permit::WritePermit;
use super::traffic::{Traffic, Waiting};
use super::write::Webhooks;
use super::{Client, LARGEST_ROOM};
use crate::api::error::{Certainty, Error};
use crate::api::hosts::Product;
use crate::api::path;
use crate::api::remote_text::RemoteText;
use crate::api::retry::{self, Attempt, Decision, Failure};

/// Is shown what has come of an answer until it says that it has seen enough.
pub(super) type Herald = Box<dyn FnMut(&str) -> bool + Send>;

/// How much of an answer is its begin, in bytes.
const BEGIN: usize = 16 * 1024;

/// A request, ready to be sent more than once.
pub(super) struct Request {
    method: Method,
    product: Product,
    path_and_query: String,
    pub(super) form: Option<String>,
    pub(super) webhooks: Webhooks,
    is_page: bool,
    herald: Mutex<Option<Herald>>,
}

impl Request {
    /// A reading: it changes nothing.
    pub(super) const fn read(product: Product, path_and_query: String) -> Self {
        Self::new(Method::GET, product, path_and_query)
    }

    /// A reading of a page of a list.
    pub(super) const fn page(product: Product, path_and_query: String) -> Self {
        let mut request = Self::new(Method::GET, product, path_and_query);
        request.is_page = true;
        request
    }

    /// Anything else. It takes the leave to write with it.
    pub(super) fn write(
        _leave: WritePermit,
        method: Method,
        product: Product,
        path_and_query: String,
    ) -> Self {
        Self::new(method, product, path_and_query)
    }

    const fn new(method: Method, product: Product, path_and_query: String) -> Self {
        Self {
            method,
            product,
            path_and_query,
            form: None,
            webhooks: Webhooks::Off,
            is_page: false,
            herald: Mutex::new(None),
        }
    }

    /// The same; the begin of its answer is shown before the rest has come.
    pub(super) fn heralded_by(self, herald: Herald) -> Self {
        Self { herald: Mutex::new(Some(herald)), ..self }
    }

    /// Whether what has come of the answer need not be shown again.
    fn herald(&self, come: &[u8]) -> bool {
        // A panic elsewhere leaves nothing here half-done.
        let mut slot = self.herald.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(herald) = slot.as_mut() else { return true };
        let text = str::from_utf8(come).or_else(|error| {
            // It may end in the middle of a letter.
            str::from_utf8(come.get(..error.valid_up_to()).unwrap_or_default())
        });
        text.is_ok_and(herald)
    }

    /// Its method and its path.
    pub(super) fn line(&self) -> (String, String) {
        (self.method.to_string(), self.path_and_query.clone())
    }
}

/// The failure that stands when no more is tried.
pub(super) struct Stood {
    pub(super) error: Error,
    /// How a try before the last one failed, if that one may have been carried out.
    pub(super) doubt: Option<Error>,
}

/// A request that failed, with what the server asked for.
struct Failed {
    error: Error,
    retry_after: Option<Duration>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, retry_after: None }
    }
}

impl Client {
    /// Sends a request until it is answered with a yes or the failure stands.
    pub(super) async fn send(&self, request: &Request) -> Result<Answer, Error> {
        self.persist(request).await.map_err(|stood| stood.error)
    }

    /// The same, telling of a failure what the tries before it may have done.
    pub(super) async fn persist(&self, request: &Request) -> Result<Answer, Stood> {
        if request.is_page {
            return self.try_on(request).await;
        }
        self.note_other();
        let outcome = self.try_on(request).await;
        self.note_other();
        outcome
    }

    async fn try_on(&self, request: &Request) -> Result<Answer, Stood> {
        let begun = Instant::now();
        let hosts = &self.inner.config.hosts;
        let url = hosts.join(request.product, &request.path_and_query);
        let url = url.ok_or(Error::Unaddressable { noun: "resource" });
        let url = url.map_err(|error| Stood { error, doubt: None })?;
        let usual = self.inner.tuning.retry;
        let limits = self.writes.filter(|_| request.method != Method::GET).unwrap_or(usual);
        let (mut number, mut doubt) = (1, None);
        loop {
            let Failed { error, retry_after } = match self.attempt(request, &url, number).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let failure = failure_of(&error);
            let attempt = Attempt {
                method: &request.method,
                failure,
                number,
                elapsed: begun.elapsed(),
                retry_after,
                jitter: rand::random(),
            };
            match retry::decide(&limits, &attempt) {
                Decision::GiveUp => {
                    let doubt = doubt.map(|error| with_tries(error, number));
                    return Err(Stood { error: with_tries(error, number), doubt });
                }
                Decision::Retry(wait) => {
                    self.tell(Traffic::Waiting {
                        millis: millis(wait),
                        why: why(failure),
                        attempt: number,
                    });
                    tokio::time::sleep(wait).await;
                }
            }
            if error.certainty() == Certainty::Unknown {
                doubt = Some(error);
            }
            number += 1;
        }
    }

    async fn attempt(&self, request: &Request, url: &Url, number: u32) -> Result<Answer, Failed> {
        let begun = Instant::now();
        let outcome = self.exchange(request, url).await;
        let path = path::for_log(&request.path_and_query);
        let (method, ms) = (request.method.as_str(), millis(begun.elapsed()));
        let answer = outcome.inspect_err(|error| {
            let failure = failure_of(error);
            tracing::info!(method, path, ?failure, ms, attempt = number, "no answer");
        })?;
        let status = answer.status.as_u16();
        tracing::info!(method, path, status, ms, attempt = number, "answered");
        self.tell(Traffic::Answered { status, millis: ms });
        let retry_after = answer.retry_after.as_deref().and_then(asked_wait);
        answer.accepted().map_err(|mut error| {
            if let Error::Refused(refusal) = &mut error {
                refusal.retry_after = retry_after;
            }
            Failed { error, retry_after }
        })
    }

    /// The request and its whole answer, whatever its status.
    async fn exchange(&self, request: &Request, url: &Url) -> Result<Answer, Error> {
        let credentials = &self.inner.config.credentials;
        let mut builder = self
            .inner
            .http
            .request(request.method.clone(), url.clone())
            .basic_auth(credentials.username(), Some(credentials.secret().expose_secret()))
            .header(header::ACCEPT, "application/json");
        if request.webhooks == Webhooks::On {
            builder = builder.header("X-Twilio-Webhook-Enabled", "true");
        }
        if let Some(form) = &request.form {
            builder = builder
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form.clone());
        }
        let response = builder.send().await.map_err(broken)?;
        self.whole(request, response).await
    }

    /// Reads the body to its end, or to the size where it cannot be an answer any more.
    async fn whole(&self, request: &Request, mut response: Response) -> Result<Answer, Error> {
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        if let Some(time) = header("date").and_then(|date| retry::moment(&date)) {
            self.inner.clock.store(time.as_second(), Ordering::Relaxed);
        }
        let mut answer = Answer {
            status: response.status(),
            content_type: header("content-type").map(RemoteText::new),
            request_id: header("twilio-request-id").map(RemoteText::new),
            retry_after: header("retry-after"),
            body: Ok(String::new()),
        };
        let mut body = self.rooms().pop().unwrap_or_default();
        body.reserve(foretold(&response));
        let mut is_too_large = false;
        let mut is_heralded = !answer.status.is_success();
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            is_too_large = body.len() + chunk.len() > self.inner.tuning.body;
            if is_too_large {
                break;
            }
            let is_begin = body.len() < BEGIN;
            body.extend_from_slice(&chunk);
            if is_begin && !is_heralded {
                is_heralded = request.herald(body.get(..BEGIN).unwrap_or(&body));
            }
        }
        if !is_heralded {
            request.herald(&body);
        }
        answer.body = String::from_utf8(body);
        if is_too_large {
            return Err(answer.not_understood("it is larger than any answer should be"));
        }
        Ok(answer)
    }

    fn tell(&self, traffic: Traffic) {
        if let Some(observer) = self.inner.config.observer.as_ref().filter(|_| !self.is_quiet) {
            observer(traffic);
        }
    }
}

/// How long the body is said to be; a page of a thousand rows is believed, more is waited for.
fn foretold(response: &Response) -> usize {
    let length = response.content_length().and_then(|length| usize::try_from(length).ok());
    length.unwrap_or(0).min(LARGEST_ROOM)
}

/// Why no whole answer came. The URL is left out of what is kept: it may hold names.
fn broken(error: reqwest::Error) -> Error {
    let source = error.without_url();
    if source.is_connect() {
        Error::Unreachable { tries: 1, source }
    } else if source.is_timeout() {
        Error::TimedOut { tries: 1, source }
    } else {
        Error::Lost { tries: 1, source }
    }
}

fn failure_of(error: &Error) -> Failure {
    match error {
        Error::Refused(refusal) if refusal.status == 429 => Failure::Throttled,
        Error::Refused(refusal) if refusal.status >= 500 => Failure::Unavailable,
        Error::Unreachable { .. } => Failure::NeverLeft,
        Error::TimedOut { .. } => Failure::TimedOut,
        Error::Lost { .. } => Failure::Lost,
        _ => Failure::Settled,
    }
}

const fn why(failure: Failure) -> Waiting {
    match failure {
        Failure::Throttled => Waiting::Throttled,
        Failure::Unavailable | Failure::Settled => Waiting::Unavailable,
        Failure::NeverLeft | Failure::TimedOut | Failure::Lost => Waiting::Unreachable,
    }
}

fn with_tries(mut error: Error, number: u32) -> Error {
    match &mut error {
        Error::Refused(refusal) => refusal.tries = number,
        Error::Unreachable { tries, .. }
        | Error::TimedOut { tries, .. }
        | Error::Lost { tries, .. } => *tries = number,
        _ => {}
    }
    error
}

#[expect(clippy::disallowed_methods, reason = "a server may name the moment to come back")]
fn asked_wait(header: &str) -> Option<Duration> {
    retry::retry_after(header, jiff::Timestamp::now())
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
