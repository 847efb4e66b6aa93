//! What an earlier run was told, and the server has not confirmed since.

use jiff::Timestamp;

use super::{ChannelRow, Entities};
use crate::api::{
    chat::{channels::Channel, services::Service},
    sid::Sid,
};
use crate::app::list::Keys;

impl Entities {
    /// Takes in a channel of an earlier listing. What the server told in this run is newer, and stays.
    pub(in crate::app) fn recall_channel(&mut self, channel: Channel) -> ChannelRow {
        if let Some(row) = self.channels.row(channel.sid) {
            return row;
        }
        let row = self.channels.put(channel);
        self.old.insert(row);
        row
    }

    /// Remembers when the earlier listing of a service began.
    pub(in crate::app) fn set_as_of(&mut self, service: Sid<Service>, as_of: Timestamp) {
        self.as_of.insert(service, as_of);
    }

    /// Whether a channel is known from an earlier run only.
    pub fn is_old(&self, row: ChannelRow) -> bool {
        self.old.contains(row)
    }

    /// As of when a channel is known, where that is an earlier run's word.
    pub fn old_since(&self, channel: Sid<Channel>) -> Option<Timestamp> {
        // Most of the time nothing is old.
        if self.old.is_empty() {
            return None;
        }
        let row = self.channels.row(channel).filter(|&row| self.is_old(row))?;
        self.as_of.get(&self.channels.get(row)?.service_sid).copied()
    }
}
