//! Which wishes make sense now. Asked before acting and by the footer alike, so that no dead key is shown.

use std::borrow::Cow;

use crate::api::chat::channels::ChannelType;
use crate::app::{
    act,
    action::Action,
    auto,
    confirm::Deed,
    copy::{self, What},
    entities::MembershipKey,
    form::Kind,
    history, jobs,
    list::Rows,
    model::{Account, Model, Overlay, Session},
    place::{Place, Subject},
    places::{flex_channel, flows, job},
    profiles,
    ticket::EditKey,
    tour, undo, views,
};

/// Why a wish cannot be granted here and now; `None` when it can.
pub fn refusal(model: &Model, action: Action) -> Option<Cow<'static, str>> {
    // A plan sends nothing: it may be looked at in any account.
    let changes = changes(action) && !jobs::is_for_many(model, action);
    if let Some(reason) = read_only(model).filter(|_| changes) {
        return Some(Cow::Owned(reason));
    }
    if let Some(reason) = model.no_journal.as_ref().filter(|_| changes) {
        return Some(Cow::Owned(reason.clone()));
    }
    match (action, model.path.focus()) {
        _ if jobs::is_for_many(model, action) => jobs::refusal(model),
        (
            Action::PauseJob
            | Action::RetryFailures
            | Action::FailuresOnly
            | Action::ExportTable
            | Action::ExportJson,
            _,
        ) => job::refusal(model, action),
        (Action::Open, Place::FlexChannel(channel)) => {
            flex_channel::refusal(model, channel).map(Cow::Owned)
        }
        (Action::Mark | Action::MarkShown | Action::MarkRange | Action::InvertSort, focus) => {
            arranging(model, action, focus).map(Cow::Borrowed)
        }
        (
            Action::Zoom
            | Action::Wide
            | Action::ShiftLeft
            | Action::ShiftRight
            | Action::Narrower
            | Action::Wider,
            _,
        ) => act::panes::refusal(model, action),
        (Action::AutoRefresh, _) => auto::refusal(model).map(Cow::Owned),
        (Action::Profiles, _) => profiles::refusal(model).map(Cow::Borrowed),
        (Action::SignIn, _) => model.profiles.closed.map(Cow::Borrowed),
        (Action::Tour, _) => tour::refusal(model).map(Cow::Borrowed),
        _ => rule(model, action).map(Cow::Borrowed),
    }
}

/// Why nothing may be changed in this account, if nothing may.
pub fn read_only(model: &Model) -> Option<String> {
    match &model.session {
        Session::Open(Account { reads_only: Some(why), .. }) => Some(format!("read-only: {why}")),
        Session::Open(_) | Session::FirstRun { .. } => None,
    }
}

/// Whether a wish is about changing what the server has.
pub const fn changes(action: Action) -> bool {
    matches!(
        action,
        Action::Edit
            | Action::New
            | Action::Mute
            | Action::Migrate
            | Action::Delete
            | Action::EditOutside
            | Action::HandOver
            | Action::Undo
            | Action::Save
            | Action::Confirm
            | Action::MineOnly
            | Action::TakeTheirs
            | Action::SwitchWebhooks
            | Action::Start
            | Action::PauseJob
            | Action::RetryFailures
            | Action::MuteAll
            | Action::UnmuteAll
    )
}

#[expect(clippy::too_many_lines, reason = "a table of wishes, a rule each")]
fn rule(model: &Model, action: Action) -> Option<&'static str> {
    let focus = model.path.focus();
    if let Some(what) = What::of(action) {
        return copy::refusal(model, what);
    }
    match action {
        Action::Open if matches!(focus, Place::Flows) && flows::names_no_service(model) => {
            Some("this flow names no chat service")
        }
        Action::Open => {
            let rows = model.rows(focus);
            let empty = rows.is_none_or(|rows| rows.shown() == 0);
            let reading = rows.is_some_and(|rows| rows.extent().is_loading());
            let words = if reading { READING } else { "there is no row to open" };
            empty.then_some(words)
        }
        Action::Menu => {
            let is_empty = model.rows(focus).is_some_and(|rows| rows.shown() == 0);
            is_empty.then_some("there is no row to do something with")
        }
        Action::HistoryBack | Action::HistoryForward | Action::LastView => {
            history::refusal(&model.history, action)
        }
        Action::PickView => views::here(model).is_none().then_some("there are no views yet"),
        Action::Undo => undo::permit(model, action),
        Action::New => new(model),
        // Where a channel's messages are read, it is not what is pointed at.
        Action::Migrate if is_only_read(focus) => Some(MIGRATABLE),
        Action::Migrate => migrate(model, focus),
        Action::Delete => delete(model, focus),
        Action::Mute => mute(model, focus),
        Action::Edit => edit(model, focus),
        Action::EditOutside => edit_outside(model, focus),
        Action::HandOver => hand_over(model),
        Action::Inspect => {
            let there = matches!(focus, Place::Attributes(..)) || model.subject_at(focus).is_some();
            (!there).then_some(
                "there are no attributes here; they belong to channels, users and messages",
            )
        }
        Action::MuteAll | Action::UnmuteAll => {
            let of_user = focus.service().is_some() && model.user_at(focus).is_some();
            (!of_user).then_some("memberships belong to a user; open or point at one first")
        }
        Action::IncludeFlex
        | Action::SwitchLevel
        | Action::LookAtHidden
        | Action::NameMessagingService => in_plan(model, action),
        view if is_here(view, focus) => Some(HERE),
        Action::ViewMembers => {
            of_channel(model, "members belong to a channel; open or point at one first")
        }
        Action::ViewMessages => {
            of_channel(model, "messages belong to a channel; open or point at one first")
        }
        Action::ViewInvites => {
            of_channel(model, "invites belong to a channel; open or point at one first")
        }
        Action::ViewChannels | Action::ViewUsers | Action::ViewRoles => {
            model.service_at(focus).is_none().then_some("open a service first")
        }
        Action::Toggle | Action::Search => {
            let tree = Model::subject(focus).and_then(|of| model.trees.get(&of));
            tree.is_none_or(|tree| tree.row_count() == 0)
                .then_some("there are no attributes to look into")
        }
        Action::Save | Action::Revert if !matches!(model.overlay, Some(Overlay::Form(_))) => {
            Some("there is nothing to save")
        }
        Action::SwitchWebhooks => match &model.overlay {
            Some(Overlay::Form(draft)) if draft.webhooks.is_some() => None,
            Some(Overlay::Confirm(confirm)) if confirm.webhooks.is_some() => None,
            Some(Overlay::Review(review)) if review.draft.webhooks.is_some() => None,
            Some(Overlay::Plan(plan)) if plan.has_webhooks() => None,
            _ => Some("the documents have no webhooks for this write"),
        },
        Action::Save => model.contact.refused.is_some().then_some(REFUSED),
        Action::SearchNext | Action::SearchPrev => {
            let tree = Model::subject(focus).and_then(|of| model.trees.get(&of));
            tree.is_none_or(|tree| tree.search_text().is_empty())
                .then_some("nothing is searched for; `/` searches")
        }
        _ => None,
    }
}

/// Whether a wish leads to where the person is.
fn is_here(view: Action, focus: Place) -> bool {
    match view {
        Action::ViewChannels => matches!(focus, Place::Channels(_)),
        Action::ViewUsers => matches!(focus, Place::Users(_)),
        Action::ViewMembers => matches!(focus, Place::Members(..)),
        Action::ViewMessages => matches!(focus, Place::Messages(..)),
        Action::ViewInvites => matches!(focus, Place::Invites(..)),
        Action::ViewRoles => matches!(focus, Place::Roles(_)),
        Action::ViewFlex => focus == Place::Flex,
        Action::ViewFlows => focus == Place::Flows,
        Action::ViewJournal => focus == Place::Journal,
        Action::ViewJobs => focus == Place::Jobs,
        _ => false,
    }
}

/// Why a plan has no such switch.
fn in_plan(model: &Model, action: Action) -> Option<&'static str> {
    let Some(Overlay::Plan(plan)) = &model.overlay else { return None };
    match action {
        Action::IncludeFlex => {
            (!plan.asks_flex()).then_some("whose a channel is does not matter to this")
        }
        Action::SwitchLevel => (!plan.wants_level()).then_some("this is not about memberships"),
        Action::LookAtHidden => (plan.hidden == 0).then_some("the filter hides no marked row"),
        _ => (!plan.wants_messaging()).then_some("only a migration has a messaging service"),
    }
}

/// Why a list cannot be arranged so.
fn arranging(model: &Model, action: Action, focus: Place) -> Option<&'static str> {
    let rows = model.rows(focus);
    if action == Action::InvertSort {
        let unsorted = rows.is_none_or(|rows| rows.sort().is_none());
        return unsorted.then_some("these rows are in the server's order; s sorts them");
    }
    rows.is_none_or(|rows| rows.shown() == 0).then_some("there is no row to mark")
}

fn hand_over(model: &Model) -> Option<&'static str> {
    let field = match &model.overlay {
        Some(Overlay::Form(draft)) => draft.fields.get(draft.at)?,
        _ => return Some("only the texts of a form go to the editor"),
    };
    match field.kind() {
        Kind::Choice { .. } => Some("this is chosen, not written; ← → chooses"),
        Kind::Line { .. } | Kind::Json { .. } => field.off,
    }
}

/// What `a` and `:new` make where the person is.
pub fn creation_at(model: &Model) -> Option<EditKey> {
    let focus = model.path.focus();
    match focus {
        Place::Flex | Place::FlexChannel(_) | Place::Flows => Some(EditKey::NewFlexChannel),
        _ => model.service_at(focus).map(EditKey::NewChannel),
    }
}

fn new(model: &Model) -> Option<&'static str> {
    let Some(key) = creation_at(model) else { return Some("open a service first") };
    if model.entities.edit(key).is_some() {
        return Some("the last new channel is still being made");
    }
    let flows = &model.lists.flows;
    if key != EditKey::NewFlexChannel || flows.loaded() > 0 {
        return None;
    }
    Some(match flows.extent() {
        extent if extent.is_loading() => "the flows are still being read",
        extent if extent.problem().is_some() => "the flows could not be read; 9 shows why",
        _ => "a Flex channel needs a flow, and this account has none",
    })
}

fn of_channel(model: &Model, otherwise: &'static str) -> Option<&'static str> {
    model.chat_channel_at(model.path.focus()).is_none().then_some(otherwise)
}

/// Whether what is shown there has no form.
fn is_only_read(place: Place) -> bool {
    matches!(
        place,
        Place::Messages(..)
            | Place::Message(..)
            | Place::Attributes(_, Subject::Message(_))
            | Place::Invites(..)
            | Place::Roles(_)
            | Place::Role(..)
            | Place::Flex
            | Place::FlexChannel(_)
            | Place::Journal
            | Place::JournalEntry(_)
            | Place::Found
            | Place::Jobs
            | Place::Job(_)
            | Place::Flows
    )
}

const EDITABLE: &str = "channels and memberships can be edited; open or point at one first";
const MIGRATABLE: &str = "only a channel can be migrated; open or point at one first";
const HERE: &str = "you are there";
const REFUSED: &str = "the credentials were refused; r tries once more";
const READING: &str = "still reading";
const GONE: &str = "it is gone already";
const UNREAD: &str = "the channel has not been read yet";
const PENDING: &str = "the last change here is still being saved";

fn mute(model: &Model, focus: Place) -> Option<&'static str> {
    let Some(key) = model.membership_at(focus) else {
        let reading = model.rows(focus).is_some_and(|rows| rows.extent().is_loading());
        return Some(if reading && matches!(focus, Place::Memberships(..)) {
            READING
        } else {
            "only a membership can be muted; open a user's memberships first"
        });
    };
    if model.contact.refused.is_some() {
        return Some(REFUSED);
    }
    changeable(model, EditKey::Membership(key))
}

/// Why nothing can be written to a resource now.
pub fn of_writing(model: &Model, key: EditKey) -> Option<&'static str> {
    if model.contact.refused.is_some() {
        return Some(REFUSED);
    }
    changeable(model, key)
}

/// Why a resource that is known cannot be changed now.
fn changeable(model: &Model, key: EditKey) -> Option<&'static str> {
    if model.entities.is_gone(key) {
        return Some(GONE);
    }
    model.entities.edit(key).is_some().then_some(PENDING)
}

/// What `:delete` means where the person is.
pub fn deletion_at(model: &Model) -> Option<Deed> {
    let focus = model.path.focus();
    match focus {
        Place::Memberships(service, _) => {
            model.membership_at(focus).map(|key| Deed::DeleteMembership(service, key))
        }
        Place::Members(service, channel) => {
            let user = model.user_at(focus)?;
            Some(Deed::DeleteMembership(service, MembershipKey { user, channel }))
        }
        Place::Channels(service)
        | Place::Channel(service, _)
        | Place::Attributes(service, Subject::Channel(_)) => {
            model.channel_at(focus).map(|channel| Deed::DeleteChannel(service, channel))
        }
        Place::Flex => model.lists.flex.cursor().map(|key| Deed::DeleteFlexChannel(key.0)),
        Place::FlexChannel(channel) => Some(Deed::DeleteFlexChannel(channel)),
        Place::Services
        | Place::Users(_)
        | Place::Messages(..)
        | Place::Message(..)
        | Place::Invites(..)
        | Place::Roles(_)
        | Place::Role(..)
        | Place::Flows
        | Place::Journal
        | Place::JournalEntry(_)
        | Place::Found
        | Place::Jobs
        | Place::Job(_)
        | Place::Attributes(_, Subject::User(_) | Subject::Message(_)) => None,
    }
}

fn delete(model: &Model, focus: Place) -> Option<&'static str> {
    match (deletion_at(model), focus) {
        (Some(deed), _) => of_deed(model, deed),
        (None, Place::Members(..)) => {
            Some("the member's user has not been read yet; Enter looks for it")
        }
        (None, _) => Some("channels and memberships can be deleted; point at one first"),
    }
}

fn migrate(model: &Model, focus: Place) -> Option<&'static str> {
    let (Some(service), Some(channel)) = (focus.service(), model.channel_at(focus)) else {
        return Some(MIGRATABLE);
    };
    of_deed(model, Deed::Migrate(service, channel))
}

/// Why a deed that was asked about cannot be done now.
pub fn of_deed(model: &Model, deed: Deed) -> Option<&'static str> {
    let entities = &model.entities;
    if model.contact.refused.is_some() {
        return Some(REFUSED);
    }
    if let Some(reason) = changeable(model, deed.key()) {
        return Some(reason);
    }
    let channel = match deed {
        Deed::DeleteMembership(..) | Deed::DeleteFlexChannel(_) => return None,
        Deed::DeleteChannel(_, channel) | Deed::Migrate(_, channel) => {
            entities.confirmed_channel(channel)
        }
    };
    match (channel, deed) {
        (None, _) => Some(UNREAD),
        (Some(channel), Deed::Migrate(..)) if channel.kind == ChannelType::Private => {
            Some("it is private already")
        }
        (Some(_), _) => None,
    }
}

fn edit_outside(model: &Model, focus: Place) -> Option<&'static str> {
    match model.membership_at(focus) {
        Some(_) => Some("a membership has no attributes; e edits what it has"),
        None => edit(model, focus),
    }
}

fn edit(model: &Model, focus: Place) -> Option<&'static str> {
    if is_only_read(focus) {
        return Some(EDITABLE);
    }
    if let Some(key) = model.membership_at(focus) {
        return changeable(model, EditKey::Membership(key));
    }
    match focus {
        Place::Members(..) | Place::Users(_) | Place::Services => Some(EDITABLE),
        _ => {
            let Some(channel) = model.channel_at(focus) else {
                return Some("there is no channel to edit");
            };
            if !model.entities.knows_channel(channel) {
                return Some(UNREAD);
            }
            changeable(model, EditKey::Channel(channel))
        }
    }
}
