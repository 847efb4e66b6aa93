//! After a step of the cursor only strips of the screen are drawn, and nobody can tell.

use jiff::SignedDuration;
use proptest::prelude::*;
use ratatui::{backend::TestBackend, buffer::Buffer};

use super::{scenes, themes};
use crate::api::remote_text::RemoteText;
use crate::app::{
    change, layout,
    model::Model,
    msg::Msg,
    place::Place,
    testing::{World, console_at, key, sid, start, wait},
    update::{pass_time, update},
};
use crate::config::look::Glyphs;
use crate::runtime::Surface;
use crate::view::{strips, theme::Theme};

/// A console, its server and its terminal.
struct Console {
    model: Model,
    world: World,
    surface: Surface<TestBackend>,
    theme: Theme,
}

impl Console {
    fn new((model, world): (Model, World), theme: Theme) -> Self {
        let surface = super::surface(&model);
        let mut console = Self { model, world, surface, theme };
        console.draw();
        console
    }

    /// Presses a key after so many milliseconds, as the loop takes both in. Whether it is drawn as a step.
    fn press(&mut self, spelled: &str, millis: i64) -> bool {
        let later = self.model.now + SignedDuration::from_millis(millis);
        let mut orders = pass_time(&mut self.model, later);
        orders.extend(update(&mut self.model, Msg::Key(key(spelled))));
        let is_step = change::step(&self.model, &layout::screen(&self.model)).is_some();
        self.draw();
        self.world.serve(&mut self.model, orders);
        self.draw();
        is_step
    }

    /// Lets time pass without a key.
    fn rest(&mut self, millis: i64) {
        let orders = wait(&mut self.model, millis);
        self.draw();
        self.world.serve(&mut self.model, orders);
        self.draw();
    }

    /// Somebody else gives channels another name.
    fn rename(&mut self, name: &str) {
        for channel in self.world.channels.iter_mut().take(6) {
            channel.friendly_name = Some(RemoteText::new(name));
        }
    }

    fn draw(&mut self) {
        super::draw_onto(&mut self.surface, &mut self.model, &self.theme);
    }
}

const KEYS: &[&str] = &[
    "j", "j", "j", "j", "k", "k", "k", "Down", "Up", "G", "g", "^d", "PgUp", "Space", "v", "*",
    "#", "t", "z", "w", ">", "<", "Tab", "S-Tab", "Enter", "Esc", "1", "2", "3", "s", "S", "x",
    "rename", "rest", "R", "^c", "?", ":", "/", "a", "r", "y", "f", "^l",
];

fn pressed() -> impl Strategy<Value = Vec<(&'static str, i64)>> {
    let waits = prop::sample::select(vec![0_i64, 1, 40, 130, 900, 61_000]);
    prop::collection::vec((prop::sample::select(KEYS), waits), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_shows_after_a_step_is_what_a_whole_frame_shows(
        size in prop::sample::select(vec![(40, 10), (60, 12), (80, 24), (120, 40), (200, 50)]),
        theme in 0..=themes::themes().len(),
        nasty in any::<bool>(),
        keys in pressed(),
    ) {
        let began = if nasty { scenes::nasty_world(size) } else { plain(size, 0) };
        let theme = themes::themes().into_iter().map(|(_, theme)| theme).nth(theme);
        let ascii = || Theme::colour().with_glyphs(Glyphs::Ascii);
        let mut console = Console::new(began, theme.unwrap_or_else(ascii));
        for (nth, (spelled, millis)) in keys.into_iter().enumerate() {
            match spelled {
                "rename" => console.rename(&format!("Renamed {nth}")),
                "rest" => console.rest(31_000),
                key => drop(console.press(key, millis)),
            }
        }
    }
}

fn plain(size: (u16, u16), place: usize) -> (Model, World) {
    let mut world = World::of(3, 40, 6);
    for (nth, channel) in (0..).zip(&mut world.channels) {
        // Young enough that ages go by seconds.
        channel.date_updated = Some(start() - SignedDuration::from_secs(nth));
    }
    let (service, channel) = (Place::Channels(sid(1)), world.channels[0].sid);
    let places = [
        vec![service],
        vec![],
        vec![Place::Users(sid(1))],
        vec![service, Place::Channel(sid(1), channel), Place::Members(sid(1), channel)],
    ];
    let model = console_at(&mut world, size, &places[place]);
    (model, world)
}

#[test]
fn a_step_is_drawn_as_one_until_the_second_is_over() {
    for size in [(80, 24), (120, 40), (200, 50)] {
        for place in 0..4 {
            let mut console = Console::new(plain(size, place), Theme::colour());
            // Whatever the panes beyond show has followed by then.
            console.press("j", 200);
            assert!(console.press("k", 10), "{place} {size:?}");
            assert!(console.press("j", 10), "{place} {size:?}");
            // No glyph is wide here, of which the terminal in memory would know nothing.
            let written = console.surface.backend().buffer();
            assert_eq!(super::lines(written), super::lines(console.surface.shown()));
        }
        let mut console = Console::new(plain(size, 0), Theme::colour());
        assert!(console.press("j", 10));
        for key in ["Space", "z", "Enter"] {
            assert!(!console.press(key, 10), "{key} is no step");
        }
    }
}

#[test]
fn a_change_that_is_seen_by_passing_it_is_counted_at_once() {
    let mut console = Console::new(plain((120, 40), 0), Theme::colour());
    console.press("R", 10);
    console.rename("Renamed");
    console.rest(31_000);
    assert!(super::lines(console.surface.shown()).contains("Δ 6 changed"));
    // A reading that is stopped is the last one, but what has changed stays marked.
    assert!(!wait(&mut console.model, 31_000).is_empty());
    console.press("^c", 10);
    console.rest(200);
    for key in ["j", "j", "k", "j", "j"] {
        console.press(key, 10);
    }
    let shown = super::lines(console.surface.shown());
    assert!(shown.contains("Δ 3 changed"), "{shown}");
}

#[test]
fn strips_lie_one_below_the_other_and_are_few() {
    let (model, _) = plain((120, 40), 0);
    let screen = layout::screen(&model);
    let strips = strips(&model, &Theme::colour(), &screen, (3, 1));
    let lines: Vec<u16> = strips.iter().map(|strip| strip.area.y).collect();
    assert!(lines.is_sorted(), "{lines:?}");
    let cells: usize = strips.iter().map(|strip: &Buffer| strip.content.len()).sum();
    assert!(cells < 120 * 7, "{cells}");
}
