//! Saved views on the disk.

use std::fs;

use proptest::prelude::*;
use tempfile::TempDir;

use crate::state::{SortedBy, View, keep_view, read_views};

fn view(filter: &str) -> View {
    View {
        of: "channels".to_owned(),
        filter: filter.to_owned(),
        sort: Some(SortedBy { field: "updated".to_owned(), descending: true }),
        columns: vec!["name".to_owned()],
        service: None,
    }
}

#[test]
fn views_are_kept_by_profile_and_only_their_owner_reads_them() {
    let dir = TempDir::new().unwrap();
    assert!(read_views(dir.path()).unwrap().is_empty());
    keep_view(dir.path(), "acme", "big", Some(view("members>50"))).unwrap();
    keep_view(dir.path(), "other", "big", Some(view("x"))).unwrap();
    keep_view(dir.path(), "acme", "big", Some(view("members>60"))).unwrap();
    let views = read_views(dir.path()).unwrap();
    assert_eq!(views["acme"]["big"], view("members>60"));
    assert_eq!(views["other"]["big"], view("x"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let known = fs::metadata(dir.path().join("views.json")).unwrap();
        assert_eq!(known.permissions().mode() & 0o777, 0o600);
    }
    let left = keep_view(dir.path(), "acme", "big", None).unwrap();
    assert!(!left.contains_key("acme") && left.contains_key("other"));
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_left_as_it_is() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("views.json");
    for text in ["{", "[]", "{\"version\":2,\"profiles\":{}}", "\u{0}"] {
        fs::write(&path, text).unwrap();
        let told = read_views(dir.path()).unwrap_err().to_string();
        assert!(told.contains("views.json"), "{told}");
        assert!(keep_view(dir.path(), "acme", "big", Some(view(""))).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn what_a_crash_left_half_written_is_in_nobodys_way() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("views.json.new"), "half").unwrap();
    keep_view(dir.path(), "acme", "big", Some(view("x"))).unwrap();
    assert_eq!(read_views(dir.path()).unwrap()["acme"]["big"], view("x"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_is_kept_comes_back(
        (name, filter, field) in (".{1,40}", ".*", "[a-z]*"),
        columns in prop::collection::vec("[a-z ]{1,12}", 0..4),
        (sorts, descending) in (any::<bool>(), any::<bool>()),
    ) {
        let dir = TempDir::new().unwrap();
        let sort = sorts.then_some(SortedBy { field, descending });
        let view = View { filter, sort, columns, ..View::default() };
        let told = keep_view(dir.path(), "a", &name, Some(view.clone())).unwrap();
        prop_assert_eq!(&told, &read_views(dir.path()).unwrap());
        prop_assert_eq!(&told["a"][&name], &view);
    }
}
