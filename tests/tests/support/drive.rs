//! Asynchronous and blocking clients in one form, so that a test is written once for both.

use smithereen_runtime::blocking::Blocking;
use smithereen_runtime::client::{Async, Callable, Items, Mode, Pages};
use smithereen_runtime::{Error, Operation, Paginated, PaginatedItems};
use std::future::Future;

/// What a page is, or the error in its place.
type Page<O> = Result<<O as Operation>::Output, Error<<O as Operation>::Error>>;

/// What an item is, or the error in its place.
type Item<O> = Result<<O as PaginatedItems>::Item, Error<<O as Operation>::Error>>;

/// A mode whose calls a test can wait for.
pub trait Drive: Mode {
    /// The name of the mode, for names of things.
    const NAME: &'static str;

    /// What a call ends with.
    fn wait<T: Send + 'static>(call: Self::Of<T>) -> T;

    /// All pages.
    fn pages<O: Callable + Paginated>(pages: Pages<O, Self>) -> Vec<Page<O>>;

    /// All items.
    fn items<O: Callable + PaginatedItems>(items: Items<O, Self>) -> Vec<Item<O>>;
}

impl Drive for Async {
    const NAME: &'static str = "async";

    fn wait<T: Send + 'static>(call: Self::Of<T>) -> T {
        block_on(call)
    }

    fn pages<O: Callable + Paginated>(mut pages: Pages<O, Self>) -> Vec<Page<O>> {
        block_on(async {
            let mut all = Vec::new();
            while let Some(page) = pages.next().await {
                all.push(page);
            }
            all
        })
    }

    fn items<O: Callable + PaginatedItems>(mut items: Items<O, Self>) -> Vec<Item<O>> {
        block_on(async {
            let mut all = Vec::new();
            while let Some(item) = items.next().await {
                all.push(item);
            }
            all
        })
    }
}

impl Drive for Blocking {
    const NAME: &'static str = "blocking";

    fn wait<T: Send + 'static>(call: T) -> T {
        call
    }

    fn pages<O: Callable + Paginated>(pages: Pages<O, Self>) -> Vec<Page<O>> {
        pages.collect()
    }

    fn items<O: Callable + PaginatedItems>(items: Items<O, Self>) -> Vec<Item<O>> {
        items.collect()
    }
}

thread_local! {
    /// The runtime of a test: connections that are kept between calls live on it.
    static RUNTIME: tokio::runtime::Runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
}

/// Drives a future on the runtime of the test.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    RUNTIME.with(|runtime| runtime.block_on(future))
}
