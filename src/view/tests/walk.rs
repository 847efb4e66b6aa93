//! A random walk of keys and answers, in any order and with failures. A small server keeps the truth: whatever
//! happens on the way, at rest the screen's values are the server's, and nothing typed has been lost.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use ratatui::{
    backend::TestBackend,
    layout::{Position, Size},
};

use crate::app::{
    auto::Auto,
    effect::Effect,
    entities::{Entities, FlexKey, MembershipKey, Origin},
    form::{Draft, Field},
    keymap::{BINDINGS, Context},
    list::{List, Rows},
    model::{Model, Overlay},
    mouse::{Pointed, Stroke},
    msg::Msg,
    notice::ProblemKind,
    place::Place,
    places::members,
    testing::{World, console_at, failure, is_sound, key, problem, refusal, sid, ticket_of, wait},
    ticket::{EditKey, Lane},
    update::update,
};
use crate::runtime::Surface;
use crate::view::theme::Theme;

/// What becomes of an order.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Answered,
    Fails(ProblemKind),
    /// The vendor's code for a page token that has gone stale, or for a unique name that is taken.
    Refused(u32),
    /// No answer comes, though a write may have been carried out.
    Lost {
        applied: bool,
    },
}

#[derive(Debug, Clone)]
enum Step {
    /// A key of the table.
    Bound(usize),
    /// A letter or an editing key.
    Typed(&'static str),
    Pasted(String),
    Resized(u16, u16),
    /// The mouse is used at a place of the screen, told in thousandths.
    Pointed(u16, u16, Stroke),
    /// So many milliseconds pass.
    Waits(i64),
    /// The server carries an order out; its answer is on the way.
    Carried(usize),
    /// An order is answered.
    Answers(usize, Fate),
}

fn fate() -> impl Strategy<Value = Fate> {
    use ProblemKind::{Auth, Bug, Gone, NotUnderstood, Offline, Throttled};
    prop_oneof![
        14 => Just(Fate::Answered),
        3 => Just(Fate::Fails(Offline)),
        2 => prop::sample::select(vec![Gone, NotUnderstood, Throttled, Bug]).prop_map(Fate::Fails),
        2 => prop::sample::select(vec![21_481, 50_307, 50_003, 50_210]).prop_map(Fate::Refused),
        3 => any::<bool>().prop_map(|applied| Fate::Lost { applied }),
        1 => Just(Fate::Fails(Auth)),
    ]
}

const TYPED: &[&str] = &[
    "a",
    "1",
    "!",
    "{",
    "\"",
    "日",
    "Backspace",
    "Delete",
    "Enter",
    "Left",
    "Up",
    "Down",
    "End",
    "PgDn",
    "PgUp",
    "^v",
    "^k",
    "^u",
    "^m",
    "^y",
    "^w",
];

const WAYS: &[&str] = &[
    "Enter",
    "j",
    "r",
    "1",
    "2",
    "3",
    "Esc",
    "m",
    "m r",
    "e x ^s",
    "e x ^s r",
    "r e x ^s",
    "e Tab x ^s",
    "e x Esc",
    "e x F1",
    "e x",
    "e Tab Tab End x ^s",
    "e Right ^s",
    "e Tab 9 ^s",
    "e F8 x ^s",
    "E",
    "E ^s",
    "e x F4 Esc",
    "e Tab Tab ^o",
    "a x ^s",
    "a x Tab y ^s",
    "a x Esc",
    "M y",
    "M w y",
    "M g 1 Enter y",
    ": d e l e t e Enter 0 0 0 b Enter",
    ": d e l e t e Space 0 0 0 c Enter w Enter",
    ": n e Tab Enter",
    "4 a Tab x Tab y Tab z ^s",
    "4 a Tab x Tab y Tab z Esc",
    "4 : d e l e t e Enter 0 0 0 b Enter",
    ": w e b h Tab o n Enter",
    "^s",
    "F1",
    "F1 c o Down Enter",
    "? m u t e Enter",
    "? Down Down Enter",
    "x Enter",
    "x j j Enter",
    "x G",
    "x m",
    "x y y",
    "Space x j Enter",
    ": Down Down Enter",
    ": m u Enter",
    ": u Space 1 Enter",
    ": u Space n o b o d y Enter",
    ": c h a n n e l Space n o n e Enter",
    ": s o r t Space n a Enter",
    ": Up Up Enter",
    ": s e t Space Tab Tab Esc",
    "/ 1 Enter",
    "/ n a m e : a Enter",
    "/ a t t r : / n Enter",
    "/ x : Esc",
    "s j j Enter",
    "s j Enter S",
    "Space Space *",
    "Space j j v",
    "#",
    "2 Enter",
    "4",
    "4 Enter",
    "j Enter",
    "6",
    "6 Enter",
    "G",
    "7",
    "8 Enter",
    "9 Enter",
];

fn bound_keys() -> Vec<&'static str> {
    BINDINGS.iter().flat_map(|row| row.keys).copied().collect()
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        10 => any::<prop::sample::Index>().prop_map(|at| Step::Bound(at.index(bound_keys().len()))),
        // The ways that lead somewhere are few among all keys, so they get a share of their own.
        8 => prop::sample::select(WAYS).prop_map(Step::Typed),
        5 => prop::sample::select(TYPED).prop_map(Step::Typed),
        1 => "[a-z{}\\n\u{202e}日]{0,6}".prop_map(Step::Pasted),
        1 => (1..=300_u16, 1..=80_u16).prop_map(|(width, height)| Step::Resized(width, height)),
        1 => prop::sample::select(vec![(80, 24), (120, 40), (200, 50)])
            .prop_map(|(width, height)| Step::Resized(width, height)),
        3 => (0..1_000_u16, 0..1_000_u16, stroke()).prop_map(|(x, y, it)| Step::Pointed(x, y, it)),
        4 => prop::sample::select(vec![50, 130, 2_100, 9_000]).prop_map(Step::Waits),
        5 => (0..8_usize).prop_map(Step::Carried),
        14 => (0..8_usize, fate()).prop_map(|(at, fate)| Step::Answers(at, fate)),
    ]
}

fn stroke() -> impl Strategy<Value = Stroke> {
    prop_oneof![
        6 => Just(Stroke::Pressed),
        1 => Just(Stroke::Dragged),
        1 => Just(Stroke::Released),
        2 => prop::sample::select(vec![-60, -3, 3, 60]).prop_map(Stroke::Wheel),
        1 => prop::sample::select(vec![-1, 1]).prop_map(Stroke::Sideways),
    ]
}

/// The console, the server, and what is between them.
struct Walk {
    model: Model,
    world: World,
    /// Orders that are out, with the answer where the server has carried them out already.
    out: Vec<(Effect, Option<Msg>)>,
    screen: Surface<TestBackend>,
    steps: usize,
    /// A channel was made and nothing could tell so; the person was told to look.
    lost_makes: bool,
}

impl Walk {
    fn new(places: &[Place]) -> Self {
        let mut world = World::of(2, 5, 3).paged(2);
        let model = console_at(&mut world, (120, 40), places);
        let screen = super::surface(&model);
        Self { model, world, out: Vec::new(), screen, steps: 0, lost_makes: false }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Bound(at) => self.press(bound_keys()[at]),
            Step::Typed(keys) => keys.split(' ').for_each(|spelled| self.press(spelled)),
            Step::Pasted(text) => self.tell(Msg::Pasted(text)),
            Step::Resized(width, height) => self.tell(Msg::Resized(Size::new(width, height))),
            Step::Pointed(x, y, stroke) => self.point(x, y, stroke),
            Step::Waits(millis) => {
                let before = Texts::of(&self.model);
                let orders = wait(&mut self.model, millis);
                self.note(orders);
                before.are_kept_in(&self.model, &[]);
            }
            Step::Carried(at) => self.carry_out(at),
            Step::Answers(at, fate) => self.answer(at, fate),
        }
        self.check();
    }

    /// Presses a key, or the two of a pair.
    fn press(&mut self, spelled: &str) {
        let pair = spelled.chars().count() == 2 && spelled.starts_with(['y', 'z']);
        let keys: Vec<String> = if pair {
            spelled.chars().map(String::from).collect()
        } else {
            vec![spelled.to_owned()]
        };
        for spelled in keys {
            let kept = spelled == "Esc" || spelled == "^s";
            self.strike(Msg::Key(key(&spelled)), kept);
        }
    }

    /// Uses the mouse twice, as hands do.
    fn point(&mut self, x: u16, y: u16, stroke: Stroke) {
        let Size { width, height } = self.model.size;
        let part = |of: u16, side: u16| u16::try_from(u32::from(of) * u32::from(side) / 1000);
        let at = Position::new(part(x, width).expect("small"), part(y, height).expect("small"));
        for _ in 0..2 {
            let before = self.model.entities.writes_out();
            let when = self.model.now;
            self.strike(Msg::Pointed(Pointed { stroke, at, when }), false);
            assert!(self.model.entities.writes_out() <= before, "the mouse writes");
        }
    }

    /// Does what a person does; `kept` tells that the text of an open form stays as it is.
    fn strike(&mut self, fact: Msg, kept: bool) {
        let before = Texts::of(&self.model);
        // Keys typed into a form change its own text; F5 throws it away.
        let open = match &self.model.overlay {
            Some(Overlay::Form(draft)) => vec![draft.key],
            _ => Vec::new(),
        };
        let below = match &self.model.overlay {
            Some(Overlay::Help { form: Some(draft), .. }) => Some(draft.key),
            _ => None,
        };
        let orders = update(&mut self.model, fact);
        // What is chosen in help is as good as its key, F5's too; the form itself has to be there.
        let of_help = match &self.model.overlay {
            Some(Overlay::Form(draft)) if below == Some(draft.key) => below,
            _ => None,
        };
        let open: Vec<EditKey> = open.into_iter().chain(of_help).collect();
        // Whoever was asked and says so leaves: the walk goes on as if they had stayed.
        self.model.closing = false;
        let edited = orders.iter().find_map(|order| match order {
            Effect::OpenEditor { of, .. } => Some(of.key),
            _ => None,
        });
        self.note(orders);
        let typed = open.into_iter().filter(|_| !kept);
        let excused: Vec<EditKey> = typed.chain(edited).collect();
        before.are_kept_in(&self.model, &excused);
    }

    fn tell(&mut self, fact: Msg) {
        let before = Texts::of(&self.model);
        let open = match (&fact, &self.model.overlay) {
            (Msg::Pasted(_), Some(Overlay::Form(draft))) => vec![draft.key],
            _ => Vec::new(),
        };
        let orders = update(&mut self.model, fact);
        self.note(orders);
        before.are_kept_in(&self.model, &open);
    }

    fn note(&mut self, orders: Vec<Effect>) {
        for order in &orders {
            if let Effect::OpenEditor { of, text, .. } = order {
                // The console waits for the editor; nothing else happens meanwhile.
                let result = match self.steps % 3 {
                    0 => Err("the editor failed".to_owned()),
                    1 => Ok(format!("{text}\n")),
                    _ => Ok(format!("{text} x")),
                };
                let further = update(&mut self.model, Msg::EditorClosed { of: *of, result });
                self.note(further);
            }
        }
        let asked = orders.into_iter().filter(|order| ticket_of(order).is_some());
        self.out.extend(asked.map(|order| (order, None)));
    }

    fn carry_out(&mut self, at: usize) {
        let Self { out, world, .. } = self;
        let count = out.len().max(1);
        if let Some((order, answer)) = out.get_mut(at % count)
            && answer.is_none()
        {
            *answer = world.answer(order);
        }
    }

    fn answer(&mut self, at: usize, fate: Fate) {
        if self.out.is_empty() {
            return;
        }
        let (order, carried_out) = self.out.remove(at % self.out.len());
        let write = write_of(&order);
        let fate = match fate {
            // Only a read can carry a page token, and only a write can be lost without anybody knowing.
            Fate::Refused(21_481) if write.is_some() || !goes_on(&order) => Fate::Answered,
            Fate::Lost { .. } if write.is_none() => Fate::Fails(ProblemKind::Offline),
            // The server does not lie about what became of a write.
            Fate::Fails(ProblemKind::Gone) if is_verification(&order) => Fate::Answered,
            // What has been carried out cannot be refused any more.
            Fate::Fails(_) | Fate::Refused(_) if write.is_some() && carried_out.is_some() => {
                Fate::Lost { applied: true }
            }
            fate => fate,
        };
        let failed = match fate {
            Fate::Answered => None,
            Fate::Fails(kind) => Some(problem(kind)),
            Fate::Refused(code) => Some(refusal(code, "refused")),
            Fate::Lost { applied } => {
                self.lost_makes |= matches!(
                    order,
                    Effect::CreateChannel { .. } | Effect::CreateFlexChannel { .. }
                );
                if applied && carried_out.is_none() {
                    self.world.answer(&order);
                }
                Some(problem(ProblemKind::OutcomeUnknown))
            }
        };
        let answer = match failed {
            None => carried_out.or_else(|| self.world.answer(&order)),
            Some(problem) => failure(&order, problem),
        };
        let Some(answer) = answer else { return };
        let before = Texts::of(&self.model);
        let settles: Vec<EditKey> = settled_by(&order).into_iter().collect();
        let is_ok = is_ok(&answer);
        let orders = update(&mut self.model, answer);
        self.note(orders);
        before.are_kept_in(&self.model, if is_ok { &settles } else { &[] });
    }

    /// What must hold at every moment.
    fn check(&mut self) {
        let Self { model, screen, .. } = self;
        let lists = &model.lists;
        assert!(is_sound(&lists.services), "{:?}", lists.services);
        lists.channels.values().for_each(|list| assert!(is_sound(list), "{list:?}"));
        lists.users.values().for_each(|list| assert!(is_sound(list), "{list:?}"));
        lists.members.values().for_each(|list| assert!(is_sound(list), "{list:?}"));
        lists.memberships.values().for_each(|list| assert!(is_sound(list), "{list:?}"));
        lists.messages.values().for_each(|list| assert!(is_sound(list), "{list:?}"));
        lists.invites.values().for_each(|list| assert!(is_sound(list), "{list:?}"));
        lists.roles.values().for_each(|list| assert!(is_sound(list), "{list:?}"));
        assert!(is_sound(&lists.flex), "{:?}", lists.flex);
        assert!(is_sound(&lists.flows), "{:?}", lists.flows);
        // A drawing costs more than all the rest; every third is enough to meet every state.
        self.steps += 1;
        if !self.steps.is_multiple_of(3) {
            return;
        }
        let Size { width, height } = model.size;
        screen.backend_mut().resize(width, height);
        super::draw_onto(screen, model, &Theme::colour());
    }

    /// From now on everything is answered, and time passes until nothing moves.
    fn come_to_rest(&mut self) {
        self.tell(Msg::Resized(Size::new(120, 40)));
        // What is read again by itself never rests.
        self.model.auto = Auto::default();
        for _ in 0..6 {
            while !self.out.is_empty() {
                self.answer(0, Fate::Answered);
            }
            let orders = wait(&mut self.model, 31_000);
            self.note(orders);
        }
        self.check();
        let Self { model, out, .. } = self;
        assert!(out.is_empty(), "it never comes to rest: {out:?}");
        assert_eq!(model.entities.writes_out(), 0, "an edit is still pending");
        let reads = model.fetches.iter().filter(|(_, fetch)| fetch.is_loading());
        assert_eq!(reads.map(|(lane, _)| *lane).collect::<Vec<Lane>>(), [], "waits for nobody");
        assert!(!model.lists_loading());
    }

    /// Whether what is confirmed is what the server has, or is marked as in doubt.
    fn compare(&self) {
        let Self { model, world, .. } = self;
        let doubtful = |key| model.entities.is_doubtful(key);
        for channel in &world.channels {
            let known = model.entities.confirmed_channel(channel.sid);
            if let Some(known) = known.filter(|_| !doubtful(EditKey::Channel(channel.sid))) {
                assert_eq!(known, *channel);
            }
        }
        for membership in &world.memberships {
            let key = MembershipKey { user: membership.user_sid, channel: membership.channel_sid };
            let known = model.entities.confirmed_membership(key);
            if let Some(known) = known.filter(|_| !doubtful(EditKey::Membership(key))) {
                assert_eq!(known, membership);
            }
        }
        let (lists, entities) = (&model.lists, &model.entities);
        complete(&lists.services, |_| false, world.services.iter().map(|it| it.sid));
        for (of, list) in &lists.channels {
            let here = world.channels.iter().filter(|it| it.service_sid == *of);
            let is_lost = |channel| {
                let mut made = (1..=world.made).map(|number| sid(9_000 + number));
                self.lost_makes && made.any(|it| it == channel)
            };
            let is_excused = |it| may_be_gone(entities, EditKey::Channel(it)) || is_lost(it);
            let is_excused_row = |row| entities.channel_sid(row).is_none_or(is_excused);
            let here = here.map(|it| it.sid).filter(|&it| !list.is_complete() || !is_excused(it));
            let rows = here.filter_map(|it| {
                let row = entities.channel_row(it);
                assert!(row.is_some() || !list.is_complete(), "{it} is not known");
                row
            });
            complete(list, is_excused_row, rows);
        }
        for (of, list) in &lists.users {
            let here = world.users.iter().filter(|it| it.service_sid == *of);
            complete(list, |_| false, here.map(|it| it.sid));
        }
        for (of, list) in &lists.members {
            let here = world.members.iter().filter(|it| it.channel_sid == *of);
            let is_gone = |sid| {
                members::is_gone(entities, sid) || {
                    let member = entities.member(sid).expect("a row's value");
                    let user = entities.user_by_identity(member.service_sid, &member.identity);
                    let channel = member.channel_sid;
                    may_be_gone(entities, EditKey::Channel(channel))
                        || user.is_some_and(|user| {
                            let key = MembershipKey { user, channel };
                            may_be_gone(entities, EditKey::Membership(key))
                        })
                }
            };
            complete(list, is_gone, here.map(|it| it.sid));
        }
        for (of, list) in &lists.memberships {
            let mine = world.memberships.iter().filter(|it| it.user_sid == *of);
            let is_gone = |key: MembershipKey| {
                may_be_gone(entities, EditKey::Membership(key))
                    || may_be_gone(entities, EditKey::Channel(key.channel))
            };
            let mine = mine.map(|it| MembershipKey { user: *of, channel: it.channel_sid });
            complete(list, is_gone, mine);
        }
        self.compare_readings();
    }

    /// The same for what is only read.
    fn compare_readings(&self) {
        let Self { model, world, .. } = self;
        let (lists, entities) = (&model.lists, &model.entities);
        for (of, list) in &lists.messages {
            let left = may_be_gone(entities, EditKey::Channel(*of));
            let here = world.messages.iter().filter(|it| it.channel_sid == *of);
            complete(list, |_| left, here.map(|it| it.sid));
        }
        for (of, list) in &lists.invites {
            let left = may_be_gone(entities, EditKey::Channel(*of));
            let here = world.invites.iter().filter(|it| it.channel_sid == *of);
            complete(list, |_| left, here.map(|it| it.sid));
        }
        for (of, list) in &lists.roles {
            let here = world.roles.iter().filter(|it| it.service_sid == *of);
            complete(list, |_| false, here.map(|it| it.sid));
        }
        let is_excused = |key: FlexKey| {
            let mut made = (1..=world.made).map(|number| sid(9_000 + number));
            may_be_gone(entities, EditKey::FlexChannel(key.0))
                || (self.lost_makes && made.any(|it| it == key.0))
        };
        complete(&lists.flex, is_excused, world.flex.iter().map(|it| FlexKey(it.sid)));
        complete(&lists.flows, |_| false, world.flows.iter().map(|it| it.sid));
    }

    /// Closes what lies on top and reads again where the person is; nothing may stay failed there.
    fn refresh(&mut self) {
        self.model.overlay = None;
        self.model.prompt = None;
        // The first key of a pair would make another one of it.
        self.model.prefix = None;
        self.press("r");
        self.come_to_rest();
        let focus = self.model.path.focus();
        if let Some(rows) = self.model.rows(focus) {
            // A filter feeds on what is loaded where pages come on demand.
            let read = rows.is_complete() || (rows.is_on_demand() && !rows.filter().is_empty());
            assert!(read, "{focus:?} was read again: {rows:?}");
        }
        // Journal and ledger are no reading of the server's.
        let on_disk = [Context::Journal, Context::Jobs, Context::Job];
        if !self.model.contexts().iter().any(|context| on_disk.contains(context)) {
            assert_eq!(self.model.contact.away_since, None);
        }
    }
}

/// Told as gone, or nobody knows what became of its deletion.
fn may_be_gone(entities: &Entities, key: EditKey) -> bool {
    entities.is_gone(key) || entities.is_doubtful(key)
}

/// A list that says it is complete has the server's rows.
/// A row that is gone is struck, and goes with the next reading.
fn complete<K: crate::app::list::Entry + Ord>(
    list: &List<K>,
    is_gone: impl Fn(K) -> bool,
    truth: impl Iterator<Item = K>,
) {
    if list.is_complete() {
        let rows = list.first_rows().iter().copied().filter(|&key| !is_gone(key));
        let truth = truth.filter(|&key| !is_gone(key));
        // A row that was made here stands where there was room, until a page tells its place.
        assert_eq!(rows.collect::<BTreeSet<K>>(), truth.collect::<BTreeSet<K>>());
    }
}

fn goes_on(order: &Effect) -> bool {
    match order {
        Effect::ListServices { next, .. }
        | Effect::ListChannels { next, .. }
        | Effect::ListUsers { next, .. }
        | Effect::ListMembers { next, .. }
        | Effect::ListMemberships { next, .. }
        | Effect::ListMessages { next, .. }
        | Effect::ListInvites { next, .. }
        | Effect::ListRoles { next, .. }
        | Effect::ListFlexChannels { next, .. }
        | Effect::ListFlows { next, .. } => next.is_some(),
        _ => false,
    }
}

fn write_of(order: &Effect) -> Option<EditKey> {
    match ticket_of(order)?.lane {
        Lane::Write(key) => Some(key),
        _ => None,
    }
}

fn is_verification(order: &Effect) -> bool {
    matches!(ticket_of(order), Some(ticket) if matches!(ticket.lane, Lane::Reread(_)))
}

fn settled_by(order: &Effect) -> Option<EditKey> {
    match ticket_of(order)?.lane {
        Lane::Write(key) | Lane::Reread(key) => Some(key),
        _ => None,
    }
}

fn is_ok(answer: &Msg) -> bool {
    match answer {
        Msg::ChannelSaved(reply)
        | Msg::ChannelReread(reply)
        | Msg::ChannelCreated(reply)
        | Msg::CreatedReread(reply) => reply.result.is_ok(),
        Msg::MembershipSaved(reply) | Msg::MembershipReread(reply) => reply.result.is_ok(),
        Msg::ChannelMigrated(reply) => reply.result.is_ok(),
        Msg::ChannelDeleted(reply)
        | Msg::MembershipDeleted(reply)
        | Msg::FlexChannelDeleted(reply) => reply.result.is_ok(),
        Msg::FlexChannelCreated(reply) | Msg::FlexChannelReread(reply) => reply.result.is_ok(),
        _ => true,
    }
}

/// What stands in forms and was not saved, wherever the form is.
struct Texts(BTreeMap<EditKey, Vec<String>>);

impl Texts {
    fn of(model: &Model) -> Self {
        let open = model.overlay.as_ref().and_then(Overlay::form);
        let out = model.entities.edits().filter_map(|edit| match &edit.origin {
            Origin::Form(draft) => Some(&**draft),
            Origin::Key | Origin::Confirm(_) => None,
        });
        let all = open.into_iter().chain(model.drafts.values()).chain(out);
        let texts = |draft: &Draft| draft.fields.iter().map(Field::text).collect();
        Self(all.filter(|draft| draft.is_dirty()).map(|it| (it.key, texts(it))).collect())
    }

    fn are_kept_in(&self, model: &Model, but: &[EditKey]) {
        let now = Self::of(model);
        for (key, texts) in self.0.iter().filter(|(key, _)| !but.contains(key)) {
            assert_eq!(now.0.get(key), Some(texts), "what was typed is lost");
        }
    }
}

fn start() -> impl Strategy<Value = Vec<Place>> {
    let service = sid(1);
    prop::sample::select(vec![
        vec![],
        vec![Place::Channels(service)],
        vec![Place::Channels(service), Place::Channel(service, sid(11))],
        vec![Place::Users(service), Place::Memberships(service, sid(11))],
        vec![Place::Channels(service), Place::Messages(service, sid(12))],
        vec![Place::Flex, Place::FlexChannel(sid(11))],
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn at_rest_the_screen_is_the_server_and_nothing_typed_was_lost(
        start in start(),
        steps in prop::collection::vec(step(), 30..90),
    ) {
        let mut walk = Walk::new(&start);
        for step in steps {
            walk.take(step);
        }
        walk.come_to_rest();
        walk.compare();
        walk.refresh();
        walk.compare();
    }
}
