//! Calls to the local index, and the listing that fills it.

use super::Executor;
use crate::{
    api::{
        chat::{channels, services::Service},
        page::NextPage,
        sid::Sid,
    },
    app::{
        msg::Msg,
        ticket::{Reply, Ticket},
    },
    runtime::index::Index,
};

impl Executor {
    /// The same, keeping the last listings.
    #[must_use]
    pub fn with_index(mut self, index: Index) -> Self {
        self.index = index;
        self
    }

    pub(super) fn list_channels(
        &mut self,
        ticket: Ticket,
        service: Sid<Service>,
        next: Option<NextPage>,
    ) {
        // Not of a practice account that was begun later: it is made anew at every start.
        let client = self.client.as_ref();
        let pen = client.and_then(|client| self.index.pen(client, service, next.clone()));
        self.stream(ticket, Msg::ChannelsArrived, async move |client| {
            let page = channels::list_in_streams(&client, service, next.as_ref()).await?;
            if let Some(pen) = pen {
                pen.note(&page).await;
            }
            Ok(page)
        });
    }

    pub(super) fn recall_listing(
        &self,
        ticket: Ticket,
        service: Sid<Service>,
        next: Option<NextPage>,
    ) {
        let (index, client, tx) = (self.index.clone(), self.client.clone(), self.tx.clone());
        tokio::spawn(async move {
            let recalled = match client {
                Some(client) => index.recall(&client, service, next).await,
                None => None,
            };
            // The console may have quit meanwhile.
            let _ = tx.send(Msg::ListingRecalled(Reply { ticket, result: Ok(recalled) }));
        });
    }
}
