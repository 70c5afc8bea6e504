//! Operations that answer in pages.

use super::{Async, Call, Callable, Mode};
use crate::error::{Error, ErrorKind, ErrorMeta};
use crate::page::{Paginated, PaginatedItems};
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// All pages of an operation, to be asked for.
pub struct Paginator<O: Callable, M> {
    call: Call<M>,
    input: O::Input,
}

impl<O: Callable, M> Debug for Paginator<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginator")
            .field("operation", &O::NAME)
            .field("input", &self.input)
            .finish_non_exhaustive()
    }
}

type PageOf<O> = Result<<O as crate::Operation>::Output, ErrorOf<O>>;
type ItemOf<O> = Result<<O as PaginatedItems>::Item, ErrorOf<O>>;
type ErrorOf<O> = Error<<O as crate::Operation>::Error>;

impl<O: Callable + Paginated, M: Mode> Paginator<O, M> {
    /// From the page that the input says.
    pub fn new(call: Call<M>, input: O::Input) -> Self {
        Self { call, input }
    }

    /// At most so many items on a page; the service may give fewer.
    #[must_use]
    pub fn page_size(mut self, items: i32) -> Self {
        O::set_page_size(&mut self.input, items);
        self
    }

    /// The items of all pages, one by one.
    pub fn items(self) -> ItemPaginator<O, M>
    where
        O: PaginatedItems,
    {
        ItemPaginator(self)
    }

    /// Starts asking, a page when it is wanted.
    ///
    /// The pages are a [`Stream`], or an [`Iterator`] if the client blocks. They end after the
    /// last page, and after an error. A token that the service sends twice in a row is an error
    /// after the page that has it, since it would never end.
    pub fn send(self) -> Pages<O, M> {
        Pages {
            call: self.call,
            next: Some(self.input),
            pending: None,
            failed: None,
        }
    }
}

/// All items of all pages, to be asked for.
pub struct ItemPaginator<O: Callable, M>(Paginator<O, M>);

impl<O: Callable, M> Debug for ItemPaginator<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<O: Callable + PaginatedItems, M: Mode> ItemPaginator<O, M> {
    /// Starts asking, a page when its first item is wanted.
    pub fn send(self) -> Items<O, M> {
        Items {
            pages: self.0.send(),
            items: VecDeque::new(),
        }
    }
}

/// The pages of an operation.
pub struct Pages<O: Callable, M: Mode> {
    call: Call<M>,
    /// The request of the next page, if there is one.
    next: Option<O::Input>,
    /// The request that is under way, and its answer.
    pending: Option<UnderWay<O, M>>,
    /// Why there is no other page, which is said after the last.
    failed: Option<ErrorOf<O>>,
}

/// A request, and its answer to be.
type UnderWay<O, M> = (<O as crate::Operation>::Input, <M as Mode>::Of<PageOf<O>>);

impl<O: Callable, M: Mode> Debug for Pages<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::NAME)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

impl<O: Callable + Paginated, M: Mode> Pages<O, M> {
    /// Finds out what comes after a page.
    fn page(&mut self, input: &O::Input, page: PageOf<O>) -> PageOf<O> {
        let page = page?;
        match O::next_input(input, &page) {
            Ok(next) => self.next = next,
            Err(source) => {
                let meta = ErrorMeta::default();
                let source = Box::new(source);
                self.failed = Some(Error::new(O::NAME, ErrorKind::Response { meta, source }));
            }
        }
        Ok(page)
    }
}

impl<O> Pages<O, Async>
where
    O: Callable + Paginated,
{
    /// The next page, nothing after the last.
    pub async fn next(&mut self) -> Option<PageOf<O>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

// Nothing of it is pinned in place: the call under way is in a box.
impl<O: Callable, M: Mode> Unpin for Pages<O, M> {}

impl<O: Callable + Paginated> Stream for Pages<O, Async> {
    type Item = PageOf<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<PageOf<O>>> {
        let this = &mut *self;
        let (input, mut call) = match this.pending.take() {
            Some(under_way) => under_way,
            None => {
                let Some(input) = this.next.take() else {
                    return Poll::Ready(this.failed.take().map(Err));
                };
                (input.clone(), this.call.clone().send::<O>(input))
            }
        };
        let Poll::Ready(page) = Pin::new(&mut call).poll(context) else {
            this.pending = Some((input, call));
            return Poll::Pending;
        };
        Poll::Ready(Some(this.page(&input, page)))
    }
}

#[cfg(feature = "blocking")]
impl<O: Callable + Paginated> Iterator for Pages<O, crate::blocking::Blocking> {
    type Item = PageOf<O>;

    fn next(&mut self) -> Option<PageOf<O>> {
        let Some(input) = self.next.take() else {
            return self.failed.take().map(Err);
        };
        let page = self.call.clone().send::<O>(input.clone());
        Some(self.page(&input, page))
    }
}

/// The items of an operation's pages.
pub struct Items<O: Callable + PaginatedItems, M: Mode> {
    pages: Pages<O, M>,
    /// Those of the last page that have not been taken.
    items: VecDeque<O::Item>,
}

impl<O: Callable + PaginatedItems, M: Mode> Debug for Items<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("left", &self.items.len())
            .finish()
    }
}

impl<O: Callable + PaginatedItems, M: Mode> Unpin for Items<O, M> {}

impl<O: Callable + PaginatedItems> Items<O, Async> {
    /// The next item, nothing after the last.
    pub async fn next(&mut self) -> Option<ItemOf<O>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<O: Callable + PaginatedItems> Stream for Items<O, Async> {
    type Item = ItemOf<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<ItemOf<O>>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.items = O::items(page).into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

#[cfg(feature = "blocking")]
impl<O: Callable + PaginatedItems> Iterator for Items<O, crate::blocking::Blocking> {
    type Item = ItemOf<O>;

    fn next(&mut self) -> Option<ItemOf<O>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.items = O::items(page).into(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
