//! Where requests go: the vendor's own hosts by region and edge, or one base URL in their place. The
//! only hosts that ever see the credentials are made here.

use std::fmt;

use url::{Host, Url};

use super::remote_text::shown;

/// A product of the vendor that has a host of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Product {
    /// Programmable Chat.
    Chat,
    /// Flex, for its chat channels and flows.
    Flex,
    /// Conversations, what migrated channels become.
    Conversations,
}

impl Product {
    const fn subdomain(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Flex => "flex-api",
            Self::Conversations => "conversations",
        }
    }
}

/// The host of each product.
#[derive(Clone, PartialEq, Eq)]
pub struct Hosts {
    chat: Url,
    flex: Url,
    conversations: Url,
    label: String,
}

/// The hosts that were asked for cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostsError {
    /// The region has no edge of its own that is known here.
    #[error("the region {} is not known here; name its edge as well", shown(.0).text())]
    UnknownRegion(String),
    /// A region or an edge that cannot be part of a host name.
    #[error("{} is not a region or edge: small letters, digits and dashes", shown(.0).text())]
    NotAName(String),
    /// The base URL cannot be read.
    #[error("the base URL is not a URL such as http://127.0.0.1:4010")]
    NotAUrl,
    /// The secret would cross a network in the open.
    #[error("the base URL must begin with https:// (http:// is only for this very machine)")]
    NotEncrypted,
    /// The base URL says more than where the server is.
    #[error("the base URL must not hold a user, a password, a query or a fragment")]
    TooMuch,
}

/// The edge of each region, as the vendor's own command line has it.
const EDGES: &[(&str, &str)] = &[
    ("au1", "sydney"),
    ("br1", "sao-paulo"),
    ("de1", "frankfurt"),
    ("ie1", "dublin"),
    ("jp1", "tokyo"),
    ("jp2", "osaka"),
    ("sg1", "singapore"),
    ("us1", "ashburn"),
    ("us2", "umatilla"),
];

impl Hosts {
    /// The vendor's own hosts, `product.edge.region.twilio.com`. An edge alone means region `us1`; a
    /// region alone gets its own edge, because the vendor stopped serving regions without one.
    pub fn vendor(region: Option<&str>, edge: Option<&str>) -> Result<Self, HostsError> {
        let (region, edge) = (name(region)?, name(edge)?);
        let (domain, label) = match (region, edge) {
            (None, None) => ("twilio.com".to_owned(), "twilio us1".to_owned()),
            (region, edge) => {
                let region = region.unwrap_or("us1");
                let edge = edge
                    .or_else(|| own_edge(region))
                    .ok_or_else(|| HostsError::UnknownRegion(region.to_owned()))?;
                (format!("{edge}.{region}.twilio.com"), format!("twilio {region} {edge}"))
            }
        };
        let host = |product: Product| {
            Url::parse(&format!("https://{}.{domain}/", product.subdomain()))
                .map_err(|_not_a_url| HostsError::NotAName(domain.clone()))
        };
        Ok(Self {
            chat: host(Product::Chat)?,
            flex: host(Product::Flex)?,
            conversations: host(Product::Conversations)?,
            label,
        })
    }

    /// One server in place of all the vendor's hosts: any with HTTPS, plain HTTP only on this machine.
    pub fn base_url(text: &str) -> Result<Self, HostsError> {
        let url = Url::parse(text.trim()).map_err(|_not_a_url| HostsError::NotAUrl)?;
        let host = url.host_str().ok_or(HostsError::NotAUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(HostsError::NotEncrypted),
            _ => return Err(HostsError::NotAUrl),
        }
        let user = !url.username().is_empty() || url.password().is_some();
        if user || url.query().is_some() || url.fragment().is_some() {
            return Err(HostsError::TooMuch);
        }
        let label = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Ok(Self { chat: url.clone(), flex: url.clone(), conversations: url, label })
    }

    /// What the paths of this product are appended to.
    pub fn base(&self, product: Product) -> Url {
        self.at(product).clone()
    }

    /// What to call this place in a header: `twilio ie1 dublin`, `127.0.0.1:4010`.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Whether requests stay on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.chat)
    }

    /// Whether the server is spoken to in the open, which only happens on this machine.
    pub(super) fn is_plain(&self) -> bool {
        self.chat.scheme() == "http"
    }

    /// The whole URL of a path with its query.
    pub(super) fn join(&self, product: Product, path_and_query: &str) -> Option<Url> {
        let base = self.at(product).as_str().trim_end_matches('/');
        Url::parse(&format!("{base}{path_and_query}")).ok()
    }

    /// The path and query of a URL that a server of this product gave, if it may be followed: it names
    /// this very server, or the vendor's host that this server stands in for.
    pub(super) fn path_of(&self, product: Product, url: &Url) -> Option<String> {
        let base = self.at(product);
        if !matches!(url.scheme(), "http" | "https")
            || !url.username().is_empty()
            || url.password().is_some()
        {
            return None;
        }
        let path = if authority(url) == authority(base) {
            let prefix = base.path().trim_end_matches('/');
            let below = url.path().strip_prefix(prefix).filter(|path| path.starts_with('/'));
            below.unwrap_or_else(|| url.path())
        } else if is_vendors(product, url) {
            url.path()
        } else {
            return None;
        };
        Some(url.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}")))
    }

    const fn at(&self, product: Product) -> &Url {
        match product {
            Product::Chat => &self.chat,
            Product::Flex => &self.flex,
            Product::Conversations => &self.conversations,
        }
    }
}

impl fmt::Debug for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Hosts").field(&self.chat.as_str()).finish()
    }
}

fn own_edge(region: &str) -> Option<&'static str> {
    EDGES.iter().find(|(known, _)| *known == region).map(|(_, edge)| *edge)
}

/// A region or edge as given; it becomes part of a host name, so nothing else may be in it.
fn name(given: Option<&str>) -> Result<Option<&str>, HostsError> {
    let Some(name) = given.map(str::trim).filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let fits = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
    if name.chars().all(fits) { Ok(Some(name)) } else { Err(HostsError::NotAName(name.to_owned())) }
}

fn authority(url: &Url) -> (Option<&str>, Option<u16>) {
    (url.host_str(), url.port_or_known_default())
}

fn is_vendors(product: Product, url: &Url) -> bool {
    let Some(Host::Domain(host)) = url.host() else { return false };
    let below = host.strip_prefix(product.subdomain()).and_then(|rest| rest.strip_prefix('.'));
    let known = below.is_some_and(|rest| rest == "twilio.com" || rest.ends_with(".twilio.com"));
    known && url.scheme() == "https" && url.port().is_none()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests;
