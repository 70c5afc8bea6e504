//! Operations of all types alike: from JSON and to JSON, by the names of members.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use smithereen_runtime::{Error, ErrorKind, Operation, OperationError, http};

/// A request, and what has to stand before the name of its host.
pub type Requested = (http::Request<Vec<u8>>, Option<String>);

/// An operation.
#[derive(Debug)]
pub struct Entry {
    /// The service, as botocore's folder of it is called.
    pub service: &'static str,
    /// The protocol, as models call it.
    pub protocol: &'static str,
    /// Where its model is.
    pub model: &'static str,
    /// Its name in the model.
    pub name: &'static str,
    /// Makes its request.
    pub request: fn(&Value) -> Result<Requested, String>,
    /// Reads its response.
    pub response: fn(http::Response<Vec<u8>>) -> Answer,
}

/// What a response says.
#[derive(Debug)]
pub enum Answer {
    /// The output.
    Output(Value),
    /// The service's error.
    Error {
        /// Its code.
        code: Option<String>,
        /// Its message.
        message: Option<String>,
        /// The members of an error that the model has for the operation.
        members: Option<Value>,
    },
    /// It cannot be read.
    Unreadable(String),
}

/// Makes an operation's request.
///
/// # Errors
///
/// The error's text.
pub fn request<O>(input: &Value) -> Result<Requested, String>
where
    O: Operation<Input: DeserializeOwned>,
{
    let input = O::Input::deserialize(input).map_err(|error| format!("the input: {error}"))?;
    let request = O::request(&input).map_err(|error| error.to_string())?;
    let prefix = O::host_prefix(&input).map_err(|error| error.to_string())?;
    Ok((request, prefix))
}

/// Reads an operation's response.
pub fn response<O>(
    response: http::Response<Vec<u8>>,
    members: fn(&O::Error) -> Option<Value>,
) -> Answer
where
    O: Operation<Output: Serialize>,
{
    match O::response(response) {
        Ok(output) => json(&output).map_or_else(Answer::Unreadable, Answer::Output),
        Err(error) => answer(&error, members),
    }
}

fn answer<E: OperationError>(error: &Error<E>, members: fn(&E) -> Option<Value>) -> Answer {
    match error.kind() {
        ErrorKind::Service(service) => Answer::Error {
            code: error.code().map(str::to_owned),
            message: error.message().map(str::to_owned),
            members: members(service),
        },
        _ => Answer::Unreadable(error.to_string()),
    }
}

/// A shape as data. By way of its text, since a `Value` would make a double of a float.
///
/// # Errors
///
/// The error's text.
pub fn json(shape: &impl Serialize) -> Result<Value, String> {
    let text = serde_json::to_string(shape).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}
/// A table of operations: the service, the protocol, the model, the type, and the variants of its error.
#[macro_export]
macro_rules! operations {
    ($table:ident $($service:literal $protocol:literal $model:literal $operation:ty [$($error:ident),*])*) => {
        /// All operations.
        // Those that are deprecated are compared too.
        #[allow(deprecated)]
        pub const $table: &[$crate::Entry] = &[$(
            $crate::Entry {
                service: $service,
                protocol: $protocol,
                model: $model,
                name: <$operation as smithereen_runtime::Operation>::NAME,
                request: $crate::request::<$operation>,
                response: |received| {
                    type Errors = <$operation as smithereen_runtime::Operation>::Error;
                    $crate::response::<$operation>(received, |error: &Errors| match error {
                        $(Errors::$error(error) => $crate::json(&**error).ok(),)*
                        _ => None,
                    })
                },
            },
        )*];
    };
}
