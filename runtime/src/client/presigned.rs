//! Requests that are signed for somebody else to send.

use crate::error::BoxError;
use aws_runtime::auth::{HttpSignatureType, SigV4OperationSigningConfig};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::service_clock_skew::ServiceClockSkewInterceptor;
use aws_runtime::user_agent::UserAgentInterceptor;
use aws_sigv4::http_request::SignableBody;
use aws_smithy_runtime::client::retries::strategy::NeverRetryStrategy;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, disable_interceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::retries::SharedRetryStrategy;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{SharedRuntimePlugin, StaticRuntimePlugin};
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use std::fmt::{self, Debug};
use std::time::Duration;

/// A signed request: whoever has it can send it, as it is, until it expires.
///
/// So it is a secret for that time, and `Debug` shows neither the query nor the headers.
#[derive(Clone)]
pub struct Presigned(http::Request<Vec<u8>>);

impl Presigned {
    pub(super) fn of(request: Option<HttpRequest>) -> Result<Self, BoxError> {
        let request = request.ok_or("an interceptor has taken the request away")?;
        let request = request.try_into_http1x()?;
        let body = request.body().bytes().map(<[u8]>::to_vec);
        let body = body.ok_or("the body is a stream, which cannot be signed in advance")?;
        Ok(Self(request.map(|_| body)))
    }

    /// The HTTP method.
    pub fn method(&self) -> &str {
        self.0.method().as_str()
    }

    /// The URL, with the signature in its query.
    pub fn uri(&self) -> String {
        self.0.uri().to_string()
    }

    /// The headers, all of which have to be sent: names and values.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.0.headers().iter();
        headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// The body, which has to be sent as it is.
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// The request in the form that HTTP clients of Rust take.
    pub fn into_http(self) -> http::Request<Vec<u8>> {
        self.0
    }
}

impl Debug for Presigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = self.0.uri();
        let host = uri.authority().map_or("", |authority| authority.as_str());
        f.debug_struct("Presigned")
            .field("method", self.0.method())
            .field("host", &host)
            .field("path", &uri.path())
            .finish_non_exhaustive()
    }
}

/// Signs in the query, for as long as this, and without the body if it is `bodiless`.
///
/// # Errors
///
/// If the time is longer than the week that signatures can last, or nothing.
pub(super) fn plugin(
    expires_in: Duration,
    bodiless: bool,
) -> Result<SharedRuntimePlugin, BoxError> {
    const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);
    if expires_in > WEEK || expires_in < Duration::from_secs(1) {
        let message = format!(
            "a presigned request lasts from a second to a week, not {} s",
            expires_in.as_secs()
        );
        return Err(message.into());
    }
    let mut layer = Layer::new("presigned");
    // What belongs to a call, and would have to be sent along.
    layer.store_put(disable_interceptor::<RecursionDetectionInterceptor>(
        "presigned",
    ));
    layer.store_put(disable_interceptor::<InvocationIdInterceptor>("presigned"));
    layer.store_put(disable_interceptor::<RequestInfoInterceptor>("presigned"));
    layer.store_put(disable_interceptor::<UserAgentInterceptor>("presigned"));
    layer.store_put(disable_interceptor::<ServiceClockSkewInterceptor>(
        "presigned",
    ));
    let components = RuntimeComponentsBuilder::new("presigned")
        .with_interceptor(SharedInterceptor::permanent(SignInQuery {
            expires_in,
            bodiless,
        }))
        .with_retry_strategy(Some(SharedRetryStrategy::new(NeverRetryStrategy::new())));
    Ok(StaticRuntimePlugin::new()
        .with_config(layer.freeze())
        .with_runtime_components(components)
        .into_shared())
}

/// Changes where the signature goes.
#[derive(Debug)]
struct SignInQuery {
    expires_in: Duration,
    bodiless: bool,
}

#[dyn_dispatch_hint]
impl Intercept for SignInQuery {
    fn name(&self) -> &'static str {
        "SignInQuery"
    }

    fn modify_before_signing(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let signing = config.load::<SigV4OperationSigningConfig>().cloned();
        let mut signing = signing.unwrap_or_default();
        signing.signing_options.signature_type = HttpSignatureType::HttpRequestQueryParams;
        signing.signing_options.expires_in = Some(self.expires_in);
        // The hash is part of the signature, and would be one more header to send.
        signing.signing_options.content_sha256_header = false;
        if self.bodiless {
            signing.signing_options.payload_override = Some(SignableBody::UnsignedPayload);
        }
        config.interceptor_state().store_put(signing);
        Ok(())
    }
}
