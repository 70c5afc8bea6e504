//! Requests and responses in the form of the orchestrator.

use super::Callable;
use super::config::WithoutHostPrefix;
use super::failure::Failure;
use crate::error::BoxError;
use crate::operation::{AnyOperation, deserialize};
use crate::stream::ByteStream;
use crate::structure::AnyStructure;
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

/// An operation, to the orchestrator.
#[derive(Clone, Copy)]
pub(super) struct Codec {
    operation: AnyOperation,
    /// The operation's input, if it is one.
    input: fn(&mut Input) -> Option<&mut dyn AnyStructure>,
    /// Reads a response, whose body is in it or this stream.
    read: fn(&AnyOperation, &HttpResponse, Option<ByteStream>) -> OutputOrError,
}

impl Codec {
    pub fn of<O: Callable>() -> Self {
        Self {
            operation: AnyOperation::of::<O>(),
            input: |input| {
                if let Some(input) = input.downcast_mut::<O::Input>() {
                    return Some(input);
                }
                None
            },
            read: read::<O>,
        }
    }

    /// Whether the body of a success is not read, but given as it comes.
    pub fn has_streaming_output(&self) -> bool {
        self.operation.has_streaming_output()
    }
}

impl Debug for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation.name())
    }
}

impl SerializeRequest for Codec {
    fn serialize_input(
        &self,
        mut input: Input,
        config: &mut ConfigBag,
    ) -> Result<HttpRequest, BoxError> {
        let input = (self.input)(&mut input);
        let input = input.ok_or("an interceptor has put an input of another operation in place")?;
        let own_endpoint = config.load::<EndpointUrl>().is_some();
        Unsupported::refuse_endpoint(self.operation.unsupported(), own_endpoint)?;
        if config
            .load::<WithoutHostPrefix>()
            .is_none_or(|without| !without.0)
            && let Some(prefix) = self.operation.host_prefix(input)?
        {
            let prefix = EndpointPrefix::new(prefix)?;
            config.interceptor_state().store_put(prefix);
        }
        let tokens = config.load::<IdempotencyTokens>();
        self.operation
            .serialize_streaming(input, tokens.unwrap_or(&IdempotencyTokens::random()))
    }
}

impl DeserializeResponse for Codec {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        _: &ConfigBag,
    ) -> OutputOrError {
        (self.read)(&self.operation, response, None)
    }

    fn deserialize_streaming_with_config(
        &self,
        response: &mut HttpResponse,
        _: &ConfigBag,
    ) -> Option<OutputOrError> {
        let stream = self.operation.take_stream(response)?;
        Some((self.read)(&self.operation, response, Some(stream)))
    }
}

fn read<O: Callable>(
    operation: &AnyOperation,
    response: &HttpResponse,
    stream: Option<ByteStream>,
) -> OutputOrError {
    match deserialize::<O>(operation, response, stream) {
        Ok(output) => Ok(Output::erase(output)),
        Err(error) => Err(failed(Failure::new(error))),
    }
}

fn failed(failure: Failure) -> OrchestratorError<AnyError> {
    OrchestratorError::operation(AnyError::erase(failure))
}
