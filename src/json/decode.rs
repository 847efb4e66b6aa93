//! The text that a JSON string stands for.

use std::borrow::Cow;
use std::str::Chars;

/// Resolves the escapes of a valid JSON string given with its quotes. A lone surrogate, which JSON
/// permits and text cannot hold, becomes U+FFFD.
pub(super) fn string(quoted: &str) -> Cow<'_, str> {
    let inner = quoted.strip_prefix('"').unwrap_or(quoted);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let Some(first) = memchr::memchr(b'\\', inner.as_bytes()) else {
        return Cow::Borrowed(inner);
    };
    let (plain, rest) = inner.split_at(first);
    let mut decoded = String::with_capacity(inner.len());
    decoded.push_str(plain);
    let mut chars = rest.chars();
    let mut units = Vec::new();
    while let Some(c) = chars.next() {
        match escaped(c, &mut chars) {
            // A pair of surrogates is two escapes for one character: collect them first.
            Escaped::Unit(unit) => units.push(unit),
            Escaped::Char(c) => {
                flush(&mut units, &mut decoded);
                decoded.push(c);
            }
        }
    }
    flush(&mut units, &mut decoded);
    Cow::Owned(decoded)
}

enum Escaped {
    Char(char),
    Unit(u16),
}

fn escaped(c: char, rest: &mut Chars<'_>) -> Escaped {
    if c != '\\' {
        return Escaped::Char(c);
    }
    Escaped::Char(match rest.next().unwrap_or('\\') {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return Escaped::Unit(unit(rest)),
        other => other,
    })
}

fn unit(rest: &mut Chars<'_>) -> u16 {
    rest.take(4)
        .filter_map(|c| c.to_digit(16))
        .fold(0, |unit, digit| (unit << 4) | u16::try_from(digit).unwrap_or_default())
}

fn flush(units: &mut Vec<u16>, decoded: &mut String) {
    if !units.is_empty() {
        decoded.push_str(&String::from_utf16_lossy(units));
        units.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::string;
    use std::borrow::Cow;

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(string(r#""日本 é""#), Cow::Borrowed("日本 é")));
    }

    #[test]
    fn escapes_are_resolved() {
        let cases = [
            (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r#""a\u0041\u00e9z""#, "aAéz"),
            (r#""\ud83d\ude00""#, "😀"),
            (r#""\ud83d\ude00\ud83d\uDE01""#, "😀😁"),
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\ude00x\ud83d""#, "\u{fffd}x\u{fffd}"),
            (r#""\ud83d\n\ude00""#, "\u{fffd}\n\u{fffd}"),
            (r#""\u0000""#, "\0"),
            (r#""""#, ""),
        ];
        for (raw, text) in cases {
            assert_eq!(string(raw), text, "{raw}");
        }
    }
}
