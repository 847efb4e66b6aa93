//! The strips of the screen that a step of the cursor changes: its two rows, the foot of their list, and the lines at
//! head and foot.

use ratatui::{buffer::Buffer, layout::Rect};

use crate::app::{
    layout::{self, Pane, Screen},
    model::Model,
};
use crate::view::{Ctx, Frame, boxed, footer, header, places, theme::Theme};

/// Draws what a step of the cursor has changed, from one row of the window to another, from the top of the screen to its
/// bottom. All else stands as it was drawn last.
pub fn strips(
    model: &Model,
    theme: &Theme,
    screen: &Screen,
    (from, to): (usize, usize),
) -> Vec<Buffer> {
    let ctx = Ctx { model, theme, only: None };
    let mut strips = vec![strip(&ctx, screen.header, |frame| {
        header::render(&ctx, screen.header, frame);
    })];
    if let Some(pane) = screen.panes.iter().find(|pane| pane.focused) {
        let lines = layout::table(model, pane).rows;
        for row in [from.min(to), from.max(to)] {
            if let Some(line) = lines.rows().nth(row) {
                let ctx = Ctx { only: Some(row), ..ctx };
                strips.push(strip(&ctx, line, |frame| places::render(&ctx, pane, screen, frame)));
            }
        }
        strips.push(foot(&ctx, pane));
    }
    let below = screen.info.union(screen.hints).union(screen.notice);
    strips.push(strip(&ctx, below, |frame| footer::render(&ctx, screen, frame)));
    strips
}

fn strip(ctx: &Ctx, area: Rect, draw: impl FnOnce(&mut Frame)) -> Buffer {
    let mut buffer = Buffer::empty(area);
    draw(&mut Frame::new(&mut buffer));
    ctx.theme.finish(&mut buffer);
    buffer
}

/// The lower border of a list. A box has an upper one too, which is cut off.
fn foot(ctx: &Ctx, pane: &Pane) -> Buffer {
    let Rect { x, width, .. } = pane.area;
    let area = Rect { x, y: pane.area.bottom().saturating_sub(2), width, height: 2 };
    let mut whole = strip(ctx, area, |frame| {
        let block = places::with_foot(ctx, pane, boxed(ctx, pane.focused));
        frame.render_widget(block, area);
    });
    let content = whole.content.split_off(usize::from(width));
    Buffer { area: Rect { y: area.y + 1, height: 1, ..area }, content }
}
