//! Where the borders between panes were moved to: a small file of its own, so that no start waits for the database.
//! It holds nothing but numbers; one that cannot be read is as good as none.

use std::{fs, io, path::Path};

use crate::paths;

const NAME: &str = "layout";
/// More than it ever holds.
const LARGEST: u64 = 256;

/// Borders that were moved, in thousandths of the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Borders {
    /// The one between two panes.
    pub two: Option<u16>,
    /// Those between four.
    pub four: Option<[u16; 3]>,
}

impl Borders {
    /// Those of the last time, if that can be told.
    pub fn recall(dir: &Path) -> Self {
        let path = dir.join(NAME);
        let is_small = fs::metadata(&path).is_ok_and(|it| it.is_file() && it.len() <= LARGEST);
        let text = if is_small { fs::read_to_string(path).ok() } else { None };
        text.map(|text| Self::parse(&text)).unwrap_or_default()
    }

    fn parse(text: &str) -> Self {
        let mut borders = Self::default();
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let name = words.next();
            let numbers: Option<Vec<u16>> = words.map(|word| word.parse().ok()).collect();
            match (name, numbers.as_deref()) {
                (Some("two"), Some(&[only])) => borders.two = Some(only),
                (Some("four"), Some(&[a, b, c])) => borders.four = Some([a, b, c]),
                // A later version may know of more.
                _ => {}
            }
        }
        borders
    }

    fn text(self) -> String {
        let two = self.two.map(|only| format!("two {only}\n"));
        let four = self.four.map(|[a, b, c]| format!("four {a} {b} {c}\n"));
        two.into_iter().chain(four).collect()
    }

    /// Keeps them for the next time, whole or not at all.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn keep(self, dir: &Path) -> io::Result<()> {
        paths::make_private(dir)?;
        paths::replace(&dir.join(NAME), self.text().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_recalled_and_what_is_odd_is_not() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Borders::recall(dir.path()), Borders::default());
        for borders in [
            Borders { two: Some(400), four: None },
            Borders { two: Some(580), four: Some([175, 420, 710]) },
            Borders::default(),
        ] {
            borders.keep(dir.path()).unwrap();
            assert_eq!(Borders::recall(dir.path()), borders);
        }
        let path = dir.path().join(NAME);
        for odd in ["two", "two x", "two 1 2", "two 99999", "four 1 2", "\u{0}", "six 1", "two -1"]
        {
            fs::write(&path, odd).unwrap();
            assert_eq!(Borders::recall(dir.path()), Borders::default(), "{odd:?}");
        }
        fs::write(&path, "two 300\n".repeat(100)).unwrap();
        assert_eq!(Borders::recall(dir.path()), Borders::default(), "larger than it can be");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert_eq!(Borders::recall(dir.path()), Borders::default());
        Borders::default().keep(dir.path()).unwrap_err();
    }

    #[cfg(unix)]
    #[test]
    fn only_this_person_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let below = dir.path().join("switchboard");
        Borders { two: Some(1), four: None }.keep(&below).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&below), mode(&below.join(NAME))), (0o700, 0o600));
    }
}
