//! A service's and an operation's share in the orchestrator.

use super::codec::Codec;
use super::config::{Config, Parts};
use super::failure::Failure;
use super::interceptors::{
    EndpointParams, Facts, SignPlainPayloads, SignableEndpoint, WhichEndpoint,
};
use super::{Callable, Mode};
use crate::endpoint::{Endpoints, Params, Partition, RuleSet, resolve};
use crate::error::BoxError;
use crate::operation::{Auth, Service};
use aws_credential_types::attributes::AccountId;
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::service_clock_skew::{ServiceClockSkewClassifier, ServiceClockSkewInterceptor};
use aws_runtime::user_agent::{ApiMetadata, UserAgentInterceptor};
use aws_sigv4::http_request::SignableBody;
use aws_smithy_observability::global::get_telemetry_provider;
use aws_smithy_runtime::client::auth::http::BearerAuthScheme;
use aws_smithy_runtime::client::auth::no_auth::{NO_AUTH_SCHEME_ID, NoAuthScheme};
use aws_smithy_runtime::client::defaults::{DefaultPluginParams, default_plugins};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::identity::no_auth::NoAuthIdentityResolver;
use aws_smithy_runtime::client::metrics::MetricsRuntimePlugin;
use aws_smithy_runtime::client::orchestrator::AuthSchemeAndEndpointOrchestrationV2;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, ModeledAsRetryableClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeId, AuthSchemeOption, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture,
    ResolveAuthSchemeOptions, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::orchestrator::{Metadata, SensitiveOutput};
use aws_smithy_runtime_api::client::runtime_components::{
    GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::client::runtime_plugin::{
    Order, RuntimePlugin, RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin,
};
use aws_smithy_runtime_api::client::ser_de::{SharedRequestSerializer, SharedResponseDeserializer};
use aws_smithy_runtime_api::shared::IntoShared;
use aws_smithy_types::config_bag::{ConfigBag, Layer, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use aws_types::SigningName;
use std::mem::replace;

/// All plugins of a client.
///
/// # Errors
///
/// If something is missing that no call can do without.
pub(super) fn of_service<S: Service + Endpoints, M: Mode>(
    config: &Config,
) -> Result<RuntimePlugins, BoxError> {
    let user = config.parts::<M>(S::ID, S::RULES);
    let mut components = user.components;
    M::complete(&mut components);
    let partition = match config.region() {
        Some(region) => format!("{}-{region}", S::SIGNING_NAME),
        None => S::SIGNING_NAME.to_owned(),
    };
    let mut defaults = DefaultPluginParams::new()
        .with_retry_partition_name(partition)
        .with_is_aws_sdk(true);
    if let Some(version) = config.behavior_version() {
        defaults = defaults.with_behavior_version(version);
    }
    let mut plugins: Vec<SharedRuntimePlugin> = default_plugins(defaults).into_iter().collect();
    plugins.push(service::<S>().into_shared());
    if are_metrics_wanted() {
        let clock = components.time_source().unwrap_or_default();
        let metrics = MetricsRuntimePlugin::builder()
            .with_scope(env!("CARGO_PKG_NAME"))
            .with_time_source(clock)
            .build()?;
        plugins.push(metrics.into_shared());
    }
    let own = StaticRuntimePlugin::new()
        .with_config(user.layer)
        .with_runtime_components(components);
    plugins.push(own.into_shared());
    merged(plugins)
}

/// Whether the program has said where metrics go. Where it has not, they are an eighth of a call's
/// allocations for nothing.
fn are_metrics_wanted() -> bool {
    let provider = get_telemetry_provider();
    provider.is_ok_and(|provider| provider.meter_provider().provider_name() != "noop")
}

/// The same plugins in fewer: what a call has to merge, merged once.
fn merged(plugins: Vec<SharedRuntimePlugin>) -> Result<RuntimePlugins, BoxError> {
    let mut components = RuntimeComponentsBuilder::new("client");
    let mut config = ConfigBag::base();
    let mut merged = RuntimePlugins::new();
    // In the order of the list: what the user says comes last, and has precedence.
    for plugin in plugins {
        let own = plugin.runtime_components(&components).into_owned();
        components = components.merge_from(&own);
        if let Some(layer) = plugin.config() {
            config.push_shared_layer(layer.clone());
            merged = merged.with_client_plugin(StaticRuntimePlugin::new().with_config(layer));
        }
    }
    components.validate_base_client_config(&config)?;
    let components = StaticRuntimePlugin::new().with_runtime_components(components);
    Ok(merged.with_client_plugin(components))
}

/// What all operations of a service share.
fn service<S: Service + Endpoints>() -> StaticRuntimePlugin {
    let mut layer = Layer::new("service");
    layer.store_put(ApiMetadata::new(
        S::USER_AGENT_ID,
        env!("CARGO_PKG_VERSION"),
    ));
    layer.store_put(SigningName::from_static(S::SIGNING_NAME));
    layer.store_put(AuthSchemeAndEndpointOrchestrationV2);
    StaticRuntimePlugin::new()
        .with_order(Order::Defaults)
        .with_config(layer.freeze())
        .with_runtime_components(service_components::<S>())
}

fn service_components<S: Service + Endpoints>() -> RuntimeComponentsBuilder {
    let resolver = Rules {
        rules: S::RULES,
        partitions: S::PARTITIONS,
    };
    RuntimeComponentsBuilder::new("service")
        .with_endpoint_resolver(Some(SharedEndpointResolver::new(resolver)))
        .with_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()))
        .with_auth_scheme(SharedAuthScheme::new(BearerAuthScheme::new()))
        .with_auth_scheme(SharedAuthScheme::new(NoAuthScheme::new()))
        .with_identity_resolver(
            NO_AUTH_SCHEME_ID,
            SharedIdentityResolver::new(NoAuthIdentityResolver::new()),
        )
        .with_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(Schemes)))
        .with_retry_classifier(TransientErrorClassifier::<Failure>::new())
        .with_retry_classifier(ModeledAsRetryableClassifier::<Failure>::new())
        .with_retry_classifier(AwsErrorCodeClassifier::<Failure>::new())
        .with_retry_classifier(ServiceClockSkewClassifier::<Failure>::new())
        .with_retry_classifier(HttpStatusCodeClassifier::default())
        .with_interceptor(SharedInterceptor::permanent(EndpointParams(S::RULES)))
        .with_interceptor(SharedInterceptor::permanent(SignPlainPayloads))
        .with_interceptor(SharedInterceptor::permanent(SignableEndpoint))
        .with_interceptor(SharedInterceptor::permanent(WhichEndpoint))
        .with_interceptor(SharedInterceptor::permanent(
            StalledStreamProtectionInterceptor::default(),
        ))
        .with_interceptor(SharedInterceptor::permanent(
            ConnectionPoisoningInterceptor::new(),
        ))
        // These can be switched off for a call, as presigning does.
        .with_interceptor(SharedInterceptor::new(RecursionDetectionInterceptor::new()))
        .with_interceptor(SharedInterceptor::new(ServiceClockSkewInterceptor::new()))
        .with_interceptor(SharedInterceptor::new(RequestInfoInterceptor::new()))
        .with_interceptor(SharedInterceptor::new(UserAgentInterceptor::new()))
        .with_interceptor(SharedInterceptor::new(InvocationIdInterceptor::new()))
}

/// The plugin of an operation.
#[doc(hidden)]
pub fn of_operation<O: Callable>() -> SharedRuntimePlugin {
    operation(
        Codec::of::<O>(),
        Facts::of::<O>(),
        AuthSchemeOptionResolverParams::new(O::AUTH),
        Metadata::new(O::NAME, O::Service::ID),
        signing_options(O::Service::SIGNS_LIKE_S3, O::UNSIGNED_PAYLOAD),
    )
}

fn operation(
    codec: Codec,
    facts: Facts,
    auth: AuthSchemeOptionResolverParams,
    metadata: Metadata,
    signing_options: SigningOptions,
) -> SharedRuntimePlugin {
    let mut layer = Layer::new(metadata.name().to_owned());
    if codec.has_streaming_output() {
        layer.store_put(StreamingOutput);
    }
    layer.store_put(SharedRequestSerializer::new(codec));
    layer.store_put(SharedResponseDeserializer::new(codec));
    layer.store_put(auth);
    layer.store_put(metadata);
    layer.store_put(facts);
    // Bodies stay out of traces: any of them may hold secrets, at any depth.
    layer.store_put(SensitiveOutput);
    layer.store_put(SigV4OperationSigningConfig {
        signing_options,
        ..Default::default()
    });
    StaticRuntimePlugin::new()
        .with_config(layer.freeze())
        .into_shared()
}

fn signing_options(like_s3: bool, unsigned_payload: bool) -> SigningOptions {
    let mut options = SigningOptions::default();
    options.content_sha256_header = true;
    if like_s3 {
        options.double_uri_encode = false;
        options.normalize_uri_path = false;
    }
    if unsigned_payload {
        options.payload_override = Some(SignableBody::UnsignedPayload);
    }
    options
}

/// Says to a transport that reads bodies on its own that a success is to be left unread.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StreamingOutput;

impl Storable for StreamingOutput {
    type Storer = StoreReplace<Self>;
}

/// The plugin of a configuration that is laid over a client's for one call.
pub(super) fn of_override<M: Mode>(
    config: &Config,
    id: &str,
    rules: &RuleSet<'_>,
) -> SharedRuntimePlugin {
    let Parts {
        layer,
        mut components,
    } = config.parts::<M>(id, rules);
    // Identities of one call have no place in the client's cache.
    if components.has_identity_resolvers() && components.identity_cache().is_none() {
        let cache = IdentityCache::lazy().max_partitions(1).build();
        components.set_identity_cache(Some(cache));
    }
    StaticRuntimePlugin::new()
        .with_config(layer)
        .with_runtime_components(components)
        .into_shared()
}

/// By which schemes an operation's requests may be signed.
#[derive(Debug)]
struct Schemes;

impl ResolveAuthSchemeOptions for Schemes {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        params: &'a AuthSchemeOptionResolverParams,
        _: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        let schemes = params.get::<&'static [Auth]>().copied();
        let schemes = schemes.unwrap_or(&[Auth::SigV4]);
        let identified = |id: &AuthSchemeId| components.identity_resolver(id.clone()).is_some();
        let ids = schemes.iter().filter_map(|scheme| id(*scheme));
        let options: Vec<_> = ids.filter(identified).map(AuthSchemeOption::from).collect();
        AuthSchemeOptionsFuture::ready(if options.is_empty() {
            Err(cannot_sign(schemes).into())
        } else {
            Ok(options)
        })
    }
}

/// A scheme in the terms of the orchestrator, if it is one that clients have.
fn id(scheme: Auth) -> Option<AuthSchemeId> {
    match scheme {
        Auth::SigV4 => Some(SCHEME_ID),
        Auth::Bearer => Some(HTTP_BEARER_AUTH_SCHEME_ID),
        Auth::None => Some(NO_AUTH_SCHEME_ID),
        Auth::Unsupported(_) => None,
    }
}

/// Why requests can be signed by none of these schemes: by all that clients have, the identity is
/// missing.
fn cannot_sign(schemes: &[Auth]) -> String {
    let mut missing = Vec::new();
    let mut unsupported = Vec::new();
    for scheme in schemes {
        match scheme {
            Auth::SigV4 => {
                missing.push("no credentials are configured: set `credentials_provider`")
            }
            Auth::Bearer => missing.push("no token is configured: set `token_provider`"),
            Auth::Unsupported(scheme) => unsupported.push(*scheme),
            Auth::None => {}
        }
    }
    if missing.is_empty() {
        let schemes = unsupported.join(", ");
        format!("it has to be signed by {schemes}, which clients cannot do yet")
    } else {
        missing.join("; ")
    }
}

/// What endpoint rules call the account of the credentials.
const ACCOUNT_ID: &str = "AWS::Auth::AccountId";

/// A service's endpoint rules, to the orchestrator.
#[derive(Debug)]
struct Rules {
    rules: &'static RuleSet<'static>,
    partitions: &'static [Partition<'static>],
}

impl ResolveEndpoint for Rules {
    /// Adds what is known only with the credentials: whose they are.
    fn finalize_params<'a>(
        &'a self,
        params: &'a mut EndpointResolverParams,
    ) -> Result<(), BoxError> {
        let mut parameters = self.rules.parameters.iter();
        let Some(account) = parameters.find(|known| known.built_in == Some(ACCOUNT_ID)) else {
            return Ok(());
        };
        let identity = params.get_property_mut::<Identity>();
        // In its place stays nobody's: parameters may be traced.
        let identity = identity.map(|identity| replace(identity, Identity::new((), None)));
        let id = identity
            .as_ref()
            .and_then(|identity| identity.property::<AccountId>());
        if let Some((params, id)) = params.get_mut::<Params>().zip(id)
            && params.get(account.name).is_none()
        {
            params.set(account.name, id.as_str().to_owned());
        }
        Ok(())
    }

    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(match params.get::<Params>() {
            Some(params) => self.endpoint(params),
            None => Err("an interceptor has put other parameters in place".into()),
        })
    }
}

impl Rules {
    /// The endpoint, with a URL that the orchestrator can take.
    fn endpoint(&self, params: &Params) -> Result<Endpoint, BoxError> {
        let endpoint = resolve(self.rules, self.partitions, params)?;
        // Its own error would show the request, body and all.
        let url = endpoint.url();
        let problem = match url.parse::<http::Uri>() {
            Ok(parsed) if parsed.authority().is_some_and(|a| a.as_str().contains('@')) => {
                return Err("the endpoint has a user name or a password in it".into());
            }
            Ok(parsed) if parsed.scheme().is_some() && parsed.authority().is_some() => None,
            Ok(_) => Some("it needs a scheme and a host, as in `https://127.0.0.1:8000`".into()),
            Err(error) => Some(error.to_string()),
        };
        match problem {
            None => Ok(endpoint),
            Some(problem) => Err(format!("the endpoint `{url}` is no URL: {problem}").into()),
        }
    }
}
