//! The last whole listing of each service's channels, so that a large service shows its rows at once when it is opened
//! again.
//!
//! One file a service, for this person alone, beside the database: a listing is large, can be had again at any time, and
//! must not make the journal slow to open. A file is written under another name and renamed when it is whole, so that a
//! crash leaves the one before. Whatever is odd about a file is a reason to pass it over, never to stop.

mod read;
mod row;
#[cfg(test)]
mod tests;
mod write;

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use self::{
    read::{ListingFault, ListingMark, ListingPart, recall_listing},
    row::ListedChannel,
    write::ListingWriter,
};

/// The directory of the listings in the state directory.
const DIR: &str = "listings";
const SUFFIX: &str = "rows";
const UNFINISHED: &str = "part";
/// The form of the rows; a file of another is passed over.
const VERSION: u32 = 2;
/// The first line has this many bytes, so that it can be written anew when the rest is known.
const HEAD: usize = 1_024;
/// What was begun and is not finished after this long never will be.
const LONGEST_WRITE: Duration = Duration::from_secs(24 * 60 * 60);

/// Whose listing it is. Rows of another account or of another server never show.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ListingKey {
    /// The account's sid, or the key's where only that is known.
    pub account: String,
    /// Where the server is.
    pub server: String,
    /// The service's sid.
    pub service: String,
}

impl ListingKey {
    /// Where its file is. Nothing of a name from afar becomes part of a path.
    fn path(&self, dir: &Path) -> io::Result<PathBuf> {
        let is_plain =
            !self.service.is_empty() && self.service.bytes().all(|it| it.is_ascii_alphanumeric());
        if !is_plain {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not the sid of a service"));
        }
        let whose = format!("{:x}", Sha256::digest(format!("{}\n{}", self.account, self.server)));
        let whose = whose.get(..16).unwrap_or_default();
        Ok(dir.join(DIR).join(format!("{}.{whose}.{SUFFIX}", self.service)))
    }
}

/// The first line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    version: u32,
    #[serde(flatten)]
    of: ListingKey,
    /// When the listing began, in milliseconds since 1970.
    begun: i64,
    rows: u64,
    /// How long the whole file is: one that was cut is told by that.
    bytes: u64,
}

/// A first line that may be of another version: all that is certain to be there.
#[derive(Debug, Deserialize)]
struct AnyHead {
    version: u32,
    begun: Option<i64>,
}

/// Removes listings that are older than so many days, what was begun and never finished, and what cannot be read. With 0
/// days all go.
///
/// # Errors
/// When one cannot be removed; the others are gone all the same.
pub fn purge_listings(dir: &Path, days: u32, now: Timestamp) -> io::Result<()> {
    let found = match fs::read_dir(dir.join(DIR)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    let mut failed = Ok(());
    for entry in found {
        let path = entry?.path();
        if days == 0 || is_too_old(&path, days, now) {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => failed = Err(error),
                _ => {}
            }
        }
    }
    failed
}

fn is_too_old(path: &Path, days: u32, now: Timestamp) -> bool {
    let Ok(written) = fs::metadata(path).and_then(|known| known.modified()) else { return false };
    let age = SystemTime::from(now).duration_since(written).unwrap_or_default();
    let longest = Duration::from_secs(u64::from(days) * 24 * 60 * 60);
    if path.extension().is_some_and(|it| it == UNFINISHED) {
        return age >= LONGEST_WRITE.min(longest);
    }
    let begun = read::begun(path);
    begun.is_none_or(|begun| begun <= oldest(days, now)) || age >= longest
}

/// The latest moment that is too old.
fn oldest(days: u32, now: Timestamp) -> Timestamp {
    let span = SignedDuration::from_hours(24 * i64::from(days));
    now.checked_sub(span).unwrap_or(Timestamp::MIN)
}
