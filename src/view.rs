//! The screen as a function of the model. Nothing here changes the model or keeps state; colours come from the theme
//! alone, and remote text passes [`text`] before it is drawn.

mod accounts;
mod arrange;
mod confirm;
mod first_run;
mod footer;
mod form;
mod frame;
mod header;
mod jobs;
mod offer;
mod overlay;
mod pairs;
mod palette;
mod places;
mod plan;
mod prose;
mod review;
mod saved;
mod sign_in;
mod spread;
mod strips;
mod table;
pub mod text;
pub mod theme;
mod tour;
mod tree;

use ratatui::{
    layout::Rect,
    text::Line,
    widgets::{Block, BorderType, Clear},
};

use unicode_width::UnicodeWidthStr;

pub use self::{frame::Frame, strips::strips};
use crate::app::{
    layout,
    model::{Model, Overlay, Session},
};
use theme::Theme;

/// What every room of the view draws from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ctx<'a> {
    pub(crate) model: &'a Model,
    pub(crate) theme: &'a Theme,
    /// The one row of the list with the focus that is to be drawn, from the top of its window; all, and what is around
    /// them, where there is none.
    pub(crate) only: Option<usize>,
}

/// Draws one frame.
pub fn render(model: &Model, theme: &Theme, frame: &mut Frame) {
    draw(&Ctx { model, theme, only: None }, frame);
    theme.finish(frame.buffer_mut());
}

fn draw(ctx: &Ctx, frame: &mut Frame) {
    if layout::is_too_small(frame.area().as_size()) {
        too_small(ctx, frame);
        return;
    }
    let screen = layout::screen(ctx.model);
    header::render(ctx, screen.header, frame);
    match &ctx.model.session {
        // The form says all there is to say, and is not as high as what it would lie on.
        Session::FirstRun { .. } if matches!(ctx.model.overlay, Some(Overlay::SignIn(_))) => {}
        Session::FirstRun { looked_at, starting, .. } => {
            first_run::render(ctx, looked_at, starting, frame);
        }
        Session::Open(account) => {
            for pane in &screen.panes {
                places::render(ctx, pane, &screen, frame);
            }
            for area in &screen.vacant {
                frame.render_widget(boxed(ctx, false), *area);
                let words = Line::styled("what the row leads to shows here", ctx.theme.dim);
                places::in_the_middle(vec![words], layout::inside(*area), frame);
            }
            if let Some(problem) = &ctx.model.contact.refused {
                overlay::refused(ctx, account, problem, frame);
            }
        }
    }
    jobs::line(ctx, screen.job, frame);
    match &ctx.model.overlay {
        Some(Overlay::Form(draft)) => form::render(ctx, draft, frame),
        Some(Overlay::Help { at, top, sought, form, .. }) => {
            if let Some(draft) = form {
                form::render(ctx, draft, frame);
            }
            overlay::help(ctx, *at, *top, sought, frame);
        }
        Some(Overlay::Messages { top }) => overlay::messages(ctx, *top, frame),
        Some(Overlay::Confirm(question)) => confirm::render(ctx, question, frame),
        Some(Overlay::Review(review)) => review::render(ctx, review, frame),
        Some(Overlay::Menu { at }) => {
            palette::menu(ctx, *at, frame);
            pairs::render(ctx, &screen, frame);
        }
        Some(Overlay::Plan(proposal)) => plan::render(ctx, proposal, frame),
        Some(Overlay::Leaving { then }) => jobs::leaving(ctx, then, frame),
        Some(Overlay::Quit) => overlay::quit(ctx, frame),
        Some(Overlay::Switch { name }) => accounts::switch(ctx, name, frame),
        Some(Overlay::Offer { places }) => offer::render(ctx, places, frame),
        Some(Overlay::SignIn(form)) => sign_in::render(ctx, form, frame),
        Some(Overlay::Tour { at }) => tour::render(ctx, *at, &screen, frame),
        Some(Overlay::Sort { at }) => arrange::sorts(ctx, *at, frame),
        Some(Overlay::Views { at }) => saved::render(ctx, *at, frame),
        Some(Overlay::Profiles { at }) => accounts::profiles(ctx, *at, frame),
        Some(Overlay::Info { top }) => accounts::info(ctx, *top, frame),
        None => {
            pairs::render(ctx, &screen, frame);
            palette::render(ctx, &screen, frame);
        }
    }
    footer::render(ctx, &screen, frame);
}

fn too_small(ctx: &Ctx, frame: &mut Frame) {
    let (size, least) = (frame.area().as_size(), layout::SMALLEST);
    let words = [
        format!(
            "Switchboard needs {}x{}, this terminal is {}x{}",
            least.width, least.height, size.width, size.height
        ),
        format!("needs {}x{}, is {}x{}", least.width, least.height, size.width, size.height),
        format!("needs {}x{}", least.width, least.height),
    ];
    let fitting = words.iter().find(|words| words.len() <= usize::from(size.width));
    let line = fitting.or_else(|| words.last()).map_or("", String::as_str);
    frame.buffer_mut().set_stringn(0, 0, line, usize::from(size.width), ctx.theme.warn);
}

/// Empties an area before something is laid over it, and with it any wide glyph that would reach in from the left.
pub(crate) fn clear(area: Rect, frame: &mut Frame) {
    frame.render_widget(Clear, area);
    let Some(x) = area.x.checked_sub(1) else { return };
    for y in area.top()..area.bottom() {
        if let Some(cell) =
            frame.buffer_mut().cell_mut((x, y)).filter(|cell| cell.symbol().width() > 1)
        {
            cell.set_symbol(" ");
        }
    }
}

/// A rounded box in the style of a pane.
pub(crate) fn boxed<'a>(ctx: &Ctx, focused: bool) -> Block<'a> {
    let style = if focused { ctx.theme.border_focused } else { ctx.theme.border };
    Block::bordered().border_type(BorderType::Rounded).border_style(style)
}

#[cfg(test)]
mod tests;
