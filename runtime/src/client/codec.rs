//! Requests and responses in the form of the orchestrator.

use super::Callable;
use super::failure::Failure;
use crate::error::BoxError;
use crate::operation::{deserialize, serialize};
use crate::token::IdempotencyTokens;
use aws_smithy_runtime_api::client::interceptors::context::{
    Error as AnyError, Input, Output, OutputOrError,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SerializeRequest};
use aws_smithy_types::config_bag::ConfigBag;
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
        let input = input.downcast_ref::<O::Input>();
        let input = input.ok_or("an interceptor has put an input of another operation in place")?;
        let tokens = config.load::<IdempotencyTokens>();
        serialize::<O>(input, tokens.unwrap_or(&IdempotencyTokens::random()))
    }
}

impl<O: Callable> DeserializeResponse for Codec<O> {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        _: &ConfigBag,
    ) -> OutputOrError {
        match deserialize::<O>(response) {
            Ok(output) => Ok(Output::erase(output)),
            Err(error) => {
                let failure = Failure::new(error);
                Err(OrchestratorError::operation(AnyError::erase(failure)))
            }
        }
    }
}
