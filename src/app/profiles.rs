//! Switching to another account while the console runs. Nothing of the old one stays: the model begins anew, and an
//! answer to a question that was asked before the switch is not heard.

use crate::app::{
    account::{Account, Choice, SignedIn},
    action::Action,
    auto::Auto,
    drafts,
    effect::Effect,
    jobs::{self, After},
    model::{Model, Overlay, Session},
    notice::Tone,
    quit,
    remote::{Remote, Settled},
    ticket::{Lane, Reply, Ticket},
    update,
};
use crate::config::NewProfile;

/// The accounts to choose from, and the switch that is under way.
#[derive(Debug, Default)]
pub struct Profiles {
    /// All of them.
    pub choices: Vec<Choice>,
    /// Why none may be switched to in this session.
    pub closed: Option<&'static str>,
    /// What was odd in the files, to be said once.
    pub warnings: Vec<String>,
    target: Option<String>,
    switching: Remote<()>,
    since: u64,
}

impl Profiles {
    /// These accounts.
    pub fn of(choices: Vec<Choice>, closed: Option<&'static str>) -> Self {
        Self { choices, closed, ..Self::default() }
    }

    /// The profile that is being switched to.
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref().filter(|_| self.switching.is_loading())
    }

    /// Whether a question was asked of the account that is connected now.
    pub fn is_current(&self, asked: Ticket) -> bool {
        asked.serial >= self.since
    }

    /// The names that begin so.
    pub fn completed(&self, typed: &str) -> Option<&str> {
        let mut names = self.choices.iter().map(|choice| choice.name.as_str());
        let first = names.find(|name| name.starts_with(typed))?;
        let common = names.filter(|name| name.starts_with(typed)).fold(first, |common, name| {
            let same = common.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
            common.get(..same).unwrap_or(common)
        });
        Some(common)
    }
}

/// Why there is nothing to choose.
pub fn refusal(model: &Model) -> Option<&'static str> {
    let profiles = &model.profiles;
    let none = "there are no profiles yet; :sign-in enters the credentials of one";
    profiles.closed.or_else(|| profiles.choices.is_empty().then_some(none))
}

/// Carries out a wish about accounts.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Info => model.overlay = Some(Overlay::Info { top: 0 }),
        Action::Profiles => open(model),
        Action::Choose => return choose(model),
        Action::SwitchAnyway => return switch_anyway(model),
        Action::CloseProfiles => return leave(model),
        _ => {}
    }
    Vec::new()
}

/// Lists the accounts, the present one under the cursor.
pub fn open(model: &mut Model) {
    let present = current(model);
    let at = model.profiles.choices.iter().position(|choice| Some(&choice.name) == present);
    model.overlay = Some(Overlay::Profiles { at: at.unwrap_or(0) });
}

fn current(model: &Model) -> Option<&String> {
    match &model.session {
        Session::Open(account) => account.profile.as_ref(),
        Session::FirstRun { .. } => None,
    }
}

/// Moves the cursor of the list.
pub fn step(model: &mut Model, by: isize) {
    let last = model.profiles.choices.len().saturating_sub(1);
    if let Some(Overlay::Profiles { at }) = &mut model.overlay {
        *at = at.saturating_add_signed(by).min(last);
    }
}

/// Switches to the account under the cursor.
fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Profiles { at }) = model.overlay else { return Vec::new() };
    let Some(choice) = model.profiles.choices.get(at) else { return Vec::new() };
    let name = choice.name.clone();
    switch(model, &name).unwrap_or_else(|words| {
        model.notices.say(model.now, Tone::Bad, words);
        Vec::new()
    })
}

/// Switches to the account of this name, after asking where typed text would be lost.
///
/// # Errors
/// Why it cannot be done now, in words.
pub fn switch(model: &mut Model, name: &str) -> Result<Vec<Effect>, String> {
    let Some(at) = model.profiles.choices.iter().position(|choice| choice.name == name) else {
        let name = crate::api::remote_text::shown(name).text();
        return Err(format!("there is no profile “{name}”; :profile lists them"));
    };
    if current(model).is_some_and(|present| present == name) {
        return Err(format!("{name} is the profile you are in"));
    }
    if let Some(lacks) = model.profiles.choices.get(at).and_then(|choice| choice.lacks.as_ref()) {
        return Err(lacks.clone());
    }
    if let Some(words) = busy(model) {
        return Err(words);
    }
    if jobs::busy(model) {
        jobs::leave::ask(model, After::Switch(name.to_owned()));
        return Ok(Vec::new());
    }
    if quit::unsaved(model) > 0 {
        model.overlay = Some(Overlay::Switch { name: name.to_owned() });
        return Ok(Vec::new());
    }
    Ok(ask(model, name))
}

/// Switches, and drops what was typed once the other account is there: the person has just agreed to it.
fn switch_anyway(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Switch { name }) = model.overlay.take() else { return Vec::new() };
    if let Some(words) = busy(model) {
        model.notices.say(model.now, Tone::Bad, words);
        return Vec::new();
    }
    ask(model, &name)
}

/// Why an account cannot be left: what is out would be answered to nobody.
fn busy(model: &Model) -> Option<String> {
    let out = match model.entities.writes_out() {
        0 => return None,
        1 => "1 save is".to_owned(),
        several => format!("{several} saves are"),
    };
    Some(format!("{out} still out; switch when that is answered"))
}

/// Asks for the account. The list lies over the screen until it comes, so that nothing can be typed or sent meanwhile.
fn ask(model: &mut Model, name: &str) -> Vec<Effect> {
    let at = model.profiles.choices.iter().position(|choice| choice.name == name).unwrap_or(0);
    model.prompt = None;
    model.overlay = Some(Overlay::Profiles { at });
    let ticket = model.profiles.switching.ask(&mut model.tickets, Lane::Switch, model.now);
    model.profiles.target = Some(name.to_owned());
    vec![Effect::Connect { ticket, profile: name.to_owned() }]
}

/// Tries credentials that were typed; with `keep` they are kept where they hold.
pub(super) fn sign_in(model: &mut Model, profile: NewProfile, keep: bool) -> Vec<Effect> {
    let refused = model.profiles.closed.map(str::to_owned).or_else(|| busy(model));
    let refused = refused.or_else(|| (quit::unsaved(model) > 0).then(|| UNSAVED.to_owned()));
    let refused = refused.or_else(|| jobs::busy(model).then(|| "a job is at work".to_owned()));
    if let Some(why) = refused {
        told_in_form(model, why);
        return Vec::new();
    }
    let ticket = model.profiles.switching.ask(&mut model.tickets, Lane::Switch, model.now);
    model.profiles.target = Some(profile.name.clone());
    vec![Effect::SignIn { ticket, profile: Box::new(profile), keep }]
}

const UNSAVED: &str = "there is typed text that is not saved; save it, or quit without it";

fn told_in_form(model: &mut Model, why: String) {
    if let Some(Overlay::SignIn(form)) = &mut model.overlay {
        form.problem = Some(why);
    }
}

/// The credentials hold, or do not.
pub fn signed_in(model: &mut Model, reply: Reply<SignedIn>) -> Vec<Effect> {
    let Reply { ticket, result } = reply;
    let (result, known) = match result {
        Ok(SignedIn { account, choices, kept }) => (Ok(account), Some((choices, kept))),
        Err(problem) => (Err(problem), None),
    };
    if let Err(problem) = &result
        && model.profiles.target().is_some()
    {
        let why = problem.sentence();
        told_in_form(model, why);
    }
    let was = model.profiles.since;
    let effects = arrived(model, Reply { ticket, result });
    if let Some((choices, kept)) = known.filter(|_| model.profiles.since != was) {
        model.profiles.choices = choices;
        if let Some(path) = kept {
            let text = format!("the credentials are kept in {path}, which only you can read");
            model.notices.say(model.now, Tone::Ok, text);
        }
    }
    effects
}

/// Closes the list and gives up a switch that is under way.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    model.overlay = None;
    if !model.profiles.switching.cancel() {
        return Vec::new();
    }
    model.notices.say(model.now, Tone::Info, "not switched");
    vec![Effect::Abort(Lane::Switch)]
}

/// The account is there, or is not.
pub fn arrived(model: &mut Model, reply: Reply<Account>) -> Vec<Effect> {
    let ticket = reply.ticket;
    let mut account = None;
    let settled = model.profiles.switching.settle(reply, model.now, |_, came| account = Some(came));
    if let Settled::Failed(problem) = settled {
        if matches!(model.overlay, Some(Overlay::SignIn(_))) {
            return Vec::new();
        }
        let name = model.profiles.target.take().unwrap_or_default();
        let text = format!("not switched to {name}: {}", problem.sentence());
        model.notices.say(model.now, Tone::Bad, text);
        return Vec::new();
    }
    let Some(account) = account else { return Vec::new() };
    let at_work = || jobs::busy(model).then(|| "a job is at work".to_owned());
    if let Some(words) = busy(model).or_else(at_work) {
        model.notices.say(model.now, Tone::Bad, format!("not switched: {words}"));
        return Vec::new();
    }
    // What was typed belongs to the account that is left, and waits for it on the disk.
    let mut effects = drafts::flush(model);
    become_another(model, account);
    effects.push(Effect::Adopt { ticket });
    effects.extend(update::begin(model));
    effects
}

/// Begins anew on another account. Only what is the person's own stays: the terminal, the clock, how times are shown.
fn become_another(model: &mut Model, account: Account) {
    let text = match &model.session {
        Session::Open(_) => {
            format!("this is {} now; nothing of the account before is kept", account.label)
        }
        Session::FirstRun { .. } => format!("this is {} now", account.label),
    };
    let mut fresh = Model::new(Session::Open(account), model.size, model.now, model.zone.clone());
    fresh.absolute_times = model.absolute_times;
    fresh.arrangement = model.arrangement;
    fresh.mouse = model.mouse.clone();
    fresh.keymap = std::sync::Arc::clone(&model.keymap);
    fresh.auto = Auto::like(&model.auto);
    fresh.columns.by_config = std::mem::take(&mut model.columns.by_config);
    // Tickets go on counting, so that no question of the new account bears the number of an old one.
    fresh.tickets = std::mem::take(&mut model.tickets);
    fresh.profiles = std::mem::take(&mut model.profiles);
    fresh.profiles.since = fresh.tickets.mark();
    fresh.notices.say(fresh.now, Tone::Ok, text);
    *model = fresh;
}
