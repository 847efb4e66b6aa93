//! The terminal: what it is, what it can show, and where a copy would go.

use std::io::{self, IsTerminal, Write};

use crossterm::{
    cursor::position,
    terminal::{disable_raw_mode, enable_raw_mode, size},
};
use unicode_width::UnicodeWidthStr;

use super::Finding;
use crate::runtime::clipboard::{Clipboard, is_there};

/// Texts whose width terminals do not agree about, and what they are.
const WIDE: [(&str, &str); 3] = [
    ("日本", "Chinese and Japanese"),
    ("e\u{301}", "accents of their own"),
    ("👩‍👩‍👧‍👦", "joined emoji"),
];

/// What there is to say of it.
pub(super) fn findings(env: &impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let mut findings = vec![terminal(env, is_terminal), colours(env), unicode(env)];
    if is_terminal {
        findings.push(widths());
    }
    findings.push(clipboard(env, &is_there));
    findings
}

fn terminal(env: &impl Fn(&str) -> Option<String>, is_terminal: bool) -> Finding {
    const WHAT: &str = "terminal";
    let name = env("TERM").unwrap_or_else(|| "TERM is not set".to_owned());
    if !is_terminal {
        let advice = "the console needs one; what works without is in --help";
        return Finding::warn(WHAT, "this is no terminal", advice);
    }
    let (width, height) = size().unwrap_or_default();
    let within = match (env("TMUX"), env("STY"), env("SSH_CONNECTION")) {
        (Some(_), ..) => ", in tmux",
        (_, Some(_), _) => ", in screen",
        (.., Some(_)) => ", over SSH",
        _ => "",
    };
    let words = format!("{name}, {width}×{height}{within}");
    if name == "dumb" || env("TERM").is_none() {
        return Finding::fail(
            WHAT,
            words,
            "set TERM to what the terminal is, such as xterm-256color",
        );
    }
    if width < 40 || height < 10 {
        return Finding::warn(
            WHAT,
            words,
            "40×10 show one line of what there is; 80×24 show it all",
        );
    }
    Finding::pass(WHAT, words)
}

fn colours(env: &impl Fn(&str) -> Option<String>) -> Finding {
    const WHAT: &str = "colours";
    let term = env("TERM").unwrap_or_default();
    if env("NO_COLOR").is_some() {
        return Finding::pass(WHAT, "none, as NO_COLOR asks");
    }
    let words = match env("COLORTERM").as_deref() {
        Some("truecolor" | "24bit") => "all of them",
        _ if term.contains("256color") => "256",
        _ => "the usual 16",
    };
    Finding::pass(WHAT, words)
}

fn unicode(env: &impl Fn(&str) -> Option<String>) -> Finding {
    const WHAT: &str = "unicode";
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|it| Some((it, env(it)?)));
    let advice = "set LANG to one of UTF-8, such as C.UTF-8";
    match locale {
        Some((name, value)) => {
            let words = format!("{name}={value}");
            let folded = value.to_lowercase().replace('-', "");
            if folded.contains("utf8") {
                Finding::pass(WHAT, words)
            } else {
                Finding::warn(WHAT, words, advice)
            }
        }
        None => Finding::warn(WHAT, "no locale is set", advice),
    }
}

/// Whether the terminal draws odd texts as wide as they are reckoned here.
fn widths() -> Finding {
    const WHAT: &str = "widths";
    let odd: io::Result<Vec<String>> = measured().map(|widths| {
        let odd = WIDE.iter().zip(widths).filter(|((text, _), width)| text.width() != *width);
        odd.map(|((text, what), width)| format!("{what} take {width} cells, not {}", text.width()))
            .collect()
    });
    let advice =
        "columns behind such names may be out of line; another terminal or font may do better";
    match odd {
        Ok(odd) if odd.is_empty() => Finding::pass(WHAT, "as they should be"),
        Ok(odd) => Finding::warn(WHAT, odd.join(", "), advice),
        Err(_) => Finding::warn(WHAT, "this terminal does not tell where its cursor is", advice),
    }
}

/// How many cells each text takes, by where the cursor is after it.
fn measured() -> io::Result<Vec<usize>> {
    enable_raw_mode()?;
    let widths = WIDE.iter().map(|(text, _)| {
        let mut out = io::stdout();
        write!(out, "\r{text}")?;
        out.flush()?;
        let at = position().map(|(column, _)| usize::from(column));
        write!(out, "\r\x1b[K")?;
        out.flush()?;
        at
    });
    let widths = widths.collect();
    disable_raw_mode()?;
    widths
}

/// The road that copied text takes.
fn clipboard(env: &impl Fn(&str) -> Option<String>, is_there: &impl Fn(&str) -> bool) -> Finding {
    const WHAT: &str = "clipboard";
    let roads = Clipboard::new(env, is_there);
    let tool = roads.tool().map(|tool| format!(" and {}", tool.program)).unwrap_or_default();
    if !roads.is_by_tmux() {
        let allowed = if tool.is_empty() { ", where it allows that" } else { "" };
        return Finding::pass(WHAT, format!("by the terminal (OSC 52){tool}{allowed}"));
    }
    if is_there("tmux") {
        Finding::pass(WHAT, format!("by tmux (load-buffer -w){tool}"))
    } else {
        Finding::warn(WHAT, "in tmux, but there is no tmux to call", "put tmux into PATH")
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Verdict, *};

    fn env(of: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        let of: Vec<(String, String)> =
            of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        move |name| of.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    #[test]
    fn the_road_of_a_copy_depends_on_where_one_is() {
        let road = |of: &[(&str, &str)], tools: &[&str]| {
            clipboard(&env(of), &|tool: &str| tools.contains(&tool)).words
        };
        assert!(road(&[("TMUX", "x"), ("SSH_TTY", "y")], &["tmux"]).starts_with("by tmux"));
        assert!(road(&[("SSH_TTY", "y"), ("DISPLAY", ":0")], &["xclip"]).ends_with("allows that"));
        assert!(road(&[("WAYLAND_DISPLAY", "w")], &["wl-copy"]).ends_with("wl-copy"));
    }

    #[test]
    fn what_is_set_is_told() {
        assert_eq!(colours(&env(&[("NO_COLOR", "1")])).words, "none, as NO_COLOR asks");
        assert_eq!(colours(&env(&[("TERM", "xterm-256color")])).words, "256");
        assert_eq!(unicode(&env(&[("LANG", "de_DE.UTF-8")])).verdict, Verdict::Pass);
        let wrong = [("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")];
        assert_eq!(unicode(&env(&wrong)).verdict, Verdict::Warn);
        assert_eq!(terminal(&env(&[("TERM", "dumb")]), true).verdict, Verdict::Fail);
        assert_eq!(terminal(&env(&[]), false).verdict, Verdict::Warn);
    }
}
