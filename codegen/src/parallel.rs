//! Many tasks on all cores, with everything that went wrong in any of them.

use crate::error::Diagnostic;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What one of many tasks ends with: all that it found wrong, if it did.
pub(crate) type Outcome<T> = Result<T, Vec<Diagnostic>>;

/// All results, or all that went wrong.
pub(crate) fn sift<T>(outcomes: Vec<Outcome<T>>) -> Outcome<Vec<T>> {
    let mut problems = Vec::new();
    let mut results = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        match outcome {
            Ok(result) => results.push(result),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() {
        Ok(results)
    } else {
        Err(problems)
    }
}

/// Does two things at a time; if the check fails, the result of the work is nothing.
pub(crate) fn beside<T>(
    check: impl FnOnce() -> Result<(), Diagnostic> + Send,
    work: impl FnOnce() -> Outcome<T>,
) -> Outcome<T> {
    std::thread::scope(|scope| {
        let check = scope.spawn(check);
        let result = work();
        match check.join() {
            Ok(Ok(())) => result,
            Ok(Err(problem)) => Err(vec![problem]),
            Err(_) => Err(vec![panicked()]),
        }
    })
}

/// Does something with each item, on all cores; the results are in the order of the items.
pub(crate) fn parallel<I: Sync, T: Send>(
    items: &[I],
    work: impl Fn(&I) -> Outcome<T> + Sync,
) -> Vec<Outcome<T>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    on_cores(cores, items, work)
}

/// The same, on so many cores at most.
pub(crate) fn on_cores<I: Sync, T: Send>(
    cores: usize,
    items: &[I],
    work: impl Fn(&I) -> Outcome<T> + Sync,
) -> Vec<Outcome<T>> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        while let Some((index, item)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, item))
        } {
            done.push((index, work(item)));
        }
        done
    };
    let mut done: Vec<(usize, Outcome<T>)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..cores.min(items.len()))
            .map(|_| scope.spawn(worker))
            .collect();
        let mut done = worker();
        for other in others {
            done.extend(
                other
                    .join()
                    .unwrap_or_else(|_| vec![(0, Err(vec![panicked()]))]),
            );
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

fn panicked() -> Diagnostic {
    Diagnostic::new("the generator stopped").help("this is a defect of smithereen")
}
