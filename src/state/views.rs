//! Saved views: a small file of their own, so that they survive whatever becomes of the journal. It holds what a person
//! typed, by profile, and is never purged: a view stays until it is deleted. It is written whole, under a name of its own,
//! and then takes the place of the old one; one that cannot be read is left as it is.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{StateError, file};

/// The name of the file in the state directory.
const NAME: &str = "views.json";
/// What is written before it takes the place of the former.
const FRESH: &str = "views.json.new";
/// More than any number of views takes.
const LARGEST: u64 = 1024 * 1024;
const VERSION: u32 = 1;

/// A way to look at a list. What it names is checked when it is used: the list may have other fields by then.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct View {
    /// Which list it is of.
    pub of: String,
    /// The filter, as it is typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub filter: String,
    /// The field by which it is sorted; nothing is the server's order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<SortedBy>,
    /// The columns that show, in their order; none where they were not chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// The service in which it was saved, to go to where no other is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
}

/// A sort, by the name of its field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortedBy {
    /// The field.
    pub field: String,
    /// The greatest first.
    #[serde(default)]
    pub descending: bool,
}

/// All views by profile and name.
pub type Views = BTreeMap<String, BTreeMap<String, View>>;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Stored {
    version: u32,
    #[serde(default)]
    profiles: Views,
}

/// Reads the views; none where no file is.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn read_views(dir: &Path) -> Result<Views, StateError> {
    let path = dir.join(NAME);
    let failed = |source| StateError::File { path: path.clone(), source };
    let mut text = String::new();
    match fs::metadata(&path) {
        Ok(known) if known.is_file() => {}
        // To open some other things is to wait.
        Ok(_) => return Err(failed(io::Error::other("it is not a file"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Views::new()),
        Err(error) => return Err(failed(error)),
    }
    let opened = fs::File::open(&path).map_err(failed)?;
    let read = opened.take(LARGEST).read_to_string(&mut text).map_err(failed)?;
    if u64::try_from(read).is_ok_and(|read| read >= LARGEST) {
        return Err(failed(io::Error::other("it is larger than 1 MiB")));
    }
    let stored: Stored = serde_json::from_str(&text).map_err(|error| failed(error.into()))?;
    match stored.version {
        VERSION => Ok(stored.profiles),
        _ => Err(StateError::Newer { path }),
    }
}

/// Keeps a view under a name, or deletes it; tells all that there are then. What other consoles kept meanwhile stays.
///
/// # Errors
/// When the file cannot be read or written; then it is as it was.
pub fn keep_view(
    dir: &Path,
    profile: &str,
    name: &str,
    view: Option<View>,
) -> Result<Views, StateError> {
    file::prepare(dir)?;
    let _alone = file::lock(dir)?;
    let mut views = read_views(dir)?;
    let of_profile = views.entry(profile.to_owned()).or_default();
    match view {
        Some(view) => drop(of_profile.insert(name.to_owned(), view)),
        None => drop(of_profile.remove(name)),
    }
    views.retain(|_, of_profile| !of_profile.is_empty());
    let stored = Stored { version: VERSION, profiles: views };
    write(dir, &stored)?;
    Ok(stored.profiles)
}

fn write(dir: &Path, stored: &Stored) -> Result<(), StateError> {
    let (path, fresh) = (dir.join(NAME), dir.join(FRESH));
    let failed = |source| StateError::File { path: path.clone(), source };
    let mut text = serde_json::to_string_pretty(stored).map_err(|error| failed(error.into()))?;
    text.push('\n');
    // One that a crash left behind may be of any mode.
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    let written = file::private().create_new(true).open(&fresh).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&fresh, &path)).map_err(failed)
}
