//! The front desk: takes each request through faults, authentication and the route table, and words the answer.

use std::{
    convert::Infallible,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Request, Response, header, request::Parts},
};
use futures_util::stream;
use tokio::{sync::oneshot, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{
    auth,
    faults::{Dice, Fate, Faults, Refusal, Spoiling},
    form::Form,
    limit::Buckets,
    problem::{self as code, Problem},
    route,
    sid::sid,
    verbs::{self, Answer, Call},
    wire::Cord,
    world::World,
};

const MAX_BODY: usize = 1024 * 1024;

/// Everything a request may touch.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) faults: Mutex<Faults>,
    pub(super) origin: String,
    pub(super) max_page_size: u32,
    pub(super) halt: CancellationToken,
    world: Mutex<World>,
    dice: Mutex<Dice>,
    buckets: Mutex<Buckets>,
    done: AtomicU64,
}

/// A panic in one request must not close the desk for the next.
pub(super) fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    pub(super) fn new(world: World, origin: String, faults: Faults, max_page_size: u32) -> Self {
        Self {
            faults: Mutex::new(faults),
            origin,
            max_page_size,
            halt: CancellationToken::new(),
            world: Mutex::new(world),
            dice: Mutex::new(Dice::new()),
            buckets: Mutex::default(),
            done: AtomicU64::new(0),
        }
    }

    /// Begins to fill the account with `furnish`, which may take some milliseconds; requests wait until it is done.
    /// A server whose data cannot be read stops, which the test of the data should have shown.
    pub(super) async fn furnish(
        self: &Arc<Self>,
        furnish: impl FnOnce(&mut World) -> Result<(), serde_json::Error> + Send + 'static,
    ) {
        let (desk, (begun, begins)) = (Arc::clone(self), oneshot::channel());
        tokio::task::spawn_blocking(move || {
            let mut world = open(&desk.world);
            // Nobody waits any more when the runtime is going down.
            let _ = begun.send(());
            if furnish(&mut world).is_err() {
                desk.halt.cancel();
            }
        });
        let _ = begins.await;
    }

    pub(super) fn requests(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    pub(super) async fn serve(&self, cord: &Cord, request: Request<Body>) -> Response<Body> {
        let fate = open(&self.dice).roll(&open(&self.faults));
        let Fate { late, .. } = fate;
        let (parts, body) = request.into_parts();
        let is_write = !parts.method.is_safe();
        let (refusal, spoiling) = (fate.refusal(is_write), fate.spoiling(is_write));
        let limit = open(&self.faults).limit().filter(|_| is_write && refusal.is_none());
        let is_allowed = limit
            .is_none_or(|limit| open(&self.buckets).allow(parts.uri.path(), limit, Instant::now()));
        let refusal = refusal.or_else(|| (!is_allowed).then_some(Refusal::TooMany));
        let body = to_bytes(body, MAX_BODY).await;
        let answer = match (refusal, body) {
            // A listener that is gone would refuse; but its port would be anyone's, and the fault can be lifted again.
            (Some(Refusal::Offline), _) => {
                cord.pull();
                Err(code::INTERNAL.into())
            }
            (Some(Refusal::TooMany), _) => Err(code::TOO_MANY.into()),
            (Some(Refusal::Broken), _) => Err(code::INTERNAL.into()),
            (None, Err(_too_long)) => Err(code::TOO_LARGE.into()),
            (None, Ok(body)) => self.answer(&parts, &body),
        };
        let number = self.done.fetch_add(1, Ordering::Relaxed);
        // The answer is late, the work is not: a client that gives up waiting has still changed something.
        if !late.is_zero() {
            tokio::select! {
                () = tokio::time::sleep(late) => {}
                () = self.halt.cancelled() => {}
            }
        }
        if spoiling == Some(Spoiling::Drop) {
            cord.pull();
        }
        worded(number, answer, spoiling == Some(Spoiling::Cut), cord)
    }

    fn answer(&self, parts: &Parts, body: &Bytes) -> Result<Answer, Problem> {
        let mut world = open(&self.world);
        let header = parts.headers.get(header::AUTHORIZATION);
        if !auth::admits(&world.account, header.and_then(|header| header.to_str().ok())) {
            return Err(code::AUTHENTICATE.into());
        }
        let path = parts.uri.path();
        let matched = route::find(path).ok_or_else(|| verbs::not_found(path))?;
        let verb = matched.verb(parts.method.as_str()).ok_or(code::METHOD)?;
        let form = match parts.method.as_str() {
            "POST" => posted(&parts.headers, body)?,
            _ => Form::read(parts.uri.query().unwrap_or_default().as_bytes()),
        };
        let origin = origin(&parts.headers).unwrap_or_else(|| self.origin.clone());
        let max_page_size = self.max_page_size;
        let (form, origin) = (&form, origin.as_str());
        Call { world: &mut world, matched: &matched, path, form, origin, max_page_size }.run(verb)
    }
}

/// The origin the client used, if that can be ours: a foreign `Host` must not get into our links.
fn origin(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let ours = ["localhost", "127.0.0.1"].contains(&name) && port.parse::<u16>().is_ok();
    ours.then(|| format!("http://{host}"))
}

fn posted(headers: &HeaderMap, body: &Bytes) -> Result<Form, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !body.is_empty() && !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let message = "The body of a POST must be application/x-www-form-urlencoded";
        return Err(Problem::told(code::INVALID, message));
    }
    Ok(Form::read(body))
}

fn worded(number: u64, answer: Result<Answer, Problem>, cut: bool, cord: &Cord) -> Response<Body> {
    let (status, body) = match answer {
        Ok((status, body)) => (status, body),
        Err(problem) => (problem.status(), Some(problem.body().to_string().into_bytes())),
    };
    let mut response = Response::builder()
        .status(status)
        .header("Twilio-Request-Id", sid("RQ", &format!("request {number}")));
    if status == 401 {
        response = response.header(header::WWW_AUTHENTICATE, "Basic realm=\"Twilio API\"");
    }
    if body.is_some() {
        response = response.header(header::CONTENT_TYPE, "application/json;charset=utf-8");
    }
    let bytes = Bytes::from(body.unwrap_or_default());
    let body = if cut {
        response = response.header(header::CONTENT_LENGTH, bytes.len());
        half(&bytes, cord)
    } else {
        Body::from(bytes)
    };
    response.body(body).unwrap_or_default()
}

/// Half of a body, then the end of the connection. Without a body there is no half: nothing is sent at all.
fn half(bytes: &Bytes, cord: &Cord) -> Body {
    if bytes.is_empty() {
        cord.pull();
        return Body::empty();
    }
    let first = bytes.slice(..bytes.len() / 2);
    let cord = cord.clone();
    Body::from_stream(stream::unfold(Some(first), move |first| {
        let cord = cord.clone();
        async move {
            if let Some(first) = first {
                return Some((Ok::<_, Infallible>(first), None));
            }
            // One turn of the loop, so that the first half is on its way before the cord is pulled.
            tokio::task::yield_now().await;
            cord.pull();
            None
        }
    }))
}
