//! The last listing of each service's channels, so that a large service shows its rows at once when it is opened again.
//!
//! One file a service, for this person alone, beside the database: a listing is large, can be had again at any time, and
//! must not make the journal slow to open. A file is written under another name and renamed when it is whole.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::file;
use crate::paths;

/// The directory of the listings in the state directory.
const DIR: &str = "listings";
const SUFFIX: &str = "jsonl";
const UNFINISHED: &str = "part";
/// The form of the rows; a file of another is passed over.
const VERSION: u32 = 1;

/// A channel as it was listed, without its attributes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedChannel(
    /// Its sid.
    pub String,
    /// Its type as on the wire.
    pub String,
    /// Its friendly name.
    pub Option<String>,
    /// Its unique name.
    pub Option<String>,
    /// Who made it.
    pub Option<String>,
    /// When it was made, in seconds since 1970.
    pub Option<i64>,
    /// When it last changed, in seconds since 1970.
    pub Option<i64>,
    /// How many members it has.
    pub Option<u64>,
    /// How many messages it holds.
    pub Option<u64>,
);

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    version: u32,
    /// When the listing began, in seconds since 1970.
    begun: i64,
}

/// A listing that is being written.
#[derive(Debug)]
pub struct ListingWriter {
    file: BufWriter<File>,
    part: PathBuf,
    path: PathBuf,
}

impl ListingWriter {
    /// Begins to write the listing of a service.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn begin(dir: &Path, account: &str, service: &str, now: Timestamp) -> io::Result<Self> {
        let path = path_of(dir, account, service)?;
        paths::make_private(dir)?;
        paths::make_private(&dir.join(DIR))?;
        // Two consoles may list at once; each has a name of its own.
        let part = path.with_extension(format!("{:016x}.{UNFINISHED}", rand::random::<u64>()));
        let mut file = BufWriter::new(file::private().open(&part)?);
        let head = Head { version: VERSION, begun: now.as_second() };
        writeln!(file, "{}", serde_json::to_string(&head)?)?;
        Ok(Self { file, part, path })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add(&mut self, rows: &[ListedChannel]) -> io::Result<()> {
        for row in rows {
            serde_json::to_writer(&mut self.file, row)?;
            self.file.write_all(b"\n")?;
        }
        Ok(())
    }

    /// The listing is whole: it takes the place of the one before.
    ///
    /// # Errors
    /// When it cannot be written to its end.
    pub fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        fs::rename(&self.part, &self.path)
    }
}

impl Drop for ListingWriter {
    fn drop(&mut self) {
        // Gone already when it was finished; what stays is purged.
        let _ = fs::remove_file(&self.part);
    }
}

/// A listing that is read from its begin.
#[derive(Debug)]
pub struct ListingReader {
    lines: io::Lines<BufReader<File>>,
    /// When it was made.
    pub begun: Timestamp,
}

impl ListingReader {
    /// The last listing of a service; `None` where there is none that can be used.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    pub fn open(dir: &Path, account: &str, service: &str) -> io::Result<Option<Self>> {
        let path = path_of(dir, account, service)?;
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        let mut lines = BufReader::new(file).lines();
        let Some(head) = lines.next().transpose()? else { return Ok(None) };
        let head: Option<Head> = serde_json::from_str(&head).ok();
        let begun = head
            .filter(|head| head.version == VERSION)
            .and_then(|head| Timestamp::from_second(head.begun).ok());
        Ok(begun.map(|begun| Self { lines, begun }))
    }

    /// The next rows, at most so many; none at the end. A line that cannot be read ends it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rows(&mut self, limit: usize) -> io::Result<Vec<ListedChannel>> {
        let mut rows = Vec::new();
        while rows.len() < limit {
            let Some(line) = self.lines.next().transpose()? else { break };
            let Ok(row) = serde_json::from_str(&line) else { break };
            rows.push(row);
        }
        Ok(rows)
    }
}

/// Removes listings that are older than so many days, and what was begun and never finished. With 0 days all go.
///
/// # Errors
/// When one cannot be removed.
pub fn purge_listings(dir: &Path, days: u32, now: Timestamp) -> io::Result<()> {
    let found = match fs::read_dir(dir.join(DIR)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    let longest = Duration::from_secs(u64::from(days) * 24 * 60 * 60);
    let now = std::time::SystemTime::from(now);
    for entry in found {
        let path = entry?.path();
        let Ok(written) = fs::metadata(&path).and_then(|known| known.modified()) else { continue };
        let age = now.duration_since(written).unwrap_or_default();
        let is_part = path.extension().is_some_and(|it| it == UNFINISHED);
        let kept = if is_part { longest.min(Duration::from_secs(24 * 60 * 60)) } else { longest };
        if days == 0 || age >= kept {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Sids make the name: nothing in it leads elsewhere.
fn path_of(dir: &Path, account: &str, service: &str) -> io::Result<PathBuf> {
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_plain(account) || !is_plain(service) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not the sids of a listing"));
    }
    Ok(dir.join(DIR).join(format!("{account}.{service}.{SUFFIX}")))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use tempfile::tempdir;

    use super::*;

    fn channel(number: u64, name: &str) -> ListedChannel {
        let name = Some(name.to_owned());
        let (made, members) = (Some(1_700_000_000), Some(number));
        ListedChannel(
            format!("CH{number:032x}"),
            "public".to_owned(),
            name,
            None,
            None,
            made,
            None,
            members,
            None,
        )
    }

    fn now() -> Timestamp {
        "2026-11-21T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_listing_is_there_when_it_is_whole_and_not_before() {
        let dir = tempdir().unwrap();
        let open = || ListingReader::open(dir.path(), "AC1", "IS1").unwrap();
        assert!(open().is_none());
        let rows: Vec<_> = (0..2_500).map(|n| channel(n, "a\u{1b}[2J\n\"b\" 漢")).collect();
        let mut writer = ListingWriter::begin(dir.path(), "AC1", "IS1", now()).unwrap();
        for page in rows.chunks(1_000) {
            writer.add(page).unwrap();
        }
        assert!(open().is_none());
        writer.finish().unwrap();
        let mut reader = open().unwrap();
        assert_eq!(reader.begun, now());
        let mut read = Vec::new();
        loop {
            let page = reader.rows(999).unwrap();
            if page.is_empty() {
                break;
            }
            read.extend(page);
        }
        assert_eq!(read, rows);
        assert!(ListingReader::open(dir.path(), "AC1", "IS2").unwrap().is_none());
    }

    #[test]
    fn what_is_not_finished_leaves_the_former_and_no_trace() {
        let dir = tempdir().unwrap();
        let mut writer = ListingWriter::begin(dir.path(), "AC1", "IS1", now()).unwrap();
        writer.add(&[channel(1, "first")]).unwrap();
        writer.finish().unwrap();
        let mut writer = ListingWriter::begin(dir.path(), "AC1", "IS1", now()).unwrap();
        writer.add(&[channel(2, "second")]).unwrap();
        drop(writer);
        let mut reader = ListingReader::open(dir.path(), "AC1", "IS1").unwrap().unwrap();
        assert_eq!(reader.rows(9).unwrap(), [channel(1, "first")]);
        assert_eq!(fs::read_dir(dir.path().join(DIR)).unwrap().count(), 1);
    }

    #[test]
    fn odd_files_and_names_are_passed_over() {
        let dir = tempdir().unwrap();
        fs::create_dir(dir.path().join(DIR)).unwrap();
        for text in ["", "{}", "{\"version\":99,\"begun\":1}\n", "no JSON"] {
            fs::write(dir.path().join(DIR).join("AC1.IS1.jsonl"), text).unwrap();
            assert!(ListingReader::open(dir.path(), "AC1", "IS1").unwrap().is_none(), "{text}");
        }
        let text = "{\"version\":1,\"begun\":1}\n[\"CH1\"]\n";
        fs::write(dir.path().join(DIR).join("AC1.IS1.jsonl"), text).unwrap();
        let mut reader = ListingReader::open(dir.path(), "AC1", "IS1").unwrap().unwrap();
        assert_eq!(reader.rows(9).unwrap(), []);
        for account in ["", "..", "a/b", "AC 1"] {
            assert!(ListingReader::open(dir.path(), account, "IS1").is_err(), "{account}");
        }
    }

    #[test]
    fn old_ones_go() {
        let dir = tempdir().unwrap();
        let write = || {
            ListingWriter::begin(dir.path(), "AC1", "IS1", now()).unwrap().finish().unwrap();
        };
        let there = || ListingReader::open(dir.path(), "AC1", "IS1").unwrap().is_some();
        write();
        let written = fs::metadata(dir.path().join(DIR).join("AC1.IS1.jsonl")).unwrap();
        let written = Timestamp::try_from(written.modified().unwrap()).unwrap();
        let days = |days: i64| written + SignedDuration::from_hours(24 * days);
        purge_listings(dir.path(), 30, days(29)).unwrap();
        assert!(there());
        purge_listings(dir.path(), 30, days(30)).unwrap();
        assert!(!there());
        write();
        purge_listings(dir.path(), 0, written).unwrap();
        assert!(!there());
        purge_listings(&dir.path().join("nowhere"), 30, written).unwrap();
    }
}
