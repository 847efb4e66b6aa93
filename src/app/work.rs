//! Work that takes longer than a key may wait: filters that read attributes, sorting. It is done in slices; after each,
//! keys are answered and a frame is drawn. It rests while the person is elsewhere.

use crate::app::{
    effect::Effect, entities::MembershipKey, find, list::Rows, model::Model, notice::Tone,
    place::Place, places::members, ticket::EditKey,
};

/// What is to be done in slices.
#[derive(Debug, Default)]
pub struct Work {
    /// The next slice is ordered.
    pub is_ordered: bool,
    /// Whether lists show how their rows are spread.
    pub shows_spread: bool,
    /// Whether that is being counted.
    is_counting: bool,
}

/// Does the next slice where the person is.
pub fn go_on(model: &mut Model) {
    model.work.is_ordered = false;
    for place in places(model) {
        if model.rows(place).is_none() {
            continue;
        }
        let Model { lists, entities, .. } = model;
        if let Some(rows) = lists.rows_mut(place).filter(|rows| rows.is_at_work()) {
            rows.go_on(entities);
            return;
        }
    }
    count(model);
}

/// Counts a slice of how the rows are spread, where that shows; true while there is more to count.
fn count(model: &mut Model) -> bool {
    let focus = model.path.focus();
    if !model.work.shows_spread || model.rows(focus).is_none() {
        return false;
    }
    let Model { lists, entities, work, .. } = model;
    work.is_counting = lists.rows_mut(focus).is_some_and(|rows| rows.tally_on(entities));
    work.is_counting
}

/// Orders the next slice, if there is more to do, and says what became of marks.
pub fn settle(model: &mut Model) -> Vec<Effect> {
    let mut lost = unmark_gone(model);
    for place in places(model) {
        if model.rows(place).is_some() {
            lost += model.lists.rows_mut(place).map_or(0, Rows::take_lost_marks);
        }
    }
    if lost > 0 {
        let rows = if lost == 1 { "1 marked row is" } else { "marked rows are" };
        let count = if lost == 1 { String::new() } else { format!("{lost} ") };
        let text = format!("{count}{rows} gone from the server, and so are the marks");
        model.notices.say(model.now, Tone::Warn, text);
    }
    let at_work = |place: Place| model.rows(place).is_some_and(Rows::is_at_work);
    if model.work.is_ordered {
        return Vec::new();
    }
    let goes_on = places(model).into_iter().any(at_work)
        || model.work.is_counting
        || count(model)
        || find::is_at_work(model);
    if !goes_on {
        return Vec::new();
    }
    model.work.is_ordered = true;
    vec![Effect::GoOn]
}

/// Takes the marks off what the server was found not to know any more; tells how many.
fn unmark_gone(model: &mut Model) -> usize {
    let gone = model.entities.take_just_gone();
    if gone.is_empty() {
        return 0;
    }
    let Model { lists, entities, .. } = model;
    let is_gone = |key: EditKey| gone.contains(&key);
    let channel = |row| entities.channel_sid(row).map(EditKey::Channel).is_some_and(is_gone);
    let membership = |key: MembershipKey| {
        is_gone(EditKey::Membership(key)) || is_gone(EditKey::Channel(key.channel))
    };
    let member = |sid| members::is_gone(entities, sid);
    let channels = lists.channels.values_mut().map(|list| list.unmark(channel));
    let memberships = lists.memberships.values_mut().map(|list| list.unmark(membership));
    let members = lists.members.values_mut().map(|list| list.unmark(member));
    let flex = lists.flex.unmark(|key| is_gone(EditKey::FlexChannel(key.0)));
    channels.chain(memberships).chain(members).sum::<usize>() + flex
}

/// The places that can be seen, the focus first.
fn places(model: &Model) -> Vec<Place> {
    model.path.places().iter().rev().chain(&model.previews).copied().collect()
}
