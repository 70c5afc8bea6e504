//! rpcv2Cbor.

use super::lenient::Lenient;
use super::{Facts, Protocol, Reading, Shared, cbor, unconfigured};
use aws_smithy_cbor::codec::{CborCodec, CborCodecSettings};
use aws_smithy_cbor::protocol::RpcV2CborProtocol;
use aws_smithy_runtime_api::http::{Request, Response};
use aws_smithy_schema::http_protocol::HttpRpcProtocol;
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct};
use aws_smithy_schema::{Schema, shape_id};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::ErrorMetadata;
use std::sync::LazyLock;

/// `smithy.protocols#rpcv2Cbor`.
pub fn rpc_v2_cbor() -> Shared {
    static PROTOCOL: LazyLock<RpcV2Cbor> = LazyLock::new(|| RpcV2Cbor {
        messages: HttpRpcProtocol::new(
            shape_id!("smithy.protocols", "rpcv2Cbor"),
            CborCodec::new(CborCodecSettings::default()),
            "application/cbor",
        ),
        envelope: RpcV2CborProtocol::new(),
    });
    &*PROTOCOL
}

/// AWS's calls by name over its CBOR.
#[derive(Debug)]
struct RpcV2Cbor {
    messages: HttpRpcProtocol<CborCodec>,
    /// Reads the code of an error.
    envelope: RpcV2CborProtocol,
}

impl Protocol for RpcV2Cbor {
    fn request(
        &self,
        facts: &Facts,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
    ) -> Result<Request, SerdeError> {
        let route = format!("/service/{}/operation/{}", facts.target, facts.operation);
        let mut request = self
            .messages
            .serialize_request(input, schema, &route, unconfigured())?;
        if !facts.has_input {
            // An operation without an input has no body, one with an empty input an empty map.
            *request.body_mut() = SdkBody::empty();
            request.headers_mut().remove("content-type");
            request.headers_mut().remove("content-length");
        }
        let headers = request.headers_mut();
        headers.insert("smithy-protocol", "rpc-v2-cbor");
        headers.insert("accept", "application/cbor");
        if facts.query_compatible {
            headers.insert("x-amzn-query-mode", "true");
        }
        Ok(request)
    }

    fn output<'r>(&self, _: &Facts, response: &'r Response, schema: &Schema<'_>) -> Reading<'r> {
        let reading = self
            .messages
            .deserialize_response(response, schema, unconfigured())?;
        Ok(Box::new(Lenient::cbor(reading)))
    }

    fn plain(&self, response: &Response, _: &Schema<'_>) -> Option<Vec<u8>> {
        cbor::plain(response.body().bytes()?)
    }

    fn error_metadata(&self, response: &Response) -> Result<ErrorMetadata, SerdeError> {
        let envelope =
            ClientProtocolInner::parse_error_metadata(&self.envelope, response, unconfigured())?;
        Ok(envelope.build())
    }

    fn error<'r>(&self, response: &'r Response) -> Reading<'r> {
        let reading = self
            .messages
            .deserialize_error_response(response, unconfigured())?;
        Ok(Box::new(Lenient::cbor(reading)))
    }
}
