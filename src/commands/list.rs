//! `switchboard services`, `channels`, `users`, `members`, `memberships`, `flex`, and `export`: what there is, written as
//! it comes, however much it is.

mod file;

use std::{
    collections::HashMap,
    io::{self, Write},
    ops::ControlFlow,
    sync::Arc,
};

use futures_util::{StreamExt, TryStreamExt, stream};

use crate::{
    api::{
        Address, Client, Error,
        chat::{
            channels, members,
            memberships::{self, Membership},
            services::{self, Service},
            users,
        },
        client::ReadAhead,
        flex::{self, flows::FlexFlow},
        page::{NextPage, Page},
        sid::Sid,
    },
    cli::{Account, List, Listing, OfService, Output},
    commands::{
        Exit, Failed,
        headless::{Desk, tell, wait},
        names::{Names, named_flex},
        noun::{NamedFlex, NamedMembership, Noun},
        pages::{self, parsed},
        sheet::Sheet,
        sieve::Sieve,
        visible,
    },
};

/// Requests that are out at the same time where each row needs one.
pub(crate) const AT_ONCE: usize = 8;

/// Where rows go.
struct Out {
    sheet: Sheet<Box<dyn Write>>,
    sieve: Sieve,
}

/// Prints a list.
pub(crate) fn list(what: &List, before: &Account, usual: Output) -> Result<Exit, Failed> {
    let (List::Services { listing }
    | List::Flex { listing, .. }
    | List::Channels { of: OfService { listing, .. } }
    | List::Users { of: OfService { listing, .. } }
    | List::Members { of: OfService { listing, .. }, .. }
    | List::Memberships { of: OfService { listing, .. }, .. }) = what;
    let account = listing.account.after(before);
    let open = Open { listing, usual, account };
    match what {
        List::Services { .. } => {
            open.whole(&async |client, next| services::list(client, next).await)
        }
        List::Channels { of } => {
            let service = parsed(&of.service)?;
            open.whole(&async |client, next| channels::list(client, service, next).await)
        }
        List::Users { of } => {
            let service = parsed(&of.service)?;
            open.whole(&async |client, next| users::list(client, service, next).await)
        }
        List::Members { of, channel } => {
            members_of(&open, parsed(&of.service)?, channel.as_deref())
        }
        List::Memberships { of, user, sids } => {
            memberships_of(&open, parsed(&of.service)?, user.as_deref(), *sids)
        }
        List::Flex { sids, .. } => flex_channels(&open, *sids),
    }
}

/// What was asked for.
struct Open<'a> {
    listing: &'a Listing,
    usual: Output,
    account: Account,
}

impl Open<'_> {
    /// Does the work between the first row and the last, and says how far it came.
    fn run<N: Noun>(
        &self,
        work: impl AsyncFnOnce(&Client, &mut Out) -> Result<(), Failed>,
    ) -> Result<Exit, Failed> {
        let sieve = Sieve::new::<N>(self.listing.filter.as_deref())?;
        wait(async {
            let desk = Desk::open(&self.account).await?;
            let output = self.listing.output.unwrap_or(self.usual);
            let target: Box<dyn Write> = match &self.listing.file {
                Some(path) => Box::new(file::made(path, self.listing.force)?),
                None => visible::stdout(),
            };
            let sheet = Sheet::new::<N>(output, target);
            let mut out = Out { sheet: sheet.map_err(|error| cut_off(&error))?, sieve };
            let done = work(&desk.client, &mut out).await;
            let done = done.and_then(|()| out.sheet.end().map_err(|error| cut_off(&error)));
            let rows = out.sheet.rows();
            match done {
                // Whoever read it has seen enough.
                Err(failed) if failed.exit == Exit::Ok => Ok(Exit::Ok),
                Err(failed) if rows == 0 => {
                    drop(out);
                    self.listing.file.as_deref().map_or(Ok(()), file::unmade)?;
                    Err(failed)
                }
                Err(failed) => Err(Failed::new(
                    failed.exit,
                    format!("{}; cut off after {rows} rows", failed.words),
                )),
                Ok(()) => {
                    out.sieve.report();
                    if let Some(path) = &self.listing.file {
                        tell(&format!("{rows} rows in {}", path.display()));
                    }
                    Ok(Exit::Ok)
                }
            }
        })
    }

    /// A list that the server has as a whole.
    fn whole<N: Noun>(
        &self,
        page: &impl AsyncFn(&Client, Option<&NextPage>) -> Result<Page<N>, Error>,
    ) -> Result<Exit, Failed> {
        self.run::<N>(async |client, out| {
            let client = client.reading_ahead(Arc::new(ReadAhead::default()));
            pages::each(async |next| page(&client, next).await, async |rows| out.take(rows)).await
        })
    }
}

impl Out {
    fn take<N: Noun>(&mut self, rows: Vec<N>) -> Result<ControlFlow<()>, Failed> {
        let rows = self.sieve.passing(rows);
        self.sheet.write(&rows).map_err(|error| cut_off(&error))?;
        Ok(ControlFlow::Continue(()))
    }
}

/// A reader who has left early is no failure.
fn cut_off(error: &io::Error) -> Failed {
    let exit = if error.kind() == io::ErrorKind::BrokenPipe { Exit::Ok } else { Exit::Failure };
    Failed::new(exit, error.to_string())
}

/// The members of one channel, or of each.
fn members_of(
    open: &Open<'_>,
    service: Sid<Service>,
    channel: Option<&str>,
) -> Result<Exit, Failed> {
    if let Some(channel) = channel {
        let channel = Address::from_text(channel);
        return open
            .whole(&async |client, next| members::list(client, service, &channel, next).await);
    }
    open.run::<crate::api::Member>(async |client, out| {
        let page = async |next: Option<&NextPage>| channels::list(client, service, next).await;
        pages::each(page, async |channels| {
            let members = stream::iter(channels).map(|channel| {
                let channel = Address::Sid(channel.sid);
                async move {
                    let page = async |next: Option<&NextPage>| {
                        members::list(client, service, &channel, next).await
                    };
                    there(pages::all(|member| member.sid, page).await)
                }
            });
            each(members.buffered(AT_ONCE), out).await
        })
        .await
    })
}

/// The memberships of one user, or of each.
fn memberships_of(
    open: &Open<'_>,
    service: Sid<Service>,
    user: Option<&str>,
    sids: bool,
) -> Result<Exit, Failed> {
    let user = user.map(Address::from_text);
    open.run::<NamedMembership>(async |client, out| {
        let mut names = Names::new(client, service, sids);
        if let Some(user) = user {
            let page = async |next: Option<&NextPage>| {
                memberships::list(client, service, &user, next).await
            };
            return pages::each(page, async |rows| out.take(names.of(rows).await?)).await;
        }
        let page = async |next: Option<&NextPage>| users::list(client, service, next).await;
        pages::each(page, async |users| {
            let memberships = stream::iter(users).map(|user| {
                let user = Address::Sid(user.sid);
                async move {
                    let page = async |next: Option<&NextPage>| {
                        memberships::list(client, service, &user, next).await
                    };
                    there(pages::all(|it: &Membership| it.channel_sid, page).await)
                }
            });
            let mut memberships = std::pin::pin!(memberships.buffered(AT_ONCE));
            while let Some(rows) = memberships.next().await {
                let _ = out.take(names.of(rows?).await?)?;
            }
            Ok(ControlFlow::Continue(()))
        })
        .await
    })
}

/// Hands on all rows of several lists.
async fn each<N: Noun>(
    lists: impl stream::Stream<Item = Result<Vec<N>, Failed>>,
    out: &mut Out,
) -> Result<ControlFlow<()>, Failed> {
    let mut lists = std::pin::pin!(lists);
    while let Some(rows) = lists.next().await {
        let _ = out.take(rows?)?;
    }
    Ok(ControlFlow::Continue(()))
}

/// What was deleted since it was listed has no rows.
fn there<T>(listed: Result<Vec<T>, Failed>) -> Result<Vec<T>, Failed> {
    match listed {
        Err(failed) if failed.exit == Exit::NotFound => Ok(Vec::new()),
        listed => listed,
    }
}

/// The Flex channels of the account.
fn flex_channels(open: &Open<'_>, sids: bool) -> Result<Exit, Failed> {
    open.run::<NamedFlex>(async |client, out| {
        let flows = pages::all(
            |flow: &FlexFlow| flow.sid,
            async |next| flex::flows::list(client, None, next).await,
        );
        let flows: HashMap<_, _> = flows.await?.into_iter().map(|flow| (flow.sid, flow)).collect();
        let page = async |next: Option<&NextPage>| flex::channels::list(client, next).await;
        pages::each(page, async |rows| {
            let rows = stream::iter(rows).map(|flex| {
                let flow = flex.flow_sid.and_then(|sid| flows.get(&sid)).cloned();
                named_flex(client, flex, flow, sids)
            });
            let rows = rows.buffered(AT_ONCE).try_collect::<Vec<_>>().await?;
            out.take(rows)
        })
        .await
    })
}
