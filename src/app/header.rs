//! The line at the top as words and where they stand: the account, the path, how the contact is.

use unicode_width::UnicodeWidthStr;

use crate::api::client::Webhooks;
use crate::app::{
    layout::{self, Class},
    model::{Model, Session},
    moments,
    place::{Place, Subject},
    places::{channels, found, message, roles, services, users},
};

/// What a badge is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// All is as it should be.
    Calm,
    /// It matters less.
    Dim,
    /// How the panes are arranged.
    Arranged,
    /// Sent and not confirmed.
    Pending,
    /// Needs attention.
    Warn,
    /// Failed.
    Bad,
}

/// A word of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// The word, safe to show.
    pub word: String,
    /// Which place of the path it leads to; nothing where places were left out.
    pub place: Option<usize>,
    /// Whether the person is there.
    pub is_focus: bool,
    /// Its first cell.
    pub x: u16,
}

impl Crumb {
    /// How many cells it takes.
    pub fn width(&self) -> u16 {
        u16::try_from(self.word.width()).unwrap_or(u16::MAX)
    }
}

/// The header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// How the account is called.
    pub label: String,
    /// Where it is, if that is not the vendor's own host.
    pub host: Option<String>,
    /// The path, its first places left out when there is no room for all.
    pub crumbs: Vec<Crumb>,
    /// What stands to the right.
    pub badges: Vec<(String, Mood)>,
    /// How many cells there are before the badges.
    pub room: u16,
}

/// What stands between two words of the path.
pub const BEFORE_A_CRUMB: &str = " › ";

/// The header of a screen this wide.
pub fn header(model: &Model, width: u16) -> Header {
    let badges = badges(model);
    let taken: usize = badges.iter().map(|(words, _)| words.width()).sum();
    let room = usize::from(width).saturating_sub(taken + 3);
    let (label, host) = match &model.session {
        Session::FirstRun { .. } => (" Switchboard ".to_owned(), None),
        Session::Open(account) => {
            // By a word too: not every terminal has colours, nor every eye.
            let production = if account.production { " PROD" } else { "" };
            let host = account.host.as_ref().map(|host| format!(" {host}"));
            (format!("{production} {} ", account.label), host)
        }
    };
    let used = label.width() + host.as_ref().map_or(0, |host| host.width());
    let crumbs = match model.session {
        Session::Open(_) => crumbs(model, used, room.saturating_sub(used)),
        Session::FirstRun { .. } => Vec::new(),
    };
    Header { label, host, crumbs, badges, room: u16::try_from(room).unwrap_or(u16::MAX) }
}

fn crumbs(model: &Model, from: usize, room: usize) -> Vec<Crumb> {
    let path = model.path.places();
    // Flex lies beside the services, not in one of them.
    let beside = usize::from(matches!(path.get(1), Some(Place::Flex | Place::Flows)));
    let last = path.len().saturating_sub(1);
    let words = path.iter().enumerate().skip(beside).flat_map(|(at, &place)| {
        let is_found = at.checked_sub(1).and_then(|at| path.get(at)) == Some(&Place::Found);
        let service = place.service().filter(|_| is_found);
        let of = service.map(|service| services::title(&model.entities, service));
        let words = of.into_iter().chain(names(model, place));
        let crumb = move |word| Crumb { word, place: Some(at), is_focus: at == last, x: 0 };
        words.map(crumb).collect::<Vec<_>>()
    });
    let mut crumbs: Vec<Crumb> = words.collect();
    let width = |crumbs: &[Crumb]| -> usize {
        crumbs.iter().map(|crumb| crumb.word.width() + BEFORE_A_CRUMB.width()).sum()
    };
    let mut cut = false;
    while crumbs.len() > 1 && width(&crumbs) + 4 > room {
        crumbs.remove(0);
        cut = true;
    }
    if cut {
        crumbs.insert(0, Crumb { word: "…".to_owned(), place: None, is_focus: false, x: 0 });
    }
    let mut x = from;
    for crumb in &mut crumbs {
        x += BEFORE_A_CRUMB.width();
        crumb.x = u16::try_from(x).unwrap_or(u16::MAX);
        x += crumb.word.width();
    }
    crumbs
}

/// How a place is called on the path.
pub fn names(model: &Model, place: Place) -> Vec<String> {
    let entities = &model.entities;
    match place {
        Place::Services => vec!["Services".to_owned()],
        Place::Channels(service) => vec![services::title(entities, service), "Channels".to_owned()],
        Place::Users(service) => vec![services::title(entities, service), "Users".to_owned()],
        Place::Channel(_, channel) | Place::FlexChannel(channel) => {
            vec![channels::title_of(entities, channel)]
        }
        Place::Members(..) => vec!["Members".to_owned()],
        Place::Memberships(_, user) => vec![users::title(entities, user)],
        Place::Attributes(_, Subject::Channel(_) | Subject::User(_) | Subject::Message(_)) => {
            vec!["Attributes".to_owned()]
        }
        Place::Messages(..) => vec!["Messages".to_owned()],
        Place::Message(.., message) => vec![message::number(entities, message)],
        Place::Invites(..) => vec!["Invites".to_owned()],
        Place::Roles(service) => vec![services::title(entities, service), "Roles".to_owned()],
        Place::Role(_, role) => vec![roles::title(entities, role)],
        Place::Flex => vec!["Flex".to_owned()],
        Place::Flows => vec!["Flows".to_owned()],
        Place::Journal => vec!["Journal".to_owned()],
        Place::JournalEntry(id) => vec![id.to_string()],
        Place::Found => vec![found::title(model)],
        Place::Jobs => vec!["Jobs".to_owned()],
        Place::Job(id) => vec![format!("Job {id}")],
    }
}

/// What stands to the right, each but the last with what parts it from the next.
fn badges(model: &Model) -> Vec<(String, Mood)> {
    let contact = &model.contact;
    let out = model.entities.writes_out();
    let saving = (out > 0).then(|| (format!("saving {out}"), Mood::Pending));
    let webhooks = (model.webhooks == Webhooks::On).then(|| ("webhooks on".to_owned(), Mood::Warn));
    let state = if let Some((until, why)) = &contact.waiting {
        let left = moments::wait(until.duration_since(model.now));
        Some((format!("waiting {left} ({why})"), Mood::Warn))
    } else if let Some(since) = contact.away_since {
        let mut words = format!("offline since {}", moments::clock(since, &model.zone));
        if let Some(at) = contact.retry_at {
            let left = moments::wait(at.duration_since(model.now));
            words.extend([" · again in ", &left]);
        }
        Some((words, Mood::Bad))
    } else {
        contact.answered.map(|(at, millis)| {
            (format!("{} · {millis} ms", moments::clock(at, &model.zone)), Mood::Dim)
        })
    };
    let all = [saving, arranged(model), access(model), webhooks, state];
    let mut badges: Vec<(String, Mood)> = all.into_iter().flatten().collect();
    let last = badges.len().saturating_sub(1);
    for (words, _) in badges.iter_mut().take(last) {
        words.push_str(" · ");
    }
    badges
}

/// How the panes are arranged, where that is not as usual.
fn arranged(model: &Model) -> Option<(String, Mood)> {
    let arrangement = model.arrangement;
    if !matches!(model.session, Session::Open(_)) || layout::class(model) != Class::One {
        return None;
    }
    let is_list = model.path.focus().is_list();
    let words = if arrangement.wide && is_list {
        "wide"
    } else if arrangement.zoomed && model.size.width >= layout::TWO_PANES {
        "zoom"
    } else {
        return None;
    };
    Some((words.to_owned(), Mood::Arranged))
}

/// Whether anything may be changed here, where that is not a matter of course.
fn access(model: &Model) -> Option<(String, Mood)> {
    let Session::Open(account) = &model.session else { return None };
    match (&account.reads_only, account.production) {
        (Some(_), _) => Some(("read-only".to_owned(), Mood::Calm)),
        (None, true) => Some(("writes on".to_owned(), Mood::Warn)),
        (None, false) => None,
    }
}
