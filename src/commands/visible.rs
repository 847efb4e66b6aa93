//! Standard output as a person looks at it: what a terminal would obey or hide is made visible there. A file or another
//! program gets every byte as it is.

use std::{
    borrow::Cow,
    io::{self, BufWriter, IsTerminal, Write},
};

use crate::api::remote_text::shown;

/// Standard output, for rows.
pub(super) fn stdout() -> Box<dyn Write> {
    let out = BufWriter::new(io::stdout());
    if io::stdout().is_terminal() { Box::new(Visible::new(out)) } else { Box::new(out) }
}

/// Text for standard output.
pub(super) fn for_stdout(text: &str) -> Cow<'_, str> {
    if io::stdout().is_terminal() { Cow::Owned(visible(text)) } else { Cow::Borrowed(text) }
}

/// Line ends and tabs stay.
fn visible(text: &str) -> String {
    let part = |part: &str| {
        let end = part.chars().next_back().filter(|end| matches!(end, '\n' | '\t'));
        let words = end.and_then(|end| part.strip_suffix(end)).unwrap_or(part);
        let mut visible = shown(words).text();
        visible.extend(end);
        visible
    };
    text.split_inclusive(['\n', '\t']).map(part).collect()
}

/// Makes text visible, whole lines at a time: pieces of a character may come apart.
struct Visible<W: Write> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> Visible<W> {
    fn new(out: W) -> Self {
        Self { out, line: Vec::new() }
    }
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.extend_from_slice(bytes);
        if let Some(end) = self.line.iter().rposition(|byte| *byte == b'\n') {
            let rest = self.line.split_off(end + 1);
            let lines = std::mem::replace(&mut self.line, rest);
            self.out.write_all(visible(&String::from_utf8_lossy(&lines)).as_bytes())?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.line);
        self.out.write_all(visible(&String::from_utf8_lossy(&rest)).as_bytes())?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_written_to_a_terminal_is_obeyed() {
        let text = "a\tb\u{1b}[2J\n\u{202e}ü\u{9b}31m\r\n日本\n";
        let mut out = Visible::new(Vec::new());
        for byte in text.as_bytes() {
            out.write_all(&[*byte]).unwrap();
        }
        out.write_all(b"end\x07").unwrap();
        out.flush().unwrap();
        let written = String::from_utf8(out.out).unwrap();
        assert_eq!(written, "a\tb␛[2J\n⟦202E⟧ü⟦9B⟧31m␍\n日本\nend␇");
        assert_eq!(visible(&written), written);
    }
}
