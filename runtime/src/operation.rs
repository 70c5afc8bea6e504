//! Operations: requests out, responses in, with no I/O.

use crate::error::{BoxError, Error, ErrorKind, ErrorMeta, OperationError, read_error};
use crate::protocol::{Facts, Shared};
use crate::structure::{Input, Missing, Rooted, Structure, read, required, unset_tokens};
use crate::token::IdempotencyTokens;
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

    /// How requests are signed (`auth`, `authtype`, `unsignedPayload`; `smithy.api#auth`,
    /// `aws.auth#unsignedPayload`). For who sends them; [`request`](Self::request) signs nothing.
    const SIGNING: Signing = Signing::SigV4;

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
    /// signature are the caller's to add.
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
        serialize::<Self>(input, tokens)
            .and_then(|request| {
                let request = request.try_into_http1x()?;
                let body = request.body().bytes().map(<[u8]>::to_vec);
                let body = body.ok_or("the body is a stream, which has to be sent as one")?;
                Ok(request.map(|_| body))
            })
            .map_err(|source| Error::new(Self::NAME, ErrorKind::Request(source)))
    }

    /// Reads the HTTP response, whose body has arrived in full.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Service`] if the service answered with an error, [`ErrorKind::Response`] if
    /// the contents of a success cannot be read.
    fn response<B: Into<SdkBody>>(
        response: http::Response<B>,
    ) -> Result<Self::Output, Error<Self::Error>> {
        let status = response.status().as_u16();
        let response = Response::try_from(response.map(Into::into)).map_err(|source| {
            let meta = ErrorMeta::default().with_status(status);
            let source = source.into();
            Error::new(Self::NAME, ErrorKind::Response { meta, source })
        })?;
        deserialize::<Self>(&response)
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

/// How the requests of an operation are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signing {
    /// With AWS's Signature Version 4, the body included.
    SigV4,
    /// The same, without the body.
    UnsignedPayload,
    /// Not at all.
    None,
    /// In one of these ways only, none of which a client here has yet.
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
                static SCHEMA: $crate::private::OnceLock<$crate::private::Schema<'static>> =
                    $crate::private::OnceLock::new();
                SCHEMA.get_or_init($crate::operation::build::<$name>)
            }
        }
    };
}

/// The schema of an operation's input: that of its structure, with the HTTP trait.
pub fn build<O: Operation>() -> Schema<'static> {
    let structure = O::Input::schema();
    let mut schema = Schema::new_struct(
        structure.shape_id().clone(),
        structure.shape_type(),
        structure.members(),
    )
    .with_http(HttpTrait::new(O::METHOD, O::URI, None));
    let is_document = |member: &&Schema<'_>| {
        member.http_payload().is_some() && member.shape_type() == ShapeType::Document
    };
    if schema.members().iter().any(is_document) {
        // The document is the body itself, as a structure would be.
        schema = schema.with_payload_hint(PayloadHint::StructPayload);
    }
    if let Some(root) = O::ROOT {
        schema = schema.with_xml_name(root.name);
        if let Some((uri, prefix)) = root.namespace {
            schema = schema.with_xml_namespace(uri, prefix);
        }
    }
    schema
}

/// What the protocol is told of the operation.
fn facts<O: Operation>() -> Facts {
    Facts {
        operation: O::NAME,
        target: O::Service::TARGET,
        version: O::Service::API_VERSION,
        query_compatible: O::Service::QUERY_COMPATIBLE,
        has_input: O::HAS_INPUT,
        result_wrapper: O::RESULT_WRAPPER,
    }
}

/// Makes the request in the form of AWS's runtime.
pub(crate) fn serialize<O: Operation>(
    input: &O::Input,
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
    let token = (!unset_tokens(input).is_empty()).then(|| tokens.token());
    let input = Input {
        value: input,
        token,
    };
    let protocol = O::Service::protocol();
    Ok(protocol.request(&facts::<O>(), &input, O::input_schema())?)
}

/// Reads a response in the form of AWS's runtime.
pub(crate) fn deserialize<O: Operation>(response: &Response) -> Result<O::Output, Error<O::Error>> {
    let protocol = O::Service::protocol();
    if protocol.is_error(response, O::Output::schema()) {
        let error = read_error(protocol, response);
        return Err(Error::new(O::NAME, ErrorKind::Service(error)));
    }
    protocol
        .output(&facts::<O>(), response, O::Output::schema())
        .and_then(|mut body| read(&mut *body))
        .map_err(|source| {
            let meta = ErrorMeta::of(response);
            let source = source.into();
            Error::new(O::NAME, ErrorKind::Response { meta, source })
        })
}
