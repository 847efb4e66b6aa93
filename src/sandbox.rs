//! The practice account: a loopback server that behaves as the documents of the chat API say.
//!
//! It holds JSON documents by collection (`table`, `world`), a table of paths (`route`) and tables of keys and
//! parameters (`schema`; `services`, `chat`, `people`, `flex`); the verbs are the same for all. It shares no type with
//! the client: two independent readings of the documents test each other, one shared struct would only be a mirror.
//!
//! Where the documents are silent, this server decides: an empty `FriendlyName` or `UniqueName` clears the name;
//! attributes may be any JSON value of up to 16 KiB; `Page` without `PageToken` is refused; v3 wants the channel's sid;
//! who was invited or has left has no `member_sid`; to take who was invited off a channel is to take the invite back;
//! `unread_messages_count` is null until something was read; a `TaskSid` is refused by a flow that makes no tasks;
//! Flex leaves the chat channel alone when its own is deleted; a role may go though somebody bears it; a migration keeps
//! page tokens good, as every change of a document does that neither comes nor goes; nobody has push bindings; a
//! Flex flow of no stated integration is an external one.

mod answer;
mod auth;
mod births;
mod chat;
mod check;
mod clock;
mod crop;
mod desk;
mod faults;
mod flex;
mod form;
mod grown;
mod limit;
mod listing;
mod nest;
mod paging;
mod people;
mod places;
mod problem;
mod route;
mod row;
mod schema;
mod seed;
mod services;
mod sid;
mod table;
mod talk;
mod verbs;
mod wire;
mod world;

use std::{
    io,
    net::Ipv4Addr,
    sync::{Arc, Weak},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request, State},
    response::Response,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use faults::{FaultError, Faults};

use desk::{Desk, open};
use wire::{Cord, Door};
use world::World;

/// How a practice server shall be.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The loopback port; 0 takes any free one.
    pub port: u16,
    /// What goes wrong from the start.
    pub faults: Faults,
    /// The largest `PageSize` that is not refused. The documents disagree between 1000 and 100; below 1000 a user's
    /// channels keep to 50, as the newer ones say.
    pub max_page_size: u32,
    /// How many channels the first service has at least. Those beyond the seed are worked out when somebody looks.
    pub channels: u32,
    /// How many users the first service has at least.
    pub users: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: 0, faults: Faults::default(), max_page_size: 1000, channels: 0, users: 0 }
    }
}

/// Why a practice server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or may not be had.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The built-in data is broken, which its test should have shown.
    #[error("the practice data cannot be read")]
    Seed(#[from] serde_json::Error),
}

/// A running practice server. Dropping it stops it.
#[derive(Debug)]
pub struct Sandbox {
    desk: Arc<Desk>,
    account_sid: String,
    auth_token: String,
    ended: CancellationToken,
}

/// What goes wrong in a running practice server, for whoever runs it in the same process. No request can reach it.
#[derive(Clone, Debug)]
pub struct Switches(Weak<Desk>);

impl Switches {
    /// Lays these faults over those that show, and tells which show from the next request on; `None` where the server
    /// is gone.
    pub fn merge(&self, faults: Faults) -> Option<Faults> {
        let desk = self.0.upgrade()?;
        let mut showing = open(&desk.faults);
        showing.merge(faults);
        Some(*showing)
    }

    /// Takes all faults back; `None` where the server is gone.
    pub fn clear(&self) -> Option<()> {
        *open(&self.0.upgrade()?.faults) = Faults::default();
        Some(())
    }
}

/// Starts a practice server on the current tokio runtime.
pub async fn start(options: Options) -> Result<Sandbox, StartError> {
    let Options { port, faults, max_page_size, channels, users } = options;
    let listen = |source| StartError::Listen { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(listen)?;
    let origin = format!("http://{}", listener.local_addr().map_err(listen)?);
    let account = seed::account()?;
    let (account_sid, auth_token) = (account.sid.clone(), account.auth_token.clone());
    let desk = Arc::new(Desk::new(World::new(account), origin, faults, max_page_size));
    desk.furnish(move |world| {
        seed::fill(world)?;
        grown::grow(world, channels, users);
        Ok(())
    })
    .await;
    let (halt, ended) = (desk.halt.clone(), CancellationToken::new());
    let router = Router::new().fallback(answer).with_state(Arc::clone(&desk));
    let service = router.into_make_service_with_connect_info::<Cord>();
    let server = axum::serve(Door(listener), service);
    let server = server.with_graceful_shutdown(halt.clone().cancelled_owned());
    let done = ended.clone().drop_guard();
    tokio::spawn(async move {
        tokio::select! {
            _ = server => {}
            () = patience(halt) => {}
        }
        // Those who wait are told even if the runtime goes first: then the task is dropped, and this with it.
        drop(done);
    });
    Ok(Sandbox { desk, account_sid, auth_token, ended })
}

/// Ends some time after the halt: a client that never finishes its request must not hold the server.
async fn patience(halt: CancellationToken) {
    halt.cancelled().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
}

async fn answer(
    State(desk): State<Arc<Desk>>,
    ConnectInfo(cord): ConnectInfo<Cord>,
    request: Request<Body>,
) -> Response {
    desk.serve(&cord, request).await
}

impl Sandbox {
    /// The origin of every address, as in `http://127.0.0.1:4010`.
    pub fn url(&self) -> String {
        self.desk.origin.clone()
    }

    /// The made-up account.
    pub fn account_sid(&self) -> &str {
        &self.account_sid
    }

    /// The made-up account's password; no secret, it opens nothing else.
    pub fn auth_token(&self) -> &str {
        &self.auth_token
    }

    /// Lets these faults, and only these, show from the next request on.
    pub fn set_faults(&self, faults: Faults) {
        *open(&self.desk.faults) = faults;
    }

    /// What can be set of it while it runs.
    pub fn switches(&self) -> Switches {
        Switches(Arc::downgrade(&self.desk))
    }

    /// The faults that show now.
    pub fn faults(&self) -> Faults {
        *open(&self.desk.faults)
    }

    /// How many requests were answered or hurt so far.
    pub fn requests(&self) -> u64 {
        self.desk.requests()
    }

    /// Stops the server and waits until its last answer is out.
    pub async fn stop(self) {
        self.desk.halt.cancel();
        self.ended.cancelled().await;
    }

    /// Waits until the server ends, however that comes about.
    pub async fn stopped(&self) {
        self.ended.cancelled().await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.desk.halt.cancel();
    }
}
