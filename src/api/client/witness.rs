//! Whoever keeps a record of writes is asked before one leaves, and told how it ended. Without consent nothing leaves.

use std::{future::Future, pin::Pin, time::Duration};

use tokio::time::Instant;

use super::send::Request;
use super::{Client, Pairs, Webhooks};
use crate::api::error::{Certainty, Error};

/// A write that is about to leave. It holds no credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// `POST` or `DELETE`.
    pub method: String,
    /// The path on the server, and what is asked with it.
    pub path: String,
    /// The parameters, as documented and in the order they are sent in.
    pub form: Vec<(String, String)>,
    /// Whether webhooks are told.
    pub webhooks: Webhooks,
}

/// How a write ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Why it failed and whether it may have taken effect all the same; nothing when it was done.
    pub failure: Option<(Certainty, String)>,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The vendor's error code.
    pub code: Option<u32>,
    /// What the vendor calls this request, to be named to its support.
    pub request_id: Option<String>,
    /// The sid of what was made or changed, as answered.
    pub made: Option<String>,
    /// From the first try to the end.
    pub took: Duration,
}

/// What a witness has to say, later.
pub type Saying<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Keeps a record of one write.
pub trait Witness: Send + Sync + std::fmt::Debug {
    /// The write is about to leave; it does not, if the answer is a reason.
    fn before(&self, write: Outgoing) -> Saying<Result<(), String>>;
    /// The write has ended.
    fn after(&self, ended: Ended) -> Saying<()>;
}

impl Client {
    /// Asks the witness, then does the work, then tells how it ended.
    pub(super) async fn witnessed<T>(
        &self,
        request: &Request,
        form: &Pairs,
        work: impl Future<Output = Result<(T, Ended), Error>>,
    ) -> Result<T, Error> {
        let Some(witness) = &self.witness else { return work.await.map(|(value, _)| value) };
        let form = form.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let (method, path) = request.line();
        let write = Outgoing { method, path, form, webhooks: request.webhooks };
        witness.before(write).await.map_err(|why| Error::NotWitnessed { why })?;
        let begun = Instant::now();
        let (result, ended) = match work.await {
            Ok((value, ended)) => (Ok(value), ended),
            Err(error) => {
                let ended = failed(&error);
                (Err(error), ended)
            }
        };
        witness.after(Ended { took: begun.elapsed(), ..ended }).await;
        result
    }
}

fn failed(error: &Error) -> Ended {
    let request_id = match error {
        Error::Refused(refusal) => refusal.request_id.as_ref().map(|id| id.raw().to_owned()),
        _ => None,
    };
    Ended {
        failure: Some((error.certainty(), error.to_string())),
        status: error.status(),
        code: error.code(),
        request_id,
        made: None,
        took: Duration::ZERO,
    }
}
