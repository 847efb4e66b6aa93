//! A table's names, order and revision; and that grown rows behave as stored ones do.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::sandbox::crop::Field;

fn locate(doc: &Doc) -> Vec<Place> {
    let names = [text(doc, "sid"), text(doc, "name")];
    let names = names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned);
    vec![Place { scope: text(doc, "in").to_owned(), names: names.collect() }]
}

fn doc(value: &Value) -> Doc {
    value.as_object().unwrap().clone()
}

#[test]
fn a_renamed_document_is_found_by_its_new_name_only_and_keeps_its_place() {
    let mut table = Table::new(locate);
    let first = table.insert(doc(&json!({"in": "s", "sid": "1", "name": "old"})));
    let second = table.insert(doc(&json!({"in": "s", "sid": "2"})));
    let revision = table.revision("s");
    table.update(first, doc(&json!({"name": "new"})));
    assert_eq!(table.find("s", "old"), None);
    assert_eq!(table.find("s", "new"), Some(first));
    assert_eq!(table.find("s", "1"), Some(first));
    assert_eq!(table.all("s").map(|(seq, _)| seq).collect::<Vec<_>>(), [first, second]);
    assert_eq!(table.revision("s"), revision, "an update is no reason for a token to go stale");
}

#[test]
fn coming_and_going_moves_the_revision() {
    let mut table = Table::new(locate);
    let seq = table.insert(doc(&json!({"in": "s", "sid": "1"})));
    let before = table.revision("s");
    table.remove(seq);
    assert_ne!(table.revision("s"), before);
    assert_eq!((table.count("s"), table.find("s", "1")), (0, None));
}

/// Rows of two scopes by turns, each with a sid and a name that tells its number.
#[derive(Debug)]
struct Turns(u64);

const SCOPES: [&str; 2] = ["even", "odd"];

impl Crop for Turns {
    fn len(&self) -> u64 {
        self.0
    }

    fn keys(&self) -> &'static [&'static str] {
        &["in", "sid", "name"]
    }

    fn field(&self, number: u64, key: &str) -> Option<Field<'_>> {
        Some(match key {
            "in" => Field::text(SCOPES[usize::from(!number.is_multiple_of(2))]),
            "sid" => Field::text(format!("sid-{number}")),
            "name" => Field::text(format!("name-{number}")),
            _ => return None,
        })
    }

    fn find(&self, scope: &str, name: &str) -> Option<u64> {
        let number = name.rsplit('-').next()?.parse().ok().filter(|number| *number < self.0)?;
        let bears = |key| self.field(number, key) == Some(Field::text(name));
        let is_here = self.field(number, "in") == Some(Field::text(scope));
        (is_here && (bears("sid") || bears("name"))).then_some(number)
    }

    fn listed(&self, scope: &str) -> Numbers {
        let start = SCOPES.iter().position(|known| *known == scope);
        start.map_or_else(Numbers::default, |start| Numbers {
            start: start as u64,
            end: self.0,
            step: 2,
        })
    }
}

#[derive(Debug, Clone)]
enum Deed {
    Insert(usize, String),
    Rename(u64, String),
    Remove(u64),
    Find(usize, String),
    Range(usize, u64, u64),
}

const ROWS: u64 = 12;

fn deed() -> impl Strategy<Value = Deed> {
    let name = || prop_oneof!["name-[0-9]", "name-1[0-9]", "sid-[0-9]", "[a-d]"];
    let seq = || 0..ROWS + 8;
    prop_oneof![
        (0..2_usize, "[a-d]").prop_map(|(scope, name)| Deed::Insert(scope, name)),
        (seq(), "[a-d]").prop_map(|(seq, name)| Deed::Rename(seq, name)),
        seq().prop_map(Deed::Remove),
        (0..2_usize, name()).prop_map(|(scope, name)| Deed::Find(scope, name)),
        (0..2_usize, seq(), seq()).prop_map(|(scope, low, high)| Deed::Range(scope, low, high)),
    ]
}

fn listing(table: &Table, scope: &str, range: Range<u64>) -> Vec<(u64, Doc)> {
    let forth: Vec<_> =
        table.rows(scope, range.clone()).map(|(seq, row)| (seq, row.doc().into_owned())).collect();
    let mut back: Vec<_> =
        table.rows(scope, range).rev().map(|(seq, row)| (seq, row.doc().into_owned())).collect();
    back.reverse();
    assert_eq!(forth, back, "a list is the same from either end");
    forth
}

/// Does the same to a table with grown rows and to one in which they are stored.
fn both(sown: &mut Table, stored: &mut Table, deed: &Deed) {
    match deed {
        Deed::Insert(scope, name) if stored.find(SCOPES[*scope], name).is_none() => {
            let new =
                json!({"in": SCOPES[*scope], "sid": format!("new-{}", stored.last), "name": name});
            assert_eq!(sown.insert(doc(&new)), stored.insert(doc(&new)));
        }
        Deed::Rename(seq, name) => {
            let scope = stored.get(*seq).map(|row| text(&row, "in").to_owned());
            if scope.is_some_and(|scope| stored.find(&scope, name).is_none()) {
                sown.update(*seq, doc(&json!({ "name": name })));
                stored.update(*seq, doc(&json!({ "name": name })));
            }
        }
        Deed::Remove(seq) => assert_eq!(sown.remove(*seq), stored.remove(*seq)),
        Deed::Find(scope, name) => {
            assert_eq!(sown.find(SCOPES[*scope], name), stored.find(SCOPES[*scope], name));
        }
        Deed::Range(scope, low, high) => {
            let scope = SCOPES[*scope];
            let range = *low..*high.max(low);
            assert_eq!(listing(sown, scope, range.clone()), listing(stored, scope, range));
        }
        Deed::Insert(..) => {}
    }
}

proptest! {
    #[test]
    fn grown_rows_behave_as_stored_ones(deeds in prop::collection::vec(deed(), 0..60), felled: bool) {
        let (mut sown, mut stored) = (Table::new(locate), Table::new(locate));
        let seeded = doc(&json!({"in": "even", "sid": "seeded", "name": "seeded"}));
        sown.insert(seeded.clone());
        stored.insert(seeded);
        sown.sow(Box::new(Turns(ROWS)));
        for number in 0..ROWS {
            stored.insert(Turns(ROWS).doc(number));
        }
        for deed in &deeds {
            both(&mut sown, &mut stored, deed);
        }
        if felled {
            for seq in (2..ROWS + 2).filter(|seq| !sown.rows.contains_key(seq)) {
                stored.remove(seq);
            }
            sown.fell();
        }
        for scope in SCOPES {
            prop_assert_eq!(sown.count(scope), stored.count(scope));
            prop_assert_eq!(listing(&sown, scope, 0..u64::MAX), listing(&stored, scope, 0..u64::MAX));
        }
    }
}
