//! awsJson 1.0 and 1.1.

use super::{Facts, Protocol, Reading, Shared, json, unconfigured};
use aws_smithy_json::codec::JsonCodec;
use aws_smithy_json::protocol::aws_json_rpc::AwsJsonRpcProtocol;
use aws_smithy_runtime_api::http::{Request, Response};
use aws_smithy_schema::http_protocol::HttpRpcProtocol;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct};
use aws_smithy_schema::{Schema, shape_id};
use aws_smithy_types::error::ErrorMetadata;
use std::sync::LazyLock;

/// `aws.protocols#awsJson1_0`.
pub fn aws_json_1_0() -> Shared {
    static PROTOCOL: LazyLock<AwsJson> = LazyLock::new(|| AwsJson {
        messages: HttpRpcProtocol::new(
            shape_id!("aws.protocols", "awsJson1_0"),
            json::codec(shape_id!("aws.protocols", "awsJson1_0")),
            "application/x-amz-json-1.0",
        ),
        envelope: AwsJsonRpcProtocol::aws_json_1_0(),
    });
    &*PROTOCOL
}

/// `aws.protocols#awsJson1_1`.
pub fn aws_json_1_1() -> Shared {
    static PROTOCOL: LazyLock<AwsJson> = LazyLock::new(|| AwsJson {
        messages: HttpRpcProtocol::new(
            shape_id!("aws.protocols", "awsJson1_1"),
            json::codec(shape_id!("aws.protocols", "awsJson1_1")),
            "application/x-amz-json-1.1",
        ),
        envelope: AwsJsonRpcProtocol::aws_json_1_1(),
    });
    &*PROTOCOL
}

/// AWS's calls by name over its JSON.
#[derive(Debug)]
struct AwsJson {
    messages: HttpRpcProtocol<JsonCodec>,
    /// Reads the code of an error.
    envelope: AwsJsonRpcProtocol,
}

impl Protocol for AwsJson {
    fn request(
        &self,
        facts: &Facts,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
    ) -> Result<Request, SerdeError> {
        let mut request = self
            .messages
            .serialize_request(input, schema, "/", unconfigured())?;
        let target = format!("{}.{}", facts.target, facts.operation);
        request.headers_mut().insert("x-amz-target", target);
        if facts.query_compatible {
            request.headers_mut().insert("x-amzn-query-mode", "true");
        }
        Ok(request)
    }

    fn output<'r>(&self, _: &Facts, response: &'r Response, schema: &Schema<'_>) -> Reading<'r> {
        self.messages
            .deserialize_response(response, schema, unconfigured())
    }

    fn error_metadata(&self, response: &Response) -> Result<ErrorMetadata, SerdeError> {
        let named = json::named(response);
        let response = named.as_ref().unwrap_or(response);
        let envelope =
            ClientProtocolInner::parse_error_metadata(&self.envelope, response, unconfigured())?;
        Ok(envelope.build())
    }

    fn error<'r>(&self, response: &'r Response) -> Reading<'r> {
        self.messages
            .deserialize_error_response(response, unconfigured())
    }
}
