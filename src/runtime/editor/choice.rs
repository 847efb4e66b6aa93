//! Which editor: `VISUAL`, then `EDITOR`, then what is usually there. The value may hold arguments, quoted as in a shell.

use std::{
    ffi::OsStr,
    io::ErrorKind,
    path::Path,
    process::{Child, Command},
};

use super::Editor;
use crate::api::remote_text;

/// Tried in this order where the environment names none.
const USUAL: [&str; 3] = ["vi", "vim", "nano"];

impl Editor {
    /// Starts the editor over a file. It has our terminal, and our environment without what is withheld.
    ///
    /// # Errors
    /// Why none could be started, in words that say what was tried.
    pub(in crate::runtime) fn start(&self, file: &Path) -> Result<Child, String> {
        let (variable, words) = match self.wanted()? {
            Some((variable, words)) => (Some(variable), words),
            None => (None, self.usual()?),
        };
        let Some((program, arguments)) = words.split_first() else {
            return Err("there is no editor to start".to_owned());
        };
        let mut command = Command::new(program);
        command.args(arguments).arg(file);
        for name in &self.withheld {
            command.env_remove(name);
        }
        command.spawn().map_err(|error| {
            let program = remote_text::shown(program).text();
            let who = variable.map_or_else(String::new, |name| format!(", which {name} names,"));
            match error.kind() {
                ErrorKind::NotFound => format!("the editor {program}{who} is not found"),
                _ => format!("the editor {program}{who} cannot be started: {error}"),
            }
        })
    }

    /// The words of the variable that names an editor, and which it is.
    fn wanted(&self) -> Result<Option<(&'static str, Vec<String>)>, String> {
        for (name, value) in &self.named {
            let Some(value) = value else { continue };
            let words = split(value).map_err(|why| format!("{name} names no editor: {why}"))?;
            if !words.is_empty() {
                return Ok(Some((name, words)));
            }
        }
        Ok(None)
    }

    fn usual(&self) -> Result<Vec<String>, String> {
        let dirs: Vec<_> = self.path.iter().flat_map(std::env::split_paths).collect();
        let is_there = |name: &&str| dirs.iter().any(|dir| dir.join(name).is_file());
        let found = USUAL.into_iter().find(is_there);
        found.map(|name| vec![name.to_owned()]).ok_or_else(|| {
            "no editor is found: VISUAL and EDITOR are not set, and there is no vi, vim or nano"
                .to_owned()
        })
    }
}

fn split(value: &OsStr) -> Result<Vec<String>, &'static str> {
    let text = value.to_str().ok_or("it is no UTF-8")?;
    shlex::split(text).ok_or("a quote in it is not closed")
}

#[cfg(test)]
mod tests {
    use std::{ffi::OsString, fs};

    use super::*;

    fn editor(variables: &[(&str, &str)]) -> Editor {
        let get = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        Editor::new(None, get, [])
    }

    fn words(variables: &[(&str, &str)]) -> Result<Vec<String>, String> {
        let editor = editor(variables);
        editor.wanted()?.map_or_else(|| editor.usual(), |(_, words)| Ok(words))
    }

    #[test]
    fn visual_comes_before_editor_and_both_may_hold_arguments() {
        let both = [("VISUAL", "code --wait"), ("EDITOR", "ed")];
        assert_eq!(words(&both).unwrap(), ["code", "--wait"]);
        let quoted = [("EDITOR", r#""/opt/my editor/run" -c 'set ft=json'"#)];
        assert_eq!(words(&quoted).unwrap(), ["/opt/my editor/run", "-c", "set ft=json"]);
        assert_eq!(words(&[("VISUAL", ""), ("EDITOR", "ed")]).unwrap(), ["ed"]);
        assert_eq!(words(&[("VISUAL", "  "), ("EDITOR", "ed")]).unwrap(), ["ed"]);
    }

    #[test]
    fn what_cannot_be_read_is_told_by_its_variable() {
        let told = words(&[("VISUAL", "vi 'x"), ("EDITOR", "ed")]).unwrap_err();
        assert_eq!(told, "VISUAL names no editor: a quote in it is not closed");
    }

    #[test]
    fn without_a_name_the_first_of_the_usual_ones_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().to_str().unwrap();
        let told = words(&[("PATH", path)]).unwrap_err();
        assert!(told.contains("VISUAL and EDITOR are not set"), "{told}");
        assert!(told.contains("vi, vim or nano"), "{told}");
        fs::write(dir.path().join("nano"), "").unwrap();
        assert_eq!(words(&[("PATH", path)]).unwrap(), ["nano"]);
        fs::write(dir.path().join("vi"), "").unwrap();
        assert_eq!(words(&[("PATH", path)]).unwrap(), ["vi"]);
    }

    #[test]
    fn a_name_that_is_not_found_is_told_escaped() {
        let editor = editor(&[("EDITOR", "/nowhere/\u{1b}[31med -x")]);
        let told = editor.start(Path::new("file")).unwrap_err();
        assert!(told.contains("/nowhere/␛[31med, which EDITOR names, is not found"), "{told}");
        assert!(!told.contains('\u{1b}'));
    }
}
