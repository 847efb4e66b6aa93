//! The local index at the edge: pages of channels are written down as they come, and read back when a service is opened
//! again. Nothing here can fail in a way that a person must know of: a listing can always be had anew.

use std::{
    borrow::Cow,
    collections::HashMap,
    io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use jiff::Timestamp;
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

use crate::{
    api::{
        Client, Product,
        attributes::Attributes,
        chat::{
            channels::{Channel, ChannelType},
            services::Service,
        },
        page::{NextPage, Page},
        remote_text::RemoteText,
        sid::Sid,
    },
    app::index::Recalled,
    runtime::journal::account_of,
    state::{self, ListedChannel, ListingKey, ListingPart, ListingWriter},
};

/// So many rows are read at a time, as many as a page has.
const ROWS: usize = 1_000;
/// How often a console that stays open removes what is too old.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Where listings are kept, if they are.
#[derive(Debug, Clone, Default)]
pub struct Index {
    inner: Option<Arc<Inner>>,
}

#[derive(Debug)]
struct Inner {
    directory: PathBuf,
    days: u32,
    open: Mutex<HashMap<ListingKey, Open>>,
    /// The last one that is being finished.
    finishing: Mutex<Option<JoinHandle<()>>>,
}

/// A listing of which pages are still to come.
#[derive(Debug)]
struct Open {
    /// The last page is being written; nobody waits for it but the next one.
    writing: Writing,
    /// The way to the page that is still to come.
    next: NextPage,
}

/// Gives the writer on to the next page.
type Writing = JoinHandle<io::Result<ListingWriter>>;

/// A page that is about to be read, and what is written down of it.
#[derive(Debug)]
pub(super) struct Pen {
    inner: Arc<Inner>,
    of: ListingKey,
    asked: Option<NextPage>,
    begun: Timestamp,
}

impl Index {
    /// Listings in a directory, each for so many days. With 0 days none is kept, and those that are there go.
    pub fn in_directory(directory: Option<PathBuf>, days: u32) -> Self {
        let inner = directory.map(|directory| {
            let (open, finishing) = (Mutex::default(), Mutex::default());
            Arc::new(Inner { directory, days, open, finishing })
        });
        Self { inner }
    }

    /// Removes what is too old, now and once a day.
    pub fn tidy(&self) {
        if let Some(inner) = &self.inner {
            tokio::spawn(tidy_daily(Arc::downgrade(inner)));
        }
    }

    /// What is to be done about a page of channels that is about to be read.
    pub(super) fn pen(
        &self,
        client: &Client,
        service: Sid<Service>,
        asked: Option<NextPage>,
    ) -> Option<Pen> {
        let inner = self.inner.clone().filter(|inner| inner.days > 0)?;
        Some(Pen { inner, of: key(client, service), asked, begun: super::now() })
    }

    /// Rows of the last whole listing of a service; nothing where there is none that can be used.
    pub(super) async fn recall(
        &self,
        client: &Client,
        service: Sid<Service>,
        next: Option<NextPage>,
    ) -> Option<Recalled> {
        let inner = self.inner.clone().filter(|inner| inner.days > 0)?;
        let of = key(client, service);
        let from = next.and_then(|next| next.token().parse().ok());
        let reading = spawn_blocking(move || {
            let kept = (inner.days, super::now());
            state::recall_listing(&inner.directory, &of, from, ROWS, kept)
        });
        match reading.await.ok()? {
            Ok(part) => part.map(|part| recalled(part, service)),
            Err(why) => {
                tracing::warn!(%service, %why, "no rows of an earlier run");
                None
            }
        }
    }

    /// Nothing more is written of what is open: it belongs to an account that is left.
    pub(super) fn close(&self) {
        if let Some(inner) = &self.inner {
            inner.open().clear();
        }
    }

    /// Waits until a listing that is whole is on the disk.
    pub(super) async fn finish(&self) {
        let Some(inner) = &self.inner else { return };
        let finishing = inner.finishing.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(finishing) = finishing {
            // A disk that hangs must not keep the terminal.
            let _ = tokio::time::timeout(Duration::from_secs(2), finishing).await;
        }
    }
}

impl Inner {
    fn open(&self) -> std::sync::MutexGuard<'_, HashMap<ListingKey, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pen {
    /// Writes a page down. The one before it must have been written too, or the listing is not whole.
    pub(super) async fn note(self, page: &Page<Channel>) {
        let Self { inner, of, asked, begun } = self;
        let before = inner.open().remove(&of);
        let turns_back =
            |asked: &NextPage| page.next.as_ref().is_some_and(|it| it.turns_back(asked));
        let writing = match (before, asked) {
            (_, None) => None,
            // Rows are written once, and some of these are to come again.
            (_, Some(asked)) if turns_back(&asked) => return,
            (Some(open), Some(asked)) if open.next == asked => Some(open.writing),
            // Pages are missing: what was stopped and dropped, or asked for twice.
            _ => return,
        };
        let mut bytes = Vec::with_capacity(page.items.len() * 300);
        let written = page.items.iter().try_for_each(|it| listed(it).write(&mut bytes));
        // At most one page is held for the disk.
        let writer = match writing {
            None => None,
            Some(writing) => match told(writing.await) {
                None => return,
                writer => writer,
            },
        };
        let (next, rows, key) = (page.next.clone(), page.items.len() as u64, of.clone());
        let directory = inner.directory.clone();
        let writing = spawn_blocking(move || -> io::Result<ListingWriter> {
            written.map_err(io::Error::other)?;
            let mut writer = match writer {
                Some(writer) => writer,
                None => ListingWriter::begin(&directory, &key, begun)?,
            };
            writer.add(&bytes, rows)?;
            Ok(writer)
        });
        match next {
            Some(next) => drop(inner.open().insert(of, Open { writing, next })),
            None => inner.finish(writing),
        }
    }
}

impl Inner {
    /// Nobody waits for the disk, but the end of the console.
    fn finish(&self, writing: Writing) {
        let finishing = tokio::spawn(async move {
            if let Some(writer) = told(writing.await) {
                told(spawn_blocking(move || writer.finish()).await);
            }
        });
        *self.finishing.lock().unwrap_or_else(PoisonError::into_inner) = Some(finishing);
    }
}

/// What came of work on the disk; why not, for the log.
fn told<T>(done: Result<io::Result<T>, JoinError>) -> Option<T> {
    match done.ok()? {
        Ok(done) => Some(done),
        Err(why) => {
            tracing::warn!(%why, "the listing is not kept");
            None
        }
    }
}

async fn tidy_daily(inner: Weak<Inner>) {
    loop {
        let Some(there) = inner.upgrade() else { return };
        let tidied = spawn_blocking(move || {
            state::purge_listings(&there.directory, there.days, super::now())
        });
        if let Ok(Err(why)) = tidied.await {
            tracing::warn!(%why, "listings that are too old could not be removed");
        }
        tokio::time::sleep(DAY).await;
    }
}

fn key(client: &Client, service: Sid<Service>) -> ListingKey {
    let server = client.hosts().base(Product::Chat).origin().ascii_serialization();
    ListingKey { account: account_of(client), server, service: service.to_string() }
}

fn listed(channel: &Channel) -> ListedChannel<'_> {
    fn text(text: Option<&RemoteText>) -> Option<Cow<'_, str>> {
        text.map(|it| it.raw().into())
    }
    let attributes = &channel.attributes;
    ListedChannel {
        sid: channel.sid.bytes(),
        kind: channel.kind.name().into(),
        friendly_name: text(channel.friendly_name.as_ref()),
        unique_name: text(channel.unique_name.as_ref()),
        attributes: (!attributes.is_absent()).then(|| attributes.text().into()),
        created_by: text(channel.created_by.as_ref()),
        created: channel.date_created.map(Timestamp::as_microsecond),
        updated: channel.date_updated.map(Timestamp::as_microsecond),
        members: channel.members_count,
        messages: channel.messages_count,
    }
}

fn recalled(part: ListingPart, service: Sid<Service>) -> Recalled {
    let items: Vec<Channel> = part.rows.into_iter().map(|row| channel(row, service)).collect();
    let next = part.next.map(|mark| NextPage::of_our_own(mark.to_string()));
    let page = Page { unreadable: 0, items, next };
    Recalled { as_of: part.begun, of: usize::try_from(part.of).unwrap_or(usize::MAX), page }
}

fn channel(listed: ListedChannel, service: Sid<Service>) -> Channel {
    let text = |text: Option<Cow<str>>| text.map(|it| RemoteText::new(it.into_owned()));
    let moment = |micros: Option<i64>| Timestamp::from_microsecond(micros?).ok();
    Channel {
        sid: Sid::from_bytes(listed.sid),
        service_sid: service,
        friendly_name: text(listed.friendly_name),
        unique_name: text(listed.unique_name),
        attributes: listed.attributes.map_or_else(Attributes::absent, Attributes::from_text),
        kind: ChannelType::named(&listed.kind),
        date_created: moment(listed.created),
        date_updated: moment(listed.updated),
        created_by: text(listed.created_by),
        members_count: listed.members,
        messages_count: listed.messages,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Channel {
        Channel {
            sid: Sid::from_bytes([1; 16]),
            service_sid: Sid::from_bytes([2; 16]),
            friendly_name: Some(RemoteText::new("Ops \u{1b}[31mroom")),
            unique_name: Some(RemoteText::new("")),
            attributes: Attributes::from_text("{ \"a\": 1.50 }"),
            kind: ChannelType::named("secret"),
            date_created: "2019-03-02T10:00:00Z".parse().ok(),
            date_updated: "2019-03-02T10:00:00.000001Z".parse().ok(),
            created_by: Some(RemoteText::new("system")),
            members_count: Some(u64::MAX),
            messages_count: Some(0),
        }
    }

    #[test]
    fn a_channel_comes_back_as_it_was_listed() {
        let bare = Channel {
            friendly_name: None,
            unique_name: None,
            attributes: Attributes::absent(),
            kind: ChannelType::Private,
            date_created: None,
            date_updated: None,
            created_by: None,
            members_count: None,
            messages_count: None,
            ..whole()
        };
        for it in [whole(), bare] {
            assert_eq!(channel(listed(&it), it.service_sid), it);
        }
    }
}
