//! The client's side of the comparison: every operation, from JSON and to JSON.

use serde_json::Value;
use smithereen_runtime::{Error, ErrorKind, Operation, OperationError, http};
use smithereen_tests::whole::backup::operation;

/// An operation.
pub struct Entry {
    pub name: &'static str,
    pub request: fn(Value) -> Result<http::Request<Vec<u8>>, String>,
    pub response: fn(http::Response<Vec<u8>>) -> Answer,
}

/// What a response says.
#[derive(Debug)]
pub enum Answer {
    Output(Value),
    Error {
        code: Option<String>,
        message: Option<String>,
        /// The members of an error that the model has for the operation.
        members: Option<Value>,
    },
    Unreadable(String),
}

fn request<O>(input: Value) -> Result<http::Request<Vec<u8>>, String>
where
    O: Operation<Input: serde::de::DeserializeOwned>,
{
    let input = serde_json::from_value(input).map_err(|error| format!("the input: {error}"))?;
    O::request(&input).map_err(|error| error.to_string())
}

fn response<O>(response: http::Response<Vec<u8>>, members: fn(&O::Error) -> Option<Value>) -> Answer
where
    O: Operation<Output: serde::Serialize>,
{
    match O::response(response) {
        Ok(output) => Answer::Output(json(&output)),
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

fn json(shape: &impl serde::Serialize) -> Value {
    serde_json::to_value(shape).expect("a shape has a form in JSON")
}

macro_rules! operations {
    ($($module:ident::$operation:ident [$($error:ident),*])*) => {
        /// All operations of AWS Backup.
        pub const OPERATIONS: &[Entry] = &[$(
            Entry {
                name: operation::$module::$operation::NAME,
                request: request::<operation::$module::$operation>,
                response: |received| {
                    type Errors = <operation::$module::$operation as Operation>::Error;
                    response::<operation::$module::$operation>(received, |error| match error {
                        $(Errors::$error(error) => Some(json(&**error)),)*
                        _ => None,
                    })
                },
            },
        )*];
    };
}

include!(concat!(env!("OUT_DIR"), "/operations.rs"));
