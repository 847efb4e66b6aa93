//! The only impure edge: the loop that feeds facts to `update`, hands its orders to the executor and draws when the
//! queue is empty. It is generic over the screen and the input, so that tests run this very loop. It decides nothing.

pub mod connect;
pub mod executor;
pub mod input;
mod problem;
pub mod screen;
pub mod terminal;

use std::{future::poll_fn, io, task::Poll, time::Duration};

use crossterm::event::Event;
use futures_util::{Stream, StreamExt};
use jiff::Timestamp;
use ratatui::{
    Terminal,
    buffer::Buffer,
    layout::{Position, Rect, Size},
};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    app::{contact, effect::Effect, model::Model, msg::Msg, update},
    view::{self, theme::Theme},
};
use executor::Executor;
use screen::Screen;

/// Everything a running console consists of.
#[derive(Debug)]
pub struct Console<B: Screen> {
    /// What is known.
    pub model: Model,
    /// How it is coloured.
    pub theme: Theme,
    /// Where it is drawn.
    pub terminal: Terminal<B>,
    /// Who carries out orders.
    pub executor: Executor,
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

/// What waits at once before the screen is drawn again; bounds how long keys can go unseen.
const BATCH: usize = 512;

/// Runs until the person or the system ends it. `on_frame` sees every frame that was drawn.
///
/// # Errors
/// When the terminal can no longer be drawn to.
pub async fn run<B, S>(
    console: &mut Console<B>,
    mut input: S,
    mut on_frame: impl FnMut(&Buffer),
) -> io::Result<Ended>
where
    B: Screen,
    S: Stream<Item = io::Result<Event>> + Unpin,
{
    console.model.now = now();
    let begun = update::begin(&mut console.model);
    if let Some(ended) = console.carry_out(begun)? {
        return Ok(ended);
    }
    loop {
        console.draw(&mut on_frame)?;
        let tick = contact::next_tick(&console.model);
        let tick = Duration::try_from(tick).unwrap_or(Duration::from_secs(60));
        let first = tokio::select! {
            biased;
            () = console.signals.next() => Some(Msg::Terminated),
            event = input.next() => match event {
                Some(Ok(event)) => input::fact(event),
                // The terminal is gone: nobody can see or say anything any more.
                Some(Err(_)) | None => Some(Msg::Terminated),
            },
            answer = console.answers.recv() => answer,
            () = tokio::time::sleep(tick) => None,
        };
        let mut batch = vec![Msg::Tick(now())];
        batch.extend(first);
        for _ in 0..BATCH {
            match ready(&mut input).await {
                Some(event) => batch.extend(input::fact(event)),
                None => match console.answers.try_recv() {
                    Ok(answer) => batch.push(answer),
                    Err(_) => break,
                },
            }
        }
        if let Some(ended) = console.take_in(batch)? {
            return Ok(ended);
        }
    }
}

impl<B: Screen> Console<B> {
    fn take_in(&mut self, batch: Vec<Msg>) -> io::Result<Option<Ended>> {
        for fact in batch {
            let terminated = fact == Msg::Terminated;
            let orders = update::update(&mut self.model, fact);
            if let Some(mut ended) = self.carry_out(orders)? {
                ended.terminated = terminated;
                return Ok(Some(ended));
            }
        }
        Ok(None)
    }

    fn carry_out(&mut self, orders: Vec<Effect>) -> io::Result<Option<Ended>> {
        for order in orders {
            match order {
                Effect::Exit { print } => return Ok(Some(Ended { print, terminated: false })),
                Effect::Redraw => {
                    self.repaint()?;
                }
                Effect::Suspend => self.suspend()?,
                call => self.executor.call(call),
            }
        }
        Ok(None)
    }

    /// Stops until the shell resumes us; the size may have changed meanwhile.
    fn suspend(&mut self) -> io::Result<()> {
        self.terminal.backend_mut().suspend()?;
        let size = self.repaint()?;
        update::update(&mut self.model, Msg::Resized(size));
        Ok(())
    }

    /// Lets the next frame paint every cell. `Terminal::clear` would ask the terminal where its cursor is, wait for the
    /// reply while the input stream has hold of the input, and fail.
    fn repaint(&mut self) -> io::Result<Size> {
        let size = self.terminal.size().map_err(io::Error::other)?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size))).map_err(io::Error::other)?;
        Ok(size)
    }

    fn draw(&mut self, on_frame: &mut impl FnMut(&Buffer)) -> io::Result<()> {
        self.terminal.backend_mut().begin_frame()?;
        let Self { model, theme, terminal, .. } = self;
        let drawn = terminal.draw(|frame| view::render(model, theme, frame));
        // Only here: once it is drawn, the terminal's own current buffer is the next frame's, and empty.
        on_frame(drawn.map_err(io::Error::other)?.buffer);
        terminal.backend_mut().end_frame()
    }
}

/// The next event, if it is there already. Polled with this task's own waker: the terminal's event stream keeps the
/// first waker it is given, and would never wake us again after a poll with another.
async fn ready<S>(input: &mut S) -> Option<Event>
where
    S: Stream<Item = io::Result<Event>> + Unpin,
{
    poll_fn(|context| match input.poll_next_unpin(context) {
        Poll::Ready(Some(Ok(event))) => Poll::Ready(Some(event)),
        // An error or the end shows itself again to the poll that waits.
        Poll::Ready(_) | Poll::Pending => Poll::Ready(None),
    })
    .await
}

#[expect(clippy::disallowed_methods, reason = "the edge is where the clock is read")]
fn now() -> Timestamp {
    Timestamp::now()
}

/// The signals that end a console.
#[cfg(unix)]
#[derive(Debug)]
pub struct Signals {
    terminate: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system has no room for a listener.
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.hangup.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Elsewhere there are no such signals; keys end the console.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Listens to nothing.
    ///
    /// # Errors
    /// Never.
    pub fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        std::future::pending::<()>().await;
    }
}
