//! Services of every protocol, against either server.

use smithereen_runtime::{Error, OperationError};
use std::fmt::Debug;

pub mod cloudwatch;
pub mod dynamodb;
pub mod ec2;
pub mod iam;
pub mod kms;
pub mod lambda;
pub mod s3;
pub mod sqs;
pub mod sts;

/// That the service refuses a call with this status and this code.
fn refused<T: Debug, E: OperationError>(
    result: Result<T, Error<E>>,
    operation: &str,
    status: u16,
    code: &str,
) {
    let error = result.unwrap_err();
    said(&error, operation, code);
    assert_eq!(error.status(), Some(status), "{error}");
}

/// The error that the service answers with, whose code and line are these.
fn modelled<T: Debug, E: OperationError + Debug>(
    result: Result<T, Error<E>>,
    operation: &str,
    code: &str,
) -> E {
    let error = result.unwrap_err();
    said(&error, operation, code);
    error.into_service_error().unwrap()
}

/// That the error has this code, and says so on one line.
fn said<E: OperationError>(error: &Error<E>, operation: &str, code: &str) {
    assert_eq!(error.code(), Some(code), "{error}");
    assert!(error.as_service_error().is_some(), "{error}");
    let message = error.message().unwrap();
    assert!(!message.is_empty(), "{error}");
    let line = error.to_string();
    let start = format!("{operation}: {code}: {message}");
    assert!(line.starts_with(&start), "{line}");
    assert!(!line.contains('\n'), "{line}");
}
