//! Texts of a chunk, one after the other in the order of its rows, so that one pass over the bytes looks at all of them.

/// Ends a part of a row's text. No text of the world holds this byte, so nothing is ever found across it.
pub(in crate::app) const END: u8 = 0xff;

/// The texts of all rows of a chunk.
#[derive(Debug, Default)]
pub(in crate::app) struct Strings {
    bytes: Vec<u8>,
    starts: Vec<u32>,
}

impl Strings {
    /// Empty, with room for as much as is held here.
    pub(super) fn for_as_many(&self) -> Self {
        let (bytes, starts) = (self.bytes.len(), self.starts.len());
        Self { bytes: Vec::with_capacity(bytes), starts: Vec::with_capacity(starts) }
    }

    /// All bytes, each part of each row ended by [`END`].
    pub(in crate::app) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where each row begins.
    pub(in crate::app) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The bytes of a row.
    pub(in crate::app) fn row(&self, at: usize) -> &[u8] {
        self.bytes.get(self.range(at)).unwrap_or_default()
    }

    fn range(&self, at: usize) -> std::ops::Range<usize> {
        let start = |at: usize| self.starts.get(at).map(|&start| start as usize);
        start(at).unwrap_or(self.bytes.len())..start(at + 1).unwrap_or(self.bytes.len())
    }

    /// The bytes of a part of a row.
    pub(in crate::app) fn part(&self, at: usize, part: usize) -> &[u8] {
        let mut row = self.row(at);
        for _ in 0..part {
            let end = memchr::memchr(END, row).map_or(row.len(), |end| end + 1);
            row = row.get(end..).unwrap_or_default();
        }
        let end = memchr::memchr(END, row).unwrap_or(row.len());
        row.get(..end).unwrap_or_default()
    }

    /// A part of a row.
    pub(super) fn text(&self, at: usize, part: usize) -> &str {
        // Only whole texts are put in.
        str::from_utf8(self.part(at, part)).unwrap_or_default()
    }

    pub(super) fn push(&mut self, parts: &[&str]) {
        self.starts.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
        for part in parts {
            self.bytes.extend_from_slice(part.as_bytes());
            self.bytes.push(END);
        }
    }

    /// Puts other parts in the place of a row's; what comes after moves.
    pub(super) fn replace(&mut self, at: usize, parts: &[&str]) {
        let range = self.range(at);
        let same = self.row(at).strip_suffix(&[END]).is_some_and(|row| {
            row.split(|&byte| byte == END).eq(parts.iter().map(|part| part.as_bytes()))
        });
        if same {
            return;
        }
        let (before, now) = (range.len(), parts.iter().map(|part| part.len() + 1).sum::<usize>());
        let ended = parts.iter().flat_map(|part| part.bytes().chain([END]));
        // A little more than is needed, not twice as much: most chunks never change again.
        if self.bytes.capacity() < self.bytes.len() + now {
            self.bytes.reserve_exact(now + self.bytes.len() / 16);
        }
        self.bytes.splice(range, ended);
        let shift = |start: u32| {
            let moved = (start as usize + now).saturating_sub(before);
            u32::try_from(moved).unwrap_or(u32::MAX)
        };
        for start in self.starts.iter_mut().skip(at + 1) {
            *start = shift(*start);
        }
    }

    pub(super) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.starts.shrink_to_fit();
    }
}
