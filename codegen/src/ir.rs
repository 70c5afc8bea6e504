//! The service: plain data that knows no Rust, and room for every protocol.
//!
//! References are names of shapes, and all of them resolve. Everything is owned, so that an IR can
//! be kept and compared.

pub mod context;
pub mod endpoint;

use std::collections::{BTreeMap, BTreeSet};

/// A service at one version of its API.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// The name in the manifest and the folder of the model.
    pub name: String,
    /// Facts of the service as a whole.
    pub metadata: Metadata,
    /// What it is for.
    pub docs: Docs,
    /// Whether and why it should not be used any more.
    pub deprecated: Option<Deprecated>,
    /// Parameters of the endpoint rules that the client's configuration sets, by name.
    pub client_context: BTreeMap<String, ClientContext>,
    /// The operations, by name.
    pub operations: BTreeMap<String, Operation>,
    /// The shapes, by name.
    pub shapes: BTreeMap<String, Shape>,
}

/// A parameter of the endpoint rules that the client's configuration sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientContext {
    /// Its type, `boolean` or `string`.
    pub kind: String,
    /// What it does.
    pub docs: Docs,
}

/// Facts of the service as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// The version of the API, a date.
    pub api_version: String,
    /// The protocol that requests are written in.
    pub protocol: Protocol,
    /// All protocols that the service speaks, as the model lists them.
    pub protocols: Vec<Protocol>,
    /// Where HTTP/2 is needed (`protocolSettings.h2`).
    pub http2: Option<String>,
    /// The name for configuration and user agents.
    pub service_id: String,
    /// The name for people.
    pub full_name: String,
    /// The first label of the host name.
    pub endpoint_prefix: String,
    /// The name in signatures.
    pub signing_name: String,
    /// Schemes by which requests are signed, in order of preference.
    pub auth: Vec<String>,
    /// How they are signed, as it was said before there were schemes.
    pub signature_version: String,
    /// The first part of `X-Amz-Target`.
    pub target_prefix: Option<String>,
    /// The namespace of XML bodies.
    pub xml_namespace: Option<String>,
    /// Whether errors carry the codes of the query protocol too.
    pub query_compatible: bool,
    /// Names this version of the API uniquely, for links into AWS's documentation.
    pub uid: Option<String>,
}

/// How requests and responses are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[allow(missing_docs)]
pub enum Protocol {
    RestJson,
    Json10,
    Json11,
    RestXml,
    Query,
    Ec2,
    RpcV2Cbor,
}

/// Documentation, in AWS's HTML; empty if there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs(pub String);

/// Why something should not be used any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deprecated {
    /// What to use instead.
    pub message: Option<String>,
    /// Since when, in free text.
    pub since: Option<String>,
}

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The name that counts: the key in the model.
    pub name: String,
    /// The HTTP method.
    pub method: String,
    /// The URI template, whose labels are names of members.
    pub uri: String,
    /// The status of a success, if the model says.
    pub status: Option<u16>,
    /// The structure that a request is made from.
    pub input: Option<Body>,
    /// The structure that a response is read into.
    pub output: Option<Body>,
    /// The errors that it may answer with, in the model's order.
    pub errors: Vec<String>,
    /// What it says of them, by name.
    pub error_docs: BTreeMap<String, Docs>,
    /// What it does.
    pub docs: Docs,
    /// Whether and why it should not be used any more.
    pub deprecated: Option<Deprecated>,
    /// A prefix of the host name, whose labels are names of members.
    pub host_prefix: Option<String>,
    /// How it is signed, if not as the service is.
    pub auth: Vec<String>,
    /// Whether it is not signed at all.
    pub unsigned: bool,
    /// Whether the body stays out of the signature.
    pub unsigned_payload: bool,
    /// Whether a repeated request has the same effect as one.
    pub idempotent: bool,
    /// Whether it changes nothing.
    pub readonly: bool,
    /// How bodies are checksummed.
    pub checksum: Option<Checksum>,
    /// How requests may be compressed, in order of preference.
    pub compression: Vec<String>,
    /// Whether its endpoint is discovered, and whether it must be.
    pub endpoint_discovery: Option<bool>,
    /// Whether it is the operation that discovers endpoints.
    pub endpoint_operation: bool,
    /// What the endpoint rules are told, by parameter.
    pub context: BTreeMap<String, Context>,
    /// How it answers in pages, if it does.
    pub pagination: Option<Pagination>,
}

/// How an operation answers in pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// What says where a page begins.
    pub tokens: Vec<PageToken>,
    /// What the pages are lists of, in the output; the first is the one that counts.
    pub items: Vec<Path>,
    /// The member of the input that says how many fit on a page.
    pub limit: Option<String>,
    /// What says in the output whether there is another page.
    pub more: Option<Path>,
    /// Members of the output that are the same on all pages.
    pub non_aggregate: Vec<String>,
}

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageToken {
    /// The member of the input.
    pub input: String,
    /// Where its next value stands in the output: the first of these that has one.
    pub output: Vec<Path>,
}

/// A way through structures and lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// What to do, one after the other.
    pub steps: Vec<Step>,
    /// The shape that it leads to.
    pub target: String,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the member of this name.
    Member(String),
    /// To the last element.
    Last,
}

/// The structure of a request or response, with its traits there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The structure.
    pub shape: String,
    /// The name of its element.
    pub wire_name: Option<String>,
    /// The namespace of its element.
    pub xml_namespace: Option<XmlNamespace>,
    /// The element around it in responses of the query protocol.
    pub result_wrapper: Option<String>,
    /// What the operation says of it.
    pub docs: Docs,
}

/// `httpChecksum` and `httpChecksumRequired`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checksum {
    /// Whether a request must have one.
    pub required: bool,
    /// The member that names the algorithm of the request.
    pub algorithm_member: Option<String>,
    /// The member that asks for one in the response.
    pub mode_member: Option<String>,
    /// The algorithms of responses.
    pub response_algorithms: Vec<String>,
}

/// What the endpoint rules are told.
#[derive(Clone, Debug, PartialEq)]
pub enum Context {
    /// A constant, in JSON.
    Static(String),
    /// A part of the input, as JMESPath.
    Path(String),
}

/// A named shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its name in the model.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What it stands for.
    pub docs: Docs,
    /// Whether and why it should not be used any more.
    pub deprecated: Option<Deprecated>,
    /// Whether values must not be printed.
    pub sensitive: bool,
    /// Limits that the service checks.
    pub constraints: Constraints,
}

/// Limits that the service checks and a client does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// Of a length or a number.
    pub min: Option<String>,
    /// Of a length or a number.
    pub max: Option<String>,
    /// Of the characters, a regular expression.
    pub pattern: Option<String>,
}

/// What a shape is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Members, any of which may be set.
    Structure(Structure),
    /// Members, exactly one of which is set.
    Union(Structure),
    /// A string of which some values are known, in the model's order.
    Enumeration(Vec<String>),
    /// A sequence.
    List(List),
    /// Keys and values.
    Map(Map),
    /// Text.
    String,
    /// True or false.
    Boolean,
    /// 32 bits.
    Integer,
    /// 64 bits.
    Long,
    /// 32 bits.
    Float,
    /// 64 bits.
    Double,
    /// A moment.
    Timestamp(Option<TimestampFormat>),
    /// Bytes.
    Blob {
        /// Whether they come as they come.
        streaming: bool,
        /// Whether a stream needs its length said in advance.
        requires_length: bool,
    },
    /// Any JSON.
    Document,
}

/// Members, and what they are together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// In the model's order.
    pub members: Vec<Member>,
    /// Traits of an error, if it is one.
    pub error: Option<ErrorTraits>,
    /// Whether it is a stream of events, a union then, or one event.
    pub event: Event,
    /// The name of its element where nothing else names it.
    pub wire_name: Option<String>,
    /// The namespace of its element.
    pub xml_namespace: Option<XmlNamespace>,
}

/// A structure's part in event streams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Event {
    /// None.
    #[default]
    None,
    /// Its members are the kinds of events.
    Stream,
    /// It is an event.
    Event,
}

/// Traits of an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorTraits {
    /// The code on the wire.
    pub code: String,
    /// The HTTP status that it comes with, if the model says.
    pub status: Option<u16>,
    /// Whether it is the server's fault.
    pub fault: bool,
    /// Whether it may go away, and if so whether it asks for fewer requests.
    pub retryable: Option<bool>,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The elements.
    pub element: Element,
    /// Whether elements may be null.
    pub sparse: bool,
    /// Whether it has no element around it in XML.
    pub flattened: bool,
}

/// A map; keys are strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// The keys.
    pub key: Element,
    /// The values.
    pub value: Element,
    /// Whether values may be null.
    pub sparse: bool,
    /// Whether it has no element around it in XML.
    pub flattened: bool,
}

/// What a list or map holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The shape.
    pub target: String,
    /// The name of its element.
    pub wire_name: Option<String>,
    /// The namespace of its element.
    pub xml_namespace: Option<XmlNamespace>,
}

/// A member of a structure or union. Traits of its target are overlaid already.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name in the model.
    pub name: String,
    /// The shape.
    pub target: String,
    /// Where in the HTTP message it is.
    pub binding: Binding,
    /// Its name in bodies, if it is not the member's.
    pub wire_name: Option<String>,
    /// Another name that it may have in the bodies of responses.
    pub other_name: Option<String>,
    /// Its name in ec2 requests, if the model gives it one.
    pub query_name: Option<String>,
    /// What it stands for.
    pub docs: Docs,
    /// Whether requests must have it.
    pub required: bool,
    /// Whether the client fills it if the caller does not.
    pub idempotency_token: bool,
    /// Whether and why it should not be used any more.
    pub deprecated: Option<Deprecated>,
    /// How a timestamp is written, if not as the protocol does.
    pub timestamp_format: Option<TimestampFormat>,
    /// Whether the string is JSON, base64 in a header.
    pub json_value: bool,
    /// Whether it streams.
    pub streaming: bool,
    /// Whether it is part of the host name.
    pub host_label: bool,
    /// Whether a list or map has no element around it.
    pub flattened: bool,
    /// Whether it is an attribute of its parent's element.
    pub xml_attribute: bool,
    /// The namespace of its element.
    pub xml_namespace: Option<XmlNamespace>,
    /// Whether it is a header of an event.
    pub event_header: bool,
    /// Whether it is the payload of an event.
    pub event_payload: bool,
    /// The endpoint rules' name for it.
    pub context_param: Option<String>,
}

impl Kind {
    /// What it is, in a word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Structure(_) => "structure",
            Self::Union(_) => "union",
            Self::Enumeration(_) => "enum",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::Timestamp(_) => "timestamp",
            Self::Blob { .. } => "blob",
            Self::Document => "document",
        }
    }
}

impl Member {
    /// What it is a stream of, if it is one and `target` its shape.
    pub fn stream(&self, target: &Shape) -> Option<Stream> {
        match &target.kind {
            Kind::Blob { .. } if self.streaming => Some(Stream::Bytes),
            Kind::Union(union) if union.event == Event::Stream => Some(Stream::Events),
            _ => None,
        }
    }
}

/// What comes as it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Bytes.
    Bytes,
    /// Events.
    Events,
}

/// Where in an HTTP message a member is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// In the document of the body.
    Body,
    /// A label of the URI.
    Label,
    /// A query parameter.
    Query(String),
    /// A map of query parameters.
    QueryParams,
    /// A header.
    Header(String),
    /// A map of headers with this prefix.
    PrefixHeaders(String),
    /// The response's status.
    StatusCode,
    /// The whole body.
    Payload,
}

/// How a timestamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339.
    DateTime,
    /// Seconds since 1970.
    EpochSeconds,
    /// RFC 7231.
    HttpDate,
}

/// A namespace of XML elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlNamespace {
    /// The namespace.
    pub uri: String,
    /// The prefix that it is declared with.
    pub prefix: Option<String>,
}

impl Protocol {
    /// Its name in Smithy, `aws.protocols#restJson1` without what is before the `#`.
    pub fn name(self) -> &'static str {
        match self {
            Self::RestJson => "restJson1",
            Self::Json10 => "awsJson1_0",
            Self::Json11 => "awsJson1_1",
            Self::RestXml => "restXml",
            Self::Query => "awsQuery",
            Self::Ec2 => "ec2Query",
            Self::RpcV2Cbor => "rpcv2Cbor",
        }
    }
}

impl Service {
    /// What a member is a stream of, if it is one.
    pub fn stream(&self, member: &Member) -> Option<Stream> {
        member.stream(self.shape(&member.target)?)
    }

    /// The exceptions: structures that the model calls so, and those that operations answer with.
    pub fn exceptions(&self) -> BTreeSet<&str> {
        let called = self.shapes.values().filter(|shape| match &shape.kind {
            Kind::Structure(structure) => structure.error.is_some(),
            _ => false,
        });
        let answered = self.operations.values().flat_map(|one| &one.errors);
        let answered = answered.map(String::as_str);
        called
            .map(|shape| shape.name.as_str())
            .chain(answered)
            .collect()
    }

    /// The shape of this name, which resolves.
    pub fn shape(&self, name: &str) -> Option<&Shape> {
        self.shapes.get(name)
    }
}

impl Shape {
    /// A structure without members and without a name, as the input of an operation that has none.
    pub fn empty() -> Self {
        Self {
            name: String::new(),
            kind: Kind::Structure(Structure::default()),
            docs: Docs::default(),
            deprecated: None,
            sensitive: false,
            constraints: Constraints::default(),
        }
    }

    /// The members of a structure or union, none for all else.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            Kind::Structure(structure) | Kind::Union(structure) => &structure.members,
            _ => &[],
        }
    }

    /// The shapes that this one refers to, each with the step that leads there.
    pub fn references(&self) -> Vec<(&str, &str)> {
        match &self.kind {
            Kind::Structure(structure) | Kind::Union(structure) => structure
                .members
                .iter()
                .map(|member| (member.name.as_str(), member.target.as_str()))
                .collect(),
            Kind::List(list) => vec![("[]", list.element.target.as_str())],
            Kind::Map(map) => vec![
                ("{key}", map.key.target.as_str()),
                ("{}", map.value.target.as_str()),
            ],
            _ => Vec::new(),
        }
    }
}
