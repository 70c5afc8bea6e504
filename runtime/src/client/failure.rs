//! The orchestrator's errors, as those of this crate.

use super::Callable;
use crate::error::{BoxError, Error, ErrorKind, ErrorMeta, OperationError, chain};
use aws_smithy_runtime_api::client::interceptors::context::Error as AnyError;
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::{ErrorKind as RetryKind, ProvideErrorKind};
use std::any::Any;
use std::error::Error as StdError;
use std::fmt::{self, Debug, Display};

/// A call that ended with an answer, on its way through the orchestrator: any operation's error,
/// and what retry classifiers ask of it. So one set of classifiers does for all operations.
pub(super) struct Failure {
    meta: ErrorMetadata,
    retryable: Option<RetryKind>,
    error: Box<dyn Any + Send + Sync>,
}

impl Failure {
    pub fn new<E: OperationError>(error: Error<E>) -> Self {
        let (meta, retryable) = match error.kind() {
            ErrorKind::Service(error) => said(error.meta(), error.retryable()),
            // An answer that cannot be read has no code: it is a success.
            _ => Default::default(),
        };
        Self {
            meta,
            retryable,
            error: Box::new(error),
        }
    }
}

/// What retry classifiers ask of an error.
fn said(meta: &ErrorMeta, throttling: Option<bool>) -> (ErrorMetadata, Option<RetryKind>) {
    let mut builder = ErrorMetadata::builder();
    if let Some(code) = meta.code() {
        builder = builder.code(code);
    }
    let retryable = throttling.map(|throttling| match throttling {
        true => RetryKind::ThrottlingError,
        false => RetryKind::TransientError,
    });
    (builder.build(), retryable)
}

impl Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Failure").field(&self.meta.code()).finish()
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.meta.code().unwrap_or("the response cannot be read"))
    }
}

impl StdError for Failure {}

impl ProvideErrorMetadata for Failure {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl ProvideErrorKind for Failure {
    fn retryable_error_kind(&self) -> Option<RetryKind> {
        self.retryable
    }

    fn code(&self) -> Option<&str> {
        self.meta.code()
    }
}

/// A transport's error or a timeout, and the endpoint that was called.
#[derive(Debug)]
struct At {
    endpoint: String,
    source: OrchestratorError<AnyError>,
}

impl Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.endpoint)?;
        match self.source.source() {
            Some(source) => write!(f, ": {}", chain(source)),
            None => Ok(()),
        }
    }
}

impl StdError for At {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.source()
    }
}

/// Adds the endpoint to an error of the transport, or to a timeout.
pub(super) fn located(
    error: OrchestratorError<AnyError>,
    endpoint: &str,
) -> OrchestratorError<AnyError> {
    enum Kind {
        Timeout,
        Connector(fn(BoxError) -> ConnectorError),
    }
    let kind = match error.as_connector_error() {
        Some(connector) if connector.is_timeout() => Kind::Connector(ConnectorError::timeout),
        Some(connector) if connector.is_user() => Kind::Connector(ConnectorError::user),
        Some(_) => Kind::Connector(ConnectorError::io),
        None if error.is_timeout_error() => Kind::Timeout,
        None => return error,
    };
    let at = Box::new(At {
        endpoint: endpoint.to_owned(),
        source: error,
    });
    match kind {
        Kind::Timeout => OrchestratorError::timeout(at),
        Kind::Connector(make) => OrchestratorError::connector(make(at)),
    }
}

/// The error of an operation.
pub(super) fn of<O: Callable>(error: SdkError<AnyError, HttpResponse>) -> Error<O::Error> {
    let kind = match error {
        SdkError::ConstructionFailure(_) => ErrorKind::Request(source(error)),
        SdkError::TimeoutError(_) => ErrorKind::Timeout(source(error)),
        SdkError::DispatchFailure(ref failure) if failure.is_timeout() => {
            ErrorKind::Timeout(source(error))
        }
        // Nothing has been sent: there is no endpoint, no identity, or an interceptor objects.
        SdkError::DispatchFailure(ref failure) if failure.is_other() => {
            ErrorKind::Request(source(error))
        }
        SdkError::DispatchFailure(_) => ErrorKind::Transport(source(error)),
        SdkError::ResponseError(ref response) => ErrorKind::Response {
            meta: ErrorMeta::of(response.raw()),
            source: source(error),
        },
        SdkError::ServiceError(service) => return answer::<O>(service.into_err()),
        _ => ErrorKind::Transport(source(error)),
    };
    Error::new(O::NAME, kind)
}

/// The error that the deserializer made.
fn answer<O: Callable>(error: AnyError) -> Error<O::Error> {
    let other = |error: BoxError| Error::new(O::NAME, ErrorKind::Transport(error));
    match error.downcast::<Failure>() {
        Ok(failure) => match failure.error.downcast::<Error<O::Error>>() {
            Ok(error) => *error,
            Err(_) => other("an interceptor has put an error of another operation in place".into()),
        },
        // An interceptor has put an error of its own in place.
        Err(error) => other(Box::new(error)),
    }
}

/// What is at the bottom of an error, without the orchestrator's own layers.
fn source(error: SdkError<AnyError, HttpResponse>) -> BoxError {
    let source = error.into_source().unwrap_or_else(|error| Box::new(error));
    match source.downcast::<ConnectorError>() {
        Ok(connector) => connector.into_source(),
        Err(source) => source,
    }
}
