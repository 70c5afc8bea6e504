//! AWS's protocol crates, configured.
//!
//! A protocol turns inputs into requests and responses into what structures are read from. Those of
//! AWS's crates are behind a feature each; where they and Smithy's specification or C2J models differ,
//! the difference is made up for here and told in `docs/protocols.md`.

#[cfg(feature = "aws-json")]
mod aws_json;
#[cfg(feature = "aws-query")]
mod aws_query;
#[cfg(feature = "rpc-v2-cbor")]
mod cbor;
#[cfg(feature = "ec2-query")]
mod ec2_query;
#[cfg(any(feature = "rest-json", feature = "aws-json"))]
mod json;
#[cfg(any(
    feature = "rest-json",
    feature = "rest-xml",
    feature = "rpc-v2-cbor",
    feature = "aws-query"
))]
mod lenient;
#[cfg(any(feature = "rest-json", feature = "rest-xml"))]
mod payload;
#[cfg(feature = "rest-json")]
mod rest_json;
#[cfg(feature = "rest-xml")]
mod rest_xml;
#[cfg(feature = "rpc-v2-cbor")]
mod rpc_v2_cbor;
#[cfg(any(feature = "rest-xml", feature = "aws-query", feature = "ec2-query"))]
mod xml;

#[cfg(feature = "aws-json")]
pub use aws_json::{aws_json_1_0, aws_json_1_1};
#[cfg(feature = "aws-query")]
pub use aws_query::aws_query;
#[cfg(feature = "ec2-query")]
pub use ec2_query::ec2_query;
#[cfg(feature = "rest-json")]
pub use rest_json::rest_json;
#[cfg(feature = "rest-xml")]
pub use rest_xml::rest_xml;
#[cfg(feature = "rpc-v2-cbor")]
pub use rpc_v2_cbor::rpc_v2_cbor;

use aws_smithy_runtime_api::http::{Request, Response};
use aws_smithy_schema::Schema;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeDeserializer};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::ErrorMetadata;
use std::fmt::Debug;

/// A protocol, for all operations of all services that speak it.
pub type Shared = &'static dyn Protocol;

/// What is read from a response.
pub type Reading<'r> = Result<Box<dyn ShapeDeserializer + 'r>, SerdeError>;

/// How requests are written and responses are read.
pub trait Protocol: Debug + Send + Sync {
    /// Writes the request, without a host.
    ///
    /// # Errors
    ///
    /// If a value has no form on the wire.
    fn request(
        &self,
        facts: &Facts,
        input: &dyn SerializableStruct,
        schema: &Schema<'_>,
    ) -> Result<Request, SerdeError>;

    /// What the output is read from.
    ///
    /// # Errors
    ///
    /// If there is no output in the response.
    fn output<'r>(&self, facts: &Facts, response: &'r Response, schema: &Schema<'_>)
    -> Reading<'r>;

    /// A body that says the same in the forms that AWS's codec reads, if the response has others.
    fn plain(&self, _response: &Response, _output: &Schema<'_>) -> Option<Vec<u8>> {
        None
    }

    /// Whether the response is an error.
    fn is_error(&self, response: &Response, _output: &Schema<'_>) -> bool {
        !response.status().is_success()
    }

    /// The code and the message of an error, and the request's ID if the body has it.
    ///
    /// # Errors
    ///
    /// If the body is none of this protocol.
    fn error_metadata(&self, response: &Response) -> Result<ErrorMetadata, SerdeError>;

    /// What the members of an error are read from.
    ///
    /// # Errors
    ///
    /// If there is no error in the response.
    fn error<'r>(&self, response: &'r Response) -> Reading<'r>;
}

/// The key of [`ErrorMetadata`] for the ID of a request that the body has.
const REQUEST_ID: &str = "request_id";

/// The ID of the request, if the body of an error has it.
pub(crate) fn request_id(metadata: &ErrorMetadata) -> Option<&str> {
    metadata.extra(REQUEST_ID)
}

/// What a protocol needs to know of an operation besides its input and output.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The operation's name in the model.
    pub operation: &'static str,
    /// The service's name on the wire (`metadata.targetPrefix`).
    pub target: &'static str,
    /// The version of the service's API.
    pub version: &'static str,
    /// Whether errors carry the codes of the query protocol too (`aws.protocols#awsQueryCompatible`).
    pub query_compatible: bool,
    /// Whether the model has an input.
    pub has_input: bool,
    /// The element around the output in responses of the query protocol (`resultWrapper`).
    pub result_wrapper: Option<&'static str>,
}

/// The same response with another body.
pub(crate) fn with_body(response: &Response, body: SdkBody) -> Response {
    let mut other = Response::new(response.status(), body);
    *other.headers_mut() = response.headers().clone();
    other
}

/// Settings of AWS's runtime, of which a protocol here needs none.
#[cfg(any(
    feature = "aws-json",
    feature = "rest-json",
    feature = "rest-xml",
    feature = "rpc-v2-cbor"
))]
fn unconfigured() -> &'static aws_smithy_types::config_bag::ConfigBag {
    use aws_smithy_types::config_bag::ConfigBag;
    static NONE: std::sync::LazyLock<ConfigBag> = std::sync::LazyLock::new(ConfigBag::base);
    &NONE
}
