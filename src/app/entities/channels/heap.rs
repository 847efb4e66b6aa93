//! Attributes of a chunk. They are long and change at will: a new text goes to the end, and when half of the bytes are
//! waste they are moved together.

/// One text a row, or none.
#[derive(Debug, Default)]
pub(in crate::app) struct Heap {
    bytes: Vec<u8>,
    spans: Vec<Span>,
    waste: usize,
}

#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    len: u32,
}

const ABSENT: Span = Span { start: 0, len: u32::MAX };

impl Heap {
    /// Empty, with room for as much as is held here.
    pub(super) fn for_as_many(&self) -> Self {
        let (bytes, spans) = (self.bytes.len(), self.spans.len());
        Self { bytes: Vec::with_capacity(bytes), spans: Vec::with_capacity(spans), waste: 0 }
    }

    /// The text of a row.
    pub(in crate::app) fn get(&self, at: usize) -> Option<&str> {
        let span = *self.spans.get(at)?;
        if span.len == u32::MAX {
            return None;
        }
        let start = span.start as usize;
        let bytes = self.bytes.get(start..start + span.len as usize)?;
        str::from_utf8(bytes).ok()
    }

    pub(super) fn push(&mut self, text: Option<&str>) {
        let span = self.laid_down(text);
        self.spans.push(span);
    }

    pub(super) fn replace(&mut self, at: usize, text: Option<&str>) {
        if self.get(at) == text {
            return;
        }
        self.waste += self.get(at).map_or(0, str::len);
        let span = self.laid_down(text);
        if let Some(place) = self.spans.get_mut(at) {
            *place = span;
        }
        if self.waste > self.bytes.len() / 2 {
            self.compact();
        }
    }

    fn laid_down(&mut self, text: Option<&str>) -> Span {
        let Some(text) = text else { return ABSENT };
        let start = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.bytes.extend_from_slice(text.as_bytes());
        Span { start, len: u32::try_from(text.len()).unwrap_or(0) }
    }

    fn compact(&mut self) {
        let mut bytes = Vec::with_capacity(self.bytes.len() - self.waste);
        for span in self.spans.iter_mut().filter(|span| span.len != u32::MAX) {
            let start = span.start as usize;
            let text = self.bytes.get(start..start + span.len as usize).unwrap_or_default();
            span.start = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            bytes.extend_from_slice(text);
        }
        (self.bytes, self.waste) = (bytes, 0);
    }

    pub(super) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.spans.shrink_to_fit();
    }

    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }
}
