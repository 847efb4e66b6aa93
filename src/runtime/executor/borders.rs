//! Keeping the borders between panes for the next start. That they cannot be kept is no reason to trouble anybody.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::task::JoinHandle;

use crate::state::Borders;

/// Keeps the newest, whichever of several writings is the last.
#[derive(Debug, Default)]
pub(super) struct Keeper {
    newest: Arc<Mutex<Borders>>,
    writing: Mutex<Option<JoinHandle<()>>>,
}

impl Keeper {
    pub(super) fn keep(&self, borders: Borders, directory: Option<PathBuf>) {
        *self.newest.lock().unwrap_or_else(PoisonError::into_inner) = borders;
        let Some(directory) = directory else { return };
        let newest = Arc::clone(&self.newest);
        let writing = tokio::task::spawn_blocking(move || {
            // Held while it is written, so that an older one cannot come later.
            let newest = newest.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(error) = newest.keep(&directory) {
                tracing::debug!(%error, "the borders between panes are not kept");
            }
        });
        *self.writing.lock().unwrap_or_else(PoisonError::into_inner) = Some(writing);
    }

    /// Waits until they are written.
    pub(super) async fn finish(&self) {
        let writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writing) = writing {
            // It tells of its failures itself.
            let _ = writing.await;
        }
    }
}
