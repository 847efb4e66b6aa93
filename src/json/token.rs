//! Strings, numbers and words: what a scanner steps over without looking at its surroundings.

use super::Kind;
use super::error::SyntaxError;
use super::scan::Scanner;

impl Scanner<'_> {
    pub(super) fn word(&mut self) -> Result<Kind, SyntaxError> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let is_word = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
        let length = rest.iter().take_while(is_word).count();
        let word = rest.get(..length).unwrap_or_default();
        let kind = match word {
            b"true" | b"false" => Kind::Bool,
            b"null" => Kind::Null,
            b"NaN" | b"Infinity" => return Err(self.wrong("JSON has no such number")),
            b"undefined" | b"None" | b"nil" | b"NULL" | b"Null" => {
                return Err(self.wrong("expected a value: nothing is written null"));
            }
            b"True" | b"TRUE" | b"False" | b"FALSE" => {
                return Err(self.wrong("true and false are written in small letters"));
            }
            _ => return Err(self.wrong("expected a value: text must be in double quotes")),
        };
        self.at += length;
        Ok(kind)
    }

    pub(super) fn string(&mut self) -> Result<(), SyntaxError> {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(b'\n' | b'\r') => {
                    return Err(self.wrong("a line break inside a string: write \\n instead"));
                }
                Some(b'\t') => return Err(self.wrong("a tab inside a string: write \\t instead")),
                Some(..b' ') => return Err(self.wrong("a control character inside a string")),
                Some(_) => self.at += 1,
                None => return Err(self.wrong("text ends inside a string")),
            }
        }
        self.at += 1;
        Ok(())
    }

    fn escape(&mut self) -> Result<(), SyntaxError> {
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        match rest {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => self.at += 2,
            [b'u', a, b, c, d, ..] if [a, b, c, d].iter().all(|b| b.is_ascii_hexdigit()) => {
                self.at += 6;
            }
            [b'u', ..] => return Err(self.wrong("\\u needs four hexadecimal digits")),
            [] => {
                self.at += 1;
                return Err(self.wrong("text ends inside a string"));
            }
            _ => return Err(self.wrong("unknown escape: write \\\\ for a backslash")),
        }
        Ok(())
    }

    pub(super) fn number(&mut self) -> Result<(), SyntaxError> {
        self.take(b"-");
        if self.take(b"0") {
            if self.peek().is_some_and(|b| b.is_ascii_digit()) {
                self.at -= 1;
                return Err(self.wrong("a number cannot begin with 0"));
            }
        } else {
            self.digits()?;
        }
        if self.take(b".") {
            self.digits()?;
        }
        if self.take(b"eE") {
            self.take(b"+-");
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), SyntaxError> {
        if !self.take(b"0123456789") {
            return Err(self.wrong("expected a digit"));
        }
        while self.take(b"0123456789") {}
        Ok(())
    }

    fn take(&mut self, any: &[u8]) -> bool {
        let taken = self.peek().is_some_and(|b| any.contains(&b));
        self.at += usize::from(taken);
        taken
    }

    pub(super) fn skip_space(&mut self) {
        while self.take(b" \t\r\n") {}
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn peek_char(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }
}
