//! The screen without credentials: what was looked for, and the ways on.

use ratatui::text::{Line, Span};

use crate::app::{action::Action, layout, profiles, remote::Remote};
use crate::view::{Ctx, Frame, overlay};

/// With fewer rows only the ways on show.
const LOW: u16 = 16;
/// With fewer columns what is said of each of them would not stand on its line.
const NARROW: u16 = 78;

pub(crate) fn render(ctx: &Ctx, looked_at: &str, starting: &Remote<()>, frame: &mut Frame) {
    let theme = ctx.theme;
    let body = layout::body(frame.area().as_size());
    let is_low = body.height < LOW;
    let is_narrow = body.width < NARROW;
    let key = |action: Action, words: &'static str, more: &'static str| {
        Line::from(vec![
            Span::styled(format!("  {}  ", ctx.model.key(action)), theme.key),
            Span::raw(if is_narrow { words.to_owned() } else { format!("{words:<24}") }),
            Span::styled(if is_narrow { "" } else { more }, theme.dim),
        ])
    };
    let mut choices = vec![
        key(Action::Practise, "Try the sandbox", "practice here; nothing leaves this machine"),
        key(Action::SignIn, "Enter credentials", "an API key, tried before it is kept"),
    ];
    let has_profiles = profiles::refusal(ctx.model).is_none();
    // Where one of them has to go, the last does: it stands at the foot too.
    let variables =
        key(Action::ShowVariables, "Show the variables", "prints the lines to export, and quits");
    if !is_low {
        choices.push(variables.clone());
    }
    if has_profiles {
        choices.push(key(Action::Profiles, "Choose a profile", "one of those in config.toml"));
    }
    choices.push(key(Action::Tour, "Take the tour", "a minute in the sandbox; any key leaves it"));
    let state =
        starting.is_loading().then(|| Line::styled("  starting the sandbox …", theme.pending));
    if is_low {
        choices.push(variables);
        let lines = state.into_iter().chain(choices).collect();
        return overlay::framed(ctx, " Switchboard ", lines, frame);
    }
    let mut lines = vec![
        Line::raw("No Twilio credentials found."),
        Line::styled(format!("Looked at {looked_at}."), theme.dim),
        Line::default(),
    ];
    lines.extend(choices);
    lines.extend([Line::default(), state.unwrap_or_default()]);
    overlay::framed(ctx, " Switchboard ", lines, frame);
}
