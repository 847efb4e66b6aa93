//! The screen without credentials: what was looked for, and the two ways on.

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
        key("2", "Show the variables", "prints the lines to export, and quits"),
    ];
    if profiles::refusal(ctx.model).is_none() {
        lines.push(key("3", "Choose a profile", "one of those in config.toml"));
    }
    lines.extend([Line::default(), Line::styled(state, theme.pending)]);
    overlay::framed(ctx, " Switchboard ", lines, frame);
}
