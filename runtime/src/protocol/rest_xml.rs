//! restXml.

use super::lenient::Lenient;
use super::{Facts, Protocol, Reading, Shared, payload, unconfigured, xml};
use aws_smithy_runtime_api::http::{Request, Response};
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::http_protocol::{
    HttpBindingProtocol, http_error_deserializer, http_output_deserializer,
};
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
        let aggregate = |member: &&Schema<'_>| {
            matches!(member.shape_type(), ShapeType::Structure | ShapeType::Union)
        };
        if let Some(payload) = payload::member(schema).filter(aggregate) {
            if let Some(name) = payload.xml_name() {
                body.set_next_root_xml_name(name.value().to_owned());
            }
            if let Some(namespace) = payload.xml_namespace() {
                let prefix = namespace.prefix().map(str::to_owned);
                body.set_next_root_xml_namespace(namespace.uri().to_owned(), prefix);
            }
        }
        let mut request =
            self.messages
                .serialize_request_with_body(body, input, schema, "", unconfigured())?;
        payload::finish(&mut request, schema, "");
        Ok(request)
    }

    fn output<'r>(&self, _: &Facts, response: &'r Response, schema: &Schema<'_>) -> Reading<'r> {
        let body = xml::reading(self.messages.codec(), xml::output(response));
        let reading = http_output_deserializer(body, response, schema, unconfigured());
        Ok(Box::new(Lenient::xml(reading)))
    }

    /// S3 answers some requests before it knows how they end: then there is an error in a success.
    fn is_error(&self, response: &Response, output: &Schema<'_>) -> bool {
        !response.status().is_success()
            || (!is_raw(output) && xml::root_is(xml::body(response), "Error"))
    }

    fn plain(&self, response: &Response, output: &Schema<'_>) -> Option<Vec<u8>> {
        if response.status().is_success() && is_raw(output) {
            return None;
        }
        xml::plain(xml::body(response))
    }

    fn error_metadata(&self, response: &Response) -> Result<ErrorMetadata, SerdeError> {
        xml::error_metadata(response)
    }

    fn error<'r>(&self, response: &'r Response) -> Reading<'r> {
        let body = xml::body(response);
        let error = xml::error(body).unwrap_or(body);
        let error = xml::reading(self.messages.codec(), error);
        let reading = http_error_deserializer(error, response, unconfigured());
        Ok(Box::new(Lenient::xml(reading)))
    }
}

/// Whether the body of an output is no XML, but the bytes or the text of a member.
fn is_raw(output: &Schema<'_>) -> bool {
    payload::member(output)
        .is_some_and(|member| matches!(member.shape_type(), ShapeType::Blob | ShapeType::String))
}
