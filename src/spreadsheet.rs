//! Tables for other programs. A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` or a tab for a formula and
//! runs it; names come from strangers, so such a cell gets an apostrophe before it.

use std::io;

/// What a formula can begin with.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// CSV with a header; every cell is disarmed.
///
/// # Errors
/// When it cannot be written.
pub fn csv(columns: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> io::Result<String> {
    separated(columns, rows, b',')
}

/// The same with another separator.
///
/// # Errors
/// When it cannot be written.
pub fn separated(
    columns: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
    separator: u8,
) -> io::Result<String> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| disarmed(cell)))?;
    }
    let written = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(written).map_err(io::Error::other)
}

/// A cell that no spreadsheet runs. A number keeps its sign.
pub fn disarmed(cell: &str) -> String {
    let is_formula = cell.starts_with(FORMULAS) && cell.parse::<f64>().is_err();
    if is_formula || cell.starts_with('\'') { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell as it was before it was disarmed.
pub fn armed(cell: &str) -> &str {
    let was_disarmed = |rest: &&str| rest.starts_with(FORMULAS) || rest.starts_with('\'');
    cell.strip_prefix('\'').filter(was_disarmed).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        for (cell, expected) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-3", "-3"),
            ("+1 555", "'+1 555"),
            ("\t=1", "'\t=1"),
            ("'quoted", "''quoted"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(disarmed(cell), expected);
            assert_eq!(armed(expected), cell);
        }
    }

    proptest! {
        #[test]
        fn a_table_comes_back_as_it_was(cells in proptest::collection::vec(any::<String>(), 1..6)) {
            let written = csv(&["a"], cells.iter().map(|cell| vec![cell.clone()])).unwrap();
            let mut reader = csv::Reader::from_reader(written.as_bytes());
            let read: Vec<String> =
                reader.records().map(|record| armed(&record.unwrap()[0]).to_owned()).collect();
            prop_assert_eq!(read, cells);
        }
    }
}
