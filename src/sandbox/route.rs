//! The paths of the API, as one table.

use percent_encoding::percent_decode_str;

use super::{
    chat::{CHANNEL, CHANNEL_V3, MESSAGE, ROLE, WEBHOOK},
    flex::{FLEX_CHANNEL, FLEX_FLOW},
    people::{INVITE, MEMBER, USER, USER_CHANNEL},
    schema::{Kind, Resource},
    services::{BINDING, SERVICE},
};

/// What can be asked of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    List,
    Create,
    Fetch,
    Update,
    Delete,
}

/// One path and what it answers to. `{Kind}` stands for a sid or a name.
#[derive(Debug)]
pub(super) struct Route {
    path: &'static str,
    pub(super) resource: &'static Resource,
    verbs: &'static [Verb],
}

const fn route(path: &'static str, resource: &'static Resource, verbs: &'static [Verb]) -> Route {
    Route { path, resource, verbs }
}

use Verb::{Create, Delete, Fetch, List, Update};

const ROUTES: &[Route] = &[
    route("/v2/Services", SERVICE, &[List, Create]),
    route("/v2/Services/{Service}", SERVICE, &[Fetch, Update, Delete]),
    route("/v2/Services/{Service}/Bindings", BINDING, &[List]),
    route("/v2/Services/{Service}/Users/{User}/Bindings", BINDING, &[List]),
    route("/v2/Services/{Service}/Roles", ROLE, &[List, Create]),
    route("/v2/Services/{Service}/Roles/{Role}", ROLE, &[Fetch, Update, Delete]),
    route("/v2/Services/{Service}/Users", USER, &[List, Create]),
    route("/v2/Services/{Service}/Users/{User}", USER, &[Fetch, Update, Delete]),
    route("/v2/Services/{Service}/Users/{User}/Channels", USER_CHANNEL, &[List]),
    route(
        "/v2/Services/{Service}/Users/{User}/Channels/{UserChannel}",
        USER_CHANNEL,
        &[Fetch, Update, Delete],
    ),
    route("/v2/Services/{Service}/Channels", CHANNEL, &[List, Create]),
    route("/v2/Services/{Service}/Channels/{Channel}", CHANNEL, &[Fetch, Update, Delete]),
    route("/v2/Services/{Service}/Channels/{Channel}/Members", MEMBER, &[List, Create]),
    route(
        "/v2/Services/{Service}/Channels/{Channel}/Members/{Member}",
        MEMBER,
        &[Fetch, Update, Delete],
    ),
    route("/v2/Services/{Service}/Channels/{Channel}/Messages", MESSAGE, &[List, Create]),
    route(
        "/v2/Services/{Service}/Channels/{Channel}/Messages/{Message}",
        MESSAGE,
        &[Fetch, Update, Delete],
    ),
    route("/v2/Services/{Service}/Channels/{Channel}/Invites", INVITE, &[List, Create]),
    route("/v2/Services/{Service}/Channels/{Channel}/Invites/{Invite}", INVITE, &[Fetch, Delete]),
    route("/v2/Services/{Service}/Channels/{Channel}/Webhooks", WEBHOOK, &[List, Create]),
    route(
        "/v2/Services/{Service}/Channels/{Channel}/Webhooks/{Webhook}",
        WEBHOOK,
        &[Fetch, Update, Delete],
    ),
    route("/v3/Services/{Service}/Channels/{ChannelSid}", CHANNEL_V3, &[Update]),
    route("/v1/Channels", FLEX_CHANNEL, &[List, Create]),
    route("/v1/Channels/{FlexChannel}", FLEX_CHANNEL, &[Fetch, Delete]),
    route("/v1/FlexFlows", FLEX_FLOW, &[List, Create]),
    route("/v1/FlexFlows/{FlexFlow}", FLEX_FLOW, &[Fetch, Update, Delete]),
];

/// One step from a parent to a child.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A child found by its sid or name.
    Into(Kind, String),
    /// A user's channel, named as the channel is.
    Across(String),
}

/// A path that we know, taken apart.
#[derive(Debug)]
pub(super) struct Matched {
    pub(super) route: &'static Route,
    pub(super) steps: Vec<Step>,
}

impl Matched {
    /// The verb that this method means here.
    pub(super) fn verb(&self, method: &str) -> Option<Verb> {
        let item = self.route.path.ends_with('}');
        let verb = match (method, item) {
            ("GET", false) => List,
            ("POST", false) => Create,
            ("GET", true) => Fetch,
            ("POST", true) => Update,
            ("DELETE", true) => Delete,
            _ => return None,
        };
        self.route.verbs.contains(&verb).then_some(verb)
    }
}

/// Finds the route of a path as it came over the wire: split first, then percent-decoded, so that `%2F` stays in a name.
pub(super) fn find(path: &str) -> Option<Matched> {
    ROUTES.iter().find_map(|route| Some(Matched { route, steps: steps(route.path, path)? }))
}

fn steps(template: &str, path: &str) -> Option<Vec<Step>> {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    let mut steps = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(steps),
            (Some(wanted), Some(given)) if wanted.starts_with('{') => {
                steps.push(step(wanted, decoded(given)?)?);
            }
            (Some(wanted), Some(given)) if wanted == given => {}
            _ => return None,
        }
    }
}

fn step(placeholder: &str, name: String) -> Option<Step> {
    Some(match placeholder {
        "{Service}" => Step::Into(Kind::Service, name),
        "{Role}" => Step::Into(Kind::Role, name),
        "{User}" => Step::Into(Kind::User, name),
        "{Channel}" => Step::Into(Kind::Channel, name),
        "{Member}" => Step::Into(Kind::Membership, name),
        // The documents speak of a sid here and of no name.
        "{ChannelSid}" if name.starts_with("CH") && name.len() == 34 => {
            Step::Into(Kind::Channel, name)
        }
        "{Message}" => Step::Into(Kind::Message, name),
        "{Invite}" => Step::Into(Kind::Invite, name),
        "{Webhook}" => Step::Into(Kind::Webhook, name),
        "{FlexChannel}" => Step::Into(Kind::FlexChannel, name),
        "{FlexFlow}" => Step::Into(Kind::FlexFlow, name),
        "{UserChannel}" => Step::Across(name),
        _ => return None,
    })
}

fn decoded(segment: &str) -> Option<String> {
    let name = percent_decode_str(segment).decode_utf8().ok()?;
    (!name.is_empty()).then(|| name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(path: &str) -> Option<Step> {
        find(path)?.steps.pop()
    }

    #[test]
    fn segments_are_decoded_one_by_one() {
        let named = |name: &str| Some(Step::Into(Kind::Channel, name.to_owned()));
        assert_eq!(last("/v2/Services/IS1/Channels/a%2Fb"), named("a/b"));
        assert_eq!(last("/v2/Services/IS1/Channels/a%23b%3Fc%20d"), named("a#b?c d"));
        assert_eq!(last("/v2/Services/IS1/Channels/a+b"), named("a+b"), "a path has no forms");
        assert_eq!(last("/v2/Services/IS1/Channels/%E5%8F%97%E4%BB%98"), named("受付"));
        assert_eq!(last("/v2/Services/IS1/Channels/a/b"), None);
        assert_eq!(last("/v2/Services/IS1/Channels/%FF"), None, "not UTF-8");
        assert_eq!(last("/v2/Services/IS1/Channels/"), None);
        assert_eq!(last("/v2/Services/IS1/Users/U/Channels/C"), Some(Step::Across("C".to_owned())));
    }

    #[test]
    fn a_method_means_what_the_path_allows() {
        let verb = |method: &str, path: &str| find(path).unwrap().verb(method);
        assert_eq!(verb("GET", "/v2/Services"), Some(List));
        assert_eq!(verb("POST", "/v2/Services"), Some(Create));
        assert_eq!(verb("POST", "/v1/Channels/c"), None);
        assert_eq!(verb("POST", "/v2/Services/IS1/Channels/c"), Some(Update));
        assert_eq!(verb("HEAD", "/v2/Services/IS1/Channels/c"), None);
        assert_eq!(verb("DELETE", "/v2/Services/IS1"), Some(Delete));
        assert_eq!(verb("DELETE", "/v2/Services"), None);
        assert_eq!(
            verb("GET", "/v3/Services/IS1/Channels/CH00000000000000000000000000000000"),
            None
        );
    }
}
