//! awsQuery: forms out, XML in.

use super::{Facts, Protocol, Reading, Shared, xml};
use aws_smithy_query::codec::QueryShapeSerializer;
use aws_smithy_runtime_api::http::{Request, Response};
use aws_smithy_schema::Schema;
use aws_smithy_schema::codec::FinishSerializer;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_xml::codec::XmlCodec;
use std::sync::LazyLock;

/// `aws.protocols#awsQuery`.
pub fn aws_query() -> Shared {
    static PROTOCOL: LazyLock<AwsQuery> = LazyLock::new(|| AwsQuery { xml: xml::codec() });
    &*PROTOCOL
}

/// AWS's forms and its XML.
#[derive(Debug)]
struct AwsQuery {
    xml: XmlCodec,
}

impl Protocol for AwsQuery {
    fn request(
        &self,
        facts: &Facts,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
    ) -> Result<Request, SerdeError> {
        let mut form = QueryShapeSerializer::new(facts.operation, facts.version);
        form.write_struct(schema, input)?;
        post(form.finish())
    }

    fn output<'r>(&self, facts: &Facts, response: &'r Response, _: &Schema<'_>) -> Reading<'r> {
        let body = xml::output(response);
        let wrapper = facts.result_wrapper;
        let result = wrapper.and_then(|wrapper| xml::element(body, wrapper));
        xml::lenient(&self.xml, result.unwrap_or(body))
    }

    fn plain(&self, response: &Response, _: &Schema<'_>) -> Option<Vec<u8>> {
        xml::plain(xml::body(response))
    }

    fn error_metadata(&self, response: &Response) -> Result<ErrorMetadata, SerdeError> {
        xml::error_metadata(response)
    }

    fn error<'r>(&self, response: &'r Response) -> Reading<'r> {
        let body = xml::body(response);
        let error = xml::error(body).unwrap_or(body);
        xml::lenient(&self.xml, error)
    }
}

/// The request that a form is sent in.
pub(super) fn post(form: Vec<u8>) -> Result<Request, SerdeError> {
    let invalid = |error| SerdeError::custom(format!("{error}"));
    let length = form.len().to_string();
    let mut request = Request::new(SdkBody::from(form));
    request.set_method("POST").map_err(invalid)?;
    request.set_uri("/").map_err(invalid)?;
    let headers = request.headers_mut();
    headers.insert("content-type", "application/x-www-form-urlencoded");
    headers.insert("content-length", length);
    Ok(request)
}
