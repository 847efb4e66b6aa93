//! The HTTP client: one server, one set of credentials. Reads are retried, writes are refused when
//! the client only reads, and nothing is ever sent to another host. It knows no resource.

mod ahead;
mod answer;
mod page_size;
mod permit;
mod send;
mod traffic;
mod witness;
mod write;

use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::credentials::Credentials;
use super::error::{Error, Setup};
use super::hosts::{Hosts, Product};
use super::page::{NextPage, Page};
use super::path::Path;
use super::retry::Limits;
use super::wire::Fields;
use answer::Answer;
use page_size::PageSizes;
use send::Request;

pub use ahead::ReadAhead;
pub(super) use ahead::{News, PageAside, Walk};
pub(super) use page_size::Family;
pub use traffic::{Observer, Traffic, Waiting};
pub use witness::{Ended, Outgoing, Saying, Witness};
pub use write::{Deleted, Webhooks};

/// A query or a form: names as documented, values as they are.
pub(super) type Pairs = Vec<(&'static str, String)>;

/// What a client is made of.
#[derive(Clone)]
pub struct ClientConfig {
    /// Who signs in.
    pub credentials: Credentials,
    /// Where requests go.
    pub hosts: Hosts,
    /// Whether it may write.
    pub access: Access,
    /// How many items a page is asked to have at first, 1000 by the documents; servers that find it
    /// too large are asked for less.
    pub page_size: u32,
    /// How long one request may take from its begin to the end of its answer, 30 s by habit.
    pub timeout: Duration,
    /// Told of every answer and every wait.
    pub observer: Option<Observer>,
}

/// Whether a client may change anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It may.
    ReadWrite,
    /// It refuses every write before anything is sent.
    ReadOnly,
}

impl fmt::Debug for ClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientConfig")
            .field("credentials", &self.credentials)
            .field("hosts", &self.hosts)
            .field("access", &self.access)
            .field("page_size", &self.page_size)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// A client. Clones share the connections and what was learned about page sizes.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    witness: Option<Arc<dyn Witness>>,
    ahead: Option<Arc<ReadAhead>>,
    /// How far trying a write again may go, where not as far as a reading.
    writes: Option<Limits>,
    /// Whether the observer is told nothing.
    is_quiet: bool,
}

struct Inner {
    http: reqwest::Client,
    /// How many requests for anything but pages have begun or ended.
    others: AtomicU64,
    /// What the server last gave as its time, in seconds since 1970; 0 if it gave none yet.
    clock: AtomicI64,
    config: ClientConfig,
    sizes: PageSizes,
    /// Where the bodies of pages were, while more pages are to come: memory that is new for each costs more than it
    /// takes to read them.
    rooms: Mutex<Vec<Vec<u8>>>,
    /// The lists that are not read as several at once.
    whole: Mutex<HashSet<String>>,
    tuning: Tuning,
}

/// What only tests change.
#[derive(Debug, Clone, Copy)]
struct Tuning {
    retry: Limits,
    /// Bytes of an answer at most, unpacked.
    body: usize,
    /// A page that comes sooner is not worth to be waited for beside another one.
    near: Duration,
}

impl Tuning {
    const USUAL: Self =
        Self { retry: Limits::PATIENT, body: 64 * 1024 * 1024, near: Duration::from_millis(20) };
}

/// As many bodies of pages as are read at the same time.
const MOST_ROOMS: usize = 3;
/// More bytes than a page of a thousand rows takes are not kept for the next one.
const LARGEST_ROOM: usize = 4 * 1024 * 1024;

/// A list to be read page by page.
pub(super) struct Listing {
    pub(super) product: Product,
    pub(super) family: Family,
    pub(super) path: Path,
    pub(super) query: Pairs,
}

impl Client {
    /// Makes a client. Fails when HTTPS is needed and this machine trusts nobody.
    pub fn new(config: ClientConfig) -> Result<Self, Error> {
        Self::tuned(config, Tuning::USUAL)
    }

    fn tuned(config: ClientConfig, tuning: Tuning) -> Result<Self, Error> {
        let http = http(&config)?;
        let sizes = PageSizes::starting_at(config.page_size);
        let inner = Inner {
            http,
            others: AtomicU64::new(0),
            clock: AtomicI64::new(0),
            config,
            sizes,
            rooms: Mutex::default(),
            whole: Mutex::default(),
            tuning,
        };
        Ok(Self {
            inner: Arc::new(inner),
            witness: None,
            ahead: None,
            writes: None,
            is_quiet: false,
        })
    }

    /// The same client, with somebody who is asked before each of its writes and told how it ended.
    #[must_use]
    pub fn witnessed_by(&self, witness: Arc<dyn Witness>) -> Self {
        Self { witness: Some(witness), ..self.clone() }
    }

    /// The same client, which sends each write once: whoever has it decides whether and when to send it again.
    #[must_use]
    pub fn sending_writes_once(&self) -> Self {
        Self { writes: Some(Limits::ONCE), ..self.clone() }
    }

    /// The same client, whose requests nobody is told of: work of its own, beside what a person waits for.
    #[must_use]
    pub fn unobserved(&self) -> Self {
        Self { is_quiet: true, ..self.clone() }
    }

    fn others(&self) -> u64 {
        self.inner.others.load(Ordering::Relaxed)
    }

    /// Notes that something else than a page begins or ends.
    fn note_other(&self) {
        self.inner.others.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether a page that took so long to come was waited for rather than worked for.
    pub(super) fn is_far(&self, took: Duration) -> bool {
        took >= self.inner.tuning.near
    }

    /// Whether this list turned out to be none that can be read as several.
    pub(super) fn reads_as_one(&self, list: &Path) -> bool {
        self.whole_lists().contains(list.as_str())
    }

    /// Notes that this list cannot be read as several.
    pub(super) fn read_as_one(&self, list: &Path) {
        self.whole_lists().insert(list.as_str().to_owned());
    }

    fn whole_lists(&self) -> MutexGuard<'_, HashSet<String>> {
        // A panic elsewhere leaves nothing here half-done.
        self.inner.whole.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where its requests go.
    pub fn hosts(&self) -> &Hosts {
        &self.inner.config.hosts
    }

    /// Whether it may write.
    pub fn access(&self) -> Access {
        self.inner.config.access
    }

    /// What the server gave as its time with its last answer.
    pub fn server_time(&self) -> Option<Timestamp> {
        let seconds = self.inner.clock.load(Ordering::Relaxed);
        Timestamp::from_second(seconds).ok().filter(|_| seconds != 0)
    }

    /// Who it signs in as.
    pub fn credentials(&self) -> &Credentials {
        &self.inner.config.credentials
    }

    /// Reads one resource.
    pub(super) async fn read<T>(
        &self,
        product: Product,
        path: &Path,
        item: impl Fn(&Fields<'_>) -> Option<T>,
    ) -> Result<T, Error> {
        let request = Request::read(product, path.as_str().to_owned());
        self.send(&request).await?.item(item)
    }

    /// Reads one page of a list: the first one, or the one that `next` leads to.
    pub(super) async fn read_page<T>(
        &self,
        listing: &Listing,
        next: Option<&NextPage>,
        item: impl Fn(&Fields<'_>) -> Option<T>,
    ) -> Result<Page<T>, Error> {
        let path = next.map(NextPage::path_and_query).transpose()?;
        let answer = match path {
            Some(path) => self.send(&Request::page(listing.product, path.to_owned())).await?,
            None => self.first_page(listing).await?,
        };
        self.page_of(answer, listing.product, path, item)
    }

    fn page_of<T>(
        &self,
        answer: Answer,
        product: Product,
        path: Option<&str>,
        item: impl Fn(&Fields<'_>) -> Option<T>,
    ) -> Result<Page<T>, Error> {
        let mut page = answer.page(self.hosts(), product, item)?;
        page.next = page.next.map(|next| next.seen_from(path));
        let mut rooms = self.rooms();
        if page.next.is_none() {
            rooms.clear();
        } else if rooms.len() < MOST_ROOMS && answer.size() <= LARGEST_ROOM {
            rooms.push(answer.into_room());
        }
        drop(rooms);
        Ok(page)
    }

    fn rooms(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        // A panic elsewhere leaves nothing here half-done.
        self.inner.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for a first page in the size that last worked, and for smaller ones if that is too large.
    async fn first_page(&self, listing: &Listing) -> Result<Answer, Error> {
        loop {
            let size = self.inner.sizes.current(listing.family);
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&listing.query)
                .append_pair("PageSize", &size.to_string())
                .finish();
            let path = format!("{}?{query}", listing.path.as_str());
            match self.send(&Request::page(listing.product, path)).await {
                Err(error)
                    if page_size::is_too_large(&error)
                        && self.inner.sizes.shrink(listing.family, size) => {}
                outcome => return outcome,
            }
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(&self.inner.config).finish()
    }
}

/// A server on this machine is reached directly and, when it speaks plain HTTP, without asking whom
/// this machine trusts: a container without certificates must still run the practice account.
fn http(config: &ClientConfig) -> Result<reqwest::Client, Error> {
    // Fails only when a provider is in place already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .timeout(config.timeout)
        .connect_timeout(config.timeout.min(Duration::from_secs(10)))
        // Servers close idle connections too, and a write that meets that moment has an unknown end.
        .pool_idle_timeout(Duration::from_secs(20));
    if config.hosts.is_loopback() {
        builder = builder.no_proxy();
    }
    if config.hosts.is_plain() {
        builder = builder.tls_certs_only([]);
    }
    let encrypted = !config.hosts.is_plain();
    builder.build().map_err(|source| {
        let setup = if encrypted { Setup::Trust { source } } else { Setup::Http { source } };
        Error::Setup(setup)
    })
}

#[cfg(test)]
mod tests;
