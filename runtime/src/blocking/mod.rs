//! Clients that block the calling thread, with no asynchronous runtime: the same orchestrator, over
//! ureq, sleeping with the thread.
//!
//! | module | subject |
//! | --- | --- |
//! | `alarms` | how calls sleep with the thread that drives them |
//! | `deadline` | tells the transport when an attempt has to be over |
//! | `transport` | ureq, as an HTTP client of AWS's runtime |

pub(crate) mod alarms;
mod deadline;
mod transport;

pub use transport::UreqHttpClient;

use crate::client::{Mode, sealed};
use crate::executor::block_on;
use alarms::ThreadSleep;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_types::SdkConfig;
use aws_types::sdk_config::SharedHttpClient;
use std::future::Future;

/// Calls are made on the calling thread and give their result.
///
/// Credentials have to come from a provider that needs no asynchronous runtime: from the program,
/// from the environment, from a file.
#[derive(Clone, Copy, Debug)]
pub struct Blocking;

impl sealed::Sealed for Blocking {}

impl Mode for Blocking {
    type Of<T: Send + 'static> = T;

    fn run<T: Send + 'static>(call: impl Future<Output = T> + Send + 'static) -> T {
        block_on(call)
    }

    /// Nothing: the transport and the way to sleep that services share belong to an asynchronous
    /// runtime, as does any way to sleep but this one.
    fn adopt(components: &mut RuntimeComponentsBuilder, _: Option<&SdkConfig>) {
        if components.sleep_impl().is_some() {
            components.set_sleep_impl(Some(SharedAsyncSleep::new(ThreadSleep)));
        }
    }

    fn complete(components: &mut RuntimeComponentsBuilder) {
        components.set_sleep_impl(Some(SharedAsyncSleep::new(ThreadSleep)));
        components.push_interceptor(SharedInterceptor::permanent(deadline::Deadlines));
        if components.http_client().is_none() {
            components.set_http_client(Some(SharedHttpClient::new(UreqHttpClient::new())));
        }
    }
}
