//! Opening a plan, turning its switches, and beginning it.

use std::borrow::Cow;

use super::{Form, Look, Preview, Proposal, Scope, Survey, Surveyed, Whence, leave};
use crate::api::{
    chat::{channels::Channel, memberships::NotificationLevel, services::Service, users::User},
    client::Webhooks,
    sid::Sid,
};
use crate::app::{
    action::Action,
    effect::Effect,
    entities::{ChannelRow, MembershipKey},
    layout,
    list::Rows,
    model::{Model, Overlay},
    notice::Tone,
    permit,
    place::Place,
    places::{channels, services, users},
    ticket::{EditKey, Lane, Reply, Ticket},
};
use crate::jobs::{
    plan::{Candidate, Known, Plan},
    task::{Deed, Target, Task},
};
use crate::json;

/// For which rows a wish is meant where the person is.
fn scope(model: &Model, place: Place) -> Scope {
    let Some(rows) = model.rows(place) else { return Scope::Row };
    match place {
        Place::Channels(_) | Place::Memberships(..) if rows.marked() > 0 => Scope::Marks,
        // A filter that shows one row is a way to that row.
        Place::Channels(_) if !rows.filter().is_empty() && rows.shown() != 1 => Scope::Filter,
        _ => Scope::Row,
    }
}

/// Whether a wish to migrate, mute or delete is meant for many rows here.
pub fn is_for_many(model: &Model, action: Action) -> bool {
    let place = model.path.focus();
    match (action, place) {
        (Action::Migrate, Place::Channels(_)) => scope(model, place) != Scope::Row,
        (Action::Mute, Place::Memberships(..)) | (Action::Delete, Place::Channels(_)) => {
            scope(model, place) == Scope::Marks
        }
        _ => false,
    }
}

/// Why no plan can be made for the rows here.
pub fn refusal(model: &Model) -> Option<Cow<'static, str>> {
    let rows = model.rows(model.path.focus())?;
    if rows.judged().is_some() {
        return Some("the filter has not judged all rows yet".into());
    }
    if rows.memory().is_some() && rows.marked() == 0 {
        let key = model.key(Action::Refresh);
        return Some(format!("these rows are from an earlier run; {key} reads them anew").into());
    }
    (rows.marked() == 0 && rows.shown() == 0).then(|| "the filter shows no row".into())
}

/// Opens the plan for the rows that are meant here.
pub fn ask(model: &mut Model, deed: Deed) -> Vec<Effect> {
    let place = model.path.focus();
    let proposal = match place {
        Place::Channels(service) => of_channels(model, service, deed),
        Place::Memberships(service, user) => of_marked_memberships(model, service, user),
        _ => None,
    };
    let Some(proposal) = proposal else { return Vec::new() };
    let survey = proposal.asks_flex().then_some(Survey::OfFlex);
    open(model, proposal, survey)
}

/// Opens the plan for all memberships of a user, which are read for it.
pub fn ask_all_of(
    model: &mut Model,
    service: Sid<Service>,
    user: Sid<User>,
    deed: Deed,
) -> Vec<Effect> {
    let task = Task::new(service, deed, model.webhooks == Webhooks::On);
    let whence = Whence::User(users::title(&model.entities, user));
    let proposal = Proposal::new(model.path.focus(), whence, task, Vec::new());
    open(model, proposal, Some(Survey::OfUser(service, user)))
}

fn open(model: &mut Model, mut proposal: Proposal, survey: Option<Survey>) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(survey) = survey {
        let ticket = proposal.reading.ask(&mut model.tickets, Lane::Survey, model.now);
        proposal.survey = Some(survey);
        effects.push(Effect::Survey { ticket, survey });
    }
    proposal.seen(layout::roll_height(model.size));
    model.prompt = None;
    model.overlay = Some(Overlay::Plan(Box::new(proposal)));
    effects
}

fn of_channels(model: &Model, service: Sid<Service>, deed: Deed) -> Option<Proposal> {
    let place = Place::Channels(service);
    let list = model.lists.channels.get(&service)?;
    let task = Task::new(service, deed, model.webhooks == Webhooks::On);
    let (whence, hidden, rows): (_, usize, Vec<ChannelRow>) = match scope(model, place) {
        Scope::Marks => {
            let hidden = list.hidden_marks();
            let count = hidden.len();
            (Whence::Marks, count, hidden.into_iter().chain(list.shown_marks()).collect())
        }
        Scope::Filter => (Whence::Filter(list.filter().to_owned()), 0, list.shown_rows().to_vec()),
        Scope::Row => (Whence::Row, 0, list.cursor().into_iter().collect()),
    };
    let candidates = rows.into_iter().filter_map(|row| candidate(model, row, &task)).collect();
    let mut proposal = Proposal::new(place, whence, task, candidates).hiding(hidden);
    proposal.previews = previews(model, proposal.plan());
    if matches!(proposal.whence, Whence::Filter(_)) && !list.is_complete() {
        let words = format!("only {} are loaded; the others are not in this plan", list.loaded());
        proposal.unloaded = Some(words);
    } else if list.memory().is_some() {
        proposal.unloaded = Some("some rows are from an earlier run, not yet read anew".to_owned());
    }
    Some(proposal)
}

fn candidate(model: &Model, row: ChannelRow, task: &Task) -> Option<Candidate> {
    let entities = &model.entities;
    let sid = entities.channel_sid(row)?;
    let channel = entities.confirmed_channel(sid)?;
    let key = EditKey::Channel(sid);
    let candidate = Candidate::of_task(task, &channel, false);
    let known = if entities.is_gone(key) {
        Known::Gone
    } else if entities.edit(key).is_some() {
        Known::Blocked(SAVING.to_owned())
    } else {
        candidate.known
    };
    Some(Candidate { known, ..candidate })
}

/// What the first few rows would be changed from and to, where a value is set.
fn previews(model: &Model, plan: &Plan) -> Vec<Preview> {
    let Deed::Set { pointer, value } = &plan.task.deed else { return Vec::new() };
    let rows = plan.rows.iter().filter(|row| row.skipped.is_none()).take(PREVIEWS);
    rows.filter_map(|row| {
        let Target::Channel(sid) = row.target else { return None };
        let channel = model.entities.confirmed_channel(sid)?;
        let before = channel.attributes.text();
        let after = json::set(before, pointer, value).ok()?;
        let change = match (json::parse(before), json::parse(&after)) {
            (Ok(before), Ok(after)) => json::diff(&before, &after).into_iter().next()?,
            // There were no attributes.
            _ => return Some(Preview::new(&row.label, pointer, None, Some(value))),
        };
        let (before, after) = (change.before.as_deref(), change.after.as_deref());
        Some(Preview::new(&row.label, &change.pointer, before, after))
    })
    .collect()
}

/// So many changes are shown before they are made.
const PREVIEWS: usize = 3;

/// Opens the plan for setting a value in the attributes of the channels that are meant here.
///
/// # Errors
/// What is wrong with what was typed, or why it cannot be done here.
pub fn ask_set(model: &mut Model, argument: &str) -> Result<Vec<Effect>, String> {
    let Place::Channels(_) = model.path.focus() else {
        let key = model.key(Action::ViewChannels);
        return Err(format!(":set is for the list of channels; {key} shows it"));
    };
    if let Some(why) = refusal(model) {
        return Err(why.into_owned());
    }
    let (pointer, value) = argument.split_once(char::is_whitespace).unwrap_or((argument, ""));
    if value.trim().is_empty() {
        return Err("a pointer and a value as JSON: :set /routing/queue \"tier-1\"".to_owned());
    }
    let deed = Deed::set(pointer, value).map_err(|error| error.to_string())?;
    Ok(ask(model, deed))
}

/// Why a row is blocked that has a write out.
const SAVING: &str = "a change of it is still being saved";

fn of_marked_memberships(
    model: &Model,
    service: Sid<Service>,
    user: Sid<User>,
) -> Option<Proposal> {
    let list = model.lists.memberships.get(&user)?;
    let hidden = list.hidden_marks();
    let count = hidden.len();
    let keys: Vec<MembershipKey> = hidden.into_iter().chain(list.shown_marks()).collect();
    let candidates: Vec<Candidate> = keys
        .into_iter()
        .filter_map(|key| {
            let membership = model.entities.confirmed_membership(key)?;
            let label = channels::raw_title(&model.entities, key.channel);
            let candidate = Candidate::membership(membership, label);
            let key = EditKey::Membership(key);
            let known = if model.entities.is_gone(key) {
                Known::Gone
            } else if model.entities.edit(key).is_some() {
                Known::Blocked(SAVING.to_owned())
            } else {
                candidate.known
            };
            Some(Candidate { known, ..candidate })
        })
        .collect();
    let all_muted = candidates.iter().all(|it| it.known == Known::Level(NotificationLevel::Muted));
    let deed = if all_muted { Deed::Unmute } else { Deed::Mute };
    let task = Task::new(service, deed, model.webhooks == Webhooks::On);
    let place = Place::Memberships(service, user);
    Some(Proposal::new(place, Whence::Marks, task, candidates).hiding(count))
}

/// Something of what a plan has to know came.
pub fn surveying(model: &mut Model, ticket: Ticket, read: usize) {
    if let Some(Overlay::Plan(proposal)) = &mut model.overlay
        && proposal.reading.awaits(ticket)
    {
        proposal.read = read;
    }
}

/// What a plan has to know came, or could not be read.
pub fn surveyed(model: &mut Model, reply: Reply<Surveyed>) -> Vec<Effect> {
    let Model { overlay, entities, now, .. } = model;
    let Some(Overlay::Plan(proposal)) = overlay else { return Vec::new() };
    let mut came = None;
    proposal.reading.settle(reply, *now, |_, surveyed| came = Some(surveyed));
    if let Some(surveyed) = came {
        proposal.surveyed(surveyed, |channel: Sid<Channel>| channels::raw_title(entities, channel));
    }
    Vec::new()
}

/// Carries out a wish about a plan, or about leaving a job.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::WaitForJob | Action::PauseAndLeave => return leave::answer(model, action),
        Action::Start => return start(model),
        _ => {}
    }
    let height = layout::roll_height(model.size);
    let Some(Overlay::Plan(proposal)) = &mut model.overlay else { return Vec::new() };
    match action {
        Action::IncludeFlex => proposal.switch_flex(),
        Action::SwitchLevel => proposal.switch_level(),
        Action::SlowerPace | Action::FasterPace => {
            proposal.step_pace(action == Action::FasterPace);
        }
        Action::LookAtRows => proposal.look = Look::Rows(0),
        Action::LookAtHidden => proposal.look = Look::Hidden(0),
        Action::LookAtPlan => return look_at_plan(model),
        Action::ExportTable => return save(model, Form::Csv),
        Action::ExportJson => return save(model, Form::Json),
        _ => {}
    }
    if let Some(Overlay::Plan(proposal)) = &mut model.overlay {
        proposal.seen(height);
    }
    Vec::new()
}

fn look_at_plan(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Plan(proposal)) = &mut model.overlay else { return Vec::new() };
    if matches!(proposal.look, Look::Hidden(_)) && !proposal.seen_hidden {
        let text = "look through all of them first: j goes down, G to the end";
        model.notices.say(model.now, Tone::Info, text);
        return Vec::new();
    }
    proposal.look = Look::Plan;
    Vec::new()
}

fn save(model: &mut Model, form: Form) -> Vec<Effect> {
    let Some(Overlay::Plan(proposal)) = &model.overlay else { return Vec::new() };
    let (plan, name) = (Box::new(proposal.plan().clone()), proposal.file_name(form));
    vec![Effect::SavePlan { plan, name, form }]
}

/// Begins, if nothing stands against it.
fn start(model: &mut Model) -> Vec<Effect> {
    let refused = permit::read_only(model).or_else(|| model.no_journal.clone());
    let shows = model.key(Action::ViewJobs);
    let busy = model
        .jobs
        .at_work()
        .map(|live| format!("job {} is at work here: one at a time; {shows} shows it", live.job))
        .or_else(|| {
            model.jobs.beginning.is_loading().then(|| "another job is just beginning".to_owned())
        });
    let now = model.now;
    let Some(Overlay::Plan(proposal)) = &mut model.overlay else { return Vec::new() };
    if let Some(why) = refused.or(busy).or_else(|| proposal.hindrance()) {
        model.notices.say(now, Tone::Warn, format!("nothing was sent: {why}"));
        return Vec::new();
    }
    let plan = proposal.begun();
    let ticket = model.jobs.beginning.ask(&mut model.tickets, Lane::Job, now);
    proposal.beginning = Some(ticket);
    proposal.problem = None;
    let service = services::title(&model.entities, plan.task.service);
    let label = format!("{} in {service}", plan.count());
    vec![Effect::BeginJob { ticket, plan: Box::new(plan), label }]
}

/// Leaves a plan, or the line that is typed in it.
pub fn close(model: &mut Model, mut proposal: Box<Proposal>) {
    if proposal.typing {
        proposal.typing = false;
        model.overlay = Some(Overlay::Plan(proposal));
    }
}

/// Keeps the scrolled list inside the window, whatever its size is now.
pub fn settle(model: &mut Model) {
    let height = layout::roll_height(model.size);
    if let Some(Overlay::Plan(proposal)) = &mut model.overlay {
        proposal.step(0, height);
    }
}
