//! What a console costs with a hundred rows and with a million: memory a row, a frame, a key, a filter, a sort. Run with
//! `cargo bench --bench rows`; `ROWS` sets how many there are. Figures are medians, told a row or as ratios, so that they
//! can be compared between machines.

#![expect(clippy::print_stdout, reason = "what is measured is printed")]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a measurement, not the console"
)]

use std::{
    collections::VecDeque,
    hint::black_box,
    time::{Duration, Instant},
};

use crossterm::event::{KeyCode, KeyEvent};
use jiff::{Timestamp, tz::TimeZone};
use peak_alloc::PeakAlloc;
use ratatui::{backend::TestBackend, layout::Size};
use switchboard::{
    api::{
        Channel, Service,
        attributes::Attributes,
        chat::channels::ChannelType,
        page::{NextPage, Page},
        remote_text::RemoteText,
        sid::Sid,
    },
    app::{
        effect::Effect,
        list::Rows,
        model::{Account, Model, Session},
        msg::Msg,
        place::Place,
        ticket::Reply,
        update::{begin, update},
    },
    runtime::Surface,
    view::theme::Theme,
};

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

const SERVICE: Sid<Service> = Sid::from_bytes([1; 16]);
const PAGE: usize = 1_000;

/// Numbers that look like chance and are the same each time.
fn mixed(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

fn channel(number: usize) -> Channel {
    const KINDS: [&str; 8] =
        ["Support", "Sales", "Lobby", "Ops room", "Équipe", "Billing · Ana", "Returns", "販売"];
    let chance = mixed(number as u64);
    let kind = KINDS[(chance % 8) as usize];
    let mut sid = [0; 16];
    sid[..8].copy_from_slice(&chance.to_be_bytes());
    sid[8..].copy_from_slice(&mixed(chance).to_be_bytes());
    let moment = |seconds: u64| Timestamp::from_second(1_400_000_000 + seconds.cast_signed()).ok();
    Channel {
        sid: Sid::from_bytes(sid),
        service_sid: SERVICE,
        friendly_name: Some(RemoteText::new(format!("{kind} {:06}", chance >> 20 & 0xf_ffff))),
        unique_name: Some(RemoteText::new(format!("channel-{number:07}"))),
        attributes: Attributes::from_text(format!(
            "{{\"routing\": {{\"queue\": \"tier-{}\"}}, \"number\": {number}}}",
            chance % 3
        )),
        kind: if chance.is_multiple_of(3) { ChannelType::Private } else { ChannelType::Public },
        date_created: moment(chance % 300_000_000),
        date_updated: moment(300_000_000 + chance % 60_000_000),
        created_by: Some(RemoteText::new(if chance.is_multiple_of(5) { "ana" } else { "system" })),
        members_count: Some(chance % 100),
        messages_count: Some(chance % 50_000),
    }
}

/// A console with so many channels on the screen.
struct Console {
    model: Model,
    surface: Surface<TestBackend>,
    theme: Theme,
}

impl Console {
    fn with(rows: usize) -> (Self, Duration) {
        let size = Size::new(120, 40);
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let session = Session::Open(Account::practice(None));
        let model = Model::new(session, size, now, TimeZone::UTC);
        let surface = Surface::new(TestBackend::new(size.width, size.height)).unwrap();
        let mut console = Self { model, surface, theme: Theme::colour() };
        console.model.path.enter(Place::Channels(SERVICE));
        let begun = begin(&mut console.model);
        let (_, longest) = console.take_in(begun, rows);
        (console, longest)
    }

    /// Answers a listing page by page; how long the pages took, all together and the longest.
    fn take_in(&mut self, orders: Vec<Effect>, rows: usize) -> (Duration, Duration) {
        let mut orders = VecDeque::from(orders);
        let (mut sent, mut all, mut longest) = (0, Duration::ZERO, Duration::ZERO);
        while let Some(order) = orders.pop_front() {
            let Effect::ListChannels { ticket, .. } = order else { continue };
            let end = rows.min(sent + PAGE);
            let next = (end < rows).then(|| NextPage::of_our_own(end.to_string()));
            let page = Page { items: (sent..end).map(channel).collect(), next, unreadable: 0 };
            sent = end;
            let came = Msg::ChannelsArrived(Reply { ticket, result: Ok(page) });
            let (further, took) = timed(|| update(&mut self.model, came));
            orders.extend(further);
            (all, longest) = (all + took, longest.max(took));
        }
        assert_eq!(sent, rows);
        (all, longest)
    }

    fn rows(&self) -> &dyn Rows {
        self.model.rows(Place::Channels(SERVICE)).unwrap()
    }

    fn frame(&mut self) {
        self.surface.draw(&mut self.model, &self.theme).unwrap();
    }

    /// A key and its frame; whether there is more to do.
    fn key(&mut self, code: KeyCode) -> bool {
        let orders = update(&mut self.model, Msg::Key(KeyEvent::from(code)));
        self.frame();
        orders.contains(&Effect::GoOn)
    }

    fn type_in(&mut self, text: &str) -> bool {
        text.chars().map(|letter| self.key(KeyCode::Char(letter))).last().unwrap_or(false)
    }

    /// Does all work that is left, a frame after each slice; the longest slice, and how many there were.
    fn finish(&mut self) -> (Duration, usize) {
        let (mut longest, mut slices) = (Duration::ZERO, 0);
        while self.rows().is_at_work() {
            let ((), took) = timed(|| {
                update(&mut self.model, Msg::WentOn);
                self.frame();
            });
            longest = longest.max(took);
            slices += 1;
        }
        (longest, slices)
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = black_box(work());
    (done, begun.elapsed())
}

fn median(times: usize, mut work: impl FnMut() -> Duration) -> Duration {
    let mut all: Vec<Duration> = (0..times).map(|_| work()).collect();
    all.sort_unstable();
    all[times / 2]
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

/// What the system has given to this process.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok().map(|kilobytes| kilobytes * 1024)
}

fn filters(console: &mut Console, rows: usize) {
    println!("\nfilter, {rows} rows: the last letter of each, to screen");
    for typed in [
        "support",
        "é",
        "e",
        "channel-",
        "1",
        "ch4",
        "4b1e",
        "zzzz",
        "!support",
        "support type:public",
        "type:public",
        "members>50",
        "updated<2024-01-01",
        "created>30d",
        "by:system",
        "by=ana",
        "name:ops",
        "unique:7",
        "sid:4b",
        "support members>50 !by:ana",
    ] {
        let (last, before) =
            typed.char_indices().last().map(|(at, it)| (it, &typed[..at])).unwrap();
        let mut shown = 0;
        let took = median(7, || {
            console.key(KeyCode::Char('/'));
            console.type_in(before);
            let (_, took) = timed(|| console.key(KeyCode::Char(last)));
            shown = console.rows().shown();
            console.key(KeyCode::Esc);
            took
        });
        println!("  {typed:28} {:8.2} ms   {shown} shown", micros(took) / 1e3);
    }
    console.key(KeyCode::Char('/'));
    console.type_in("attr:/routing/queue=tier-");
    console.finish();
    let (_, first) = timed(|| console.key(KeyCode::Char('1')));
    let ((longest, slices), rest) = timed(|| console.finish());
    println!(
        "  attr:/routing/queue=tier-1   first {:.2} ms, all {:.0} ms in {slices} slices, the longest {:.2} ms; {} shown",
        micros(first) / 1e3,
        micros(rest) / 1e3,
        micros(longest) / 1e3,
        console.rows().shown(),
    );
    console.key(KeyCode::Esc);
}

fn sorts(console: &mut Console, rows: usize) {
    println!("\nsort, {rows} rows, a frame after each slice");
    for (name, downs) in [
        ("type", 1),
        ("name", 2),
        ("unique", 3),
        ("members", 4),
        ("updated", 6),
        ("by", 8),
        ("sid", 9),
    ] {
        console.key(KeyCode::Char('s'));
        console.key(KeyCode::Char('g'));
        for _ in 0..20 {
            console.key(KeyCode::Up);
        }
        for _ in 0..downs {
            console.key(KeyCode::Down);
        }
        let (_, first) = timed(|| console.key(KeyCode::Enter));
        let ((longest, slices), rest) = timed(|| console.finish());
        println!(
            "  {name:10} {:7.0} ms in {slices} slices, the longest {:.2} ms; {:.0} ns a row",
            micros(first + rest) / 1e3,
            micros(longest.max(first)) / 1e3,
            micros(first + rest) * 1e3 / rows as f64,
        );
    }
}

fn main() {
    let rows = std::env::var("ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let (mut few, _) = Console::with(100);
    let few_frame = median(201, || timed(|| few.frame()).1);
    let few_key = median(201, || timed(|| few.key(KeyCode::Char('j'))).1);

    let attributes: usize = (0..rows).map(|number| channel(number).attributes.len()).sum();
    let (allocated, before) = (ALLOCATED.current_usage(), resident());
    let ((mut many, page), took) = timed(|| Console::with(rows));
    let held = ALLOCATED.current_usage().saturating_sub(allocated + attributes);
    let grown = resident().zip(before).map(|(now, before)| now.saturating_sub(before));
    let each = |bytes: usize| bytes as f64 / rows as f64;
    println!(
        "{rows} rows made and taken in: {:.2} µs a row, the longest page of {PAGE} {:.1} ms",
        micros(took) / rows as f64,
        micros(page) / 1e3
    );
    println!(
        "memory a row, attributes' own {:.0} B aside: {:.0} B allocated, {:.0} B resident",
        each(attributes),
        each(held),
        grown.map_or(0.0, |grown| each(grown.saturating_sub(attributes))),
    );
    let many_frame = median(201, || timed(|| many.frame()).1);
    let many_key = median(201, || timed(|| many.key(KeyCode::Char('j'))).1);
    let ratio = |many: Duration, few: Duration| many.as_secs_f64() / few.as_secs_f64();
    println!(
        "frame at {rows} rows ÷ at 100: {:.2} ({:.0} µs ÷ {:.0} µs)",
        ratio(many_frame, few_frame),
        micros(many_frame),
        micros(few_frame)
    );
    println!(
        "step and frame at {rows} rows ÷ at 100: {:.2} ({:.0} µs ÷ {:.0} µs)",
        ratio(many_key, few_key),
        micros(many_key),
        micros(few_key)
    );
    filters(&mut many, rows);
    sorts(&mut many, rows);
    many.type_in("/e");
    many.key(KeyCode::Enter);
    let orders = update(&mut many.model, Msg::Key(KeyEvent::from(KeyCode::Char('r'))));
    let (all, longest) = many.take_in(orders, rows);
    println!(
        "\nread again, filtered and sorted: {:.2} µs a row, the longest page {:.1} ms",
        micros(all) / rows as f64,
        micros(longest) / 1e3
    );
    drop(many);
    let (mut sorted, _) = Console::with(0);
    sorted.key(KeyCode::Char('s'));
    sorted.key(KeyCode::Down);
    sorted.key(KeyCode::Down);
    sorted.key(KeyCode::Enter);
    let orders = update(&mut sorted.model, Msg::Key(KeyEvent::from(KeyCode::Char('r'))));
    let (all, longest) = sorted.take_in(orders, rows);
    println!(
        "read while sorted by name: {:.2} µs a row, the longest page of {PAGE} {:.1} ms",
        micros(all) / rows as f64,
        micros(longest) / 1e3
    );
}
