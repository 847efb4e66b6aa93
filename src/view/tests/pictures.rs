//! The README's pictures are frames of this very program. `PICTURES=write cargo test pictures` draws them anew.

use std::{env, fs, path::Path};

use super::{
    scenes::{self, Extent, State},
    svg::svg,
};
use crate::{
    app::{model::Model, testing::wait},
    view::theme::{Depth, Theme},
};

const SIZE: Extent = (120, 30);

/// Each picture: its file, what it shows, and the console.
fn pictures() -> Vec<(&'static str, &'static str, Model)> {
    let list = |name: &str, size| {
        let mut lists = scenes::lists().into_iter();
        let (_, place, keys) = lists.find(|(list, ..)| *list == name).expect("a list");
        let mut model = scenes::list(place, keys, State::Many, size);
        // The panes beside it follow after a moment of rest.
        wait(&mut model, 1_000);
        model
    };
    vec![
        ("services", "The services of an account", list("services", SIZE)),
        ("channels", "Channels, and the one under the cursor", list("channels", SIZE)),
        ("channel", "A channel and its attributes", scenes::of_channel("plain", SIZE)),
        ("memberships", "A user's memberships", list("memberships", SIZE)),
        ("messages", "What was said in a channel", list("messages", SIZE)),
        ("flex", "Flex channels", list("flex", SIZE)),
        ("form", "A form that found an error", scenes::overlay("form_invalid", SIZE)),
        ("review", "The last look before a write", scenes::overlay("review", SIZE)),
        ("plan", "A plan to migrate", scenes::of_jobs("plan", SIZE)),
        ("job", "A job at work", scenes::of_jobs("rows", SIZE)),
        ("journal", "What was written", scenes::of_journal("list", SIZE)),
        ("wide", "Four panes", list("memberships", (200, 40))),
    ]
}

fn drawn(title: &str, model: &Model) -> String {
    let theme = Theme::dark(Depth::All);
    svg(title, &super::frame(model, &theme).0)
}

#[test]
fn the_pictures_show_what_is_drawn() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
    let is_to_write = env::var_os("PICTURES").is_some_and(|it| it == "write");
    for (name, title, model) in pictures() {
        let (path, picture) = (folder.join(name).with_extension("svg"), drawn(title, &model));
        if is_to_write {
            fs::write(&path, &picture).expect("a picture is written");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == picture, "{name}.svg is out of date: PICTURES=write cargo test pictures");
    }
}

#[test]
fn each_picture_is_of_the_readme() {
    let readme = include_str!("../../../README.md");
    for (name, ..) in pictures() {
        assert!(readme.contains(&format!("assets/pictures/{name}.svg")), "{name}");
    }
}
