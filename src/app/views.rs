//! Saved views: filter, sort and columns of a list under a name, by profile. Keeping them is the runtime's; what one
//! means is found out when it is used, and what of it means nothing any more is told while the rest holds.

mod start;

use std::collections::BTreeMap;

pub use self::start::{Wrong, begin, settle, waits_for};
use crate::{
    api::remote_text::shown,
    app::{
        action::Action,
        effect::Effect,
        list::{Ask, Rows, Sort},
        model::{Model, Overlay, Session},
        notice::Tone,
        place::Place,
        places,
        prompt::{Asks, Prompt},
    },
    config::Listed,
    state::{SortedBy, View, Views},
};

/// The views that are known.
#[derive(Debug, Default)]
pub struct Saved {
    all: Views,
    /// Why they could not be read.
    problem: Option<String>,
    /// What the first list of a kind begins with.
    waiting: Option<View>,
}

/// What was to be done to a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// To keep it.
    Save,
    /// To delete it.
    Delete,
}

/// The profile of the practice account. No other can be called so.
const PRACTICE: &str = "(practice)";
/// The most characters of a name.
const LONGEST: usize = 40;

/// The profile that views are kept under.
pub fn profile(model: &Model) -> Option<String> {
    match &model.session {
        Session::Open(account) => {
            Some(account.profile.clone().unwrap_or_else(|| PRACTICE.to_owned()))
        }
        Session::FirstRun { .. } => None,
    }
}

/// The views of the present profile, by name.
pub fn here(model: &Model) -> Option<&BTreeMap<String, View>> {
    model.views.all.get(&profile(model)?).filter(|views| !views.is_empty())
}

/// The names of the views of the present profile.
pub fn names(model: &Model) -> impl Iterator<Item = &str> {
    here(model).into_iter().flat_map(|views| views.keys().map(String::as_str))
}

/// `:view`, `:view NAME`, `:view save NAME`, `:view delete NAME`.
///
/// # Errors
/// Why it cannot be done, in words that are safe to show.
pub fn command(model: &mut Model, argument: &str) -> Result<Vec<Effect>, String> {
    let (verb, rest) = argument.split_once(char::is_whitespace).unwrap_or((argument, ""));
    match (verb, rest.trim()) {
        ("", _) => {
            model.overlay = Some(Overlay::Views { at: 0 });
            // Another console may have kept some since.
            Ok(vec![Effect::RecallViews])
        }
        ("save", name) => save(model, name),
        ("delete", name) => delete(model, name),
        _ => apply(model, argument),
    }
}

fn save(model: &mut Model, name: &str) -> Result<Vec<Effect>, String> {
    let place = model.path.focus();
    let (Some(of), Some(rows)) = (place.listed(), model.rows(place)) else {
        return Err("a view is of a list; open one first".to_owned());
    };
    let profile = profile(model).ok_or("a view belongs to an account; there is none")?;
    check(name)?;
    if let Some(problem) = &model.views.problem {
        return Err(format!("not saved: {problem}"));
    }
    let sort = rows.sort().and_then(|Sort { field, descending }| {
        let field = rows.fields().get(field)?.name.to_owned();
        Some(SortedBy { field, descending })
    });
    let titles = model.columns.here(place).unwrap_or_default();
    let columns = titles.iter().filter_map(|title| of.name_of(title)).map(str::to_owned);
    let view = View {
        of: of.name().to_owned(),
        filter: rows.filter().to_owned(),
        sort,
        columns: columns.collect(),
        service: place.service().map(|service| service.to_string()),
    };
    let view = Some(Box::new(view));
    Ok(vec![Effect::KeepView { profile, name: name.to_owned(), view }])
}

/// Whether a view can be called so.
fn check(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err(":view save NAME".to_owned());
    }
    if name.chars().count() > LONGEST {
        return Err(format!("the name of a view has {LONGEST} characters at most"));
    }
    if shown(name).text() != name {
        return Err("the name of a view has letters, digits, signs and blanks".to_owned());
    }
    let verb = name.split(' ').next().unwrap_or_default();
    if matches!(verb, "save" | "delete") {
        return Err(format!("the name of a view does not begin with {verb}"));
    }
    Ok(())
}

fn delete(model: &mut Model, name: &str) -> Result<Vec<Effect>, String> {
    let profile = profile(model).ok_or("a view belongs to an account; there is none")?;
    found(model, name)?;
    Ok(vec![Effect::KeepView { profile, name: name.to_owned(), view: None }])
}

fn found(model: &Model, name: &str) -> Result<View, String> {
    let view = here(model).and_then(|views| views.get(name));
    view.cloned().ok_or_else(|| match (&model.views.problem, here(model)) {
        (Some(problem), _) => problem.clone(),
        (None, None) => "there are no views yet; :view save NAME keeps one".to_owned(),
        (None, Some(views)) => {
            let names: Vec<String> = views.keys().take(8).map(|name| called(name)).collect();
            format!("there is no view “{}”; there are {}", called(name), names.join(", "))
        }
    })
}

/// What a view is called, safe to show: the file may hold names that nobody could have typed.
fn called(name: &str) -> String {
    let mut called = shown(name).text();
    if let Some((end, _)) = called.char_indices().nth(LONGEST) {
        called.truncate(end);
        called.push('…');
    }
    called
}

/// Goes to the list that a view is of, and looks at it so.
///
/// # Errors
/// Why it cannot be used here, in words that are safe to show.
pub fn apply(model: &mut Model, name: &str) -> Result<Vec<Effect>, String> {
    let view = found(model, name)?;
    let words = format!("the view {}", called(name));
    let of = Listed::named(&view.of)
        .ok_or_else(|| format!("{words} is of a list that is not known here"))?;
    let effects = go(model, of, &view)?;
    model.notices.say(model.now, Tone::Info, words.clone());
    arrange(model, &view, &words);
    Ok(effects)
}

/// Goes to the nearest list of a kind.
fn go(model: &mut Model, of: Listed, view: &View) -> Result<Vec<Effect>, String> {
    let focus = model.path.focus();
    if focus.listed() == Some(of) {
        return Ok(Vec::new());
    }
    let remembered = || view.service.as_ref().and_then(|service| service.parse().ok());
    let service = model.service_at(focus).or_else(remembered);
    let lacks = |what: &str| format!("this is a view of {of}; open {what} first");
    match of {
        Listed::Services => while model.path.leave() {},
        Listed::Flex => model.path.jump(Place::Flex),
        Listed::Flows => model.path.jump(Place::Flows),
        Listed::Channels | Listed::Users | Listed::Roles => {
            let service = service.ok_or_else(|| lacks("a service"))?;
            model.path.jump(match of {
                Listed::Users => Place::Users(service),
                Listed::Roles => Place::Roles(service),
                _ => Place::Channels(service),
            });
        }
        Listed::Members | Listed::Messages | Listed::Invites => {
            let (service, channel) =
                model.chat_channel_at(focus).ok_or_else(|| lacks("a channel"))?;
            model.path.enter(match of {
                Listed::Members => Place::Members(service, channel),
                Listed::Messages => Place::Messages(service, channel),
                _ => Place::Invites(service, channel),
            });
        }
        Listed::Memberships => {
            let user = model.user_at(focus).zip(focus.service());
            let (user, service) = user.ok_or_else(|| lacks("a user"))?;
            model.path.enter(Place::Memberships(service, user));
        }
        Listed::Jobs | Listed::Journal => {
            let place = if of == Listed::Jobs { Place::Jobs } else { Place::Journal };
            model.path.look_at(place);
            model.moved_at = None;
            return Ok(places::ask(model, place, Ask::First));
        }
    }
    model.moved_at = None;
    Ok(Vec::new())
}

/// Looks at the list in focus as a view says. What of it means nothing is told; a filter that is wrong opens to be mended.
fn arrange(model: &mut Model, view: &View, called: &str) {
    let place = model.path.focus();
    let Some(of) = place.listed() else { return };
    let mut wrong = Vec::new();
    let mut titles = Vec::new();
    for name in &view.columns {
        match of.title(name) {
            Ok(title) => titles.push(title),
            Err(words) => wrong.push(words),
        }
    }
    model.columns.choose(place, Some(titles));
    let Model { lists, entities, .. } = model;
    let Some(rows) = lists.rows_mut(place) else { return };
    let sort = view.sort.as_ref().and_then(|SortedBy { field, descending }| {
        let at = rows.fields().iter().position(|it| it.name == field && it.sorts());
        if at.is_none() {
            wrong.push(format!("{of} cannot be sorted by “{}”", shown(field).text()));
        }
        at.map(|field| Sort { field, descending: *descending })
    });
    rows.set_sort(sort, entities);
    (model.prompt, model.overlay) = (None, None);
    model.moved_at = Some(model.now);
    if let Err(fault) = model.filter(place, &view.filter) {
        wrong.push(format!("its filter: {}", fault.words));
        let before = model.rows(place).map(Rows::filter).unwrap_or_default().to_owned();
        let mut prompt = Prompt::new(Asks::Filter, &view.filter);
        (prompt.before, prompt.fault) = (before, Some(fault));
        model.prompt = Some(prompt);
    }
    for words in wrong {
        model.notices.say(model.now, Tone::Warn, format!("{called}: {words}"));
    }
}

/// Carries out a wish in the list of views.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if action != Action::PickView {
        return Vec::new();
    }
    let Some(Overlay::Views { at }) = model.overlay.take() else { return Vec::new() };
    let name = here(model).and_then(|views| views.keys().nth(at)).cloned();
    let Some(name) = name else { return Vec::new() };
    apply(model, &name).unwrap_or_else(|words| {
        model.notices.say(model.now, Tone::Bad, words);
        Vec::new()
    })
}

/// Moves the cursor of the list of views.
pub fn step(model: &mut Model, by: isize) {
    let last = here(model).map_or(0, BTreeMap::len).saturating_sub(1);
    if let Some(Overlay::Views { at }) = &mut model.overlay {
        *at = at.saturating_add_signed(by).min(last);
    }
}

/// The views came from the disk, or why not.
pub fn recalled(model: &mut Model, result: Result<Views, String>) {
    match result {
        Ok(all) => (model.views.all, model.views.problem) = (all, None),
        Err(problem) => {
            // That nothing can be changed has the same cause where both are told, and is not to be covered by this; who
            // asks for a view hears of it.
            let is_known = model.views.problem.as_ref() == Some(&problem);
            if !is_known && model.no_journal.is_none() {
                let text = format!("the saved views cannot be read: {problem}");
                model.notices.say(model.now, Tone::Warn, text);
            }
            model.views.problem = Some(problem);
        }
    }
}

/// A view was kept or deleted, or why not.
pub fn kept(model: &mut Model, name: &str, deed: Deed, result: Result<Views, String>) {
    let was = here(model).is_some_and(|views| views.contains_key(name));
    let name = called(name);
    let (tone, text) = match (result, deed) {
        (Ok(all), deed) => {
            (model.views.all, model.views.problem) = (all, None);
            let text = match deed {
                Deed::Delete => format!("deleted the view {name}"),
                Deed::Save if was => format!("replaced the view {name}"),
                Deed::Save => format!("saved the view {name}; :view {name} brings it back"),
            };
            (Tone::Ok, text)
        }
        (Err(why), Deed::Save) => (Tone::Bad, format!("the view {name} was not saved: {why}")),
        (Err(why), Deed::Delete) => (Tone::Bad, format!("the view {name} is still there: {why}")),
    };
    model.notices.say(model.now, tone, text);
    step(model, 0);
}
