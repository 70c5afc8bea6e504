//! What is done at the orchestrator's hooks.

use super::failure;
use crate::endpoint::Params;
use crate::error::BoxError;
use aws_runtime::sdk_feature::AwsSdkFeature;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, FinalizerInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::OrchestratorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;

/// Tells the endpoint rules what is configured.
#[derive(Debug)]
pub(super) struct EndpointParams;

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
        let mut params = Params::default();
        if let Some(region) = config.load::<Region>() {
            params.set("AWS::Region", region.as_ref());
        }
        if let Some(fips) = config.load::<UseFips>() {
            params.set("AWS::UseFIPS", fips.0);
        }
        if let Some(dual_stack) = config.load::<UseDualStack>() {
            params.set("AWS::UseDualStack", dual_stack.0);
        }
        if let Some(url) = config.load::<EndpointUrl>() {
            params.set("SDK::Endpoint", url.0.as_str());
            config
                .interceptor_state()
                .store_append(AwsSdkFeature::EndpointOverride);
        }
        config
            .interceptor_state()
            .store_put(EndpointResolverParams::new(params));
        Ok(())
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
