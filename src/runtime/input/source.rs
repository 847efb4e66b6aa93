//! Two ways to learn that the terminal has something to read: by its own readiness where the system tells it, and by the
//! library's stream elsewhere.

use std::{
    io,
    sync::{Arc, Mutex},
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

use crossterm::event::{self, Event, EventStream};
use futures_util::StreamExt;

/// Long enough for the library to look at what it has read already: with none it does not look at all.
const A_LOOK: Duration = Duration::from_micros(20);
/// So many events come out together at most.
const AT_MOST: usize = 1024;
/// How often the library's thread is asked whether it has gone. Only half an escape sequence can hold it.
const PATIENCE: usize = 100;

/// Where events come from.
#[derive(Debug)]
pub(super) enum Source {
    /// The terminal itself: no other thread stands between a key and the loop.
    #[cfg(unix)]
    Direct(Box<direct::Direct>),
    /// The library's stream, whose thread reads.
    Stream(EventStream, Arc<Bell>),
}

/// Wakes whoever waits for events. The library's thread holds on to it for as long as it may read from the terminal.
#[derive(Debug, Default)]
pub(super) struct Bell {
    waiting: Mutex<Option<Waker>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        if let Some(waker) = self.waiting.lock().ok().and_then(|mut waiting| waiting.take()) {
            waker.wake();
        }
    }
}

impl Source {
    /// Begins to listen.
    pub(super) fn open() -> Self {
        #[cfg(unix)]
        match direct::Direct::open() {
            Ok(direct) => return Self::Direct(Box::new(direct)),
            Err(error) => tracing::debug!(%error, "the terminal does not tell when it can be read"),
        }
        Self::Stream(EventStream::new(), Arc::default())
    }

    /// Takes the events that have come. What arrived together comes out together, or a held key would cost a frame for
    /// every step. Ready may be told for none.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        mut hear: impl FnMut(Event),
    ) -> Poll<io::Result<()>> {
        match self {
            #[cfg(unix)]
            Self::Direct(direct) => direct.poll(context, hear),
            Self::Stream(stream, bell) => {
                if let Ok(mut waiting) = bell.waiting.lock() {
                    *waiting = Some(context.waker().clone());
                }
                let waker = Waker::from(Arc::clone(bell));
                match stream.poll_next_unpin(&mut Context::from_waker(&waker)) {
                    Poll::Ready(Some(Ok(first))) => hear(first),
                    Poll::Ready(Some(Err(error))) => return Poll::Ready(Err(error)),
                    Poll::Ready(None) => return Poll::Ready(Err(ended())),
                    Poll::Pending => return Poll::Pending,
                }
                Poll::Ready(look(AT_MOST, hear).map(drop))
            }
        }
    }

    /// Takes what can be read without waiting.
    pub(super) fn look(&self, hear: impl FnMut(Event)) -> io::Result<usize> {
        match self {
            #[cfg(unix)]
            Self::Direct(direct) => direct.take_in(AT_MOST, hear),
            Self::Stream(..) => look(AT_MOST, hear),
        }
    }

    /// Reads no more: from when this is done the terminal's keys are another program's.
    pub(super) async fn close(self) {
        match self {
            #[cfg(unix)]
            Self::Direct(_) => {}
            Self::Stream(stream, bell) => {
                drop(stream);
                for _ in 0..PATIENCE {
                    if Arc::strong_count(&bell) == 1 {
                        return;
                    }
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
        }
    }
}

/// Takes what the library has read and what it can read without waiting, but no more than this; how many those were.
fn look(most: usize, mut hear: impl FnMut(Event)) -> io::Result<usize> {
    let mut heard = 0;
    while heard < most && event::poll(A_LOOK)? {
        hear(event::read()?);
        heard += 1;
    }
    Ok(heard)
}

fn ended() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the terminal is gone")
}

#[cfg(unix)]
mod direct {
    use std::{
        io,
        os::fd::{AsFd, OwnedFd},
        task::{Context, Poll, ready},
    };

    use crossterm::event::Event;
    use rustix::io::{ioctl_fionbio, ioctl_fionread};
    use tokio::{
        io::{Interest, unix::AsyncFd},
        signal::unix::{Signal, SignalKind, signal},
    };

    use super::{AT_MOST, ended, look};
    use crate::runtime::terminal;

    const LOOKS: u8 = 2;

    /// The terminal, and who tells that its size has changed.
    #[derive(Debug)]
    pub(in super::super) struct Direct {
        terminal: AsyncFd<OwnedFd>,
        resized: Signal,
        /// How often the library is to be asked before the terminal: it may hold events that it has read already, and one
        /// question may come to nothing while the processor is another program's.
        looks: u8,
        /// It is to be asked then, but not before what it told last was drawn.
        looks_later: bool,
        /// Nobody was told the size since this was opened; it may have changed before.
        is_new: bool,
    }

    impl Direct {
        /// # Errors
        /// When the system tells nothing of this terminal's readiness.
        #[expect(
            deprecated,
            reason = "for descriptors that change while they are registered, as an owned one cannot; its successor is \
                      unsafe code"
        )]
        pub(super) fn open() -> io::Result<Self> {
            let terminal = io::stdin().as_fd().try_clone_to_owned()?;
            Ok(Self {
                terminal: AsyncFd::with_interest(terminal, Interest::READABLE)?,
                resized: signal(SignalKind::window_change())?,
                looks: LOOKS,
                looks_later: false,
                is_new: true,
            })
        }

        pub(super) fn poll(
            &mut self,
            context: &mut Context<'_>,
            mut hear: impl FnMut(Event),
        ) -> Poll<io::Result<()>> {
            loop {
                // The library hears of it too, but maybe later, and then nobody would ask.
                let is_resized = self.resized.poll_recv(context).is_ready();
                if std::mem::take(&mut self.is_new) || is_resized {
                    let told = terminal::size().map(|size| (size.width, size.height));
                    let (width, height) = told.map_or_else(crossterm::terminal::size, Ok)?;
                    hear(Event::Resize(width, height));
                    return Poll::Ready(Ok(()));
                }
                if std::mem::take(&mut self.looks_later) {
                    self.looks = LOOKS;
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                while self.looks > 0 {
                    self.looks -= 1;
                    if self.take_in(AT_MOST, &mut hear)? > 0 {
                        self.looks = LOOKS;
                        return Poll::Ready(Ok(()));
                    }
                }
                let mut readable = ready!(self.terminal.poll_read_ready(context))?;
                let is_gone = readable.ready().is_read_closed();
                match ioctl_fionread(self.terminal.get_ref())? {
                    0 if is_gone => return Poll::Ready(Err(ended())),
                    0 => readable.clear_ready(),
                    // One byte is one event. Another one may have come since, but a key is not to wait for that.
                    1 => {
                        drop(readable);
                        if self.take_in(1, &mut hear)? > 0 {
                            self.looks_later = true;
                            return Poll::Ready(Ok(()));
                        }
                    }
                    _ => self.looks = LOOKS,
                }
            }
        }

        /// Half an escape sequence, or half a letter, would make the library wait for the other half, and the console
        /// with it: the terminal is not to be waited for while it reads.
        pub(super) fn take_in(&self, most: usize, hear: impl FnMut(Event)) -> io::Result<usize> {
            let terminal = self.terminal.get_ref();
            ioctl_fionbio(terminal, true)?;
            let looked = look(most, hear);
            ioctl_fionbio(terminal, false)?;
            looked
        }
    }
}
