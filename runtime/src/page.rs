//! Operations that answer in pages, with no I/O.

use crate::operation::Operation;
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Display};

/// An operation whose answer comes in pages (`paginators-1.json`; `smithy.api#paginated`).
///
/// Written by the generator, completed by [`paginated!`](crate::paginated!).
pub trait Paginated: Operation<Input: Clone> {
    /// What says where a page begins (`input_token`, `output_token`).
    type Token: PartialEq;

    /// Where the page begins that is asked for.
    fn token(input: &Self::Input) -> Self::Token;

    /// Asks for the page that begins there.
    fn set_token(input: &mut Self::Input, token: Self::Token);

    /// Where the next page begins, nothing after the last one.
    fn next_token(page: &Self::Output) -> Option<Self::Token>;

    /// Asks for so many items on a page (`limit_key`). It has no effect where the service has no
    /// such setting.
    fn set_page_size(_input: &mut Self::Input, _items: i32) {}

    /// The request of the next page, nothing after the last one.
    ///
    /// # Errors
    ///
    /// If the service has sent the token that it was given, which would go on for ever.
    fn next_input(
        input: &Self::Input,
        page: &Self::Output,
    ) -> Result<Option<Self::Input>, RepeatedToken> {
        let Some(token) = Self::next_token(page) else {
            return Ok(None);
        };
        if token == Self::token(input) {
            return Err(RepeatedToken {
                operation: Self::NAME,
            });
        }
        let mut next = input.clone();
        Self::set_token(&mut next, token);
        Ok(Some(next))
    }
}

/// A paginated operation whose pages are lists of one thing (`result_key`).
pub trait PaginatedItems: Paginated {
    /// What the pages are lists of.
    type Item: Send + 'static;

    /// What is on a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// A type that tokens have.
pub trait Token: Clone {
    /// Whether it stands for no page at all.
    fn is_nothing(&self) -> bool;
}

impl Token for String {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl Token for i32 {
    fn is_nothing(&self) -> bool {
        *self == 0
    }
}

impl Token for i64 {
    fn is_nothing(&self) -> bool {
        *self == 0
    }
}

impl<K: Clone, V: Clone> Token for BTreeMap<K, V> {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

/// A token as a response has it: what is empty leads to no page.
pub fn token<T: Token>(token: Option<&T>) -> Option<T> {
    token.filter(|token| !token.is_nothing()).cloned()
}

/// Completes a generated [`Paginated`]: with clients, the way to its pages.
#[macro_export]
macro_rules! paginated {
    ($operation:ident, $builder:ident) => {
        $crate::__paginator!($operation, $builder);
    };
}

/// Without clients, pages are asked for one by one.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __paginator {
    ($operation:ident, $builder:ident) => {};
}

/// The service has sent the same token twice in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatedToken {
    operation: &'static str,
}

impl Display for RepeatedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a page of {} says that it comes after itself: the service has sent the token that it was given",
            self.operation
        )
    }
}

impl std::error::Error for RepeatedToken {}
