//! What can be configured: the same for all services.
//!
//! The types are those of AWS's runtime crates, so whatever works with the official clients works
//! here: credentials providers, HTTP clients, interceptors, an `SdkConfig` from `aws-config`.

use super::Mode;
use super::shared_settings::SharedSettings;
use crate::endpoint::{Param, RuleSet};
use aws_runtime::auth::sigv4::SCHEME_ID;
use aws_runtime::invocation_id::SharedInvocationIdGenerator;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::config_bag::{
    CloneableLayer, FrozenLayer, Layer, Storable, StoreAppend, StoreReplace,
};
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::SigningRegion;
use aws_types::sdk_config::SharedHttpClient;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use aws_types::service_config::ServiceConfigKey;
use std::borrow::Cow;
use std::fmt::Debug;

pub use crate::token::IdempotencyTokens;
pub use aws_credential_types::Credentials;
pub use aws_credential_types::Token;
pub use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_runtime::invocation_id::InvocationIdGenerator;
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
pub use aws_smithy_async::time::{SharedTimeSource, TimeSource};
pub use aws_smithy_runtime::client::identity::IdentityCache;
pub use aws_smithy_runtime::client::retries::RetryPartition;
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::http::HttpClient;
pub use aws_smithy_runtime_api::client::identity::ResolveCachedIdentity;
pub use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_types::retry::RetryConfig;
pub use aws_smithy_types::timeout::TimeoutConfig;
pub use aws_types::SdkConfig;
pub use aws_types::app_name::AppName;
pub use aws_types::endpoint_config::AccountIdEndpointMode;
pub use aws_types::region::Region;

/// How calls are made: where to, as whom, how patiently, over what.
#[derive(Clone, Debug)]
pub struct Config(Builder);

impl Storable for IdempotencyTokens {
    type Storer = StoreReplace<Self>;
}

/// Builds a [`Config`].
#[derive(Clone, Debug)]
pub struct Builder {
    layer: CloneableLayer,
    components: RuntimeComponentsBuilder,
    behavior_version: Option<BehaviorVersion>,
    /// What it was made from: an asynchronous client's transport and way to sleep are there, and
    /// the endpoints of single services.
    shared: Option<SdkConfig>,
    /// Whether the endpoint is the program's own, whatever is said elsewhere.
    own_endpoint: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            layer: CloneableLayer::new("config"),
            components: RuntimeComponentsBuilder::new("config"),
            behavior_version: None,
            shared: None,
            own_endpoint: false,
        }
    }
}

/// A parameter of endpoint rules that is configured by its name.
#[derive(Clone, Debug)]
pub(super) struct OwnParam(pub Cow<'static, str>, pub Param);

impl Storable for OwnParam {
    type Storer = StoreAppend<Self>;
}

/// Whether nothing is put before the name of the endpoint's host.
#[derive(Clone, Copy, Debug)]
pub(super) struct WithoutHostPrefix(pub bool);

impl Storable for WithoutHostPrefix {
    type Storer = StoreReplace<Self>;
}

/// A configuration in the form of the orchestrator.
pub(super) struct Parts {
    pub layer: FrozenLayer,
    pub components: RuntimeComponentsBuilder,
}

impl Config {
    /// Nothing configured yet.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A builder that starts from this configuration.
    pub fn to_builder(&self) -> Builder {
        self.0.clone()
    }

    /// The region.
    pub fn region(&self) -> Option<&Region> {
        self.0.layer.load::<Region>()
    }

    /// The version of the runtime's defaults; the newest if it is not set.
    pub fn behavior_version(&self) -> Option<BehaviorVersion> {
        self.0.behavior_version
    }

    /// The configuration as a service sees it, in this mode.
    pub(super) fn parts<M: Mode>(&self, id: &str, rules: &RuleSet<'_>) -> Parts {
        let mut layer = self.0.layer.clone();
        let shared = self.0.shared.as_ref();
        let endpoint = shared.filter(|_| !self.0.own_endpoint);
        if let Some(url) = endpoint.and_then(|shared| endpoint_of(shared, id)) {
            layer.store_put(EndpointUrl(url));
        }
        if let Some(settings) = shared.and_then(|shared| SharedSettings::of(shared, id, rules)) {
            layer.store_put(settings);
        }
        if let Some(region) = layer.load::<Region>().cloned() {
            layer.store_put(SigningRegion::from(region));
        }
        let mut components = self.0.components.clone();
        M::adopt(&mut components, shared);
        Parts {
            layer: Layer::from(layer).freeze(),
            components,
        }
    }
}

/// The endpoint of one service: `AWS_ENDPOINT_URL_BACKUP`, or `endpoint_url` of the service in the
/// profile. What the program itself says has precedence.
fn endpoint_of(shared: &SdkConfig, id: &str) -> Option<String> {
    if shared.get_origin("endpoint_url").is_client_config() {
        return None;
    }
    let key = ServiceConfigKey::builder()
        .service_id(id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok()?;
    shared.service_config()?.load_config(key)
}

impl From<&SdkConfig> for Config {
    fn from(config: &SdkConfig) -> Self {
        Builder::from(config).build()
    }
}

impl From<&SdkConfig> for Builder {
    fn from(config: &SdkConfig) -> Self {
        let mut builder = Self::default();
        let layer = &mut builder.layer;
        put(layer, config.region().cloned());
        put(layer, config.use_fips().map(UseFips));
        put(layer, config.use_dual_stack().map(UseDualStack));
        put(layer, config.account_id_endpoint_mode().cloned());
        let url = config.endpoint_url().map(str::to_owned);
        put(layer, url.map(EndpointUrl));
        put(layer, config.retry_config().cloned());
        put(layer, config.timeout_config().cloned());
        put(layer, config.app_name().cloned());
        for framework in config.framework_metadata() {
            layer.store_append::<FrameworkMetadata>(framework.clone());
        }
        let skew = config.disable_clock_skew_correction();
        put(layer, skew.map(DisableClockSkewCorrection::from));
        put(layer, config.stalled_stream_protection());
        let components = &mut builder.components;
        components.set_time_source(config.time_source());
        components.set_identity_cache(config.identity_cache());
        if let Some(credentials) = config.credentials_provider() {
            components.set_identity_resolver(SCHEME_ID, credentials);
        }
        if let Some(token) = config.token_provider() {
            components.set_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, token);
        }
        builder.behavior_version = config.behavior_version();
        builder.shared = Some(config.clone());
        builder
    }
}

/// Stores what there is. What there is not keeps its default, which `store_or_unset` would take away.
fn put<T>(layer: &mut CloneableLayer, value: Option<T>)
where
    T: Storable<Storer = StoreReplace<T>> + Clone,
{
    if let Some(value) = value {
        layer.store_put(value);
    }
}

impl Builder {
    /// The region that is called, and that requests are signed for.
    #[must_use]
    pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
        self.layer.store_or_unset(region.into());
        self
    }

    /// Where credentials come from; [`Credentials`] themselves will do.
    #[must_use]
    pub fn credentials_provider(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        let provider = SharedCredentialsProvider::new(provider);
        self.components.set_identity_resolver(SCHEME_ID, provider);
        self
    }

    /// Where bearer tokens come from, for services that take them; a [`Token`] itself will do.
    #[must_use]
    pub fn token_provider(mut self, provider: impl ProvideToken + 'static) -> Self {
        let provider = SharedTokenProvider::new(provider);
        self.components
            .set_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, provider);
        self
    }

    /// A parameter of the endpoint rules, by its name there. What the rules of a service do not
    /// declare has no effect on it. Services that have such parameters have a setter for each.
    #[must_use]
    pub fn endpoint_parameter(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Param>,
    ) -> Self {
        self.layer.store_append(OwnParam(name.into(), value.into()));
        self
    }

    /// Whether the name of the endpoint's host is taken as it is, even by operations that put
    /// something before it.
    #[must_use]
    pub fn disable_host_prefix(mut self, disable: bool) -> Self {
        self.layer.store_put(WithoutHostPrefix(disable));
        self
    }

    /// The URL to call instead of the one that the service's endpoint rules give.
    #[must_use]
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.layer.store_put(EndpointUrl(url.into()));
        self.own_endpoint = true;
        self
    }

    /// Whether to call endpoints that are validated under FIPS 140.
    #[must_use]
    pub fn use_fips(mut self, fips: bool) -> Self {
        self.layer.store_put(UseFips(fips));
        self
    }

    /// Whether to call endpoints that have IPv6 addresses too.
    #[must_use]
    pub fn use_dual_stack(mut self, dual_stack: bool) -> Self {
        self.layer.store_put(UseDualStack(dual_stack));
        self
    }

    /// Whether the account of the credentials is a part of the endpoint, in services where it can
    /// be: preferred by default, which is where it is known.
    #[must_use]
    pub fn account_id_endpoint_mode(mut self, mode: AccountIdEndpointMode) -> Self {
        self.layer.store_put(mode);
        self
    }

    /// How often a call is tried and how long is waited between; standard, three attempts, by
    /// default.
    #[must_use]
    pub fn retry_config(mut self, retries: RetryConfig) -> Self {
        self.layer.store_put(retries);
        self
    }

    /// The clients among which a budget of retries is shared; those of a service and region by
    /// default.
    #[must_use]
    pub fn retry_partition(mut self, partition: RetryPartition) -> Self {
        self.layer.store_put(partition);
        self
    }

    /// How long to wait for a connection, for data, for an attempt, for the whole call.
    ///
    /// Given twice, the second says what it sets and leaves the rest.
    #[must_use]
    pub fn timeout_config(mut self, mut timeouts: TimeoutConfig) -> Self {
        if let Some(before) = self.layer.load::<TimeoutConfig>() {
            timeouts.take_defaults_from(before);
        }
        self.layer.store_put(timeouts);
        self
    }

    /// Whether transfers that stand still are given up, and when.
    #[must_use]
    pub fn stalled_stream_protection(mut self, protection: StalledStreamProtectionConfig) -> Self {
        self.layer.store_put(protection);
        self
    }

    /// What sends requests: any client of AWS's runtime crates, one of your own, a replay for tests.
    #[must_use]
    pub fn http_client(mut self, client: impl HttpClient + 'static) -> Self {
        let client = SharedHttpClient::new(client);
        self.components.set_http_client(Some(client));
        self
    }

    /// How to wait, for asynchronous clients. Blocking ones sleep with the thread.
    #[must_use]
    pub fn sleep_impl(mut self, sleep: impl AsyncSleep + 'static) -> Self {
        let sleep = SharedAsyncSleep::new(sleep);
        self.components.set_sleep_impl(Some(sleep));
        self
    }

    /// The clock; the system's by default.
    #[must_use]
    pub fn time_source(mut self, clock: impl TimeSource + 'static) -> Self {
        let clock = SharedTimeSource::new(clock);
        self.components.set_time_source(Some(clock));
        self
    }

    /// Whether the clock is taken as it is, even where the service says that it is wrong.
    #[must_use]
    pub fn disable_clock_skew_correction(mut self, disable: bool) -> Self {
        self.layer
            .store_put(DisableClockSkewCorrection::from(disable));
        self
    }

    /// How long credentials are kept before they are asked for again.
    #[must_use]
    pub fn identity_cache(mut self, cache: impl ResolveCachedIdentity + 'static) -> Self {
        self.components.set_identity_cache(Some(cache));
        self
    }

    /// Runs at the orchestrator's hooks, after those that are there.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        let interceptor = SharedInterceptor::new(interceptor);
        self.components.push_interceptor(interceptor);
        self
    }

    /// The name of the application, in the `user-agent` header.
    #[must_use]
    pub fn app_name(mut self, name: AppName) -> Self {
        self.layer.store_put(name);
        self
    }

    /// What makes the IDs in the `amz-sdk-invocation-id` header; random UUIDs by default.
    #[must_use]
    pub fn invocation_id_generator(
        mut self,
        generator: impl InvocationIdGenerator + 'static,
    ) -> Self {
        let generator = SharedInvocationIdGenerator::new(generator);
        self.layer.store_put(generator);
        self
    }

    /// What makes idempotency tokens where the caller gives none; random UUIDs by default.
    #[must_use]
    pub fn idempotency_tokens(mut self, tokens: IdempotencyTokens) -> Self {
        self.layer.store_put(tokens);
        self
    }

    /// The version of the runtime's defaults; the newest if it is not set.
    #[must_use]
    pub fn behavior_version(mut self, version: BehaviorVersion) -> Self {
        self.behavior_version = Some(version);
        self
    }

    /// Runs these interceptors too.
    pub(super) fn with_interceptors_of(mut self, other: &Self) -> Self {
        for interceptor in other.components.interceptors() {
            self.components.push_interceptor(interceptor);
        }
        self
    }

    /// The configuration.
    pub fn build(self) -> Config {
        Config(self)
    }
}
