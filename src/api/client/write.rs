//! Everything but reads: the only way by which anything is changed, shut when the client only reads.

use reqwest::Method;

use super::send::{Request, Stood};
use super::{Client, Pairs};
use crate::api::error::{Certainty, Error};
use crate::api::hosts::Product;
use crate::api::path::Path;
use crate::api::wire::Fields;

/// Whether the service's webhooks are told of a write (`X-Twilio-Webhook-Enabled`). Only the writes
/// for which the documents have that header take one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Webhooks {
    /// They are not, as the vendor does for every write over HTTP; nothing is sent about it.
    #[default]
    Off,
    /// They are.
    On,
}

impl Webhooks {
    /// On for off, off for on.
    #[must_use]
    pub const fn switched(self) -> Self {
        match self {
            Self::Off => Self::On,
            Self::On => Self::Off,
        }
    }

    /// `on` or `off`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
        }
    }
}

/// How a delete ended well. In either case the thing is not there any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// It was there, and this delete removed it; after a lost answer, as far as one can tell.
    Done,
    /// It was not there when it was to be deleted.
    AlreadyGone,
}

impl Client {
    /// Makes or changes one resource.
    pub(in crate::api) async fn write<T>(
        &self,
        product: Product,
        path: &Path,
        form: &Pairs,
        webhooks: Webhooks,
        item: impl Fn(&Fields<'_>) -> Option<T>,
    ) -> Result<T, Error> {
        let leave = self.permit()?;
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let mut request = Request::write(leave, Method::POST, product, path.as_str().to_owned());
        request.form = Some(body);
        request.webhooks = webhooks;
        self.send(&request).await?.item(item)
    }

    /// Removes one resource.
    ///
    /// A delete is sent again when its answer was lost. If the next answer is that there is no such
    /// thing, the lost one has done it; if nothing was lost, it was gone before.
    pub(in crate::api) async fn delete(
        &self,
        product: Product,
        path: &Path,
        webhooks: Webhooks,
    ) -> Result<Deleted, Error> {
        let leave = self.permit()?;
        let mut request = Request::write(leave, Method::DELETE, product, path.as_str().to_owned());
        request.webhooks = webhooks;
        match self.persist(&request).await {
            Ok(_no_content) => Ok(Deleted::Done),
            Err(Stood { error, doubt }) if error.is_gone() => {
                Ok(if doubt.is_some() { Deleted::Done } else { Deleted::AlreadyGone })
            }
            // The last try surely did nothing, but one before it may have done all.
            Err(Stood { error, doubt: Some(doubt) })
                if error.certainty() == Certainty::NotApplied =>
            {
                Err(doubt)
            }
            Err(Stood { error, .. }) => Err(error),
        }
    }
}
