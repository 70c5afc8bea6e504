//! restXml.

use super::{Facts, Protocol, Reading, Shared, unconfigured, xml};
use aws_smithy_runtime_api::http::{Request, Response};
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::http_protocol::{HttpBindingProtocol, http_error_deserializer};
use aws_smithy_schema::protocol::ClientProtocolInner;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct};
use aws_smithy_schema::{Schema, ShapeType, shape_id};
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_xml::codec::XmlCodec;
use std::sync::LazyLock;

/// `aws.protocols#restXml`.
pub fn rest_xml() -> Shared {
    static PROTOCOL: LazyLock<RestXml> = LazyLock::new(|| RestXml {
        messages: HttpBindingProtocol::new(
            shape_id!("aws.protocols", "restXml"),
            xml::codec(),
            "application/xml",
        ),
    });
    &*PROTOCOL
}

/// AWS's HTTP bindings over its XML.
#[derive(Debug)]
struct RestXml {
    messages: HttpBindingProtocol<XmlCodec>,
}

impl Protocol for RestXml {
    fn request(
        &self,
        _: &Facts,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
    ) -> Result<Request, SerdeError> {
        let mut body = self.messages.codec().create_serializer();
        // The payload is written under its own schema, which does not know the member's name.
        let payload = schema.members().iter().find(|member| {
            let aggregate = matches!(member.shape_type(), ShapeType::Structure | ShapeType::Union);
            member.http_payload().is_some() && aggregate
        });
        if let Some(payload) = payload {
            if let Some(name) = payload.xml_name() {
                body.set_next_root_xml_name(name.value().to_owned());
            }
            if let Some(namespace) = payload.xml_namespace() {
                let prefix = namespace.prefix().map(str::to_owned);
                body.set_next_root_xml_namespace(namespace.uri().to_owned(), prefix);
            }
        }
        self.messages
            .serialize_request_with_body(body, input, schema, "", unconfigured())
    }

    fn output<'r>(&self, _: &Facts, response: &'r Response, schema: &Schema<'_>) -> Reading<'r> {
        self.messages
            .deserialize_response(response, schema, unconfigured())
    }

    fn error_metadata(&self, response: &Response) -> Result<ErrorMetadata, SerdeError> {
        xml::error_metadata(response)
    }

    fn error<'r>(&self, response: &'r Response) -> Reading<'r> {
        let body = xml::body(response);
        let error = xml::error(body).unwrap_or(body);
        let error = xml::reading(self.messages.codec(), error);
        Ok(http_error_deserializer(error, response, unconfigured()))
    }
}
