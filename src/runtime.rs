//! The only impure edge: the loop that feeds facts to `update`, hands its orders to the executor and draws when the
//! queue is empty. It is generic over the screen and the input, so that tests run this very loop. It decides nothing.

mod aside;
pub mod background;
pub mod clipboard;
pub mod connect;
pub mod editor;
pub mod executor;
pub mod index;
pub mod input;
pub mod journal;
mod pace;
mod problem;
pub mod screen;
mod signals;
mod surface;
pub mod terminal;

use std::{collections::VecDeque, future::poll_fn, io, task::Poll, time::Duration};

use crossterm::event::Event;
use futures_util::StreamExt;
use jiff::Timestamp;
use ratatui::buffer::Buffer;
use tokio::{sync::mpsc::UnboundedReceiver, time::Instant};

use self::{
    editor::{Editor, End, Sheet},
    executor::Executor,
    input::Input,
    pace::Pace,
    screen::Screen,
};
pub use self::{signals::Signals, surface::Surface};
use crate::{
    app::{contact, editor::Handed, effect::Effect, model::Model, msg::Msg, update},
    view::theme::Theme,
};

/// Everything a running console consists of.
#[derive(Debug)]
pub struct Console<B: Screen> {
    /// What is known.
    pub model: Model,
    /// How it is coloured.
    pub theme: Theme,
    /// Where it is drawn.
    pub surface: Surface<B>,
    /// Who carries out orders.
    pub executor: Executor,
    /// Who edits texts outside.
    pub editor: Editor,
    /// Where answers arrive.
    pub answers: UnboundedReceiver<Msg>,
    /// What ends it from outside; listened for before the terminal is taken, so that it is always given back.
    pub signals: Signals,
}

/// How the console ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// What to print to the shell.
    pub print: Option<String>,
    /// Whether the system asked for it.
    pub terminated: bool,
}

/// How lending the terminal to the editor went.
enum Edited {
    /// With the text, or why there is none.
    Back(Result<String, String>),
    /// The system ended the console meanwhile.
    Ended(Ended),
}

/// What waits at once before the screen is drawn again; bounds how long keys can go unseen.
const BATCH: usize = 512;

/// When the ages are drawn that a step did not wait for, if no key comes before.
const SOON: Duration = Duration::from_millis(5);

/// Runs until the person or the system ends it. `on_frame` sees every frame that was drawn.
///
/// # Errors
/// When the terminal can no longer be drawn to.
pub async fn run<B, S>(
    console: &mut Console<B>,
    input: S,
    on_frame: impl FnMut(&Buffer),
) -> io::Result<Ended>
where
    B: Screen,
    S: Input,
{
    let ended = stay(console, input, on_frame).await;
    console.executor.finish().await;
    ended
}

async fn stay<B, S>(
    console: &mut Console<B>,
    mut input: S,
    mut on_frame: impl FnMut(&Buffer),
) -> io::Result<Ended>
where
    B: Screen,
    S: Input,
{
    console.model.now = now();
    let begun = update::begin(&mut console.model);
    if let Some(ended) = console.carry_out(begun, &mut input).await? {
        return Ok(ended);
    }
    let mut pace = Pace::default();
    loop {
        let wait = pace.wait(Instant::now());
        let tick = contact::next_tick(&console.model);
        let mut tick = Duration::try_from(tick).unwrap_or(Duration::from_secs(60));
        if wait.is_zero() {
            console.draw(&mut on_frame)?;
            pace.drawn(Instant::now());
        } else {
            tick = tick.min(wait);
        }
        if console.surface.is_behind() {
            tick = tick.min(SOON);
        }
        let first = tokio::select! {
            biased;
            () = console.signals.next() => Some(Msg::Terminated),
            event = input.next() => match event {
                Some(Ok(event)) => input::fact(event, now()),
                // The terminal is gone: nobody can see or say anything any more.
                Some(Err(_)) | None => Some(Msg::Terminated),
            },
            answer = console.answers.recv() => answer,
            () = tokio::time::sleep(tick) => None,
        };
        let when = now();
        let mut batch = vec![Msg::Tick(when)];
        batch.extend(first);
        for _ in 0..BATCH {
            match ready(&mut input).await {
                Some(event) => {
                    if let Some(fact) = input::fact(event, when) {
                        input::gather(&mut batch, fact);
                    }
                }
                None => match console.answers.try_recv() {
                    Ok(answer) => batch.push(answer),
                    Err(_) => break,
                },
            }
        }
        pace.heard(&batch, Instant::now());
        if let Some(ended) = console.take_in(batch, &mut input).await? {
            return Ok(ended);
        }
    }
}

impl<B: Screen> Console<B> {
    async fn take_in(
        &mut self,
        batch: Vec<Msg>,
        input: &mut impl Input,
    ) -> io::Result<Option<Ended>> {
        let mut batch = batch.into_iter().peekable();
        while let Some(fact) = batch.next() {
            let terminated = fact == Msg::Terminated;
            let orders = match fact {
                Msg::Tick(now) if batch.peek().is_some() => update::pass_time(&mut self.model, now),
                fact => update::update(&mut self.model, fact),
            };
            if let Some(mut ended) = self.carry_out(orders, input).await? {
                ended.terminated |= terminated;
                return Ok(Some(ended));
            }
        }
        Ok(None)
    }

    async fn carry_out(
        &mut self,
        orders: Vec<Effect>,
        input: &mut impl Input,
    ) -> io::Result<Option<Ended>> {
        let mut orders = VecDeque::from(orders);
        let mut terminated = false;
        while let Some(order) = orders.pop_front() {
            match order {
                Effect::Exit { print } => return Ok(Some(Ended { print, terminated })),
                Effect::Redraw => {
                    self.surface.clear()?;
                }
                Effect::TakeMouse(wanted) => self.surface.backend_mut().take_mouse(wanted)?,
                Effect::Suspend => self.suspend()?,
                Effect::Copy { text, label } => {
                    if self.executor.copies_by_terminal() {
                        self.surface.backend_mut().copy(&text)?;
                    }
                    self.executor.call(Effect::Copy { text, label });
                }
                Effect::PrintBelow { text } => {
                    for fact in self.print_below(&text, input).await? {
                        terminated |= fact == Msg::Terminated;
                        orders.extend(update::update(&mut self.model, fact));
                    }
                }
                Effect::OpenEditor { of, text, file } => {
                    match self.edit(&file, &text, input).await? {
                        Edited::Back(result) => orders.extend(self.edited(of, result)?),
                        Edited::Ended(ended) => return Ok(Some(ended)),
                    }
                }
                call => self.executor.call(call),
            }
        }
        Ok(None)
    }

    /// Gives the terminal to the editor until it ends. Nothing is drawn and no key is read meanwhile; answers wait.
    async fn edit(&mut self, file: &str, text: &str, input: &mut impl Input) -> io::Result<Edited> {
        let sheet = match self.editor.lay_out(file, text) {
            Ok(sheet) => sheet,
            Err(words) => return Ok(Edited::Back(Err(words))),
        };
        input.let_go().await;
        let backend = self.surface.backend_mut();
        let modes = backend.lend();
        let end = match self.editor.start(sheet.path()) {
            Ok(mut child) => Ok(editor::until_ended(&mut child, &mut self.signals).await),
            Err(words) => Err(words),
        };
        if matches!(end, Ok(Ok(End::Terminated))) {
            backend.tidy(&modes);
            return Ok(Edited::Ended(self.ended_away(sheet)));
        }
        if let Err(error) = backend.take_back(&modes) {
            let kept = sheet.abandon().unwrap_or_default();
            return Err(io::Error::other(format!("{error}\n{kept}")));
        }
        input.take_up();
        Ok(Edited::Back(match end {
            Ok(ended) => sheet.take_in(ended),
            Err(words) => Err(words),
        }))
    }

    /// Tells what became of a text that was with the editor; the terminal may have another size by now.
    fn edited(&mut self, of: Handed, result: Result<String, String>) -> io::Result<Vec<Effect>> {
        let size = self.surface.clear()?;
        let facts = [Msg::Tick(now()), Msg::Resized(size), Msg::EditorClosed { of, result }];
        Ok(facts.into_iter().flat_map(|fact| update::update(&mut self.model, fact)).collect())
    }

    /// The system ends the console while the editor has the terminal.
    fn ended_away(&mut self, sheet: Sheet) -> Ended {
        let orders = update::update(&mut self.model, Msg::Terminated);
        let words = orders.into_iter().find_map(|order| match order {
            Effect::Exit { print } => print,
            _ => None,
        });
        let kept = sheet.abandon();
        let told: String = [words, kept].into_iter().flatten().collect();
        let print = (!told.is_empty()).then_some(told);
        Ended { print, terminated: true }
    }

    /// Stops until the shell resumes us; the size may have changed meanwhile.
    fn suspend(&mut self) -> io::Result<()> {
        self.surface.backend_mut().suspend()?;
        let size = self.surface.clear()?;
        update::update(&mut self.model, Msg::Resized(size));
        Ok(())
    }

    fn draw(&mut self, on_frame: &mut impl FnMut(&Buffer)) -> io::Result<()> {
        self.surface.backend_mut().begin_frame()?;
        self.surface.draw(&mut self.model, &self.theme)?;
        on_frame(self.surface.shown());
        self.surface.backend_mut().end_frame()
    }
}

/// The next event, if it is there already. Polled with this task's own waker: the terminal's event stream keeps the
/// first waker it is given, and would never wake us again after a poll with another.
async fn ready<S>(input: &mut S) -> Option<Event>
where
    S: Input,
{
    poll_fn(|context| match input.poll_next_unpin(context) {
        Poll::Ready(Some(Ok(event))) => Poll::Ready(Some(event)),
        // An error or the end shows itself again to the poll that waits.
        Poll::Ready(_) | Poll::Pending => Poll::Ready(None),
    })
    .await
}

#[expect(clippy::disallowed_methods, reason = "the edge is where the clock is read")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
