//! A whole answer, and what can be made of it: an item, a page, or the reason why not.

use std::str::Utf8Error;
use std::string::FromUtf8Error;

use reqwest::StatusCode;

use crate::api::error::{Error, Refusal};
use crate::api::hosts::{Hosts, Product};
use crate::api::page::{self, NextPage, Page};
use crate::api::remote_text::RemoteText;
use crate::api::wire::Fields;

/// How much of a body that was not understood is kept, in bytes.
const EXCERPT: usize = 200;

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) content_type: Option<RemoteText>,
    pub(super) request_id: Option<RemoteText>,
    pub(super) retry_after: Option<String>,
    pub(super) body: Result<String, FromUtf8Error>,
}

impl Answer {
    /// The one resource that it holds.
    pub(super) fn item<T>(&self, item: impl Fn(&Fields<'_>) -> Option<T>) -> Result<T, Error> {
        item(&self.object()?).ok_or_else(|| self.not_understood("it has no usable sid"))
    }

    /// The page that it holds.
    pub(super) fn page<T>(
        &self,
        hosts: &Hosts,
        product: Product,
        item: impl Fn(&Fields<'_>) -> Option<T>,
    ) -> Result<Page<T>, Error> {
        let usual = self.text().ok().and_then(|text| page::read_usual(text, hosts, product, &item));
        if let Some(page) = usual {
            return Ok(page);
        }
        let page = page::read(&self.object()?, hosts, product, item);
        page.ok_or_else(|| self.not_understood("it holds no list"))
    }

    /// Where the page that it holds leads, without reading its rows if that can be told before.
    pub(super) fn next_page(&self, hosts: &Hosts, product: Product) -> Option<NextPage> {
        page::way_on(self.text().ok()?, hosts, product)
    }

    /// The answer itself when it is a yes, otherwise why not.
    pub(super) fn accepted(self) -> Result<Self, Error> {
        if self.status.is_success() {
            return Ok(self);
        }
        if self.status.is_redirection() {
            return Err(self.not_understood("it is a redirect, and those are never followed"));
        }
        Err(self.refusal().into())
    }

    /// How many bytes its body takes.
    pub(super) fn size(&self) -> usize {
        self.body.as_ref().map_or_else(|error| error.as_bytes().len(), String::capacity)
    }

    /// What its body took, empty.
    pub(super) fn into_room(self) -> Vec<u8> {
        let mut room = self.body.map_or_else(FromUtf8Error::into_bytes, String::into_bytes);
        room.clear();
        room
    }

    /// An error that tells what came instead of what was expected.
    pub(super) fn not_understood(&self, why: &str) -> Error {
        Error::NotUnderstood {
            status: self.status.as_u16(),
            content_type: self.content_type.clone(),
            excerpt: self.excerpt(),
            why: why.to_owned(),
        }
    }

    fn object(&self) -> Result<Fields<'_>, Error> {
        let text = self.text();
        let text =
            text.map_err(|error| self.not_understood(&format!("it is not text: {error}")))?;
        serde_json::from_str(text)
            .map_err(|error| self.not_understood(&format!("it is not a JSON object: {error}")))
    }

    fn text(&self) -> Result<&str, Utf8Error> {
        let text = self.body.as_deref().map_err(FromUtf8Error::utf8_error)?;
        Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
    }

    fn refusal(&self) -> Refusal {
        let fields = self.object().unwrap_or_default();
        let said = Refusal::read(self.status.as_u16(), &fields, || self.words());
        Refusal { request_id: self.request_id.clone(), ..said }
    }

    /// The begin of the body, or what the status means when there is none.
    fn words(&self) -> RemoteText {
        let excerpt = self.excerpt();
        if !excerpt.is_empty() {
            return excerpt;
        }
        RemoteText::new(self.status.canonical_reason().unwrap_or("the server gave no reason"))
    }

    fn excerpt(&self) -> RemoteText {
        let body = self.body.as_ref().map_or_else(FromUtf8Error::as_bytes, String::as_bytes);
        let begin = body.get(..EXCERPT).unwrap_or(body);
        let text = String::from_utf8_lossy(begin);
        // The cut may have gone through a character.
        let cut = body.len() > EXCERPT;
        let text = if cut { text.trim_end_matches('\u{FFFD}') } else { &text };
        RemoteText::new(text.trim())
    }
}
