//! What a call can end with instead of an output.

use crate::exception::{Answer, ErrorResponse, Exception};
use aws_smithy_runtime_api::http::Response;
use std::error::Error as StdError;
use std::fmt::{self, Debug, Display};
use std::ops::Deref;
use std::sync::Arc;

/// Any error, as the source of another.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// What went wrong with a call of an operation whose modelled errors are `E`.
///
/// `Display` says the operation and all that is known, on one line:
/// `DescribeBackupJob: ResourceNotFoundException: no such job (HTTP 400, request id 1a2b)`. `Debug`
/// says the same, and the service's error with its members.
pub struct Error<E> {
    operation: &'static str,
    // In a box, since results are moved about and few of them are errors.
    kind: Box<ErrorKind<E>>,
}

/// The ways in which a call can go wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind<E> {
    /// Nothing was sent: a required member is missing or a value has no form on the wire, or the
    /// client lacks a region, credentials or an endpoint.
    Request(BoxError),
    /// There is a response, but it cannot be read: it is no such output, or it was cut.
    Response {
        /// The HTTP status and the request ID.
        meta: ErrorMeta,
        /// What is wrong with the contents.
        source: BoxError,
    },
    /// The service answered with an error.
    Service(E),
    /// There was no complete answer in the time that was configured.
    Timeout(BoxError),
    /// There was no answer: no connection, a broken one, or one that nobody can trust.
    Transport(BoxError),
}

impl<E: OperationError> Error<E> {
    /// An error of this operation.
    pub fn new(operation: &'static str, kind: ErrorKind<E>) -> Self {
        let kind = Box::new(kind);
        Self { operation, kind }
    }

    /// The operation's name in the model.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind<E> {
        &self.kind
    }

    /// What went wrong, to keep.
    pub fn into_kind(self) -> ErrorKind<E> {
        *self.kind
    }

    /// The service's error, if it answered with one.
    pub fn as_service_error(&self) -> Option<&E> {
        match &*self.kind {
            ErrorKind::Service(error) => Some(error),
            _ => None,
        }
    }

    /// The service's error, or the whole if it was something else that went wrong.
    pub fn into_service_error(self) -> Result<E, Self> {
        match *self.kind {
            ErrorKind::Service(error) => Ok(error),
            _ => Err(self),
        }
    }

    /// What is known of the response; nothing if there was none.
    pub fn meta(&self) -> Option<&ErrorMeta> {
        match &*self.kind {
            ErrorKind::Service(error) => Some(error.meta()),
            ErrorKind::Response { meta, .. } => Some(meta),
            _ => None,
        }
    }

    /// The error code, such as `ResourceNotFoundException`.
    pub fn code(&self) -> Option<&str> {
        self.meta()?.code()
    }

    /// The message that the service sent.
    pub fn message(&self) -> Option<&str> {
        self.meta()?.message()
    }

    /// The members of this exception of the service, if that is what it answered with
    /// ([`ErrorMeta::exception`]).
    pub fn exception<T: Exception>(&self) -> Option<T> {
        self.meta()?.exception()
    }

    /// The HTTP status code of the response.
    pub fn status(&self) -> Option<u16> {
        self.meta()?.status()
    }

    /// The ID that AWS knows the request by.
    pub fn request_id(&self) -> Option<&str> {
        self.meta()?.request_id()
    }
}

/// What `main` and `unwrap` print. The sources' own `Debug` shows whole responses.
impl<E: OperationError> Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tuple = f.debug_tuple("Error");
        tuple.field(&format_args!("{self}"));
        if let Some(error) = self.as_service_error() {
            tuple.field(error);
        }
        tuple.finish()
    }
}

impl<E: OperationError> Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &*self.kind {
            ErrorKind::Request(source) => {
                write!(f, "the request cannot be built: {}", chain(&**source))
            }
            ErrorKind::Response { meta, source } => {
                let (source, origin) = (chain(&**source), meta.origin());
                write!(f, "the response cannot be read: {source}{origin}")
            }
            ErrorKind::Service(error) => Display::fmt(error.meta(), f),
            ErrorKind::Timeout(source) => write!(f, "timed out: {}", chain(&**source)),
            ErrorKind::Transport(source) => write!(f, "no answer: {}", chain(&**source)),
        }
    }
}

impl<E: OperationError + 'static> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.kind {
            ErrorKind::Service(error) => Some(error),
            ErrorKind::Request(source)
            | ErrorKind::Response { source, .. }
            | ErrorKind::Timeout(source)
            | ErrorKind::Transport(source) => Some(&**source),
        }
    }
}

/// An error and what it came from, down to the bottom, on one line. Who says what its source says
/// already is not made to say it twice.
pub(crate) fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let text = error.to_string();
        if !line.contains(&text) {
            line.push_str(": ");
            line.push_str(&text);
        }
        source = error.source();
    }
    // Some end with a full stop or go over several lines.
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What every error response says, modelled or not.
///
/// `Display` prints all of it that is there.
#[derive(Clone, Default)]
pub struct ErrorMeta {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    /// The response itself. It is no part of what an error says: two are equal without it, and it
    /// may hold secrets.
    pub(crate) answer: Option<Arc<Answer>>,
}

impl ErrorMeta {
    /// With this error code, for errors made by hand in tests.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// With this message.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// With this HTTP status code.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// With this request ID.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }

    /// The error code: from the `x-amzn-errortype` header, else from the body, else the HTTP
    /// status.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The message that the service sent.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The HTTP status code of the response.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The ID that AWS knows the request by.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The members of this exception of the service, if that is what it answered with.
    ///
    /// For exceptions that the model does not name for the operation; of those that it names, the
    /// variant has them already, and they are found here too. Where several exceptions of a service
    /// have one code, it is the one that the operation names. Errors made by hand have none.
    pub fn exception<T: Exception>(&self) -> Option<T> {
        self.answer.as_ref()?.exception(self)
    }

    /// What the transport says of any response.
    pub(crate) fn of(response: &Response) -> Self {
        let headers = response.headers();
        let request_id = headers
            .get("x-amzn-requestid")
            .or_else(|| headers.get("x-amz-request-id"));
        Self {
            status: Some(response.status().as_u16()),
            request_id: request_id.map(str::to_owned),
            ..Self::default()
        }
    }

    /// Where the error came from, for the end of a line.
    fn origin(&self) -> String {
        match (self.status, &self.request_id) {
            (Some(status), Some(id)) => format!(" (HTTP {status}, request id {id})"),
            (Some(status), None) => format!(" (HTTP {status})"),
            (None, Some(id)) => format!(" (request id {id})"),
            (None, None) => String::new(),
        }
    }
}

impl Debug for ErrorMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorMeta")
            .field("code", &self.code)
            .field("message", &self.message)
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .finish()
    }
}

impl PartialEq for ErrorMeta {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            code,
            message,
            status,
            request_id,
            answer: _,
        } = self;
        *code == other.code
            && *message == other.message
            && *status == other.status
            && *request_id == other.request_id
    }
}

impl Eq for ErrorMeta {}

impl Display for ErrorMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code().unwrap_or("unknown error"))?;
        if let Some(message) = self.message() {
            write!(f, ": {message}")?;
        }
        f.write_str(&self.origin())
    }
}

/// An error that the model describes: its members, and what every error response says.
///
/// Dereferences to the members.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Modeled<T> {
    shape: T,
    meta: ErrorMeta,
}

impl<T> Modeled<T> {
    /// An error with these members, for tests.
    pub fn new(shape: T, meta: ErrorMeta) -> Self {
        Self { shape, meta }
    }

    /// The members.
    pub fn into_inner(self) -> T {
        self.shape
    }

    /// What every error response says.
    pub fn meta(&self) -> &ErrorMeta {
        &self.meta
    }
}

impl<T> Deref for Modeled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.shape
    }
}

impl<T> Display for Modeled<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.meta, f)
    }
}

impl<T: Debug> StdError for Modeled<T> {}

/// The errors of an operation: one variant for each that the model names, and one for the rest.
///
/// Written by the generator, completed by [`operation_error!`](crate::operation_error!).
pub trait OperationError: StdError + Send + Sized + Sync + 'static {
    /// The variant for this response.
    fn read(response: ErrorResponse<'_, Self>) -> Self;

    /// What every error response says.
    fn meta(&self) -> &ErrorMeta;

    /// Whether the model says that it may go away (`smithy.api#retryable`), and if so whether it
    /// asks for fewer requests.
    fn retryable(&self) -> Option<bool> {
        None
    }
}

/// Makes a generated [`OperationError`] an error, and gives each of its variants a question.
#[macro_export]
macro_rules! operation_error {
    ($name:ident $({ $($variant:ident: $is:ident,)* })?) => {
        $(impl $name {
            $(
                #[doc = ::core::concat!(
                    "Whether it is [`", ::core::stringify!($variant), "`](Self::", ::core::stringify!($variant), ")."
                )]
                pub fn $is(&self) -> bool {
                    ::core::matches!(self, Self::$variant(_))
                }
            )*
        })?

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt($crate::OperationError::meta(self), f)
            }
        }

        impl ::std::error::Error for $name {}
    };
}
