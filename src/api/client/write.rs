//! Everything but reads: the only way by which anything is changed, shut when the client only reads.

use std::time::Duration;

use reqwest::{Method, StatusCode};

use super::send::{Request, Stood};
use super::{Access, Client, Ended, Pairs};
use crate::api::error::{Certainty, Error};
use crate::api::hosts::Product;
use crate::api::path::Path;
use crate::api::remote_text::RemoteText;
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
        self.may_write()?;
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let mut request = Request::new(Method::POST, product, path.as_str().to_owned());
        request.form = Some(body);
        request.webhooks = webhooks;
        let work = async {
            let answer = self.send(&request).await?;
            let ended = ended(answer.status.as_u16(), answer.request_id.as_ref());
            let made = answer.item(|fields| fields.text("sid")).ok();
            let made = made.map(|sid| sid.raw().to_owned());
            Ok((answer.item(item)?, Ended { made, ..ended }))
        };
        self.witnessed(&request, form, work).await
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
        self.may_write()?;
        let mut request = Request::new(Method::DELETE, product, path.as_str().to_owned());
        request.webhooks = webhooks;
        let work = self.removed(&request);
        self.witnessed(&request, &Pairs::new(), work).await
    }

    async fn removed(&self, request: &Request) -> Result<(Deleted, Ended), Error> {
        match self.persist(request).await {
            // The documents answer a delete with 204 and nothing else.
            Ok(answer) if answer.status != StatusCode::NO_CONTENT => {
                Err(answer.not_understood("a delete is answered with 204"))
            }
            Ok(answer) => {
                Ok((Deleted::Done, ended(answer.status.as_u16(), answer.request_id.as_ref())))
            }
            // Anybody on the way can answer 404; the vendor says so with a code.
            Err(Stood { error, .. }) if error.is_gone() && error.code().is_none() => {
                Err(error.in_doubt("a 404 that is not the vendor's"))
            }
            Err(Stood { error, doubt }) if error.is_gone() => {
                let deleted = if doubt.is_some() { Deleted::Done } else { Deleted::AlreadyGone };
                Ok((deleted, ended(404, None)))
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

    fn may_write(&self) -> Result<(), Error> {
        match self.access() {
            Access::ReadWrite => Ok(()),
            Access::ReadOnly => Err(Error::ReadOnly),
        }
    }
}

/// A write that the server said yes to.
fn ended(status: u16, request_id: Option<&RemoteText>) -> Ended {
    Ended {
        failure: None,
        status: Some(status),
        code: None,
        request_id: request_id.map(|id| id.raw().to_owned()),
        made: None,
        took: Duration::ZERO,
    }
}
