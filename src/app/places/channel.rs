//! One channel.

use crate::api::{
    chat::{channels::Channel, services::Service},
    sid::Sid,
};
use crate::app::{
    effect::Effect,
    find, goto,
    model::Model,
    notice::{ProblemKind, Tone},
    places::{
        channels,
        names::{self, Learnt},
    },
    remote::Settled,
    ticket::{EditKey, Lane, Reply},
};

/// Asks for the channel, unless it is being asked for.
pub fn ask(model: &mut Model, service: Sid<Service>, channel: Sid<Channel>) -> Vec<Effect> {
    let ticket = model.fetch(Lane::Channel(channel));
    ticket.map(|ticket| Effect::FetchChannel { ticket, service, channel }).into_iter().collect()
}

/// A channel came.
pub fn arrived(model: &mut Model, reply: Reply<Channel>) -> Vec<Effect> {
    let lane = reply.ticket.lane;
    let sid = match lane {
        Lane::Channel(sid) => sid,
        Lane::Named(_) => return goto::channel_came(model, reply),
        _ => return find::channel_came(model, reply),
    };
    let (serial, now) = (reply.ticket.serial, model.now);
    let mut arrived = None;
    let settled = model
        .fetches
        .get_mut(&lane)
        .map(|remote| remote.settle(reply, now, |_, channel| arrived = Some(channel)));
    if let Some(channel) = arrived {
        model.entities.put_channel(channel, serial);
        names::learnt(model, Learnt::Channel(sid));
    }
    let Some(Settled::Failed(problem)) = settled else { return Vec::new() };
    let is_focus = model.channel_at(model.path.focus()) == Some(sid);
    let title = channels::title_of(&model.entities, sid);
    match problem.kind {
        ProblemKind::Gone => {
            model.entities.mark_gone(EditKey::Channel(sid));
            if is_focus {
                let text = format!("{title} is gone: the server no longer knows it");
                model.notices.say(now, Tone::Warn, text);
            }
        }
        ProblemKind::Auth | ProblemKind::Offline => {}
        _ if is_focus => {
            let text = format!("{title} could not be read: {}", problem.sentence());
            model.notices.say(now, Tone::Bad, text);
        }
        _ => {}
    }
    Vec::new()
}
