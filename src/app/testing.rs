//! What tests are made of: a console on a practice account, nouns with made-up sids, keys spelled as the table spells
//! them, and a small world that answers orders. No test of its own.

mod nouns;
mod world;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use ratatui::layout::Size;

pub(crate) use self::{
    nouns::*,
    world::{World, failure},
};
use crate::api::page::{NextPage, Page};
use crate::app::{
    effect::Effect,
    list::{Entry, List},
    model::{Account, Model, Session},
    msg::Msg,
    notice::{Problem, ProblemKind},
    place::Place,
    remote::Remote,
    ticket::{Lane, Reply, Ticket},
    update::{begin, update},
};
use crate::state::{self, Kept, Record, Standing};

/// The moment at which every test begins.
pub(crate) fn start() -> Timestamp {
    "2026-03-02T14:02:11Z".parse().expect("a moment")
}

/// A console of this size on the practice account, nothing asked yet.
pub(crate) fn console(width: u16, height: u16) -> Model {
    Model::new(
        Session::Open(Account::practice(None)),
        Size::new(width, height),
        start(),
        TimeZone::UTC,
    )
}

/// A console without credentials.
pub(crate) fn first_run(width: u16, height: u16) -> Model {
    let looked_at = "TWILIO_* in the environment".to_owned();
    let session = Session::FirstRun { looked_at, starting: Remote::default(), tour: false };
    Model::new(session, Size::new(width, height), start(), TimeZone::UTC)
}

/// A console that has begun, walked to these places and had everything answered.
pub(crate) fn console_at(world: &mut World, size: (u16, u16), places: &[Place]) -> Model {
    let mut model = console(size.0, size.1);
    for &place in places {
        model.path.enter(place);
    }
    let begun = begin(&mut model);
    world.serve(&mut model, begun);
    model
}

/// The key that the table spells so.
pub(crate) fn key(spelled: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    let mut letters = spelled.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some('^'), Some(letter), None) => {
            return KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
        }
        (Some(letter), None, _) => return plain(KeyCode::Char(letter)),
        _ => {}
    }
    plain(match spelled {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "S-Tab" => KeyCode::BackTab,
        "Space" => KeyCode::Char(' '),
        "Backspace" => KeyCode::Backspace,
        "Delete" => KeyCode::Delete,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "F1" => KeyCode::F(1),
        "F2" => KeyCode::F(2),
        "F3" => KeyCode::F(3),
        "F4" => KeyCode::F(4),
        "F5" => KeyCode::F(5),
        "F6" => KeyCode::F(6),
        "F7" => KeyCode::F(7),
        "F8" => KeyCode::F(8),
        other => panic!("no such key: {other}"),
    })
}

/// Presses keys, spelled with blanks between them; all orders that come of it.
pub(crate) fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    keys.split_whitespace().flat_map(|spelled| update(model, Msg::Key(key(spelled)))).collect()
}

/// Types a text, letter by letter.
pub(crate) fn write(model: &mut Model, text: &str) -> Vec<Effect> {
    let letter = |letter| Msg::Key(KeyEvent::from(KeyCode::Char(letter)));
    text.chars().flat_map(|typed| update(model, letter(typed))).collect()
}

/// Lets time pass.
pub(crate) fn wait(model: &mut Model, millis: i64) -> Vec<Effect> {
    let later = model.now + SignedDuration::from_millis(millis);
    update(model, Msg::Tick(later))
}

/// Answers an order with a failure.
pub(crate) fn fail(model: &mut Model, order: &Effect, problem: Problem) -> Vec<Effect> {
    let answer = failure(order, problem).expect("an order that has an answer");
    update(model, answer)
}

/// A failure of a kind.
pub(crate) fn problem(kind: ProblemKind) -> Problem {
    Problem::new(
        kind,
        match kind {
            ProblemKind::Auth => "the server does not accept these credentials",
            ProblemKind::Refused => "the server said no",
            ProblemKind::Gone => "the server does not know it",
            ProblemKind::Throttled => "too many requests",
            ProblemKind::Offline => "no connection to chat.twilio.com",
            ProblemKind::NotUnderstood => "the answer is not JSON",
            ProblemKind::OutcomeUnknown => "the connection broke off",
            ProblemKind::Bug => "a bug",
        },
    )
}

/// A refusal by one of the vendor's codes.
pub(crate) fn refusal(code: u32, why: &str) -> Problem {
    Problem {
        reference: Some(format!("status 400, code {code}")),
        code: Some(code),
        ..Problem::new(ProblemKind::Refused, why)
    }
}

/// The identity of an order's question.
pub(crate) fn ticket(order: &Effect) -> Ticket {
    ticket_of(order).expect("an order with a ticket")
}

/// The same, where there is one.
pub(crate) fn ticket_of(order: &Effect) -> Option<Ticket> {
    ticket_in(&mut order.clone()).copied()
}

fn ticket_in(order: &mut Effect) -> Option<&mut Ticket> {
    Some(match order {
        Effect::StartSandbox { ticket }
        | Effect::Connect { ticket, .. }
        | Effect::ListServices { ticket, .. }
        | Effect::ListChannels { ticket, .. }
        | Effect::RecallListing { ticket, .. }
        | Effect::ListUsers { ticket, .. }
        | Effect::ListMembers { ticket, .. }
        | Effect::ListMemberships { ticket, .. }
        | Effect::FetchService { ticket, .. }
        | Effect::FetchChannel { ticket, .. }
        | Effect::FetchUser { ticket, .. }
        | Effect::FetchPerson { ticket, .. }
        | Effect::FetchNamed { ticket, .. }
        | Effect::ListMessages { ticket, .. }
        | Effect::ListInvites { ticket, .. }
        | Effect::ListRoles { ticket, .. }
        | Effect::ListFlexChannels { ticket, .. }
        | Effect::ListFlows { ticket, .. }
        | Effect::FetchFlexChannel { ticket, .. }
        | Effect::ListJournal { ticket, .. }
        | Effect::FindUndoable { ticket }
        | Effect::Survey { ticket, .. }
        | Effect::BeginJob { ticket, .. }
        | Effect::SignIn { ticket, .. }
        | Effect::ResumeJob { ticket, .. }
        | Effect::ListJobs { ticket, .. }
        | Effect::ListJobRows { ticket, .. }
        | Effect::SaveChannel { ticket, .. }
        | Effect::SaveMembership { ticket, .. }
        | Effect::CreateChannel { ticket, .. }
        | Effect::MigrateChannel { ticket, .. }
        | Effect::DeleteChannel { ticket, .. }
        | Effect::DeleteMembership { ticket, .. }
        | Effect::CreateFlexChannel { ticket, .. }
        | Effect::DeleteFlexChannel { ticket, .. }
        | Effect::RecallJournal { ticket }
        | Effect::RereadCreated { ticket, .. }
        | Effect::RereadFlexChannel { ticket, .. }
        | Effect::RereadChannel { ticket, .. }
        | Effect::RereadMembership { ticket, .. } => ticket,
        Effect::Adopt { .. }
        | Effect::Abort(_)
        | Effect::GoOn
        | Effect::TakeMouse(_)
        | Effect::KeepBorders(_)
        | Effect::Redraw
        | Effect::Suspend
        | Effect::Copy { .. }
        | Effect::Hurt { .. }
        | Effect::PrintBelow { .. }
        | Effect::Settle { .. }
        | Effect::SettleEntry { .. }
        | Effect::TellJob(_)
        | Effect::SavePlan { .. }
        | Effect::SaveReport { .. }
        | Effect::KeepDraft { .. }
        | Effect::DropDraft { .. }
        | Effect::OpenEditor { .. }
        | Effect::Exit { .. } => return None,
    })
}

/// Orders without the moment they were given at, to compare with [`on`].
pub(crate) fn bare(orders: &[Effect]) -> Vec<Effect> {
    let mut orders = orders.to_vec();
    for order in &mut orders {
        // Adopting has no answer, but bears the ticket of the question that led to it.
        if let Effect::Adopt { ticket } = order {
            ticket.serial = 0;
        } else if let Some(ticket) = ticket_in(order) {
            ticket.serial = 0;
        }
        if let Some(record) = record_of(order) {
            **record = Record::default();
        }
    }
    orders
}

/// What the journal is told of a write.
pub(crate) fn record_of(order: &mut Effect) -> Option<&mut Box<Record>> {
    match order {
        Effect::SaveChannel { record, .. }
        | Effect::SaveMembership { record, .. }
        | Effect::CreateChannel { record, .. }
        | Effect::MigrateChannel { record, .. }
        | Effect::DeleteChannel { record, .. }
        | Effect::DeleteMembership { record, .. }
        | Effect::CreateFlexChannel { record, .. }
        | Effect::DeleteFlexChannel { record, .. } => Some(record),
        _ => None,
    }
}

/// A line of the journal: of a write that was done.
pub(crate) fn written(number: &str, record: Record) -> state::Entry {
    state::Entry {
        id: number.parse().expect("the number of a line"),
        begun: start(),
        record,
        kept: Kept::Full,
        standing: Standing::Done,
        ended: Some(start()),
        status: Some(200),
        code: None,
        message: None,
        request_id: None,
        duration: None,
        made: None,
        undone_by: None,
    }
}

/// A ticket on a lane, whenever it was given.
pub(crate) fn on(lane: Lane) -> Ticket {
    Ticket { lane, serial: 0 }
}

/// The order for a page of a place.
pub(crate) fn listing(place: Place, next: Option<&NextPage>) -> Effect {
    let (ticket, next) = (on(Lane::List(place)), next.cloned());
    match place {
        Place::Services => Effect::ListServices { ticket, next },
        Place::Channels(service) => Effect::ListChannels { ticket, service, next },
        Place::Users(service) => Effect::ListUsers { ticket, service, next },
        Place::Members(service, channel) => Effect::ListMembers { ticket, service, channel, next },
        Place::Memberships(service, user) => {
            Effect::ListMemberships { ticket, service, user, next }
        }
        Place::Messages(service, channel) => {
            Effect::ListMessages { ticket, service, channel, next }
        }
        Place::Invites(service, channel) => Effect::ListInvites { ticket, service, channel, next },
        Place::Roles(service) => Effect::ListRoles { ticket, service, next },
        Place::Flex => Effect::ListFlexChannels { ticket, next },
        Place::Flows => Effect::ListFlows { ticket, next },
        Place::Journal => Effect::ListJournal { ticket, next },
        Place::Jobs => Effect::ListJobs { ticket, next },
        Place::Job(job) => Effect::ListJobRows { ticket, job, next },
        Place::Channel(..)
        | Place::Attributes(..)
        | Place::Message(..)
        | Place::Role(..)
        | Place::FlexChannel(_)
        | Place::JournalEntry(_)
        | Place::Found => panic!("not a list: {place:?}"),
    }
}

/// A page of these, with a way on where there is one.
pub(crate) fn page<T>(items: Vec<T>, next: Option<&str>) -> Page<T> {
    Page { items, next: next.map(NextPage::made_up), unreadable: 0 }
}

/// An answer to an order.
pub(crate) fn reply<T>(order: &Effect, value: T) -> Reply<T> {
    Reply { ticket: ticket(order), result: Ok(value) }
}

/// All that was said, the newest first.
pub(crate) fn said(model: &Model) -> Vec<&str> {
    model.notices.log().map(|notice| notice.text.as_str()).collect()
}

/// What was said last.
pub(crate) fn last_said(model: &Model) -> &str {
    said(model).first().copied().unwrap_or_default()
}

/// Whether the cursor is on a shown row in view, or nowhere when no row is shown.
pub(crate) fn is_sound<K: Entry>(list: &List<K>) -> bool {
    use crate::app::list::Rows;
    let (at, top, height, shown) = (list.at(), list.top(), list.height(), list.shown());
    if shown == 0 {
        return list.cursor().is_none() && list.window().is_empty();
    }
    let in_view = top <= at && at < top + height && at < shown;
    in_view && list.cursor() == list.window().get(at - top).copied() && list.cursor().is_some()
}
