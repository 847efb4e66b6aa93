//! The sheet of keys: which of them show, which is chosen, and what Enter makes of it.

use crate::app::{
    act::commands,
    effect::Effect,
    form::line::Entry,
    layout,
    model::{Model, Overlay},
    notice::Tone,
    palette::Run,
    permit,
    sheet::{self, Told},
};

/// Opens the sheet over whatever is there; a question shows its own keys.
pub fn open(model: &mut Model) {
    let is_open = matches!(
        model.overlay,
        None | Some(
            Overlay::Form(_)
                | Overlay::Messages { .. }
                | Overlay::Info { .. }
                | Overlay::Quit
                | Overlay::Menu { .. }
        )
    );
    if !is_open {
        return;
    }
    let contexts = model.contexts();
    let form = match model.overlay.take() {
        Some(Overlay::Form(draft)) => Some(draft),
        _ => None,
    };
    let sought = Box::new(Entry::new(""));
    model.overlay = Some(Overlay::Help { contexts, top: 0, at: 0, sought, form });
}

/// What shows: all that holds what was typed.
pub fn told(model: &Model) -> Vec<Told> {
    let Some(Overlay::Help { contexts, sought, .. }) = &model.overlay else { return Vec::new() };
    sheet::told(model, contexts, sought.text())
}

/// Follows what is typed.
pub fn follow(model: &mut Model) {
    if let Some(Overlay::Help { at, top, .. }) = &mut model.overlay {
        (*at, *top) = (0, 0);
    }
}

/// Moves the choice, and with it what shows.
pub fn step(model: &mut Model, by: isize) {
    let told = told(model);
    let last = told.len().saturating_sub(1);
    let lines = sheet::of_told(model, &told);
    let room = usize::from(layout::inside(sheet::area(model.size, lines.len())).height);
    let Some(Overlay::Help { at, top, .. }) = &mut model.overlay else { return };
    *at = at.saturating_add_signed(by).min(last);
    // Every entry begins with a line that has its head.
    let mut firsts = lines.iter().enumerate().filter(|(_, line)| line.head.is_some());
    let first = firsts.nth(*at).map_or(0, |(line, _)| line);
    let next = firsts.next().map_or(lines.len(), |(line, _)| line);
    *top = (*top).min(first).max(next.saturating_sub(room));
}

/// Does what is chosen, where that can be done; else says why not.
pub fn run(model: &mut Model) -> Vec<Effect> {
    let told = told(model);
    let Some(Overlay::Help { at, .. }) = &model.overlay else { return Vec::new() };
    let Some(Told { run: Some(run), line, pressed, .. }) = told.into_iter().nth(*at) else {
        return Vec::new();
    };
    let help = model.overlay.take();
    let under = match help {
        Some(Overlay::Help { form: Some(draft), contexts, top, at, sought }) => {
            model.overlay = Some(Overlay::Form(draft));
            Some((contexts, top, at, sought))
        }
        Some(Overlay::Help { form: None, contexts, top, at, sought }) => {
            Some((contexts, top, at, sought))
        }
        _ => None,
    };
    let refusal = match run {
        Run::Wish(action) => permit::refusal(model, action),
        _ => None,
    };
    let Some(why) = refusal else {
        return match run {
            Run::Wish(action) => crate::app::act::act(model, action, &pressed),
            run => commands::run_apart(model, &line, run),
        };
    };
    model.notices.say(model.now, Tone::Info, why);
    if let Some((contexts, top, at, sought)) = under {
        let form = match model.overlay.take() {
            Some(Overlay::Form(draft)) => Some(draft),
            _ => None,
        };
        model.overlay = Some(Overlay::Help { contexts, top, at, sought, form });
    }
    Vec::new()
}

/// Takes what was typed away, else closes the sheet.
pub fn leave(model: &mut Model) {
    if let Some(Overlay::Help { sought, at, top, .. }) = &mut model.overlay
        && !sought.text().is_empty()
    {
        **sought = Entry::new("");
        (*at, *top) = (0, 0);
        return;
    }
    let form = match model.overlay.take() {
        Some(Overlay::Help { form, .. }) => form,
        _ => None,
    };
    model.overlay = form.map(Overlay::Form);
}
