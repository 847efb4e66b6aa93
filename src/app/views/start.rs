//! Starting with a view or a filter: before anything is read, and before the screen is taken.

use super::{View, apply, arrange, recalled};
use crate::{
    api::{
        chat::{
            invites::Invite, members::Member, messages::Message, roles::Role, services::Service,
            users::User,
        },
        flex::flows::FlexFlow,
        sid::Sid,
    },
    app::{
        entities::{ChannelRow, FlexKey, MembershipKey},
        list::Entry,
        model::Model,
        notice::Tone,
        query::{Fault, Field, Query, Reader},
    },
    config::Listed,
    state::{EntryId, JobId, Views},
};

/// What was wrong with how to begin.
#[derive(Debug, PartialEq, Eq)]
pub enum Wrong {
    /// In words.
    Words(String),
    /// In the filter.
    Filter(Fault),
}

/// Lets a console that has not begun yet begin with a view, and with a filter in place of the view's. A filter without
/// a view is for the list that the path leads to; where it leads to none, for the first channels that are opened.
///
/// # Errors
/// What is wrong with them.
pub fn begin(
    model: &mut Model,
    saved: Result<Views, String>,
    (name, filter): (Option<&str>, Option<&str>),
) -> Result<(), Wrong> {
    if let (Some(_), Err(problem)) = (name, &saved) {
        return Err(Wrong::Words(format!("the saved views cannot be read: {problem}")));
    }
    recalled(model, saved);
    if let Some(name) = name {
        apply(model, name).map_err(Wrong::Words)?;
    }
    let Some(filter) = filter else { return Ok(()) };
    let focus = model.path.focus();
    let is_named = name.is_some() || model.path.places().len() > 1;
    let of = match focus.listed() {
        Some(of) if is_named => of,
        None => return Err(Wrong::Words(NO_LIST.to_owned())),
        Some(_) => Listed::Channels,
    };
    let reader = Reader { fields: fields(of), now: model.now, zone: &model.zone };
    Query::parse(filter, reader).map_err(Wrong::Filter)?;
    if is_named {
        model.prompt = None;
        // It was read just now.
        let _ = model.filter(focus, filter);
    } else {
        let of = of.name().to_owned();
        model.views.waiting = Some(View { of, filter: filter.to_owned(), ..View::default() });
    }
    Ok(())
}

const NO_LIST: &str = "--filter is for a list, and the address leads to one thing";

/// What a filter of a list can ask about.
const fn fields(of: Listed) -> &'static [Field] {
    match of {
        Listed::Services => Sid::<Service>::FIELDS,
        Listed::Channels => ChannelRow::FIELDS,
        Listed::Users => Sid::<User>::FIELDS,
        Listed::Members => Sid::<Member>::FIELDS,
        Listed::Memberships => MembershipKey::FIELDS,
        Listed::Messages => Sid::<Message>::FIELDS,
        Listed::Invites => Sid::<Invite>::FIELDS,
        Listed::Roles => Sid::<Role>::FIELDS,
        Listed::Flex => FlexKey::FIELDS,
        Listed::Flows => Sid::<FlexFlow>::FIELDS,
        Listed::Jobs => JobId::FIELDS,
        Listed::Journal => EntryId::FIELDS,
    }
}

/// Says what a filter waits for.
pub fn waits_for(model: &mut Model) {
    if let Some(view) = &model.views.waiting {
        let of = Listed::named(&view.of).unwrap_or(Listed::Channels);
        let text = format!("--filter waits for a list of {of}; Enter opens the service");
        model.notices.say(model.now, Tone::Info, text);
    }
}

/// The first list of the kind was opened.
pub fn settle(model: &mut Model) {
    let Some(waiting) = &model.views.waiting else { return };
    if model.path.focus().listed() != Listed::named(&waiting.of) {
        return;
    }
    if let Some(view) = model.views.waiting.take() {
        arrange(model, &view, "--filter");
    }
}
