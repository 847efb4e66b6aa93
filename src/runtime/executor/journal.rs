//! Calls to the journal.

use super::Executor;
use crate::{
    api::page::{NextPage, Page},
    app::{
        msg::Msg,
        notice::{Problem, ProblemKind},
        ticket::{Reply, Ticket},
    },
    runtime::journal::account_of,
    state::{Entry, JournalQuery as Query, Standing},
};

/// Entries of a page.
const PAGE: usize = 200;
/// How far back the last write is looked for that was not taken back yet.
const BACK: usize = 500;

impl Executor {
    pub(super) fn recall_journal(&self, ticket: Ticket) {
        if let Some(client) = self.client() {
            self.journal.recall(ticket, &client, self.tx.clone());
        }
    }

    pub(super) fn journal_page(&self, ticket: Ticket, next: Option<NextPage>) {
        let before = next.and_then(|next| next.token().parse().ok());
        let query = Query { before, limit: Some(PAGE), ..self.of_this_account() };
        let page = |entries: Vec<Entry>| {
            let is_full = entries.len() == PAGE;
            let last = entries.last().filter(|_| is_full).map(|entry| entry.id.to_string());
            Page { items: entries, next: last.map(NextPage::of_our_own), unreadable: 0 }
        };
        self.recalled(ticket, query, page, Msg::JournalArrived);
    }

    pub(super) fn find_undoable(&self, ticket: Ticket) {
        let query = Query { limit: Some(BACK), ..self.of_this_account() };
        self.recalled(ticket, query, last_to_undo, Msg::UndoableFound);
    }

    pub(super) fn keep(&self, key: String, text: Option<String>) {
        if let Some(client) = self.client() {
            self.journal.keep(&client, key, text);
        }
    }

    fn of_this_account(&self) -> Query {
        Query { account: self.client().map(|client| account_of(&client)), ..Query::default() }
    }

    fn recalled<T: Send + 'static>(
        &self,
        ticket: Ticket,
        query: Query,
        of: fn(Vec<Entry>) -> T,
        wrap: fn(Reply<T>) -> Msg,
    ) {
        let (journal, tx) = (self.journal.clone(), self.tx.clone());
        tokio::spawn(async move {
            let entries = journal.on_disk(move |state| state.list(&query)).await;
            let result = entries.map(of).map_err(|why| Problem::new(ProblemKind::Refused, why));
            // The console may have quit meanwhile.
            let _ = tx.send(wrap(Reply { ticket, result }));
        });
    }
}

/// The newest write that was or may have been done and was not taken back yet, and takes none back itself.
fn last_to_undo(entries: Vec<Entry>) -> Option<Box<Entry>> {
    let mut candidates = entries.into_iter().filter(|entry| {
        let is_not_done = matches!(
            entry.standing,
            Standing::Refused | Standing::Failed | Standing::SettledNotDone
        );
        !is_not_done && entry.record.undoes.is_none() && entry.undone_by.is_none()
    });
    candidates.next().map(Box::new)
}
