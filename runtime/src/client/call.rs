//! One call: sent, customised or presigned.

use super::config::Config;
use super::presigned::{self, Presigned};
use super::{Callable, Handle, Mode, failure, plugins, traces};
use crate::error::{BoxError, Error, ErrorKind};
use crate::operation::{Auth, Service};
use aws_smithy_runtime::client::interceptors::{MapRequestInterceptor, MutateRequestInterceptor};
use aws_smithy_runtime::client::orchestrator::{StopPoint, invoke_with_stop_point};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    Error as AnyError, Input, InterceptorContext,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::time::Duration;
use tracing::Instrument;

/// The start of a call: a client, before the input is there.
#[derive(Debug)]
pub struct Call<M>(pub(super) Handle<M>);

impl<M> Clone for Call<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

type Result<O> =
    std::result::Result<<O as crate::Operation>::Output, Error<<O as crate::Operation>::Error>>;

impl<M: Mode> Call<M> {
    /// Calls the operation.
    pub fn send<O: Callable>(self, input: O::Input) -> M::Of<Result<O>> {
        let plugins = self.plugins::<O>();
        M::run(async move { send::<O>(plugins?, input).await })
    }

    /// The same call, with something changed for it alone.
    pub fn customize<O: Callable>(self, input: O::Input) -> Customize<O, M> {
        Customize {
            call: self,
            input,
            config: Config::builder(),
        }
    }

    /// Signs the request instead of sending it.
    pub fn presigned<O: Callable>(
        self,
        input: O::Input,
        expires_in: Duration,
    ) -> M::Of<std::result::Result<Presigned, Error<O::Error>>> {
        let plugins = self.plugins::<O>();
        M::run(async move { presign::<O>(plugins?, input, expires_in).await })
    }

    /// The client's plugins and the operation's.
    fn plugins<O: Callable>(&self) -> std::result::Result<RuntimePlugins, Error<O::Error>> {
        let plugins = self.0.shared.plugins.as_ref();
        let plugins = plugins.map_err(|problem| refused::<O>(problem.as_str()))?;
        Ok(plugins.clone().with_operation_plugin(O::plugin().clone()))
    }
}

/// Nothing is sent, for this reason.
fn refused<O: Callable>(reason: impl Into<BoxError>) -> Error<O::Error> {
    Error::new(O::NAME, ErrorKind::Request(reason.into()))
}

/// A call that differs from the client's others: another configuration, interceptors, a changed
/// request.
pub struct Customize<O: Callable, M> {
    call: Call<M>,
    input: O::Input,
    config: super::config::Builder,
}

impl<O: Callable, M> Debug for Customize<O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customize")
            .field("operation", &O::NAME)
            .field("input", &self.input)
            .finish_non_exhaustive()
    }
}

impl<O: Callable, M: Mode> Customize<O, M> {
    /// Runs at the orchestrator's hooks.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.config = self.config.interceptor(interceptor);
        self
    }

    /// Changes each attempt's request before it is signed.
    #[must_use]
    pub fn mutate_request<F>(self, change: F) -> Self
    where
        F: Fn(&mut HttpRequest) + Send + Sync + 'static,
    {
        self.interceptor(MutateRequestInterceptor::new(change))
    }

    /// Replaces each attempt's request before it is signed, or refuses it.
    #[must_use]
    pub fn map_request<F, E>(self, change: F) -> Self
    where
        F: Fn(HttpRequest) -> std::result::Result<HttpRequest, E> + Send + Sync + 'static,
        E: StdError + Send + Sync + 'static,
    {
        self.interceptor(MapRequestInterceptor::new(change))
    }

    /// Has precedence over the client's configuration, in what it sets.
    #[must_use]
    pub fn config_override(mut self, config: super::config::Builder) -> Self {
        self.config = config.with_interceptors_of(&self.config);
        self
    }

    /// Calls the operation.
    ///
    /// # Errors
    ///
    /// As without the changes, and whatever an interceptor returns.
    pub fn send(self) -> M::Of<Result<O>> {
        let (plugins, input) = self.parts();
        M::run(async move { send::<O>(plugins?, input).await })
    }

    /// Signs the request, for anybody to send until `expires_in` has passed.
    ///
    /// # Errors
    ///
    /// What stands in the way of a signature, and whatever an interceptor returns.
    pub fn presigned(
        self,
        expires_in: Duration,
    ) -> M::Of<std::result::Result<Presigned, Error<O::Error>>> {
        let (plugins, input) = self.parts();
        M::run(async move { presign::<O>(plugins?, input, expires_in).await })
    }

    /// The plugins of the call, this one's included, and its input.
    fn parts(
        self,
    ) -> (
        std::result::Result<RuntimePlugins, Error<O::Error>>,
        O::Input,
    ) {
        let own = plugins::of_override::<M>(
            &self.config.build(),
            <O::Service as crate::Service>::ID,
            self.call.0.shared.rules,
        );
        let plugins = self.call.plugins::<O>();
        let plugins = plugins.map(|plugins| plugins.with_operation_plugin(own));
        (plugins, self.input)
    }
}

async fn send<O: Callable>(plugins: RuntimePlugins, input: O::Input) -> Result<O> {
    let context = invoke::<O>(&plugins, input, StopPoint::None).await?;
    let output = context.finalize().map_err(failure::of::<O>)?;
    let output = output.downcast::<O::Output>();
    // Only an interceptor that replaces outputs can make this fail.
    output.map_err(|_| {
        let source = "an interceptor has put an output of another operation in its place";
        Error::new(O::NAME, ErrorKind::Transport(source.into()))
    })
}

async fn presign<O: Callable>(
    plugins: RuntimePlugins,
    input: O::Input,
    expires_in: Duration,
) -> std::result::Result<Presigned, Error<O::Error>> {
    if O::AUTH.first() == Some(&Auth::None) {
        return Err(refused::<O>(
            "its requests are not signed, so anybody can send them",
        ));
    }
    let presigning =
        presigned::plugin(expires_in, O::Service::SIGNS_LIKE_S3).map_err(refused::<O>)?;
    let plugins = plugins.with_operation_plugin(presigning);
    let mut context = invoke::<O>(&plugins, input, StopPoint::BeforeTransmit).await?;
    Presigned::of(context.take_request()).map_err(refused::<O>)
}

/// As far as it goes: an output, or a request ready to be sent.
async fn invoke<O: Callable>(
    plugins: &RuntimePlugins,
    input: O::Input,
    stop: StopPoint,
) -> std::result::Result<InterceptorContext, Error<O::Error>> {
    let (service, operation) = (<O::Service as crate::Service>::ID, O::NAME);
    orchestrate(service, operation, Input::erase(input), plugins, stop)
        .await
        .map_err(failure::of::<O>)
}

/// The orchestrator, compiled once for all operations.
async fn orchestrate(
    service: &'static str,
    operation: &'static str,
    input: Input,
    plugins: &RuntimePlugins,
    stop: StopPoint,
) -> std::result::Result<InterceptorContext, SdkError<AnyError, HttpResponse>> {
    let span = tracing::debug_span!(
        "call",
        rpc.system = "aws-api",
        rpc.service = service,
        rpc.method = operation,
    );
    let call = invoke_with_stop_point(service, operation, input, plugins, stop);
    traces::without_secrets(call.instrument(span)).await
}
