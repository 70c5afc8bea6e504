//! Alarms of a thread: how calls sleep with the thread that drives them.

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

thread_local! {
    /// Who on this thread wants to be woken, and when.
    static ALARMS: RefCell<BTreeMap<Alarm, Waker>> = const { RefCell::new(BTreeMap::new()) };
    static NEXT: Cell<u64> = const { Cell::new(0) };
}

/// When, and a number that no other alarm has.
type Alarm = (Instant, u64);

/// Wakes all whose time has come, and says when the next alarm is: at once, if there were any.
pub(crate) fn ring() -> Option<Instant> {
    let now = Instant::now();
    let (due, next) = ALARMS.with_borrow_mut(|alarms| {
        let later = alarms.split_off(&(now, u64::MAX));
        let due = std::mem::replace(alarms, later);
        (due, alarms.first_key_value().map(|((at, _), _)| *at))
    });
    if due.is_empty() {
        return next;
    }
    due.into_values().for_each(Waker::wake);
    Some(now)
}

/// Sleeps with the thread that drives the call.
#[derive(Debug)]
pub(crate) struct ThreadSleep;

impl AsyncSleep for ThreadSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        // Further ahead than the clock can say is never.
        let until = Instant::now().checked_add(duration);
        Sleep::new(Until {
            alarm: until.map(|until| (until, NEXT.replace(NEXT.get().wrapping_add(1)))),
        })
    }
}

struct Until {
    alarm: Option<Alarm>,
}

impl Future for Until {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(alarm) = self.alarm else {
            return Poll::Pending;
        };
        if Instant::now() >= alarm.0 {
            return Poll::Ready(());
        }
        ALARMS.with_borrow_mut(|alarms| alarms.insert(alarm, context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Until {
    fn drop(&mut self) {
        if let Some(alarm) = self.alarm {
            // At the end of a thread there are no alarms any more.
            let _ = ALARMS.try_with(|alarms| alarms.borrow_mut().remove(&alarm));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::executor::block_on;
    use std::sync::mpsc;
    use std::thread;

    #[test]
    fn a_value_that_is_there_is_given() {
        assert_eq!(block_on(async { 7 }), 7);
    }

    #[test]
    fn the_thread_sleeps_until_the_alarm() {
        let start = Instant::now();
        block_on(ThreadSleep.sleep(Duration::from_millis(20)));
        assert!(start.elapsed() >= Duration::from_millis(20));
        ALARMS.with_borrow(|alarms| assert!(alarms.is_empty()));
    }

    #[test]
    fn a_sleep_that_is_dropped_leaves_no_alarm() {
        block_on(async {
            let mut sleep = ThreadSleep.sleep(Duration::from_secs(3600));
            std::future::poll_fn(|context| {
                assert!(Pin::new(&mut sleep).poll(context).is_pending());
                Poll::Ready(())
            })
            .await;
        });
        ALARMS.with_borrow(|alarms| assert!(alarms.is_empty()));
    }

    #[test]
    fn another_thread_can_wake() {
        let (sender, receiver) = mpsc::channel::<Waker>();
        thread::spawn(move || receiver.into_iter().for_each(Waker::wake));
        let mut polled = 0;
        block_on(std::future::poll_fn(|context| {
            polled += 1;
            if polled == 2 {
                return Poll::Ready(());
            }
            let _ = sender.send(context.waker().clone());
            Poll::Pending
        }));
        assert_eq!(polled, 2);
    }

    #[test]
    fn a_call_within_a_call_takes_no_wake_up_from_it() {
        let mut polled = 0;
        block_on(std::future::poll_fn(|context| {
            polled += 1;
            if polled == 2 {
                return Poll::Ready(());
            }
            let waker = context.waker().clone();
            let other = thread::spawn(move || waker.wake());
            let _ = other.join();
            // Parks the thread, which has its token already.
            block_on(ThreadSleep.sleep(Duration::from_millis(5)));
            Poll::Pending
        }));
        assert_eq!(polled, 2);
    }
}
