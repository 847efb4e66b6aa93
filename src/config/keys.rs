//! Other keys than the table's, as `config.toml` writes them: which action gets which, each with its place. What they
//! mean is not known here.

use crate::config::{ConfigError, document::Table};

/// A word of the file with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The word.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its column, in characters, from 1.
    pub column: usize,
}

/// One line of `[keys]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebinding {
    /// Where alone it holds.
    pub context: Option<Spot>,
    /// The action by its name.
    pub action: Spot,
    /// Its keys; with none it has none.
    pub keys: Vec<Spot>,
}

/// All of `[keys]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// The file it stands in.
    pub file: String,
    /// Its lines, in their order.
    pub rebindings: Vec<Rebinding>,
}

/// Takes `[keys]` out of the file.
pub(super) fn take(root: &mut Table) -> Result<Keys, ConfigError> {
    let file = root.source.full_name();
    let Some(mut table) = root.table("keys")? else { return Ok(Keys::default()) };
    let mut rebindings = Vec::new();
    for name in table.spots() {
        match name.text.split_once('.') {
            Some((context, action)) => {
                let spot = |text: &str| Spot { text: text.to_owned(), ..name.clone() };
                let keys = table.keys(&name)?;
                let context = Some(spot(context));
                rebindings.push(Rebinding { context, action: spot(action), keys });
            }
            None if table.holds_table(&name.text) => {
                let Some(mut inner) = table.table(&name.text)? else { continue };
                for action in inner.spots() {
                    let keys = inner.keys(&action)?;
                    rebindings.push(Rebinding { context: Some(name.clone()), action, keys });
                }
            }
            None => {
                let keys = table.keys(&name)?;
                rebindings.push(Rebinding { context: None, action: name, keys });
            }
        }
    }
    Ok(Keys { file, rebindings })
}
