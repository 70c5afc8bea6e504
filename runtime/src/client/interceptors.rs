//! What is done at the orchestrator's hooks.

use super::config::OwnParam;
use super::failure;
use super::shared_settings::SharedSettings;
use crate::endpoint::functions::is_host_label;
use crate::endpoint::{Param, Params, RuleSet};
use crate::error::BoxError;
use crate::operation::{Auth, Operation};
use crate::path::{Context, ContextValue, Found, Step};
use crate::structure::{AnyStructure, select};
use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_sigv4::http_request::SignableBody;
use aws_smithy_runtime_api::client::auth::AuthSchemeOptionResolverParams;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut, Input,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::Document;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;
use std::fmt::{self, Debug};

/// What an operation says of its endpoint.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    context: &'static [Context],
    /// The operation's input.
    input: fn(&Input) -> Option<&dyn AnyStructure>,
}

impl Facts {
    pub fn of<O: Operation>() -> Self {
        Self {
            context: O::CONTEXT,
            input: |input| {
                if let Some(input) = input.downcast_ref::<O::Input>() {
                    return Some(input);
                }
                None
            },
        }
    }

    /// Shows what is at the ends of a way into the input.
    fn select(&self, input: &Input, path: &[Step], found: &mut dyn FnMut(Found<'_>)) {
        if let Some(input) = (self.input)(input) {
            select(input, path, found);
        }
    }

    /// Tells the endpoint rules what the operation and its input say.
    fn tell(&self, input: &Input, params: &mut Params) {
        for Context { parameter, value } in self.context {
            match *value {
                ContextValue::Text(text) => params.set(*parameter, text),
                ContextValue::Bool(value) => params.set(*parameter, value),
                ContextValue::Texts(texts) => {
                    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
                    params.set(*parameter, texts);
                }
                ContextValue::One(path) => self.select(input, path, &mut |found| match found {
                    Found::Text(text) => params.set(*parameter, text.to_owned()),
                    Found::Bool(value) => params.set(*parameter, value),
                }),
                ContextValue::All(path) => {
                    let mut texts = Vec::new();
                    self.select(input, path, &mut |found| {
                        if let Found::Text(text) = found {
                            texts.push(text.to_owned());
                        }
                    });
                    params.set(*parameter, texts);
                }
            }
        }
    }
}

impl Debug for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Facts")
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

impl Storable for Facts {
    type Storer = StoreReplace<Self>;
}

/// Tells the endpoint rules what is configured.
#[derive(Debug)]
pub(super) struct EndpointParams(pub &'static RuleSet<'static>);

#[dyn_dispatch_hint]
impl Intercept for EndpointParams {
    fn name(&self) -> &'static str {
        "EndpointParams"
    }

    // The first hook at which the operation's part and that of the call are there.
    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // It becomes a part of host names, to which signed requests go.
        if let Some(region) = config.load::<Region>()
            && !is_host_label(region.as_ref(), true)
        {
            let message = format!("the region `{region}` cannot be a part of a host name");
            return Err(message.into());
        }
        let own = config.load::<EndpointUrl>().is_some();
        let facts = config.load::<Facts>();
        let mut params = Params::with_capacity(self.0.parameters.len());
        for parameter in self.0.parameters {
            let name = parameter.built_in.unwrap_or(parameter.name);
            if let Some(value) = built_in(name, config) {
                params.set(parameter.name, value);
            }
        }
        // The newest comes first, and has precedence.
        let own_params: Vec<_> = config.load::<OwnParam>().collect();
        for OwnParam(name, value) in own_params.into_iter().rev() {
            params.set(name.clone(), value.clone());
        }
        if let Some(facts) = facts {
            facts.tell(context.input(), &mut params);
        }
        let state = config.interceptor_state();
        state.store_put(EndpointResolverParams::new(params));
        if own {
            let state = config.interceptor_state();
            state.store_append(AwsSdkFeature::EndpointOverride);
        }
        Ok(())
    }
}

/// The setting of the client that goes by this name in endpoint rules. Whose the credentials are
/// is told later.
fn built_in(name: &str, config: &ConfigBag) -> Option<Param> {
    Some(match name {
        "AWS::Region" => config.load::<Region>()?.as_ref().to_owned().into(),
        "AWS::UseFIPS" => config.load::<UseFips>()?.0.into(),
        "AWS::UseDualStack" => config.load::<UseDualStack>()?.0.into(),
        "SDK::Endpoint" => config.load::<EndpointUrl>()?.0.clone().into(),
        "AWS::Auth::AccountIdEndpointMode" => {
            let mode = config.load::<AccountIdEndpointMode>().cloned();
            mode.unwrap_or_default().to_string().into()
        }
        _ => return config.load::<SharedSettings>()?.get(name).map(Param::from),
    })
}

/// Signs the body after all where nothing else protects it.
#[derive(Debug)]
pub(super) struct SignPlainPayloads;

#[dyn_dispatch_hint]
impl Intercept for SignPlainPayloads {
    fn name(&self) -> &'static str {
        "SignPlainPayloads"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        let plain = !request.uri().starts_with("https:") && request.body().bytes().is_some();
        let signing = config.load::<SigV4OperationSigningConfig>();
        let unsigned = signing.filter(|signing| {
            let options = &signing.signing_options;
            options.payload_override == Some(SignableBody::UnsignedPayload)
        });
        if let Some(unsigned) = unsigned.filter(|_| plain) {
            let mut signing = unsigned.clone();
            signing.signing_options.payload_override = None;
            config.interceptor_state().store_put(signing);
        }
        Ok(())
    }
}

/// Refuses an endpoint whose rules ask for a signature that clients do not have.
#[derive(Debug)]
pub(super) struct SignableEndpoint;

#[dyn_dispatch_hint]
impl Intercept for SignableEndpoint {
    fn name(&self) -> &'static str {
        "SignableEndpoint"
    }

    fn read_before_signing(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let operation = config.load::<AuthSchemeOptionResolverParams>();
        let operation = operation.and_then(|params| params.get::<&'static [Auth]>());
        if operation.is_some_and(|schemes| !schemes.contains(&Auth::SigV4)) {
            return Ok(());
        }
        let endpoint = config.load::<Endpoint>();
        let schemes = endpoint.and_then(|endpoint| endpoint.properties().get("authSchemes"));
        let schemes = schemes.and_then(Document::as_array).map(Vec::as_slice);
        let names = schemes.unwrap_or_default().iter().filter_map(|scheme| {
            let name = scheme.as_object()?.get("name")?;
            name.as_string()
        });
        let names: Vec<&str> = names.collect();
        if names.is_empty() || names.contains(&"sigv4") {
            return Ok(());
        }
        let names = names.join(", ");
        let message =
            format!("the endpoint asks for the signature {names}, which clients cannot make yet");
        Err(message.into())
    }
}

/// Says in an error of the transport which endpoint was called.
#[derive(Debug)]
pub(super) struct WhichEndpoint;

#[dyn_dispatch_hint]
impl Intercept for WhichEndpoint {
    fn name(&self) -> &'static str {
        "WhichEndpoint"
    }

    fn modify_before_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(Err(error)) = context.output_or_error_mut() else {
            return Ok(());
        };
        if let Some(endpoint) = config.load::<Endpoint>() {
            let owned = std::mem::replace(error, OrchestratorError::other(""));
            *error = failure::located(owned, endpoint.url());
        }
        Ok(())
    }
}
