//! The screen without credentials: what was looked for, and the ways on.

use ratatui::{
    Frame,
    text::{Line, Span},
};

use crate::app::{profiles, remote::Remote};
use crate::view::{Ctx, overlay};

pub(crate) fn render(ctx: &Ctx, looked_at: &str, starting: &Remote<()>, frame: &mut Frame) {
    let theme = ctx.theme;
    let key = |key: &'static str, words: &'static str, more: &'static str| {
        Line::from(vec![
            Span::styled(format!("  {key}  "), theme.key),
            Span::raw(format!("{words:<24}")),
            Span::styled(more, theme.dim),
        ])
    };
    let state = if starting.is_loading() { "  starting the sandbox …" } else { "" };
    let mut lines = vec![
        Line::raw("No Twilio credentials found."),
        Line::styled(format!("Looked at {looked_at}."), theme.dim),
        Line::default(),
        key("1", "Try the sandbox", "practice here; nothing leaves this machine"),
        key("2", "Enter credentials", "an API key, tried before it is kept"),
        key("3", "Show the variables", "prints the lines to export, and quits"),
    ];
    if profiles::refusal(ctx.model).is_none() {
        lines.push(key("4", "Choose a profile", "one of those in config.toml"));
    }
    lines.push(key("t", "Take the tour", "a minute in the sandbox; any key leaves it"));
    lines.extend([Line::default(), Line::styled(state, theme.pending)]);
    overlay::framed(ctx, " Switchboard ", lines, frame);
}
