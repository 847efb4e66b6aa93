//! A text on its way to the clipboard. The newest wins: one that is still on its way is given up.

use super::Executor;
use crate::{app::msg::Msg, runtime::clipboard::Clipboard};

impl Executor {
    /// The same executor, copying by these roads.
    #[must_use]
    pub fn with_clipboard(mut self, clipboard: Clipboard) -> Self {
        self.clipboard = clipboard;
        self
    }

    /// Whether a copy goes out by the terminal itself.
    pub(in crate::runtime) fn copies_by_terminal(&self) -> bool {
        !self.clipboard.is_by_tmux()
    }

    pub(super) fn copy(&mut self, text: String, label: String) {
        let (clipboard, tx) = (self.clipboard.clone(), self.tx.clone());
        let task = tokio::spawn(async move {
            let result = clipboard.carry(&text).await;
            // The console may have quit meanwhile.
            let _ = tx.send(Msg::Copied { label, result });
        });
        if let Some(older) = self.copying.replace(task.abort_handle()) {
            older.abort();
        }
    }
}
