//! What a wish does where the person is. Wishes that change data are told by `save`.

mod arrange;
pub(in crate::app) mod commands;
mod folds;
pub(in crate::app) mod go;
pub(in crate::app) mod panes;
pub(in crate::app) mod prompts;
mod walk;

pub(in crate::app) use self::{arrange::sort_by_column, walk::is_walk};
use crate::app::{
    action::Action,
    auto,
    copy::{self, What},
    editor,
    effect::Effect,
    find,
    form::Kind,
    help, history, jobs, keymap, layout,
    list::{Ask, Rows},
    menu,
    model::{Model, Overlay, Session},
    notice::Tone,
    palette, permit,
    place::Place,
    places::{self, job},
    profiles, quit, save, sheet, sign_in,
    ticket::Lane,
    tour, undo, views,
};
use crate::{jobs::task::Deed, json};

/// Carries out a wish; `pressed` is the key, for the wishes that come in degrees.
#[expect(clippy::too_many_lines, reason = "a table of wishes, a line each")]
pub fn act(model: &mut Model, action: Action, pressed: &str) -> Vec<Effect> {
    if let Some(reason) = permit::refusal(model, action) {
        model.notices.say(model.now, Tone::Info, reason);
        return Vec::new();
    }
    match action {
        Action::Down => return step(model, 1),
        Action::Up => return step(model, -1),
        Action::Top => return step(model, isize::MIN),
        Action::Bottom => return step(model, isize::MAX),
        Action::HalfDown => return step(model, page(model, 2)),
        Action::HalfUp => return step(model, -page(model, 2)),
        Action::PageDown => return step(model, page(model, 1)),
        Action::PageUp => return step(model, -page(model, 1)),
        Action::Unfold
        | Action::Fold
        | Action::Toggle
        | Action::FoldAll
        | Action::UnfoldAll
        | Action::FoldToDepth
        | Action::NextSibling
        | Action::PrevSibling
        | Action::SearchNext
        | Action::SearchPrev => return folds::tree(model, action, pressed),
        walking if is_walk(walking) => return walk::walk(model, walking),
        Action::PickView => return views::act(model, action),
        Action::HistoryBack => history::back(model),
        Action::HistoryForward => history::forward(model),
        Action::LastView => history::last(model),
        Action::GoThere => return go::go_there(model),
        Action::RunCommand => return commands::run(model),
        Action::RunItem if matches!(model.overlay, Some(Overlay::Menu { .. })) => {
            return menu::run(model);
        }
        Action::RunItem => return help::run(model),
        Action::Refresh => return refresh(model),
        Action::AutoRefresh => auto::toggle(model),
        Action::Practise => return practise(model, false),
        Action::Tour if matches!(model.session, Session::FirstRun { .. }) => {
            return practise(model, true);
        }
        Action::Tour => tour::begin(model),
        Action::TourOn | Action::TourBack => return tour::go(model, action == Action::TourOn),
        Action::SignIn | Action::SignInNext | Action::SignInKept | Action::SignInOnce => {
            return sign_in::act(model, action);
        }
        Action::ShowVariables => return vec![Effect::Exit { print: Some(VARIABLES.to_owned()) }],
        Action::Info
        | Action::Profiles
        | Action::Choose
        | Action::SwitchAnyway
        | Action::CloseProfiles => {
            return profiles::act(model, action);
        }
        Action::Start
        | Action::IncludeFlex
        | Action::SwitchLevel
        | Action::SlowerPace
        | Action::FasterPace
        | Action::LookAtRows
        | Action::LookAtHidden
        | Action::LookAtPlan
        | Action::WaitForJob
        | Action::PauseAndLeave => return jobs::act(model, action),
        Action::ExportTable | Action::ExportJson
            if matches!(model.overlay, Some(Overlay::Plan(_))) =>
        {
            return jobs::act(model, action);
        }
        Action::PauseJob
        | Action::RetryFailures
        | Action::FailuresOnly
        | Action::ExportTable
        | Action::ExportJson => return job::act(model, action),
        Action::Quit => return quit::quit(model),
        Action::QuitAnyway => return quit::quit_anyway(model),
        Action::Cancel => return quit::cancel(model),
        Action::CopySid
        | Action::CopyName
        | Action::CopyUniqueName
        | Action::CopyAttributes
        | Action::CopyPointer
        | Action::CopyJqPath
        | Action::CopyRow
        | Action::CopyUrl
        | Action::CopyCurl => {
            return What::of(action).map(|what| copy::copy(model, what)).unwrap_or_default();
        }
        Action::PrintBelow => return copy::print(model),
        Action::Zoom
        | Action::Wide
        | Action::ShiftLeft
        | Action::ShiftRight
        | Action::Narrower
        | Action::Wider
        | Action::SwitchMouse => return panes::arrange(model, action),
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        Action::SortBy
        | Action::PickSort
        | Action::InvertSort
        | Action::Mark
        | Action::MarkRange
        | Action::MarkShown
        | Action::Spread => arrange::arrange(model, action),
        Action::Command
        | Action::Complete
        | Action::NameMessagingService
        | Action::Filter
        | Action::Search
        | Action::Accept
        | Action::Dismiss
        | Action::NextField
        | Action::PrevField
        | Action::Leave
        | Action::Revert
        | Action::LookAtChanges
        | Action::Pretty
        | Action::Minify
        | Action::AbsoluteTimes
        | Action::Messages
        | Action::Menu
        | Action::Help => lay_over(model, action),
        writing => return write(model, writing),
    }
    Vec::new()
}

fn write(model: &mut Model, action: Action) -> Vec<Effect> {
    only_the_row(model, action);
    match action {
        Action::Edit => return save::edit(model),
        Action::EditOutside => return editor::edit(model),
        Action::HandOver => return editor::hand_over(model, false),
        Action::New => save::new(model),
        Action::Migrate | Action::Mute | Action::Delete if jobs::is_for_many(model, action) => {
            let deed = match action {
                Action::Migrate => Deed::Migrate { messaging_service: None },
                Action::Delete => Deed::Delete,
                _ => Deed::Mute,
            };
            return jobs::ask(model, deed);
        }
        Action::MuteAll | Action::UnmuteAll => {
            let deed = if action == Action::MuteAll { Deed::Mute } else { Deed::Unmute };
            let focus = model.path.focus();
            if let (Some(service), Some(user)) = (focus.service(), model.user_at(focus)) {
                return jobs::ask_all_of(model, service, user, deed);
            }
        }
        Action::Migrate => return save::ask_migrate(model),
        Action::Delete => return save::ask_delete(model, ""),
        Action::SwitchWebhooks => save::switch_webhooks(model),
        Action::Mute => return save::mute(model),
        Action::Undo => return undo::undo(model),
        Action::Save => return save::save(model),
        Action::Confirm | Action::MineOnly | Action::TakeTheirs => {
            return save::decide(model, action);
        }
        _ => {}
    }
    Vec::new()
}

/// Says where marks are passed over.
fn only_the_row(model: &mut Model, action: Action) {
    let marked = model.rows(model.path.focus()).map_or(0, Rows::marked);
    let is_of_row = matches!(action, Action::Edit | Action::EditOutside | Action::Delete);
    if marked > 0 && is_of_row && model.overlay.is_none() && !jobs::is_for_many(model, action) {
        let text = format!("this is about the row under the cursor alone, not the {marked} marked");
        model.notices.say(model.now, Tone::Info, text);
    }
}

const VARIABLES: &str = "\
# an account's auth token:
export TWILIO_ACCOUNT_SID=AC...
export TWILIO_AUTH_TOKEN=...
# or, better, an API key:
export TWILIO_API_KEY=SK...
export TWILIO_API_SECRET=...
# outside us1:
export TWILIO_REGION=ie1
export TWILIO_EDGE=dublin
";

fn lay_over(model: &mut Model, action: Action) {
    match action {
        Action::Filter | Action::Search => prompts::open(model),
        Action::Command => prompts::command(model),
        Action::Complete => palette::complete(model),
        Action::NameMessagingService => match &mut model.overlay {
            Some(Overlay::Confirm(confirm)) => confirm.typing = true,
            Some(Overlay::Plan(proposal)) => proposal.typing = true,
            _ => {}
        },
        Action::Accept => prompts::accept(model),
        Action::Dismiss => prompts::dismiss(model),
        Action::NextField | Action::PrevField => {
            let by = if action == Action::NextField { 1 } else { -1 };
            match &mut model.overlay {
                Some(Overlay::Form(draft)) => draft.next_field(by),
                Some(Overlay::SignIn(form)) => form.step(action == Action::NextField),
                _ => {}
            }
        }
        Action::Leave => match model.overlay.take() {
            Some(Overlay::Quit) => model.cancelled_at = None,
            Some(Overlay::Form(draft)) => save::leave(model, *draft),
            Some(Overlay::Review(review)) => save::back_to_form(model, *review),
            Some(Overlay::Confirm(confirm)) => save::leave_question(model, *confirm),
            Some(Overlay::Plan(proposal)) => jobs::close(model, proposal),
            Some(Overlay::Leaving { .. }) => jobs::leave::stay(model),
            help @ Some(Overlay::Help { .. }) => {
                model.overlay = help;
                help::leave(model);
            }
            _ => {}
        },
        Action::Revert => save::start_over(model),
        Action::LookAtChanges => save::look(model),
        Action::Pretty => reshape(model, json::pretty),
        Action::Minify => reshape(model, json::minify),
        Action::AbsoluteTimes => model.absolute_times = !model.absolute_times,
        Action::Messages => model.overlay = Some(Overlay::Messages { top: 0 }),
        Action::Help => help::open(model),
        Action::Menu => menu::open(model),
        _ => {}
    }
}

/// Writes the JSON text that has the focus in another shape.
fn reshape(model: &mut Model, shape: fn(&str) -> Result<String, json::ShapeError>) {
    let Some(Overlay::Form(draft)) = &mut model.overlay else { return };
    let Some(field) = draft.focused() else { return };
    let words = if !matches!(field.kind(), Kind::Json { .. }) {
        "there is no JSON here to shape; Tab goes to the attributes".to_owned()
    } else if let Err(error) = field.reshape(shape) {
        format!("left as it is: {error}")
    } else {
        return;
    };
    model.notices.say(model.now, Tone::Info, words);
}

/// Rows of a page (or of half a page) where the person is.
fn page(model: &Model, part: isize) -> isize {
    let place = model.path.focus();
    let rows = match model.rows(place) {
        Some(rows) => rows.height(),
        None => usize::from(model.size.height / 2),
    };
    (isize::try_from(rows).unwrap_or(1) / part).max(1)
}

pub(in crate::app) fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if palette::typed(model).is_some() {
        palette::step(model, by);
        return Vec::new();
    }
    if matches!(model.overlay, Some(Overlay::Profiles { .. })) {
        profiles::step(model, by);
        return Vec::new();
    }
    if matches!(model.overlay, Some(Overlay::Views { .. })) {
        views::step(model, by);
        return Vec::new();
    }
    if matches!(model.overlay, Some(Overlay::Sort { .. })) {
        arrange::step(model, by);
        return Vec::new();
    }
    if let Some(Overlay::Plan(proposal)) = &mut model.overlay {
        let height = layout::roll_height(model.size);
        proposal.step(by, height);
        proposal.seen(height);
        return Vec::new();
    }
    match model.overlay {
        Some(Overlay::Menu { .. }) => menu::step(model, by),
        Some(Overlay::Help { .. }) => help::step(model, by),
        _ => return scroll(model, by),
    }
    Vec::new()
}

/// Scrolls what lies over the screen, or moves in the place itself.
fn scroll(model: &mut Model, by: isize) -> Vec<Effect> {
    let end = sheet::end(model);
    if let Some(Overlay::Review(review)) = &mut model.overlay {
        review.top = review.top.saturating_add_signed(by).min(end);
        return Vec::new();
    }
    if let Some(Overlay::Messages { top } | Overlay::Info { top }) = &mut model.overlay {
        *top = top.saturating_add_signed(by).min(end);
        return Vec::new();
    }
    let place = model.path.focus();
    if let Some(rows) = model.lists.rows_mut(place) {
        let (before, reads_on) = (rows.at(), by > 0 && rows.can_read_on());
        rows.step(by);
        if rows.at() != before {
            model.moved_at = Some(model.now);
        }
        if reads_on {
            return places::ask(model, place, Ask::More);
        }
    } else if place.is_text() || matches!(place, Place::FlexChannel(_)) {
        // How far there is to go is known where the panes are laid out.
        let stands = model.stands.entry(place).or_default();
        *stands = stands.saturating_add_signed(by);
        model.moved_at = (!place.is_text()).then_some(model.now);
    } else if let Some(tree) = Model::subject(place).and_then(|of| model.trees.get_mut(&of)) {
        tree.step(by);
    }
    Vec::new()
}

/// Reads again what the visible panes show. After a refusal of the credentials this is the way to try once more.
fn refresh(model: &mut Model) -> Vec<Effect> {
    model.contact.refused = None;
    model.contact.retry_at = None;
    model.named.clear();
    let focus = model.path.focus();
    auto::forget(model, focus);
    if focus == Place::Found {
        find::refresh(model);
        return Vec::new();
    }
    let how = places::again(model, focus);
    let mut effects = places::ask(model, focus, how);
    if let Some(list) = focus.rests_on().filter(|_| !focus.is_text()) {
        let how = places::again(model, list);
        effects.extend(places::ask(model, list, how));
    }
    if let Place::Job(_) = focus {
        // Who runs it, and how far it came, is told by the list of jobs.
        effects.extend(places::ask(model, Place::Jobs, Ask::First));
    }
    if effects.is_empty() {
        model.notices.say(model.now, Tone::Info, "already reading");
    }
    effects
}

fn practise(model: &mut Model, with_tour: bool) -> Vec<Effect> {
    let now = model.now;
    match &mut model.session {
        Session::FirstRun { starting, tour, .. } if !starting.is_loading() => {
            *tour = with_tour;
            vec![Effect::StartSandbox {
                ticket: starting.ask(&mut model.tickets, Lane::Connect, now),
            }]
        }
        _ => Vec::new(),
    }
}

/// Whether a row of the keys does something now.
pub fn is_live(model: &Model, row: &keymap::Bound) -> bool {
    permit::refusal(model, row.action).is_none()
}
