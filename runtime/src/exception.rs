//! Exceptions: the shapes that services answer with instead of outputs, and how one is found.

use crate::error::{ErrorMeta, Modeled, OperationError};
use crate::protocol::{Protocol, Shared, request_id};
use crate::structure::{Structure, fill_message, read};
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
#[derive(Debug)]
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
        is_it.then(|| members(self.protocol, &self.response, meta))
    }
}

/// The members of an exception.
///
/// The code tells which exception it is, so a body that cannot be read (a proxy's HTML page) leaves
/// the members unset rather than losing the error.
fn members<T: Exception>(protocol: Shared, response: &Response, meta: &ErrorMeta) -> T {
    let shape = protocol.error(response);
    let shape = shape.and_then(|mut body| read(&mut *body));
    let mut shape: T = shape.unwrap_or_default();
    if let Some(message) = meta.message() {
        fill_message(&mut shape, message);
    }
    shape
}

/// An error response, and the variant that it is once that is found.
pub struct ErrorResponse<'r, E> {
    protocol: Shared,
    response: &'r Response,
    /// The code of the protocol, where the response has another of the query protocol too.
    own_code: Option<String>,
    namespace: &'static str,
    meta: ErrorMeta,
    found: Option<E>,
}

impl<E> ErrorResponse<'_, E> {
    /// It is this variant if it has the code of the exception.
    #[must_use]
    pub fn read<T: Exception>(mut self, variant: impl FnOnce(Modeled<T>) -> E) -> Self {
        let codes = [self.meta.code(), self.own_code.as_deref()];
        if self.found.is_none() && codes.contains(&Some(T::code())) {
            let shape = members(self.protocol, self.response, &self.meta);
            self.found = Some(variant(Modeled::new(shape, self.keep(Some(T::ID)))));
        }
        self
    }

    /// The variant that was found, or else this one.
    pub fn or(mut self, unhandled: impl FnOnce(ErrorMeta) -> E) -> E {
        match self.found.take() {
            Some(found) => found,
            None => unhandled(self.keep(None)),
        }
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
    let body = response.body().try_clone().unwrap_or_else(SdkBody::empty);
    let mut copy = Response::new(response.status(), body);
    *copy.headers_mut() = response.headers().clone();
    copy
}

/// Reads an error response of the service that the shape with this ID is of.
pub(crate) fn read_error<E: OperationError>(
    protocol: Shared,
    response: &Response,
    of: &'static str,
) -> E {
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
    E::read(ErrorResponse {
        protocol,
        response,
        own_code: own_code(protocol, response),
        namespace: split(of).0,
        meta,
        found: None,
    })
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
    let envelope = envelope.or_else(|_| {
        let mut bodiless = Response::new(response.status(), SdkBody::empty());
        *bodiless.headers_mut() = response.headers().clone();
        protocol.error_metadata(&bodiless)
    });
    envelope.ok()
}
