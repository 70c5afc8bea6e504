//! Drives a call on the calling thread, which sleeps while there is nothing to do.

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

thread_local! {
    /// When the first of those that sleep wants to be woken.
    static ALARM: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Drives a future to its end.
///
/// The executors of crates.io either know no time or keep a thread for it; this one sleeps until
/// the first alarm of the future itself.
pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    // A call within a call has alarms of its own.
    let outer = ALARM.take();
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            ALARM.set(outer);
            return value;
        }
        match ALARM.take() {
            Some(alarm) => {
                let left = alarm.saturating_duration_since(Instant::now());
                thread::park_timeout(left);
            }
            None => thread::park(),
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Sleeps with the thread that drives the call.
#[derive(Debug)]
pub(super) struct ThreadSleep;

impl AsyncSleep for ThreadSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        // Further ahead than the clock can say is never.
        let until = Instant::now().checked_add(duration);
        Sleep::new(Until(until))
    }
}

struct Until(Option<Instant>);

impl Future for Until {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let Some(until) = self.0 else {
            return Poll::Pending;
        };
        if Instant::now() >= until {
            return Poll::Ready(());
        }
        let first = ALARM.get().map_or(until, |alarm| alarm.min(until));
        ALARM.set(Some(first));
        Poll::Pending
    }
}
