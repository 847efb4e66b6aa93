//! What the mouse does: it points, opens, sorts, folds, scrolls and moves borders. It never writes: a slip of the hand is
//! no decision. The terminal is asked for it only where it is wanted, for while it is, the terminal's own marking of text
//! needs a further key.

use jiff::{SignedDuration, Timestamp};
use ratatui::layout::{Position, Rect};

use crate::app::{
    act,
    action::Action,
    effect::Effect,
    hints::Hint,
    jobs,
    layout::{self, Class, Hit, Pane, Spot},
    list::Ask,
    model::{Model, Overlay},
    notice::Tone,
    palette, permit,
    place::Place,
    places,
    prompt::Asks,
};
use crate::state::Borders;

/// What was done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// Its first button was pressed.
    Pressed,
    /// It was moved with the button held.
    Dragged,
    /// The button was let go.
    Released,
    /// The wheel was turned by so many rows, down or up.
    Wheel(i16),
    /// The same sideways, by so many columns.
    Sideways(i16),
}

/// A stroke: where, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointed {
    /// What was done.
    pub stroke: Stroke,
    /// The cell.
    pub at: Position,
    /// The moment.
    pub when: Timestamp,
}

/// Why the mouse began as it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Begun {
    /// There is no terminal that could have one.
    #[default]
    Without,
    /// On, as nothing speaks against it.
    On,
    /// Off, because every stroke would go over the line.
    OffOverSsh,
    /// As the command line or the config says.
    AsTold(bool),
}

/// The mouse.
#[derive(Debug, Clone, Default)]
pub struct Mouse {
    /// Whether it is wanted.
    pub is_on: bool,
    begun: Begun,
    /// Whether the terminal was asked for it.
    is_taken: bool,
    last: Option<Click>,
    /// The border that is being moved, and where all of them were before.
    held: Option<(usize, Borders)>,
}

#[derive(Debug, Clone, Copy)]
struct Click {
    on: Clicked,
    area: Rect,
    when: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clicked {
    Row(Place),
    Members,
    Choice,
    Border,
}

/// Two clicks within this time are a double click.
const DOUBLE: SignedDuration = SignedDuration::from_millis(400);

impl Mouse {
    /// A mouse that begins like this.
    pub fn begun(begun: Begun) -> Self {
        let is_on = matches!(begun, Begun::On | Begun::AsTold(true));
        Self { is_on, begun, ..Self::default() }
    }
}

/// Asks the terminal for the mouse, or gives it back, as it is wanted now.
pub fn settle(model: &mut Model) -> Option<Effect> {
    let wanted = model.mouse.is_on && !layout::is_too_small(model.size) && !shows_text(model);
    if model.mouse.is_taken == wanted {
        return None;
    }
    model.mouse.is_taken = wanted;
    (model.mouse.last, model.mouse.held) = (None, None);
    Some(Effect::TakeMouse(wanted))
}

/// Whether there is a text to be read: then the terminal itself can mark it.
fn shows_text(model: &Model) -> bool {
    match &model.overlay {
        Some(Overlay::Help { .. } | Overlay::Messages { .. } | Overlay::Info { .. }) => true,
        Some(_) => false,
        None => model.path.focus().is_text(),
    }
}

/// Turns it on or off, and says what that means.
pub fn switch(model: &mut Model) {
    model.mouse.is_on = !model.mouse.is_on;
    let words = match (model.mouse.is_on, model.mouse.begun) {
        (true, _) if shows_text(model) => {
            "the mouse is on, but not in a text: there the terminal's own marking works"
        }
        (true, Begun::OffOverSsh) => {
            "the mouse is on; over SSH it begins off, mouse = true in config.toml has it on"
        }
        (true, _) => "the mouse is on; in most terminals Shift lets you mark text meanwhile",
        (false, Begun::On) => "the mouse is off; mouse = false in config.toml keeps it off",
        (false, _) => "the mouse is off: the terminal's own marking works; % turns it on",
    };
    model.notices.say(model.now, Tone::Info, words);
}

/// Takes in a stroke.
pub fn pointed(model: &mut Model, Pointed { stroke, at, when }: Pointed) -> Vec<Effect> {
    jobs::seen(model);
    match stroke {
        Stroke::Pressed => return press(model, at, when),
        Stroke::Dragged => drag(model, at),
        Stroke::Released => return release(model),
        Stroke::Wheel(rows) => return wheel(model, at, rows),
        Stroke::Sideways(by) if model.overlay.is_none() => {
            let action = if by < 0 { Action::ShiftLeft } else { Action::ShiftRight };
            if permit::refusal(model, action).is_none() {
                return act::act(model, action, "");
            }
        }
        Stroke::Sideways(_) => {}
    }
    Vec::new()
}

fn press(model: &mut Model, at: Position, when: Timestamp) -> Vec<Effect> {
    let last = model.mouse.last.take();
    // What lies over the panes is not pressed through.
    if model.prefix.take().is_some() {
        return Vec::new();
    }
    let is_again = |click: &Click| {
        let between = when.duration_since(click.when);
        click.area.contains(at) && (SignedDuration::ZERO..=DOUBLE).contains(&between)
    };
    if let Some(click) = last.filter(is_again) {
        return again(model, click.on);
    }
    match layout::hit(model, at) {
        Hit::Field(field) => {
            if let Some(Overlay::Form(draft)) = &mut model.overlay
                && draft.fields.get(field).is_some_and(|field| field.off.is_none())
            {
                draft.at = field;
            }
        }
        Hit::Hint(hint) => return press_hint(model, hint),
        Hit::Choice(nth, area) => {
            if let Some(Overlay::Sort { at }) = &mut model.overlay {
                *at = nth;
            }
            model.mouse.last = Some(Click { on: Clicked::Choice, area, when });
        }
        Hit::Job if model.prompt.is_none() => return act::act(model, Action::ViewJobs, ""),
        Hit::Border(nth) => {
            let screen = layout::screen(model);
            let area = screen.borders().get(nth).copied().unwrap_or_default();
            model.mouse.last = Some(Click { on: Clicked::Border, area, when });
            model.mouse.held = Some((nth, model.arrangement.borders));
        }
        Hit::Crumb(nth) if leaves_prompt(model) => {
            act::go::back_to(model, nth);
        }
        Hit::Pane(pane, spot) if leaves_prompt(model) => {
            return press_pane(model, pane, spot, when);
        }
        Hit::Nothing | Hit::Job | Hit::Crumb(_) | Hit::Pane(..) => {}
    }
    Vec::new()
}

/// What is typed into a filter is kept, as by Enter; a command that is being typed is not left by a click.
fn leaves_prompt(model: &mut Model) -> bool {
    match model.prompt.as_ref().map(|prompt| prompt.asks) {
        None => true,
        Some(Asks::Command) => false,
        Some(Asks::Filter | Asks::Search) => {
            act::prompts::accept(model);
            model.prompt.is_none()
        }
    }
}

fn press_pane(model: &mut Model, pane: Pane, spot: Spot, when: Timestamp) -> Vec<Effect> {
    let mut effects = Vec::new();
    if !pane.focused {
        effects.extend(act::go::into(model, pane.place));
    }
    match spot {
        Spot::Anywhere => {}
        Spot::Row(nth, area) => {
            if let Some(rows) = model.lists.rows_mut(pane.place) {
                if rows.at() != nth {
                    model.moved_at = Some(model.now);
                }
                rows.select(nth);
            }
            model.mouse.last = Some(Click { on: Clicked::Row(pane.place), area, when });
        }
        Spot::Members(area) => {
            model.mouse.last = Some(Click { on: Clicked::Members, area, when });
        }
        Spot::Head(title) => act::sort_by_column(model, pane.place, title),
        Spot::Line(line) => {
            let tree = Model::subject(pane.place).and_then(|of| model.trees.get_mut(&of));
            if let Some(tree) = tree {
                tree.select(line);
                if tree.rows().get(line).is_some_and(|row| row.foldable) {
                    tree.toggle();
                }
            }
        }
    }
    effects
}

/// A second click on the same.
fn again(model: &mut Model, on: Clicked) -> Vec<Effect> {
    let picks = matches!(model.overlay, Some(Overlay::Sort { .. }));
    let is_bare = model.overlay.is_none() && model.prompt.is_none();
    let focus = model.path.focus();
    match on {
        Clicked::Row(place) if is_bare && place == focus => act::act(model, Action::Open, ""),
        Clicked::Members if is_bare && matches!(focus, Place::Channel(..)) => {
            act::act(model, Action::ViewMembers, "")
        }
        Clicked::Choice if picks => act::act(model, Action::PickSort, ""),
        Clicked::Row(_) | Clicked::Members | Clicked::Choice => Vec::new(),
        Clicked::Border => {
            match layout::class(model) {
                Class::One => {}
                Class::Two => model.arrangement.borders.two = None,
                Class::Four => model.arrangement.borders.four = None,
            }
            model.mouse.held = None;
            vec![Effect::KeepBorders(model.arrangement.borders)]
        }
    }
}

/// Runs the key of a hint, if that neither writes nor ends anything.
fn press_hint(model: &mut Model, hint: Hint) -> Vec<Effect> {
    let action = hint.action;
    if !is_harmless(action) {
        let key = hint.key;
        let words = format!("press {key} for that: a click neither changes nor ends anything");
        model.notices.say(model.now, Tone::Info, words);
        return Vec::new();
    }
    if hint.begins {
        model.prefix = Some(hint.key);
        return Vec::new();
    }
    // A key of the place closes the menu that lies over it.
    if matches!(model.overlay, Some(Overlay::Menu { .. })) {
        model.overlay = None;
    }
    act::act(model, action, &hint.key)
}

/// Whether a wish neither changes anything nor ends the console; what only opens a form or a question does not. Whatever
/// is not named here is no click's.
const fn is_harmless(action: Action) -> bool {
    is_walking(action)
        || matches!(
            action,
            // what opens a form, a question or a plan
            Action::Edit
                | Action::EditOutside
                | Action::HandOver
                | Action::New
                | Action::Migrate
                | Action::Undo
                | Action::Command
                | Action::SignIn
                | Action::Profiles
                | Action::Tour
                | Action::Practise
                // what changes but the look of things
                | Action::SortBy
                | Action::PickSort
                | Action::InvertSort
                | Action::Mark
                | Action::MarkRange
                | Action::MarkShown
                | Action::Spread
                | Action::Filter
                | Action::Search
                | Action::SearchNext
                | Action::SearchPrev
                | Action::Toggle
                | Action::FailuresOnly
                | Action::AbsoluteTimes
                | Action::Zoom
                | Action::Wide
                | Action::ShiftLeft
                | Action::ShiftRight
                | Action::SwitchMouse
                // inside what lies over the panes
                | Action::NextField
                | Action::PrevField
                | Action::Complete
                | Action::Accept
                | Action::Dismiss
                | Action::Leave
                | Action::Revert
                | Action::CloseProfiles
                | Action::TourOn
                | Action::TourBack
                | Action::NameMessagingService
                | Action::IncludeFlex
                | Action::LookAtChanges
                | Action::LookAtRows
                | Action::LookAtHidden
                | Action::LookAtPlan
                // what is only read
                | Action::CopySid
                | Action::Refresh
                | Action::Menu
                | Action::Info
                | Action::Messages
                | Action::Help
        )
}

/// Whether a wish leads from place to place.
const fn is_walking(action: Action) -> bool {
    act::is_walk(action)
        || matches!(
            action,
            Action::HistoryBack | Action::HistoryForward | Action::LastView | Action::GoThere
        )
}

fn drag(model: &mut Model, at: Position) {
    let Some((nth, _)) = model.mouse.held.filter(|_| model.overlay.is_none()) else { return };
    model.mouse.last = None;
    model.arrangement.borders = layout::moved(model, nth, at.x);
}

fn release(model: &mut Model) -> Vec<Effect> {
    let Some((_, before)) = model.mouse.held.take() else { return Vec::new() };
    let now = model.arrangement.borders;
    if now == before { Vec::new() } else { vec![Effect::KeepBorders(now)] }
}

fn wheel(model: &mut Model, at: Position, rows: i16) -> Vec<Effect> {
    let rows = isize::from(rows);
    model.mouse.last = None;
    match &model.overlay {
        None if palette::typed(model).is_some() => return act::step(model, rows.signum()),
        None => {}
        Some(Overlay::Review(_) | Overlay::Plan(_)) => return act::step(model, rows),
        Some(Overlay::Sort { .. } | Overlay::Profiles { .. } | Overlay::Menu { .. }) => {
            return act::step(model, rows.signum());
        }
        Some(_) => return Vec::new(),
    }
    let Hit::Pane(pane, _) = layout::hit(model, at) else { return Vec::new() };
    let place = pane.place;
    if let Some(list) = model.lists.rows_mut(place) {
        let (before, reads_on) = (list.at(), rows > 0 && pane.focused && list.can_read_on());
        list.scroll(rows);
        if list.at() != before {
            model.moved_at = Some(model.now);
        }
        if reads_on {
            return places::ask(model, place, Ask::More);
        }
    } else if let Some(tree) =
        Model::subject(place).filter(|_| !place.is_text()).and_then(|of| model.trees.get_mut(&of))
    {
        tree.scroll_by(rows);
    } else {
        // How far there is to go is known where the panes are laid out.
        let by = if place.is_text() { rows } else { rows.signum() };
        let stands = model.stands.entry(place).or_default();
        *stands = stands.saturating_add_signed(by);
    }
    Vec::new()
}
