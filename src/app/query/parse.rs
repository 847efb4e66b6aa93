//! Reading a filter, word by word. What is wrong is told with its place.

use std::ops::Range;

use super::{
    Check, Fault, Field, How, JsonTest, Kind, Reader, Term, Test, check,
    fold::fold,
    json::JsonAsk,
    value::{self, Sign},
};
use crate::api::remote_text;

/// One letter of a word, where it stands, and whether quotes keep it from meaning anything.
#[derive(Debug, Clone, Copy)]
struct Letter {
    sign: char,
    at: usize,
    quoted: bool,
}

pub(super) fn terms(typed: &str, reader: Reader) -> Result<Vec<Term>, Fault> {
    words(typed).iter().filter_map(|(word, span)| term(word, span, reader).transpose()).collect()
}

/// The words, blanks between them; quotes keep blanks and signs, a backslash in them keeps a quote. A quote that is not
/// closed goes on to the end: one is typed before the other.
fn words(typed: &str) -> Vec<(Vec<Letter>, Range<usize>)> {
    let (mut words, mut word, mut start) = (Vec::new(), Vec::new(), None);
    let (mut quoted, mut letters) = (false, typed.char_indices().peekable());
    while let Some((at, letter)) = letters.next() {
        if letter.is_whitespace() && !quoted {
            words.extend(start.take().map(|start| (std::mem::take(&mut word), start..at)));
            continue;
        }
        start.get_or_insert(at);
        match letter {
            '"' => quoted = !quoted,
            '\\' if quoted
                && letters.peek().is_some_and(|(_, next)| matches!(next, '"' | '\\')) =>
            {
                word.extend(letters.next().map(|(at, letter)| Letter { sign: letter, at, quoted }));
            }
            _ => word.push(Letter { sign: letter, at, quoted }),
        }
    }
    words.extend(start.map(|start| (word, start..typed.len())));
    words
}

fn term(word: &[Letter], span: &Range<usize>, reader: Reader) -> Result<Option<Term>, Fault> {
    let (wanted, word) = match word {
        [Letter { sign: '!', quoted: false, .. }, rest @ ..] => (false, rest),
        all => (true, all),
    };
    let span = word.first().map_or(span.end, |first| first.at.min(span.end))..span.end;
    let test = match split(word, reader) {
        Some((name, sign, value)) => of_field(&text(name), sign, value, &span, reader)?,
        None if word.is_empty() => return Ok(None),
        None => Test::Text(fold(&text(word))),
    };
    Ok(Some(Term { wanted, test }))
}

fn text(letters: &[Letter]) -> String {
    letters.iter().map(|it| it.sign).collect()
}

/// The sign that begins here, and how many letters it takes.
fn sign(letters: &[Letter]) -> Option<(Sign, usize)> {
    let bare = |at: usize| letters.get(at).filter(|it| !it.quoted).map(|it| it.sign);
    Some(match (bare(0)?, bare(1)) {
        ('!', Some('=')) => (Sign::Unequal, 2),
        ('<', Some('=')) => (Sign::AtMost, 2),
        ('>', Some('=')) => (Sign::AtLeast, 2),
        ('<', _) => (Sign::Less, 1),
        ('>', _) => (Sign::Greater, 1),
        ('=', _) => (Sign::Equal, 1),
        (':', _) => (Sign::Colon, 1),
        ('~', _) => (Sign::Tilde, 1),
        _ => return None,
    })
}

/// A word's field, sign and value. A tilde is a sign only after the name of a field.
fn split<'a>(word: &'a [Letter], reader: Reader) -> Option<(&'a [Letter], Sign, &'a [Letter])> {
    (0..word.len()).find_map(|at| {
        let (name, rest) = word.split_at(at);
        let (sign, len) = sign(rest)?;
        let known = || find(&text(name), reader).is_some();
        (sign != Sign::Tilde || known()).then(|| (name, sign, rest.get(len..).unwrap_or_default()))
    })
}

fn find(name: &str, reader: Reader) -> Option<(usize, &'static Field)> {
    let name = fold(name);
    reader.fields.iter().enumerate().find(|(_, field)| field.name == name)
}

fn of_field(
    name: &str,
    sign: Sign,
    value: &[Letter],
    span: &Range<usize>,
    reader: Reader,
) -> Result<Test, Fault> {
    let fault = |words: String| Fault { span: span.clone(), words };
    let Some((at, field)) = find(name, reader) else {
        return Err(fault(unknown(name, reader.fields)));
    };
    if field.kind == Kind::Json {
        return json(field, sign, value).map(Test::Json).map_err(fault);
    }
    let typed = text(value);
    let typed = fold(typed.trim());
    if typed.is_empty() {
        return Err(fault(format!("{}: {}", field.name, wants(field.kind))));
    }
    let check = match field.kind {
        Kind::Text => how(sign, How::Holds).map(|how| Check::Text { how, text: typed.clone() }),
        Kind::Word => how(sign, How::Begins)
            .map(|how| Check::Word { how, text: check::bare_word(&typed).into_owned() }),
        Kind::Number => value::number(&typed).map(|number| value::range(sign, number, number)),
        Kind::Moment => value::moment(sign, &typed, reader),
        Kind::Flag => value::flag(&typed).map(i64::from).map(|it| value::range(sign, it, it)),
        Kind::Json => None,
    };
    let check = check.ok_or_else(|| {
        fault(format!("{} takes {}, not {}", field.name, wants(field.kind), quoted(&typed)))
    })?;
    Ok(Test::Field { at, check })
}

/// How texts compare by a sign; nothing where a sign is for numbers only.
fn how(sign: Sign, colon: How) -> Option<How> {
    match sign {
        Sign::Colon => Some(colon),
        Sign::Tilde => Some(How::Holds),
        Sign::Equal => Some(How::Is),
        Sign::Unequal => Some(How::IsNot),
        Sign::Less | Sign::AtMost | Sign::Greater | Sign::AtLeast => None,
    }
}

fn wants(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => ": or = and a text",
        Kind::Word => ": or = and a word",
        Kind::Number => "a number",
        Kind::Moment => "a day like 2024-01-31, or an age like 30d",
        Kind::Flag => "yes or no",
        Kind::Json => "a JSON pointer like /routing/queue",
    }
}

fn json(field: &Field, sign: Sign, value: &[Letter]) -> Result<JsonTest, String> {
    let pointer_wanted = || format!("{}: {}", field.name, wants(Kind::Json));
    if sign != Sign::Colon {
        return Err(pointer_wanted());
    }
    let comparison = (0..value.len()).find_map(|at| {
        let (pointer, rest) = value.split_at(at);
        let (sign, len) = self::sign(rest).filter(|(sign, _)| *sign != Sign::Colon)?;
        Some((pointer, sign, rest.get(len..).unwrap_or_default()))
    });
    let (pointer, asks) = match comparison {
        Some((pointer, sign, asked)) => (text(pointer), Some(json_ask(sign, &text(asked))?)),
        None => (text(value), None),
    };
    if !pointer.starts_with('/') {
        return Err(pointer_wanted());
    }
    Ok(JsonTest { pointer, asks })
}

fn json_ask(sign: Sign, asked: &str) -> Result<JsonAsk, String> {
    if asked.is_empty() {
        return Err("compared with what?".to_owned());
    }
    if let Some(how) = how(sign, How::Is) {
        return Ok(JsonAsk::Text(how, fold(asked)));
    }
    let number = asked.parse::<f64>().ok().filter(|number| number.is_finite());
    let number = number.ok_or_else(|| format!("{} is not a number", quoted(asked)))?;
    let (low, high) = match sign {
        Sign::Less => (f64::NEG_INFINITY, number.next_down()),
        Sign::AtMost => (f64::NEG_INFINITY, number),
        Sign::Greater => (number.next_up(), f64::INFINITY),
        _ => (number, f64::INFINITY),
    };
    Ok(JsonAsk::Range(low, high))
}

/// What is said of a name that no field bears.
fn unknown(name: &str, fields: &[Field]) -> String {
    let folded = fold(name);
    let near = |field: &&Field| strsim::osa_distance(&folded, field.name);
    let nearest = fields.iter().filter(|field| near(field) <= 2).min_by_key(near);
    let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
    match nearest {
        Some(field) => {
            format!("no field {}: {}? Quote it to find the text", quoted(name), field.name)
        }
        None if names.is_empty() => format!("no field {}; quote it to find the text", quoted(name)),
        None => {
            let names = names.join(", ");
            format!("no field {}; quote it to find the text. Fields: {names}", quoted(name))
        }
    }
}

fn quoted(text: &str) -> String {
    format!("“{}”", remote_text::shown(text).text())
}
