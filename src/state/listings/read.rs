//! Reading a listing, part by part. Each part opens the file anew, so that nothing is held while nobody asks; a mark
//! tells where the last one ended and of which listing it was.

use std::{
    fmt,
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
    str::FromStr,
};

use jiff::Timestamp;

use super::{AnyHead, HEAD, Head, ListedChannel, ListingKey, VERSION, oldest, row::LENGTH};

/// No channel takes more bytes; a longer row is damage.
const LONGEST: usize = 4 * 1024 * 1024;

/// Why a file is passed over.
#[derive(Debug, thiserror::Error)]
pub enum ListingFault {
    /// It cannot be read.
    #[error("the listing cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It is not what was written.
    #[error("the listing is damaged: {0}")]
    Damaged(&'static str),
    /// An older Switchboard wrote it, in another form.
    #[error("the listing was written by an older version")]
    Older,
    /// A newer Switchboard wrote it.
    #[error("the listing was written by a newer version")]
    Newer,
}

/// Where a part ended, and of which listing it was. As text it is two numbers with a colon between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListingMark {
    begun: i64,
    at: u64,
}

impl fmt::Display for ListingMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.begun, self.at)
    }
}

impl FromStr for ListingMark {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (begun, at) = text.split_once(':').unwrap_or((text, ""));
        Ok(Self { begun: begun.parse()?, at: at.parse()? })
    }
}

/// Some rows of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingPart {
    /// When the listing began.
    pub begun: Timestamp,
    /// How many rows the whole listing has.
    pub of: u64,
    /// These rows.
    pub rows: Vec<ListedChannel<'static>>,
    /// Where the rest begins; nothing at the end.
    pub next: Option<ListingMark>,
}

/// The next rows of a service's listing, at most so many, from its begin or a mark on; nothing where there is none that
/// may be used, or another one by now.
///
/// # Errors
/// When there is one and it cannot be used.
pub fn recall_listing(
    dir: &Path,
    of: &ListingKey,
    from: Option<ListingMark>,
    limit: usize,
    (days, now): (u32, Timestamp),
) -> Result<Option<ListingPart>, ListingFault> {
    let mut file = match File::open(of.path(dir)?) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let head = head(&mut file)?;
    let begun = Timestamp::from_millisecond(head.begun)
        .map_err(|_impossible| ListingFault::Damaged("it is of no time"))?;
    let is_another = head.of != *of || from.is_some_and(|mark| mark.begun != head.begun);
    if is_another || begun <= oldest(days, now) {
        return Ok(None);
    }
    let mut at = from.map_or(HEAD as u64, |mark| mark.at);
    file.seek(SeekFrom::Start(at))?;
    let mut reader = BufReader::new(file);
    let (mut rows, mut row) = (Vec::with_capacity(limit.min(10_000)), Vec::new());
    while rows.len() < limit && at < head.bytes {
        next_row(&mut reader, &mut row)?;
        let read = ListedChannel::read(&row);
        rows.push(read.map_err(|_odd| ListingFault::Damaged("a row is not a channel"))?);
        at += (LENGTH + row.len()) as u64;
    }
    let next = (at < head.bytes).then_some(ListingMark { begun: head.begun, at });
    Ok(Some(ListingPart { begun, of: head.rows, rows, next }))
}

/// The bytes of the row that comes next.
fn next_row(reader: &mut impl Read, row: &mut Vec<u8>) -> Result<(), ListingFault> {
    let mut length = [0; LENGTH];
    whole(reader, &mut length)?;
    let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
    if length > LONGEST {
        return Err(ListingFault::Damaged("a row is too long"));
    }
    row.resize(length, 0);
    whole(reader, row)
}

fn whole(reader: &mut impl Read, into: &mut [u8]) -> Result<(), ListingFault> {
    reader.read_exact(into).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => ListingFault::Damaged("it ends too soon"),
        _ => ListingFault::Io(error),
    })
}

fn head(file: &mut File) -> Result<Head, ListingFault> {
    let mut head = [0; HEAD];
    whole(file, &mut head)?;
    let any: AnyHead = serde_json::from_slice(&head)
        .map_err(|_odd| ListingFault::Damaged("its first line cannot be read"))?;
    if any.version > VERSION {
        return Err(ListingFault::Newer);
    }
    if any.version < VERSION {
        return Err(ListingFault::Older);
    }
    let head: Head = serde_json::from_slice(&head)
        .map_err(|_odd| ListingFault::Damaged("its first line cannot be read"))?;
    if file.metadata()?.len() != head.bytes {
        return Err(ListingFault::Damaged("it is not as long as it was"));
    }
    Ok(head)
}

/// When the listing in a file began, of whatever version; nothing where that cannot be read.
pub(super) fn begun(path: &Path) -> Option<Timestamp> {
    let mut head = [0; HEAD];
    File::open(path).ok()?.read_exact(&mut head).ok()?;
    let any: AnyHead = serde_json::from_slice(&head).ok()?;
    Timestamp::from_millisecond(any.begun?).ok()
}
