//! restJson1.

use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings};
use aws_smithy_json::protocol::aws_rest_json_1::AwsRestJsonProtocol;
use aws_smithy_runtime_api::http::{Request, Response};
use aws_smithy_schema::codec::DynCodec;
use aws_smithy_schema::http_protocol::HttpBindingProtocol;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeId};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::error::metadata::Builder as ErrorMetadataBuilder;
use std::sync::LazyLock;

/// `aws.protocols#restJson1`.
pub fn rest_json() -> super::Shared {
    static PROTOCOL: LazyLock<RestJson> = LazyLock::new(RestJson::new);
    &*PROTOCOL
}

/// AWS's restJson1 over a codec that also takes whole numbers written as `1.0`, which its own
/// constructor has no way to ask for.
#[derive(Debug)]
struct RestJson {
    messages: HttpBindingProtocol<JsonCodec>,
    envelope: AwsRestJsonProtocol,
}

impl RestJson {
    fn new() -> Self {
        let envelope = AwsRestJsonProtocol::new();
        let settings: JsonCodecSettings = envelope
            .inner()
            .codec()
            .settings()
            .to_builder()
            .allow_integral_float_numbers(true)
            .build();
        let messages = HttpBindingProtocol::new(
            envelope.inner().protocol_id().clone(),
            JsonCodec::new(settings),
            envelope.inner().content_type(),
        );
        Self { messages, envelope }
    }
}

impl ClientProtocolInner for RestJson {
    type Request = Request;
    type Response = Response;

    fn protocol_id(&self) -> &ShapeId<'static> {
        self.messages.protocol_id()
    }

    fn serialize_request(
        &self,
        input: &dyn SerializableStruct,
        input_schema: &Schema<'_>,
        endpoint: &str,
        config: &ConfigBag,
    ) -> Result<Request, SerdeError> {
        self.messages
            .serialize_request(input, input_schema, endpoint, config)
    }

    fn deserialize_response<'a>(
        &self,
        response: &'a Response,
        output_schema: &Schema<'_>,
        config: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        self.messages
            .deserialize_response(response, output_schema, config)
    }

    fn parse_error_metadata(
        &self,
        response: &Response,
        config: &ConfigBag,
    ) -> Result<ErrorMetadataBuilder, SerdeError> {
        ClientProtocolInner::parse_error_metadata(&self.envelope, response, config)
    }

    fn deserialize_error_response<'a>(
        &self,
        response: &'a Response,
        config: &'a ConfigBag,
    ) -> Result<Box<dyn ShapeDeserializer + 'a>, SerdeError> {
        self.messages.deserialize_error_response(response, config)
    }

    fn update_endpoint(
        &self,
        request: &mut Request,
        endpoint: &Endpoint,
        config: &ConfigBag,
    ) -> Result<(), SerdeError> {
        self.messages.update_endpoint(request, endpoint, config)
    }

    fn payload_codec(&self) -> Option<&dyn DynCodec> {
        self.messages.payload_codec()
    }
}
