//! `switchboard migrate`, `mute` and `unmute`: many writes without a screen.

use std::{
    collections::HashSet,
    fs,
    hash::Hash,
    io::{self, BufRead, IsTerminal, Read},
    str::FromStr,
};

use crate::{
    api::{
        Address, Error,
        chat::{
            channels::{self, Channel, Visibility},
            memberships::{self, Membership},
            services::Service,
        },
        page::{NextPage, Page},
        sid::{MessagingService, Sid},
    },
    cli::{Account, Bulk},
    commands::{
        Exit, Failed,
        headless::{Desk, plan_text, tell, wait},
        print,
    },
    jobs::{
        plan::{self, Candidate, Known, OF_FLEX, Plan},
        survey::{self, Listed},
        task::{Deed, Target, Task},
    },
};

/// Makes public channels private.
pub(crate) fn migrate(
    bulk: &Bulk,
    before: &Account,
    include_flex: bool,
    messaging_service: Option<&str>,
) -> Result<Exit, Failed> {
    let service = parsed(&bulk.service)?;
    let messaging_service = messaging_service.map(parsed::<Sid<MessagingService>>).transpose()?;
    let named = named(bulk)?;
    wait(async {
        let desk = Desk::open(&bulk.account.after(before)).await?;
        let of_flex = if include_flex { HashSet::new() } else { of_flex(&desk).await? };
        let candidates = if let Some(named) = named {
            named.into_iter().map(|named| without_flex(named, &of_flex)).collect()
        } else {
            let public = all(
                |channel: &Channel| channel.sid,
                async |next| {
                    channels::list_of(&desk.client, service, Visibility::Public, next).await
                },
            );
            let public = public.await?.into_iter();
            public
                .map(|channel| Candidate::channel(&channel, of_flex.contains(&channel.sid)))
                .collect()
        };
        let deed = Deed::Migrate { messaging_service };
        planned(&desk, bulk, service, deed, include_flex, candidates).await
    })
}

/// Mutes or unmutes memberships.
pub(crate) fn level(
    bulk: &Bulk,
    before: &Account,
    deed: Deed,
    user: Option<&str>,
) -> Result<Exit, Failed> {
    let service = parsed(&bulk.service)?;
    let named = named(bulk)?;
    let usage = |words: &str| Failed::new(Exit::Usage, words);
    if named.is_some() == user.is_some() {
        return Err(usage(
            "name either a user (--user ana) or a file of memberships (--from FILE)",
        ));
    }
    wait(async {
        let desk = Desk::open(&bulk.account.after(before)).await?;
        let candidates = match (named, user) {
            (Some(named), _) => named,
            (None, user) => {
                let user = Address::from_text(user.unwrap_or_default());
                let list = all(
                    |it: &Membership| it.channel_sid,
                    async |next| memberships::list(&desk.client, service, &user, next).await,
                );
                let list = list.await?.into_iter();
                list.map(|it| Candidate::membership(&it, it.channel_sid.to_string())).collect()
            }
        };
        planned(&desk, bulk, service, deed, false, candidates).await
    })
}

/// Shows what would be done; does it, if that was asked for and nobody objects.
async fn planned(
    desk: &Desk,
    bulk: &Bulk,
    service: Sid<Service>,
    deed: Deed,
    include_flex: bool,
    candidates: Vec<Candidate>,
) -> Result<Exit, Failed> {
    let task = Task { service, deed, webhooks: desk.webhooks };
    let plan = Plan::of(task.clone(), include_flex, candidates);
    let count = plan.count();
    tell(&format!("{}: {count} of {}", task.deed.words(), plan.rows.len()));
    for (reason, count) in plan.reasons() {
        tell(&format!("  {count} left out: {reason}"));
    }
    if bulk.dry_run {
        tell("nothing was sent");
        return print(&plan_text(bulk.output, &plan)?).map(|()| Exit::Ok);
    }
    if count == 0 {
        tell("there is nothing to do");
        return Ok(Exit::Ok);
    }
    desk.may_write()?;
    if !task.deed.has_undo() {
        tell("this cannot be undone");
    }
    let estimate = plan.estimate(bulk.rate).as_secs().max(1);
    tell(&format!(
        "webhooks {}, at most {} a second, about {estimate} s",
        on(task.webhooks),
        bulk.rate
    ));
    if !bulk.yes && !agreed(count)? {
        tell("nothing was sent");
        return Ok(Exit::Failure);
    }
    let label = format!("{count} in {service}");
    let new = plan.job(desk.profile.clone(), desk.account.clone(), label);
    let job = desk.state.plan_job(&new, super::headless::now())?;
    tell(&format!("job {job}"));
    desk.run(job, task, bulk.rate, bulk.verify_all, bulk.output).await
}

fn on(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}

/// Asks for the count; whoever cannot be asked must have said so before.
fn agreed(count: usize) -> Result<bool, Failed> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        let words = "nobody can be asked here: add --yes to begin, or --dry-run to see the plan";
        return Err(Failed::new(Exit::Usage, words));
    }
    tell(&format!("type {count} to begin, anything else to leave:"));
    let mut typed = String::new();
    io::stdin().lock().read_line(&mut typed)?;
    Ok(typed.trim() == count.to_string())
}

/// What the file names, if one was given.
fn named(bulk: &Bulk) -> Result<Option<Vec<Candidate>>, Failed> {
    let Some(path) = &bulk.from else { return Ok(None) };
    let usage = |why: String| Failed::new(Exit::Usage, format!("{}: {why}", path.display()));
    let text = if path.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    let text = text.map_err(|error| usage(error.to_string()))?;
    plan::read(&text).map(Some).map_err(|error| usage(error.to_string()))
}

/// The chat channels that Flex owns.
async fn of_flex(desk: &Desk) -> Result<HashSet<Sid<Channel>>, Failed> {
    survey::of_flex(&desk.client, |_| {}).await.map_err(|error| {
        let why = "which channels Flex owns cannot be read; --include-flex goes on without knowing";
        let error = Failed::from(error);
        Failed::new(error.exit, format!("{why}: {}", error.words))
    })
}

fn without_flex(named: Candidate, of_flex: &HashSet<Sid<Channel>>) -> Candidate {
    match named.target {
        Target::Channel(channel) if named.known == Known::Nothing && of_flex.contains(&channel) => {
            Candidate { known: Known::Rejected(OF_FLEX.to_owned()), ..named }
        }
        _ => named,
    }
}

/// All pages of a list. Items that cannot be read are told.
async fn all<T, K: Eq + Hash>(
    key: impl Fn(&T) -> K,
    page: impl AsyncFn(Option<&NextPage>) -> Result<Page<T>, Error>,
) -> Result<Vec<T>, Failed> {
    let page = async |next: Option<NextPage>| page(next.as_ref()).await;
    let Listed { items, unreadable } = survey::all(key, page, |_| {}).await?;
    if unreadable > 0 {
        tell(&format!("{unreadable} without a usable sid could not be read and are left out"));
    }
    Ok(items)
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(typed: &str) -> Result<T, Failed> {
    let wrong = |error: T::Err| {
        let typed = crate::api::remote_text::shown(typed).text();
        Failed::new(Exit::Usage, format!("{typed}: {error}"))
    };
    typed.parse().map_err(wrong)
}
