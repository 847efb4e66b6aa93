//! Writing a listing, page by page, under a name of its own until it is whole.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{DIR, HEAD, Head, ListingKey, UNFINISHED, VERSION};
use crate::{paths, state::file};

/// A listing that is being written. Dropped before it is finished it leaves the former one and no trace.
#[derive(Debug)]
pub struct ListingWriter {
    file: BufWriter<File>,
    head: Head,
    part: PathBuf,
    path: PathBuf,
}

impl ListingWriter {
    /// Begins to write the listing of a service.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn begin(dir: &Path, of: &ListingKey, now: Timestamp) -> io::Result<Self> {
        let path = of.path(dir)?;
        paths::make_private(dir)?;
        paths::make_private(&dir.join(DIR))?;
        // Two consoles may list at once; each has a name of its own.
        let part = path.with_extension(format!("{:016x}.{UNFINISHED}", rand::random::<u64>()));
        let begun = now.as_millisecond();
        let head = Head { version: VERSION, of: of.clone(), begun, rows: 0, bytes: HEAD as u64 };
        let file = BufWriter::new(file::private().open(&part)?);
        let mut writer = Self { file, head, part, path };
        // Nobody takes it for a listing before its head is written.
        writer.file.write_all(&[b' '; HEAD])?;
        Ok(writer)
    }

    /// Adds so many rows, written by [`super::ListedChannel::write`].
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn add(&mut self, bytes: &[u8], rows: u64) -> io::Result<()> {
        self.head.rows += rows;
        self.head.bytes += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    /// The listing is whole: it takes the place of the one before.
    ///
    /// # Errors
    /// When it cannot be written to its end.
    pub fn finish(mut self) -> io::Result<()> {
        let mut head = serde_json::to_vec(&self.head)?;
        if head.len() >= HEAD {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the key is too long"));
        }
        head.resize(HEAD - 1, b' ');
        head.push(b'\n');
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&head)?;
        self.file.flush()?;
        // The name must not reach the disk before what it names.
        self.file.get_ref().sync_data()?;
        fs::rename(&self.part, &self.path)
    }
}

impl Drop for ListingWriter {
    fn drop(&mut self) {
        // Gone already when it was finished; what stays is purged.
        let _ = fs::remove_file(&self.part);
    }
}
