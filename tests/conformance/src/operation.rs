//! Operations of all types alike: values go in and come out as JSON, by the names of members.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use smithereen_runtime::{ErrorMeta, IdempotencyTokens, OperationError};
use std::marker::PhantomData;

/// An operation, whatever its types.
pub trait Operation: Sync {
    /// Makes the request for this input.
    ///
    /// # Errors
    ///
    /// The error's text.
    fn request(&self, input: &Value) -> Result<http::Request<Vec<u8>>, String>;

    /// The URL that a client with this endpoint sends the request to.
    ///
    /// # Errors
    ///
    /// The error's text.
    fn sent(&self, input: &Value, endpoint: &str) -> Result<String, String>;

    /// Reads this response.
    ///
    /// # Errors
    ///
    /// What the service answered, or why it cannot be read.
    fn response(&self, response: http::Response<Vec<u8>>) -> Result<Value, Failure>;
}

/// What there is instead of an output.
#[derive(Debug)]
pub enum Failure {
    /// The service's error, and its members if the model has it.
    Service(Box<ErrorMeta>, Option<Value>),
    /// The response cannot be read.
    Response(String),
}

/// The members of an error.
pub trait Members {
    /// The members, if the model has the exception: that of a variant, or another one of the
    /// service.
    ///
    /// # Errors
    ///
    /// If they cannot be written as JSON.
    fn members(&self) -> serde_json::Result<Option<Value>>;
}

/// Gives errors their members.
macro_rules! errors {
    ($($path:path [$($variant:ident),*] [$($exception:path),*])*) => {$(
        impl $crate::Members for $path {
            fn members(&self) -> serde_json::Result<Option<serde_json::Value>> {
                match self {
                    $(Self::$variant(error) => $crate::operation::value(&**error).map(Some),)*
                    Self::Unhandled(meta) => {
                        let members = None;
                        $(let members = members.or_else(|| {
                            let exception = meta.exception::<$exception>()?;
                            Some($crate::operation::value(&exception))
                        });)*
                        let _ = meta;
                        members.transpose()
                    }
                }
            }
        }
    )*};
}

/// A shape as data. By way of its text, since a `Value` would make a double of a float.
pub(crate) fn value(shape: &impl Serialize) -> serde_json::Result<Value> {
    serde_json::from_str(&serde_json::to_string(shape)?)
}

/// Sends a request that is never sent: the URL that it would go to.
pub type Send = fn(&Value, &str) -> Result<String, String>;

/// The operation of this type.
pub struct Of<O> {
    send: Option<Send>,
    operation: PhantomData<fn() -> O>,
}

impl<O> Of<O> {
    /// With requests and responses only.
    pub const NEW: Self = Self {
        send: None,
        operation: PhantomData,
    };

    /// With a client too.
    pub const fn sent_by(send: Send) -> Self {
        Self {
            send: Some(send),
            operation: PhantomData,
        }
    }
}

impl<O> Operation for Of<O>
where
    O: smithereen_runtime::Operation<
            Input: DeserializeOwned,
            Output: Serialize,
            Error: Members + OperationError,
        >,
{
    fn request(&self, input: &Value) -> Result<http::Request<Vec<u8>>, String> {
        let input = serde::Deserialize::deserialize(input)
            .map_err(|error: serde_json::Error| error.to_string())?;
        // The one that the vectors have.
        let tokens = IdempotencyTokens::of(|| "00000000-0000-4000-8000-000000000000".to_owned());
        O::request_with(&input, &tokens).map_err(|error| error.to_string())
    }

    fn sent(&self, input: &Value, endpoint: &str) -> Result<String, String> {
        let send = self.send.ok_or("there is no client of this operation")?;
        send(input, endpoint)
    }

    fn response(&self, response: http::Response<Vec<u8>>) -> Result<Value, Failure> {
        let text = |error: serde_json::Error| Failure::Response(error.to_string());
        match O::response(response) {
            Ok(output) => value(&output).map_err(text),
            Err(error) => Err(match error.as_service_error() {
                Some(service) => Failure::Service(
                    Box::new(service.meta().clone()),
                    service.members().map_err(text)?,
                ),
                None => Failure::Response(error.to_string()),
            }),
        }
    }
}
