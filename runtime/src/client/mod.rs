//! Clients that call a service: AWS's orchestrator, wired once for every service.
//!
//! A generated client is a [`Handle`] with a method for each operation; the method gives a builder
//! of the input, which ends in `send`, `customize`, `presigned` or `into_paginator`. Everything
//! that happens after that (endpoint, credentials, signature, retries, timeouts, transport) is done
//! by AWS's published runtime crates; the modules here tell them what to do.
//!
//! | module | subject |
//! | --- | --- |
//! | [`config`] | what can be configured, the same for all services |
//! | `plugins` | a service's and an operation's share in the orchestrator |
//! | `call` | one call: sent, customised or presigned |
//! | `codec` | requests and responses in the form of the orchestrator |
//! | `interceptors` | what is done at the orchestrator's hooks |
//! | `failure` | its errors, as those of this crate |
//! | `paginator` | operations that answer in pages |
//! | `presigned` | requests that are signed for somebody else to send |
//! | `traces` | keeping secrets out of traces |

mod call;
mod codec;
pub mod config;
mod failure;
mod interceptors;
mod macros;
mod paginator;
mod plugins;
mod presigned;
#[cfg(feature = "rustls")]
pub mod rustls;
mod shared_settings;
mod traces;

pub use call::{Call, Customize};
pub use config::Config;
pub use paginator::{ItemPaginator, Items, Pages, Paginator};
pub use presigned::Presigned;

use crate::endpoint::{Endpoints, RuleSet};
use crate::operation::{Operation, Service};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, SharedRuntimePlugin};
use aws_types::SdkConfig;
use std::fmt::{self, Debug};
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// How a client waits: [`Async`], or on the calling thread (feature `blocking`).
pub trait Mode: Copy + Debug + Send + Sync + sealed::Sealed + 'static {
    /// What a call gives: the value itself, or a future of it.
    type Of<T: Send + 'static>;

    /// Drives a call, or gives its future.
    fn run<T: Send + 'static>(call: impl Future<Output = T> + Send + 'static) -> Self::Of<T>;

    /// Takes what is of use in this mode from the configuration that services share.
    #[doc(hidden)]
    fn adopt(components: &mut RuntimeComponentsBuilder, shared: Option<&SdkConfig>);

    /// Puts in what this mode has for what was not configured.
    #[doc(hidden)]
    fn complete(components: &mut RuntimeComponentsBuilder);
}

pub(crate) mod sealed {
    /// Modes are this crate's.
    pub trait Sealed {}
}

/// Calls are futures, for whatever runtime there is.
///
/// With the feature `rustls` they go out over TLS by hyper and tokio; without it,
/// [`Config::builder`] takes any HTTP client and any way to sleep.
#[derive(Clone, Copy, Debug)]
pub struct Async;

impl sealed::Sealed for Async {}

impl Mode for Async {
    type Of<T: Send + 'static> = Pending<T>;

    fn run<T: Send + 'static>(call: impl Future<Output = T> + Send + 'static) -> Pending<T> {
        Pending(Box::pin(call))
    }

    fn adopt(components: &mut RuntimeComponentsBuilder, shared: Option<&SdkConfig>) {
        let Some(shared) = shared else {
            return;
        };
        if components.http_client().is_none() {
            components.set_http_client(shared.http_client());
        }
        if components.sleep_impl().is_none() {
            components.set_sleep_impl(shared.sleep_impl());
        }
    }

    fn complete(components: &mut RuntimeComponentsBuilder) {
        #[cfg(feature = "rustls")]
        if components.http_client().is_none() {
            components.set_http_client(Some(rustls::http_client()));
        }
        // Without a transport of our own, there is nothing to put in.
        let _ = components;
    }
}

/// A call under way. It is two words wide, whatever the orchestrator needs.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Pending<T>(Pin<Box<dyn Future<Output = T> + Send>>);

impl<T> Future for Pending<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        self.0.as_mut().poll(context)
    }
}

impl<T> Debug for Pending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}

/// What every clone of a client shares.
#[derive(Debug)]
pub struct Handle<M> {
    shared: Arc<Shared>,
    mode: PhantomData<M>,
}

#[derive(Debug)]
struct Shared {
    config: Config,
    /// The plugins, or what is wrong with the configuration; every call says so then.
    plugins: Result<RuntimePlugins, String>,
    /// The service's endpoint rules. Operations do not know them: there may be types of theirs in
    /// crates that have no clients.
    rules: &'static RuleSet<'static>,
}

impl<M> Clone for Handle<M> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            mode: PhantomData,
        }
    }
}

impl<M: Mode> Handle<M> {
    /// For a service, with the configuration that services share.
    pub fn new<S: Service + Endpoints>(config: &SdkConfig) -> Self {
        Self::from_conf::<S>(Config::from(config))
    }

    /// For a service, with this configuration.
    pub fn from_conf<S: Service + Endpoints>(config: Config) -> Self {
        let plugins = plugins::of_service::<S, M>(&config);
        let plugins = plugins.map_err(|error| crate::error::chain(&*error));
        Self {
            shared: Arc::new(Shared {
                config,
                plugins,
                rules: S::RULES,
            }),
            mode: PhantomData,
        }
    }

    /// What it was configured with.
    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// The start of a call.
    pub fn call(&self) -> Call<M> {
        Call(self.clone())
    }
}

/// An operation that a client can call. Implemented by [`input!`](crate::input!).
pub trait Callable: Operation {
    /// Its share in the orchestrator, made on first use.
    #[doc(hidden)]
    fn plugin() -> &'static SharedRuntimePlugin;
}

#[cfg(feature = "blocking")]
pub(crate) use plugins::StreamingOutput;
#[doc(hidden)]
pub use plugins::of_operation;
