//! Where the documents of each kind are listed, and under which names they are found there.

use super::{
    schema::Kind,
    table::{Doc, Place, text},
};

/// The scope of what belongs to the account itself.
pub(super) const ACCOUNT_SCOPE: &str = "";

/// Whether a membership is one of a member.
pub(super) fn is_joined(membership: &Doc) -> bool {
    text(membership, "status") == "joined"
}

/// Who is invited or has left is on the user's list, not on the channel's; here the channel finds them.
pub(super) fn waiting_room(channel: &str) -> String {
    format!("{channel}/waiting")
}

/// How the documents of a kind are listed and named.
pub(super) fn places(kind: Kind) -> fn(&Doc) -> Vec<Place> {
    match kind {
        Kind::Service | Kind::FlexFlow | Kind::FlexChannel => {
            |doc| vec![place(ACCOUNT_SCOPE, [text(doc, "sid")])]
        }
        Kind::Role => |doc| vec![place(text(doc, "service_sid"), [text(doc, "sid")])],
        Kind::User => {
            |doc| vec![place(text(doc, "service_sid"), [text(doc, "sid"), text(doc, "identity")])]
        }
        Kind::Channel => |doc| {
            vec![place(text(doc, "service_sid"), [text(doc, "sid"), text(doc, "unique_name")])]
        },
        // There are none, see `services`.
        Kind::Binding => |_| Vec::new(),
        Kind::Invite | Kind::Message | Kind::Webhook => {
            |doc| vec![place(text(doc, "channel_sid"), [text(doc, "sid")])]
        }
        Kind::Membership => |doc| {
            let channel = text(doc, "channel_sid");
            let of_user = place(text(doc, "user_sid"), [channel]);
            if is_joined(doc) {
                vec![place(channel, [text(doc, "sid"), text(doc, "identity")]), of_user]
            } else {
                vec![place(&waiting_room(channel), []), of_user]
            }
        },
    }
}

fn place<const N: usize>(scope: &str, names: [&str; N]) -> Place {
    let names = names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned);
    Place { scope: scope.to_owned(), names: names.collect() }
}
