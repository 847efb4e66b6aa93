//! The same document on many lines, or on one. Every token keeps its bytes: numbers, escapes, doubled keys, order.

use super::{SyntaxError, parse};

/// One member or element a line, two spaces a level.
///
/// # Errors
/// The text is not JSON.
pub fn pretty(text: &str) -> Result<String, SyntaxError> {
    parse(text)?;
    let mut out = String::with_capacity(text.len() * 2);
    let mut level = 0_usize;
    let mut opened = false;
    for token in tokens(text) {
        let closes = matches!(token, "}" | "]");
        if closes {
            level = level.saturating_sub(1);
        }
        if opened != closes && (opened || closes) {
            line(&mut out, level);
        }
        out.push_str(token);
        opened = matches!(token, "{" | "[");
        match token {
            "{" | "[" => level += 1,
            "," => line(&mut out, level),
            ":" => out.push(' '),
            _ => {}
        }
    }
    Ok(out)
}

/// No spacing at all.
///
/// # Errors
/// The text is not JSON.
pub fn minify(text: &str) -> Result<String, SyntaxError> {
    parse(text)?;
    Ok(tokens(text).collect())
}

fn line(out: &mut String, level: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", level));
}

/// The tokens of a valid text.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        let first = rest.chars().next()?;
        let end = match first {
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            '"' => {
                let mut escaped = false;
                let closing = rest.char_indices().skip(1).find(|(_, char)| {
                    let closes = *char == '"' && !escaped;
                    escaped = *char == '\\' && !escaped;
                    closes
                });
                closing.map_or(rest.len(), |(at, _)| at + 1)
            }
            _ => rest.find([' ', '\t', '\n', '\r', ',', ']', '}']).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(end);
        rest = after;
        Some(token)
    })
}
