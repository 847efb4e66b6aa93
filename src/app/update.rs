//! One fact in, orders out. This room routes; what a fact means is told by the room it concerns.

use std::sync::Arc;

use crossterm::event::KeyEvent;
use jiff::Timestamp;

use crate::app::{
    act, auto, change, contact, copy, drafts, editor,
    effect::Effect,
    find, help, history, index, jobs, journal,
    keymap::{self, Context, Lookup},
    layout,
    list::Ask,
    model::{Account, Model, Overlay, Session},
    mouse,
    msg::Msg,
    notice::Tone,
    palette,
    place::Place,
    places::{
        self, channel, channels, flex, flex_channel, flows, invites, job, members, memberships,
        messages, roles, services, users,
    },
    preview, profiles, quit, save,
    ticket::{Lane, Reply},
    tour, undo, views, work,
};

/// Takes in a fact.
#[expect(clippy::too_many_lines, reason = "a table of facts, a line each")]
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    // A clock that moves on changes nothing of what can be done, and keys look for themselves.
    let may_change = !matches!(msg, Msg::Tick(_) | Msg::Traffic(_) | Msg::Key(_));
    let before = change::before(model);
    let mut effects = match msg {
        Msg::Key(pressed) => key(model, pressed),
        Msg::Pointed(pointed) => mouse::pointed(model, pointed),
        Msg::Pasted(text) => paste(model, &text),
        Msg::Resized(size) => {
            model.size = size;
            Vec::new()
        }
        Msg::Tick(now) => tick(model, now),
        fact @ (Msg::FocusGained
        | Msg::FocusLost
        | Msg::ViewsRecalled(_)
        | Msg::ViewKept { .. }) => {
            note(model, fact);
            Vec::new()
        }
        Msg::Traffic(traffic) => {
            contact::traffic(model, &traffic);
            Vec::new()
        }
        Msg::EditorClosed { of, result } => {
            editor::returned(model, of, result);
            Vec::new()
        }
        Msg::WentOn => {
            work::go_on(model);
            Vec::new()
        }
        Msg::Terminated => {
            let mut effects = drafts::flush(model);
            effects.push(Effect::Exit { print: quit::left_behind(model) });
            return effects;
        }
        Msg::Hurt(result) => {
            let (tone, text) = match result {
                Ok(faults) => (Tone::Ok, format!("the practice account goes wrong: {faults}")),
                Err(why) => (Tone::Bad, why),
            };
            model.notices.say(model.now, tone, text);
            Vec::new()
        }
        Msg::FileSaved(result) => {
            jobs::saved(model, result);
            Vec::new()
        }
        Msg::Copied { label, result } => {
            copy::copied(model, &label, result);
            Vec::new()
        }
        Msg::Surveying(ticket, read) => {
            jobs::surveying(model, ticket, read);
            Vec::new()
        }
        Msg::JobWent(id, news) => {
            jobs::went(model, id, news);
            Vec::new()
        }
        Msg::JobVerifies(id) => {
            jobs::verifies(model, id);
            Vec::new()
        }
        Msg::JobEnded(id, end) => jobs::ended(model, id, *end),
        answer => answered(model, answer),
    };
    if may_change {
        palette::settle(model);
    }
    jobs::settle(model);
    history::settle(model);
    views::settle(model);
    effects.extend(preview::settle(model));
    auto::settle(model);
    effects.extend(find::settle(model));
    effects.extend(work::settle(model));
    effects.extend(quit::when_done(model));
    effects.extend(mouse::settle(model));
    // What is typed is on its way to the disk before anything ends.
    let ends = effects.iter().any(|effect| matches!(effect, Effect::Exit { .. }));
    let kept = if ends { drafts::flush(model) } else { drafts::settle(model) };
    effects.splice(0..0, kept);
    change::after(model, before, &effects);
    effects
}

/// Takes in the time alone. Another fact follows at once, after which everything settles.
pub fn pass_time(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    let may_end = model.contact.waiting.is_some() || !model.auto.is_off();
    let effects = tick(model, now);
    if !effects.is_empty() || may_end {
        change::anything(model);
    }
    effects
}

/// Takes in a fact that leads to no order.
fn note(model: &mut Model, fact: Msg) {
    match fact {
        Msg::FocusGained => auto::looked_at(model, true),
        Msg::FocusLost => auto::looked_at(model, false),
        Msg::ViewsRecalled(result) => views::recalled(model, result),
        Msg::ViewKept { name, deed, result } => views::kept(model, &name, deed, result),
        _ => {}
    }
}

/// The first questions of a console that has an account.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    for warning in std::mem::take(&mut model.profiles.warnings) {
        model.notices.say(model.now, Tone::Warn, warning);
    }
    history::begin(model);
    views::waits_for(model);
    let mut effects = Vec::new();
    if matches!(model.session, Session::Open(_)) {
        effects.extend(places::ask(model, Place::Services, Ask::First));
        let ticket = model.tickets.issue(Lane::Recall);
        effects.extend([Effect::RecallJournal { ticket }, Effect::RecallViews]);
    }
    effects.extend(preview::settle(model));
    effects.extend(mouse::settle(model));
    effects
}

#[expect(clippy::too_many_lines, reason = "a table of answers, a line each")]
fn answered(model: &mut Model, answer: Msg) -> Vec<Effect> {
    // Not an answer to a question that was asked of an account that was left.
    macro_rules! current {
        ($reply:expr, $room:expr) => {{
            let reply = $reply;
            if model.profiles.is_current(reply.ticket) { $room(model, reply) } else { Vec::new() }
        }};
    }
    macro_rules! heard {
        ($reply:expr, $room:expr) => {{
            let reply = $reply;
            if !model.profiles.is_current(reply.ticket) {
                return Vec::new();
            }
            contact::heard(model, &reply);
            $room(model, reply)
        }};
    }
    match answer {
        Msg::Connected(reply) => connected(model, reply),
        Msg::Switched(reply) => profiles::arrived(model, reply),
        Msg::SignedIn(reply) => profiles::signed_in(model, reply),
        Msg::ServicesArrived(reply) => heard!(reply, services::arrived),
        Msg::ChannelsArrived(reply) => heard!(reply, channels::arrived),
        Msg::ListingRecalled(reply) => current!(reply, index::arrived),
        Msg::UsersArrived(reply) => heard!(reply, users::arrived),
        Msg::MembersArrived(reply) => heard!(reply, members::arrived),
        Msg::MembershipsArrived(reply) => heard!(reply, memberships::arrived),
        Msg::MessagesArrived(reply) => heard!(reply, messages::arrived),
        Msg::InvitesArrived(reply) => heard!(reply, invites::arrived),
        Msg::RolesArrived(reply) => heard!(reply, roles::arrived),
        Msg::FlexChannelsArrived(reply) => heard!(reply, flex::arrived),
        Msg::FlowsArrived(reply) => heard!(reply, flows::arrived),
        Msg::FlexChannelArrived(reply) => heard!(reply, flex_channel::arrived),
        Msg::ServiceArrived(reply) => heard!(reply, services::one_arrived),
        Msg::ChannelArrived(reply) => heard!(reply, channel::arrived),
        Msg::UserArrived(reply) | Msg::PersonArrived(reply) => heard!(reply, users::one_arrived),
        Msg::ChannelSaved(reply) | Msg::ChannelCreated(reply) => heard!(reply, save::answered),
        Msg::MembershipSaved(reply) => heard!(reply, save::answered),
        Msg::ChannelReread(reply) | Msg::CreatedReread(reply) => heard!(reply, save::reread),
        Msg::MembershipReread(reply) => heard!(reply, save::reread),
        Msg::ChannelMigrated(reply) => heard!(reply, save::answered),
        Msg::ChannelDeleted(reply)
        | Msg::MembershipDeleted(reply)
        | Msg::FlexChannelDeleted(reply) => {
            heard!(reply, save::answered)
        }
        Msg::FlexChannelCreated(reply) => heard!(reply, save::answered),
        Msg::JournalArrived(reply) => current!(reply, places::journal::arrived),
        Msg::Surveyed(reply) => heard!(reply, jobs::surveyed),
        Msg::JobBegan(reply) => current!(reply, jobs::began),
        Msg::JobsArrived(reply) => current!(reply, job::jobs_arrived),
        Msg::JobRowsArrived(reply) => current!(reply, job::arrived),
        Msg::UndoableFound(reply) => current!(reply, undo::found),
        Msg::JournalOpened(asked, _) if !model.profiles.is_current(asked) => Vec::new(),
        Msg::JournalOpened(_, result) => journal::opened(model, result),
        Msg::JournalFailed(why) => {
            journal::failed(model, &why);
            Vec::new()
        }
        Msg::FlexChannelReread(reply) => heard!(reply, save::reread),
        Msg::Key(_)
        | Msg::Pointed(_)
        | Msg::Pasted(_)
        | Msg::Resized(_)
        | Msg::FocusGained
        | Msg::FocusLost
        | Msg::Tick(_)
        | Msg::Traffic(_)
        | Msg::EditorClosed { .. }
        | Msg::WentOn
        | Msg::Surveying(..)
        | Msg::JobWent(..)
        | Msg::JobVerifies(_)
        | Msg::JobEnded(..)
        | Msg::FileSaved(_)
        | Msg::Copied { .. }
        | Msg::Hurt(_)
        | Msg::ViewsRecalled(_)
        | Msg::ViewKept { .. }
        | Msg::Terminated => Vec::new(),
    }
}

fn connected(model: &mut Model, reply: Reply<Account>) -> Vec<Effect> {
    let Session::FirstRun { starting, tour, .. } = &mut model.session else { return Vec::new() };
    let with_tour = *tour;
    let mut account = None;
    let now = model.now;
    let result = reply.result.as_ref().err().cloned();
    starting.settle(reply, now, |_, connected| account = Some(connected));
    if let Some(problem) = result {
        let text = format!("the sandbox could not be started: {}", problem.sentence());
        model.notices.say(now, Tone::Bad, text);
    }
    let Some(account) = account else { return Vec::new() };
    model.session = Session::Open(account);
    if with_tour {
        tour::begin(model);
    }
    begin(model)
}

fn tick(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    model.now = model.now.max(now);
    if model.contact.waiting.is_some_and(|(until, _)| until <= model.now) {
        model.contact.waiting = None;
    }
    let mut effects = contact::retry(model);
    effects.extend(auto::tick(model));
    effects
}

fn key(model: &mut Model, pressed: KeyEvent) -> Vec<Effect> {
    jobs::seen(model);
    auto::looked_at(model, true);
    let token = keymap::token(pressed);
    // Nothing is answered that cannot be seen; what ends or repaints the console still does.
    let contexts =
        if layout::is_too_small(model.size) { vec![Context::Always] } else { model.contexts() };
    let whole = match model.prefix.take() {
        Some(prefix) => format!("{prefix}{token}"),
        None => token,
    };
    let keymap = Arc::clone(&model.keymap);
    match keymap.lookup(&contexts, &whole) {
        Lookup::Found(row) => {
            // A key of the place works in the menu too; it closes it.
            let is_below = !row.contexts.contains(&Context::Menu);
            if is_below && matches!(model.overlay, Some(Overlay::Menu { .. })) {
                model.overlay = None;
            }
            change::means(model, row.action);
            act::act(model, row.action, &whole)
        }
        Lookup::Prefix => {
            model.prefix = Some(whole);
            Vec::new()
        }
        Lookup::Nothing if layout::is_too_small(model.size) => Vec::new(),
        Lookup::Nothing => {
            type_key(model, pressed);
            Vec::new()
        }
    }
}

/// A key without a meaning goes to the text that has the focus.
fn type_key(model: &mut Model, pressed: KeyEvent) {
    if let Some(prompt) = model.prompt.as_mut().filter(|_| model.overlay.is_none()) {
        prompt.entry.input(pressed);
        follow_prompt(model);
    } else if let Some(Overlay::Help { sought, .. }) = &mut model.overlay {
        sought.input(pressed);
        help::follow(model);
    } else if let Some(Overlay::Form(draft)) = &mut model.overlay {
        let taken = draft.focused().is_some_and(|field| field.input(pressed));
        if !taken && pressed.code == crossterm::event::KeyCode::Enter {
            draft.next_field(1);
        }
    } else if let Some(Overlay::Confirm(confirm)) = &mut model.overlay
        && confirm.takes_text()
    {
        confirm.input(pressed);
    } else if let Some(Overlay::Plan(proposal)) = &mut model.overlay
        && proposal.takes_text()
    {
        proposal.input(pressed);
    } else if let Some(Overlay::SignIn(form)) = &mut model.overlay {
        // What is being tried stays as it is.
        if model.profiles.target().is_none() {
            form.input(pressed);
        }
    } else if let Some(Overlay::Tour { .. }) = model.overlay {
        model.overlay = None;
    }
}

fn follow_prompt(model: &mut Model) {
    let Some((asks, text)) =
        model.prompt.as_ref().map(|prompt| (prompt.asks, prompt.text().to_owned()))
    else {
        return;
    };
    act::prompts::apply(model, asks, &text);
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(prompt) = model.prompt.as_mut().filter(|_| model.overlay.is_none()) {
        prompt.entry.paste(text);
        follow_prompt(model);
    } else if let Some(Overlay::Help { sought, .. }) = &mut model.overlay {
        sought.paste(text);
        help::follow(model);
    } else if let Some(Overlay::Form(draft)) = &mut model.overlay {
        if let Some(field) = draft.focused() {
            field.paste(text);
        }
    } else if let Some(Overlay::Confirm(confirm)) = &mut model.overlay
        && confirm.takes_text()
    {
        confirm.paste(text);
    } else if let Some(Overlay::Plan(proposal)) = &mut model.overlay
        && proposal.takes_text()
    {
        proposal.paste(text);
    } else if let Some(Overlay::SignIn(form)) = &mut model.overlay {
        if model.profiles.target().is_none() {
            form.paste(text);
        }
    } else {
        act::go::offer(model, text);
    }
    Vec::new()
}

#[cfg(test)]
mod tests;
