//! Tells the transport when an attempt has to be over.
//!
//! Timeouts are futures beside the call's. A transport that blocks the thread lets none of them
//! run, so it has to keep the time itself.

use crate::client::StreamingOutput;
use crate::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::timeout::{MergeTimeoutConfig, TimeoutConfig};
use std::fmt::{self, Display};
use std::time::{Duration, Instant};

/// When the transport has to give up, on the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    at: Instant,
    timeout: Timeout,
}

/// What takes too long, and how long it may take.
#[derive(Clone, Copy, Debug)]
pub(super) enum Timeout {
    Call(Duration),
    Attempt(Duration),
}

impl Deadline {
    fn new(from: Instant, timeout: Timeout) -> Option<Self> {
        let (Timeout::Call(duration) | Timeout::Attempt(duration)) = timeout;
        let at = from.checked_add(duration)?;
        Some(Self { at, timeout })
    }

    /// How much time is left.
    pub fn left(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }

    /// The error when there is none left.
    pub fn passed(&self) -> Timeout {
        self.timeout
    }
}

impl Display for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(timeout) => {
                write!(
                    f,
                    "the call with all its attempts took longer than {timeout:?}"
                )
            }
            Self::Attempt(timeout) => write!(f, "the attempt took longer than {timeout:?}"),
        }
    }
}

impl std::error::Error for Timeout {}

/// How long nothing may come or go, on the request.
///
/// Stalled-stream protection watches bodies that are on their way; those of a transport that
/// blocks the thread have arrived when it sees them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stall(pub Duration);

/// When the call began.
#[derive(Clone, Copy, Debug)]
struct Began(Instant);

impl Storable for Began {
    type Storer = StoreReplace<Self>;
}

/// Puts a [`Deadline`] on each attempt's request.
#[derive(Debug)]
pub(super) struct Deadlines;

#[dyn_dispatch_hint]
impl Intercept for Deadlines {
    fn name(&self) -> &'static str {
        "Deadlines"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config.interceptor_state().store_put(Began(Instant::now()));
        Ok(())
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let timeouts: TimeoutConfig = config.load::<MergeTimeoutConfig>();
        let of_call = config.load::<Began>().zip(timeouts.operation_timeout());
        let of_call =
            of_call.and_then(|(began, timeout)| Deadline::new(began.0, Timeout::Call(timeout)));
        let of_attempt = timeouts.operation_attempt_timeout();
        let of_attempt =
            of_attempt.and_then(|timeout| Deadline::new(Instant::now(), Timeout::Attempt(timeout)));
        let protection = config.load::<StalledStreamProtectionConfig>();
        let protection = protection.filter(|protection| protection.download_enabled());
        let stall = timeouts
            .read_timeout()
            .or(protection.map(StalledStreamProtectionConfig::grace_period));
        if let Some(stall) = stall {
            context.request_mut().add_extension(Stall(stall));
        }
        if config.load::<StreamingOutput>().is_some() {
            context.request_mut().add_extension(StreamingOutput);
        }
        let deadlines = of_call.into_iter().chain(of_attempt);
        if let Some(deadline) = deadlines.min_by_key(|deadline| deadline.at) {
            context.request_mut().add_extension(deadline);
        }
        Ok(())
    }
}
