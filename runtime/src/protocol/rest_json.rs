//! restJson1.

use super::lenient::Lenient;
use super::{Facts, Protocol, Reading, Shared, json, payload, unconfigured};
use aws_smithy_json::codec::JsonCodec;
use aws_smithy_json::protocol::aws_rest_json_1::AwsRestJsonProtocol;
use aws_smithy_runtime_api::http::{Request, Response};
use aws_smithy_schema::http_protocol::HttpBindingProtocol;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::error::ErrorMetadata;
use std::sync::LazyLock;

/// `aws.protocols#restJson1`.
pub fn rest_json() -> Shared {
    static PROTOCOL: LazyLock<RestJson> = LazyLock::new(RestJson::new);
    &*PROTOCOL
}

/// AWS's HTTP bindings over its JSON.
#[derive(Debug)]
struct RestJson {
    messages: HttpBindingProtocol<JsonCodec>,
    /// Reads the code of an error.
    envelope: AwsRestJsonProtocol,
}

impl RestJson {
    fn new() -> Self {
        let envelope = AwsRestJsonProtocol::new();
        let id = envelope.inner().protocol_id().clone();
        let codec = json::codec(id.clone());
        let messages = HttpBindingProtocol::new(id, codec, envelope.inner().content_type());
        Self { messages, envelope }
    }
}

impl Protocol for RestJson {
    fn request(
        &self,
        _: &Facts,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
    ) -> Result<Request, SerdeError> {
        let mut request = self
            .messages
            .serialize_request(input, schema, "", unconfigured())?;
        payload::finish(&mut request, schema, "{}");
        Ok(request)
    }

    fn output<'r>(&self, _: &Facts, response: &'r Response, schema: &Schema<'_>) -> Reading<'r> {
        let reading = self
            .messages
            .deserialize_response(response, schema, unconfigured())?;
        let is_time = |member: &&Schema<'_>| {
            member.http_header().is_some() && member.shape_type() == ShapeType::Timestamp
        };
        Ok(match schema.members().iter().any(is_time) {
            true => Box::new(Lenient::headers(reading)),
            false => reading,
        })
    }

    fn error_metadata(&self, response: &Response) -> Result<ErrorMetadata, SerdeError> {
        let named = json::named(response);
        let response = named.as_ref().unwrap_or(response);
        // Not `Code`, which may be a member of the error's own.
        let envelope =
            ClientProtocolInner::parse_error_metadata(&self.envelope, response, unconfigured())?;
        Ok(envelope.build())
    }

    fn error<'r>(&self, response: &'r Response) -> Reading<'r> {
        self.messages
            .deserialize_error_response(response, unconfigured())
    }
}
