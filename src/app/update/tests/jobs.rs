//! Many at once: what is asked before anything is sent, and who is heard while it runs.

use crate::api::chat::{channels::ChannelType, memberships::NotificationLevel};
use crate::app::{
    effect::Effect,
    jobs::{Again, End, Form, News, RowNews, Survey},
    model::{Model, Overlay, Session},
    msg::Msg,
    notice::{Problem, ProblemKind},
    place::Place,
    testing::{
        World, console_at, fail, job, job_row, last_said, membership_key, on, page, press, reply,
        said, sid, wait, write,
    },
    ticket::Lane,
    update::update,
};
use crate::jobs::{
    run::Wish,
    task::{Deed, Target},
};
use crate::state::{Counts, Job, JobId, RowEnd, RowState};

const SERVICE: u32 = 1;

fn at_channels() -> (World, Model) {
    let mut world = World::of(1, 6, 2);
    world.flex.clear();
    let model = console_at(&mut world, (80, 24), &[Place::Channels(sid(SERVICE))]);
    (world, model)
}

/// How many channels of the world are public, by their number.
fn public(world: &World) -> usize {
    world.channels.iter().filter(|channel| channel.kind == ChannelType::Public).count()
}

fn third() -> JobId {
    "3".parse().expect("a number")
}

/// Marks everything, plans, types the count and starts; the job is said to have begun.
fn begun(world: &mut World, model: &mut Model) -> Job {
    world.press(model, "* M");
    let count = public(world);
    write(model, &count.to_string());
    let orders = press(model, "Enter");
    let [order @ Effect::BeginJob { plan, .. }] = orders.as_slice() else {
        panic!("{orders:?}: {:?}", said(model))
    };
    assert_eq!(plan.count(), count);
    let job = job(3, 40);
    update(model, Msg::JobBegan(reply(order, Box::new(job.clone()))));
    job
}

fn done(nth: u64, target: Option<Target>) -> RowNews {
    let end = RowEnd { state: RowState::Done, tries: 1, code: None, note: None };
    RowNews { nth, target, end: Some(end) }
}

fn stopped(left: u64) -> Msg {
    let counts = Counts { todo: left, done: 40 - left, ..Counts::default() };
    let end = End { counts: Some(counts), halt: None, found: None };
    Msg::JobEnded(third(), Box::new(end))
}

#[test]
fn a_plan_sends_nothing_but_readings_and_starts_by_its_count() {
    let (mut world, mut model) = at_channels();
    press(&mut model, "*");
    let orders = press(&mut model, "M");
    let [Effect::Survey { survey: Survey::OfFlex, .. }] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    let count = public(&world).to_string();
    write(&mut model, &count);
    assert_eq!(press(&mut model, "Enter"), [], "whose they are is not known yet");
    assert!(last_said(&model).contains("still being read"));
    world.serve(&mut model, orders);
    assert_eq!(press(&mut model, "Backspace 9 Enter"), []);
    assert_eq!(last_said(&model), format!("nothing was sent: type {count} to start, then Enter"));
    press(&mut model, "Backspace");
    write(&mut model, &count);
    let orders = press(&mut model, "Enter");
    assert!(matches!(orders.as_slice(), [Effect::BeginJob { .. }]), "{orders:?}");
    assert_eq!(press(&mut model, "Enter"), [], "once is enough");
    let refused = Problem::new(ProblemKind::Refused, "the disk is full");
    fail(&mut model, &orders[0], refused);
    assert!(matches!(&model.overlay, Some(Overlay::Plan(plan)) if plan.problem.is_some()));
    assert!(matches!(press(&mut model, "Enter").as_slice(), [Effect::BeginJob { .. }]));
}

#[test]
fn the_pace_is_chosen_in_the_plan_and_stays_with_the_job() {
    let (mut world, mut model) = at_channels();
    let count = public(&world).to_string();
    world.press(&mut model, "* M + - - -");
    write(&mut model, &count);
    let orders = press(&mut model, "Enter");
    let [Effect::BeginJob { plan, .. }] = orders.as_slice() else { panic!("{orders:?}") };
    // 30, 20, 15, 10.
    assert_eq!(plan.task.writes_a_minute, Some(600));
    let kept = serde_json::to_string(&plan.task).expect("JSON");
    let read = crate::jobs::task::Task::read(&kept).expect("a task");
    assert!((read.ceiling() - 10.0).abs() < f64::EPSILON, "{kept}");
}

#[test]
fn a_second_job_waits_until_it_is_known_whether_the_first_began() {
    let (mut world, mut model) = at_channels();
    let count = public(&world).to_string();
    world.press(&mut model, "* M");
    write(&mut model, &count);
    assert!(matches!(press(&mut model, "Enter").as_slice(), [Effect::BeginJob { .. }]));
    world.press(&mut model, "Esc");
    world.press(&mut model, "M");
    write(&mut model, &count);
    assert_eq!(press(&mut model, "Enter"), []);
    assert!(last_said(&model).contains("another job is just beginning"), "{}", last_said(&model));
}

#[test]
fn one_channel_without_marks_or_filter_keeps_its_question() {
    let (mut world, mut model) = at_channels();
    let at = world.channels.iter().position(|it| it.kind == ChannelType::Public).unwrap();
    world.press(&mut model, &"j ".repeat(at));
    world.press(&mut model, "M");
    assert!(matches!(model.overlay, Some(Overlay::Confirm(_))));
    world.press(&mut model, "Esc / c h Enter M");
    assert!(matches!(model.overlay, Some(Overlay::Plan(_))), "{:?}", said(&model));
}

#[test]
fn channels_of_flex_are_left_out_until_somebody_says_so() {
    let (mut world, mut model) = at_channels();
    let public: Vec<_> =
        world.channels.iter().filter(|it| it.kind == ChannelType::Public).cloned().collect();
    world.flex = World::of(1, 6, 2).flex;
    world.flex.retain(|flex| flex.sid == public[0].sid);
    world.press(&mut model, "* M");
    let count = |model: &Model| match &model.overlay {
        Some(Overlay::Plan(plan)) => plan.plan().count(),
        other => panic!("{other:?}"),
    };
    assert_eq!(count(&model), public.len() - 1);
    world.press(&mut model, "f");
    assert_eq!(count(&model), public.len());
    let orders = press(&mut model, "o");
    assert!(matches!(orders.as_slice(), [Effect::SavePlan { form: Form::Csv, .. }]));
}

#[test]
fn hidden_marks_are_looked_through_before_anything_starts() {
    let mut world = World::of(1, 60, 1);
    world.flex.clear();
    let place = Place::Channels(sid(SERVICE));
    let mut model = console_at(&mut world, (80, 24), &[place]);
    world.press(&mut model, "* /");
    let typed = write(&mut model, "zebra");
    world.serve(&mut model, typed);
    world.press(&mut model, "Enter M Enter");
    assert!(last_said(&model).contains("look through all of them"));
    world.press(&mut model, "G Enter");
    let Some(Overlay::Plan(plan)) = &model.overlay else { panic!("no plan") };
    assert!(plan.seen_hidden && plan.hidden == 60 && plan.hindrance().is_some());
}

#[test]
fn a_read_only_account_may_look_and_not_start() {
    let (mut world, mut model) = at_channels();
    if let Session::Open(account) = &mut model.session {
        account.reads_only = Some("--read-only was given".to_owned());
    }
    world.press(&mut model, "* M");
    write(&mut model, &public(&world).to_string());
    assert_eq!(press(&mut model, "Enter"), []);
    assert!(last_said(&model).contains("--read-only"), "{:?}", said(&model));
}

#[test]
fn rows_that_are_done_show_at_once_and_no_older_reading_takes_them_back() {
    let (mut world, mut model) = at_channels();
    begun(&mut world, &mut model);
    let stale = press(&mut model, "r");
    let channel = world.channels.iter().find(|it| it.kind == ChannelType::Public).unwrap().sid;
    let rows =
        vec![RowNews { nth: 0, target: None, end: None }, done(0, Some(Target::Channel(channel)))];
    update(&mut model, Msg::JobWent(third(), News { rows, throttled: 1, rate: Some(12.5) }));
    let kind = |model: &Model| model.entities.confirmed_channel(channel).unwrap().kind;
    assert_eq!(kind(&model), ChannelType::Private);
    world.serve(&mut model, stale);
    assert_eq!(kind(&model), ChannelType::Private);
    let live = model.jobs.live.as_ref().unwrap();
    let counts = Counts { todo: 39, done: 1, ..Counts::default() };
    assert_eq!((live.counts, live.throttled, live.ended), (counts, 1, 1));
}

#[test]
fn a_job_is_paused_goes_on_and_is_stopped() {
    let (mut world, mut model) = at_channels();
    begun(&mut world, &mut model);
    assert_eq!(press(&mut model, "^c"), [Effect::TellJob(Wish::Pause)]);
    let orders = press(&mut model, "5");
    let rows = page(vec![job(3, 40)], None);
    update(&mut model, Msg::JobsArrived(reply(&orders[0], rows)));
    assert_eq!(press(&mut model, "p"), [Effect::TellJob(Wish::Go)]);
    assert_eq!(
        press(&mut model, "^c ^c"),
        [Effect::TellJob(Wish::Pause), Effect::TellJob(Wish::Stop)]
    );
    assert_eq!(press(&mut model, "p"), [], "rows were let go: they are not taken up by halves");
    assert!(last_said(&model).contains("just stopping"));
    update(&mut model, stopped(12));
    assert!(last_said(&model).contains("job 3 stopped at 28/40"));
    let resumed = press(&mut model, "p");
    let expected = |with| Effect::ResumeJob { ticket: on(Lane::Job), job: third(), with };
    assert_eq!(crate::app::testing::bare(&resumed), [expected(Again::Rest)]);
    assert_eq!(press(&mut model, "p"), [], "it is just beginning");
    let taken = Problem::new(ProblemKind::Refused, "another console runs job 3");
    fail(&mut model, &resumed[0], taken);
    assert!(said(&model).iter().any(|text| text.contains("another console runs job 3")));
}

#[test]
fn whether_another_console_runs_a_job_is_read_again_where_its_rows_are() {
    let (mut world, mut model) = at_channels();
    begun(&mut world, &mut model);
    update(&mut model, stopped(12));
    model.jobs.live = None;
    let orders = press(&mut model, "5");
    let elsewhere = Job { is_running: true, ..job(3, 40) };
    update(&mut model, Msg::JobsArrived(reply(&orders[0], page(vec![elsewhere], None))));
    let orders = press(&mut model, "Enter");
    let rows = (0..40).map(job_row).collect();
    update(&mut model, Msg::JobRowsArrived(reply(&orders[0], page(rows, None))));
    assert_eq!(press(&mut model, "p"), []);
    assert!(last_said(&model).contains("r reads again"), "{:?}", said(&model));
    let orders = press(&mut model, "r");
    let [Effect::ListJobRows { .. }, jobs @ Effect::ListJobs { .. }] = orders.as_slice() else {
        panic!("{orders:?}")
    };
    update(&mut model, Msg::JobsArrived(reply(jobs, page(vec![job(3, 40)], None))));
    assert!(matches!(press(&mut model, "p").as_slice(), [Effect::ResumeJob { .. }]));
}

#[test]
fn quitting_with_a_job_asks_and_each_way_out_is_kept() {
    let (mut world, mut model) = at_channels();
    begun(&mut world, &mut model);
    assert_eq!(press(&mut model, "q"), []);
    assert_eq!(press(&mut model, "Esc"), []);
    assert_eq!(press(&mut model, "q w"), [], "it is waited for");
    assert_eq!(press(&mut model, "q"), [], "and asked again");
    assert_eq!(press(&mut model, "p"), [Effect::TellJob(Wish::Stop)]);
    let orders = update(&mut model, stopped(12));
    let [Effect::Exit { print: Some(words) }] = orders.as_slice() else { panic!("{orders:?}") };
    assert!(words.contains("job 3 stopped at 28/40") && words.contains("jobs resume 3"));
    let (mut world, mut model) = at_channels();
    begun(&mut world, &mut model);
    press(&mut model, "q w");
    assert_eq!(update(&mut model, stopped(0)), [Effect::Exit { print: None }]);
}

#[test]
fn who_stays_after_all_is_not_thrown_out_at_the_end() {
    let (mut world, mut model) = at_channels();
    begun(&mut world, &mut model);
    press(&mut model, "q w q Esc");
    let orders = update(&mut model, stopped(0));
    assert!(!orders.iter().any(|order| matches!(order, Effect::Exit { .. })), "{orders:?}");
    assert!(model.jobs.live.is_some());
    wait(&mut model, 6_000);
    press(&mut model, "j");
    assert!(model.jobs.live.is_none(), "its end was seen");
}

#[test]
fn rows_of_a_job_tell_why_they_failed_and_are_tried_again() {
    let (mut world, mut model) = at_channels();
    begun(&mut world, &mut model);
    let orders = press(&mut model, "5");
    update(&mut model, Msg::JobsArrived(reply(&orders[0], page(vec![job(3, 40)], None))));
    let orders = press(&mut model, "Enter");
    let rows = (0..40).map(job_row).collect();
    update(&mut model, Msg::JobRowsArrived(reply(&orders[0], page(rows, None))));
    assert_eq!(press(&mut model, "t"), [], "it is still at work");
    let failed = |nth, code| {
        let note = Some("no".to_owned());
        let end = RowEnd { state: RowState::Failed, tries: 1, code: Some(code), note };
        RowNews { nth, target: None, end: Some(end) }
    };
    let rows = vec![failed(0, 50_107), failed(1, 50_107), failed(2, 50_341)];
    update(&mut model, Msg::JobWent(third(), News { rows, ..News::default() }));
    let told: Vec<_> =
        model.entities.failures(third()).map(|(code, it)| (code, it.count)).collect();
    assert_eq!(told, [(Some(50_107), 2), (Some(50_341), 1)]);
    press(&mut model, "f");
    assert_eq!(model.rows(Place::Job(third())).unwrap().shown(), 3);
    let counts = Counts { done: 37, failed: 3, ..Counts::default() };
    let end = End { counts: Some(counts), halt: None, found: None };
    update(&mut model, Msg::JobEnded(third(), Box::new(end)));
    let orders = press(&mut model, "t");
    assert!(matches!(orders.as_slice(), [Effect::ResumeJob { with: Again::Failures, .. }]));
    assert_eq!(press(&mut model, "o"), [Effect::SaveReport { job: third(), form: Form::Csv }]);
}

#[test]
fn marked_memberships_are_muted_by_a_job_and_one_is_muted_in_place() {
    let mut world = World::of(1, 4, 2);
    let (service, user) = (sid(1), sid(11));
    let places = [Place::Users(service), Place::Memberships(service, user)];
    let mut model = console_at(&mut world, (80, 24), &places);
    assert!(matches!(press(&mut model, "m").as_slice(), [Effect::RereadMembership { .. }]));
    let mut model = console_at(&mut world, (80, 24), &places);
    press(&mut model, "Space Space m");
    let orders = press(&mut model, "Enter");
    let [order @ Effect::BeginJob { plan, .. }] = orders.as_slice() else { panic!("{orders:?}") };
    assert_eq!((&plan.task.deed, plan.count()), (&Deed::Mute, 2));
    update(&mut model, Msg::JobBegan(reply(order, Box::new(job(3, 2)))));
    let task = crate::jobs::task::Task { deed: Deed::Mute, ..plan.task.clone() };
    model.jobs.live.as_mut().unwrap().task = task;
    let key = membership_key(11, 12);
    let rows = vec![done(0, Some(Target::Membership(key.user, key.channel)))];
    update(&mut model, Msg::JobWent(third(), News { rows, ..News::default() }));
    let level = &model.entities.confirmed_membership(key).unwrap().notification_level;
    assert_eq!(*level, NotificationLevel::Muted);
    press(&mut model, ":");
    write(&mut model, "unmute-all");
    let orders = press(&mut model, "Enter");
    let [Effect::Survey { survey, .. }] = orders.as_slice() else { panic!("{orders:?}") };
    assert_eq!(*survey, Survey::OfUser(service, user));
}

#[test]
fn what_marks_are_not_meant_for_says_so() {
    let (mut world, mut model) = at_channels();
    world.press(&mut model, "Space Space e");
    assert!(said(&model).iter().any(|text| text.contains("the row under the cursor alone")));
    assert!(matches!(model.overlay, Some(Overlay::Form(_))));
}
