//! What a plan has to know and no list on the screen tells: which channels Flex owns, and all memberships of somebody.
//! Only readings leave from here.

use std::{collections::HashSet, hash::Hash};

use crate::api::{
    Address, Client, Error,
    chat::{
        channels::Channel,
        memberships::{self, Membership},
        services::Service,
        users::User,
    },
    flex::{self, channels::FlexChannel},
    page::{NextPage, Page},
    sid::Sid,
};

/// So many pages in a row that bring nothing new end a listing.
const IDLE: u32 = 5;

/// All that a listing has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// Each item once.
    pub items: Vec<T>,
    /// How many could not be read, because they bore no usable sid.
    pub unreadable: usize,
}

/// The chat channels that Flex owns. `told` hears how many came so far.
///
/// # Errors
/// When the server cannot be asked, or sends its pages in circles.
pub async fn of_flex(
    client: &Client,
    told: impl Fn(usize),
) -> Result<HashSet<Sid<Channel>>, Error> {
    let page =
        |next: Option<NextPage>| async move { flex::channels::list(client, next.as_ref()).await };
    let listed = all(|channel: &FlexChannel| channel.sid, page, told).await?;
    Ok(listed.items.into_iter().map(|channel| channel.sid).collect())
}

/// All memberships of a user. `told` hears how many came so far.
///
/// # Errors
/// When the server cannot be asked, or sends its pages in circles.
pub async fn of_user(
    client: &Client,
    service: Sid<Service>,
    user: &Address<User>,
    told: impl Fn(usize),
) -> Result<Listed<Membership>, Error> {
    let page = |next: Option<NextPage>| async move {
        memberships::list(client, service, user, next.as_ref()).await
    };
    all(|membership: &Membership| membership.channel_sid, page, told).await
}

/// All pages of a list. Pages that bring nothing new are not followed for ever.
///
/// # Errors
/// When the server cannot be asked, or sends its pages in circles.
pub async fn all<T, K, F>(
    key: impl Fn(&T) -> K,
    page: impl Fn(Option<NextPage>) -> F,
    told: impl Fn(usize),
) -> Result<Listed<T>, Error>
where
    K: Eq + Hash,
    F: Future<Output = Result<Page<T>, Error>>,
{
    let (mut items, mut seen) = (Vec::new(), HashSet::new());
    let (mut unreadable, mut idle) = (0, 0);
    let mut next: Option<NextPage> = None;
    loop {
        let page = page(next.take()).await?;
        let before = items.len();
        items.extend(page.items.into_iter().filter(|item| seen.insert(key(item))));
        idle = if items.len() == before { idle + 1 } else { 0 };
        unreadable += page.unreadable;
        told(items.len());
        next = page.next;
        if next.is_none() {
            return Ok(Listed { items, unreadable });
        }
        if idle >= IDLE {
            return Err(Error::Circle);
        }
    }
}
