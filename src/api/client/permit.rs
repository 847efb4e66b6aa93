//! Leave to write. A request that changes anything cannot be made without it, and only a client that may write gives it.

use super::{Access, Client};
use crate::api::error::Error;

/// Proof that the client may write. Nothing outside this room can make one.
#[derive(Debug)]
pub(super) struct WritePermit(());

impl Client {
    /// Leave for one write.
    pub(super) fn permit(&self) -> Result<WritePermit, Error> {
        match self.access() {
            Access::ReadWrite => Ok(WritePermit(())),
            Access::ReadOnly => Err(Error::ReadOnly),
        }
    }
}
