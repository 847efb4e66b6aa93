//! Looking for a text in all services. Their channels and users are listed as they are when they are opened, a few at a
//! time, and whatever comes is looked at; a whole sid is read directly in each service. Nothing waits for anything:
//! what was found shows at once, with how much was searched.

mod drive;

use std::collections::{HashMap, HashSet};

use crate::api::{
    chat::{channels::Channel, services::Service, users::User},
    page::{NextPage, Page},
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    entities::Entities,
    list::{Ask, Entry, List, Rows},
    model::Model,
    notice::{Problem, ProblemKind},
    place::Place,
    places::found::Hit,
    query::Query,
    remote::{Remote, Settled},
    ticket::{Lane, Reply},
};

pub use self::drive::{refresh, retry, stop};

/// What is looked for, and how far that has come.
#[derive(Debug)]
pub struct Search {
    text: String,
    sought: Sought,
    query: Query,
    /// How much of each list was looked at.
    looked: HashMap<Place, Looked>,
    /// Lists that are to be read anew before what they hold counts.
    reread: HashSet<Place>,
    /// Those of them that were asked for: their rows count when all are in.
    anew: HashSet<Place>,
    /// Lists that failed and are to be asked once more.
    retried: HashSet<Place>,
    /// What was found and does not show yet.
    came: Vec<Hit>,
    is_begun: bool,
    is_stopped: bool,
    /// The first that is found is gone to.
    goes_there: bool,
}

/// How something is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sought {
    /// In the rows of the lists.
    Text,
    /// By the sid of a channel: each service is asked whether it has it.
    Channel(Sid<Channel>),
    /// By the sid of a user.
    User(Sid<User>),
}

/// How much of a list was looked at, and in which of its readings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Looked {
    reading: usize,
    rows: usize,
}

/// How far a search has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many services were searched to their end.
    pub searched: usize,
    /// How many services are known.
    pub of: usize,
    /// Whether there may be more services.
    pub more: bool,
    /// Those that could not be searched, with what of them could not be read.
    pub failed: Vec<(Sid<Service>, &'static str)>,
}

/// What became of one service.
enum Standing {
    Searched,
    Open,
    Failed(&'static str),
}

impl Search {
    fn new(text: &str) -> Self {
        let (channel, user) = (text.parse().ok(), text.parse().ok());
        let sought = match (channel, user) {
            (Some(channel), _) => Sought::Channel(channel),
            (None, Some(user)) => Sought::User(user),
            (None, None) => Sought::Text,
        };
        Self {
            text: text.to_owned(),
            sought,
            query: Query::holding(text),
            looked: HashMap::new(),
            reread: HashSet::new(),
            anew: HashSet::new(),
            retried: HashSet::new(),
            came: Vec::new(),
            is_begun: false,
            is_stopped: false,
            goes_there: false,
        }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the person gave up waiting.
    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }
}

/// Begins to look for a text; without one goes back to what was found last.
///
/// # Errors
/// When there is nothing to look for.
pub fn begin(model: &mut Model, text: &str) -> Result<Vec<Effect>, String> {
    if text.is_empty() && model.search.is_none() {
        return Err("find what? a part of a name, unique name, identity or sid".to_owned());
    }
    let mut effects = Vec::new();
    if !text.is_empty() {
        effects = drive::drop_direct(model);
        model.search = Some(Search::new(text));
        model.lists.found = List::default();
    }
    model.moved_at = None;
    model.path.look_at(Place::Found);
    Ok(effects)
}

/// Lets a console that has not begun yet look for a sid, and go there as soon as it is found.
pub fn begin_at(model: &mut Model, sid: &str) {
    model.search = Some(Search { goes_there: true, ..Search::new(sid) });
    model.path.look_at(Place::Found);
}

/// How far the search has come.
pub fn progress(model: &Model) -> Progress {
    let services = &model.lists.services;
    let mut progress = Progress { more: !services.is_complete(), ..Progress::default() };
    let Some(search) = &model.search else { return progress };
    for &service in services.first_rows() {
        progress.of += 1;
        match standing(model, search, service) {
            Standing::Searched => progress.searched += 1,
            Standing::Failed(what) => progress.failed.push((service, what)),
            Standing::Open => {}
        }
    }
    progress
}

/// Whether the rows of lists that are here already are still to be looked at.
pub fn is_at_work(model: &Model) -> bool {
    let Some(search) = model.search.as_ref().filter(|_| is_open(model)) else { return false };
    let unseen = |&place: &Place| {
        let list = model.rows(place).filter(|&list| counts(search, place, list));
        list.is_some_and(|list| !is_all_looked_at(search, place, list))
    };
    search.sought == Sought::Text && parts(model).iter().any(unseen)
}

/// Looks at what has come since, shows what was found, and asks for more. Called at the end of every update.
pub fn settle(model: &mut Model) -> Vec<Effect> {
    if !is_open(model) {
        return Vec::new();
    }
    look(model);
    let effects = drive::ask_for_more(model);
    show(model);
    effects
}

/// The search goes on while its place is on the path.
fn is_open(model: &Model) -> bool {
    model.search.is_some() && model.path.places().contains(&Place::Found)
}

/// The lists in which is looked.
fn parts(model: &Model) -> Vec<Place> {
    let services = model.lists.services.first_rows().iter();
    services.flat_map(|&it| [Place::Channels(it), Place::Users(it)]).collect()
}

fn standing(model: &Model, search: &Search, service: Sid<Service>) -> Standing {
    if search.sought != Sought::Text {
        return directly(model.fetches.get(&Lane::Sought(service)));
    }
    let mut standing = Standing::Searched;
    for (place, what) in [(Place::Channels(service), "channels"), (Place::Users(service), "users")]
    {
        let rows = model.rows(place).filter(|_| !search.reread.contains(&place));
        let extent = rows.map(Rows::extent);
        if extent.is_some_and(|extent| extent.problem().is_some()) {
            return Standing::Failed(what);
        }
        let searched =
            rows.is_some_and(|rows| rows.is_complete() && is_all_looked_at(search, place, rows));
        if !searched {
            standing = Standing::Open;
        }
    }
    standing
}

/// Whether a service was asked for what bears the sid; that it has no such thing is an answer.
fn directly(fetch: Option<&Remote<()>>) -> Standing {
    let Some(fetch) = fetch.filter(|fetch| !fetch.is_loading()) else { return Standing::Open };
    match fetch.problem() {
        Some(problem) if problem.kind == ProblemKind::Gone => Standing::Searched,
        Some(_) => Standing::Failed("the sid"),
        None if fetch.fresh_at().is_some() => Standing::Searched,
        None => Standing::Open,
    }
}

/// Whether a list's rows count: of those that are read anew only the new ones do.
fn counts(search: &Search, place: Place, rows: &dyn Rows) -> bool {
    let is_due = search.reread.contains(&place);
    !is_due && (!search.anew.contains(&place) || rows.is_complete())
}

fn is_all_looked_at(search: &Search, place: Place, rows: &dyn Rows) -> bool {
    let now = Looked { reading: rows.readings(), rows: rows.loaded() };
    search.looked.get(&place).copied().unwrap_or_default() == now
}

/// So much is looked at in one go, so that a key never waits longer than a few milliseconds; what a row costs.
const AT_ONCE: usize = 200_000;
const OF_CHANNEL: usize = 1;
const OF_USER: usize = 20;

fn look(model: &mut Model) {
    let places = parts(model);
    let Model { search: Some(search), lists, entities, .. } = model else { return };
    if search.sought != Sought::Text {
        return;
    }
    let mut budget = AT_ONCE;
    for place in places {
        if lists.rows(place).is_none_or(|rows| !counts(search, place, rows)) {
            continue;
        }
        let Search { looked, query, came, .. } = search;
        let looked = looked.entry(place).or_default();
        match place {
            Place::Channels(service) => {
                let Some(list) = lists.channels.get(&service) else { continue };
                let rows = fresh(list, looked, &mut budget, OF_CHANNEL);
                came.extend(sifted(rows, query, entities).into_iter().map(Hit::Channel));
            }
            Place::Users(service) => {
                let Some(list) = lists.users.get(&service) else { continue };
                let rows = fresh(list, looked, &mut budget, OF_USER);
                came.extend(sifted(rows, query, entities).into_iter().map(Hit::User));
            }
            _ => {}
        }
    }
}

/// The rows of a list that were not looked at yet, as far as the budget goes.
fn fresh<'a, K: Entry>(
    list: &'a List<K>,
    looked: &mut Looked,
    budget: &mut usize,
    cost: usize,
) -> &'a [K] {
    if looked.reading != list.readings() {
        *looked = Looked { reading: list.readings(), rows: 0 };
    }
    let rows = list.first_rows().get(looked.rows..).unwrap_or_default();
    let rows = rows.get(..rows.len().min(*budget / cost)).unwrap_or_default();
    *budget -= rows.len() * cost;
    looked.rows += rows.len();
    rows
}

/// The rows that pass.
pub(in crate::app) fn sifted<K: Entry>(rows: &[K], query: &Query, entities: &Entities) -> Vec<K> {
    let mut passing = Vec::new();
    if !rows.is_empty() {
        K::sift(query, rows, entities, &mut passing);
    }
    passing
}

/// Puts what was found into the list, and ends it when every service was searched.
fn show(model: &mut Model) {
    let Progress { searched, of, more, .. } = progress(model);
    let Model { search: Some(search), lists, entities, tickets, now, .. } = model else { return };
    let list = &mut lists.found;
    let ends = searched == of && !more;
    let is_news = !search.came.is_empty() || (ends && !list.is_complete()) || !search.is_begun;
    if !is_news {
        return;
    }
    let hits = std::mem::take(&mut search.came);
    if search.is_begun && list.is_complete() {
        // A list was read anew by itself.
        list.take_in(&hits, entities);
        return;
    }
    let how = if search.is_begun { Ask::More } else { Ask::First };
    let lane = Lane::List(Place::Found);
    let Some((ticket, _)) = list.begin(how, tickets, lane, *now) else { return };
    search.is_begun = true;
    let next = (!ends).then(|| NextPage::of_our_own("more"));
    let page = Page { items: hits, next, unreadable: 0 };
    list.settle(Reply { ticket, result: Ok(page) }, *now, entities);
}

/// A service answered whether it has the channel of this sid.
pub(in crate::app) fn channel_came(model: &mut Model, reply: Reply<Channel>) -> Vec<Effect> {
    let serial = reply.ticket.serial;
    if let Some(channel) = came(model, reply) {
        let row = model.entities.put_channel(channel, serial);
        find(model, Hit::Channel(row));
    }
    Vec::new()
}

/// A service answered whether it has the user of this sid.
pub(in crate::app) fn user_came(model: &mut Model, reply: Reply<User>) -> Vec<Effect> {
    if let Some(user) = came(model, reply) {
        let sid = user.sid;
        model.entities.put_user(user);
        find(model, Hit::User(sid));
    }
    Vec::new()
}

fn find(model: &mut Model, hit: Hit) {
    let Some(search) = &mut model.search else { return };
    search.came.push(hit);
    let goes_there = std::mem::take(&mut search.goes_there) && model.path.focus() == Place::Found;
    let Some(place) = hit.place(&model.entities).filter(|_| goes_there) else { return };
    let Some(service) = place.service() else { return };
    let is_user = matches!(place, Place::Memberships(..));
    model.path.jump(if is_user { Place::Users(service) } else { Place::Channels(service) });
    model.path.enter(place);
}

fn came<T>(model: &mut Model, reply: Reply<T>) -> Option<T> {
    let lane = reply.ticket.lane;
    let Lane::Sought(service) = lane else { return None };
    let mut arrived = None;
    let fetch = model.fetches.get_mut(&lane)?;
    let settled = fetch.settle(reply, model.now, |answered, it| {
        (*answered, arrived) = (Some(()), Some(it));
    });
    if let Settled::Failed(problem) = settled {
        drive::told(model, service, &problem);
    }
    arrived
}

/// Why a service could not be searched.
pub fn problem(model: &Model, service: Sid<Service>) -> Option<&Problem> {
    let of = |place| model.rows(place).and_then(|rows| rows.extent().problem());
    let direct = model.fetches.get(&Lane::Sought(service)).and_then(Remote::problem);
    of(Place::Channels(service)).or_else(|| of(Place::Users(service))).or(direct)
}
