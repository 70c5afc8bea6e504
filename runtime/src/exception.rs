//! Exceptions: the shapes that services answer with instead of outputs, and how one is found.

use crate::error::{ErrorMeta, Modeled, OperationError};
use crate::protocol::{Protocol, Shared, request_id, with_body};
use crate::structure::{AnyStructure, Structure, fill_message, read_into};
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::ErrorMetadata;
use std::sync::Arc;

/// A structure that a service answers with instead of an output (`exception`, `error`;
/// `smithy.api#error`).
///
/// Written by the generator, as [`exception!`](crate::exception!).
pub trait Exception: Structure {
    /// What responses call it: `error.code` of the model, else the name of the shape.
    fn code() -> &'static str {
        split(Self::ID).1
    }
}

/// Makes a generated [`Structure`] an exception, whose code may be other than its name.
#[macro_export]
macro_rules! exception {
    ($name:ident) => {
        $crate::structure!($name);

        impl $crate::Exception for $name {}
    };
    ($name:ident, $code:literal) => {
        $crate::structure!($name);

        impl $crate::Exception for $name {
            fn code() -> &'static str {
                $code
            }
        }
    };
}

/// The namespace and the name of a shape's ID.
fn split(id: &'static str) -> (&'static str, &'static str) {
    id.split_once('#').unwrap_or((id, id))
}

/// An error response, for whoever asks for an exception later.
pub(crate) struct Answer {
    protocol: Shared,
    response: Response,
    /// The code of the protocol, where the response has another of the query protocol too.
    own_code: Option<String>,
    /// The namespace of the service's shapes: another service means something else by a code.
    namespace: &'static str,
    /// The ID of the exception that it is, if the operation names it.
    named: Option<&'static str>,
}

impl Answer {
    /// The exception, if the response is that.
    pub(crate) fn exception<T: Exception>(&self, meta: &ErrorMeta) -> Option<T> {
        let own_code = self.own_code.as_deref();
        let is_it = match self.named {
            Some(id) => id == T::ID,
            None => {
                split(T::ID).0 == self.namespace
                    && [meta.code(), own_code].contains(&Some(T::code()))
            }
        };
        is_it.then(|| {
            let mut shape = T::default();
            members(self.protocol, &self.response, meta, &mut shape);
            shape
        })
    }
}

/// Reads the members of an exception.
///
/// The code tells which exception it is, so a body that cannot be read (a proxy's HTML page) leaves
/// members unset rather than losing the error; one that breaks off has told what it has told.
fn members(protocol: Shared, response: &Response, meta: &ErrorMeta, shape: &mut dyn AnyStructure) {
    let body = protocol.error(response);
    let _ = body.and_then(|mut body| read_into(shape, &mut *body));
    if let Some(message) = meta.message() {
        fill_message(shape, message);
    }
}

/// An error response, and the variant that it is once that is found.
pub struct ErrorResponse<'r, E> {
    response: AnyErrorResponse<'r>,
    found: Option<E>,
}

impl<E> ErrorResponse<'_, E> {
    /// It is this variant if it has the code of the exception.
    #[must_use]
    pub fn read<T: Exception>(mut self, variant: impl FnOnce(Modeled<T>) -> E) -> Self {
        if let Some(error) = self.response.take() {
            self.found = Some(variant(error));
        }
        self
    }

    /// The variant that was found, or else this one.
    pub fn or(self, unhandled: impl FnOnce(ErrorMeta) -> E) -> E {
        let Self {
            found,
            mut response,
        } = self;
        found.unwrap_or_else(|| unhandled(response.keep(None)))
    }
}

/// An error response, whatever operation it answers.
struct AnyErrorResponse<'r> {
    protocol: Shared,
    response: &'r Response,
    /// The code of the protocol, where the response has another of the query protocol too.
    own_code: Option<String>,
    namespace: &'static str,
    meta: ErrorMeta,
}

impl AnyErrorResponse<'_> {
    /// The exception, if it is this one and none has been taken.
    fn take<T: Exception>(&mut self) -> Option<Modeled<T>> {
        if !self.has(T::code()) {
            return None;
        }
        let mut shape = T::default();
        members(self.protocol, self.response, &self.meta, &mut shape);
        Some(Modeled::new(shape, self.keep(Some(T::ID))))
    }

    /// Once an exception is taken, there are no codes left.
    fn has(&self, code: &str) -> bool {
        [self.meta.code(), self.own_code.as_deref()].contains(&Some(code))
    }

    /// What the response says, with the response.
    fn keep(&mut self, named: Option<&'static str>) -> ErrorMeta {
        let mut meta = std::mem::take(&mut self.meta);
        meta.answer = Some(Arc::new(Answer {
            protocol: self.protocol,
            response: copy(self.response),
            own_code: self.own_code.take(),
            namespace: self.namespace,
            named,
        }));
        meta
    }
}

/// A response whose body has arrived, once more.
fn copy(response: &Response) -> Response {
    let body = response.body().try_clone();
    with_body(response, body.unwrap_or_else(SdkBody::empty))
}

/// Reads an error response of the service that the shape with this ID is of.
pub(crate) fn read_error<E: OperationError>(
    protocol: Shared,
    response: &Response,
    of: &'static str,
) -> E {
    E::read(ErrorResponse {
        response: describe(protocol, response, of),
        found: None,
    })
}

/// What is known of an error response before its members are read.
fn describe<'r>(
    protocol: Shared,
    response: &'r Response,
    of: &'static str,
) -> AnyErrorResponse<'r> {
    let envelope = parse_envelope(protocol, response);
    let envelope = envelope.as_ref();
    let code = envelope
        .and_then(|envelope| envelope.code())
        .map_or_else(|| response.status().as_u16().to_string(), str::to_owned);
    let message = envelope.and_then(|envelope| envelope.message());
    let mut meta = ErrorMeta {
        code: Some(code),
        message: message.map(str::to_owned),
        ..ErrorMeta::of(response)
    };
    if meta.request_id.is_none() {
        meta.request_id = envelope.and_then(request_id).map(str::to_owned);
    }
    AnyErrorResponse {
        protocol,
        response,
        own_code: own_code(protocol, response),
        namespace: split(of).0,
        meta,
    }
}

/// The code without the one of the query protocol, which wins but which not all models have
/// (`aws.protocols#awsQueryCompatible`).
fn own_code(protocol: &dyn Protocol, response: &Response) -> Option<String> {
    const QUERY_ERROR: &str = "x-amzn-query-error";
    response.headers().get(QUERY_ERROR)?;
    let mut without = copy(response);
    without.headers_mut().remove(QUERY_ERROR);
    let envelope = protocol.error_metadata(&without).ok()?;
    envelope.code().map(str::to_owned)
}

/// The code and the message, by the protocol's rules. A body that the protocol cannot read is left
/// out, since the headers alone may still have the code.
fn parse_envelope(protocol: &dyn Protocol, response: &Response) -> Option<ErrorMetadata> {
    let envelope = protocol.error_metadata(response);
    let envelope =
        envelope.or_else(|_| protocol.error_metadata(&with_body(response, SdkBody::empty())));
    envelope.ok()
}
