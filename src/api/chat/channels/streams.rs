//! A long list of channels, read as two streams at once, the public and the private ones, and told as the one list that
//! it is, in the server's order. Up to half of the waiting is saved; where a server answers at once there is none to
//! save, and the list is read as one.
//!
//! A channel can be migrated while it is listed. It is not lost between the streams, because the private one stays
//! behind: it asks for a page when the public one has come further than that page will. A page that came further all
//! the same is told, and asked for again when the public stream has passed it. So a row can be told twice, and what is
//! told last holds.
//!
//! Two things are taken for granted of which the documents say nothing. Channels come by the date on which they were
//! made: that is checked, and where they do not, the list is read on as one. A page token goes on after the row at which
//! its page ended, whatever has left the list meanwhile: that cannot be seen from here.

mod merge;
mod stream;

use std::collections::HashSet;
use std::sync::Arc;

use tokio::time::Instant;

use super::{Channel, ChannelType, Visibility, channels_path};
use crate::api::chat::services::Service;
use crate::api::client::Client;
use crate::api::error::Error;
use crate::api::page::{NextPage, Page, Step, Streams};
use crate::api::sid::Sid;
use merge::Merge;

/// Where a row stands in the server's order: when it was made, in microseconds, counted backwards where the last one
/// comes first.
type Place = i64;

/// Before all places.
const START: Place = Place::MIN;
/// After all places.
const END: Place = Place::MAX;
/// Of so many rows there must be one of each kind, or a second stream saves nothing.
const WORTH: usize = 8;

/// A page of a service's channels, public and private, in the server's order: the first one, or the one that `next`
/// leads to. From the second page on both kinds are asked for at once, if there are enough of both and the first page
/// took its time.
pub async fn list_in_streams(
    client: &Client,
    service: Sid<Service>,
    next: Option<&NextPage>,
) -> Result<Page<Channel>, Error> {
    if let Some((next, streams)) = next.and_then(|next| Some((next, next.streams()?))) {
        return client.walk_page(next, |client| Merge::new(client, service, streams)).await;
    }
    let begun = Instant::now();
    let mut page = super::list(client, service, next).await?;
    if next.is_none()
        && client.is_far(begun.elapsed())
        && !client.reads_as_one(&channels_path(service))
        && let Some(streams) = parted(&page)
    {
        page.next = Some(NextPage::of_streams(streams));
    }
    Ok(page)
}

/// How to go on from a first page in two streams, if that can be done and is worth it. Its own rows are told, and may
/// stand as they like; it is the order of its end that tells how the rest will come.
fn parted(page: &Page<Channel>) -> Option<Streams> {
    let whole = page.next.clone().filter(|_| page.unreadable == 0)?;
    let rows = page.items.as_slice();
    let (public, private) = (of_kind(rows, Visibility::Public), of_kind(rows, Visibility::Private));
    if public + private != rows.len() || public.min(private) * WORTH < rows.len() {
        return None;
    }
    let (falling, rising) = (ordered_end(rows, true), ordered_end(rows, false));
    let descending = falling.len() > rising.len();
    let end = if descending { falling } else { rising };
    let (first, mark) = (place(end.first()?, descending)?, place(end.last()?, descending)?);
    if end.len() * 2 < rows.len() || first == mark {
        return None;
    }
    let among = |rows: usize| Place::try_from(rows).unwrap_or(END);
    let span = (mark - first).saturating_mul(among(rows.len())) / among(private);
    Some(Streams {
        whole,
        descending,
        first: Arc::new(rows.iter().map(told_as).collect()),
        public: Step::Begin,
        private: Step::Begin,
        span,
        begin: mark,
        mark,
        private_mark: mark,
        told: HashSet::new(),
    })
}

/// The rows at the end that stand in order.
fn ordered_end(rows: &[Channel], descending: bool) -> &[Channel] {
    let mut after = END;
    let is_in_order = |row: &&Channel| {
        let place = place(row, descending).filter(|place| *place <= after);
        after = place.unwrap_or(after);
        place.is_some()
    };
    let count = rows.iter().rev().take_while(is_in_order).count();
    rows.get(rows.len() - count..).unwrap_or_default()
}

fn of_kind(rows: &[Channel], kind: Visibility) -> usize {
    rows.iter().filter(|row| is_of_kind(row, kind)).count()
}

fn is_of_kind(row: &Channel, kind: Visibility) -> bool {
    match kind {
        Visibility::Public => row.kind == ChannelType::Public,
        Visibility::Private => row.kind == ChannelType::Private,
    }
}

/// What a row is known by once it was told: told as public it is news when it is private.
fn told_as(row: &Channel) -> ([u8; 16], bool) {
    (row.sid.bytes(), is_of_kind(row, Visibility::Private))
}

fn place(row: &Channel, descending: bool) -> Option<Place> {
    let made = row.date_created?.as_microsecond();
    Some(if descending { -made } else { made })
}

/// The place of the last row, if all of them stand in order and none before `floor`.
fn last_place(rows: &[Channel], descending: bool, floor: Place) -> Option<Place> {
    let mut places = rows.iter().map(|row| place(row, descending));
    places.try_fold(floor, |before, place| place.filter(|place| *place >= before))
}
