//! The README's table of keys is the table that the console obeys.

use switchboard::app::keymap::{Keymap, Telling};

#[test]
fn the_readme_tells_the_keys_as_they_are() {
    let readme = include_str!("../README.md");
    let table = readme
        .split_once("<!-- keys:")
        .and_then(|(_, rest)| rest.split_once("-->\n"))
        .and_then(|(_, rest)| rest.split_once("<!-- /keys -->"))
        .map(|(table, _)| table)
        .expect("the markers around the table");
    assert_eq!(
        table.trim(),
        Keymap::default().markdown(Telling::Plain).trim(),
        "put what `cargo run -- keys --default` prints between the markers"
    );
}
