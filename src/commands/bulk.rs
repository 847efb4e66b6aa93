//! `switchboard migrate`, `set`, `delete`, `mute` and `unmute`: many writes without a screen.

mod begin;

use std::collections::HashSet;

use self::begin::{named, planned};
use crate::{
    api::{
        Address,
        chat::{
            channels::{self, Channel, Visibility},
            memberships::{self, Membership},
            services::Service,
        },
        client::ReadAhead,
        page::NextPage,
        remote_text::shown,
        sid::{MessagingService, Sid},
    },
    cli::{Account, Bulk},
    commands::{
        Exit, Failed,
        headless::{Desk, tell, wait},
        names::Names,
        noun::NamedMembership,
        pages::{self, parsed},
        sieve::Sieve,
    },
    jobs::{
        plan::{self, Candidate, Known},
        survey,
        task::{Deed, Target, Task},
    },
    json,
};

/// So many channels show what setting a value would change.
const PREVIEW: usize = 3;

/// Makes public channels private.
pub(crate) fn migrate(
    bulk: &Bulk,
    before: &Account,
    include_flex: bool,
    messaging_service: Option<&str>,
) -> Result<Exit, Failed> {
    let messaging_service = messaging_service.map(parsed::<Sid<MessagingService>>).transpose()?;
    let work = Work::read(bulk, before, Deed::Migrate { messaging_service })?;
    // Private ones are told of where a filter asks for them.
    let visibility = bulk.filter.is_none().then_some(Visibility::Public);
    work.on_channels(visibility, include_flex)
}

/// Sets a value in the attributes of channels.
pub(crate) fn set(
    bulk: &Bulk,
    before: &Account,
    (pointer, value): (&str, &str),
    all: bool,
) -> Result<Exit, Failed> {
    let deed = Deed::set(pointer, value);
    let deed = deed.map_err(|error| Failed::new(Exit::Usage, error.to_string()))?;
    if bulk.from.is_none() && bulk.filter.is_none() && !all {
        let words = "say of which channels: --filter QUERY, --from FILE, or --all";
        return Err(Failed::new(Exit::Usage, words));
    }
    Work::read(bulk, before, deed)?.on_channels(None, true)
}

/// Deletes channels.
pub(crate) fn delete(bulk: &Bulk, before: &Account, include_flex: bool) -> Result<Exit, Failed> {
    let usage = |words: &str| Failed::new(Exit::Usage, words);
    if bulk.from.is_none() && bulk.filter.is_none() {
        return Err(usage("say which channels: --filter QUERY or --from FILE"));
    }
    if bulk.yes && bulk.from.is_none() && !bulk.dry_run {
        return Err(usage(
            "--yes deletes nothing but what a file names: write one with --dry-run -o csv, look at it, and give it \
             to --from",
        ));
    }
    Work::read(bulk, before, Deed::Delete)?.on_channels(None, include_flex)
}

/// Mutes or unmutes memberships.
pub(crate) fn level(
    bulk: &Bulk,
    before: &Account,
    deed: Deed,
    user: Option<&str>,
) -> Result<Exit, Failed> {
    let work = Work::read(bulk, before, deed)?;
    if work.named.is_some() == user.is_some() {
        let words = "name either a user (--user ana) or a file of memberships (--from FILE)";
        return Err(Failed::new(Exit::Usage, words));
    }
    let sieve = Sieve::new::<NamedMembership>(bulk.filter.as_deref())?;
    let user = Address::from_text(user.unwrap_or_default());
    wait(async {
        let (desk, task, named) = work.open().await?;
        let candidates = match named {
            Some(named) => named,
            None => of_user(&desk, task.service, &user, sieve).await?,
        };
        planned(&desk, bulk, task, false, candidates).await
    })
}

/// Work that was asked for.
struct Work<'a> {
    bulk: &'a Bulk,
    account: Account,
    service: Sid<Service>,
    deed: Deed,
    /// What a file names.
    named: Option<Vec<Candidate>>,
}

impl<'a> Work<'a> {
    fn read(bulk: &'a Bulk, before: &Account, deed: Deed) -> Result<Self, Failed> {
        let (account, service) = (bulk.account.after(before), parsed(&bulk.service)?);
        let named = named(bulk, &deed)?;
        Ok(Self { bulk, account, service, deed, named })
    }

    /// The account; where something is to be written it must be possible before anything is read.
    async fn open(self) -> Result<(Desk, Task, Option<Vec<Candidate>>), Failed> {
        let desk = Desk::open(&self.account).await?;
        if !self.bulk.dry_run {
            desk.may_write()?;
            desk.state()?;
        }
        let task = Task::new(self.service, self.deed, desk.webhooks);
        Ok((desk, task, self.named))
    }

    fn on_channels(
        self,
        visibility: Option<Visibility>,
        include_flex: bool,
    ) -> Result<Exit, Failed> {
        let bulk = self.bulk;
        let sieve = Sieve::new::<Channel>(bulk.filter.as_deref())?;
        wait(async {
            let (desk, task, named) = self.open().await?;
            let of_flex = if include_flex { HashSet::new() } else { of_flex(&desk).await? };
            let candidates = match named {
                Some(named) => {
                    named.into_iter().map(|named| without_flex(named, &task, &of_flex)).collect()
                }
                None => of_service(&desk, &task, visibility, &of_flex, sieve).await?,
            };
            planned(&desk, bulk, task, include_flex, candidates).await
        })
    }
}

/// The channels of the service that pass. Of a value that is to be set a few show what would change.
async fn of_service(
    desk: &Desk,
    task: &Task,
    visibility: Option<Visibility>,
    of_flex: &HashSet<Sid<Channel>>,
    mut sieve: Sieve,
) -> Result<Vec<Candidate>, Failed> {
    let (mut candidates, mut shown) = (Vec::new(), 0);
    let client = desk.client.reading_ahead(ReadAhead::default().into());
    let page = async |next: Option<&NextPage>| match visibility {
        Some(visibility) => channels::list_of(&client, task.service, visibility, next).await,
        None => channels::list(&client, task.service, next).await,
    };
    let key = |channel: &Channel| channel.sid;
    pages::each_once(key, page, async |channels| {
        for channel in sieve.passing(channels) {
            let candidate = Candidate::of_task(task, &channel, of_flex.contains(&channel.sid));
            let change = change(task, &channel).filter(|_| shown < PREVIEW);
            if let Some(change) = change.filter(|_| matches!(candidate.known, Known::Channel(..))) {
                tell(&format!("  {} {}: {change}", channel.sid, visible(&candidate.label)));
                shown += 1;
            }
            candidates.push(candidate);
        }
        Ok(())
    })
    .await?;
    sieve.report();
    Ok(candidates)
}

/// What setting a value would change in a channel.
fn change(task: &Task, channel: &Channel) -> Option<String> {
    let Deed::Set { pointer, value } = &task.deed else { return None };
    let document = json::parse(channel.attributes.text()).ok()?;
    let there = document.at_pointer(pointer).map_or("nothing", |there| document.raw(there));
    Some(format!("{} → {}", visible(there), visible(value)))
}

/// Text that a terminal does not obey, and not too much of it.
fn visible(text: &str) -> String {
    const MOST: usize = 60;
    let text = shown(text).text();
    match text.char_indices().nth(MOST) {
        Some((at, _)) => text.get(..at).unwrap_or_default().to_owned() + "…",
        None => text,
    }
}

/// The memberships of a user that pass. What their channels are called is asked for where there is a filter.
async fn of_user(
    desk: &Desk,
    service: Sid<Service>,
    user: &Address<crate::api::User>,
    mut sieve: Sieve,
) -> Result<Vec<Candidate>, Failed> {
    let mut candidates = Vec::new();
    let mut names = Names::new(&desk.client, service, !sieve.is_set());
    let page =
        async |next: Option<&NextPage>| memberships::list(&desk.client, service, user, next).await;
    let key = |it: &Membership| it.channel_sid;
    pages::each_once(key, page, async |rows| {
        let rows = sieve.passing(names.of(rows).await?).into_iter();
        candidates.extend(rows.map(|row| {
            let label = row.name().unwrap_or_else(|| row.membership.channel_sid.to_string());
            Candidate::membership(&row.membership, label)
        }));
        Ok(())
    })
    .await?;
    sieve.report();
    Ok(candidates)
}

/// The chat channels that Flex owns.
async fn of_flex(desk: &Desk) -> Result<HashSet<Sid<Channel>>, Failed> {
    survey::of_flex(&desk.client, |_| {}).await.map_err(|error| {
        let why = "which channels Flex owns cannot be read; --include-flex goes on without knowing";
        let error = Failed::from(error);
        Failed::new(error.exit, format!("{why}: {}", error.words))
    })
}

fn without_flex(named: Candidate, task: &Task, of_flex: &HashSet<Sid<Channel>>) -> Candidate {
    match named.target {
        Target::Channel(channel) if named.known == Known::Nothing && of_flex.contains(&channel) => {
            Candidate { known: Known::Rejected(plan::of_flex(&task.deed).to_owned()), ..named }
        }
        _ => named,
    }
}
