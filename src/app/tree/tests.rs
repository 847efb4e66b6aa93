use super::{Content, Row, Tree};
use crate::json::NodeId;
use proptest::prelude::*;

const TEXT: &str = r#"{"routing": {"queue": "Tier-2", "skills": ["a", "b"]}, "tags": ["vip", "eu"],
    "empty": {}, "ticket": 18446744073709551616}"#;

fn tree(text: &str) -> Tree {
    let mut tree = Tree::new();
    tree.set_height(10);
    tree.load(text);
    tree
}

/// The tree as text: `▸` folded, `▾` open, `▶` before the cursor.
fn drawn(tree: &Tree) -> Vec<String> {
    let Content::Json(document) = tree.content() else { return Vec::new() };
    let draw = |(number, row): (usize, &Row)| {
        let cursor = if number == tree.cursor_row() { "▶" } else { "" };
        let fold = match (row.foldable, row.folded) {
            (false, _) => "",
            (_, true) => "▸",
            (_, false) => "▾",
        };
        let key = document.key(row.node).map_or_else(String::new, |key| format!("{key} "));
        let value = if row.foldable { "" } else { document.raw(row.node) };
        format!("{cursor}{}{fold}{key}{value}", " ".repeat(row.depth))
    };
    tree.rows().iter().enumerate().map(draw).collect()
}

fn go_to(tree: &mut Tree, pointer: &str) {
    let Content::Json(document) = tree.content() else { panic!("no document") };
    let node = document.at_pointer(pointer).unwrap();
    tree.go_to(node);
}

#[test]
fn a_small_document_is_open() {
    assert_eq!(
        drawn(&tree(TEXT)),
        [
            "▶▾",
            " ▾routing ",
            "  queue \"Tier-2\"",
            "  ▾skills ",
            "   \"a\"",
            "   \"b\"",
            " ▾tags ",
            "  \"vip\"",
            "  \"eu\"",
            " empty {}",
            " ticket 18446744073709551616",
        ]
    );
}

#[test]
fn a_large_document_is_folded_below_the_second_level() {
    let items = r#"{"x": {"y": {"z": [0]}}},"#.repeat(50);
    let tree = tree(&format!(r#"{{"all": [{}]}}"#, items.trim_end_matches(',')));
    assert_eq!(tree.row_count(), 52);
    assert_eq!(drawn(&tree)[1..4], [" ▾all ", "  ▸", "  ▸"]);
}

#[test]
fn h_folds_then_climbs_then_leaves() {
    let mut tree = tree(TEXT);
    go_to(&mut tree, "/routing/skills/1");
    assert!(tree.close());
    assert_eq!(tree.pointer(), "/routing/skills");
    assert!(tree.close());
    assert_eq!(drawn(&tree)[2..5], ["  queue \"Tier-2\"", "▶  ▸skills ", " ▾tags "]);
    assert!(tree.close());
    assert_eq!(tree.pointer(), "/routing");
    assert!(tree.close() && tree.close());
    assert_eq!(tree.pointer(), "");
    assert!(tree.close());
    assert_eq!(drawn(&tree), ["▶▸"]);
    assert!(!tree.close());
}

#[test]
fn l_unfolds_then_enters() {
    let mut tree = tree(TEXT);
    tree.fold_all();
    assert_eq!(drawn(&tree)[..3], ["▶▾", " ▸routing ", " ▸tags "]);
    assert!(tree.open());
    assert!(tree.open());
    assert_eq!(tree.pointer(), "/routing");
    assert!(tree.open());
    assert_eq!(tree.jq_path(), ".routing.queue");
    assert!(!tree.open());
    go_to(&mut tree, "/empty");
    assert!(!tree.open());
    assert!(!tree.toggle());
}

#[test]
fn folding_to_a_depth_keeps_the_cursor_or_its_container() {
    let mut tree = tree(TEXT);
    go_to(&mut tree, "/routing/skills/1");
    tree.fold_to_depth(2);
    assert_eq!(tree.pointer(), "/routing/skills");
    tree.fold_all();
    assert_eq!(tree.pointer(), "/routing");
    tree.unfold_all();
    assert_eq!((tree.pointer(), tree.row_count()), ("/routing".to_owned(), 11));
    assert!(tree.toggle());
    assert_eq!(tree.row_count(), 7);
    assert!(tree.toggle());
    assert_eq!(tree.row_count(), 11);
}

#[test]
fn siblings_pass_over_what_is_inside() {
    let mut tree = tree(TEXT);
    go_to(&mut tree, "/routing");
    tree.sibling(1);
    assert_eq!(tree.pointer(), "/tags");
    tree.sibling(9);
    assert_eq!(tree.pointer(), "/ticket");
    tree.sibling(-3);
    assert_eq!(tree.pointer(), "/routing");
    tree.sibling(isize::MIN);
    assert_eq!(tree.pointer(), "/routing");
    tree.first();
    tree.sibling(isize::MAX);
    assert_eq!(tree.pointer(), "");
}

#[test]
fn the_window_moves_only_when_the_cursor_nears_its_edge() {
    let text = format!("[{}0]", "0,".repeat(99));
    let mut tree = tree(&text);
    tree.step(6);
    assert_eq!((tree.cursor_row(), tree.top()), (6, 0));
    tree.step(1);
    assert_eq!((tree.cursor_row(), tree.top()), (7, 1));
    tree.step(-3);
    assert_eq!((tree.cursor_row(), tree.top()), (4, 1));
    tree.last();
    assert_eq!((tree.cursor_row(), tree.top()), (100, 91));
    tree.set_height(2);
    assert_eq!((tree.cursor_row(), tree.top()), (100, 99));
    tree.set_height(0);
    assert_eq!((tree.cursor_row(), tree.top()), (100, 100));
    tree.set_height(200);
    assert_eq!((tree.cursor_row(), tree.top()), (100, 0));
}

#[test]
fn a_refresh_keeps_folds_cursor_and_place_on_the_screen() {
    let mut tree = tree(TEXT);
    tree.set_height(3);
    go_to(&mut tree, "/routing/skills");
    tree.toggle();
    go_to(&mut tree, "/tags/1");
    let on_screen = tree.cursor_row() - tree.top();
    tree.load(
        r#"{"new": [1], "tags": ["gold", "eu"], "routing": {"skills": ["a"], "queue": "Tier-1"}}"#,
    );
    assert_eq!(
        drawn(&tree),
        [
            "▾",
            " ▾new ",
            "  1",
            " ▾tags ",
            "  \"gold\"",
            "▶  \"eu\"",
            " ▾routing ",
            "  ▸skills ",
            "  queue \"Tier-1\"",
        ]
    );
    assert_eq!(tree.cursor_row() - tree.top(), on_screen);
    tree.load(r#"{"tags": {"1": 0}}"#);
    assert_eq!(tree.pointer(), "/tags");
    tree.load("[]");
    assert_eq!(tree.pointer(), "");
}

#[test]
fn malformed_text_is_lines_and_the_tree_comes_back_as_it_was() {
    let mut tree = tree(TEXT);
    go_to(&mut tree, "/tags");
    tree.toggle();
    tree.load("{\n  \"tags\": [,\r\n");
    let Content::Text { error, lines } = tree.content() else { panic!("valid") };
    assert_eq!(error.to_string(), "line 2 col 12: expected a value");
    assert_eq!(lines.iter().collect::<Vec<_>>(), ["{", "  \"tags\": [,", ""]);
    assert_eq!((tree.row_count(), tree.cursor_row(), tree.rows()), (3, 0, &[][..]));
    tree.last();
    assert_eq!((tree.cursor_row(), tree.pointer(), tree.node()), (2, String::new(), None));
    assert!(!tree.open() && !tree.close() && !tree.toggle());
    tree.load("");
    assert!(matches!(tree.content(), Content::Empty));
    assert_eq!((tree.row_count(), tree.cursor_row()), (0, 0));
    tree.load(TEXT);
    assert_eq!(tree.pointer(), "/tags");
    assert!(tree.rows()[tree.cursor_row()].folded);
}

#[test]
fn a_search_finds_keys_and_values_and_opens_folds() {
    let mut tree = tree(TEXT);
    tree.fold_all();
    assert_eq!(tree.search("ti"), 3);
    assert_eq!((tree.pointer(), tree.hit_position()), ("/routing".to_owned(), Some((1, 3))));
    assert_eq!(tree.search_next(1), Some((2, 3)));
    assert_eq!(tree.pointer(), "/routing/queue");
    assert_eq!(tree.search_next(2), Some((1, 3)));
    assert_eq!(tree.search_next(-1), Some((3, 3)));
    assert_eq!(tree.pointer(), "/ticket");
    tree.step(-1);
    assert_eq!((tree.hit_position(), tree.search_next(-1)), (None, Some((2, 3))));
    assert_eq!(tree.search("Ti"), 1);
    assert_eq!(tree.search("nobody"), 0);
    assert_eq!((tree.search_next(1), tree.search_text()), (None, "nobody"));
    assert_eq!(tree.search("1616"), 1);
    tree.clear_search();
    assert_eq!((tree.search_next(1), tree.search_text()), (None, ""));
}

#[test]
fn case_is_folded_beyond_ascii_and_escapes_are_resolved() {
    let mut tree = tree(r#"["ÄRGER", "\u00c4rger", "Ärger", "ärger"]"#);
    assert_eq!(tree.search("ärg"), 4);
    assert_eq!(tree.search("Ärg"), 2);
    assert!(tree.node().is_some_and(|node| tree.is_hit(node)));
    assert!(!tree.is_hit(NodeId::ROOT));
    assert_eq!(tree.search("u00c4"), 0);
}

#[test]
fn a_search_survives_a_refresh_and_works_in_lines() {
    let mut tree = tree(TEXT);
    assert_eq!(tree.search("vip"), 1);
    tree.load("[\"vip\",\nVIP\n");
    assert_eq!((tree.hit_position(), tree.is_line_hit(1)), (Some((1, 2)), true));
    assert_eq!((tree.search_next(1), tree.cursor_row()), (Some((2, 2)), 1));
    tree.load(r#"["vip"]"#);
    assert_eq!((tree.pointer(), tree.search_next(1)), (String::new(), Some((1, 1))));
}

#[test]
fn a_hostile_document_is_walked_in_no_time() {
    let n = 100_000;
    let deep = format!("{}1{}", "{\"a\":[".repeat(n / 2), "]}".repeat(n / 2));
    let mut tree = tree(&deep);
    assert_eq!(tree.row_count(), 3);
    tree.unfold_all();
    tree.last();
    tree.load(&deep.replace('1', "2"));
    assert_eq!((tree.row_count(), tree.cursor_row()), (n + 1, n));
    assert_eq!(tree.search("2"), 1);
    tree.fold_all();
    assert_eq!(tree.search_next(1), Some((1, 1)));
    assert_eq!(tree.cursor_row(), n);

    let same = format!("{{{}\"a\":0}}", "\"a\":{\"b\":0},".repeat(50_000));
    tree.load(&same);
    tree.load(&same.replace(":0}", ":1}"));
    assert_eq!(tree.row_count(), 100_002);
}

#[derive(Clone, Debug)]
enum Act {
    Load(String),
    Step(isize),
    Sibling(isize),
    Height(usize),
    Depth(usize),
    Search(String),
    Next(isize),
    Do(fn(&mut Tree)),
}

fn any_act() -> impl Strategy<Value = Act> {
    let text = prop::sample::select(vec![
        "",
        "{",
        "[\n\n,",
        "7",
        "[]",
        TEXT,
        r#"{"tags": [["eu"], 1], "a": {"b": {"c": [0]}}}"#,
        r#"{"a": {"x": [1, 2]}, "a": {"b": 0}, "routing": [1, [2, [3, [4]]]]}"#,
    ]);
    let plain: Vec<fn(&mut Tree)> = vec![
        Tree::first,
        Tree::last,
        Tree::fold_all,
        Tree::unfold_all,
        Tree::clear_search,
        |tree| _ = tree.open(),
        |tree| _ = tree.close(),
        |tree| _ = tree.toggle(),
    ];
    let small = || prop_oneof![6 => -9..9isize, 1 => any::<isize>()];
    prop_oneof![
        1 => text.prop_map(|text| Act::Load(text.to_owned())),
        3 => small().prop_map(Act::Step),
        1 => small().prop_map(Act::Sibling),
        1 => prop_oneof![0..12usize, any::<usize>()].prop_map(Act::Height),
        1 => (0..5usize).prop_map(Act::Depth),
        1 => "[0-9a-eE]{0,2}".prop_map(Act::Search),
        1 => small().prop_map(Act::Next),
        8 => prop::sample::select(plain).prop_map(Act::Do),
    ]
}

fn act(tree: &mut Tree, act: &Act) {
    match act {
        Act::Load(text) => tree.load(text),
        Act::Step(delta) => tree.step(*delta),
        Act::Sibling(delta) => tree.sibling(*delta),
        Act::Height(rows) => tree.set_height(*rows),
        Act::Depth(depth) => tree.fold_to_depth(*depth),
        Act::Search(needle) => _ = tree.search(needle),
        Act::Next(delta) => _ = tree.search_next(*delta),
        Act::Do(act) => act(tree),
    }
}

proptest! {
    #[test]
    fn whatever_is_pressed_the_cursor_is_on_a_row_and_in_the_window(
        acts in prop::collection::vec(any_act(), 0..60)
    ) {
        let mut tree = tree(TEXT);
        let mut height = 10;
        for one in acts {
            act(&mut tree, &one);
            if let Act::Height(rows) = one {
                height = rows;
            }
            prop_assert!(tree.cursor_row() < tree.row_count().max(1));
            prop_assert!(tree.top() <= tree.cursor_row());
            prop_assert!(tree.cursor_row() - tree.top() < height.max(1));
            if let Content::Json(document) = tree.content() {
                let node = tree.node().unwrap();
                let found = document.at_pointer(&tree.pointer());
                prop_assert!(document.is_shadowed(node) || found == Some(node));
                // Each row is followed by its first child, or by what comes after a fold.
                let mut expected = NodeId::ROOT;
                for row in tree.rows() {
                    prop_assert_eq!(row.node, expected);
                    let inside = document.children(row.node).next();
                    let after = document.subtree_end(row.node);
                    expected = if row.folded { after } else { inside.unwrap_or(after) };
                }
                prop_assert_eq!(expected.index(), document.len());
            }
        }
    }
}
