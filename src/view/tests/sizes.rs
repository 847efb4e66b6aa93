//! Every state at every size: nothing panics, nothing is drawn outside.

use ratatui::layout::Size;

use super::scenes;
use crate::app::{
    form::Kind,
    model::Overlay,
    msg::Msg,
    testing::{first_run, press},
    update::update,
};
use crate::view::theme::Theme;

const WIDTHS: [u16; 12] = [1, 2, 9, 39, 40, 41, 60, 80, 99, 100, 160, 300];
const HEIGHTS: [u16; 10] = [1, 2, 5, 9, 10, 11, 15, 20, 24, 80];

#[test]
fn every_screen_can_be_drawn_at_any_size() {
    let theme = Theme::colour();
    for (name, mut model) in scenes::all((80, 24)) {
        for (at, &width) in WIDTHS.iter().enumerate() {
            // Not every width with every height, but every pair for some screen.
            for height in HEIGHTS.iter().skip((at + name.len()) % 3).step_by(3) {
                update(&mut model, Msg::Resized(Size::new(width, *height)));
                super::frame(&model, &theme);
            }
        }
    }
}

#[test]
fn the_ways_on_from_the_first_screen_show_at_any_size() {
    let ways =
        ["1  Try the sandbox", "2  Enter credentials", "3  Show the variables", "t  Take the tour"];
    for (width, height) in [(40, 10), (40, 24), (60, 15), (80, 16), (80, 24), (200, 50)] {
        let model = first_run(width, height);
        let screen = super::drawn(&model);
        for way in ways {
            assert!(screen.contains(way), "{way} at {width}x{height}:\n{screen}");
        }
    }
}

#[test]
fn a_terminal_smaller_than_was_told_is_drawn_too() {
    for (_, model) in scenes::all((80, 24)) {
        super::frame_at(Size::new(41, 11), &model, &Theme::colour());
    }
}

#[test]
fn the_cursor_of_a_form_is_on_the_line_being_edited() {
    for height in 10..50 {
        let mut model = scenes::overlay("form", (80, height));
        press(&mut model, "Tab Tab");
        for _ in 0..40 {
            press(&mut model, "Enter");
            let (buffer, cursor) = super::frame(&model, &Theme::mono());
            let Some(Overlay::Form(draft)) = &model.overlay else { panic!("the form stays") };
            let field = draft.fields.iter().find(|field| matches!(field.kind(), Kind::Json { .. }));
            let row = field.expect("the attributes").lines().1;
            let y = cursor.expect("the form has one").y;
            let screen = super::lines(&buffer);
            let line = screen.lines().nth(usize::from(y)).unwrap_or_default();
            let number = format!("{:>2} ", row + 1);
            assert!(line.contains(&number), "80x{height}: line {number}is not there\n{screen}");
        }
    }
}

#[test]
fn no_raw_control_or_bidi_character_reaches_the_screen() {
    for opened in [false, true] {
        for size in [(80, 24), (120, 40), (200, 50)] {
            let mut screen = super::drawn(&scenes::nasty(opened, size));
            screen.push_str(&super::drawn(&scenes::of_text("nasty_message", size)));
            let bad = |letter: char| {
                (letter.is_control() && letter != '\n')
                    || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}')
            };
            let found: Vec<char> = screen.chars().filter(|&letter| bad(letter)).collect();
            assert!(found.is_empty(), "{found:?}\n{screen}");
        }
    }
}
