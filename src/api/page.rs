//! Pages of a list: their items, and the way to the next one. The vendor gives that way as a URL; it
//! is followed only on the configured server, and never built by counting.

mod quick;
mod streams;

use std::sync::Arc;

use serde_json::value::RawValue;
use url::Url;

use super::error::Error;
use super::hosts::{Hosts, Product};
use super::remote_text::RemoteText;
use super::wire::{self, Fields};
pub(in crate::api) use streams::{Step, Streams};

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What could be read, in the server's order.
    pub items: Vec<T>,
    /// The way to the next page; none when this is the last one.
    pub next: Option<NextPage>,
    /// How many items were there but had no usable sid.
    pub unreadable: usize,
}

/// The way to a further page: a path with its token on the configured server. A way that must not be gone is kept
/// too, so that the page that named it is not lost: going it is refused, and nothing is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextPage(Way);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Way {
    Path(String),
    Elsewhere(RemoteText),
    Back,
    Streams(Arc<Streams>),
}

impl NextPage {
    /// Where to go, or why not.
    pub(super) fn path_and_query(&self) -> Result<&str, Error> {
        match &self.0 {
            Way::Path(path) => Ok(path),
            Way::Elsewhere(host) => Err(Error::ForeignHost { host: host.clone() }),
            Way::Back => Err(Error::Circle),
            // Whoever knows nothing of streams reads on as one list: what comes twice is the same twice.
            Way::Streams(streams) => streams.whole.path_and_query(),
        }
    }

    /// The way on of a list that is read as two streams.
    pub(super) fn of_streams(streams: Streams) -> Self {
        Self(Way::Streams(Arc::new(streams)))
    }

    /// Where the streams have come to, if the list is read as two.
    pub(super) fn streams(&self) -> Option<&Streams> {
        match &self.0 {
            Way::Streams(streams) => Some(streams),
            _ => None,
        }
    }

    /// The same way, seen from the page that lies at `path`.
    pub(super) fn seen_from(self, path: Option<&str>) -> Self {
        match &self.0 {
            Way::Path(next) if Some(next.as_str()) == path => Self(Way::Back),
            _ => self,
        }
    }

    /// The way to a further page of what no server holds.
    pub fn of_our_own(token: impl Into<String>) -> Self {
        Self(Way::Path(token.into()))
    }

    /// Whether it leads back to rows that were told on the way that was gone before: two streams of a list turned out
    /// to have no order in common.
    pub fn turns_back(&self, before: &Self) -> bool {
        before.streams().is_some() && self.streams().is_none()
    }

    /// What leads there; nothing when it must not be gone.
    pub fn token(&self) -> &str {
        match &self.0 {
            Way::Path(path) => path,
            Way::Elsewhere(_) | Way::Back | Way::Streams(_) => "",
        }
    }

    /// From the URL in an answer, absolute or relative to the server that gave it.
    fn read(url: &RemoteText, hosts: &Hosts, product: Product) -> Self {
        let url = hosts.base(product).join(url.raw());
        let path = url.as_ref().ok().and_then(|url| hosts.path_of(product, url));
        Self(path.map_or_else(|| Way::Elsewhere(host_of(url.ok().as_ref())), Way::Path))
    }
}

#[cfg(test)]
impl NextPage {
    /// A way that no server gave.
    pub(crate) fn made_up(path: impl Into<String>) -> Self {
        Self(Way::Path(path.into()))
    }

    /// Where it leads.
    pub(crate) fn leads_to(&self) -> &str {
        self.token()
    }
}

/// Reads a page in one pass, if it is written as the vendor writes them.
pub(super) fn read_usual<T>(
    body: &str,
    hosts: &Hosts,
    product: Product,
    item: impl Fn(&Fields<'_>) -> Option<T>,
) -> Option<Page<T>> {
    let quick::Quick { meta, items, unreadable } = quick::read(body, &item)?;
    Some(Page { items, next: next_of(&meta, hosts, product), unreadable })
}

fn next_of(meta: &Fields<'_>, hosts: &Hosts, product: Product) -> Option<NextPage> {
    let url = meta.text("next_page_url").filter(|url| !url.is_empty())?;
    Some(NextPage::read(&url, hosts, product))
}

/// Reads a page: items at `body[meta.key]`, or in the only array there is; the way on in
/// `meta.next_page_url`. Nothing when there is no array, or several and no word on which.
pub(super) fn read<T>(
    body: &Fields<'_>,
    hosts: &Hosts,
    product: Product,
    item: impl Fn(&Fields<'_>) -> Option<T>,
) -> Option<Page<T>> {
    let meta = body.inner("meta");
    let rows = rows(body, &meta)?;
    let next = next_of(&meta, hosts, product);
    let mut page = Page { items: Vec::with_capacity(rows.len()), next, unreadable: 0 };
    for row in rows {
        match Fields::of(row).and_then(|fields| item(&fields)) {
            Some(item) => page.items.push(item),
            None => page.unreadable += 1,
        }
    }
    Some(page)
}

/// The way on alone. `meta` stands before the rows in the vendor's pages, so that they need not be walked through.
pub(super) fn way_on(body: &str, hosts: &Hosts, product: Product) -> Option<NextPage> {
    next_of(&Fields::of(wire::field_of(body, "meta")?)?, hosts, product)
}

fn rows<'a>(body: &Fields<'a>, meta: &Fields<'a>) -> Option<Vec<&'a RawValue>> {
    let array = |value: &'a RawValue| serde_json::from_str::<Vec<&RawValue>>(value.get()).ok();
    let named = meta.text("key").and_then(|key| body.raw(key.raw()));
    if let Some(rows) = named.and_then(array) {
        return Some(rows);
    }
    let mut arrays = body.iter().filter_map(|(_, value)| array(value));
    arrays.next().filter(|_| arrays.next().is_none())
}

fn host_of(url: Option<&Url>) -> RemoteText {
    let host = url.and_then(|url| {
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        Some(format!("{}://{}{port}", url.scheme(), url.host_str()?))
    });
    RemoteText::new(host.unwrap_or_else(|| "an address that is not a URL".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> Option<Page<u64>> {
        let hosts = Hosts::base_url("http://127.0.0.1:4010").unwrap();
        let fields: Fields<'_> = serde_json::from_str(body).unwrap();
        let item = |fields: &Fields<'_>| fields.number("n");
        let page = read(&fields, &hosts, Product::Chat, item);
        if let Some(usual) = read_usual(body, &hosts, Product::Chat, item) {
            assert_eq!(Some(usual), page, "both readings give the same");
        }
        page
    }

    #[test]
    fn what_the_vendor_writes_is_read_in_one_pass() {
        let hosts = Hosts::base_url("http://127.0.0.1:4010").unwrap();
        let usual = |body: &str| {
            assert!(page(body).is_some(), "{body}");
            let item = |fields: &Fields<'_>| fields.number::<u64>("n");
            read_usual(body, &hosts, Product::Chat, item).is_some()
        };
        let meta = r#""meta": {"key": "b", "next_page_url": "/v2/B?Page=1"}"#;
        assert!(usual(&format!(r#"{{{meta}, "b": [{{"n": 1}}, {{}}, {{"n": "2"}}]}}"#)));
        assert!(usual(&format!(r#"{{{meta}, "a": [1, {{}}], "b": [], "c": null}}"#)));
        for odd in [
            format!(r#"{{"b": [{{"n": 1}}], {meta}}}"#),
            format!(r#"{{{meta}, "b": [{{"n": 1}}, 7, null]}}"#),
            format!(r#"{{{meta}, "b": [], "b": [{{"n": 1}}]}}"#),
            format!(r#"{{{meta}, "b": [], {meta}}}"#),
            r#"{"meta": {}, "b": []}"#.to_owned(),
        ] {
            assert!(!usual(&odd), "{odd}");
        }
    }

    #[test]
    fn items_are_at_the_key_and_the_way_on_in_meta() {
        let body = r#"{"meta": {"key": "b", "next_page_url":
            "https://chat.twilio.com/v2/B?PageToken=x"}, "a": [], "b": [{"n": 1}, {"n": "2"}]}"#;
        let next = Some(NextPage::made_up("/v2/B?PageToken=x"));
        assert_eq!(page(body).unwrap(), Page { items: vec![1, 2], next, unreadable: 0 });
    }

    #[test]
    fn the_way_on_is_told_from_the_start_of_a_page() {
        let hosts = Hosts::base_url("http://127.0.0.1:4010").unwrap();
        let way_on = |body: &str| way_on(body, &hosts, Product::Chat);
        let next = Some(NextPage::made_up("/v2/B?Page=1"));
        assert_eq!(way_on(r#"{"meta": {"next_page_url": "/v2/B?Page=1"}, "b": [{"n": "#), next);
        assert_eq!(way_on(r#"{"b": [{}, 1], "meta": {"next_page_url": "/v2/B?Page=1"}}"#), next);
        for body in ["", "[]", "{}", r#"{"meta": 1}"#, r#"{"meta": {"next_page_url": null}}"#] {
            assert_eq!(way_on(body), None, "{body}");
        }
    }

    #[test]
    fn without_meta_the_only_array_is_the_list() {
        let last = |items| Page { items, next: None, unreadable: 0 };
        assert_eq!(page(r#"{"b": [{"n": 1}], "c": 7}"#).unwrap(), last(vec![1]));
        assert_eq!(page(r#"{"meta": {"key": "gone"}, "b": []}"#).unwrap(), last(vec![]));
        let empty_url = r#"{"meta": {"next_page_url": ""}, "b": []}"#;
        assert_eq!(page(empty_url).unwrap(), last(vec![]));
        for body in ["{}", r#"{"a": [], "b": []}"#, r#"{"meta": {"key": "a"}, "a": {}}"#] {
            assert_eq!(page(body), None, "{body}");
        }
    }

    #[test]
    fn items_that_cannot_be_read_are_counted() {
        let body = r#"{"b": [{"n": 1}, {}, null, 3, {"n": "x"}, {"n": 2}]}"#;
        assert_eq!(page(body).unwrap(), Page { items: vec![1, 2], next: None, unreadable: 4 });
    }

    #[test]
    fn a_relative_way_stays_here_and_a_foreign_one_is_refused() {
        let to = |url: &str| page(&format!(r#"{{"meta": {{"next_page_url": "{url}"}}, "b": []}}"#));
        let next = to("/v2/B?Page=1").unwrap().next;
        assert_eq!(next, Some(NextPage::made_up("/v2/B?Page=1")));
        for url in ["https://evil.example/v2/B", "//evil.example/v2/B", "mailto:a@b", "https://["] {
            let next = to(url).unwrap().next.unwrap();
            assert!(matches!(next.path_and_query(), Err(Error::ForeignHost { .. })), "{url}");
        }
    }
}
