//! Documents made at random, nasty on purpose, and what two people might make of one.

use proptest::prelude::*;
use proptest::sample::select;

#[derive(Clone, Debug)]
enum Tree {
    Scalar(String),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
}

/// Few names, so that documents have some in common, some twice, and some in two spellings.
const KEYS: [&str; 10] = [
    "\"a\"",
    "\"b\"",
    "\"c\"",
    "\"d\"",
    "\"e\"",
    "\"\"",
    "\"~x\"",
    "\"a/b\"",
    "\"a\\u002fb\"",
    "\"\\u0061\"",
];

const SCALARS: [&str; 9] = [
    "0",
    "1",
    "1.0",
    "18446744073709551616",
    "true",
    "null",
    "\"x\"",
    "\"\\u0078\"",
    "\" , \\\"}\"",
];

#[derive(Clone, Debug)]
enum Edit {
    Replace(Tree),
    Remove,
    Insert(usize, &'static str, Tree),
    Swap,
}

/// How a document is spaced.
#[derive(Clone, Copy, Debug)]
enum Spacing {
    None,
    Blanks,
    Lines,
    Odd,
}

fn tree() -> impl Strategy<Value = Tree> {
    let scalar = select(&SCALARS[..]).prop_map(|text| Tree::Scalar(text.to_owned()));
    scalar.prop_recursive(4, 40, 6, |inner| {
        let member = (select(&KEYS[..]), inner.clone());
        let members = (prop::collection::vec(member, 0..7), 0..4_u8);
        prop_oneof![
            1 => prop::collection::vec(inner, 0..4).prop_map(Tree::Array),
            3 => members.prop_map(|(members, luck)| object(&members, luck == 0)),
        ]
    })
}

fn object(members: &[(&'static str, Tree)], may_repeat: bool) -> Tree {
    let mut taken: Vec<(String, Tree)> = Vec::new();
    for (key, tree) in members {
        if may_repeat || taken.iter().all(|(other, _)| name(other) != name(key)) {
            taken.push(((*key).to_owned(), tree.clone()));
        }
    }
    Tree::Object(taken)
}

fn name(key: &str) -> String {
    serde_json::from_str(key).unwrap()
}

fn edits(most: usize) -> impl Strategy<Value = Vec<(usize, Edit)>> {
    let edit = prop_oneof![
        4 => tree().prop_map(Edit::Replace),
        2 => Just(Edit::Remove),
        3 => (any::<usize>(), select(&KEYS[..]), tree()).prop_map(|(at, key, tree)| Edit::Insert(at, key, tree)),
        1 => Just(Edit::Swap),
    ];
    prop::collection::vec((any::<usize>(), edit), 0..most)
}

impl Tree {
    fn count(&self) -> usize {
        1 + match self {
            Self::Scalar(_) => 0,
            Self::Array(items) => items.iter().map(Self::count).sum(),
            Self::Object(members) => members.iter().map(|(_, tree)| tree.count()).sum(),
        }
    }

    /// Edits the value at this position in document order; a position beyond the end is counted from the start again.
    fn edit(&mut self, at: usize, edit: &Edit) {
        let mut at = at % self.count();
        if at == 0 {
            return self.edit_here(edit);
        }
        at -= 1;
        let children: Vec<&mut Self> = match self {
            Self::Scalar(_) => Vec::new(),
            Self::Array(items) => items.iter_mut().collect(),
            Self::Object(members) => members.iter_mut().map(|(_, tree)| tree).collect(),
        };
        for child in children {
            let count = child.count();
            if at < count {
                return child.edit(at, edit);
            }
            at -= count;
        }
    }

    fn edit_here(&mut self, edit: &Edit) {
        match (edit, self) {
            (Edit::Replace(tree), this) => *this = tree.clone(),
            (Edit::Remove, Self::Array(items)) => drop(items.pop()),
            (Edit::Remove, Self::Object(members)) => {
                let middle = members.len() / 2;
                members.drain(..middle.min(1)).for_each(drop);
            }
            (Edit::Insert(at, _, tree), Self::Array(items)) => {
                items.insert(at % (items.len() + 1), tree.clone());
            }
            (Edit::Insert(at, key, tree), Self::Object(members)) => {
                let at = at % (members.len() + 1);
                // A name that is there already is mostly left alone.
                if at == 0 || members.iter().all(|(other, _)| name(other) != name(key)) {
                    members.insert(at, ((*key).to_owned(), tree.clone()));
                }
            }
            (Edit::Swap, Self::Object(members)) if members.len() > 1 => members.swap(0, 1),
            (Edit::Swap, Self::Array(items)) if items.len() > 1 => items.swap(0, 1),
            _ => {}
        }
    }

    fn write(&self, spacing: Spacing, depth: usize, text: &mut String) {
        match self {
            Self::Scalar(scalar) => text.push_str(scalar),
            Self::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| (None, item)).collect();
                Self::write_all(['[', ']'], &items, spacing, depth, text);
            }
            Self::Object(members) => {
                let members: Vec<_> =
                    members.iter().map(|(key, tree)| (Some(key.as_str()), tree)).collect();
                Self::write_all(['{', '}'], &members, spacing, depth, text);
            }
        }
    }

    fn write_all(
        [open, close]: [char; 2],
        values: &[(Option<&str>, &Self)],
        spacing: Spacing,
        depth: usize,
        text: &mut String,
    ) {
        let line = |depth: usize| format!("\n{}", "  ".repeat(depth));
        let gap = |key: Option<&str>, salt: usize| match spacing {
            Spacing::None => String::new(),
            Spacing::Blanks => {
                if salt == 0 {
                    String::new()
                } else {
                    " ".to_owned()
                }
            }
            Spacing::Lines => {
                if salt == 0 {
                    line(depth + 1)
                } else {
                    " ".to_owned()
                }
            }
            Spacing::Odd => {
                let gaps = ["", " ", "\n\t", "\r\n", "  ", "\t"];
                gaps[(depth + salt + key.map_or(3, str::len)) % gaps.len()].to_owned()
            }
        };
        text.push(open);
        for (at, (key, value)) in values.iter().enumerate() {
            let before = match (at, spacing) {
                (0, _) => gap(*key, 0),
                (_, Spacing::Blanks) => ", ".to_owned(),
                _ => format!(",{}", gap(*key, 0)),
            };
            text.push_str(&before);
            if let Some(key) = key {
                text.extend([key, ":", &gap(Some(key), 1)]);
            }
            value.write(spacing, depth + 1, text);
        }
        if matches!(spacing, Spacing::Lines) && !values.is_empty() {
            text.push_str(&line(depth));
        }
        text.push(close);
    }

    fn text(&self, spacing: Spacing) -> String {
        let mut text = String::new();
        self.write(spacing, 0, &mut text);
        if matches!(spacing, Spacing::Odd) { format!("{text}\n") } else { text }
    }
}

fn spacing() -> impl Strategy<Value = Spacing> {
    select(vec![Spacing::None, Spacing::Blanks, Spacing::Lines, Spacing::Odd])
}

fn root() -> impl Strategy<Value = Tree> {
    prop_oneof![1 => tree(), 6 => tree().prop_filter("an object", |tree| tree.count() > 3)]
}

/// A document.
pub(in crate::json) fn document() -> impl Strategy<Value = String> {
    (root(), spacing()).prop_map(|(tree, spacing)| tree.text(spacing))
}

/// What someone opened, and what it became in two hands, sometimes with the same changes among others; mostly spaced as
/// it was.
pub(in crate::json) fn versions() -> impl Strategy<Value = [String; 3]> {
    let spaces = (spacing(), spacing(), spacing(), 0..3_u8);
    (root(), edits(2), edits(4), edits(4), spaces).prop_map(|(tree, both, mine, theirs, spaces)| {
        let (base, other, third, luck) = spaces;
        let made = |edits: &[(usize, Edit)]| {
            let mut tree = tree.clone();
            for (at, edit) in both.iter().chain(edits) {
                tree.edit(*at, edit);
            }
            tree
        };
        let (other, third) = if luck == 0 { (other, third) } else { (base, base) };
        [tree.text(base), made(&mine).text(other), made(&theirs).text(third)]
    })
}
