//! Drives a call or a stream on the calling thread, which sleeps while there is nothing to do.

#[cfg(feature = "blocking")]
use crate::blocking::alarms::ring;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Instant;

/// Drives a future to its end.
///
/// The executors of crates.io either know no time or keep a thread for it; this one sleeps until
/// the first alarm on this thread.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let woken = Arc::new(Woken {
        thread: thread::current(),
        woken: AtomicBool::new(true),
    });
    let waker = Waker::from(Arc::clone(&woken));
    let mut context = Context::from_waker(&waker);
    loop {
        // Whoever else parks this thread may take its wake-up, but not this one.
        if woken.woken.swap(false, Ordering::Acquire)
            && let Poll::Ready(value) = future.as_mut().poll(&mut context)
        {
            return value;
        }
        if woken.woken.load(Ordering::Acquire) {
            continue;
        }
        match ring() {
            Some(next) => thread::park_timeout(next.saturating_duration_since(Instant::now())),
            None => thread::park(),
        }
    }
}

/// Without blocking clients there are no alarms.
#[cfg(not(feature = "blocking"))]
fn ring() -> Option<Instant> {
    None
}

struct Woken {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
