//! The clipboard: by which road a text goes there. In tmux by tmux, which keeps it and passes it on; else by the
//! terminal (OSC 52), which works over a network too; besides by the desktop's own tool where this machine is the
//! person's. Nothing waits for a road, and none is given a secret.

use std::{
    fmt::Display,
    io,
    path::Path,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tokio::{io::AsyncWriteExt, process::Command, time::timeout};

/// Longer than any tool takes that works at all.
const PATIENCE: Duration = Duration::from_secs(3);
/// Terminals that bound what they take by OSC 52 take about as much, in bytes.
const MANY: usize = 74_000;

/// A program that takes a text, with its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tool {
    /// The program.
    pub program: &'static str,
    arguments: &'static [&'static str],
}

const TMUX: Tool = Tool { program: "tmux", arguments: &["load-buffer", "-w", "-"] };
/// Before 3.2 tmux kept a text, but did not pass it on.
const OLD_TMUX: Tool = Tool { program: "tmux", arguments: &["load-buffer", "-"] };
const WAYLAND: &[Tool] = &[Tool { program: "wl-copy", arguments: &[] }];
const X: &[Tool] = &[
    Tool { program: "xclip", arguments: &["-selection", "clipboard"] },
    Tool { program: "xsel", arguments: &["--clipboard", "--input"] },
];
const MACOS: &[Tool] = &[Tool { program: "pbcopy", arguments: &[] }];

/// The roads to the clipboard from here.
#[derive(Debug, Clone, Default)]
pub struct Clipboard {
    by_tmux: bool,
    tool: Option<Tool>,
    withheld: Vec<String>,
}

impl Clipboard {
    /// The roads that this environment has; `is_there` tells whether a program can be called.
    pub fn new(env: impl Fn(&str) -> Option<String>, is_there: impl Fn(&str) -> bool) -> Self {
        let has = |name: &str| env(name).is_some_and(|value| !value.is_empty());
        let is_remote = has("SSH_CONNECTION") || has("SSH_TTY");
        let tools = match () {
            () if is_remote => &[],
            () if has("WAYLAND_DISPLAY") => WAYLAND,
            () if has("DISPLAY") => X,
            () if cfg!(target_os = "macos") => MACOS,
            () => &[],
        };
        let tool = tools.iter().find(|tool| is_there(tool.program)).copied();
        Self { by_tmux: has("TMUX"), tool, withheld: Vec::new() }
    }

    /// The variables that hold secrets are not passed on to any tool.
    #[must_use]
    pub fn withholding(mut self, withheld: Vec<String>) -> Self {
        self.withheld = withheld;
        self
    }

    /// Whether the road is tmux, not the terminal itself.
    pub const fn is_by_tmux(&self) -> bool {
        self.by_tmux
    }

    /// The desktop's own tool, where there is one.
    pub const fn tool(&self) -> Option<Tool> {
        self.tool
    }

    /// Gives a text to the programs on the road; what the terminal itself is to be given is out already.
    ///
    /// # Errors
    /// Why no road was open, in words that are safe to show.
    pub(super) async fn carry(&self, text: &str) -> Result<String, String> {
        let first = if self.by_tmux {
            match self.give(TMUX, text).await {
                Ok(()) => Ok("by tmux".to_owned()),
                Err(why) if why.kind == Kind::Refused => match self.give(OLD_TMUX, text).await {
                    Ok(()) => Ok("to tmux, which keeps it for itself".to_owned()),
                    Err(_) => Err(why.words),
                },
                Err(why) => Err(why.words),
            }
        } else if text.len() > MANY {
            Ok("by OSC 52, and the terminal may cut so much".to_owned())
        } else {
            Ok("by OSC 52".to_owned())
        };
        let Some(tool) = self.tool else { return first };
        match (first, self.give(tool, text).await) {
            (Ok(road), Ok(())) => Ok(format!("{road} and {}", tool.program)),
            (Ok(road), Err(_)) => Ok(road),
            (Err(_), Ok(())) => Ok(format!("by {}", tool.program)),
            (Err(why), Err(_)) => Err(why),
        }
    }

    async fn give(&self, tool: Tool, text: &str) -> Result<(), Why> {
        let mut command = Command::new(tool.program);
        command.args(tool.arguments).stdin(Stdio::piped());
        // What it leaves behind to serve the text must not hold our terminal.
        command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        for name in &self.withheld {
            command.env_remove(name);
        }
        let given = async {
            let mut child = command.spawn()?;
            if let Some(mut stdin) = child.stdin.take() {
                // One that does not read to the end says so by its status.
                let _ = stdin.write_all(text.as_bytes()).await;
            }
            child.wait().await
        };
        Why::of(tool.program, timeout(PATIENCE, given).await.ok())
    }
}

/// Why a tool did not take a text.
#[derive(Debug)]
struct Why {
    kind: Kind,
    words: String,
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    /// It ran, and said no.
    Refused,
    Other,
}

impl Why {
    /// Nothing stands for no answer in time.
    fn of(program: &str, ended: Option<io::Result<ExitStatus>>) -> Result<(), Self> {
        let other =
            |words: &dyn Display| Self { kind: Kind::Other, words: format!("{program} {words}") };
        match ended {
            Some(Ok(status)) if status.success() => Ok(()),
            Some(Ok(status)) => {
                let words = format!("{program} refused it ({status})");
                Err(Self { kind: Kind::Refused, words })
            }
            Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => {
                Err(other(&"is not found"))
            }
            Some(Err(error)) => Err(other(&format!("cannot be called: {error}"))),
            None => Err(other(&"does not answer")),
        }
    }
}

/// Whether a program can be called by its name.
pub fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .any(|dir: std::path::PathBuf| Path::new(&dir).join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roads(of: &[(&str, &str)], tools: &[&str]) -> (bool, Option<&'static str>) {
        let of: Vec<(String, String)> =
            of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let env = |name: &str| of.iter().find(|(it, _)| it == name).map(|(_, value)| value.clone());
        let roads = Clipboard::new(env, |tool| tools.contains(&tool));
        (roads.is_by_tmux(), roads.tool().map(|tool| tool.program))
    }

    #[test]
    fn the_desktops_tool_is_for_this_machine_alone() {
        assert_eq!(roads(&[], &["xclip"]), (false, None));
        assert_eq!(roads(&[("DISPLAY", ":0")], &["xsel"]), (false, Some("xsel")));
        assert_eq!(roads(&[("DISPLAY", ":0")], &["xclip", "xsel"]), (false, Some("xclip")));
        let both = [("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "w")];
        assert_eq!(roads(&both, &["xclip", "wl-copy"]), (false, Some("wl-copy")));
        let far = [("DISPLAY", ":0"), ("SSH_TTY", "t"), ("TMUX", "s")];
        assert_eq!(roads(&far, &["xclip"]), (true, None));
        assert_eq!(roads(&[("TMUX", "")], &[]), (false, None));
    }

    #[tokio::test]
    async fn a_tool_that_is_not_there_or_says_no_is_told() {
        let clipboard = Clipboard::default();
        let missing = Tool { program: "no-such-clipboard", arguments: &[] };
        let why = clipboard.give(missing, "x").await.unwrap_err();
        assert_eq!(why.words, "no-such-clipboard is not found");
        assert_eq!(clipboard.carry("x").await.unwrap(), "by OSC 52");
        let long = "x".repeat(MANY + 1);
        assert!(clipboard.carry(&long).await.unwrap().contains("may cut"));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_tool_is_given_the_text_and_no_secret() {
        let says_no = Tool { program: "sh", arguments: &["-c", "cat > /dev/null; exit 3"] };
        let clipboard = Clipboard::default().withholding(vec!["PATH".to_owned()]);
        let why = clipboard.give(says_no, "x").await.unwrap_err();
        assert_eq!(why.kind, Kind::Refused);
        let looks = "read line; test \"$line\" = text && ! env | grep -q ^HOME=";
        let looks: &'static [&'static str] = Box::leak(Box::new(["-c", looks]));
        let tool = Tool { program: "sh", arguments: looks };
        let clipboard = Clipboard::default().withholding(vec!["HOME".to_owned()]);
        clipboard.give(tool, "text\n").await.unwrap();
    }
}
