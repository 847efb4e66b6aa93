//! Saved views, kept beside the journal.

use super::Executor;
use crate::{
    api::remote_text,
    app::{msg::Msg, views::Deed},
    state::{self, StateError, View, Views},
};

impl Executor {
    pub(super) fn recall_views(&self) {
        let (directory, tx) = (self.journal.directory(), self.tx.clone());
        tokio::task::spawn_blocking(move || {
            let read = directory.map_or_else(|| Ok(Views::new()), |dir| state::read_views(&dir));
            let _ = tx.send(Msg::ViewsRecalled(told(read)));
        });
    }

    pub(super) fn keep_view(&self, profile: String, name: String, view: Option<Box<View>>) {
        let (directory, tx) = (self.journal.directory(), self.tx.clone());
        tokio::task::spawn_blocking(move || {
            let deed = if view.is_some() { Deed::Save } else { Deed::Delete };
            let result = match directory {
                Some(dir) => told(state::keep_view(&dir, &profile, &name, view.map(|view| *view))),
                None => Err("there is no state directory to keep it in".to_owned()),
            };
            let _ = tx.send(Msg::ViewKept { name, deed, result });
        });
    }
}

/// What came of it, its failure in words that are safe to show.
fn told(result: Result<Views, StateError>) -> Result<Views, String> {
    result.map_err(|error| remote_text::shown(&error.to_string()).text())
}
