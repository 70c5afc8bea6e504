//! Tells the transport when an attempt has to be over.
//!
//! Timeouts are futures beside the call's. A transport that blocks the thread lets none of them
//! run, so it has to keep the time itself.

use crate::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::timeout::{MergeTimeoutConfig, TimeoutConfig};
use std::time::Instant;

/// When the transport has to give up, on the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(pub Instant);

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
        let of_call = config
            .load::<Began>()
            .zip(timeouts.operation_timeout())
            .and_then(|(began, timeout)| began.0.checked_add(timeout));
        let of_attempt = timeouts
            .operation_attempt_timeout()
            .and_then(|timeout| Instant::now().checked_add(timeout));
        if let Some(deadline) = of_call.into_iter().chain(of_attempt).min() {
            context.request_mut().add_extension(Deadline(deadline));
        }
        Ok(())
    }
}
