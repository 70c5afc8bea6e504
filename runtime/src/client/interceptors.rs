//! What is done at the orchestrator's hooks.

use super::failure;
use crate::endpoint::functions::is_host_label;
use crate::endpoint::{Param, Params, RuleSet};
use crate::error::BoxError;
use crate::unsupported::Unsupported;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, FinalizerInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::endpoint::Endpoint;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;

/// What an operation says of its endpoint.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub unsupported: &'static [Unsupported],
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

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
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
        if let Some(facts) = config.load::<Facts>() {
            Unsupported::refuse_endpoint(facts.unsupported, own)?;
        }
        let mut params = Params::with_capacity(self.0.parameters.len());
        for parameter in self.0.parameters {
            if let Some(value) = parameter.built_in.and_then(|name| built_in(name, config)) {
                params.set(parameter.name, value);
            }
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

/// The setting of the client that goes by this name in endpoint rules.
fn built_in(name: &str, config: &ConfigBag) -> Option<Param> {
    Some(match name {
        "AWS::Region" => config.load::<Region>()?.as_ref().to_owned().into(),
        "AWS::UseFIPS" => config.load::<UseFips>()?.0.into(),
        "AWS::UseDualStack" => config.load::<UseDualStack>()?.0.into(),
        "SDK::Endpoint" => config.load::<EndpointUrl>()?.0.clone().into(),
        _ => return None,
    })
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
