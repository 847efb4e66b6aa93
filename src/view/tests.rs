//! What is drawn, as text.

mod hints;
mod pictures;
mod pointing;
mod scenes;
mod screens;
mod sizes;
mod svg;
mod themes;
mod walk;

use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};
use unicode_width::UnicodeWidthStr;

use crate::app::model::Model;
use crate::view::{render, theme::Theme};

/// A terminal of the model's size.
fn terminal(model: &Model) -> Terminal<TestBackend> {
    let backend = TestBackend::new(model.size.width, model.size.height);
    Terminal::new(backend).expect("a terminal in memory")
}

/// The screen as lines of text, whatever its colours.
fn drawn(model: &Model) -> String {
    let mut terminal = terminal(model);
    terminal.draw(|frame| render(model, &Theme::mono(), frame)).expect("memory does not fail");
    lines(terminal.backend().buffer())
}

fn lines(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut covered = 0;
        for x in 0..buffer.area.width {
            if covered > 0 {
                covered -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            covered = symbol.width().saturating_sub(1);
            line.push_str(symbol);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
