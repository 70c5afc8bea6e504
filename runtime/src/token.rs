//! Idempotency tokens.

use std::fmt::{self, Debug};
use std::sync::Arc;

/// Makes idempotency tokens, by which a service knows a request that it has had already
/// (`smithy.api#idempotencyToken`): random UUIDs by default.
///
/// An operation asks for one where the caller has given none.
#[derive(Clone, Default)]
pub struct IdempotencyTokens(Option<Arc<Make>>);

type Make = dyn Fn() -> String + Send + Sync;

impl IdempotencyTokens {
    /// Random UUIDs of version 4.
    pub fn random() -> Self {
        Self::default()
    }

    /// What this function returns, for tests.
    pub fn of(make: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(make)))
    }

    /// A token.
    pub fn token(&self) -> String {
        match &self.0 {
            Some(make) => make(),
            None => random(),
        }
    }
}

impl Debug for IdempotencyTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdempotencyTokens").finish_non_exhaustive()
    }
}

/// A UUID of version 4, which makes a repeated request recognisable.
fn random() -> String {
    let random = fastrand::u128(..).to_be_bytes();
    uuid::Builder::from_random_bytes(random)
        .into_uuid()
        .to_string()
}
