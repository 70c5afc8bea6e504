//! Requests and responses in the form of the orchestrator.

use super::Callable;
use super::config::WithoutHostPrefix;
use super::failure::Failure;
use crate::error::{BoxError, Error};
use crate::operation::{deserialize, deserialize_streaming, host_prefix, serialize_streaming};
use crate::token::IdempotencyTokens;
use crate::unsupported::Unsupported;
use aws_smithy_runtime_api::client::endpoint::EndpointPrefix;
use aws_smithy_runtime_api::client::interceptors::context::{
    Error as AnyError, Input, Output, OutputOrError,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SerializeRequest};
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::endpoint_config::EndpointUrl;
use std::fmt::{self, Debug};
use std::marker::PhantomData;

/// An operation, to the orchestrator.
pub(super) struct Codec<O>(PhantomData<fn() -> O>);

impl<O> Codec<O> {
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<O: Callable> Debug for Codec<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(O::NAME)
    }
}

impl<O: Callable> SerializeRequest for Codec<O> {
    fn serialize_input(
        &self,
        input: Input,
        config: &mut ConfigBag,
    ) -> Result<HttpRequest, BoxError> {
        let input = input.downcast::<O::Input>();
        let input =
            input.map_err(|_| "an interceptor has put an input of another operation in place")?;
        let own_endpoint = config.load::<EndpointUrl>().is_some();
        Unsupported::refuse_endpoint(O::UNSUPPORTED, own_endpoint)?;
        if config
            .load::<WithoutHostPrefix>()
            .is_none_or(|without| !without.0)
            && let Some(prefix) = host_prefix::<O>(&input)?
        {
            let prefix = EndpointPrefix::new(prefix)?;
            config.interceptor_state().store_put(prefix);
        }
        let tokens = config.load::<IdempotencyTokens>();
        serialize_streaming::<O>(input, tokens.unwrap_or(&IdempotencyTokens::random()))
    }
}

impl<O: Callable> DeserializeResponse for Codec<O> {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        _: &ConfigBag,
    ) -> OutputOrError {
        erase::<O>(deserialize::<O>(response))
    }

    fn deserialize_streaming_with_config(
        &self,
        response: &mut HttpResponse,
        _: &ConfigBag,
    ) -> Option<OutputOrError> {
        deserialize_streaming::<O>(response).map(erase::<O>)
    }
}

fn erase<O: Callable>(result: Result<O::Output, Error<O::Error>>) -> OutputOrError {
    match result {
        Ok(output) => Ok(Output::erase(output)),
        Err(error) => {
            let failure = Failure::new(error);
            Err(OrchestratorError::operation(AnyError::erase(failure)))
        }
    }
}
