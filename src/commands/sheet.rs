//! Rows written as they come, in the form that was asked for.

use std::io::{self, Write};

use jiff::tz::TimeZone;

use crate::{
    cli::Output,
    commands::{
        noun::{Noun, Value, object},
        table::Columns,
    },
    spreadsheet::disarmed,
};

/// A sheet that is being written.
pub(crate) struct Sheet<W: Write> {
    out: Form<W>,
    columns: Vec<&'static str>,
    rows: usize,
}

enum Form<W: Write> {
    Json(W),
    Jsonl(W),
    Separated(Box<csv::Writer<W>>),
    /// For people: which columns, and how they are laid out.
    Table(W, Vec<usize>, Columns, TimeZone),
}

impl<W: Write> Sheet<W> {
    /// A sheet of such rows.
    pub(crate) fn new<N: Noun>(output: Output, out: W) -> io::Result<Self> {
        let separated = |out, separator| -> io::Result<Form<W>> {
            let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(out);
            writer.write_record(N::columns()).map_err(of_csv)?;
            Ok(Form::Separated(Box::new(writer)))
        };
        let out = match output {
            Output::Json => Form::Json(out),
            Output::Jsonl => Form::Jsonl(out),
            Output::Csv => separated(out, b',')?,
            Output::Tsv => separated(out, b'\t')?,
            Output::Table => {
                let at = |name: &str| N::FIELDS.iter().position(|(field, _)| *field == name);
                let shown = N::TABLE.iter().filter_map(|(_, name)| at(name)).collect();
                let heads: Vec<&str> = N::TABLE.iter().map(|(head, _)| *head).collect();
                Form::Table(out, shown, Columns::new(&heads), TimeZone::system())
            }
        };
        Ok(Self { out, columns: N::columns(), rows: 0 })
    }

    /// How many rows are written.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Writes a page of rows, all the way through.
    pub(crate) fn write<N: Noun>(&mut self, page: &[N]) -> io::Result<()> {
        match &mut self.out {
            Form::Table(out, shown, columns, zone) => {
                let row = |values: Vec<Value>| -> Vec<String> {
                    let cell = |at: &usize| values.get(*at).map(|value| value.shown(zone));
                    shown.iter().map(|at| cell(at).unwrap_or_default()).collect()
                };
                let rows: Vec<Vec<String>> = page.iter().map(|it| row(it.values())).collect();
                out.write_all(columns.text(&rows).as_bytes())?;
            }
            Form::Separated(out) => {
                for it in page {
                    out.write_record(it.values().iter().map(|it| disarmed(&it.text())))
                        .map_err(of_csv)?;
                }
            }
            Form::Jsonl(out) => {
                for it in page {
                    writeln!(out, "{}", object(&self.columns, &it.values()))?;
                }
            }
            Form::Json(out) => {
                for (nth, it) in page.iter().enumerate() {
                    let before = if self.rows + nth == 0 { "[\n" } else { ",\n" };
                    write!(out, "{before}{}", object(&self.columns, &it.values()))?;
                }
            }
        }
        self.rows += page.len();
        self.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Form::Separated(out) => out.flush(),
            Form::Json(out) | Form::Jsonl(out) | Form::Table(out, ..) => out.flush(),
        }
    }

    /// Writes what belongs behind the last row.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        if let Form::Json(out) = &mut self.out {
            out.write_all(if self.rows == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.flush()
    }
}

/// What the disk or the reader said, in its own words and kind.
fn of_csv(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other("a row does not fit its columns"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;
    use crate::{
        api::{attributes::Attributes, chat::channels::Channel},
        app::testing::named,
    };

    fn written(output: Output, pages: &[Vec<Channel>]) -> String {
        let mut out = Vec::new();
        let mut sheet = Sheet::new::<Channel>(output, &mut out).unwrap();
        for page in pages {
            sheet.write(page).unwrap();
        }
        sheet.end().unwrap();
        drop(sheet);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_form_holds_every_row() {
        let odd = "{ \"z\":18446744073709551616,\n\"a\":1e400}";
        let attributes = Attributes::from_text(odd);
        let pages = [
            vec![named(1, 1, "=cmd()")],
            vec![],
            vec![Channel { attributes, ..named(1, 2, "a\u{1b}[2J,\t\"b\"\nc") }],
        ];
        for (output, separator) in [(Output::Csv, b','), (Output::Tsv, b'\t')] {
            let text = written(output, &pages);
            let mut reader =
                csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
            assert_eq!(reader.headers().unwrap(), Channel::columns());
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert_eq!((rows.len(), &rows[0][3], &rows[1][10]), (2, "'=cmd()", odd));
        }
        let lines = written(Output::Jsonl, &pages);
        assert_eq!(lines.lines().count(), 2);
        let row: Json = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
        assert_eq!((&row["attributes"], &row["members_count"]), (&odd.into(), &2.into()));
        let array: Json = serde_json::from_str(&written(Output::Json, &pages)).unwrap();
        assert_eq!(array[0]["friendly_name"], "=cmd()");
        assert_eq!(array[1], row);
        let table = written(Output::Table, &pages);
        assert_eq!(table.lines().count(), 3, "{table}");
        assert!(!table.contains('\u{1b}') && table.starts_with("SID"), "{table}");
    }

    #[test]
    fn nothing_is_still_well_formed() {
        assert_eq!(written(Output::Json, &[]), "[]\n");
        assert_eq!(written(Output::Jsonl, &[vec![]]), "");
        assert_eq!(written(Output::Csv, &[vec![]]), Channel::columns().join(",") + "\n");
        assert_eq!(written(Output::Table, &[vec![]]), "");
    }
}
