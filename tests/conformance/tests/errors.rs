//! Errors and tokens of protocols, where no vector is of them.
#![allow(clippy::panic, clippy::unwrap_used)]

use smithereen_conformance::real::compatible::operation::ask::{Ask, AskError, AskInput};
use smithereen_conformance::real::late::operation::complete::{Complete, CompleteError};
use smithereen_runtime::{IdempotencyTokens, Operation};

#[test]
fn an_error_is_found_by_its_own_code_beside_that_of_the_query_protocol() {
    let response = http::Response::builder()
        .status(400)
        .header("x-amzn-query-error", "AWS.Queues.NonExistentQueue;Sender")
        .body(r#"{ "__type": "com.amazonaws.queues#NoSuchQueue", "message": "there is none" }"#)
        .unwrap();
    let error = Ask::response(response).unwrap_err();
    assert_eq!(error.code(), Some("AWS.Queues.NonExistentQueue"));
    let Some(AskError::NoSuchQueue(error)) = error.as_service_error() else {
        panic!("{error:?}");
    };
    assert_eq!(error.message.as_deref(), Some("there is none"));
}

#[test]
fn a_member_called_code_is_not_the_code_of_an_error_that_says_its_type() {
    let body = r#"{ "code": "Locked", "__type": "com.amazonaws.queues#NoSuchQueue", "message": "there is none" }"#;
    let response = http::Response::builder().status(400).body(body).unwrap();
    let error = Ask::response(response).unwrap_err();
    assert_eq!(error.code(), Some("NoSuchQueue"));
    assert!(matches!(
        error.as_service_error(),
        Some(AskError::NoSuchQueue(_))
    ));
}

#[test]
fn a_service_that_speaks_the_query_protocol_too_is_told_that_its_codes_are_understood() {
    let request = Ask::request(&AskInput::default()).unwrap();
    assert_eq!(request.headers()["x-amzn-query-mode"], "true");
}

#[test]
fn an_error_after_the_status_of_a_success_is_an_error() {
    let body = "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchUpload</Code><Message>gone</Message>\
                <RequestId>1a2b</RequestId></Error>";
    let error = Complete::response(http::Response::new(body)).unwrap_err();
    assert!(matches!(
        error.as_service_error(),
        Some(CompleteError::NoSuchUpload(_))
    ));
    assert_eq!(
        error.to_string(),
        "Complete: NoSuchUpload: gone (HTTP 200, request id 1a2b)"
    );
}

#[test]
fn a_success_is_none() {
    let body = "<CompleteResult><Key>a</Key></CompleteResult>";
    let output = Complete::response(http::Response::new(body)).unwrap();
    assert_eq!(output.key.as_deref(), Some("a"));
}

#[test]
fn tokens_are_the_programs_if_it_makes_some() {
    let tokens = IdempotencyTokens::of(|| "first".to_owned());
    let request = Ask::request_with(&AskInput::default(), &tokens).unwrap();
    assert_eq!(request.body().as_slice(), br#"{"Token":"first"}"#);
}

#[test]
fn tokens_are_random_otherwise() {
    let request = || Ask::request(&AskInput::default()).unwrap().into_body();
    let (one, other) = (request(), request());
    assert_eq!(
        one.len(),
        r#"{"Token":"00000000-0000-4000-8000-000000000000"}"#.len()
    );
    assert_ne!(one, other);
}

#[test]
fn the_token_that_is_given_is_sent() {
    let input = AskInput::builder().token("mine").build();
    let tokens = IdempotencyTokens::of(|| "first".to_owned());
    let request = Ask::request_with(&input, &tokens).unwrap();
    assert_eq!(request.body().as_slice(), br#"{"Token":"mine"}"#);
}
