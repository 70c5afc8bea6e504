//! Responses.

use super::Outcome;
use super::input::equal;
use aws_smithy_types::base64;
use serde_json::{Value, json};
use smithereen_conformance::values::{self, to_data};
use smithereen_conformance::vectors::{Case, Response, Suite};
use smithereen_conformance::{Failure, Operation};

pub fn check(
    suite: &Suite,
    case: &Case,
    response: &Response,
    operation: &dyn Operation,
) -> Outcome {
    let protocol = suite.metadata["protocol"].as_str().unwrap_or_default();
    let actual = operation.response(self::response(protocol, response)?);
    match &case.error {
        None => output(suite, case, actual),
        Some(members) => {
            let body = response.body.as_deref().unwrap_or_default();
            error(suite, case, members, body, actual)
        }
    }
}

fn response(protocol: &str, response: &Response) -> Result<http::Response<Vec<u8>>, String> {
    let body = match (protocol, response.body.as_deref()) {
        ("smithy-rpc-v2-cbor", Some(body)) => base64::decode(body).map_err(|e| e.to_string())?,
        // As botocore's test has it: an XML body is never empty.
        ("query", None) => b"<xml/>".to_vec(),
        (_, body) => body.unwrap_or_default().as_bytes().to_vec(),
    };
    let builder = http::Response::builder().status(response.status_code);
    let headers = response.headers.iter();
    headers
        .fold(builder, |builder, (name, value)| {
            builder.header(name, value)
        })
        .body(body)
        .map_err(|error| error.to_string())
}

fn output(suite: &Suite, case: &Case, actual: Result<Value, Failure>) -> Outcome {
    let actual = actual.map_err(|failure| format!("{failure:?}"))?;
    let shape = case.given["output"]["shape"].as_str().unwrap_or_default();
    let result = case.result.as_ref().ok_or("the case has no output")?;
    same("output", &actual, &to_data(&suite.shapes, shape, result))
}

fn error(
    suite: &Suite,
    case: &Case,
    members: &Value,
    body: &str,
    actual: Result<Value, Failure>,
) -> Outcome {
    let (meta, actual) = match actual {
        Err(Failure::Service(meta, members)) => (meta, members),
        other => return Err(format!("no error of the service: {other:?}")),
    };
    let code = case.error_code.as_deref().unwrap_or_default();
    equal("code", meta.code().unwrap_or_default(), code)?;
    let message = meta.message().unwrap_or_default();
    match &case.error_message {
        Some(expected) => equal("message", message, expected)?,
        // Smithy's vectors say nothing of messages; it must be in the body then.
        None if body.contains(message) => {}
        None => return Err(format!("a message out of nowhere: {message}")),
    }
    // Where the operation has several errors, the right one has the members.
    let errors = case.given["errors"].as_array().into_iter().flatten();
    let mut expected = errors.map(|error| {
        let shape = error["shape"].as_str().unwrap_or_default();
        to_data(&suite.shapes, shape, members)
    });
    let actual = actual.unwrap_or_else(|| json!({}));
    let first = expected.next().unwrap_or_else(|| members.clone());
    same("error", &actual, &first)
}

fn same(what: &str, actual: &Value, expected: &Value) -> Outcome {
    if values::same(actual, expected) {
        return Ok(());
    }
    Err(format!(
        "{what}\n  expected {expected}\n  actual   {actual}"
    ))
}
