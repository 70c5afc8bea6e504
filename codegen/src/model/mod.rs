//! What AWS wrote: a strict mirror of botocore's `service-2.json`; of the files of endpoints in
//! [`endpoint`].
//!
//! Every key of the format is listed, an unknown one is refused, and nothing is decided here.
//! Strings are borrowed from the JSON where it has no escapes in them.

// A key that nothing reads yet is listed all the same: that is what makes an unknown one an error.
#![allow(dead_code)]

pub(crate) mod endpoint;
mod entries;
pub(crate) mod lenient;
pub mod paginators;
mod read;

pub use entries::{Entries, Text};
pub(crate) use read::read;

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// A whole `service-2.json`.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Service<'a> {
    /// The version of the format.
    pub version: Option<Text<'a>>,
    /// Facts of the service as a whole.
    pub metadata: Metadata<'a>,
    /// The operations, by the name that counts.
    pub operations: Entries<'a, Operation<'a>>,
    /// The shapes that operations refer to.
    pub shapes: Entries<'a, Shape<'a>>,
    /// HTML.
    pub documentation: Option<Text<'a>>,
    /// Parameters of the endpoint rules that the client's configuration sets.
    pub client_context_params: Option<BTreeMap<Text<'a>, ClientContext<'a>>>,
    /// Examples, in the models that have them here.
    pub examples: Option<IgnoredAny>,
    /// Whether the service as a whole is deprecated.
    #[serde(default)]
    pub deprecated: bool,
    /// Why, or what to use instead.
    pub deprecated_message: Option<Text<'a>>,
}

/// Facts of the service as a whole.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Metadata<'a> {
    /// The version of the API, a date.
    pub api_version: Text<'a>,
    /// Schemes by which requests are signed, in order of preference.
    #[serde(default)]
    pub auth: Vec<Text<'a>>,
    /// Present if errors carry the codes of the query protocol too.
    pub aws_query_compatible: Option<IgnoredAny>,
    /// The algorithm of checksums (informational).
    pub checksum_format: Option<Text<'a>>,
    /// The first label of the service's host name.
    pub endpoint_prefix: Text<'a>,
    /// The host of a service that has no regions.
    pub global_endpoint: Option<Text<'a>>,
    /// The version of the awsJson protocol.
    pub json_version: Option<Text<'a>>,
    /// The protocol that the service spoke first.
    pub protocol: Protocol,
    /// All protocols that it speaks.
    #[serde(default)]
    pub protocols: Vec<Protocol>,
    /// HTTP/2 requirements.
    pub protocol_settings: Option<BTreeMap<Text<'a>, Text<'a>>>,
    /// The service's name in another system (informational).
    pub rip_service_name: Option<Text<'a>>,
    /// A short name for people.
    pub service_abbreviation: Option<Text<'a>>,
    /// The name for people.
    pub service_full_name: Text<'a>,
    /// The name for configuration and user agents.
    pub service_id: Text<'a>,
    /// How requests are signed, before `auth` said it.
    pub signature_version: Text<'a>,
    /// The service's name in signatures, if it is not the endpoint prefix.
    pub signing_name: Option<Text<'a>>,
    /// The first part of `X-Amz-Target`.
    pub target_prefix: Option<Text<'a>>,
    /// Names this version of the API uniquely.
    pub uid: Option<Text<'a>>,
    /// The namespace of XML bodies.
    pub xml_namespace: Option<Text<'a>>,
}

/// The protocols of `metadata.protocol` and `metadata.protocols`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Protocol {
    Json,
    RestJson,
    RestXml,
    SmithyRpcV2Cbor,
    Query,
    Ec2,
}

impl Protocol {
    /// Its name in models.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::RestJson => "rest-json",
            Self::RestXml => "rest-xml",
            Self::SmithyRpcV2Cbor => "smithy-rpc-v2-cbor",
            Self::Query => "query",
            Self::Ec2 => "ec2",
        }
    }
}

/// An operation.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Operation<'a> {
    /// The name for the wire, which is the key nearly always.
    pub name: Text<'a>,
    /// Method and URI.
    pub http: Http<'a>,
    /// What a request is made from.
    pub input: Option<Ref<'a>>,
    /// What a response is read into.
    pub output: Option<Ref<'a>>,
    /// The errors that it may answer with.
    #[serde(default)]
    pub errors: Vec<Ref<'a>>,
    /// HTML.
    pub documentation: Option<Text<'a>>,
    /// Its own signing schemes.
    #[serde(default)]
    pub auth: Vec<Text<'a>>,
    /// `none` or `v4-unsigned-body`.
    pub authtype: Option<Text<'a>>,
    /// Whether it is deprecated.
    #[serde(default)]
    pub deprecated: bool,
    /// Why, or what to use instead.
    pub deprecated_message: Option<Text<'a>>,
    /// Since when, in free text.
    pub deprecated_since: Option<Text<'a>>,
    /// A prefix of the host name.
    pub endpoint: Option<Endpoint<'a>>,
    /// Whether its endpoint is discovered by another operation.
    pub endpointdiscovery: Option<EndpointDiscovery>,
    /// Whether it is the operation that discovers endpoints.
    #[serde(default)]
    pub endpointoperation: bool,
    /// How bodies are checksummed.
    pub http_checksum: Option<HttpChecksum<'a>>,
    /// Whether the body must be checksummed.
    #[serde(default)]
    pub http_checksum_required: bool,
    /// Whether a repeated request has the same effect as one.
    #[serde(default)]
    pub idempotent: bool,
    /// Members of the input that the endpoint rules read, as JMESPath.
    pub operation_context_params: Option<BTreeMap<Text<'a>, ContextPath<'a>>>,
    /// Whether it changes nothing.
    #[serde(default)]
    pub readonly: bool,
    /// How requests may be compressed.
    pub requestcompression: Option<RequestCompression<'a>>,
    /// Constants that the endpoint rules read.
    pub static_context_params: Option<BTreeMap<Text<'a>, StaticContext>>,
    /// Whether the body stays out of the signature.
    #[serde(default)]
    pub unsigned_payload: bool,
}

/// `operation.http`.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Http<'a> {
    /// The method.
    pub method: Text<'a>,
    /// The template of the URI; labels are `locationName`s.
    pub request_uri: Text<'a>,
    /// The status of a success.
    pub response_code: Option<u16>,
}

/// `operation.endpoint`.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Endpoint<'a> {
    /// Put before the host name; labels are members.
    pub host_prefix: Text<'a>,
}

/// `operation.endpointdiscovery`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointDiscovery {
    /// Whether the operation cannot be called without it.
    #[serde(default)]
    pub required: bool,
}

/// `operation.httpChecksum`.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct HttpChecksum<'a> {
    /// The member that names the request's algorithm.
    pub request_algorithm_member: Option<Text<'a>>,
    /// Whether a request must have one.
    #[serde(default)]
    pub request_checksum_required: bool,
    /// The member that asks for the response's.
    pub request_validation_mode_member: Option<Text<'a>>,
    /// The algorithms of responses.
    #[serde(default)]
    pub response_algorithms: Vec<Text<'a>>,
}

/// `operation.requestcompression`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct RequestCompression<'a> {
    /// In order of preference.
    pub encodings: Vec<Text<'a>>,
}

/// A value of `clientContextParams`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct ClientContext<'a> {
    /// The type.
    #[serde(rename = "type")]
    pub kind: Text<'a>,
    /// HTML.
    pub documentation: Option<Text<'a>>,
}

/// A value of `operation.operationContextParams`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct ContextPath<'a> {
    /// JMESPath over the input.
    pub path: Text<'a>,
}

/// A value of `operation.staticContextParams`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaticContext {
    /// A string, boolean or list of strings.
    pub value: serde_json::Value,
}

/// A reference to a shape, with traits that win over the shape's own.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Ref<'a> {
    /// The name of the shape.
    pub shape: Text<'a>,
    /// No effect: primitives that may be absent.
    #[serde(rename = "box", default)]
    pub boxed: bool,
    /// The endpoint rules' name for it.
    pub context_param: Option<ContextParam<'a>>,
    /// Whether it is deprecated.
    #[serde(default)]
    pub deprecated: bool,
    /// Why, or what to use instead.
    pub deprecated_message: Option<Text<'a>>,
    /// Since when, in free text.
    pub deprecated_since: Option<Text<'a>>,
    /// HTML.
    pub documentation: Option<Text<'a>>,
    /// Old models: the values of an enum, on the member.
    #[serde(rename = "enum")]
    pub values: Option<Vec<Text<'a>>>,
    /// Old models: traits of an error, on the operation.
    pub error: Option<ErrorTraits<'a>>,
    /// Whether it is a header of an event.
    #[serde(default)]
    pub eventheader: bool,
    /// Whether it is the payload of an event.
    #[serde(default)]
    pub eventpayload: bool,
    /// Old models: on the operation's reference to an error.
    #[serde(default)]
    pub exception: bool,
    /// Old models: a server's error.
    #[serde(default)]
    pub fault: bool,
    /// Whether a list or map has no element around it.
    #[serde(default)]
    pub flattened: bool,
    /// Whether it is part of the host name.
    #[serde(default)]
    pub host_label: bool,
    /// Whether the client fills it if the caller does not.
    #[serde(default)]
    pub idempotency_token: bool,
    /// Whether the string is JSON, base64 in a header.
    #[serde(default)]
    pub jsonvalue: bool,
    /// Where in the HTTP message it is.
    pub location: Option<Location>,
    /// Its name there.
    pub location_name: Option<Text<'a>>,
    /// Its name in ec2 requests.
    pub query_name: Option<Text<'a>>,
    /// The element around an output of the query protocol.
    pub result_wrapper: Option<Text<'a>>,
    /// Whether it streams.
    #[serde(default)]
    pub streaming: bool,
    /// Overrides the shape's format.
    pub timestamp_format: Option<TimestampFormat>,
    /// No effect.
    #[serde(default)]
    pub wrapper: bool,
    /// Whether it is an attribute of its parent's element.
    #[serde(default)]
    pub xml_attribute: bool,
    /// The namespace of its element.
    pub xml_namespace: Option<XmlNamespace<'a>>,
}

/// `member.contextParam`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct ContextParam<'a> {
    /// The parameter of the endpoint rules.
    pub name: Text<'a>,
}

/// `member.location`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Location {
    Uri,
    #[serde(rename = "querystring")]
    QueryString,
    Header,
    Headers,
    StatusCode,
}

/// `timestampFormat`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum TimestampFormat {
    Iso8601,
    UnixTimestamp,
    Rfc822,
}

/// `xmlNamespace`, an object on shapes and references, a string in old models.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum XmlNamespace<'a> {
    Full(FullXmlNamespace<'a>),
    Uri(Text<'a>),
}

/// `xmlNamespace` as an object.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub struct FullXmlNamespace<'a> {
    /// The namespace.
    pub uri: Text<'a>,
    /// The prefix that it is declared with.
    pub prefix: Option<Text<'a>>,
}

/// `error` of an exception.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct ErrorTraits<'a> {
    /// The code on the wire, if it is not the shape's name.
    pub code: Option<Text<'a>>,
    /// A server's error.
    #[serde(default)]
    pub fault: bool,
    /// The HTTP status that it comes with.
    pub http_status_code: Option<u16>,
    /// A client's error.
    #[serde(default)]
    pub sender_fault: bool,
}

/// `retryable` of an exception.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retryable {
    /// Whether the service asks for fewer requests.
    #[serde(default)]
    pub throttling: bool,
}

/// A shape, of any type: which keys go with which type is for `lower` to say.
#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    rename_all = "camelCase",
    bound(deserialize = "'de: 'a")
)]
pub struct Shape<'a> {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: ShapeType,
    /// No effect: primitives that may be absent.
    #[serde(rename = "box", default)]
    pub boxed: bool,
    /// Whether it is deprecated.
    #[serde(default)]
    pub deprecated: bool,
    /// Why, or what to use instead.
    pub deprecated_message: Option<Text<'a>>,
    /// Since when, in free text.
    pub deprecated_since: Option<Text<'a>>,
    /// Whether the structure stands for any JSON.
    #[serde(default)]
    pub document: bool,
    /// HTML.
    pub documentation: Option<Text<'a>>,
    /// The values of an enum.
    #[serde(rename = "enum")]
    pub values: Option<Vec<Text<'a>>>,
    /// Traits of an exception.
    pub error: Option<ErrorTraits<'a>>,
    /// Whether the structure is an event.
    #[serde(default)]
    pub event: bool,
    /// Whether the structure is a stream of events.
    #[serde(default)]
    pub eventstream: bool,
    /// Whether the structure is an error.
    #[serde(default)]
    pub exception: bool,
    /// A server's error.
    #[serde(default)]
    pub fault: bool,
    /// Whether the list or map has no element around it.
    #[serde(default)]
    pub flattened: bool,
    /// The keys of a map.
    pub key: Option<Ref<'a>>,
    /// A default for the names of members that have this shape.
    pub location_name: Option<Text<'a>>,
    /// A constraint on length or value.
    pub max: Option<serde_json::Number>,
    /// The elements of a list.
    pub member: Option<Ref<'a>>,
    /// The members of a structure, in order.
    pub members: Option<Entries<'a, Ref<'a>>>,
    /// A constraint on length or value.
    pub min: Option<serde_json::Number>,
    /// A constraint on characters.
    pub pattern: Option<Text<'a>>,
    /// The member that is the whole body.
    pub payload: Option<Text<'a>>,
    /// The members that requests must have.
    #[serde(default)]
    pub required: Vec<Text<'a>>,
    /// Whether a stream needs its length said in advance.
    #[serde(default)]
    pub requires_length: bool,
    /// Whether the error may go away.
    pub retryable: Option<Retryable>,
    /// Whether values must not be printed.
    #[serde(default)]
    pub sensitive: bool,
    /// Whether elements may be null.
    #[serde(default)]
    pub sparse: bool,
    /// Whether it streams.
    #[serde(default)]
    pub streaming: bool,
    /// No effect.
    #[serde(default)]
    pub synthetic: bool,
    /// The format of a timestamp.
    pub timestamp_format: Option<TimestampFormat>,
    /// Whether exactly one member of the structure is set.
    #[serde(default)]
    pub union: bool,
    /// The values of a map.
    pub value: Option<Ref<'a>>,
    /// No effect.
    #[serde(default)]
    pub wrapper: bool,
    /// The namespace of its element.
    pub xml_namespace: Option<XmlNamespace<'a>>,
    /// No effect.
    pub xml_order: Option<Vec<Text<'a>>>,
}

/// `shape.type`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum ShapeType {
    Structure,
    List,
    Map,
    String,
    Character,
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Timestamp,
    Blob,
}
