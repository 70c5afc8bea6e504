//! Operations: requests out, responses in, with no I/O.

use crate::error::{BoxError, Error, ErrorKind, ErrorMeta, OperationError};
use crate::exception::read_error;
use crate::member::Member;
use crate::path::{Context, Found, Step};
use crate::protocol::{Facts, Shared, with_body};
use crate::stream::ByteStream;
use crate::structure::{
    AnyStructure, Input, Missing, Rooted, Structure, put_stream, read_into, required, select,
    take_stream, unset_tokens,
};
use crate::token::IdempotencyTokens;
use crate::unsupported::Unsupported;
use aws_smithy_runtime_api::http::{Request, Response};
use aws_smithy_schema::traits::HttpTrait;
use aws_smithy_schema::{PayloadHint, Schema, ShapeType};
use aws_smithy_types::body::SdkBody;

/// A service: what all its operations share.
pub trait Service: 'static {
    /// The service's ID, `Backup` (`metadata.serviceId`).
    const ID: &'static str;

    /// The service's ID as it stands in user agents, `backup`.
    const USER_AGENT_ID: &'static str;

    /// The version of its API, `2018-11-15` (`metadata.apiVersion`).
    const API_VERSION: &'static str;

    /// Whether requests are signed as S3's are (`metadata.signatureVersion`: `s3`, `s3v4`): their
    /// paths as they stand, and those that are signed in advance without their bodies.
    const SIGNS_LIKE_S3: bool = false;

    /// The service's name on the wire, in the protocols that call operations by name
    /// (`metadata.targetPrefix`).
    const TARGET: &'static str = "";

    /// Whether errors carry the codes of the query protocol too (`metadata.awsQueryCompatible`;
    /// `aws.protocols#awsQueryCompatible`).
    const QUERY_COMPATIBLE: bool = false;

    /// The protocol that it speaks.
    fn protocol() -> Shared;
}

/// An operation of a service.
///
/// [`request`](Self::request) and [`response`](Self::response) are the whole of it: what goes
/// between them is the caller's, any HTTP client, blocking or not.
///
/// Written by the generator, completed by [`operation!`](crate::operation!).
pub trait Operation: HttpBound {
    /// The operation's name in the model.
    const NAME: &'static str;

    /// The HTTP method.
    const METHOD: &'static str;

    /// The template of the URI, with the input's members for labels.
    const URI: &'static str;

    /// How requests may be signed, the preferred way first (`auth`, `authtype`; `smithy.api#auth`).
    /// For who sends them; [`request`](Self::request) signs nothing.
    const AUTH: &'static [Auth] = &[Auth::SigV4];

    /// Whether the body stays out of the signature, where the connection protects it
    /// (`unsignedPayload`; `aws.auth#unsignedPayload`).
    const UNSIGNED_PAYLOAD: bool = false;

    /// What the host's name starts with, with the input's members for labels
    /// (`endpoint.hostPrefix`; `smithy.api#endpoint`). [`host_prefix`](Self::host_prefix) fills it.
    const HOST_PREFIX: Option<&'static str> = None;

    /// What the endpoint rules are told, what comes later having precedence.
    const CONTEXT: &'static [Context] = &[];

    /// What the model asks for and cannot be done yet. Calls that need it are refused.
    const UNSUPPORTED: &'static [Unsupported] = &[];

    /// Whether the model has an input. Without one, [`Input`](Self::Input) has no members.
    const HAS_INPUT: bool = true;

    /// The element that a request's body is in, and its namespace with the prefix of that
    /// (`locationName` and `xmlNamespace` of `input`), in XML.
    const ROOT: Option<Root> = None;

    /// The element around the output in responses of the query protocol (`resultWrapper`).
    const RESULT_WRAPPER: Option<&'static str> = None;

    /// The service that it belongs to.
    type Service: Service;

    /// What a request is made from.
    type Input: Structure;

    /// What a successful response is read into.
    type Output: Structure;

    /// The errors that the service can answer with.
    type Error: OperationError;

    /// Makes the HTTP request for this input.
    ///
    /// Its URI is path and query; its headers are those of the protocol. The endpoint and the
    /// signature are the caller's to add. A payload that streams has to be in memory; for all others
    /// there is [`into_request`](Self::into_request).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] if a required member is not set, or a value has no form on the wire.
    fn request(input: &Self::Input) -> Result<http::Request<Vec<u8>>, Error<Self::Error>> {
        Self::request_with(input, &IdempotencyTokens::random())
    }

    /// Makes the HTTP request for this input, with idempotency tokens from here.
    ///
    /// # Errors
    ///
    /// Those of [`request`](Self::request).
    fn request_with(
        input: &Self::Input,
        tokens: &IdempotencyTokens,
    ) -> Result<http::Request<Vec<u8>>, Error<Self::Error>> {
        AnyOperation::of::<Self>()
            .serialize(input, tokens)
            .and_then(|request| {
                let request = request.try_into_http1x()?;
                let body = request.body().bytes().map(<[u8]>::to_vec);
                let body = body.ok_or("the body is a stream, which has to be sent as one")?;
                Ok(request.map(|_| body))
            })
            .map_err(|source| Error::new(Self::NAME, ErrorKind::Request(source)))
    }

    /// Makes the HTTP request of this input, whose payload may be a stream.
    ///
    /// Otherwise as [`request`](Self::request): of an input without a stream, the body is in memory.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] if a required member is not set, or a value has no form on the wire.
    fn into_request(
        mut input: Self::Input,
    ) -> Result<http::Request<ByteStream>, Error<Self::Error>> {
        let tokens = IdempotencyTokens::random();
        AnyOperation::of::<Self>()
            .serialize_streaming(&mut input, &tokens)
            .and_then(|request| Ok(request.try_into_http1x()?.map(ByteStream::new)))
            .map_err(|source| Error::new(Self::NAME, ErrorKind::Request(source)))
    }

    /// What has to stand before the name of the endpoint's host for this input, if anything has.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] if a label is not set, or has no place in the name of a host.
    fn host_prefix(input: &Self::Input) -> Result<Option<String>, Error<Self::Error>> {
        AnyOperation::of::<Self>()
            .host_prefix(input)
            .map_err(|source| Error::new(Self::NAME, ErrorKind::Request(source)))
    }

    /// Reads the HTTP response, whose body has arrived in full.
    ///
    /// Only the body of a success, and of an operation whose output streams, may still be on its
    /// way: it becomes the member that streams.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Service`] if the service answered with an error, [`ErrorKind::Response`] if
    /// the contents of a success cannot be read.
    fn response<B: Into<SdkBody>>(
        response: http::Response<B>,
    ) -> Result<Self::Output, Error<Self::Error>> {
        let status = response.status().as_u16();
        let response = Response::try_from(response.map(Into::into));
        let mut response = response.map_err(|source| {
            let meta = ErrorMeta::default().with_status(status);
            let source = source.into();
            Error::new(Self::NAME, ErrorKind::Response { meta, source })
        })?;
        let operation = AnyOperation::of::<Self>();
        let stream = operation.take_stream(&mut response);
        if stream.is_none() && response.body().bytes().is_none() {
            let meta = ErrorMeta::of(&response);
            let source = "the body has not arrived in full: collect it before it is read".into();
            return Err(Error::new(Self::NAME, ErrorKind::Response { meta, source }));
        }
        deserialize::<Self>(&operation, &response, stream)
    }
}

/// The element that a request's body is in.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    /// Its name.
    pub name: &'static str,
    /// Its namespace, and the prefix that stands for that.
    pub namespace: Option<(&'static str, Option<&'static str>)>,
}

/// A way in which requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// With AWS's Signature Version 4 (`aws.auth#sigv4`).
    SigV4,
    /// With a token that whoever bears it may use (`smithy.api#httpBearerAuth`).
    Bearer,
    /// Not at all (`smithy.api#noAuth`).
    None,
    /// In this way, which no client here has yet.
    Unsupported(&'static str),
}

/// The keeper of an operation's input schema, which has the method and the URI template.
pub trait HttpBound: Sized + 'static {
    /// The schema, built on first use.
    fn input_schema() -> &'static Schema<'static>;
}

/// Completes a generated [`Operation`].
#[macro_export]
macro_rules! operation {
    ($name:ident) => {
        impl $crate::operation::HttpBound for $name {
            fn input_schema() -> &'static $crate::private::Schema<'static> {
                static SCHEMA: $crate::private::Lazy<$crate::private::Schema<'static>> =
                    $crate::private::Lazy::new();
                SCHEMA.get($crate::operation::build::<$name>)
            }
        }
    };
}

/// The schema of an operation's input: that of its structure, with the HTTP trait.
pub fn build<O: Operation>() -> Schema<'static> {
    schema_of(O::Input::schema(), O::METHOD, O::URI, O::ROOT)
}

fn schema_of(
    structure: &'static Schema<'static>,
    method: &'static str,
    uri: &'static str,
    root: Option<Root>,
) -> Schema<'static> {
    let mut schema = Schema::new_struct(
        structure.shape_id().clone(),
        structure.shape_type(),
        structure.members(),
    )
    .with_http(HttpTrait::new(method, uri, None));
    let is_document = |member: &&Schema<'_>| {
        member.http_payload().is_some() && member.shape_type() == ShapeType::Document
    };
    if schema.members().iter().any(is_document) {
        // The document is the body itself, as a structure would be.
        schema = schema.with_payload_hint(PayloadHint::StructPayload);
    }
    if let Some(root) = root {
        schema = schema.with_xml_name(root.name);
        if let Some((uri, prefix)) = root.namespace {
            schema = schema.with_xml_namespace(uri, prefix);
        }
    }
    schema
}

/// An operation whose types are left behind: making its requests is compiled once, and not for
/// each operation.
#[derive(Clone, Copy)]
pub(crate) struct AnyOperation {
    facts: Facts,
    protocol: Shared,
    input: &'static Schema<'static>,
    output: &'static Schema<'static>,
    host_prefix: Option<&'static str>,
    unsupported: &'static [Unsupported],
}

impl AnyOperation {
    pub fn of<O: Operation>() -> Self {
        Self {
            facts: Facts {
                operation: O::NAME,
                target: O::Service::TARGET,
                version: O::Service::API_VERSION,
                query_compatible: O::Service::QUERY_COMPATIBLE,
                has_input: O::HAS_INPUT,
                result_wrapper: O::RESULT_WRAPPER,
            },
            protocol: O::Service::protocol(),
            input: O::input_schema(),
            output: O::Output::schema(),
            host_prefix: O::HOST_PREFIX,
            unsupported: O::UNSUPPORTED,
        }
    }

    /// The operation's name in the model.
    #[cfg(feature = "client")]
    pub fn name(&self) -> &'static str {
        self.facts.operation
    }

    /// What the model asks for and cannot be done yet.
    #[cfg(feature = "client")]
    pub fn unsupported(&self) -> &'static [Unsupported] {
        self.unsupported
    }

    /// Makes the request in the form of AWS's runtime.
    fn serialize(
        &self,
        input: &dyn AnyStructure,
        tokens: &IdempotencyTokens,
    ) -> Result<Request, BoxError> {
        let mut missing = Missing::default();
        required(input, &mut missing);
        let missing = missing.into_paths();
        if !missing.is_empty() {
            let noun = if missing.len() == 1 {
                "member is"
            } else {
                "members are"
            };
            return Err(format!("the required {noun} not set: {}", missing.join(", ")).into());
        }
        Unsupported::refuse_input(self.unsupported)?;
        let token = (!unset_tokens(input).is_empty()).then(|| tokens.token());
        let input = Input {
            value: input,
            token,
        };
        let request = self.protocol.request(&self.facts, &input, self.input)?;
        Unsupported::refuse_request(self.unsupported, &request)?;
        Ok(request)
    }

    /// Makes the request, with the stream for its body if there is one.
    pub fn serialize_streaming(
        &self,
        input: &mut dyn AnyStructure,
        tokens: &IdempotencyTokens,
    ) -> Result<Request, BoxError> {
        let stream = take_stream(input);
        let mut request = self.serialize(input, tokens)?;
        if let Some((stream, member)) = stream {
            put_body(&mut request, stream, member)?;
        }
        Ok(request)
    }

    /// Fills the labels of the host's prefix.
    pub fn host_prefix(&self, input: &dyn AnyStructure) -> Result<Option<String>, BoxError> {
        let prefix = self.host_prefix.map(|template| filled(template, input));
        prefix.transpose()
    }

    /// Whether the body of a success is not read, but given as it comes.
    pub fn has_streaming_output(&self) -> bool {
        let mut members = self.output.members().iter();
        members.any(|member| member.streaming() && member.shape_type() == ShapeType::Blob)
    }

    /// The response with its body in the forms that the protocol's codec reads, if it has others.
    fn plain(&self, response: &Response) -> Option<Response> {
        let body = self.protocol.plain(response, self.output)?;
        Some(with_body(response, SdkBody::from(body)))
    }

    fn is_error(&self, response: &Response) -> bool {
        self.protocol.is_error(response, self.output)
    }

    fn read(
        &self,
        response: &Response,
        stream: Option<ByteStream>,
        output: &mut dyn AnyStructure,
    ) -> Result<(), (ErrorMeta, BoxError)> {
        self.protocol
            .output(&self.facts, response, self.output)
            .and_then(|mut body| read_into(output, &mut *body))
            .map_err(|source| (ErrorMeta::of(response), source.into()))?;
        if let Some(stream) = stream {
            put_stream(output, stream);
        }
        Ok(())
    }

    /// The body of a success that streams. `None` if it is not such, and has to arrive in full
    /// before it is read.
    pub fn take_stream(&self, response: &mut Response) -> Option<ByteStream> {
        if !response.status().is_success() || !self.has_streaming_output() {
            return None;
        }
        let body = std::mem::replace(response.body_mut(), SdkBody::empty());
        Some(ByteStream::new(body))
    }
}

/// Makes a stream the body of a request that has none yet.
fn put_body(request: &mut Request, stream: ByteStream, member: &Member) -> Result<(), BoxError> {
    let headers = request.headers_mut();
    match stream.content_length() {
        _ if headers.contains_key("content-length") => {}
        Some(length) => {
            headers.try_insert("content-length", length.to_string())?;
        }
        None if member.is_length_required() => {
            let name = member.name();
            let message = format!("{name}: the length of the stream is not known, and has to be");
            return Err(message.into());
        }
        None => {}
    }
    if !headers.contains_key("content-type") {
        headers.try_insert("content-type", "application/octet-stream")?;
    }
    *request.body_mut() = stream.into_inner();
    Ok(())
}

/// Fills the labels of a host's prefix.
fn filled(template: &str, input: &dyn AnyStructure) -> Result<String, BoxError> {
    let mut prefix = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').unwrap_or((after, ""));
        prefix.push_str(before);
        let start = prefix.len();
        if let Some(member) = input.shape().1.iter().find(|m| m.name() == label) {
            select(input, &[Step::Member(member.name())], &mut |found| {
                if let Found::Text(text) = found {
                    prefix.push_str(text);
                }
            });
        }
        // The value may be secret.
        let value = prefix.get(start..).unwrap_or_default();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        if value.is_empty() || !value.bytes().all(allowed) {
            let problem = if value.is_empty() {
                "is not set, and becomes a part of the host's name"
            } else {
                "cannot be a part of the host's name: letters, digits, `-` and `.` can"
            };
            return Err(format!("{label}: the value {problem}").into());
        }
        rest = after;
    }
    prefix.push_str(rest);
    Ok(prefix)
}

/// Reads a response in the form of AWS's runtime: its body is in it, or this stream.
pub(crate) fn deserialize<O: Operation>(
    operation: &AnyOperation,
    response: &Response,
    stream: Option<ByteStream>,
) -> Result<O::Output, Error<O::Error>> {
    let plain = operation.plain(response);
    let response = plain.as_ref().unwrap_or(response);
    if operation.is_error(response) {
        let error = read_error(operation.protocol, response, O::Output::ID);
        return Err(Error::new(O::NAME, ErrorKind::Service(error)));
    }
    let mut output = O::Output::default();
    match operation.read(response, stream, &mut output) {
        Ok(()) => Ok(output),
        Err((meta, source)) => Err(Error::new(O::NAME, ErrorKind::Response { meta, source })),
    }
}
